"""Who speaks in a dossier: the people and bodies worth a page of their own."""

from collections.abc import Sequence

from knowledge.generation import Generation
from knowledge.language.places import place_keys
from knowledge.press.people import people
from knowledge.press.who import Profile, who

_MOST_READ = 60
"""Names whose page is looked at, those named most often: the others say little."""


def actors(generation: Generation) -> tuple[Profile, ...]:
    """The pages of those who say something or hold an office, most statements first.

    Ties keep the order of how often they are named. Places are left out, unless they speak.
    """
    return generation.once("actors", lambda: _actors(generation))


def _actors(generation: Generation) -> tuple[Profile, ...]:
    persons = people(generation).persons[:_MOST_READ]
    pages = [who(generation, person.name) for person in persons]
    kept = [
        page
        for page, person in zip(pages, persons, strict=True)
        if page.name == person.name
        and (page.statements or (person.roles and page.mentions))
        and not (place_keys(person.name) and not page.statements)
        and not _is_piece(person.name, [other.name for other in persons])
    ]
    return tuple(sorted(kept, key=lambda page: -len(page.statements)))


def _is_piece(name: str, names: Sequence[str]) -> bool:
    """Whether a name is the first word of a country's ("États")."""
    return any(other.startswith((f"{name}-", f"{name} ")) and place_keys(other) for other in names)
