"""Records of passages: what is scored from them is what the index in memory scores."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.terms import fields
from knowledge.retrieval import SearchTerm
from knowledge.retrieval.counts import Tally
from knowledge.retrieval.large import Statistics
from knowledge.retrieval.memory import plain_terms
from knowledge.retrieval.records import Record, Scorer, decode_record, encode_record
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
    for number, record in enumerate(records):
        score, matched = scorer.by_words(record)
        hit = hits.get(number)
        assert matched == (() if hit is None else hit.matched)
        if hit is not None:
            assert score + scorer.by_letters(record) == pytest.approx(hit.score, abs=1e-4)


def test_a_record_comes_back() -> None:
    """Whose passage it is, its kind and its terms are stored; anything else is refused."""
    stored = encode_record(2**64 - 1, 7, "caption", fields("Les phares d'Aubrac"))
    assert decode_record(stored) == Record(
        2**64 - 1, 7, True, 10, "phar aubrac", "_phares_ _aubrac_"
    )
    for bad in (b"", b"trop court", stored.replace(b"\n", b" ")):
        with pytest.raises(ValueError):  # noqa: PT011 - any of them will do
            decode_record(bad)
