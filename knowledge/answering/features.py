"""Evidence features: what speaks for a sentence as the proof of an answer.

Every feature lies between 0 and 1. `FEATURES` names them in the order of `features()`; the
weights learned for them stand in `weights.json` (`python -m knowledge.answering.learn`).
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter, mul

from knowledge.answering.concepts import Concept
from knowledge.answering.question import Asked
from knowledge.answering.view import View

FEATURES = (
    "coverage", "coverage_squared", "surfaces", "bigrams", "tightness", "rarest", "names_held",
    "names_missing", "before", "after", "around", "title", "first", "early", "short", "long",
    "pronoun", "caption", "asking", "type", "type_new", "type_near", "focus", "last_concept",
    "capitals_new", "numbers_new", "date", "reason", "manner", "quoted", "defining", "located",
    "starts_named", "saying", "type_missing", "names_around", "typed_around", "phrases",
    "best_in_passage", "retrieved", "retrieved_first", "passage_coverage",
)  # fmt: skip

NEARNESS = ("near", "near_share", "near_passage", "near_alone")
"""What a generation with vectors tells beside FEATURES, in the order of `nearness`."""


Shares = tuple[float, ...]
"""How far a text holds each concept: 1 for the word itself, 0 for nothing."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a sentence: its neighbours, each with its shares, title and passage."""

    before: tuple[View, Shares] | None
    after: tuple[View, Shares] | None
    title: Shares
    position: int
    count: int
    caption: bool
    retrieved: float
    retrieved_rank: int
    passage_coverage: float


def covered(view: View, concepts: Sequence[Concept]) -> Shares:
    """The share of each concept that the text holds: 1 for the word itself, 0 for nothing."""
    places = view.places
    shares = []
    for concept in concepts:
        best = 0.0
        for form, share in concept.forms:
            if share > best and form in places:
                best = share
        shares.append(best)
    return tuple(shares)


def covered_together(seen: Sequence[tuple[View, Shares]], concepts: Sequence[Concept]) -> Shares:
    """What `covered` says of these texts, one behind the other with space between."""
    shares = [max(each) for each in zip(*(one for _, one in seen), strict=True)]
    ends = [(view.stems[0], view.stems[-1]) for view, _ in seen if view.stems]
    borders = {f"{last} {first}" for (_, last), (first, _) in pairwise(ends)}
    for at, concept in enumerate(concepts):
        for form, share in concept.forms:
            if share > shares[at] and form in borders:
                shares[at] = share
    return tuple(shares)


def mass(shares: Sequence[float], concepts: Sequence[Concept]) -> float:
    """The share of the question's idf mass that is held."""
    total = sum(concept.weight for concept in concepts)
    return _mass(shares, [concept.weight for concept in concepts], total)


def _mass(shares: Sequence[float], weights: Sequence[float], total: float) -> float:
    return sum(map(mul, shares, weights)) / total if total else 0.0


Held = list[tuple[float, tuple[int, ...]]]
"""Of one concept: (share, positions) of each of its forms that a text holds."""


class Probe:
    """What is asked, read once for all the sentences that are looked at."""

    def __init__(self, concepts: Sequence[Concept], asked: Asked) -> None:
        self.concepts = concepts
        self.asked = asked
        self.weights = [concept.weight for concept in concepts]
        self.total = sum(self.weights)
        self.rarest = max(range(len(concepts)), key=self.weights.__getitem__, default=0)
        self.named = [i for i, concept in enumerate(concepts) if concept.named]
        self.focus = [i for i, concept in enumerate(concepts) if concept.focus]
        self.led = [concept for concept in concepts if concept.led_by]
        self.stems = {form for concept in concepts for form, _ in concept.forms}
        self.surfaces = {concept.surface for concept in concepts}
        self.pairs = [(a.forms[0][0], b.forms[0][0]) for a, b in pairwise(concepts)]
        self.nothing: Shares = (0.0,) * len(concepts)

    def found(self, view: View) -> list[Held]:
        """Where the text speaks of each concept."""
        places = view.places
        return [
            [(share, places[form]) for form, share in concept.forms if form in places]
            for concept in self.concepts
        ]

    def mass(self, shares: Sequence[float]) -> float:
        """The share of the question's idf mass that is held."""
        return _mass(shares, self.weights, self.total)


