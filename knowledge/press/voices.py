"""Everything that the dossier's articles give to a speaker, with who that is."""

from dataclasses import dataclass

from knowledge.generation import Generation
from knowledge.language.places import place_keys
from knowledge.model import Article
from knowledge.press.attribution import Spoken, spoken
from knowledge.press.people import Person, people


@dataclass(frozen=True, slots=True)
class Voice:
    """A quotation and its speaker: `person` where the dossier tells who it is, `name` always."""

    article: Article
    said: Spoken
    name: str
    person: Person | None


def voices(generation: Generation) -> tuple[Voice, ...]:
    """The quotations whose speaker is certain, in the dossier's order; once a generation."""
    return generation.once("voices", lambda: tuple(_voices(generation)))


def _voices(generation: Generation) -> list[Voice]:
    known = people(generation)
    found = []
    for article in generation.dossier.articles:
        for said in spoken(article):
            if said.speaker is None or not said.certain:
                continue
            fitting = known.find(said.speaker)
            named = [p for p in fitting if _is_named(said.speaker, p)]
            person = named[0] if named else fitting[0] if len(fitting) == 1 else None
            found.append(Voice(article, said, person.name if person else said.speaker, person))
    return found


def _is_named(phrase: str, person: Person) -> bool:
    return any(name in phrase for name in (person.name, *person.aliases))


def may_speak(generation: Generation, article: Article, person: Person) -> bool:
    """Whether words in quotation marks of an article may be this person's, sure or not.

    Who is named beside words that nobody is known to have said may have said them.
    """
    known = people(generation)
    for said in spoken(article):
        if said.form != "direct":
            continue
        meant = known.find(said.speaker) if said.speaker is not None else ()
        if person in meant:
            return True
        if not meant or not said.certain:
            first = article.text.rfind("\n\n", 0, said.start) + 1
            last = article.text.find("\n\n", said.end)
            if _is_named(article.text[first : last if last > 0 else None], person):
                return True
    return False


def is_place(name: str) -> bool:
    """Whether the name is that of a country, its capital or its seat of government."""
    return bool(place_keys(name))
