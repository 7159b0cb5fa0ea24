"""The countries and blocs that a dossier speaks of and nobody of which is quoted directly.

Precision first: a speaker whose country no text tells may be of any country that stands near them,
so only those are told that nobody quoted can belong to.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.generation import Generation
from knowledge.language.places import expand_places, feminine_demonym, french_forms
from knowledge.language.terms import tokenize
from knowledge.model import Article
from knowledge.press.attribution import Spoken, spoken
from knowledge.press.people import Person, people


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """A country or bloc that is often named and never quoted.

    `adjective`: as "une source ukrainienne" needs it, "" for a bloc without one; `reported`:
    whether its words are told at least in indirect speech.
    """

    key: str
    name: str
    adjective: str
    mentions: int
    articles: tuple[str, ...]
    reported: bool


_OFTEN = 5
"""Mentions from which a country is a party to the story and not a mere place in it."""
_SHARE = 8
"""It is named at least once for so many mentions of the country named most."""
_REGIONS = frozenset(
    ("central-asia", "middle-east", "latin-america", "europe", "africa", "asia", "sahel", "maghreb",
     "balkans", "caucasus", "baltics", "west", "crimea", "donbass", "su")
)  # fmt: skip
"""Keys of what nobody speaks for."""


def blind_spots(generation: Generation) -> tuple[BlindSpot, ...]:
    """The blind spots of a dossier, those named most often first."""
    articles = generation.dossier.articles
    direct, reported, anybody = _heard(generation)
    if not direct:  # a story inside one country, whose speakers need not say which
        return ()
    mentions: Counter[str] = Counter()
    naming: dict[str, list[str]] = {}
    for article in articles:
        found = Counter(_places(article.text))
        mentions.update(found)
        for key in found:
            naming.setdefault(key, []).append(article.id)
    most = max(mentions.values(), default=0)
    return tuple(
        BlindSpot(
            key,
            names[0],
            feminine_demonym(key),
            n,
            tuple(naming[key]),
            key in reported,
        )
        for key, n in mentions.most_common()
        if n >= _OFTEN and n * _SHARE >= most and len(naming[key]) > 1
        if key not in direct | anybody | _REGIONS and (names := french_forms(key, "country"))
    )


def _places(text: str) -> list[str]:
    return [place.key for place in expand_places([token.text for token in tokenize(text)])]


def _heard(generation: Generation) -> tuple[set[str], set[str], set[str]]:
    """The countries quoted directly, those in reported speech, and those that may be quoted."""
    known = people(generation)
    direct: set[str] = set()
    reported: set[str] = set()
    anybody: set[str] = set()
    for article in generation.dossier.articles:
        for said in spoken(article):
            phrase = said.speaker or ""
            persons = known.find(phrase) if phrase else ()
            countries = _spoken_for(phrase, persons) or _of_office(generation, article, phrase)
            if said.form == "indirect":
                reported |= countries
            elif countries:
                direct |= countries
            else:
                anybody |= _near(generation, article, said, persons)
    return direct, reported, anybody


def _spoken_for(phrase: str, persons: Sequence[Person]) -> set[str]:
    """The countries that somebody speaks for: the first that a title or an office names.

    "L'ambassadeur de France en Chine" speaks for France alone.
    """
    roles = (role for person in persons for role in person.roles)
    phrases = (phrase, *(person.name for person in persons), *roles)
    return {keys[0] for one in phrases if (keys := _places(one))}


def _of_office(generation: Generation, article: Article, phrase: str) -> set[str]:
    """The country that an office bears elsewhere ("le ministre chinois" for "le ministre").

    In the same article, else in the others; none when it bears several.
    """
    office = re.sub(r"\A(?:l['’]|(?:le|la|les) )", "", phrase, flags=re.IGNORECASE)
    if not office or not office[0].islower():
        return set()
    titled = re.compile(rf"(?<!\w){re.escape(office)} ((?:\w+[ '’-]){{0,4}}?\w+)", re.IGNORECASE)
    for texts in ((article.text,), (other.text for other in generation.dossier.articles)):
        found = {
            place.key
            for text in texts
            for match in titled.finditer(text)
            for place in expand_places([t.text for t in tokenize(match[1])][:1])
        }
        if found:
            return found if len(found) == 1 else set()
    return set()


_ACQUAINTED = 3
"""Countries named most often beside somebody: theirs is among them."""


def _near(
    generation: Generation, article: Article, said: Spoken, persons: Sequence[Person]
) -> set[str]:
    """The countries that a speaker without a country may belong to.

    Of somebody named those that stand most often in a sentence with them. Of others those of the
    paragraph and the one before, and the one that the article is about.
    """
    beside: Counter[str] = Counter()
    for person in persons:
        names = (person.name, *person.aliases)
        for other in generation.dossier.articles:
            for sentence in other.sentences:
                text = other.text[sentence.start : sentence.end]
                if any(name in text for name in names):
                    beside.update(set(_places(text)))
    if beside:
        return {key for key, _ in beside.most_common(_ACQUAINTED)}
    first = article.text.rfind("\n\n", 0, max(0, article.text.rfind("\n\n", 0, said.start)))
    last = article.text.find("\n\n", said.end)
    near = _places(article.text[max(0, first) : last if last > 0 else None])
    return {*near, *(key for key, _ in Counter(_places(article.text)).most_common(1))}
