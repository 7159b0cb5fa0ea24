"""Calendar words per language, dates spelled out, and arithmetic on dates of unequal precision.

An ISO date here is "YYYY", "YYYY-MM" or "YYYY-MM-DD": its length tells its precision.
"""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from knowledge.model import Language


@dataclass(frozen=True, slots=True)
class Words:
    """The calendar words of one language; `months` and `weekdays` in order."""

    months: tuple[str, ...]
    months_of: tuple[str, ...]
    weekdays: tuple[str, ...]
    spell: dict[str, str]
    month_forms: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, str]
    counts: dict[str, int]
    ordinals: dict[str, int]
    rules: dict[str, str]


@cache
def words(language: Language = "fr") -> Words:
    """The calendar words of a language, from its calendar.toml."""
    source = resources.files(__package__) / language / "calendar.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    months = tuple(table["months"])
    forms = {name.lower(): i for i, name in enumerate(months, 1)}
    return Words(
        months=months,
        months_of=tuple(table.get("months_of", months)),
        weekdays=tuple(table["weekdays"]),
        spell=table["spell"],
        month_forms=forms | table.get("month_forms", {}),
        seasons=table.get("seasons", {}),
        units=table.get("units", {}),
        counts=table.get("counts", {}),
        ordinals=table.get("ordinals", {}),
        rules=table.get("rules", {}),
    )


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO text of a date, None when there is no such day."""
    if month is None:
        return f"{year:04d}" if 1 <= year <= 9999 else None
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= year <= 9999 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def first_day(text: str) -> date:
    """The first day that an ISO date of any precision covers."""
    parts = [int(part) for part in text.split("-")]
    return date(parts[0], *[*parts[1:], 1, 1][:2])


def last_day(text: str) -> date:
    """The last day that an ISO date of any precision covers."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
    return date(parts[0], parts[1], parts[2])


def shift_months(day: date, months: int) -> str:
    """The month ("YYYY-MM") so many months away."""
    index = day.year * 12 + day.month - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def shift_days(day: date, days: int) -> str | None:
    """The day so many days away; None outside the calendar."""
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def spell_date(text: str, language: Language = "fr") -> str:
    """An ISO date in words, as precise as it is: "mardi 28 février 2023", "décembre 1991".

    A text that is no such date comes back as it is.
    """
    try:
        day = first_day(text)
    except (ValueError, TypeError):
        return text
    known = words(language)
    precision = text.count("-")
    if precision == 0:
        return str(day.year)
    if precision == 1:
        return known.spell["month"].format(month=known.months[day.month - 1], year=day.year)
    return known.spell["day"].format(
        weekday=known.weekdays[day.weekday()],
        day=known.spell["first"] if day.day == 1 else day.day,
        month=known.months_of[day.month - 1],
        year=day.year,
    )
