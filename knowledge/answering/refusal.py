"""How sure an answer is, and why a question is not answered."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.concepts import Concept
from knowledge.answering.features import FEATURES, covered, mass
from knowledge.answering.view import View
from knowledge.answering.weights import stored
from knowledge.model import Reason

SIGNALS = (
    "one", "coverage", "surfaces", "around", "passage_coverage", "retrieved", "type_near", "typed",
    "headline_near", "probability", "margin", "unknown_mass", "unknown_heaviest", "unknown_name",
    "unknown_focus", "missing_quote", "missing_name", "missing_focus", "missing_number",
    "missing_heaviest", "exact", "size", "tightness", "bigrams",
)  # fmt: skip
"""What the probability of an answer is worked out from, each between 0 and 1."""

THRESHOLD = 0.5
"""An answer is given when its probability is at least this."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known when the best evidence has been chosen."""

    row: Sequence[float]
    probability: float
    margin: float
    quote: View
    passage: View
    title: View
    typed: bool
    typeable: bool
    distance: float


def signals(judged: Judged, concepts: Sequence[Concept]) -> tuple[float, ...]:
    """The signals of a reply, in the order of SIGNALS."""
    row = dict(zip(FEATURES, judged.row, strict=True))
    inside = covered(judged.quote, concepts)
    wide = [
        max(a, b, c)
        for a, b, c in zip(
            inside,
            covered(judged.passage, concepts),
            covered(judged.title, concepts),
            strict=True,
        )
    ]
    total = sum(c.weight for c in concepts) or 1.0
    unknown = [c for c in concepts if not c.known]
    missing = [(c, 1 - share) for c, share in zip(concepts, wide, strict=True)]
    heaviest = max((c.weight for c in concepts), default=1.0) or 1.0
    return (
        1.0,
        mass(inside, concepts),
        row["surfaces"],
        row["around"],
        row["passage_coverage"],
        row["retrieved"],
        row["type_near"],
        float(judged.typed or not judged.typeable),
        1 / (1 + max(0.0, judged.distance)) if judged.typed else 0.0,
        judged.probability,
        judged.margin,
        sum(c.weight for c in unknown) / total,
        max((c.weight for c in unknown), default=0.0) / heaviest,
        float(any(c.named for c in unknown)),
        float(any(c.focus for c in unknown)),
        1 - mass(inside, concepts),
        max((gone for c, gone in missing if c.named), default=0.0),
        max((gone for c, gone in missing if c.focus), default=0.0),
        max((gone for c, gone in missing if c.surface[:1].isdigit()), default=0.0),
        max((gone * c.weight for c, gone in missing), default=0.0) / heaviest,
        float(bool(concepts) and min(inside) >= 0.8),
        min(1.0, len(concepts) / 8),
        row["tightness"],
        row["bigrams"],
    )


def confidence(values: Sequence[float]) -> float:
    """The probability, 0 to 1, that the first quote answers."""
    weights = stored().get("confidence", {})
    z = sum(weights.get(name, 0.0) * v for name, v in zip(SIGNALS, values, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, z)))), 4)


def reason_of(
    judged: Judged | None, concepts: Sequence[Concept], wide: Sequence[float]
) -> tuple[Reason, tuple[Concept, ...]]:
    """Why there is no answer, and the concepts that are missing, the heaviest first."""
    if judged is None:
        known = any(c.known for c in concepts)
        return ("no_match" if not known else "off_topic"), tuple(
            sorted((c for c in concepts if not c.known), key=lambda c: (-c.weight, c.start))
        )
    unknown = sorted((c for c in concepts if not c.known), key=lambda c: (-c.weight, c.start))
    absent = [
        c for c, share in zip(concepts, wide, strict=True) if share < 0.5 and not c.weak and c.known
    ]
    absent.sort(key=lambda c: (not c.named, -c.weight, c.start))
    if unknown and mass(wide, concepts) < 0.25:
        return "off_topic", tuple(unknown)
    if unknown:
        return "low_coverage", tuple(unknown)
    if absent and absent[0].named:
        return "other_actor", tuple(absent[:1])
    if absent:
        return "low_coverage", tuple(absent[:1])
    if not judged.typed and judged.typeable:
        return "wrong_type", ()
    return "low_coverage", ()
