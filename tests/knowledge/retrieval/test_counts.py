"""Numbers of passages by term: sums of parts, on disk as in memory."""

from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.terms import fields
from knowledge.retrieval.counts import NO_COUNTS, Counts, Tally, key_of

WORDS = st.lists(st.sampled_from(["digue", "phare", "canal", "moulin", "7.500"]), max_size=6)
TEXTS = st.lists(WORDS.map(" ".join), max_size=6)


def counted(texts: list[str]) -> Counts:
    """How many of the texts hold each term."""
    tally = Tally()
    for text in texts:
        tally.add(fields(text))
    return tally.counts()


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_a_tally_counts_the_passages_of_a_term(texts: list[str]) -> None:
    """Each term of each field is counted once a passage, and no other term at all."""
    counts = counted(texts)
    for field in ("stems", "surfaces", "bigrams", "grams"):
        expected = Counter(form for text in texts for form in set(getattr(fields(text), field)))
        assert {form: counts.of(key_of(field, form)) for form in expected} == dict(expected)
    assert counts.of(key_of("stems", "inconnu")) == 0


@given(TEXTS, TEXTS)
@settings(max_examples=50, deadline=None)
def test_parts_add_up(some: list[str], others: list[str]) -> None:
    """Two parts are as one, and what is taken away again leaves nothing."""
    both = Counts.summed([counted(some), counted(others)])
    assert both.to_bytes() == counted(some + others).to_bytes()
    assert Counts.summed([both, counted(others).negated()]).to_bytes() == counted(some).to_bytes()


def test_a_file_gives_back_the_counts(tmp_path: Path) -> None:
    """What is saved is mapped again, nothing included."""
    for counts in (counted(["phare et digue", "phare"]), NO_COUNTS):
        counts.save(tmp_path / "counts")
        mapped = Counts.mapped(tmp_path / "counts")
        assert mapped.to_bytes() == counts.to_bytes()
        assert Counts.from_bytes(counts.to_bytes()).to_bytes() == counts.to_bytes()
        assert len(mapped) == len(counts)
