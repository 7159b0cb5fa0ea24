"""The index in memory: the same scores as rank-bm25, hits with a match, a steady order."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.corpus import parse, passages
from knowledge.corpus.article import build as build_article
from knowledge.corpus.draft import Cleaned, Facts
from knowledge.language.terms import fields
from knowledge.model import Dossier
from knowledge.retrieval import Index, SearchTerm, build
from knowledge.retrieval.bm25 import Column, ColumnBM25, PositiveBM25, Postings, positive_idf

WORDS = (
    "digue", "phare", "canal", "écluse", "moulin", "péniche", "éclusier", "marée", "le", "7.500",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=7)


def dossier_of(texts: Sequence[str]) -> Dossier:
    """One article a text, all with the same title."""
    articles = tuple(parse("Nouvelles", text, f"a{n:03}") for n, text in enumerate(texts))
    return Dossier("essai", "fr", articles)


def index_of(texts: Sequence[str]) -> Index:
    """The index of one passage a text."""
    dossier = dossier_of(texts)
    return build(dossier, passages(dossier))


def stems_only(text: str) -> list[SearchTerm]:
    """The terms of the stem field, as they are."""
    return [SearchTerm("stems", ((stem, 1.0),)) for stem in fields(text).stems]


def found(index: Index, text: str, k: int = 10) -> list[int]:
    """The numbers of the passages found, best first."""
    return [hit.passage for hit in index.search(text, k)]


@given(TEXTS, SENTENCES)
@settings(max_examples=60, deadline=None)
def test_the_scores_of_rank_bm25(texts: list[str], question: str) -> None:
    """The stem field scores every passage as rank-bm25's own `get_scores` does."""
    reference = PositiveBM25([fields(f"Nouvelles . {text}").stems for text in texts])
    expected = reference.get_scores(list(fields(question).stems))
    assert np.allclose(index_of(texts).scores(stems_only(question)), expected, atol=1e-5)


@given(st.integers(1, 10_000), st.data())
def test_idf_is_positive(size: int, data: st.DataObject) -> None:
    """A term weighs something even when every passage holds it, and more when fewer do."""
    frequency = data.draw(st.integers(1, size))
    assert positive_idf(size, frequency) > 0
    assert positive_idf(size, frequency - 1) > positive_idf(size, frequency)


@pytest.mark.parametrize("texts", [[], ["le"], ["…", "!"]])
def test_an_index_without_words_finds_nothing(texts: list[str]) -> None:
    """No passages, or passages without a topical word, make an index that holds nothing."""
    index = index_of(texts)
    assert index.size == len(texts)
    for one in (index, Index.from_blobs(index.to_blobs())):
        assert one.search("digue phare", 5) == ()
        assert one.scores(stems_only("digue")).tolist() == [0.0] * len(texts)
        assert one.idf("digue") > 0
        assert one.pair_idf("digue phare") > 0
        assert not one.holds("digue")


def test_a_term_of_every_passage_still_counts() -> None:
    """A word that all passages hold finds them all, with scores above 0, the densest first."""
    index = index_of(["La digue cède, la digue.", "La digue et le phare.", "La digue."])
    hits = index.search("digue", 10)
    assert [hit.passage for hit in hits] == [0, 2, 1]
    assert all(hit.score > 0 for hit in hits)
    assert index.idf("digu") > 0


@given(TEXTS, SENTENCES)
@settings(max_examples=60, deadline=None)
def test_hits_match_and_are_ordered(texts: list[str], question: str) -> None:
    """A hit has a matched term that its passage holds; ranks count from 0; ties in corpus order."""
    index = index_of(texts)
    hits = index.search(question, 10)
    asked = set(fields(question).stems)
    for rank, hit in enumerate(hits):
        assert hit.rank == rank
        assert hit.matched
        assert len(set(hit.matched)) == len(hit.matched)
        assert set(hit.matched) <= asked & set(fields(f"Nouvelles . {texts[hit.passage]}").stems)
    assert list(hits) == sorted(hits, key=lambda hit: (-hit.score, hit.passage))
    missed = set(range(len(texts))) - {hit.passage for hit in hits}
    assert all(not asked & set(fields(texts[number]).stems) for number in missed)


def test_ties_keep_the_order_of_the_corpus() -> None:
    """Equal passages come in corpus order, every time."""
    index = index_of(["Le phare est rouge."] * 6)
    assert all(found(index, "phare rouge") == [0, 1, 2, 3, 4, 5] for _ in range(20))
    assert found(index, "phare rouge", k=2) == [0, 1]


def test_no_word_in_common_no_hit() -> None:
    """Passages that share no word with the question are not found, however few there are."""
    index = index_of(["Le phare est rouge.", "La digue est longue."])
    assert found(index, "digue") == [1]
    assert found(index, "moulin") == []


