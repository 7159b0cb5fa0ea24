"""The learned weights: read once, applied to feature rows."""

import json
import math
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from operator import mul
from typing import Any

from knowledge.answering.features import FEATURES, NEARNESS
from knowledge.answering.question import Wanted

GROUPS: dict[str, str] = {
    "person": "person", "organisation": "person", "place": "place", "date": "date",
    "number": "number", "reason": "reason", "manner": "manner", "definition": "definition",
    "quote": "quote",
}  # fmt: skip
"""What is wanted -> the group of weights added to the common ones."""


@cache
def stored() -> dict[str, Any]:
    """The content of weights.json."""
    text = (resources.files(__package__) / "weights.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def largeness(passages: int) -> float:
    """0 for a dossier of 100 passages and fewer, 1 from 1,600 on, straight in the logarithm.

    Shared words say less where there are many passages to share them, so the weights of small
    and of large dossiers are learned apart.
    """
    return min(1.0, max(0.0, (math.log10(max(1, passages)) - 2) / 1.2))


def table(name: str, *, semantic: bool) -> dict[str, Any]:
    """One table of weights.json: what was learned on words alone, or on words and meaning."""
    found: dict[str, Any] = (stored()["semantic"] if semantic else stored())[name]
    return found


@cache
def _sentence_weights(size: str, group: str, *, semantic: bool) -> tuple[float, ...]:
    weights = table("sentence", semantic=semantic)[size]
    own = weights.get(group, {})
    names = (*FEATURES, *NEARNESS) if semantic else FEATURES
    return tuple(weights["all"].get(n, 0.0) + own.get(n, 0.0) for n in names)


@lru_cache(maxsize=256)
def _weights(wanted: Wanted, passages: int, *, semantic: bool = False) -> tuple[float, ...]:
    group = GROUPS.get(wanted, "other")
    large = largeness(passages)
    small = _sentence_weights("small", group, semantic=semantic)
    big = _sentence_weights("large", group, semantic=semantic)
    return tuple((1 - large) * a + large * b for a, b in zip(small, big, strict=True))


def forget() -> None:
    """Weights that were put into `stored()` count from now on."""
    _sentence_weights.cache_clear()
    _weights.cache_clear()


def dot(row: Sequence[float], wanted: Wanted, passages: int) -> float:
    """The score of one row."""
    return _product(row, _weights(wanted, passages))


def sentence_scores(
    rows: Sequence[Sequence[float]],
    wanted: Wanted,
    passages: int,
    near: Sequence[Sequence[float]] = (),
) -> tuple[list[float], list[float]]:
    """(score, share of the probability) of each row; the shares add up to 1.

    `near`: the NEARNESS of each row, where there are vectors.
    """
    weights = _weights(wanted, passages, semantic=bool(near))
    if near:
        rows = [(*row, *nearness) for row, nearness in zip(rows, near, strict=True)]
    scores = [_product(row, weights) for row in rows]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = math.fsum(powers)
    return [round(score, 9) for score in scores], [power / total for power in powers]


def _product(row: Sequence[float], weights: Sequence[float]) -> float:
    # Summed exactly: the same on every machine, and without the 50 ms of importing numpy.
    return math.fsum(map(mul, row, weights))
