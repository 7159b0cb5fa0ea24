"""The mathematics of learning the weights: choices among rows, confidence, separation.

Pure functions of arrays in double precision, started from zero: the same tables, the same weights.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FOLDS = 5
STEPS, RATE, SLOW_FROM, SLOWER = 160, 0.1, 0.7, 0.2
"""Steps of Adam and their size; from this part of them on they are so much smaller."""
COMMON_L2, OWN_L2 = 1.0, 20.0
"""The penalties on the weights that all groups share, and on what a group adds to them."""
CONFIDENCE_L2, PLATT_L2 = 5.0, 0.01


def fold_of(article: str) -> int:
    """The fold, 0 to 4, of an article and of all questions on it."""
    return hashlib.sha256(article.encode()).digest()[1] % FOLDS


@dataclass(frozen=True, slots=True)
class Choice:
    """A question's rows to choose from: which are `gold`, and the rank of the passage of each.

    `home`: the rank of the gold passage, -1 when it is not among them.
    """

    rows: Floats
    gold: npt.NDArray[np.bool_]
    ranks: npt.NDArray[np.int64]
    home: int = -1
    group: int = 0
    emphasis: float = 1.0


def learn_choices(choices: Sequence[Choice], groups: int) -> Floats:
    """Weights (1 + groups, features): the common ones, then what each group adds to them.

    Minimises -sum(emphasis * log(sum over gold of softmax(rows @ w))) + L2 / 2: the listwise
    likelihood of ListNet (Cao et al., 2007), marginal over the rows that answer (Clark and
    Gardner, 2018), with common and own weights (Daumé, 2007).

    Raises:
        ValueError: no choice has a gold row.
    """
    kept = sorted((c for c in choices if c.gold.any()), key=lambda c: c.group)
    if not kept:
        raise ValueError("no choice has a row that answers")
    rows, gold = np.vstack([c.rows for c in kept]), np.concatenate([c.gold for c in kept])
    counts = np.array([len(c.rows) for c in kept])
    starts = np.cumsum(counts) - counts
    emphasis = np.repeat([c.emphasis for c in kept], counts)
    edges = np.searchsorted(np.repeat([c.group for c in kept], counts), range(groups + 1))
    blocks = [slice(int(a), int(b)) for a, b in pairwise(edges)]
    penalty = np.array([[COMMON_L2], *[[OWN_L2]] * groups])

    def slope(weights: Floats) -> Floats:
        full = weights[0] + weights[1:]
        z = np.concatenate([rows[b] @ full[k] for k, b in enumerate(blocks)])
        power = np.exp(z - np.repeat(np.maximum.reduceat(z, starts), counts))
        right = power * gold
        power /= np.repeat(np.add.reduceat(power, starts), counts)
        # A gold row may be improbable beyond the reach of exp.
        right /= np.repeat(np.maximum(np.add.reduceat(right, starts), 1e-300), counts)
        error = emphasis * (power - right)
        own = np.array([rows[b].T @ error[b] for b in blocks])
        return np.asarray((penalty * weights + np.vstack([own.sum(axis=0), own])) / len(kept))

    return _descend(slope, (groups + 1, rows.shape[1]))


def _descend(slope: Callable[[Floats], Floats], shape: tuple[int, ...]) -> Floats:
    """The point that Adam (Kingma and Ba, 2015) reaches from zero."""
    point, mean, square = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for step in range(1, STEPS + 1):
        here = slope(point)
        mean = 0.9 * mean + 0.1 * here
        square = 0.999 * square + 0.001 * here * here
        size = RATE * (1 if step < SLOW_FROM * STEPS else SLOWER) / (1 - 0.9**step)
        point = point - size * mean / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return point


def place_of_gold(choice: Choice, scores: Floats) -> float:
    """Where the first gold row stands, 0 the best, ties in order; infinite without one."""
    places = np.flatnonzero(choice.gold[np.argsort(-scores.round(6), kind="stable")])
    return float(places[0]) if len(places) else np.inf


def logistic(rows: Floats, labels: Floats, l2: float) -> Floats:
    """Weights of a logistic regression, by Newton's method (Hastie et al., 2009, 4.4.1)."""
    weights = np.zeros(rows.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + l2 * np.eye(len(weights))
        weights -= np.linalg.solve(curve, rows.T @ (chance - labels) + l2 * weights)
    return weights


def learn_confidence(
    small: tuple[Floats, Floats], large: tuple[Floats, Floats], present: Floats
) -> tuple[Floats, Floats]:
    """Weights, for small and for large dossiers, of the chance that the first quote is right.

    Given are signals (the first is always 1) and whether the quote was right. One regression
    whose weights both share but for what the large one adds (Daumé, 2007). The large one learns
    whether the answer is `present`, which separates better; Platt's scaling (1999) makes the
    chance of being right of it.
    """
    (few, few_right), (many, _) = small, large
    rows = np.vstack([np.hstack([few, np.zeros_like(few)]), np.hstack([many, many])])
    common, own = np.split(logistic(rows, np.concatenate([few_right, present]), CONFIDENCE_L2), 2)
    return _platt(common, *small), _platt(common + own, *large)


def _platt(weights: Floats, signals: Floats, right: Floats) -> Floats:
    z = signals @ weights
    stretch, shift = logistic(np.stack([z, np.ones_like(z)], axis=1), right, PLATT_L2)
    return np.asarray(stretch * weights + shift * (np.arange(len(weights)) == 0))


def auroc(present: Sequence[float], absent: Sequence[float]) -> float:
    """The chance that a present one is above an absent one (Hanley and McNeil, 1982), ties half.

    nan when either is empty.
    """
    low = np.sort(np.array(absent, float))
    below = [np.searchsorted(low, np.array(present, float), side) for side in ("left", "right")]
    return float(np.mean(below) / len(low)) if present and absent else float("nan")
