"""Records of passages: what is scored from them is what the index in memory scores."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.terms import fields
from knowledge.retrieval import SearchTerm
from knowledge.retrieval.counts import Tally
from knowledge.retrieval.large import Statistics
from knowledge.retrieval.memory import plain_terms
from knowledge.retrieval.records import (
    RecordFile,
    Scorer,
    code_of,
    decode_record,
    encode_record,
)
from tests.knowledge.retrieval.test_memory import index_of

WORDS = ("digue", "digue", "papapapa", "ananan", "5", "ab", "l'écluse", "États", "Unis", "de")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), min_size=1,
                 max_size=5)  # fmt: skip


@given(TEXTS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_scores_of_the_index_in_memory(texts: list[str], question: str) -> None:
    """A record scores as its passage does in memory: repeated words and grams, pairs, places."""
    terms = [
        *plain_terms(fields(question)),
        SearchTerm("stems", (("digu", 1.0), ("etat unis", 0.7), ("etat uni", 0.9))),
        SearchTerm("stems", (("etat uni", 0.0), ("digu digu", 0.5))),
    ]
    tally = Tally()
    records = []
    for number, text in enumerate(texts):
        found = fields(f"Nouvelles . {text}")
        tally.add(found)
        records.append(decode_record(encode_record(number, 0, "body", found)))
    statistics = Statistics(tally.passages, tally.lengths, [tally.counts()])
    scorer = Scorer(terms, statistics)
    hits = {hit.passage: hit for hit in index_of(texts).rank(terms, len(texts))}
    scores, held = scorer.by_words(records)
    for number, (record, score, matched) in enumerate(zip(records, scores, held, strict=True)):
        hit = hits.get(number)
        assert matched == (() if hit is None else hit.matched)
        if hit is not None:
            assert score + scorer.by_letters(record) == pytest.approx(hit.score, abs=1e-4)


def test_a_record_comes_back() -> None:
    """Whose passage it is, its kind and its terms are stored; anything else is refused."""
    stored = encode_record(2**64 - 1, 7, "caption", fields("Les phares d'Aubrac"))
    record = decode_record(stored)
    assert (record.article, record.ordinal, record.caption) == (2**64 - 1, 7, True)
    assert record.stems.tolist() == [code_of("phar"), code_of("aubrac")]
    assert record.surfaces.tolist() == [code_of("phares"), code_of("aubrac")]
    assert (record.grams, record.text) == (10, b"_phares_ _aubrac_")
    for bad in (b"", b"trop court", stored[:30]):
        with pytest.raises(ValueError):  # noqa: PT011 - any of them will do
            decode_record(bad)


def test_records_in_a_file(tmp_path: Path) -> None:
    """Each is found by its number; a file that was cut off is refused."""
    file, borders = tmp_path / "records", tmp_path / "borders"
    file.write_bytes(b"undeux")
    np.array([0, 2, 6, 6], "<u8").tofile(borders)
    records = RecordFile(file, borders)
    assert [bytes(records[n]) for n in range(3)] == [b"un", b"deux", b""]
    file.write_bytes(b"un")
    with pytest.raises(ValueError, match="all that"):
        RecordFile(file, borders)
