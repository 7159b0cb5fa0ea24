"""A slice of a quote that answers, and how far from what is asked it may stand."""

from dataclasses import dataclass

from knowledge.language.dates import DateMention
from knowledge.language.numbers import NumberMention

FAR = 9
"""Topical words between a span and what it answers, above which the span is not trusted."""


@dataclass(frozen=True, slots=True)
class Found:
    """A slice of the quote that answers (offsets in the quote), and how far it stands.

    `distance`: topical words between the slice and the nearest thing asked about.
    """

    start: int
    end: int
    distance: float
    date: DateMention | None = None
    number: NumberMention | None = None