def features(view: View, probe: Probe, around: Surroundings) -> tuple[float, ...]:
    """The features of one sentence, in the order of FEATURES."""
    named = probe.named
    found = probe.found(view)
    shares = [max([share for share, _ in one], default=0.0) for one in found]
    positions = [[at for _, places in one for at in places] for one in found]
    coverage = probe.mass(shares)
    before = around.before[1] if around.before else probe.nothing
    after = around.after[1] if around.after else probe.nothing
    gain_before = probe.mass(list(map(max, shares, before)))
    gain_after = probe.mass(list(map(max, shares, after)))
    union = list(map(max, shares, before, after, around.title))
    held_names = _share(shares, named)
    signs = view.signs
    new_capitals = [i for i in signs.capitals if view.stems[i] not in probe.stems]
    new_numbers = [o for o in signs.numbers if not _asked_number(view, o, probe.surfaces)]
    new_dates = [o for o in signs.dates if not _asked_number(view, o, probe.surfaces)]
    spots = _spots(found, probe.weights)
    asked = probe.asked
    wanted = _wanted(asked, view, new_capitals, new_numbers, new_dates)
    return (
        coverage,
        coverage * coverage,
        _surfaces(view, probe),
        _bigrams(view, probe.pairs, positions),
        _tightness(spots, coverage),
        shares[probe.rarest] if shares else 0.0,
        held_names,
        float(bool(named) and not held_names),
        gain_before - coverage,
        gain_after - coverage,
        probe.mass(union) - coverage,
        probe.mass(around.title),
        float(around.position == 0),
        1 / (1 + around.position),
        float(len(view.tokens) < 5),
        min(1.0, len(view.text) / 400),
        float(signs.pronoun_start),
        float(around.caption),
        float(view.text.rstrip().endswith("?")),
        float(wanted is not None and bool(wanted)),
        min(1.0, len(wanted) / 3) if wanted else 0.0,
        _near(view, wanted, positions, probe) if wanted else 0.0,
        max((shares[i] for i in probe.focus), default=0.0),
        shares[-1] if shares else 0.0,
        min(1.0, len(new_capitals) / 3),
        min(1.0, len(new_numbers) / 2),
        float(bool(new_dates)),
        float(signs.reason),
        float(signs.manner),
        float(signs.quoted),
        float(signs.defining),
        float(signs.located),
        float(bool(signs.capitals) and signs.capitals[0] == 0),
        float(signs.saying),
        float(wanted is not None and not wanted),
        max(0.0, _share(union, named) - _share(shares, named)),
        float(wanted is not None and not wanted and _typed_around(probe, around)),
        _phrases(view, probe.led),
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
    completed: list[list[float]] = []
    for row, group in zip(rows, groups, strict=True):
        full = list(row)
        full[column] = row[0] / best[group] if best[group] else 0.0
        completed.append(full)
    return completed


def nearness(
    cosines: Sequence[float], passages: Sequence[float], coverages: Sequence[float]
) -> list[tuple[float, ...]]:
    """NEARNESS of each sentence: from its cosine with the question and that of its passage.

    Cosines of this encoder lie between .75 and .95. The share says how far a sentence stands out
    among all; "near_alone" counts meaning where the words of the question are missing.
    """
    top = max(cosines, default=0.0)
    powers = [math.exp(50 * (cosine - top)) for cosine in cosines]
    total = sum(powers)
    return [
        (_spread(cosine), power / total, _spread(passage), _spread(cosine) * (1 - coverage))
        for cosine, power, passage, coverage in zip(
            cosines, powers, passages, coverages, strict=True
        )
    ]


def _spread(cosine: float) -> float:
    return min(1.0, max(0.0, 5 * (cosine - 0.75)))


def _share(shares: Sequence[float], chosen: Sequence[int]) -> float:
    return sum(shares[i] for i in chosen) / len(chosen) if chosen else 0.0


def _typed_around(probe: Probe, around: Surroundings) -> bool:
    """Whether a neighbour holds a name, where a name is wanted and the sentence has none."""
    if probe.asked.wanted not in ("person", "organisation"):
        return False
    return any(
        near is not None
        and any(near[0].stems[i] not in probe.stems for i in near[0].signs.capitals)
        for near in (around.before, around.after)
    )


def _spots(found: Sequence[Held], weights: Sequence[float]) -> list[tuple[int, float]]:
    """(position, weight) of every concept found, in the order of the text."""
    return sorted(
        [
            (position, share * weight)
            for one, weight in zip(found, weights, strict=True)
            for share, places in one
            for position in places
        ]
    )


def _surfaces(view: View, probe: Probe) -> float:
    held = sum(c.weight for c in probe.concepts if c.surface in view.surface_set)
    return held / probe.total if probe.total else 0.0


def _bigrams(
    view: View, pairs: Sequence[tuple[str, str]], positions: Sequence[Sequence[int]]
) -> float:
    """The share of neighbouring concepts that stand side by side, in whatever form and order."""
    if not pairs:
        return 0.0
    together = zip(pairs, pairwise(positions), strict=True)
    return sum(_side_by_side(view, pair, *places) for pair, places in together) / len(pairs)


def _side_by_side(
    view: View, pair: tuple[str, str], first: Sequence[int], second: Sequence[int]
) -> float:
    if pair in view.pairs:
        return 1.0
    return 0.7 if any(0 < abs(a - b) <= 2 for a in first for b in second) else 0.0


def _phrases(view: View, led: Sequence[Concept]) -> float:
    """The share of "après l'Ouzbékistan", "sans concurrence"… that stand in the text as asked."""
    if not led:
        return 0.0
    held = sum(any(f"{c.led_by} {form}" in view.led for form, _ in c.forms) for c in led)
    return held / len(led)


def _tightness(spots: Sequence[tuple[int, float]], coverage: float) -> float:
    """Coverage divided by how far the found concepts are spread."""
    if len(spots) < 2:
        return 0.0
    spread = spots[-1][0] - spots[0][0] + 1
    return coverage * min(1.0, len(spots) / spread)


def _asked_number(view: View, offset: int, asked: set[str]) -> bool:
    at = bisect_right(view.tokens, offset, key=_start) - 1
    return at >= 0 and offset < view.tokens[at].end and view.surfaces[at] in asked


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
            return [view.tokens[i].start for i in capitals] if view.signs.located else []
        case "number":
            return list(numbers)
        case "date":
            return list(dates)
        case "reason":
            return [0] if view.signs.reason else []
        case "manner":
            return [0] if view.signs.manner else []
        case "quote":
            return [0] if view.signs.quoted else []
        case "definition":
            return [0] if view.signs.defining else []
        case _:
            return None


def _near(
    view: View, offsets: Sequence[int], positions: Sequence[Sequence[int]], probe: Probe
) -> float:
    """How close the best wanted span stands to the concepts, each by its nearest mention."""
    found = [(w, places) for w, places in zip(probe.weights, positions, strict=True) if places]
    if not probe.total or not found:
        return 0.0
    best = 0.0
    for offset in offsets:
        at = bisect_left(view.tokens, offset, key=_start)
        near = sum([w / math.sqrt(1 + min([abs(at - p) for p in places])) for w, places in found])
        best = max(best, near / probe.total)
    return min(1.0, best)


_start = attrgetter("start")
