"""BM25 with an idf that stays positive, on rank-bm25; the reference of every other engine."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from knowledge.retrieval.postings import Postings, number_code, packed_terms, positive_idf

__all__ = ["K1", "B", "Column", "ColumnBM25", "PositiveBM25", "Postings", "positive_idf"]

K1 = 0.9
B = 0.75
"""Flat around these values on the PIAF questions (recall@1 moves by less than .003)."""

_AT_ONCE = 1 << 19
"""Postings weighed at once: the intermediate arrays stay at 4 MB each."""
_WAITING = 1 << 16
"""Terms that wait as text to be numbered: 5 MB."""
_TERM = np.uint64(32)
"""Where the term stands in a number that also holds a passage."""


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
        self.lengths: list[int] = []
        self._waiting: list[str] = []
        self._read = [np.zeros(0, np.uint32)]

    def add(self, terms: Sequence[str]) -> None:
        """Takes the terms of the next passage."""
        self._waiting += terms
        self.lengths.append(len(terms))
        if len(self._waiting) > _WAITING:
            self._pack()

    def take(self) -> np.ndarray:
        """The terms of all passages by id, one passage after the other, as often as they stand.

        They are kept no longer: the next column needs the room.
        """
        self._pack()
        read, self._read = np.concatenate(self._read), []
        return read

    def _pack(self) -> None:
        ids = map(self.ids.__getitem__, self._waiting)
        self._read.append(np.fromiter(ids, np.uint32, len(self._waiting)))
        self._waiting = []


class ColumnBM25(PositiveBM25):
    """rank-bm25 over a column: its lengths and idf, without a dictionary for each passage.

    It has no `get_scores`, which walks those dictionaries: `postings` holds the same scores.
    """

    def __init__(self, column: Column) -> None:
        super().__init__(column)  # type: ignore[arg-type]  # read by our _initialize alone

    def _initialize(self, corpus: Column) -> dict[str, int]:  # type: ignore[override]
        self.doc_len = corpus.lengths
        self.corpus_size = len(corpus.lengths)
        self.avgdl = sum(corpus.lengths) / max(1, self.corpus_size)
        read = corpus.take()
        self.terms = sorted(corpus.ids)
        ranks = np.empty(len(self.terms), dtype=np.uint32)
        ranks[[*map(corpus.ids.__getitem__, self.terms)]] = np.arange(len(ranks), dtype=np.uint32)
        # Term and passage in one number: sorted, each posting is a run of equal numbers.
        keys = ranks[read].astype(np.uint64) << _TERM
        del read
        keys |= np.repeat(np.arange(self.corpus_size, dtype=np.uint32), self.doc_len)
        keys.sort()
        opens = np.ones(len(keys), dtype=bool)
        np.not_equal(keys[1:], keys[:-1], out=opens[1:])
        firsts = np.flatnonzero(opens).astype(np.uint32)
        self.counts = np.diff(firsts, append=np.uint32(len(keys)))
        del firsts
        keys = keys[opens]
        self.passages = keys.astype(np.dtype(number_code(self.corpus_size)))
        borders = np.arange(len(ranks) + 1, dtype=np.uint64) << _TERM
        self.starts = np.searchsorted(keys, borders).astype(np.uint32)
        return {}  # how many passages hold each term is told by `starts`

    def _calc_idf(self, _: dict[str, int]) -> None:
        frequencies = np.diff(self.starts).tolist()
        known = {n: positive_idf(self.corpus_size, n) for n in set(frequencies)}
        self.idf = np.fromiter(map(known.__getitem__, frequencies), np.float64, len(frequencies))

    def postings(self) -> Postings:
        """The scores of `PositiveBM25.get_scores`, laid out by term instead of by passage."""
        words, marks = packed_terms(self.terms)
        return Postings(
            words,
            marks,
            self.starts.data,
            self.passages.data,
            self._weights().data.cast("B").cast("f"),
            self.corpus_size,
        )

    def _weights(self) -> np.ndarray:
        lengths = np.array(self.doc_len, dtype=np.float64)
        weights = np.empty(len(self.passages), dtype=np.float32)
        for begin in range(0, len(weights), _AT_ONCE):
            span = slice(begin, begin + _AT_ONCE)
            places = np.arange(*span.indices(len(weights)))
            rows = np.searchsorted(self.starts, places, "right") - 1
            many = self.counts[span].astype(np.float64)
            norm = self.k1 * (1 - self.b + self.b * lengths[self.passages[span]] / self.avgdl)
            weights[span] = self.idf[rows] * many * (self.k1 + 1) / (many + norm)
        return weights
