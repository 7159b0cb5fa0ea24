"""Where a text speaks of what the question speaks of, and how far a slice stands from there."""

import math
from collections.abc import Sequence

from knowledge.answering.concepts import Concept
from knowledge.answering.view import View, view

Anchors = tuple[tuple[float, tuple[int, ...]], ...]
"""For each concept found: its weight and the topical positions where it stands."""


def anchors(seen: View, concepts: Sequence[Concept]) -> Anchors:
    """Where the text speaks of what the question speaks of."""
    found = []
    for concept in concepts:
        places: set[int] = set()
        for form, _ in concept.forms:
            for position in seen.places.get(form, ()):
                places.add(position)
                if " " in form:
                    places.add(position + 1)
        if places:
            found.append((concept.weight, tuple(sorted(places))))
    return tuple(found)


SAME_THING = 0.6
"""The least share of a form that is the thing itself: a capital may answer what is asked of its
country."""
SPELLED_SO = 0.9
"""The share from which a form is the name in another spelling, not an office or the seat of its
bearer."""


def _standing_for(concept: Concept, least: float) -> list[str]:
    return [form for form, share in concept.forms if share >= least]


def is_asked(text: str, concepts: Sequence[Concept], least: float = SAME_THING) -> bool:
    """Whether every topical word of the text stands in the question, in a form of such a share."""
    seen = view(text)
    held: set[int] = set()
    for concept in concepts:
        for form in _standing_for(concept, least):
            for at in seen.places.get(form, ()):
                held |= {at, at + 1} if " " in form else {at}
    return bool(seen.stems) and held.issuperset(range(len(seen.stems)))


def is_asked_name(text: str, concepts: Sequence[Concept], least: float = SAME_THING) -> bool:
    """Whether a name is one of the question's: its last word tells ("Vladimir Poutine")."""
    named = {form for c in concepts if c.named for form in _standing_for(c, least)}
    stems = view(text).stems
    return bool(stems) and (stems[-1] in named or is_asked(text, concepts, least))


def distance(seen: View, spots: Anchors, start: int, end: int) -> float:
    """Topical words between the slice and each concept, the heavy concepts counting most."""
    if not spots:
        return 99.0
    first = sum(token.end <= start for token in seen.tokens)
    last = max(first, sum(token.start < end for token in seen.tokens) - 1)
    total = weighed = 0.0
    for weight, places in spots:
        gap = min(max(first - p, p - last, 0) for p in places)
        weighed += weight / math.sqrt(1 + gap)
        total += weight
    return (total / weighed) ** 2 - 1
