"""Who is who in a dossier: the spellings of a name, and the roles that stand beside it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.generation import Generation, Shelved
from knowledge.language.names import SAME, find_names, same_name, sound_skeletons
from knowledge.language.places import expand_places, place_keys
from knowledge.language.speakers import bodies
from knowledge.language.terms import fold, normal_form, stem, stop_words, tokenize, word_list
from knowledge.language.wordset import is_french, is_proper
from knowledge.model import Article
from knowledge.press.offices import offices

_LEAD = re.compile(
    r"(?:l['’]|(?:le|la|les|un|une|son|sa|ses|leur|leurs|ce|cette|ces|des|du) )", re.IGNORECASE
)
_OF = re.compile(
    r"(?<![\w’'])(?:d['’]|(?:de|du|des|à|au|aux|en|de la|de l['’]) ?)\Z", re.IGNORECASE
)
_MOST_NAMES = 4000
"""Beyond so many different names, the rarest stand for themselves alone."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody (or a body) of the dossier.

    `name`: the fullest usual spelling; `aliases`: the others, most frequent first; `roles`: as
    printed, most frequent first.
    """

    name: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]


class People:
    """The people of a dossier, found by any spelling of their name or by a role of theirs."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.persons = tuple(persons)
        self._by_name: dict[str, list[int]] = {}
        self._by_part: dict[str, list[int]] = {}
        self._by_role: dict[tuple[str, ...], list[int]] = {}
        for number, person in enumerate(self.persons):
            # Spellings that fold alike are one key.
            for spelling in dict.fromkeys(map(_name_key, (person.name, *person.aliases))):
                self._by_name.setdefault(spelling, []).append(number)
            for part in {part for name in (person.name, *person.aliases) for part in _parts(name)}:
                self._by_part.setdefault(part, []).append(number)
            for role in person.roles:
                for key in dict.fromkeys((role_key(role), role_key(role.split(" ")[0]))):
                    numbers = self._by_role.setdefault(key, [])
                    if key and number not in numbers:
                        numbers.append(number)

    def find(self, phrase: str) -> tuple[Person, ...]:
        """The persons that a name or a role may mean; several for "le président" alone."""
        if _LED.match(_bare(phrase)):
            return ()
        bare = f"— {_bare(phrase)}"
        names = [name.text for name in find_names(bare) if not _OF.search(bare[: name.start])]
        persons = self._named(phrase)
        for name in reversed(names):
            persons = persons or self._named(name)
            if not persons and len(name) > 3 and not place_keys(name):
                persons = self._heard(name)
        if not persons and not (_LEAD.match(phrase) and _bare(phrase)[:1].islower()):
            persons = self._by_part.get(_name_key(phrase), [])
        if not persons:
            persons = self._holding(phrase)
        return tuple(self.persons[n] for n in persons)

    def _holding(self, phrase: str) -> list[int]:
        """The persons of an office; a body ("la mairie") is not who leads it ("le maire")."""
        numbers = self._by_role.get(role_key(phrase), [])
        if not _is_body(phrase):
            return numbers
        return [n for n in numbers if any(_is_body(role) for role in self.persons[n].roles)]

    def _named(self, name: str) -> list[int]:
        return self._by_name.get(_name_key(name), [])

    def _heard(self, name: str) -> list[int]:
        """The persons whose name is spelt otherwise."""
        return [
            number
            for number, person in enumerate(self.persons)
            if any(_is_one_name(name, other) for other in (person.name, *person.aliases))
        ]

    def same(self, one: str, other: str) -> bool | None:
        """Whether two phrases mean the same; None when the dossier does not tell."""
        if _name_key(one) == _name_key(other) or role_key(one) == role_key(other):
            return True
        left, right = self.find(one), self.find(other)
        # "la Française" may be anybody.
        if left and right and not (_is_demonym(one) or _is_demonym(other)):
            return any(person in right for person in left)
        if (
            find_names(f"— {one}")
            and find_names(f"— {other}")
            and _is_one_name(_bare(one), _bare(other))
        ):
            return True
        mine, theirs = _countries(one), _countries(other)
        if mine and theirs and not mine & theirs:
            return False
        if mine and theirs and (place_keys(_bare(one)) or place_keys(_bare(other))):
            return True
        return None


