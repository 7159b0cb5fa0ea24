"""Who speaks in a dossier: the people and bodies worth a page of their own."""

from collections import Counter
from collections.abc import Sequence

from knowledge.generation import Generation, Shelved
from knowledge.language.places import place_keys
from knowledge.language.terms import stem
from knowledge.press.attribution import spoken
from knowledge.press.people import People, Person, people
from knowledge.press.who import Profile, who

_MOST_NAMES = 60
"""Names that are looked at, those named most often: the others say little."""

_MOST_ARTICLES = 500
"""Beyond so many (some 4 s on one processor) who speaks is not counted: offices tell instead."""

_MOST_READ = 6000
"""Articles read for pages, all pages together: 60 pages of 100 articles, 6 of 1,000."""


def speakers(generation: Generation) -> tuple[str, ...]:
    """The names of those who say something or hold an office, most statements first.

    Ties keep the order of how often they are named. Places are left out, unless they speak.
    """
    return generation.once("speakers", lambda: _speakers(generation))


def actors(generation: Generation) -> tuple[Profile, ...]:
    """The pages of the speakers, most statements first; of a large dossier the first few."""
    return generation.once("actors", lambda: _actors(generation))


def _speakers(generation: Generation) -> tuple[str, ...]:
    known = people(generation)
    persons = known.persons[:_MOST_NAMES]
    said = _statements(generation, known)
    names = [person.name for person in persons]
    kept = [
        person.name
        for person in persons
        if (said[person.name] or _holds_office(generation, person))
        and not (place_keys(person.name) and not said[person.name])
        and not _is_piece(person.name, names)
    ]
    return tuple(sorted(kept, key=lambda name: -said[name]))


def _holds_office(generation: Generation, person: Person) -> bool:
    """Whether some article gives them an office; of a dossier on disk, to one of their surname."""
    if isinstance(generation.dossier.articles, Shelved):
        return stem(person.name.split()[-1]) in generation.annotations.roles
    return bool(person.roles)


def _statements(generation: Generation, known: People) -> Counter[str]:
    """How much each person says, as far as one look at each article tells."""
    said: Counter[str] = Counter()
    articles = generation.dossier.articles
    if len(articles) > _MOST_ARTICLES:
        return said
    meant: dict[str, str] = {}
    for article in articles:
        for quotation in spoken(article):
            if quotation.speaker is None:
                continue
            if quotation.speaker not in meant:
                fitting = known.find(quotation.speaker)
                meant[quotation.speaker] = fitting[0].name if len(fitting) == 1 else ""
            said[meant[quotation.speaker]] += 1
    return said


def _actors(generation: Generation) -> tuple[Profile, ...]:
    most = max(3, _MOST_READ // max(1, len(generation.dossier.articles)))
    pages = [who(generation, name) for name in speakers(generation)[:most]]
    return tuple(sorted(filter(None, pages), key=lambda page: -len(page.statements)))


def _is_piece(name: str, names: Sequence[str]) -> bool:
    """Whether a name is the first word of a country's ("États")."""
    return any(other.startswith((f"{name}-", f"{name} ")) and place_keys(other) for other in names)
