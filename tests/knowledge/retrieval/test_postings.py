"""Postings: found by their term wherever it stands, the same in a few passages and in many."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.retrieval import few, many
from knowledge.retrieval.bm25 import Column, ColumnBM25, PositiveBM25, Postings
from knowledge.retrieval.postings import BUCKET

TERMS = st.text("abcéœ мя0", min_size=1, max_size=5)


def postings_of(corpus: list[list[str]]) -> Postings:
    """The postings of passages given as their terms."""
    column = Column()
    for terms in corpus:
        column.add(terms)
    return ColumnBM25(column).postings()


@given(st.sets(TERMS, max_size=3 * BUCKET), st.lists(TERMS, max_size=20))
@settings(max_examples=40, deadline=None)
def test_a_term_is_found_wherever_it_stands(held: set[str], others: list[str]) -> None:
    """Every term that a passage holds is found, before and after storing, and no other is."""
    postings = postings_of([sorted(held), []])
    again = Postings.from_blobs("f", postings.to_blobs("f"))
    for one in (postings, again):
        assert all(one.holding(term)[0].tolist() == [0] for term in held)
        assert [term in one for term in others] == [term in held for term in others]


def test_the_scores_of_rank_bm25_at_length() -> None:
    """Over a thousand passages each weight is what `get_scores` gives, to single precision."""
    draw = random.Random(7)
    words = [f"mot{number}" for number in range(300)]
    corpus = [draw.choices(words, k=draw.randint(1, 60)) for _ in range(1_000)]
    reference, postings = PositiveBM25(corpus), postings_of(corpus)
    for term in draw.sample(words, 40):
        scores = np.zeros(len(corpus))
        passages, weights = postings.holding(term)
        scores[np.asarray(passages)] = np.asarray(weights)
        assert np.allclose(scores, reference.get_scores([term]), rtol=1e-6, atol=0)


WEIGHTS = st.floats(0.0625, 30, width=32)
HELD = st.dictionaries(st.integers(0, 30), WEIGHTS, max_size=12)
ALTERNATIVES = st.lists(st.tuples(st.floats(0, 1), HELD), max_size=4)


@given(
    st.lists(st.tuples(st.floats(0.01, 3), ALTERNATIVES), max_size=8), st.sets(st.integers(0, 30))
)
@settings(max_examples=150, deadline=None)
def test_few_and_many_score_alike(
    terms: list[tuple[float, list[tuple[float, dict[int, float]]]]], kept: set[int]
) -> None:
    """Plain Python and numpy give the same scores to the last bit, and the same order."""
    weighted = [
        (weight, tuple((share, *_columns(held)) for share, held in alternatives))
        for weight, alternatives in terms
    ]
    prior = np.array([0.8, 1.0] * 16).data.cast("B").cast("d")
    plain, fast = few.scores(weighted, prior), many.scores(weighted, prior)
    assert plain.tolist() == fast.tolist()
    holders = [held for _, alternatives in weighted for _, held, _ in alternatives]
    for allowed in (None, kept.__contains__):
        expected = list(few.best(plain, holders, 1, allowed))
        assert list(many.best(fast, holders, 1, allowed)) == expected


def _columns(held: dict[int, float]) -> tuple["memoryview[int]", "memoryview[float]"]:
    passages = np.array(sorted(held), dtype=np.uint16)
    weights = np.array([held[passage] for passage in sorted(held)], dtype=np.float32)
    return passages.data, weights.data.cast("B").cast("f")


@pytest.mark.parametrize("size", [1 << 16, (1 << 16) + 1])
def test_passage_numbers_are_wide_enough(size: int) -> None:
    """The last passage keeps its number on both sides of what two bytes hold."""
    column = Column()
    for _ in range(size - 1):
        column.add(())
    column.add(["digu"])
    postings = ColumnBM25(column).postings()
    again = Postings.from_blobs("f", postings.to_blobs("f"))
    assert again.holding("digu")[0].tolist() == [size - 1]
