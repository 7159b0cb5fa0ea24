"""Dates written with a day, month, season, year, decade or century: what each means."""

from datetime import date

from knowledge.language.calendars import first_day, iso, last_day, shift_months, words
from knowledge.language.date_meaning import (
    UNKNOWN,
    Context,
    Meaning,
    Reader,
    day_of,
    full_or_nearest,
    month_of,
    nearest,
    shift_of,
    weekday_of,
    year_of,
)


def read_day(parts: dict[str, str], context: Context) -> Meaning:
    """Read a day of a month, with or without its year."""
    month, year, shift = month_of(parts, "m1"), year_of(parts, "y1"), shift_of(parts)
    day = day_of(parts, "d1")
    if year is not None:
        return Meaning(iso(year, month, day), "written")
    weekday = weekday_of(parts, "wd") if "wd" in parts else None
    return nearest(lambda y: iso(y, month, day), weekday, context, shift)


def _read_digits(parts: dict[str, str], _context: Context) -> Meaning:
    return Meaning(iso(int(parts["y1"]), int(parts["m1"]), int(parts["d1"])), "written")


def read_days(parts: dict[str, str], context: Context) -> Meaning:
    """Read a run of days; one around the day of publication is that of the same year."""
    month2, year2 = month_of(parts, "m2"), year_of(parts, "y2")
    month1 = month_of(parts, "m1") if "m1" in parts else month2
    day1, day2 = day_of(parts, "d1"), day_of(parts, "d2")

    def span(year: int) -> tuple[str, str] | None:
        first = iso(year_of(parts, "y1") or (year - 1 if month1 > month2 else year), month1, day1)
        last = iso(year, month2, day2)
        return (first, last) if first and last and first <= last else None

    if year2 is not None:
        written = span(year2)
        if written is None:
            return Meaning(None, "span", certain=False)
        return Meaning(written[0], "span", end=written[1])
    if context.published and context.historic is None:
        around = [span(context.published.year + n) for n in (0, 1)]
        for days in around:
            if days and days[0] <= context.published.isoformat() <= days[1]:
                return Meaning(days[0], "nearest", end=days[1])
    if parts.get("lead", "").lower() == "ces":
        context = Context(context.published, None, None, 0)
    last = nearest(lambda year: (span(year) or (None, None))[1], None, context, 0)
    found = span(int(last.date[:4])) if last.date else None
    if last.date is None or found is None:
        return Meaning(None, last.rule, certain=False)
    near = context.published and abs((first_day(last.date) - context.published).days) < 60
    certain = last.certain or (parts.get("lead", "").lower() == "ces" and bool(near))
    return Meaning(found[0], last.rule, end=found[1], certain=certain, anchored=last.anchored)


def _read_month(parts: dict[str, str], context: Context) -> Meaning:
    month = month_of(parts, "m1")
    meaning = full_or_nearest(year_of(parts, "y1"), month, None, context, shift_of(parts))
    if "of" in parts and "y1" not in parts:
        # "le mois de mai" may be any May.
        return Meaning(meaning.date, meaning.rule, certain=False, anchored=meaning.anchored)
    return meaning


def _read_months(parts: dict[str, str], context: Context) -> Meaning:
    month1, month2 = month_of(parts, "m1"), month_of(parts, "m2")
    last = full_or_nearest(year_of(parts, "y2"), month2, None, context)
    if last.date is None:
        return last
    year = int(last.date[:4])
    year1 = year_of(parts, "y1") or (year - 1 if month1 > month2 else year)
    return Meaning(iso(year1, month1), last.rule, end=last.date, certain=last.certain)


def _read_season(parts: dict[str, str], context: Context) -> Meaning:
    month = words().seasons[parts["season"].lower()]

    def months(year: int) -> tuple[str, str]:
        return f"{year:04d}-{month:02d}", shift_months(date(year, month, 1), 2)

    year = year_of(parts, "y1")
    if year is not None:
        # "hiver 2021" alone may be either winter; the one that starts in that year is taken.
        first, last = months(year)
        return Meaning(first, "span", end=last, certain=month != 12 or "y2" in parts)
    if context.published is None:
        return UNKNOWN
    today, shift = context.published, shift_of(parts)
    spans = [months(today.year + n) for n in (-2, -1, 0, 1)]
    past = [s for s in spans if (last_day(s[1]) if shift else first_day(s[0])) <= today]
    coming = [s for s in spans if (first_day(s[0]) if shift else last_day(s[1])) >= today]
    this = parts.get("det", "").lower().startswith(("cet", "ce"))
    way = shift or context.way
    if this and way == 0:
        inside = [s for s in past if last_day(s[1]) >= today]
        span = inside[0] if inside else coming[0]
        return Meaning(span[0], "nearest", end=span[1], certain=bool(inside))
    span = coming[0] if way > 0 else past[-1]
    rule = "after" if way > 0 else "before"
    return Meaning(span[0], rule, end=span[1], certain=way != 0)


def _read_decade(parts: dict[str, str], _context: Context) -> Meaning:
    number = int(parts["y1"])
    year = number if number > 99 else 1900 + number
    if number % 10:
        return Meaning(None, "span", certain=False)
    return Meaning(iso(year), "span", end=iso(year + 9), certain=number > 99 or number >= 30)


_ROMAN = {"I": 1, "V": 5, "X": 10}


def _read_century(parts: dict[str, str], _context: Context) -> Meaning:
    text = parts["c"].upper()
    if text.isdigit():
        number = int(text)
    else:
        values = [_ROMAN[c] for c in text]
        pairs = zip(values, [*values[1:], 0], strict=True)
        number = sum(-v if v < after else v for v, after in pairs)
    if "bc" in parts or not 1 <= number <= 21:
        return Meaning(None, "span", certain=False)
    return Meaning(iso(100 * number - 99), "span", end=iso(100 * number))


def _read_quarter(parts: dict[str, str], context: Context) -> Meaning:
    length = 3 if parts["kind"].lower() == "trimestre" else 6
    number = words().ordinals[parts["n"].lower()]
    if number > 12 // length:
        return Meaning(None, "span", certain=False)

    def months(year: int) -> tuple[str, str]:
        start = date(year, length * (number - 1) + 1, 1)
        return start.isoformat()[:7], shift_months(start, length - 1)

    year = year_of(parts, "y1")
    if year is not None:
        return Meaning(months(year)[0], "span", end=months(year)[1])
    if context.published is None:
        return UNKNOWN
    today = context.published
    spans = [months(today.year + n) for n in (-1, 0, 1)]
    if context.way > 0:
        span = next(s for s in spans if last_day(s[1]) >= today)
        return Meaning(span[0], "after", end=span[1], certain=False)
    span = [s for s in spans if first_day(s[0]) <= today][-1]
    return Meaning(span[0], "before", end=span[1], certain=context.way < 0)


def _read_years(parts: dict[str, str], _context: Context) -> Meaning:
    first = int(parts["y1"])
    last = int(parts["y2"])
    if last < 100:
        last += first // 100 * 100
    if last <= first:
        return Meaning(None, "span", certain=False)
    return Meaning(iso(first), "span", end=iso(last))


def _read_year(parts: dict[str, str], _context: Context) -> Meaning:
    return Meaning(iso(int(parts["y1"])), "written")


READERS: dict[str, Reader] = {
    "day": read_day,
    "days": read_days,
    "digits": _read_digits,
    "isodate": _read_digits,
    "months": _read_months,
    "month": _read_month,
    "season": _read_season,
    "decade": _read_decade,
    "century": _read_century,
    "quarter": _read_quarter,
    "years": _read_years,
    "year": _read_year,
}
