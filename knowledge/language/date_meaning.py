"""What a date expression can mean, and the year that its words leave out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from knowledge.language.calendars import first_day, iso, last_day, words


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means; `rule` is a key of the sentences in calendar.toml."""

    date: str | None
    rule: str
    end: str | None = None
    certain: bool = True
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against.

    `previous`: the date before it in the paragraph; `historic`: a year named in the same
    sentence that is not the year of publication; `way`: -1 past, +1 to come, 0 unknown.
    """

    published: date | None
    previous: str | None
    historic: int | None
    way: int


UNKNOWN = Meaning(None, "unknown", certain=False)


def year_of(parts: dict[str, str], key: str) -> int | None:
    """The year of a named part, None without one."""
    return int(parts[key]) if key in parts else None


def month_of(parts: dict[str, str], key: str) -> int:
    """The month (1-12) of a named part."""
    return words().month_forms[parts[key].lower()]


def day_of(parts: dict[str, str], key: str) -> int:
    """The day of the month of a named part ("1er", "premier": 1)."""
    word = parts[key].lower()
    return 1 if word == "premier" else int(re.sub(r"\D", "", word))


def weekday_of(parts: dict[str, str], key: str) -> int:
    """The weekday of a named part, Monday is 0."""
    return words().weekdays.index(parts[key].lower())


def shift_of(parts: dict[str, str]) -> int:
    """-1 for "dernier" and its like, +1 for "prochain", 0 without either."""
    word = parts.get("shift", "").lower()
    if not word:
        return 0
    return 1 if word.startswith(("prochain", "suivant")) else -1


def nearest(
    make: Callable[[int], str | None], weekday: int | None, context: Context, shift: int
) -> Meaning:
    """The year that the words leave out: `make(year)` gives the ISO date in that year."""
    if context.historic is not None:
        return Meaning(make(context.historic), "anchored", certain=False, anchored=True)
    if context.published is None:
        return UNKNOWN
    today = context.published
    made = [make(today.year + n) for n in (-1, 0, 1)]
    options = [option for option in made if option]
    if weekday is not None:
        fitting = [option for option in options if first_day(option).weekday() == weekday]
        if fitting:
            return Meaning(fitting[0], "nearest")
    past = [option for option in options if first_day(option) <= today]
    coming = [option for option in options if last_day(option) >= today]
    way = shift or context.way
    if shift and options and len(options[0]) == 7:
        # "février dernier" written in a February is that of the year before.
        past = [option for option in past if last_day(option) < today.replace(day=1)]
        coming = [option for option in coming if first_day(option) > today]
    if way < 0 and past:
        return Meaning(past[-1], "before")
    if way > 0 and coming:
        return Meaning(coming[0], "after")
    if not options:
        return Meaning(None, "unknown", certain=False)
    if len(options[0]) == 7 and past:
        return Meaning(past[-1], "before", certain=(today - first_day(past[-1])).days < 190)
    best = min(options, key=lambda option: abs((first_day(option) - today).days))
    return Meaning(best, "nearest", certain=first_day(best) <= today)


def full_or_nearest(
    year: int | None, month: int, day: int | None, context: Context, shift: int = 0
) -> Meaning:
    """The date with the year written, or else with the year that fits best."""
    if year is not None:
        return Meaning(iso(year, month, day), "written")
    return nearest(lambda y: iso(y, month, day), None, context, shift)


Reader = Callable[[dict[str, str], Context], Meaning]
"""The parts that a pattern named and what they are read against -> their meaning."""
