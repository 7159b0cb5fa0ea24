"""Numbers in French texts: value, unit and hedge, as printed ("près de 40 tonnes").

The span covers hedge, number and the head of the unit, so that an answer cut from it keeps
them; `core` is the number alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.language import date_patterns
from knowledge.language.number_cores import (
    AFTER_HEDGE,
    HALF,
    Core,
    NumberKind,
    cardinals,
    marked,
    number_patterns,
    ordinals,
    unit_at,
    vague,
)
from knowledge.language.number_words import lexicon


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number of a text: `text == source[start:end]`, core inside it.

    `value` is in plain units ("1,2 million" is 1200000.0), None where the words are vague
    ("des dizaines de milliers") or a score or time; `low` and `high` bound a vague number, a
    range, or what "plus de" and "moins de" leave open. `unit`: the usual name of a unit of
    measure, else the noun as printed, "" without one. `hedge` as printed, "" without one.
    """

    start: int
    end: int
    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    hedge: str
    core_start: int
    core_end: int
    kind: NumberKind = "cardinal"

    @property
    def is_year(self) -> bool:
        """Whether it is the number of a year."""
        return self.kind == "year"

    @property
    def is_ordinal(self) -> bool:
        """Whether it is a rank, such as "deuxième"."""
        return self.kind == "ordinal"


_DATED = frozenset(
    {"night", "days", "day", "digits", "isodate", "months", "month", "season", "decade",
     "century", "quarter", "years", "year"}
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


def find_numbers(text: str) -> tuple[NumberMention, ...]:
    """The numbers of a text, in order, without overlap; days of dates are left out.

    "un" and "une" count only before a unit ("un an", "un million").
    """
    taken = bytearray(len(text))
    found: list[NumberMention] = []

    def keep(core: Core) -> None:
        mention = (
            _mention(text, core) if core.kind in ("cardinal", "fraction") else _plain(text, core)
        )
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            found.append(mention)

    for core, block in _dated(text):
        if core is not None:
            keep(core)
        taken[block[0] : block[1]] = b"\1" * (block[1] - block[0])
    for cores in (marked(text), vague(text), ordinals(text), cardinals(text)):
        for core in cores:
            if not any(taken[core.start : core.end]):
                keep(core)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _dated(text: str) -> Iterator[tuple[Core | None, tuple[int, int]]]:
    """The years inside dates, and the whole dates, which hold no other number."""
    for date in date_patterns.find(text):
        if date.name in _DATED:
            for year in _YEAR.finditer(text, date.start, date.end):
                yield Core(*year.span(), float(year.group()), kind="year"), year.span()
            yield None, (date.start, date.end)


def _mention(text: str, core: Core) -> NumberMention:
    """The number with its unit behind it and its hedge before (or behind) it."""
    known = lexicon()
    several = core.value is None or core.value >= 2
    unit, end = unit_at(text, core.end, counted=core.counted, several=several)
    value, low, high = core.value, core.low, core.high
    factor = next((u.factor for f, u in known.units.items() if u.base == "scaled"
                   and text[core.end : end].strip().endswith(f)), None)  # fmt: skip
    if factor and value is not None:
        value *= factor
    half = HALF.match(text, end)
    if half and value is not None and unit:
        value, end = value + 0.5, half.end()
    hedge_match = number_patterns().hedge.search(text, max(0, core.start - 30), core.start)
    start, hedge = core.start, ""
    if hedge_match:
        start, hedge = hedge_match.start(), hedge_match.group().rstrip()
    elif after := AFTER_HEDGE.match(text, end):
        end, hedge = after.end(), after.group().strip()
    sense = known.hedges.get(re.sub(r" d(?:es|u|e la)\Z", " de", hedge.lower()).replace("’", "'"))
    if value is not None and sense == "low":
        low = value
    elif value is not None and sense == "high":
        high = value
    kind = _bare_kind(text, core) if end == core.end and not hedge else core.kind
    return NumberMention(
        start, end, text[start:end], value, low, high, unit, hedge, core.start, core.end, kind
    )


def _bare_kind(text: str, core: Core) -> NumberKind:
    """The kind of a number without unit or hedge: after a name ("Ligue 1") it is a label."""
    printed = text[core.start : core.end]
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", printed):
        return "year"
    named = re.search(r"\w\W+[A-ZÀ-Ý]\w+ \Z", text[max(0, core.start - 24) : core.start])
    return "label" if printed.isdigit() and len(printed) < 3 and named else core.kind


def _plain(text: str, core: Core) -> NumberMention:
    printed = text[core.start : core.end]
    return NumberMention(
        core.start,
        core.end,
        printed,
        core.value,
        None,
        None,
        "",
        "",
        core.start,
        core.end,
        core.kind,
    )


def same_number(a: NumberMention, b: NumberMention) -> bool:
    """Whether two numbers are the same quantity, as "1,2 million" and "1 200 000" are.

    Units of measure are converted ("7,5 km", "7 500 mètres"); hedges and counted nouns are not
    compared; a missing unit fits any.
    """
    factor_a, base_a = _measure(a.unit)
    factor_b, base_b = _measure(b.unit)
    if base_a and base_b and base_a != base_b:
        return False
    if "" in (a.unit, b.unit) or not (base_a and base_b):
        factor_a = factor_b = 1.0
    if a.value is None or b.value is None:
        printed = (a.kind, a.low, a.high) == (b.kind, b.low, b.high)
        return printed and (a.low is not None or a.text == b.text) and a.value == b.value
    return (a.kind == "ordinal") == (b.kind == "ordinal") and _close(
        a.value * factor_a, b.value * factor_b
    )


def scaled(mention: NumberMention) -> tuple[float | None, str]:
    """The value in the base unit of its measure, and that unit; "" for what is merely counted."""
    factor, base = _measure(mention.unit)
    return (None if mention.value is None else mention.value * factor), base


def _measure(unit: str) -> tuple[float, str]:
    known = lexicon().units.get(unit)
    return (known.factor, known.base) if known else (1.0, "")


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))
