"""The learned weights: read once, applied to feature rows."""

import json
import math
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np

from knowledge.answering.features import FEATURES
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


@cache
def _sentence_weights(size: str, group: str) -> np.ndarray:
    weights = stored()["sentence"][size]
    own = weights.get(group, {})
    return np.array([weights["all"].get(n, 0.0) + own.get(n, 0.0) for n in FEATURES])


@lru_cache(maxsize=256)
def _weights(wanted: Wanted, passages: int) -> np.ndarray:
    group = GROUPS.get(wanted, "other")
    large = largeness(passages)
    small, big = _sentence_weights("small", group), _sentence_weights("large", group)
    return np.asarray((1 - large) * small + large * big)


def dot(row: Sequence[float], wanted: Wanted, passages: int) -> float:
    """The score of one row."""
    return float(np.array(row) @ _weights(wanted, passages))


def sentence_scores(
    rows: Sequence[Sequence[float]], wanted: Wanted, passages: int
) -> tuple[list[float], list[float]]:
    """(score, share of the probability) of each row; the shares add up to 1."""
    scores = np.array(rows) @ _weights(wanted, passages)
    powers = np.exp(scores - scores.max())
    return [float(s) for s in scores.round(9)], [float(p) for p in powers / powers.sum()]
