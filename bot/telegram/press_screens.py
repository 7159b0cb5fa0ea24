"""What the press desk's findings look like: parts of them a page, with passages to open."""

from collections.abc import Sequence
from itertools import groupby

from bot.render.added import added_part
from bot.render.citation import Numbered, number, one_line, short_title
from bot.render.markup import escape
from bot.render.press import (
    EVENTS_A_PAGE,
    Part,
    profile_parts,
    timeline_part,
    verification_part,
)
from bot.render.telegram_press import dates_pages, part_pages
from bot.telegram.callbacks import Events, Who, read_action, short_id
from bot.telegram.screen import Page, Row, Screen
from bot.telegram.screens import button
from bot.texts import Texts
from knowledge.generation import Generation
from knowledge.model import Citation, ResolvedDate
from knowledge.press.added import Added
from knowledge.press.timeline import Event
from knowledge.press.verify import Verification
from knowledge.press.who import Profile

MOST_PEOPLE = 8
"""People offered as buttons."""

MOST_PAGES = 20
"""Pages of one message: nobody turns more of them."""

A_ROW = 4
"""Numbered buttons beside one another."""

VERDICTS = {"exact": "✅", "altered": "✏️", "misattributed": "👤", "absent": "❌"}


def verification_screen(found: Verification, generation: Generation, words: Texts) -> Screen:
    """The verdict with what differs, and buttons that open the sources."""
    part = verification_part(found, words.language, generation.article)
    pages = part_pages(part, words.language)
    mark = VERDICTS[found.verdict]
    return Screen.of(
        [f"{mark} {pages[0]}", *pages[1:]], *source_rows(part.numbered, generation.number, words)
    )


def profile_screen(found: Profile, generation: Generation, words: Texts) -> Screen:
    """Somebody's page: a few statements or mentions a message, and a way to their dates."""
    parts = profile_parts(found, words.language, generation.article)[:MOST_PAGES]
    dates = (button(words["telegram.button_timeline"], Events(short_id(found.name))),)
    return _pages(parts, generation, words, dates)


def timeline_screen(
    events: Sequence[Event], generation: Generation, words: Texts, head: str
) -> Screen:
    """A few events a page, oldest first, under a line of plain text."""
    parts = [
        timeline_part(events[n : n + EVENTS_A_PAGE], words.language, generation.article)
        for n in range(0, len(events), EVENTS_A_PAGE)
    ]
    screen = _pages(parts, generation, words)
    return Screen(tuple(Page(f"{escape(head)}\n\n{page.html}", page.rows) for page in screen.pages))


def people_screen(html: str, names: Sequence[str]) -> Screen:
    """Some HTML, and people to choose from, two a row."""
    made = [
        button(short_title(one_line(name), 24), Who(short_id(name))) for name in names[:MOST_PEOPLE]
    ]
    return Screen.of([html], *(tuple(made[n : n + 2]) for n in range(0, len(made), 2)))


def dates_screen(
    dated: Sequence[tuple[Citation, ResolvedDate]], generation: Generation, words: Texts
) -> Screen:
    """What the dates of quotes mean; the buttons open the quotes in their places."""
    cited = tuple(citation for citation, _ in groupby(citation for citation, _ in dated))
    numbered = number(cited)
    pages = dates_pages(numbered, dated, words.language)
    return Screen.of(pages, *source_rows(numbered, generation.number, words))


def alone_screen(found: Added, generation: Generation, words: Texts) -> Screen:
    """What each outlet alone prints beside a copy; the buttons open the passages."""
    part = added_part(found, words.language, generation.article)
    pages = part_pages(part, words.language)
    return Screen.of(pages, *source_rows(part.numbered, generation.number, words))


def source_rows(numbered: Numbered, generation: int, words: Texts) -> tuple[Row, ...]:
    """A button for each source, which opens its first quote in its place."""
    sources = numbered.sources
    if len(sources) == 1:
        return ((button(words["telegram.button_read"], read_action(sources[0], generation)),),)
    made = [
        button(f"📄 [{n}]", read_action(source, generation))
        for n, source in enumerate(sources, start=1)
    ]
    return tuple(tuple(made[n : n + A_ROW]) for n in range(0, len(made), A_ROW))


def _pages(parts: Sequence[Part], generation: Generation, words: Texts, *rows: Row) -> Screen:
    pages: list[Page] = []
    for part in parts:
        buttons = (*source_rows(part.numbered, generation.number, words), *rows)
        pages += (Page(html, buttons) for html in part_pages(part, words.language))
    return Screen(tuple(pages))
