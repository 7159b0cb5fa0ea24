"""Every form in which a dossier may print a word: spellings, peoples, families, offices, acronyms.

A form is a stem, or two stems with a space between for a pair of neighbours ("etat uni"). Its share
says how well it stands for the word: 1 for the word itself.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, pairwise

from knowledge.generation import Generation
from knowledge.language import periphrases
from knowledge.language.families import counterparts, family, headwords, lemma
from knowledge.language.places import Relation, expand_places, french_forms
from knowledge.language.shorthand import same
from knowledge.language.terms import fold, is_topical, normal_form, stem, tokenize
from knowledge.language.wordset import is_french

SPELLING_SHARE = 0.95
"""Another spelling of the same name."""
PLACE_SHARES: Mapping[Relation, float] = {
    "country": 0.9, "demonym": 0.9, "capital": 0.55, "seat": 0.55,
}  # fmt: skip
"""A capital or a palace stands for its government, but is also a place of its own."""
DERIVED_SHARE = 0.85
SYNONYM_SHARE = 0.6
PERIPHRASE_SHARE = 0.8
"""Two words for one: "chef d'État" for "président"."""
SHORTEST_STEM = 4
"""A shorter stem of another, longer word is left out: "dose" and "dos" would be one."""
ROLE_SHARE = 0.75
"""An office that the text gives to the name ("le président kazakh")."""
ACRONYM_SHARE = 0.95
"""An acronym and the name that the dossier gives for it, by its first two words at least."""
INNER_SHARE = 0.6
"""Two neighbours inside the name that an acronym stands for ("nationale indépendante", Céni)."""
PART_SHARE = 0.55
"""An acronym where only a part of its name is asked ("la sûreté nucléaire", ASNR): it is found by
it, and may still answer."""

Forms = Sequence[tuple[str, float]]
"""Forms with their shares."""
Adder = Callable[[str, float], None]
"""Adds a form with its share to a concept under way."""


def forms_of(
    generation: Generation, words: Sequence[str], short: Iterable[Forms] = ()
) -> tuple[str, dict[str, float]]:
    """(the form of the words themselves, every form with its share); `words` name one thing.

    `short`: the acronyms of each word, as `acronyms_of` gives them.
    """
    stems = tuple(stem(word) for word in words)
    own = _form(stems)
    index = generation.index
    forms: dict[str, float] = {own: 1.0}

    def add(form: str, share: float) -> None:
        if share > forms.get(form, 0.0):
            forms[form] = share

    for forms_beside in short:
        for form, share in forms_beside:
            add(form, share)
    for form in _aliases(generation).forms(stems):
        add(form, SPELLING_SHARE)
    for place in expand_places(words):
        if place.end_token - place.start_token == len(words):
            _add_places(place.key, place.relation, add)
    share = PERIPHRASE_SHARE if len(words) > 1 else SYNONYM_SHARE
    whole = same(normal_form(words[0])) if len(words) == 1 else ()
    expressions = [periphrases.others([word]) for word in whole]
    for others in (*periphrases.others(words), *chain.from_iterable(expressions)):
        first, *rest = (stem(word) for word in others)
        for one in (first, *generation.annotations.lemmas.get(normal_form(others[0]), ())):
            add(_form((one, *rest)), share)
    if len(words) == 1:
        for bare in _accented(words[0]):
            if index.holds(bare):
                add(bare, SPELLING_SHARE)
        _add_spellings(generation, words[0], add)
        _add_families(generation, words[0], add)
        _add_offices(generation, own, list(forms), add)
        _add_long_name(generation, words[0], add)
    return own, forms


def acronyms_of(generation: Generation, words: Sequence[str]) -> Sequence[Forms]:
    """For each of the topical words, in order, the acronyms of the names that they make up.

    A name is meant by its first two words at least; by two others of it, or its first and its last
    ("le parquet financier", PNF), it is found only, as when several names begin alike.
    """
    names = _long_names(generation)
    stems = [stem(word) for word in words]
    found: list[dict[str, float]] = [{} for _ in words]
    for at, one in enumerate(stems):
        runs = [(_run(stems[at:], name), name, form) for name, form in names.get(one, ())]
        longest = max((run for run, _, _ in runs), default=0)
        if longest < _LEAST_RUN:
            continue
        best = [(name, form) for run, name, form in runs if run == longest]
        meant = [(name, form) for name, form in best if len(name) == longest] or best
        for name, form in meant:
            opens = list(name[:_LEAST_RUN]) == stems[at : at + _LEAST_RUN]
            share = ACRONYM_SHARE if opens and len(meant) == 1 else PART_SHARE
            for near in found[at : at + longest]:
                near[form] = max(share, near.get(form, 0.0))
    return [tuple(forms.items()) for forms in found]


_LEAST_RUN = 2
"""Words of a name that mean it: the first alone ("la commission") is too common."""


def _run(stems: Sequence[str], name: Sequence[str]) -> int:
    """How many of the first stems stand side by side in the name, whose first or second one is.

    Two when they are the first and the last word of the name.
    """
    rest = name[name.index(stems[0]) :]
    pairs = enumerate(zip(stems, rest, strict=False))
    run = next((n for n, (one, other) in pairs if one != other), min(len(stems), len(rest)))
    outer = len(rest) == len(name) and list(stems[1:2]) == [name[-1]]
    return _LEAST_RUN if run < _LEAST_RUN and outer else run


def _long_names(generation: Generation) -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
    """First or second stem of a long name -> its stems, and the stem of its acronym."""

    def compute() -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
        table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for short, _, stems in generation.annotations.acronyms.values():
            for one in dict.fromkeys(stems[:2]):
                table.setdefault(one, []).append((stems, stem(short)))
        return table

    return generation.once("long names", compute)


def _add_long_name(generation: Generation, word: str, add: Adder) -> None:
    """The neighbouring words of the name for which the word is an acronym."""
    long = generation.annotations.acronyms.get(normal_form(word))
    if long is None:
        return
    add(stem(long.short), SPELLING_SHARE)
    for number, pair in enumerate(pairwise(long.stems)):
        add(" ".join(pair), INNER_SHARE if number else ACRONYM_SHARE)


class Aliases:
    """The dossier's own table of spellings: which stems stand for which."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._groups: dict[tuple[str, ...], dict[str, None]] = {}
        for canonical in sorted(table):
            spellings = [canonical, *table[canonical]]
            keys = [_stems(spelling) for spelling in spellings]
            for key in keys:
                group = self._groups.setdefault(key, {})
                group.update(dict.fromkeys(_form(other) for other in keys if other != key))
        self.longest = max((len(key) for key in self._groups), default=0)

    def forms(self, stems: tuple[str, ...]) -> tuple[str, ...]:
        """The forms that stand for these stems; () when the table does not say."""
        return tuple(form for form in self._groups.get(stems, ()) if form)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(token.text) for token in tokenize(text) if is_topical(token.text))


