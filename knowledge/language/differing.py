"""Whether two numbers, or two dates, say the same thing, or cannot both be right.

Precision first: rounding ("18 millions" for 18.4) and hedges ("plus de 7.000" for 7,500) are no
difference, and what counts different things cannot be compared at all.
"""

import math
from datetime import date
from typing import Literal

from knowledge.language.calendars import first_day, last_day
from knowledge.language.dates import DateMention
from knowledge.language.numbers import NumberMention, same_number, scaled
from knowledge.language.terms import stem, tokenize

Relation = Literal["same", "near", "differ", "apart"]
"""The same; the same but for rounding, a hedge or precision; not both right; not comparable."""

ABOUT = 0.1
"""How far "environ", "près de", "quelque" may lie from the number, as a part of it."""
_QUANTITIES = frozenset({"cardinal", "fraction"})


def relate_numbers(a: NumberMention, b: NumberMention) -> Relation:
    """How two quantities of the same noun or unit stand to each other."""
    if a.kind not in _QUANTITIES or b.kind not in _QUANTITIES:
        return "apart"
    (value_a, base_a), (value_b, base_b) = scaled(a), scaled(b)
    if base_a != base_b or (not base_a and _noun(a.unit) != _noun(b.unit)):
        return "apart"
    if same_number(a, b):
        return "same"
    if value_a is None or value_b is None:
        return "near" if _overlap(_bounds(a), _bounds(b)) else "apart"
    if _overlap(_bounds(a), _bounds(b)) or _rounds(value_a, value_b):
        return "near"
    return "differ"


def _noun(unit: str) -> str:
    """The head of what is counted, in no number or gender."""
    words = tokenize(unit)
    return stem(words[0].text) if words else ""


def _bounds(mention: NumberMention) -> tuple[float, float]:
    """The least and the most that the words allow, in the unit that measures share."""
    value, _ = scaled(mention)
    factor = value / mention.value if value and mention.value else 1.0
    low, high = mention.low, mention.high
    if mention.value is None:
        return (low or 0.0) * factor, (high or math.inf) * factor
    if low is None and high is None:
        around = ABOUT * abs(mention.value) if mention.hedge else 0.0
        return (mention.value - around) * factor, (mention.value + around) * factor
    # "plus de 7.000" is 7,000 and somewhat more, not a million
    most = 1.5 * mention.value if high is None else high
    least = mention.value / 1.5 if low is None else low
    return least * factor, most * factor


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _rounds(a: float, b: float) -> bool:
    """Whether the rounder of two numbers is the other one, rounded to as many digits."""
    return any(
        rough and _digits(rough) < _digits(fine) and _rounded(fine, _digits(rough)) == rough
        for rough, fine in ((a, b), (b, a))
    )


def _digits(value: float) -> int:
    """Digits that count: 1 for 7,000, 2 for 7,500 and 18, 3 for 18.4."""
    mantissa = f"{abs(value):.9e}".split("e")[0].replace(".", "").rstrip("0")
    return max(1, len(mantissa))


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")


def relate_dates(a: DateMention, b: DateMention) -> Relation:
    """How two resolved dates stand to each other; only days that are certain can differ."""
    if a.date is None or b.date is None:
        return "apart"
    span_a, span_b = _days(a), _days(b)
    if span_a == span_b:
        return "same"
    if span_a[0] <= span_b[1] and span_b[0] <= span_a[1]:
        return "near"
    whole = all(len(mention.date or "") == len("2023-02-28") for mention in (a, b))
    return "differ" if whole and a.certain and b.certain else "apart"


def _days(mention: DateMention) -> tuple[date, date]:
    start = mention.date or ""
    return first_day(start), last_day(mention.end_date or start)
