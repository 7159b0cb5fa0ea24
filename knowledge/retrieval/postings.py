"""Which passages hold a term, with the BM25 weight of each: flat arrays, read where they lie.

No package is imported here and nothing is decoded when an index is opened: `dossier ask` asks a
small dossier one question, and importing numpy alone would take a fifth of its time.
"""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, islice
from typing import Literal

BUCKET = 64
"""Terms that are looked through at once: of each 64th the place is known."""

_REMEMBERED = 50_000
"""Terms whose row is remembered; what people ask is mostly what was asked before."""


def positive_idf(size: int, frequency: int) -> float:
    """Lucene's inverse document frequency, above 0 for any frequency up to the size."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def number_code(size: int) -> Literal["H", "I"]:
    """The array type of passage numbers: two bytes each while they fit."""
    return "H" if size <= 1 << 16 else "I"


class Postings:
    """The BM25 weight of each term in each passage that holds it.

    Row r of a term covers `passages[starts[r]:starts[r + 1]]`, ascending, and its weights; rows
    are in the order of the terms, which are sorted and joined by line breaks in `terms`.
    """

    def __init__(  # noqa: PLR0917  # the arrays of one table
        self,
        terms: bytes,
        marks: "memoryview[int]",
        starts: "memoryview[int]",
        passages: "memoryview[int]",
        weights: "memoryview[float]",
        size: int,
    ) -> None:
        self.terms = terms
        self.marks = marks
        self.starts = starts
        self.passages = passages
        self.weights = weights
        self.size = size
        self._rows: dict[str, int] = {}

    def __contains__(self, term: str) -> bool:
        return self._row(term) >= 0

    def frequency(self, term: str) -> int:
        """How many passages hold the term."""
        row = self._row(term)
        return 0 if row < 0 else int(self.starts[row + 1] - self.starts[row])

    def idf(self, term: str) -> float:
        """The idf of the term; that of a term never seen is the highest there is."""
        return positive_idf(self.size, self.frequency(term))

    def holding(self, term: str) -> tuple["memoryview[int]", "memoryview[float]"]:
        """(passages, weights) of the term, both empty when no passage holds it."""
        row = self._row(term)
        span = slice(0, 0) if row < 0 else slice(self.starts[row], self.starts[row + 1])
        return self.passages[span], self.weights[span]

    def _row(self, term: str) -> int:
        """The term's row, -1 when no passage holds it."""
        row = self._rows.get(term)
        if row is None:
            if len(self._rows) >= _REMEMBERED:
                self._rows.clear()
            row = self._rows[term] = self._find(term.encode("utf-8", "surrogatepass"))
        return row

    def _find(self, wanted: bytes) -> int:
        terms, marks = self.terms, self.marks

        def first(bucket: int) -> bytes:
            start = marks[bucket]
            end = terms.find(b"\n", start)
            return terms[start:] if end < 0 else terms[start:end]

        # Bytes of UTF-8 sort as the letters do.
        bucket = bisect_right(range(len(marks)), wanted, key=first) - 1
        if bucket < 0:
            return -1
        end = marks[bucket + 1] - 1 if bucket + 1 < len(marks) else len(terms)
        listed = terms[marks[bucket] : end].split(b"\n")
        at = bisect_left(listed, wanted)
        return bucket * BUCKET + at if at < len(listed) and listed[at] == wanted else -1

    def to_blobs(self, name: str) -> dict[str, bytes]:
        """What `from_blobs` reads, under keys that start with the name."""
        return {
            f"{name}.terms": self.terms,
            f"{name}.marks": bytes(self.marks),
            f"{name}.starts": bytes(self.starts),
            f"{name}.passages": bytes(self.passages),
            f"{name}.weights": bytes(self.weights),
            f"{name}.size": str(self.size).encode(),
        }

    @classmethod
    def from_blobs(cls, name: str, blobs: Mapping[str, bytes]) -> "Postings":
        """The postings stored under the name; they go on reading from these blobs."""
        size = int(blobs[f"{name}.size"])

        def numbers(part: str, code: Literal["H", "I"]) -> "memoryview[int]":
            return memoryview(blobs[f"{name}.{part}"]).cast(code)

        return cls(
            blobs[f"{name}.terms"],
            numbers("marks", "I"),
            numbers("starts", "I"),
            numbers("passages", number_code(size)),
            memoryview(blobs[f"{name}.weights"]).cast("f"),
            size,
        )


def packed_terms(terms: Sequence[str]) -> tuple[bytes, "memoryview[int]"]:
    """(sorted terms joined by line breaks, the place of each 64th)."""
    buckets = [
        "\n".join(terms[at : at + BUCKET]).encode("utf-8", "surrogatepass")
        for at in range(0, len(terms), BUCKET)
    ]
    starts = accumulate((len(bucket) + 1 for bucket in buckets), initial=0)
    return b"\n".join(buckets), memoryview(array("I", islice(starts, len(buckets))))