def _form(stems: tuple[str, ...]) -> str:
    return " ".join(stems[-2:])


def _aliases(generation: Generation) -> Aliases:
    return generation.once("aliases", lambda: Aliases(generation.dossier.aliases))


def _add_offices(generation: Generation, own: str, forms: Sequence[str], add: Adder) -> None:
    """The offices that the texts give to the name, or the only holder of the office."""
    holders = _holders(generation).get(own, ())
    if len(holders) == 1:
        add(holders[0], ROLE_SHARE)
    for form in forms:
        for pair in generation.annotations.roles.get(form, ()):
            add(pair, ROLE_SHARE)
            for others in periphrases.others(pair.split(), stemmed=True):
                add(_form(tuple(stem(word) for word in others)), ROLE_SHARE)


def _holders(generation: Generation) -> Mapping[str, tuple[str, ...]]:
    """Stem of an office -> stems of the last names that the texts give it to."""

    def compute() -> Mapping[str, tuple[str, ...]]:
        held: dict[str, dict[str, None]] = {}
        for name, offices in generation.annotations.roles.items():
            for pair in offices:
                held.setdefault(pair.split()[0], {}).setdefault(name)
        return {office: tuple(names) for office, names in held.items()}

    return generation.once("holders", compute)


_PARTICIPLE = re.compile(r"ée?s?$")
_BARE_PARTICIPLE = re.compile(r"(?P<root>\w{3,})e(?P<ending>e?s?)")


def _accented(word: str) -> tuple[str, ...]:
    """The stem of a participle typed without its accent ("licencies" for "licenciés")."""
    found = _BARE_PARTICIPLE.fullmatch(normal_form(word)) if word.isascii() else None
    return (stem(f"{found['root']}é{found['ending']}"),) if found else ()


def idf_of(generation: Generation, form: str) -> float:
    """The idf of a stem, or of a pair of stems."""
    return generation.index.pair_idf(form) if " " in form else generation.index.idf(form)


def _add_places(key: str, relation: Relation, add: Adder) -> None:
    strength = 1.0 if relation in ("country", "demonym") else PLACE_SHARES[relation]
    for other, share in PLACE_SHARES.items():
        if strength < 1.0 and other in ("capital", "seat"):
            continue
        for printed in french_forms(key, other):
            add(_form(_stems(printed)), share * strength)


def _add_spellings(generation: Generation, word: str, add: Adder) -> None:
    names = generation.annotations
    if len(word) < 4 or not (word[0].isupper() or normal_form(word) in names.name_words):
        return
    for name, _ in names.sounds.lookup(word):
        add(stem(name), SPELLING_SHARE)


def _add_families(generation: Generation, word: str, add: Adder) -> None:
    form = normal_form(word)
    if not generation.index.holds(stem(word)):
        for verb in headwords(form):  # Snowball leaves "apprécient" as it is
            if verb != form and verb.endswith(("er", "ir")) and is_french(verb):
                add(stem(verb), SPELLING_SHARE)
        for agent in counterparts(form):
            add(stem(agent), DERIVED_SHARE)
    inflected = generation.annotations.lemmas
    for one in inflected.get(lemma(form) or form, ()):
        add(one, SPELLING_SHARE)
    verb = _PARTICIPLE.sub("er", word.lower())
    for base in dict.fromkeys((form, lemma(form) or form, fold(verb), *same(form))):
        if base != form:
            add(stem(base), SPELLING_SHARE)
        for member, kind in family(fold(base)):
            share = DERIVED_SHARE if kind == "derivation" else SYNONYM_SHARE
            agents = (stem(other) for other in counterparts(fold(member)))
            for one in (stem(member), *agents, *inflected.get(normal_form(member), ())):
                if len(one) >= SHORTEST_STEM or one == fold(member):
                    add(one, share)