@pytest.mark.parametrize("text", ["", "   ", "?!", "Qui est-ce ?", "\0", "🚋"])
def test_nothing_to_look_for(text: str) -> None:
    """A text without a term finds nothing."""
    assert index_of(["Le phare est rouge."]).search(text, 10) == ()


def test_passages_without_a_term() -> None:
    """Passages of stop words alone can be indexed, and are never found."""
    dossier = Dossier("essai", "fr", (parse("Elle", "Il est là.", "a"),))
    index = build(dossier, passages(dossier))
    assert index.size == 1
    assert index.search("il est là, le phare", 10) == ()


@given(TEXTS, SENTENCES, st.sets(st.integers(0, 6)))
@settings(max_examples=60, deadline=None)
def test_only_the_allowed(texts: list[str], question: str, kept: set[int]) -> None:
    """`allowed` takes passages away and leaves the order and scores of the others."""
    index = index_of(texts)
    everything = index.search(question, 10)
    some = index.search(question, 10, allowed=kept.__contains__)
    assert [(h.passage, h.score) for h in some] == [
        (h.passage, h.score) for h in everything if h.passage in kept
    ]
    assert [hit.rank for hit in some] == list(range(len(some)))


@given(TEXTS, SENTENCES)
@settings(max_examples=60, deadline=None)
def test_stored_and_read_back(texts: list[str], question: str) -> None:
    """An index read back from its blobs finds the same with the same scores."""
    index = index_of(texts)
    again = Index.from_blobs(index.to_blobs())
    assert again.size == index.size
    assert again.search(question, 10) == index.search(question, 10)
    assert again.to_blobs() == index.to_blobs()


def test_the_same_blobs_every_time() -> None:
    """The same dossier gives the same blobs, byte for byte."""
    texts = ["Le phare est rouge.", "La digue cède.", "Le moulin tourne."]
    assert index_of(texts).to_blobs() == index_of(texts).to_blobs()


def test_what_postings_tell() -> None:
    """Postings tell who holds a term and how often it occurs; an unknown one weighs the most."""
    column = Column()
    for terms in (["digu", "phar"], ["digu"], ["moulin"]):
        column.add(terms)
    postings = ColumnBM25(column).postings()
    again = Postings.from_blobs("f", postings.to_blobs("f"))
    for one in (postings, again):
        assert one.holding("digu")[0].tolist() == [0, 1]
        assert one.frequency("digu") == 2
        assert one.holding("canal")[0].tolist() == []
        assert "canal" not in one
        assert one.idf("canal") > one.idf("phar") > one.idf("digu")
        assert math.isclose(one.idf("digu"), positive_idf(3, 2))


def test_the_best_of_the_alternatives_counts() -> None:
    """Other forms of one word are not added up: the best one counts, by its share."""
    index = index_of(["La digue et le barrage.", "La digue.", "Le barrage."])
    both = index.scores([SearchTerm("stems", (("digu", 1.0), ("barrag", 0.5)))])
    digue = index.scores([SearchTerm("stems", (("digu", 1.0),))])
    barrage = index.scores([SearchTerm("stems", (("barrag", 0.5),))])
    assert np.allclose(both, np.maximum(digue, barrage))
    hits = index.rank([SearchTerm("stems", (("digu", 1.0), ("barrag", 0.5)))], 10)
    assert hits[0].matched in (("digu", "barrag"), ("digu",))
    assert {hit.passage for hit in hits} == {0, 1, 2}


def test_a_pair_of_stems_is_found_side_by_side() -> None:
    """A form with a space is a pair of neighbours: the words apart do not match it."""
    index = index_of(["Le port franc rouvre.", "Le port est franc et le port est grand."])
    assert index.holds("port franc")
    hits = index.rank([SearchTerm("stems", (("moulin", 1.0), ("port franc", 0.9)))], 10)
    assert next((hit.passage, hit.matched) for hit in hits) == (0, ("port franc",))


def test_a_title_finds_its_passages() -> None:
    """The words of an article's title find its passages, below those that hold them twice."""
    articles = (
        parse("Nouvelles", "Les touristes reviennent.", "a"),
        parse("Le phare", "Les touristes reviennent.", "b"),
        parse("Le phare", "Le phare rouvre.", "c"),
    )
    dossier = Dossier("essai", "fr", articles)
    assert found(build(dossier, passages(dossier)), "phare") == [2, 1]


def test_a_caption_ranks_below_the_body() -> None:
    """Of two passages that say the same the body comes first, wherever the caption stands."""
    text = "Le phare de la digue rouvre aux visiteurs après deux ans de travaux, dit la mairie."
    article = build_article("a", Cleaned((("caption", text), ("body", text)), Facts(title="T")))
    dossier = Dossier("essai", "fr", (article,))
    listed = passages(dossier)
    hits = build(dossier, listed).search("phare", 10)
    assert [listed[hit.passage].kind for hit in hits] == ["body", "caption"]
