"""Scoring a few passages in plain Python: to the last bit what `many` gives."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

Weighted = tuple[float, tuple[tuple[float, "memoryview[int]", "memoryview[float]"], ...]]
"""(weight, its alternatives): each a share with the passages of a form and their weights."""


def scores(weighted: Iterable[Weighted], prior: "memoryview[float]") -> "array[float]":
    """The score of every passage."""
    total = array("d", bytes(8 * len(prior)))
    for weight, alternatives in weighted:
        if len(alternatives) == 1:
            _, passages, weights = alternatives[0]
            for passage, value in zip(passages, _times(weight, weights), strict=True):
                total[passage] += value
            continue
        best: dict[int, float] = {}
        for share, passages, weights in alternatives:
            for passage, value in zip(passages, _times(share, weights), strict=True):
                if value > best.get(passage, 0.0):
                    best[passage] = value
        for passage, value in best.items():
            total[passage] += weight * value
    for passage, factor in enumerate(prior):
        total[passage] *= factor
    return total


def best(
    scored: Sequence[float],
    holders: Sequence["memoryview[int]"],
    _k: int,
    allowed: Callable[[int], bool] | None,
) -> Iterator[int]:
    """The allowed passages among the holders, best first, ties in corpus order."""
    for passage in sorted(set(chain.from_iterable(holders)), key=lambda p: (-scored[p], p)):
        if allowed is None or allowed(passage):
            yield passage


def _times(factor: float, weights: "memoryview[float]") -> "array[float]":
    """The weights times the factor in single precision, as numpy multiplies them."""
    # A product of two 24-bit numbers is exact in double precision: it is rounded once.
    rounded = array("f", [factor])[0]
    return array("f", [rounded * weight for weight in weights])
