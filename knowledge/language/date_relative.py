"""Dates told from another day ("hier", "mardi", "la veille", "il y a un an"): what each means."""

from datetime import date, timedelta

from knowledge.language.calendars import first_day, iso, shift_days, shift_months, words
from knowledge.language.date_meaning import (
    UNKNOWN,
    Context,
    Meaning,
    Reader,
    shift_of,
    weekday_of,
)
from knowledge.language.date_written import read_day, read_days


def _count(parts: dict[str, str]) -> int:
    return int(parts["n"]) if parts["n"].isdigit() else words().counts[parts["n"].lower()]


def _away(base: date, unit: str, number: int) -> tuple[str | None, str | None]:
    """The day, week, month or year so many units away (with its end, for a week)."""
    if unit == "day":
        return shift_days(base, number), None
    if unit == "week":
        monday = shift_days(base, 7 * number - base.weekday())
        return monday, shift_days(base, 7 * number - base.weekday() + 6)
    if unit == "month" or (unit == "year" and abs(number) == 1):
        return shift_months(base, number if unit == "month" else 12 * number), None
    return iso(base.year + number), None


def _read_counted(parts: dict[str, str], context: Context) -> Meaning:
    if context.published is None:
        return UNKNOWN
    unit = words().units[parts["unit"].lower()]
    number = _count(parts) * int(parts["sign"])
    found, end = _away(context.published, unit, number)
    certain = unit == "day"
    return Meaning(found, "counted" if certain else "about", end=end, certain=certain)


def _read_later(parts: dict[str, str], context: Context) -> Meaning:
    if context.previous is None:
        return Meaning(None, "unanchored", certain=False)
    unit = words().units[parts["unit"].lower()]
    number = _count(parts) * (1 if parts["way"].lower() == "tard" else -1)
    precision = {"day": 10, "week": 10, "month": 7, "year": 4}[unit]
    if len(context.previous) < precision:
        return Meaning(None, "unanchored", certain=False)
    found, end = _away(first_day(context.previous), unit, number)
    return Meaning(found, "anchored", end=end, certain=False, anchored=True)


def _read_neighbour(parts: dict[str, str], context: Context) -> Meaning:
    if context.previous is None or len(context.previous) < 10:
        return Meaning(None, "unanchored", certain=False)
    if "eve" in parts:
        days = -1
    elif "eve2" in parts:
        days = -2
    elif "next" in parts:
        days = 2 if parts["next"].lower() == "surlendemain" else 1
    else:
        days = 0
    found = shift_days(first_day(context.previous), days)
    return Meaning(found, "anchored", certain=False, anchored=True)


def _read_last(parts: dict[str, str], context: Context) -> Meaning:
    if context.published is None:
        return UNKNOWN
    today, shift = context.published, shift_of(parts)
    match parts["unit"].lower():
        case "semaine":
            found, end = _away(today, "week", shift)
        case "mois":
            found, end = _away(today, "month", shift)
        case "an" | "année":
            found, end = iso(today.year + shift), None
        case "nuit":
            found, end = shift_days(today, -1 if shift < 0 else 0), None
        case "trimestre":
            quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
            found = shift_months(quarter, 3 * shift)
            end = shift_months(quarter, 3 * shift + 2)
        case _:
            return _weekend(today, shift)
    return Meaning(found, "counted", end=end)


def _weekend(today: date, shift: int) -> Meaning:
    saturday = today + timedelta(days=5 - today.weekday())
    if shift < 0:
        saturday -= timedelta(days=7)
    elif shift > 0 and today.weekday() >= 5:
        saturday += timedelta(days=7)
    end = (saturday + timedelta(days=1)).isoformat()
    return Meaning(saturday.isoformat(), "counted", end=end)


