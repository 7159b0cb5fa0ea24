"""What a subject is called in a dossier: each of its words with the forms that stand for it.

The press desk's reading of "le vote à l'ONU": spellings of names, the people of a country, word
families. A form is a stem, or two stems with a space between; its share is 1 for the word itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.forms import forms_of, idf_of
from knowledge.generation import Generation
from knowledge.language.places import expand_places
from knowledge.language.terms import (
    normal_form,
    topical_tokens,
    word_list,
)


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
    own, forms = forms_of(generation, words)
    index = generation.index
    named = words[0][0].isupper() and normal_form(words[0]) in generation.annotations.name_words
    return Term(
        printed,
        tuple((form, share) for form, share in forms.items() if form == own or index.holds(form)),
        idf_of(generation, own),
        any(index.holds(form) for form in forms),
        bool(expand_places(words)) or named,
    )
