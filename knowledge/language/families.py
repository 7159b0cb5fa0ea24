"""Word families of French press prose, and the infinitives of irregular verb forms.

They join what stems keep apart: "annexion" and "annexer", "élu" and "élire". Keys are folded
(lower case, no accents); words come back as written, accents and all, ready for the analyzer.
"""

from collections.abc import Iterator
from functools import cache
from importlib import resources

from knowledge.language.terms import fold

DERIVATION, SYNONYM = "derivation", "synonym"


def family(term_folded: str) -> tuple[tuple[str, str], ...]:
    """(other member, kind) for each word of the term's families, in the order of the table.

    "derivation" members share root and meaning; "synonym" members are close in press use, a
    weaker tie; a word that is both counts as a derivation. Unknown terms have none.
    """
    return _families().get(term_folded, ())


def lemma(form_folded: str) -> str | None:
    """The infinitive of an irregular verb form, None for any other word.

    Forms that are a common word without their accent ("né", "dû") are only known with it.
    """
    return _lemmas().get(form_folded)


def _rows(name: str) -> Iterator[list[str]]:
    text = (resources.files(__package__) / "fr" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _families() -> dict[str, tuple[tuple[str, str], ...]]:
    members: dict[str, dict[str, str]] = {}
    # Derivations stand before synonyms in the table, so that setdefault keeps the stronger.
    for kind, *words in _rows("families.tsv"):
        for word in words:
            others = members.setdefault(fold(word), {})
            for other in words:
                if other != word:
                    others.setdefault(other, kind)
    return {word: tuple(others.items()) for word, others in members.items()}


@cache
def _lemmas() -> dict[str, str]:
    lemmas: dict[str, str] = {}
    for form, infinitive in _rows("irregular.tsv"):
        if form not in _ACCENTED_ONLY:
            lemmas.setdefault(fold(form), infinitive)
        lemmas[form] = infinitive
    return lemmas


_ACCENTED_ONLY = frozenset({"né", "née", "nés", "nées", "dû", "allé", "croît"})
"""Folded, these are "ne", "nee", "du"…, words of their own or nothing."""
