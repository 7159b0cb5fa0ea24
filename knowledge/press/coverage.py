"""What the dossier covers and what it does not: period, outlets, who is heard and who is not."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.language.wordset import is_french, is_proper
from knowledge.model import Article
from knowledge.press.blindspots import BlindSpot, blind_spots
from knowledge.press.people import Person, people
from knowledge.press.voices import is_place, may_speak, voices


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet and how many articles are its own; "" collects those that name none."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody named in two articles or more, and the articles that quote them directly."""

    name: str
    articles: tuple[str, ...]
    quoted_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The dossier from outside; `first` and `last` are None when no article is dated.

    `unheard`: the countries and blocs that two articles or more speak of often, and nobody of
    which is quoted directly.
    """

    articles: int
    first: date | None
    last: date | None
    undated: int
    outlets: tuple[Outlet, ...]
    quoted: tuple[Actor, ...]
    spoken_of: tuple[Actor, ...]
    unheard: tuple[BlindSpot, ...]


MOST_READ = 120
"""Articles of a dossier that is read for voices; of a larger one only the outside is told."""
MOST_NAMED = 8
"""Actors of each list: those named most often."""


def coverage(generation: Generation) -> Coverage:
    """Period, outlets and voices of the dossier, worked out once a generation.

    An outlet's country is not told: no metadata that articles carry says it.
    """
    return generation.once("coverage", lambda: _coverage(generation))


def _coverage(generation: Generation) -> Coverage:
    articles = list(generation.cards())
    days = sorted(a.published for a in articles if a.published)
    outlets = Counter(a.publisher or a.agency or "" for a in articles)
    # Who speaks is read from the texts, which takes too long in an archive.
    small = len(articles) <= MOST_READ
    actors = _actors(generation) if small else []
    return Coverage(
        len(articles),
        days[0] if days else None,
        days[-1] if days else None,
        len(articles) - len(days),
        tuple(
            Outlet(name, n) for name, n in sorted(outlets.items(), key=lambda o: (not o[0], -o[1]))
        ),
        tuple(actor for actor, _ in actors if actor.quoted_in)[:MOST_NAMED],
        tuple(actor for actor, silent in actors if silent)[:MOST_NAMED],
        blind_spots(generation) if small else (),
    )


def _actors(generation: Generation) -> list[tuple[Actor, bool]]:
    """People and bodies named in two articles or more, and whether none of their words is given.

    Those in most articles first.
    """
    outlets = {fold(n) for a in generation.dossier.articles for n in (a.publisher, a.agency) if n}
    quoted: dict[str, dict[str, None]] = {}
    for voice in voices(generation):
        if voice.said.form == "direct" and voice.person:
            quoted.setdefault(voice.person.name, {})[voice.article.id] = None
    found = []
    for person in people(generation).persons:
        # A place has no office; who has none and never speaks may be one.
        if is_place(person.name) or not (person.roles or person.name in quoted):
            continue
        if fold(person.name) in outlets or _is_word(person.name):
            continue
        naming = [a for a in generation.dossier.articles if _names(a, person)]
        if len(naming) > 1:
            ids = tuple(article.id for article in naming)
            actor = Actor(person.name, ids, tuple(quoted.get(person.name, ())))
            silent = _is_person(person.name) and not any(
                may_speak(generation, article, person) for article in naming
            )
            found.append((actor, silent))
    return sorted(found, key=lambda pair: -len(pair[0].articles))


def _is_person(name: str) -> bool:
    """Whether the name looks like a person's; a body speaks through people of other names."""
    words = name.split()
    return len(words) in (2, 3) and all(word[0].isupper() and not word.isupper() for word in words)


def _is_word(name: str) -> bool:
    """Whether the name is a common word with a capital ("État")."""
    return " " not in name and is_french(fold(name)) and not is_proper(fold(name))


def _names(article: Article, person: Person) -> bool:
    names = (person.name, *person.aliases)
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", article.text) is not None
