"""BM25 with an idf that stays positive, on rank-bm25; the reference of every other engine."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from knowledge.retrieval.postings import Postings, number_code, packed_terms, positive_idf

__all__ = ["K1", "B", "Column", "ColumnBM25", "PositiveBM25", "Postings", "positive_idf"]

K1 = 0.9
B = 0.75
"""Flat around these values on the PIAF questions (recall@1 moves by less than .003)."""

_AT_ONCE = 1 << 19
"""Postings weighed at once: the intermediate arrays stay at 4 MB each."""


class PositiveBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """BM25Okapi with Lucene's idf, log(1 + (N - df + 0.5) / (df + 0.5)).

    Okapi's own idf is 0 for a term in half of the passages and negative above that, which a
    dossier of five articles on one country meets at once.
    """

    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        super().__init__(corpus, k1=K1, b=B)

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        # rank-bm25 divides by the number of passages.
        frequencies: dict[str, int] = super()._initialize(corpus) if corpus else {}
        return frequencies

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, frequency in nd.items():
            self.idf[term] = positive_idf(self.corpus_size, frequency)


class Column:
    """The terms of one field, passage after passage: what rank-bm25 counts, in a tenth of it."""

    def __init__(self) -> None:
        self.ids: defaultdict[str, int] = defaultdict()
        self.ids.default_factory = self.ids.__len__
        self.terms = array("I")
        """The distinct terms of each passage, one passage after the other, by id."""
        self.counts = array("I")
        self.distinct = array("I")
        self.lengths: list[int] = []

    def add(self, terms: Iterable[str]) -> None:
        """Counts the terms of the next passage."""
        counted = Counter(terms)
        self.terms.extend(map(self.ids.__getitem__, counted))
        self.counts.extend(counted.values())
        self.distinct.append(len(counted))
        self.lengths.append(counted.total())


class ColumnBM25(PositiveBM25):
    """rank-bm25 over a column: its lengths and idf, without a dictionary for each passage.

    It has no `get_scores`, which walks those dictionaries: `postings` holds the same scores.
    """

    def __init__(self, column: Column) -> None:
        self.column = column
        super().__init__(column)  # type: ignore[arg-type]  # read by our _initialize alone

    def _initialize(self, corpus: Column) -> dict[str, int]:  # type: ignore[override]
        self.doc_len = corpus.lengths
        self.corpus_size = len(corpus.lengths)
        self.avgdl = sum(corpus.lengths) / max(1, self.corpus_size)
        frequencies = np.bincount(np.asarray(corpus.terms), minlength=len(corpus.ids))
        return dict(zip(corpus.ids, frequencies.tolist(), strict=True))

    def postings(self) -> Postings:
        """The scores of `PositiveBM25.get_scores`, laid out by term instead of by passage."""
        column = self.column
        terms = sorted(column.ids)
        ranks = np.empty(len(terms), dtype=np.uint32)
        ranks[[column.ids[term] for term in terms]] = np.arange(len(terms), dtype=np.uint32)
        rows = ranks[np.asarray(column.terms)]
        order = np.argsort(rows, kind="stable").astype(np.uint32)
        del rows
        numbers = np.arange(self.corpus_size, dtype=np.dtype(number_code(self.corpus_size)))
        passages = np.repeat(numbers, column.distinct)[order]
        counts = np.asarray(column.counts)[order]
        del order
        starts = np.zeros(len(terms) + 1, dtype=np.uint32)
        np.cumsum(self._frequencies(terms), out=starts[1:])
        words, marks = packed_terms(terms)
        return Postings(
            words,
            marks,
            starts.data,
            passages.data,
            self._weights(terms, starts, passages, counts).data.cast("B").cast("f"),
            self.corpus_size,
        )

    def _frequencies(self, terms: Sequence[str]) -> np.ndarray:
        column = self.column
        found = np.bincount(np.asarray(column.terms), minlength=len(column.ids))
        return found[[column.ids[term] for term in terms]]

    def _weights(
        self, terms: Sequence[str], starts: np.ndarray, passages: np.ndarray, counts: np.ndarray
    ) -> np.ndarray:
        idf = np.array([self.idf[term] for term in terms], dtype=np.float64)
        lengths = np.array(self.doc_len, dtype=np.float64)
        weights = np.empty(len(passages), dtype=np.float32)
        for begin in range(0, len(passages), _AT_ONCE):
            span = slice(begin, begin + _AT_ONCE)
            rows = np.searchsorted(starts, np.arange(*span.indices(len(passages))), "right") - 1
            many = counts[span].astype(np.float64)
            norm = self.k1 * (1 - self.b + self.b * lengths[passages[span]] / self.avgdl)
            weights[span] = idf[rows] * many * (self.k1 + 1) / (many + norm)
        return weights
