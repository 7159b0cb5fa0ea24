"""The events of a dossier as a picture shows them: those that stand for all, in few words."""

from collections.abc import Sequence

from bot.render.citation import (
    CUT,
    Articles,
    cuts,
    one_line,
    outlet_name,
    short_title,
)
from bot.render.picture import Moment
from bot.render.plain import article_of
from bot.render.press import event_citation, event_date
from bot.texts import texts
from knowledge.language.calendars import first_day, last_day
from knowledge.language.clauses import clauses
from knowledge.language.terms import fold, stop_words
from knowledge.model import Language
from knowledge.press.timeline import Event

LONG_GAP = 366
"""Days between two events that the line of a picture does not show in full."""

PICTURED = 8
"""Events in a picture: what a phone shows without zooming."""

SHORT_EVENT = 130
"""Characters of an event in a picture: four lines of a phone."""


def moments(
    events: Sequence[Event], language: Language, articles: Articles | None = None
) -> tuple[Moment, ...]:
    """The events as a picture shows them."""
    made = []
    before: Event | None = None
    for event in events:
        outlets = (
            outlet_name(c.publisher, c.agency, language) or short_title(one_line(c.title), 30)
            for c in event.evidence
        )
        since = last_day(before.end or before.date) if before else first_day(event.date)
        made.append(
            Moment(
                event_date(event, language),
                short_event(event, articles),
                " · ".join(dict.fromkeys(outlets)),
                event.certain,
                event.end is not None,
                (first_day(event.date) - since).days > LONG_GAP,
            )
        )
        before = event
    return tuple(made)


def picture_about(shown: Sequence[Event], every: int, language: Language) -> str:
    """How many of the events a picture shows, and what its marks mean."""
    words = texts(language)
    key = "press.picture_some" if len(shown) < every else "press.picture_all"
    parts = [words.count(key, every, shown=len(shown))]
    if any(event.end for event in shown):
        parts.append(words["press.picture_period"])
    if not all(event.certain for event in shown):
        parts.append(words["press.picture_uncertain"])
    return " · ".join(parts)


def _date_is_late(event: Event) -> bool:
    """Whether its date stands where a picture would cut."""
    (cited, *_) = event.evidence
    return not cited.dates or event.text.find(cited.dates[0].text) > SHORT_EVENT


def short_event(event: Event, articles: Articles | None = None) -> str:
    """What happened in about `SHORT_EVENT` characters, from its start as far as the clauses go.

    An event whose date stands later is cut around it: else its words would not be those of that
    day. Marked with […] where it is cut.
    """
    cited = event_citation(event)
    words = one_line(cited.quote).rstrip(" .")
    before, after = cuts(cited, article_of(cited, articles))
    printed = one_line(cited.dates[0].text) if cited.dates else ""
    at = max(words.find(printed), 0) + len(printed)
    start, end = 0, len(words)
    if end > SHORT_EVENT:
        if at > SHORT_EVENT + 30:
            start = words.find(" ", at - SHORT_EVENT * 2 // 3) + 1
        most = max(start + SHORT_EVENT, at + 10)
        end = _good_end(words, max(at, start + SHORT_EVENT // 2), most)
    opening = f"{CUT}\u00a0" if start or before else ""
    closing = f"\u00a0{CUT}" if end < len(words) or after else ""
    return f"{opening}{words[start:end]}{closing}"


def _good_end(words: str, least: int, most: int) -> int:
    """Where a clause ends between two places, as late as can be; else where a word does."""
    ends = [end for _, end in clauses(words) if least <= end <= most]
    if ends or len(words) <= most:
        return max(ends, default=len(words))
    kept = words[:most].split(" ")[:-1]
    # Cut before "de la", not behind it.
    while len(kept) > 1 and fold(kept[-1]).rstrip("'’") in stop_words():
        kept.pop()
    return len(" ".join(kept).rstrip(",;:"))


def telling(events: Sequence[Event], most: int) -> tuple[Event, ...]:
    """So many events that stand for all, in their order.

    Those told by most articles come first, then exact days, then those that are certain, then
    those whose date stands early; of one date only one, as long as there are others.
    """
    order = sorted(
        range(len(events)),
        key=lambda n: (
            -len({cited.article for cited in events[n].evidence}),
            -events[n].date.count("-") + bool(events[n].end),
            not events[n].certain,
            _date_is_late(events[n]),
            n,
        ),
    )
    first_of = {events[n].date: n for n in reversed(order)}
    fresh = [n for n in order if first_of[events[n].date] == n]
    kept = [*fresh, *(n for n in order if n not in fresh)][:most]
    return tuple(events[n] for n in sorted(kept))
