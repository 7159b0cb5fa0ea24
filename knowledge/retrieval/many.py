"""Scoring many passages with numpy: each posting is touched once."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from knowledge.retrieval.few import Weighted

_WIDENING = (4, 64)
"""How many times k are put in order at first; more only when too few of them are allowed."""


def scores(weighted: Iterable[Weighted], prior: "memoryview[float]") -> np.ndarray:
    """The score of every passage."""
    places: list[np.ndarray] = []
    values: list[np.ndarray] = []
    best = np.zeros(len(prior), dtype=np.float64)
    for weight, alternatives in weighted:
        if len(alternatives) == 1:
            _, passages, weights = alternatives[0]
            places.append(np.asarray(passages))
            values.append(np.asarray(weights) * np.float32(weight))
            continue
        held = [
            (np.asarray(passages), np.asarray(weights) * np.float32(share))
            for share, passages, weights in alternatives
        ]
        for at, value in held:
            best[at] = np.maximum(best[at], value)
        for at, _ in held:
            places.append(at)
            values.append(weight * best[at])
            best[at] = 0.0  # counted once, whoever else holds it; and empty for the next term
    if not places:
        return best
    # Added up in the order of the terms, passage by passage, as a loop over the terms would.
    total = np.bincount(np.concatenate(places), np.concatenate(values), len(prior))
    return np.asarray(total * np.asarray(prior))


def best(
    scored: np.ndarray,
    holders: Sequence["memoryview[int]"],
    k: int,
    allowed: Callable[[int], bool] | None,
) -> Iterator[int]:
    """The allowed passages among the holders, best first, ties in corpus order."""
    held = np.zeros(len(scored), dtype=np.bool_)
    for passages in holders:
        held[np.asarray(passages)] = True
    candidates = np.flatnonzero(held)
    done = 0
    for many in (*(k * times for times in _WIDENING), len(candidates)):
        ordered = _first(scored, candidates, many)
        for passage in ordered[done:].tolist():
            if allowed is None or allowed(passage):
                yield passage
        done = len(ordered)


def _first(scored: np.ndarray, candidates: np.ndarray, many: int) -> np.ndarray:
    """At least so many of the candidates, if there are, all that tie with the last included."""
    found = scored[candidates]
    if many < len(candidates):
        last = np.partition(found, len(found) - many)[len(found) - many]
        candidates, found = candidates[found >= last], found[found >= last]
    return np.asarray(candidates[np.argsort(-found, kind="stable")])
