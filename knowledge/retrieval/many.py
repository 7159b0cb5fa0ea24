"""Scoring many passages with numpy: each posting is touched once."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from knowledge.retrieval.few import Weighted

_WIDENING = (4, 64)
"""How many times k are put in order at first; more only when too few of them are allowed."""


def scores(weighted: Iterable[Weighted], prior: "memoryview[float]") -> np.ndarray:
    """The score of every passage."""
    terms = tuple(weighted)
    postings = sum(len(passages) for _, held in terms for _, passages, _ in held)
    places = np.empty(postings, dtype=np.intp)
    values = np.empty(postings, dtype=np.float64)
    best = np.zeros(len(prior), dtype=np.float64)
    end = 0
    for weight, alternatives in terms:
        spans: list[slice] = []
        for share, passages, weights in alternatives:
            spans.append(span := slice(end, end := end + len(passages)))
            places[span] = passages
            # Multiplied in single precision and kept in double, as `few` does.
            factor = np.float32(share if len(alternatives) > 1 else weight)
            np.multiply(np.asarray(weights), factor, out=values[span])
        if len(alternatives) > 1:
            for span in spans:
                best[places[span]] = np.maximum(best[places[span]], values[span])
            for span in spans:
                values[span] = weight * best[places[span]]
                best[places[span]] = 0.0  # counted once, whoever else holds it
    # Added up in the order of the terms, passage by passage, as a loop over the terms would.
    total = np.bincount(places, values, len(prior))
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
