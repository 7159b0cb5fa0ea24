"""The learned weights: read once, applied to feature rows."""

import json
from collections.abc import Sequence
from functools import cache
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


@cache
def _sentence_weights(group: str) -> np.ndarray:
    weights = stored()["sentence"]
    own = weights.get(group, {})
    return np.array([weights["all"].get(n, 0.0) + own.get(n, 0.0) for n in FEATURES])


def sentence_scores(
    rows: Sequence[Sequence[float]], wanted: Wanted
) -> tuple[list[float], list[float]]:
    """(score, share of the probability) of each row; the shares add up to 1."""
    scores = np.array(rows) @ _sentence_weights(GROUPS.get(wanted, "other"))
    powers = np.exp(scores - scores.max())
    return [float(s) for s in scores.round(9)], [float(p) for p in powers / powers.sum()]
