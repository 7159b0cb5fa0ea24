"""The index of a large dossier: candidates from Xapian, scores over all fields computed here.

It ranks as `knowledge.retrieval.memory` does and holds next to nothing: terms, records and
articles stay on disk or on other machines.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from knowledge.language.terms import fields
from knowledge.model import Hit
from knowledge.retrieval.bm25 import positive_idf
from knowledge.retrieval.counts import Counts, key_of
from knowledge.retrieval.memory import SearchTerm, plain_terms
from knowledge.retrieval.records import Record, Scorer, decode_record
from knowledge.retrieval.xapian import Wanted, own_idf

CANDIDATES = 200
"""Passages scored over all fields: .9986 of the ten best of all are among them on PIAF
(docs/SCALE.md)."""
CLOSE = 64
"""Of these, as many as come near by their words are compared letter by letter."""
LEADING = 30_000
"""Passages that hold one of the heaviest forms asked, counted form by form, from which on the
lighter ones only add to the scores of these: a common word stands in most passages of a large
dossier, and to look at all of them takes longer than all else. On 150 questions at a million
passages .996 of the eight best stay and every first, at 100,000 all of them (docs/SCALE.md)."""
_WIDER = 4
"""How much further is looked when too few of the candidates may be used."""
_KNOWN_TERMS = 50_000

Locate = Callable[[int, int], int | None]
"""(key of an article's text, ordinal) -> number of the passage; None when it is not of now."""


class Source(Protocol):
    """What holds the records of the passages."""

    def best(
        self, wanted: Sequence[Wanted], first: int, count: int
    ) -> tuple[Sequence[bytes], bool]:
        """(records of the best passages by stems from the rank `first` on, whether more follow)."""


class Statistics:
    """What BM25 has to know of all passages of a generation.

    `counts`: parts that add up; those of passages that are no longer there are below zero.
    """

    def __init__(self, size: int, lengths: Mapping[str, int], counts: Sequence[Counts]) -> None:
        self.size = size
        self._means = {name: length / size if size else 1.0 for name, length in lengths.items()}
        self._counts = tuple(counts)
        self.frequency = lru_cache(maxsize=_KNOWN_TERMS)(self._frequency)

    def idf(self, form: str, field: str = "stems") -> float:
        """The idf of a term in a field; that of a term never seen is the highest there is."""
        return positive_idf(self.size, self.frequency(form, field))

    def mean_length(self, field: str) -> float:
        """How many terms a passage has in the field, on average; above 0."""
        return self._means.get(field, 0.0) or 1.0

    def _frequency(self, form: str, field: str) -> int:
        key = key_of(field, form)
        return sum(part.of(key) for part in self._counts)


class LargeIndex:
    """Finds passages; passages are numbers in corpus order. Any thread may call."""

    def __init__(self, source: Source, statistics: Statistics, locate: Locate) -> None:
        self.size = statistics.size
        self._source = source
        self._statistics = statistics
        self._locate = locate

    def idf(self, stem: str) -> float:
        """The idf of a stem; that of a stem never seen is the highest there is."""
        return self._statistics.idf(stem)

    def pair_idf(self, pair: str) -> float:
        """The idf of a pair of neighbouring stems."""
        return self._statistics.idf(pair, "bigrams")

    def holds(self, form: str) -> bool:
        """Whether any passage holds the stem, or the pair of stems with a space between."""
        return self._frequency(form) > 0

    def rank(
        self,
        terms: Sequence[SearchTerm],
        k: int,
        *,
        allowed: Callable[[int], bool] | None = None,
    ) -> tuple[Hit, ...]:
        """The k best passages that hold at least one of the stems, ties in corpus order.

        Raises:
            ShardSilent: a part of the dossier does not answer.
            StoreDamaged: a database on disk cannot be read.
        """
        scorer = Scorer(terms, self._statistics)
        wanted = self._wanted(terms, every=allowed is not None)
        found: dict[int, tuple[float, tuple[str, ...], Record]] = {}
        first, count, more = 0, max(CANDIDATES, k), bool(wanted)
        while more and len(found) < max(k, CANDIDATES // 2):
            records, more = self._source.best(wanted, first, count)
            first, count = first + count, count * _WIDER
            usable: dict[int, Record] = {}
            for record in map(decode_record, records):
                number = self._locate(record.article, record.ordinal)
                if number is not None and (allowed is None or allowed(number)):
                    usable[number] = record
            if usable:
                scored, held = scorer.by_words(list(usable.values()))
                for (number, record), score, matched in zip(
                    usable.items(), scored.tolist(), held, strict=True
                ):
                    if matched:
                        found[number] = (score, matched, record)
        near = sorted(found, key=lambda number: (-found[number][0], number))[: max(CLOSE, 2 * k)]
        scores = {n: found[n][0] + scorer.by_letters(found[n][2]) for n in near}
        best = sorted(near, key=lambda number: (-scores[number], number))[:k]
        return tuple(
            Hit(number, scores[number], rank, found[number][1]) for rank, number in enumerate(best)
        )

    def search(
        self, text: str, k: int, *, allowed: Callable[[int], bool] | None = None
    ) -> tuple[Hit, ...]:
        """The k best passages for a plain text, best first."""
        return self.rank(plain_terms(fields(text)), k, allowed=allowed)

    def _wanted(self, terms: Sequence[SearchTerm], *, every: bool) -> tuple[Wanted, ...]:
        """The forms looked for, the heaviest first; `every`: each of them leads.

        A word that the question repeats has once twice the weight.
        """
        groups: dict[tuple[tuple[str, float], ...], int] = {}
        for term in terms:
            if term.field == "stems":
                groups[term.alternatives] = groups.get(term.alternatives, 0) + 1
        known = [
            (form, times * share)
            for alternatives, times in groups.items()
            for form, share in alternatives
            if share > 0 and self.holds(form)
        ]
        known.sort(key=lambda one: -one[1] * self._idf(one[0]))
        wanted, held = [], 0
        for form, share in known:
            leads = every or held < LEADING
            stems = tuple(form.split(" "))
            wanted.append(Wanted(stems, share * self._idf(form) / self._given(stems), leads))
            held += self._frequency(form)
        return tuple(wanted)

    def _given(self, stems: Sequence[str]) -> float:
        """The weight that Xapian itself gives to stems that stand together."""
        size, frequency = self._statistics.size, self._statistics.frequency
        return sum(own_idf(size, frequency(stem, "stems")) for stem in stems)

    def _idf(self, form: str) -> float:
        return self.pair_idf(form) if " " in form else self.idf(form)

    def _frequency(self, form: str) -> int:
        return self._statistics.frequency(form, "bigrams" if " " in form else "stems")
