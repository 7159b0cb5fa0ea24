"""Evidence features: what speaks for a sentence as the proof of an answer.

Every feature lies between 0 and 1. `FEATURES` names them in the order of `features()`; the
weights learned for them stand in `weights.json` (`python -m knowledge.answering.learn`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.concepts import Concept
from knowledge.answering.question import Asked
from knowledge.answering.view import View


FEATURES = (
    "coverage", "coverage_squared", "surfaces", "bigrams", "tightness", "rarest", "names_held",
    "names_missing", "before", "after", "around", "title", "first", "early", "short", "long",
    "pronoun", "caption", "asking", "type", "type_new", "type_near", "focus", "last_concept",
    "capitals_new", "numbers_new", "date", "reason", "manner", "quoted", "defining", "located",
    "starts_named", "best_in_passage", "retrieved", "retrieved_first", "passage_coverage",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a sentence: its neighbours, title and passage."""

    before: View | None
    after: View | None
    title: View
    position: int
    count: int
    caption: bool
    retrieved: float
    retrieved_rank: int
    passage_coverage: float


def covered(view: View, concepts: Sequence[Concept]) -> tuple[float, ...]:
    """The share of each concept that the text holds: 1 for the word itself, 0 for nothing."""
    return tuple(
        max((share for form, share in concept.forms if form in view.places), default=0.0)
        for concept in concepts
    )


def mass(shares: Sequence[float], concepts: Sequence[Concept]) -> float:
    """The share of the question's idf mass that is held."""
    total = sum(concept.weight for concept in concepts)
    held = sum(s * c.weight for s, c in zip(shares, concepts, strict=True))
    return held / total if total else 0.0


def features(
    view: View, concepts: Sequence[Concept], asked: Asked, around: Surroundings
) -> tuple[float, ...]:
    """The features of one sentence, in the order of FEATURES."""
    shares = covered(view, concepts)
    coverage = mass(shares, concepts)
    before = covered(around.before, concepts) if around.before else (0.0,) * len(concepts)
    after = covered(around.after, concepts) if around.after else (0.0,) * len(concepts)
    title = covered(around.title, concepts)
    gain_before = mass([max(a, b) for a, b in zip(shares, before, strict=True)], concepts)
    gain_after = mass([max(a, b) for a, b in zip(shares, after, strict=True)], concepts)
    union = [max(q) for q in zip(shares, before, after, title, strict=True)]
    weights = [concept.weight for concept in concepts]
    rarest = max(range(len(weights)), key=weights.__getitem__) if weights else 0
    named = [i for i, concept in enumerate(concepts) if concept.named]
    held_names = [shares[i] for i in named]
    asked_stems = {form for concept in concepts for form, _ in concept.forms}
    asked_surfaces = {concept.surface for concept in concepts}
    new_capitals = [i for i in view.capitals if view.stems[i] not in asked_stems]
    new_numbers = [
        offset for offset in view.numbers if not _asked_number(view, offset, asked_surfaces)
    ]
    new_dates = [o for o in view.dates if not _asked_number(view, o, asked_surfaces)]
    spots = _spots(view, concepts)
    wanted = _wanted(asked, view, new_capitals, new_numbers, new_dates)
    return (
        coverage,
        coverage * coverage,
        _surfaces(view, concepts),
        _bigrams(view, concepts),
        _tightness(spots, concepts, coverage),
        shares[rarest] if shares else 0.0,
        sum(held_names) / len(named) if named else 0.0,
        float(bool(named) and not any(held_names)),
        gain_before - coverage,
        gain_after - coverage,
        mass(union, concepts) - coverage,
        mass(title, concepts),
        float(around.position == 0),
        1 / (1 + around.position),
        float(len(view.tokens) < 5),
        min(1.0, len(view.text) / 400),
        float(view.pronoun_start),
        float(around.caption),
        float(view.text.rstrip().endswith("?")),
        float(wanted is not None and bool(wanted)),
        min(1.0, len(wanted) / 3) if wanted else 0.0,
        _near(view, wanted, spots) if wanted else 0.0,
        max((s for s, c in zip(shares, concepts, strict=True) if c.focus), default=0.0),
        shares[-1] if shares else 0.0,
        min(1.0, len(new_capitals) / 3),
        min(1.0, len(new_numbers) / 2),
        float(bool(new_dates)),
        float(view.reason),
        float(view.manner),
        float(view.quoted),
        float(view.defining),
        float(view.located),
        float(bool(view.capitals) and view.capitals[0] == 0),
        0.0,  # best_in_passage: set by `complete`, which sees the other sentences
        around.retrieved,
        1 / (1 + around.retrieved_rank),
        around.passage_coverage,
    )