_LED = re.compile(
    r"(?:administration|gouvernement|cabinet|équipe|camp|exécutif|majorité|entourage|clan) [A-ZÀ-Ý]"
)
"""A body that is named for who leads it: "l'administration Biden" is not Biden."""


def _is_body(phrase: str) -> bool:
    return _bare(phrase).split(" ")[0].lower() in bodies()


_LEAST_PART = 4
"""Letters of half a double name that may stand for it."""


def _parts(name: str) -> list[str]:
    """A surname and its halves, folded: "Belhadj" and "Royer" of "Belhadj-Royer", too."""
    given, _, last = name.rpartition(" ")
    if not given or not _goes_by_a_part(name):
        return []
    halves = last.split("-")
    return [fold(last), *(fold(h) for h in halves if len(halves) > 1 and len(h) >= _LEAST_PART)]


def _is_demonym(phrase: str) -> bool:
    return bool(_LEAD.match(phrase)) and any(
        relation == "demonym" for _, relation in place_keys(_bare(phrase))
    )


def _countries(phrase: str) -> set[str]:
    return {place.key for place in expand_places([t.text for t in tokenize(phrase)])}


_PEOPLE = re.compile(r"(?:geois|quois|iennes?|iens|oises?|aises?)\Z")
"""How the name of a place's inhabitants ends: they are not the place."""


def _is_one_name(one: str, other: str) -> bool:
    """Whether two names are spellings of one, or one is the last part of the other."""
    words, others = _name_words(one), _name_words(other)
    if not words or not others:
        return False
    if bool(_PEOPLE.search(words[-1])) != bool(_PEOPLE.search(others[-1])):
        return False
    if set(sound_skeletons(words[-1])).isdisjoint(sound_skeletons(others[-1])):
        return False
    return same_name(" ".join(words), " ".join(others)) >= SAME


def _name_words(name: str) -> list[str]:
    return [t.text for t in tokenize(name) if fold(t.text) not in word_list("fr/name_titles.txt")]


def _name_key(name: str) -> str:
    return " ".join(fold(word) for word in _name_words(_bare(name)))


def _bare(phrase: str) -> str:
    return _LEAD.sub("", phrase, count=1).strip() if _LEAD.match(phrase) else phrase.strip()


_SEATED = re.compile(
    r"(?:maître|homme fort|patron|locataire|hôte|chef) (?:du |de la |de l['’])(?P<seat>[A-ZÀ-Ý]\S*)"
)
"""Who heads a state, by the seat that stands for it."""
_HEAD_OF_STATE = re.compile(r"chef(?:fe)? de l['’][ÉE]tat")


def role_key(role: str) -> tuple[str, ...]:
    """What a role is compared by: stems and countries ("kazakh", "du Kazakhstan" are one).

    "Le maître du Kremlin" is the Russian president, a "chef de l'État" a president.
    """
    seated = _SEATED.search(role)
    if seated:
        for key, relation in place_keys(seated["seat"]):
            if relation == "seat":
                return tuple(sorted((key, stem("président"))))
    role = _HEAD_OF_STATE.sub("président", role)
    tokens = [token.text for token in tokenize(role)]
    places = {
        n: place.key
        for place in expand_places(tokens)
        for n in range(place.start_token, place.end_token)
    }
    words = {places.get(n) or stem(token) for n, token in enumerate(tokens)
             if fold(token) not in stop_words()}  # fmt: skip
    return tuple(sorted(words))


def people(generation: Generation) -> People:
    """The people of the dossier, those named most often first; worked out once a generation.

    Those of a dossier kept on disk without their roles: to read all of it takes minutes.
    """
    articles = generation.dossier.articles
    read = () if isinstance(articles, Shelved) else articles
    return generation.once("people", lambda: people_in(generation, read))


def people_in(generation: Generation, articles: Iterable[Article]) -> People:
    """The people of the dossier, with the roles that these articles give them."""
    names = Counter(generation.annotations.names)
    aliases = generation.dossier.aliases
    groups = [list(group) for group in generation.once("one person", lambda: _groups(generation))]
    member = {name: number for number, group in enumerate(groups) for name in group}
    roles: list[Counter[str]] = [Counter() for _ in groups]
    for article in articles:
        for name, role in offices(article.text):
            if name in member:
                roles[member[name]][role] += 1
    acronyms = generation.annotations.acronyms
    persons = []
    for group, found in zip(groups, roles, strict=True):
        long = (
            acronyms[key].text for name in tuple(group) if (key := normal_form(name)) in acronyms
        )
        group += [name for name in dict.fromkeys(long) if name not in member]
        title, *others = _ordered(group, names, aliases)
        persons.append(Person(title, tuple(others), _told_apart(found)))
    return People(persons)


