"""What a subject is called in a dossier: each of its words with the forms that stand for it.

The press desk's reading of "le vote à l'ONU": spellings of names, the people of a country, word
families. A form is a stem, or two stems with a space between; its share is 1 for the word itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.generation import Generation
from knowledge.language.families import DERIVATION, family, lemma
from knowledge.language.places import Relation, expand_places, french_forms
from knowledge.language.terms import (
    fold,
    is_topical,
    normal_form,
    stem,
    tokenize,
    topical_tokens,
    word_list,
)

_PLACE_SHARES: tuple[tuple[Relation, float], ...] = (
    ("country", 0.9), ("demonym", 0.9), ("capital", 0.55), ("seat", 0.55),
)  # fmt: skip
_SPELLING, _DERIVED, _SYNONYM = 0.95, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a subject speaks of: the words as written, its forms, and how rare it is.

    `known`: the dossier holds one of its forms; `named`: a proper name, without which the subject
    is another one.
    """

    text: str
    forms: tuple[tuple[str, float], ...]
    weight: float
    known: bool
    named: bool


def read_subject(generation: Generation, subject: str) -> tuple[Term, ...]:
    """The terms of a subject in the order of its words; () when no word carries a topic."""
    tokens = topical_tokens(subject)
    corrector = generation.annotations.corrector
    words = [corrector.correct(token.text) or token.text for token in tokens]
    terms: list[Term] = []
    at = 0
    while at < len(words):
        widths = [p.end_token for p in expand_places(words[at : at + 4]) if p.start_token == 0]
        width = max(widths, default=1)
        if normal_form(words[at]) not in word_list("fr/weak.txt"):
            printed = " ".join(token.text for token in tokens[at : at + width])
            terms.append(_term(generation, printed, words[at : at + width]))
        at += width
    return tuple(terms)


def _term(generation: Generation, printed: str, words: Sequence[str]) -> Term:
    own = _form(words)
    forms = {own: 1.0}

    def add(form: str, share: float) -> None:
        if form and share > forms.get(form, 0.0):
            forms[form] = share

    places = [p for p in expand_places(words) if p.end_token - p.start_token == len(words)]
    for place in places:
        for relation, share in _PLACE_SHARES:
            for name in french_forms(place.key, relation):
                add(_form([t.text for t in topical_tokens(name)]), share)
    if len(words) == 1:
        _add_spellings(generation, words[0], add)
        if not places:
            _add_family(generation, normal_form(words[0]), add)
    index = generation.index
    named = words[0][0].isupper() and normal_form(words[0]) in generation.annotations.name_words
    return Term(
        printed,
        tuple((form, share) for form, share in forms.items() if form == own or index.holds(form)),
        index.pair_idf(own) if " " in own else index.idf(own),
        any(index.holds(form) for form in forms),
        bool(places) or named,
    )


def _form(words: Sequence[str]) -> str:
    """The stem of a word, or the last two stems of a name of several."""
    return " ".join([stem(word) for word in words if is_topical(word)][-2:])


def _add_spellings(generation: Generation, word: str, add: Callable[[str, float], None]) -> None:
    """Other spellings of a name: the admin's table, then what sounds alike."""
    for canonical, others in generation.dossier.aliases.items():
        ends = [tokenize(one)[-1].text for one in (canonical, *others) if tokenize(one)]
        if fold(word) in map(fold, ends):
            for end in ends:
                add(stem(end), _SPELLING)
    names = generation.annotations
    if len(word) > _SHORT_NAME and normal_form(word) in names.name_words:
        for name, _ in names.sounds.lookup(word):
            add(stem(name), _SPELLING)


_SHORT_NAME = 3
"""Letters of names that too many words sound like."""


def _add_family(generation: Generation, form: str, add: Callable[[str, float], None]) -> None:
    inflected = generation.annotations.lemmas
    base = lemma(form) or form
    for one in (stem(base), *inflected.get(base, ())):
        add(one, _SPELLING)
    for word in dict.fromkeys((form, base)):
        for member, kind in family(word):
            for one in (stem(member), *inflected.get(normal_form(member), ())):
                add(one, _DERIVED if kind == DERIVATION else _SYNONYM)