def complete(rows: Sequence[tuple[float, ...]], groups: Sequence[int]) -> list[list[float]]:
    """The rows with "best_in_passage" filled in; `groups` gives the passage of each row."""
    best: dict[int, float] = {}
    for row, group in zip(rows, groups, strict=True):
        best[group] = max(best.get(group, 0.0), row[0])
    column = FEATURES.index("best_in_passage")
    completed = [list(row) for row in rows]
    for row, group in zip(completed, groups, strict=True):
        row[column] = row[0] / best[group] if best[group] else 0.0
    return completed


def _spots(view: View, concepts: Sequence[Concept]) -> list[tuple[int, float]]:
    """(position, weight) of every concept found, in the order of the text."""
    found = []
    for concept in concepts:
        for form, share in concept.forms:
            for position in view.places.get(form, ()):
                found.append((position, share * concept.weight))
    return sorted(found)


def _surfaces(view: View, concepts: Sequence[Concept]) -> float:
    total = sum(concept.weight for concept in concepts)
    held = sum(c.weight for c in concepts if c.surface in view.surface_set)
    return held / total if total else 0.0


def _bigrams(view: View, concepts: Sequence[Concept]) -> float:
    pairs = [
        (a, b) for a, b in zip(concepts, concepts[1:], strict=False) if a.forms and b.forms
    ]
    if not pairs:
        return 0.0
    held = sum((a.forms[0][0], b.forms[0][0]) in view.pairs for a, b in pairs)
    return held / len(pairs)


def _tightness(
    spots: Sequence[tuple[int, float]], concepts: Sequence[Concept], coverage: float
) -> float:
    """Coverage divided by how far the found concepts are spread."""
    if len(spots) < 2:
        return 0.0
    spread = spots[-1][0] - spots[0][0] + 1
    return coverage * min(1.0, len(spots) / spread)


def _asked_number(view: View, offset: int, asked: set[str]) -> bool:
    for token, surface in zip(view.tokens, view.surfaces, strict=True):
        if token.start <= offset < token.end:
            return surface in asked
    return False


def _wanted(
    asked: Asked,
    view: View,
    capitals: Sequence[int],
    numbers: Sequence[int],
    dates: Sequence[int],
) -> list[int] | None:
    """Offsets where an answer of the wanted type may stand; None when no type is wanted."""
    match asked.wanted:
        case "person" | "organisation":
            return [view.tokens[i].start for i in capitals]
        case "place":
            return [view.tokens[i].start for i in capitals] if view.located else []
        case "number":
            return list(numbers)
        case "date":
            return list(dates)
        case "reason":
            return [0] if view.reason else []
        case "manner":
            return [0] if view.manner else []
        case "quote":
            return [0] if view.quoted else []
        case "definition":
            return [0] if view.defining else []
        case _:
            return None


def _near(view: View, offsets: Sequence[int], spots: Sequence[tuple[int, float]]) -> float:
    """How close the nearest wanted span stands to the heaviest of the concepts found."""
    if not spots or not offsets:
        return 0.0
    best = 0.0
    heaviest = max(weight for _, weight in spots) or 1.0
    for offset in offsets:
        at = sum(token.start < offset for token in view.tokens)
        for position, weight in spots:
            best = max(best, weight / heaviest / math.sqrt(1 + abs(position - at)))
    return min(1.0, best)
