"""Half a page by extracts: what happened, who, when and where, who says what, figures, what next.

Nothing is written here: every part is a heading and quotes, each from another sentence.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.citing import cite
from knowledge.extracts import Extract, by_date, choose, cited, events, extracts
from knowledge.generation import Generation
from knowledge.language.names import find_names
from knowledge.model import Article, Citation
from knowledge.press.coverage import MOST_READ, Coverage, coverage
from knowledge.press.people import Person, people
from knowledge.press.telling import dated, figures, positions, unsettled
from knowledge.press.voices import is_place

Heading = Literal["what", "who", "when_where", "positions", "figures", "open"]
"""The parts of a brief in their order; a part without an extract is left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what it tells, and its extracts in order of date and text."""

    heading: Heading
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief of the dossier, or of one article (`article` is its id); empty without a sentence."""

    article: str | None
    parts: tuple[Part, ...]
    coverage: Coverage

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How many extracts each part may have, how long one may be, how many characters in all."""

    room: int
    longest: int
    lead: int
    most: dict[Heading, int]


_DOSSIER = _Plan(
    1780, 200, 260,
    {"what": 3, "who": 5, "when_where": 1, "positions": 3, "figures": 1, "open": 1},
)  # fmt: skip
_ARTICLE = _Plan(
    690, 180, 300,
    {"what": 1, "who": 3, "when_where": 1, "positions": 1, "figures": 1, "open": 1},
)  # fmt: skip
HEADING_ROOM = 20
"""Characters that a heading takes of the page."""


def brief(generation: Generation, article_id: str | None = None) -> Brief:
    """The brief of the dossier, or of one article.

    Quotes and headings stay under 1,800 characters for the dossier, 700 for an article. Of an
    archive the latest articles are read, and nobody's part is told.

    Raises:
        KeyError: no article has this id.
    """
    articles: Sequence[Article]
    if article_id is None:
        cards = sorted(generation.cards(), key=lambda card: str(card.published or ""))
        latest = {card.id for card in cards[-MOST_READ:]}
        articles = [generation.article(c.id) for c in generation.cards() if c.id in latest]
    else:
        articles = (generation.article(article_id),)
    return generation.once(("brief", article_id), lambda: _brief(generation, articles, article_id))


def _brief(generation: Generation, articles: Sequence[Article], article_id: str | None) -> Brief:
    plan = _ARTICLE if article_id is not None or len(articles) == 1 else _DOSSIER
    if coverage(generation).articles > MOST_READ:
        plan = replace(plan, most={**plan.most, "who": 0, "positions": 0})
    taken: list[Extract] = []
    room = plan.room
    parts: list[Part] = []
    long_ones = extracts(generation, articles, plan.lead)
    short = extracts(generation, articles, plan.longest)
    sources: dict[Heading, Callable[[], Sequence[Extract]]] = {
        "what": tuple,
        "positions": tuple,
        "figures": lambda: figures(short),
        "when_where": lambda: dated(short),
        "open": lambda: unsettled(short),
    }
    for heading, source in sources.items():
        if not plan.most[heading]:
            continue
        if heading == "what":
            chosen = events(long_ones, plan.most[heading], room - HEADING_ROOM)
        elif heading == "positions":
            most, left = plan.most[heading], room - HEADING_ROOM
            chosen = positions(generation, short, most, taken, left)
        else:
            one_each = 1 if len(articles) > 1 else None
            chosen = choose(
                source(), plan.most[heading], taken=taken, room=room - HEADING_ROOM,
                an_article=one_each,
            )  # fmt: skip
        if not chosen:
            continue
        taken += chosen
        room -= HEADING_ROOM + sum(len(one.text) for one in chosen)
        evidence = tuple(cited(generation, one) for one in by_date(chosen))
        parts.append(Part(heading, evidence))
    most = plan.most["who"]
    told = _people(generation, articles, taken, most) if most else ()
    while told and sum(len(c.quote) for c in told) > room - HEADING_ROOM:
        told = told[:-1]
    if told:
        parts.append(Part("who", told))
    order = list(_DOSSIER.most)
    parts.sort(key=lambda part: order.index(part.heading))
    return Brief(article_id, tuple(parts), coverage(generation))


def _people(
    generation: Generation, articles: Sequence[Article], taken: Sequence[Extract], most: int
) -> tuple[Citation, ...]:
    """Who the chief people are: for each the words that print office and name side by side.

    People whom another part introduces are left out; a body and a place are nobody.
    """
    found: list[Citation] = []
    for person in people(generation).persons[:_CHIEF]:
        if len(found) == most or not person.roles or is_place(person.name):
            continue
        if " " not in person.name or any(_introduces(one.text, person) for one in taken):
            continue
        place = next((p for a in articles if (p := _office(a, person))), None)
        if place is not None:
            article, start, end = place
            found.append(cite(generation, article.id, start, end))
    return tuple(found)


_CHIEF = 12
"""People of the dossier that a brief looks at, those named most often."""
_OFFICE = 70
"""Characters of the words that say who somebody is."""


def _office(article: Article, person: Person) -> tuple[Article, int, int] | None:
    """Where an article's body says "the mayor, X" or "X, the mayor"; None when nowhere."""
    names = "|".join(re.escape(n) for n in _longest((person.name, *person.aliases)) if " " in n)
    roles = "|".join(re.escape(role) for role in _longest(person.roles))
    if not names:
        return None
    article_word = r"(?:(?:le|la|les|un|une)\s|l['’])?"
    pattern = re.compile(
        rf"(?<!\w)(?<!\bson )(?<!\bsa )(?<!\bleur ){article_word}(?:{roles}),?\s(?:{names})(?!\w)"
        rf"|(?<!\w)(?:{names}),\s{article_word}(?:{roles})[^,.;:()\n«»\"]{{0,40}}(?=[,.;)])",
        re.IGNORECASE,
    )
    for paragraph in article.paragraphs:
        if paragraph.kind != "body":
            continue
        match = pattern.search(article.text, paragraph.start, paragraph.end)
        if match and match.end() - match.start() <= _OFFICE:
            return article, *match.span()
    return None


def _longest(words: Sequence[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _introduces(text: str, person: Person) -> bool:
    """Whether a name of theirs and an office of theirs stand in the text."""
    named = any(name.text in (person.name, *person.aliases) for name in find_names(text))
    return named and any(role in text for role in person.roles)
