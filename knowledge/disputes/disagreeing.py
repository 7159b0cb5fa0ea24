"""Where two articles do not say the same: numbers, dates, and what is affirmed or denied.

Precision first: a false contradiction is worse than none. Numbers are compared when they count
the same thing, dates when they date the same event, positions when one sentence denies the very
verb that the other affirms of the same people and things.
"""

from collections.abc import Iterator, Sequence

from knowledge.annotations.shingles import Weights, likeness
from knowledge.disputes.amounts import number_disputes
from knowledge.disputes.claims import Dispute, Read
from knowledge.disputes.denials import position_disputes
from knowledge.language.differing import relate_dates


def disputes(left: Sequence[Read], right: Sequence[Read], weights: Weights) -> Iterator[Dispute]:
    """Where the sentences of one article and those of another do not agree, in reading order."""
    for one in left:
        for other in right:
            yield from number_disputes(one, other, weights)
            yield from _dates(one, other, weights)
            yield from position_disputes(one, other, weights)


SAME_EVENT = 0.5
"""How alike two sentences are that tell one event; `timeline` uses the same."""
_SHARED = 5
"""Words in common without which likeness is chance."""


def _dates(one: Read, other: Read, weights: Weights) -> Iterator[Dispute]:
    """Two days given to one event, each the only day of its sentence."""
    if len(one.dates) != 1 or len(other.dates) != 1:
        return
    (a,), (b,) = one.dates, other.dates
    if relate_dates(a, b) != "differ":
        return
    alike, shared = likeness(one.told, other.told, weights)
    if alike >= SAME_EVENT and shared >= _SHARED:
        at, to = one.sentence.start, other.sentence.start
        yield Dispute(
            "date",
            one.claim(a.start - at, a.end - at),
            other.claim(b.start - to, b.end - to),
            f"{one.sentence.start}",
        )
