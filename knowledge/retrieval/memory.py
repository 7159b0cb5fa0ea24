"""The index in memory: four BM25 fields over the passages, fused by a weighted sum."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import ModuleType
from typing import Any

from knowledge.language.terms import Fields, fields
from knowledge.model import Article, Dossier, Hit, Passage
from knowledge.retrieval import few
from knowledge.retrieval.few import Weighted
from knowledge.retrieval.postings import Postings

FIELD_WEIGHTS = {"stems": 1.0, "surfaces": 0.5, "bigrams": 0.3, "grams": 0.2}
"""Chosen on PIAF (1,518 passages, 4,130 questions): recall@1 .711 with stems alone, .730 with
surfaces, .745 with all four; each weight is flat within a third of its value."""

CAPTION_WEIGHT = 0.8
"""A caption ranks below the body paragraph that says the same."""


FEW = 512
"""Up to so many passages plain Python scores as fast as numpy, without the 50 ms of its import."""


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """One thing looked for in one field: the best of its alternatives counts, weighted.

    An alternative with a space in it is a pair of stems, wherever it stands.
    """

    field: str
    alternatives: tuple[tuple[str, float], ...]


class Index:
    """Finds passages; passages are numbers in corpus order."""

    def __init__(self, postings: Mapping[str, Postings], prior: "memoryview[float]") -> None:
        self.postings = dict(postings)
        self.prior = prior
        self.size = len(prior)

    def idf(self, stem: str) -> float:
        """The idf of a stem; that of a stem never seen is the highest there is."""
        return self.postings["stems"].idf(stem)

    def holds(self, form: str) -> bool:
        """Whether any passage holds the stem, or the pair of stems with a space between."""
        return form in self._source("stems", form)

    def pair_idf(self, pair: str) -> float:
        """The idf of a pair of neighbouring stems."""
        return self.postings["bigrams"].idf(pair)

    def scores(self, terms: Iterable[SearchTerm]) -> Any:
        """The score of every passage: `size` floats, in an array of Python's or of numpy's."""
        return self._arithmetic.scores(self._weighted(terms), self.prior)

    def rank(
        self,
        terms: Sequence[SearchTerm],
        k: int,
        *,
        allowed: Callable[[int], bool] | None = None,
    ) -> tuple[Hit, ...]:
        """The k best passages that hold at least one of the stems, ties in corpus order."""
        forms = tuple(
            dict.fromkeys(form for t in terms if t.field == "stems" for form, _ in t.alternatives)
        )
        holders = [self._source("stems", form).holding(form)[0] for form in forms]
        scores = self.scores(terms)
        best = self._arithmetic.best(scores, holders, k, allowed)
        return tuple(
            Hit(passage, float(scores[passage]), rank, _matched(passage, forms, holders))
            for rank, passage in enumerate(islice(best, k))
        )

    def search(
        self, text: str, k: int, *, allowed: Callable[[int], bool] | None = None
    ) -> tuple[Hit, ...]:
        """The k best passages for a plain text, best first."""
        return self.rank(plain_terms(fields(text)), k, allowed=allowed)

    @property
    def _arithmetic(self) -> ModuleType:
        if self.size <= FEW:
            return few
        from knowledge.retrieval import many

        return many

    def _source(self, field: str, form: str) -> Postings:
        return self.postings["bigrams" if " " in form else field]

    def _weighted(self, terms: Iterable[SearchTerm]) -> Iterator[Weighted]:
        for term in terms:
            alternatives = term.alternatives
            if len(alternatives) == 1:
                form, share = alternatives[0]
                held = self.postings[term.field].holding(form)
                yield FIELD_WEIGHTS[term.field] * share, ((1.0, *held),)
            else:
                held_by = (
                    (share, *self._source(term.field, form).holding(form))
                    for form, share in alternatives
                )
                yield FIELD_WEIGHTS[term.field], tuple(held_by)

    def to_blobs(self) -> dict[str, bytes]:
        """What `from_blobs` reads."""
        blobs = {"prior": bytes(self.prior)}
        for name, postings in self.postings.items():
            blobs |= postings.to_blobs(name)
        return blobs

    @classmethod
    def from_blobs(cls, blobs: Mapping[str, bytes]) -> "Index":
        """The index that `to_blobs` stored; it goes on reading from these blobs."""
        return cls(
            {name: Postings.from_blobs(name, blobs) for name in FIELD_WEIGHTS},
            memoryview(blobs["prior"]).cast("d"),
        )


def _matched(
    passage: int, forms: Sequence[str], holders: Sequence["memoryview[int]"]
) -> tuple[str, ...]:
    """The forms that the passage holds; `holders` are the passages of each form, ascending."""
    found = []
    for form, passages in zip(forms, holders, strict=True):
        at = bisect_left(passages, passage)
        if at < len(passages) and passages[at] == passage:
            found.append(form)
    return tuple(found)


def plain_terms(query: Fields) -> tuple[SearchTerm, ...]:
    """Each term of each field looked for as it is."""
    return tuple(
        SearchTerm(field, ((form, 1.0),))
        for field in FIELD_WEIGHTS
        for form in getattr(query, field)
    )


def terms_of(article: Article, passage: Passage) -> Fields:
    """The terms that a passage is found by: those of its article's title, and its own."""
    return fields(f"{article.title} . {article.text[passage.start : passage.end]}")


def build(dossier: Dossier, passages: Sequence[Passage]) -> Index:
    """The index of the passages, each with the title of its article prepended."""
    from knowledge.retrieval.bm25 import Column, ColumnBM25

    articles = {article.id: article for article in dossier.articles}
    columns = {name: Column() for name in FIELD_WEIGHTS}
    for p in passages:
        found = terms_of(articles[p.article], p)
        for name, column in columns.items():
            column.add(getattr(found, name))
    # One column after the other: what is done with leaves room for the next.
    postings = {name: ColumnBM25(columns.pop(name)).postings() for name in FIELD_WEIGHTS}
    prior = array("d", [CAPTION_WEIGHT if p.kind == "caption" else 1.0 for p in passages])
    return Index(postings, memoryview(prior))