def _groups(generation: Generation) -> list[list[str]]:
    names = [name for name, _ in Counter(generation.annotations.names).most_common(_MOST_NAMES)]
    return _grouped(names, generation.dossier.aliases.items())


def _told_apart(roles: Counter[str]) -> tuple[str, ...]:
    """Roles that say something of their own, the most frequent first.

    "Maire" says less than "maire de Lens", "président du Kazakhstan" no more than "président
    kazakh".
    """
    kept: dict[tuple[str, ...], str] = {}
    for role, _ in roles.most_common():
        kept.setdefault(role_key(role), role)
    return tuple(
        role
        for role in kept.values()
        if not any(other.startswith(f"{role} ") for other in kept.values())
    )


def _grouped(names: Sequence[str], aliases: Iterable[tuple[str, Sequence[str]]]) -> list[list[str]]:
    """Names in groups of one person, in the order of the first of each."""
    groups: list[list[str]] = [[name, *others] for name, others in aliases]
    given = len(groups)
    shelves: dict[str, list[int]] = {}
    openings: dict[str, list[int]] = {}

    def shelve(name: str, number: int) -> None:
        if not _goes_by_a_part(name):
            return
        # "Xi", or somebody's first name: the first word of a full name.
        if len(full := name.split()) == 2 and full[1][0].isupper():
            numbers = openings.setdefault(full[0], [])
            if number not in numbers:
                numbers.append(number)
        for word in _name_words(name)[-1:]:
            for skeleton in sound_skeletons(word):
                places = shelves.setdefault(skeleton, [])
                if number not in places:
                    places.append(number)

    for number, group in enumerate(groups):
        for name in group:
            shelve(name, number)
    known = {name for group in groups for name in group}
    # Full names first: a lone surname then finds the person it belongs to.
    for name in sorted(names, key=lambda name: -len(_name_words(name))):
        if name in known:
            continue
        words = _name_words(name)
        candidates = dict.fromkeys(
            n for word in words[-1:] for s in sound_skeletons(word) for n in shelves.get(s, ())
        )
        fitting = [n for n in candidates if any(_is_one_name(name, m) for m in groups[n])]
        if not fitting and len(words) == 1:
            fitting = openings.get(name, [])
        is_place = bool(place_keys(name))
        # Two people of one surname: the surname alone is nobody's.
        if len(fitting) == 1 and not is_place:
            groups[fitting[0]].append(name)
        else:
            groups.append([name])
            shelve(name, len(groups) - 1)
    order = {name: n for n, name in enumerate(names)}
    kept = [g for n, g in enumerate(groups) if n >= given or any(name in order for name in g)]
    return sorted(kept, key=lambda group: min(order.get(name, len(order)) for name in group))


_PARTICLES = frozenset(
    [
        "de",
        "du",
        "le",
        "la",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ben",
        "al",
        "el",
        "da",
        "di",
        "dos",
    ]
)


def _goes_by_a_part(name: str) -> bool:
    """Whether a word of the name alone may stand for it: people do, bodies and sites do not.

    "Sauvons les Tanneurs" and "Conseil d'État" hold common words, "Courlanges Infos" ends in one.
    """
    words = name.split()
    if len(words) < 2:
        return True
    if any(w[0].islower() and w not in _PARTICLES for w in words):
        return False
    first, last = fold(words[0]), fold(words[-1])
    is_common = is_french(last) and not is_proper(last)
    return not is_common or is_proper(first)


def _ordered(group: Sequence[str], counts: Counter[str], aliases: Iterable[str]) -> list[str]:
    """The name that titles a group first: the admin's, else the fullest of the usual ones."""
    given = set(aliases)
    return sorted(
        dict.fromkeys(group),
        key=lambda name: (name not in given, -min(len(_name_words(name)), 3), -counts[name], name),
    )
