"""Who is meant by "le président kazakh": offices that the text gives to a name."""

from collections.abc import Iterable, Iterator, Mapping

from knowledge.language.names import NameSpan
from knowledge.language.nouns import type_of_noun
from knowledge.language.patterns import later
from knowledge.language.places import expand_places, french_forms
from knowledge.language.terms import fold, is_topical, stem, tokenize

_BEFORE = later(
    r"(?:(?<!\w)(?:[Ll][ea]|[Ss]on|[Ss]a)\s|(?<!\w)[Ll]['’])(?P<role>(?:[\w'’-]+\s){2,6})$"
)
_CAPITAL_OFFICES = frozenset({"etat", "affaires", "premier", "premiere", "defense", "interieur"})
_RELATIVE = frozenset({"homologue", "homme", "femme", "personne"})
"""Nouns that name somebody only by what was said before."""
_HOLLOW = frozenset({"chef", "cheffe", "secretaire", "membre", "elu", "elue"})
"""Heads of an office that say nothing without what follows them."""
_AFTER = later(
    r",\s(?:l[ea]\s|l['’])?"
    r"(?P<role>[\w-]+(?:\s(?:d[eu]s?|de la|de l['’]|d['’])?\s?[\w'’-]+){1,4})[,.]"
)


def find_roles(texts: Iterable[tuple[str, Iterable[NameSpan]]]) -> Mapping[str, tuple[str, ...]]:
    """Stem of a name's last word -> the offices that stand for its bearer.

    `texts`: each with its names.
    An office with a country in it counts as pairs of stems ("le président kazakh Kassym-Jomart
    Tokaïev", "Kassym-Jomart Tokaïev, le président du Kazakhstan"): the country's other forms count
    too. An office without one ("la maire de Lorgnac, Maud Sorgues") is one stem, and stands for its
    bearer where the texts give it to nobody else.
    """
    return settled(one for text, names in texts for one in offices_in(text, names))


def offices_in(text: str, names: Iterable[NameSpan]) -> Iterator[tuple[str, str]]:
    """(stem of a name's last word, an office that the text gives to it): what `settled` judges."""
    for name in names:
        key = stem(tokenize(name.text)[-1].text)
        for pairs in _offices(text, name):
            yield from ((key, pair) for pair in pairs)
        yield from ((key, office) for office in _plain_offices(text, name))


def settled(given: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """What `find_roles` gives, from all that the texts of a dossier give to names."""
    roles: dict[str, dict[str, None]] = {}
    bearers: dict[str, dict[str, None]] = {}
    for name, office in given:
        if " " in office:
            roles.setdefault(name, {}).setdefault(office)
        else:
            bearers.setdefault(office, {}).setdefault(name)
    held = {(pair.split()[0], name) for name, pairs in roles.items() for pair in pairs}
    for office, known in bearers.items():
        others = {name for other, name in held if other == office}
        if len(known) == 1 and others <= known.keys():
            roles.setdefault(next(iter(known)), {}).setdefault(office)
    return {name: tuple(sorted(offices)) for name, offices in sorted(roles.items())}


def _offices(text: str, name: NameSpan) -> Iterable[tuple[str, ...]]:
    near = (
        _BEFORE.search(text, max(0, name.start - 90), name.start),
        _AFTER.match(text, name.end),
    )
    for match in near:
        if match is not None and (pairs := _pairs(match["role"])):
            yield pairs


_PLAIN_BEFORE = later(
    r"(?<!\w)(?:[Ll][ea]\s|[Ll]['’])(?P<office>[a-zà-ÿ-]{4,})"
    r"(?:\s(?:d[eu]s?|de la|de l['’]|d['’])\s?[\w'’-]+(?:\s[\w'’-]+){0,3})?,?\s$"
)
_PLAIN_AFTER = later(r",\s(?:l[ea]\s|l['’])?(?P<office>[a-zà-ÿ-]{4,})(?=[\s,.])")


def _plain_offices(text: str, name: NameSpan) -> Iterable[str]:
    near = (
        _PLAIN_BEFORE.search(text, max(0, name.start - 90), name.start),
        _PLAIN_AFTER.match(text, name.end),
    )
    for match in near:
        if match is None or fold(match["office"]) in _RELATIVE | _HOLLOW:
            continue
        if type_of_noun(match["office"]) == "person":
            yield stem(match["office"])


def _pairs(role: str) -> tuple[str, ...]:
    """The office with its country in every form: "president kazakh", "president kazakhstan"."""
    words = [token.text for token in tokenize(role) if is_topical(token.text)]
    if any(word[0].isupper() and fold(word) not in _CAPITAL_OFFICES and not expand_places([word])
           for word in words):  # fmt: skip
        return ()
    if not any(type_of_noun(word) == "person" and fold(word) not in _RELATIVE for word in words):
        return ()
    for place in expand_places(words):
        if place.relation not in ("country", "demonym") or not place.start_token > 0:
            continue
        office = stem(words[place.start_token - 1])
        forms = [*french_forms(place.key, "country"), *french_forms(place.key, "demonym")]
        stems = {stem(tokenize(form)[0].text) for form in forms if len(tokenize(form)) == 1}
        return tuple(sorted(f"{office} {one}" for one in stems))
    return ()
