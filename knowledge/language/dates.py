"""French date expressions and what they mean, given the day of publication.

A date is only as precise as the words: "fin septembre" is a month, "il y a dix ans" a year.
Without a publication date a relative expression is found but means nothing (date None).
"""

import re
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from knowledge.language import date_relative, date_written, tense
from knowledge.language.calendars import first_day, last_day, spell_date, words
from knowledge.language.date_meaning import Context, Meaning
from knowledge.language.date_patterns import Found, find
from knowledge.language.patterns import later

__all__ = [
    "DateMention",
    "QuestionPeriod",
    "dates_of",
    "find_dates",
    "find_question_period",
    "spell_date",
]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression of a text: `text == source[start:end]`.

    `date` and `end_date` are "YYYY[-MM[-DD]]"; `end_date` only for a period (both ends in).
    `certain`: the words and the tense leave no second reading. `anchored`: counted from the
    date before it in the text, not from the publication. `rule`: one French sentence.
    """

    start: int
    end: int
    text: str
    date: str | None
    end_date: str | None
    certain: bool
    rule: str
    anchored: bool = False


@dataclass(frozen=True, slots=True)
class QuestionPeriod:
    """Limits in the words of a question; both ends belong to the period, None is open."""

    start: int
    end: int
    text: str
    since: date | None
    until: date | None


_READERS = date_written.READERS | date_relative.READERS
_TENSED = frozenset(
    {"night", "days", "day", "months", "month", "season", "quarter", "this", "adverb", "weekdays",
     "weekday"}
)  # fmt: skip
"""The kinds whose meaning depends on the tense around them."""
_SIGN = {"ago": -1, "since": -1, "within": 1}


def find_dates(
    text: str, published: date | None, start: int = 0, end: int | None = None
) -> tuple[DateMention, ...]:
    """The date expressions of a text, in order, without overlap; a paragraph of it gives its own.

    Prepositions ("en", "depuis", "le") stay outside the span where the date can do without.
    """
    mentions: list[DateMention] = []
    for found in find(text, start, end):
        before = [
            m
            for m in mentions[-8:]
            if found.start - m.end < 1000 and "\n\n" not in text[m.end : found.start]
        ]
        meaning = _read(text, found, before, published)
        printed = text[found.start : found.end]
        mentions.append(
            DateMention(
                found.start,
                found.end,
                printed,
                meaning.date,
                meaning.end,
                meaning.certain and meaning.date is not None,
                _rule(printed, meaning, published),
                meaning.anchored,
            )
        )
    return tuple(mentions)


@lru_cache(maxsize=256)
def dates_of(text: str, published: date | None) -> tuple[DateMention, ...]:
    """`find_dates` of a whole article, which several readers of its sentences ask for again."""
    return find_dates(text, published)


def _read(text: str, found: Found, before: list[DateMention], published: date | None) -> Meaning:
    dated = [m.date for m in before if m.date]
    left, _ = tense.sentence_bounds(text, found.start, found.end)
    named = [m for m in before if m.start >= left and m.date and re.search(r"\d{4}", m.text)]
    historic = int((named[-1].date or "")[:4]) if named else None
    if published is not None and historic is not None and historic >= published.year:
        historic = None
    way = tense.direction(text, found.start, found.end) if found.name in _TENSED else 0
    parts = found.parts
    if found.name in _SIGN:
        parts = {**parts, "sign": str(_SIGN[found.name])}
    if found.name == "adverb" and re.search(
        r"(?<!\w)d[e'’] ?\Z", text[max(0, found.start - 3) : found.start]
    ):
        parts = {**parts, "of": "1"}
    reader, last = _READERS[found.name], dated[-1] if dated else None
    if way < 0 and published and _may_last(text[left : found.start]):
        either = [reader(parts, Context(published, last, historic, one)) for one in (-1, 1)]
        return replace(min(either, key=lambda m: _distance(m, published)), certain=False)
    return reader(parts, Context(published, last, historic, way))


def _distance(meaning: Meaning, published: date) -> int:
    """Days between what a date means and the publication."""
    return abs((first_day(meaning.date) - published).days) if meaning.date else sys.maxsize


def _may_last(before: str) -> bool:
    """Whether "a obtenu un prêt jusqu'en juin" stands there: what is done, and not yet over."""
    return bool(_LASTING.search(before)) and not _OVER.search(before)


_LASTING = later(r"(?<!\w)jusqu['’](?:en|au|à)(?: la| l['’]| fin)?\s?\Z", re.IGNORECASE)
_OVER = later(r"(?<!\w)(?:étai(?:t|ent)|avai(?:t|ent)|fut|furent)(?!\w)", re.IGNORECASE)


def _rule(printed: str, meaning: Meaning, published: date | None) -> str:
    spelled = spell_date(meaning.date) if meaning.date else ""
    if meaning.end:
        spelled = f"{spelled} – {spell_date(meaning.end)}"
    on = spell_date(published.isoformat()) if published else ""
    return words().rules[meaning.rule].format(text=printed, date=spelled, published=on)


_SINCE = later(
    r"(?<!\w)(?:depuis|dès|à partir d[eu]|à compter d[eu]|après)(?: le| la| l['’])?\s?\Z",
    re.IGNORECASE,
)
_UNTIL = later(
    r"(?<!\w)(?:avant|jusqu['’](?:en|au|à)|d['’]ici)(?: le| la| l['’]| fin)?\s?\Z", re.IGNORECASE
)
_DURING = later(r"(?<!\w)(?:en|le|au|pendant|durant|dans les)\s?\Z", re.IGNORECASE)
_LAST_N = later(
    r"(?<!\w)(?:(?:ces|les|des|aux?) )?(?P<n>\d{1,3}|deux|trois|quatre|cinq|six|sept|dix|quinze"
    r"|trente) derni(?:ers|ères) (?P<unit>jours|semaines|mois|ans|années)(?!\w)",
    re.IGNORECASE,
)


def find_question_period(text: str, reference: date | None) -> QuestionPeriod | None:
    """The period that a question limits itself to, or None.

    `reference` is the day from which "la semaine dernière" counts; without it only full
    dates count. The span covers the preposition.
    """
    counted = _LAST_N.search(text)
    if counted and reference:
        number = counted["n"].lower()
        n = int(number) if number.isdigit() else words().counts[number]
        length = {"j": 1, "s": 7, "m": 30, "a": 365}[counted["unit"][0].lower()]
        since = reference - timedelta(days=length * n)
        return QuestionPeriod(*counted.span(), counted.group(), since, reference)
    mentions = [m for m in find_dates(text, reference) if m.date and not m.anchored]
    if not mentions:
        return None
    days = [(first_day(m.date or ""), last_day(m.end_date or m.date or "")) for m in mentions]
    since_day: date | None = None
    until_day: date | None = None
    for mention, (first, last) in zip(mentions, days, strict=True):
        before = text[max(0, mention.start - 40) : mention.start]
        if opening := _SINCE.search(before):
            after = opening.group().lower().startswith("après")
            since_day = last + timedelta(days=1) if after else first
        elif mention.text.lower().startswith("depuis"):
            since_day = first
        elif closing := _UNTIL.search(before):
            exclusive = closing.group().lower().startswith("avant")
            until_day = first - timedelta(days=1) if exclusive else last
        elif len(mentions) == 1:
            since_day, until_day = first, last
    if since_day is None and until_day is None:
        since_day = min(first for first, _ in days)
        until_day = max(last for _, last in days)
    start = _widened(text, mentions[0].start)
    end = mentions[-1].end
    return QuestionPeriod(start, end, text[start:end], since_day, until_day)


def _widened(text: str, start: int) -> int:
    """The start moved left over the preposition."""
    before = text[:start]
    for pattern in (_SINCE, _UNTIL, _DURING):
        if match := pattern.search(before):
            return match.start()
    return start