def _read_this(parts: dict[str, str], context: Context) -> Meaning:
    if context.published is None:
        return UNKNOWN
    today = context.published
    match parts["unit"].lower():
        case "semaine":
            found, end = _away(today, "week", 0)
            return Meaning(found, "counted", end=end)
        case "mois":
            return Meaning(today.isoformat()[:7], "counted")
        case "année":
            return Meaning(iso(today.year), "counted")
        case "week-end":
            # On a Monday or Tuesday "ce week-end" with a past verb is the one just over.
            behind = context.way < 0 and today.weekday() < 4
            return _weekend(today, -1 if behind else 0)
        case "nuit":
            return Meaning(today.isoformat(), "same_day", certain=False)
        case _:
            return Meaning(today.isoformat(), "same_day")


def _read_adverb(parts: dict[str, str], context: Context) -> Meaning:
    if context.published is None:
        return UNKNOWN
    word = parts["word"].lower().replace("’", "'")
    days = {"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "demain": 1, "après-demain": 2}[word]
    found = shift_days(context.published, days)
    # "aujourd'hui" may be "nowadays", "le monde de demain" no day at all.
    certain = context.way < 0 if days == 0 else "of" not in parts
    return Meaning(found, "counted" if days else "same_day", certain=certain)


def _read_weekday(parts: dict[str, str], context: Context) -> Meaning:
    shift = shift_of(parts)
    if parts.get("shift", "").lower() in ("suivant", "précédent"):
        if context.previous is None or len(context.previous) < 10:
            return Meaning(None, "unanchored", certain=False)
        base = first_day(context.previous)
        found = _toward(base, weekday_of(parts, "wd"), shift, strict=True)
        return Meaning(found.isoformat(), "anchored", certain=False, anchored=True)
    if context.published is None:
        return UNKNOWN
    today, weekday = context.published, weekday_of(parts, "wd")
    if shift:
        found = _toward(today, weekday, shift, strict=True)
        return Meaning(found.isoformat(), "before" if shift < 0 else "after")
    if weekday == today.weekday():
        return Meaning(today.isoformat(), "same_day")
    if context.way == 0 and parts.get("det", "").lower() == "ce":
        found = min(
            (_toward(today, weekday, way) for way in (-1, 1)),
            key=lambda day: abs((day - today).days),
        )
        return Meaning(found.isoformat(), "nearest", certain=False)
    found = _toward(today, weekday, context.way or -1)
    rule = "after" if context.way > 0 else "before"
    return Meaning(found.isoformat(), rule, certain=context.way != 0)


def _read_weekdays(parts: dict[str, str], context: Context) -> Meaning:
    first = _read_weekday({k: v for k, v in parts.items() if k in ("wd", "shift")}, context)
    if first.date is None:
        return first
    end = _toward(first_day(first.date), weekday_of(parts, "wd2"), 1, strict=True)
    return Meaning(first.date, first.rule, end=end.isoformat(), certain=first.certain)


def _toward(base: date, weekday: int, way: int, *, strict: bool = False) -> date:
    """The nearest such weekday before (way < 0) or after the day, itself unless `strict`."""
    days = (weekday - base.weekday()) % 7 if way > 0 else -((base.weekday() - weekday) % 7)
    if days == 0 and strict:
        days = 7 * way
    return base + timedelta(days=days)


def _read_night(parts: dict[str, str], context: Context) -> Meaning:
    if "d1" in parts:
        if "d2" not in parts or not {"m1", "m2"} & parts.keys():
            return UNKNOWN
        return read_days({**parts, "m2": parts.get("m2") or parts["m1"]}, context)
    if "d2" in parts and "m2" in parts:
        last = read_day(
            {k[0] + "1": v for k, v in parts.items() if k in ("d2", "m2", "y2")}, context
        )
        before = shift_days(first_day(last.date), -1) if last.date else None
        return Meaning(before, last.rule, end=last.date, certain=last.certain)
    if "wd2" not in parts:
        return UNKNOWN
    return _read_weekdays(parts, context)


READERS: dict[str, Reader] = {
    "night": _read_night,
    "ago": _read_counted,
    "since": _read_counted,
    "within": _read_counted,
    "later": _read_later,
    "last": _read_last,
    "this": _read_this,
    "adverb": _read_adverb,
    "neighbour": _read_neighbour,
    "weekdays": _read_weekdays,
    "weekday": _read_weekday,
}
