"""BM25 with an idf that stays positive, on rank-bm25; the reference of every other engine."""

import math
from collections.abc import Sequence

import numpy as np
from rank_bm25 import BM25Okapi

K1 = 0.9
B = 0.75
"""Flat around these values on the PIAF questions (recall@1 moves by less than .003)."""


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

    def postings(self) -> "Postings":
        """The same scores as `get_scores`, laid out by term instead of by passage."""
        by_term: dict[str, list[tuple[int, int]]] = {term: [] for term in self.idf}
        for number, frequencies in enumerate(self.doc_freqs):
            for term, count in frequencies.items():
                by_term[term].append((number, count))
        terms = sorted(by_term)
        starts = np.zeros(len(terms) + 1, dtype=np.int64)
        np.cumsum([len(by_term[term]) for term in terms], out=starts[1:])
        flat = np.array([pair for term in terms for pair in by_term[term]], dtype=np.int64).reshape(
            -1, 2
        )
        passages, counts = flat[:, 0], flat[:, 1].astype(np.float64)
        idf = np.repeat([self.idf[term] for term in terms], np.diff(starts))
        lengths = np.array(self.doc_len, dtype=np.float64)[passages]
        norm = self.k1 * (1 - self.b + self.b * lengths / self.avgdl)
        weights = idf * counts * (self.k1 + 1) / (counts + norm)
        return Postings(
            {term: row for row, term in enumerate(terms)},
            starts,
            passages.astype(np.int32),
            weights.astype(np.float32),
            self.corpus_size,
        )


def positive_idf(size: int, frequency: int) -> float:
    """Lucene's inverse document frequency, above 0 for any frequency up to the size."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


class Postings:
    """The BM25 weight of each term in each passage that holds it, in three flat arrays.

    Row r of a term covers `passages[starts[r]:starts[r + 1]]`, ascending, and its weights.
    """

    def __init__(
        self,
        rows: dict[str, int],
        starts: np.ndarray,
        passages: np.ndarray,
        weights: np.ndarray,
        size: int,
    ) -> None:
        self.rows = rows
        self.starts = starts
        self.passages = passages
        self.weights = weights
        self.size = size

    def __contains__(self, term: str) -> bool:
        return term in self.rows

    def frequency(self, term: str) -> int:
        """How many passages hold the term."""
        row = self.rows.get(term)
        return 0 if row is None else int(self.starts[row + 1] - self.starts[row])

    def idf(self, term: str) -> float:
        """The idf of the term; that of a term never seen is the highest there is."""
        return positive_idf(self.size, self.frequency(term))

    def holding(self, term: str) -> tuple[np.ndarray, np.ndarray]:
        """(passages, weights) of the term, both empty when no passage holds it."""
        row = self.rows.get(term)
        if row is None:
            return self.passages[:0], self.weights[:0]
        span = slice(self.starts[row], self.starts[row + 1])
        return self.passages[span], self.weights[span]

    def to_blobs(self, name: str) -> dict[str, bytes]:
        """What `from_blobs` reads, under keys that start with the name."""
        return {
            f"{name}.terms": "\n".join(self.rows).encode(),
            f"{name}.starts": self.starts.tobytes(),
            f"{name}.passages": self.passages.tobytes(),
            f"{name}.weights": self.weights.tobytes(),
            f"{name}.size": str(self.size).encode(),
        }

    @classmethod
    def from_blobs(cls, name: str, blobs: "dict[str, bytes]") -> "Postings":
        """The postings stored under the name."""
        terms = blobs[f"{name}.terms"].decode()
        return cls(
            {term: row for row, term in enumerate(terms.split("\n"))} if terms else {},
            np.frombuffer(blobs[f"{name}.starts"], dtype=np.int64),
            np.frombuffer(blobs[f"{name}.passages"], dtype=np.int32),
            np.frombuffer(blobs[f"{name}.weights"], dtype=np.float32),
            int(blobs[f"{name}.size"]),
        )
