"""Word families of French press prose, and the infinitives of irregular verb forms.

They join what stems keep apart: "annexion" and "annexer", "élu" and "élire". Keys are folded
(lower case, no accents); words come back as written, accents and all, ready for the analyzer.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from knowledge.language.terms import fold
from knowledge.language.wordset import is_french

DERIVATION, SYNONYM = "derivation", "synonym"


def family(term_folded: str) -> tuple[tuple[str, str], ...]:
    """(other member, kind) for each word of the term's families, in the order of the table.

    "derivation" members share root and meaning; "synonym" members are close in press use, a
    weaker tie; a word that is both counts as a derivation. A regular inflection ("dirigeants",
    "annoncees") has the family of its headword. Unknown terms have none.
    """
    known = _families()
    return next((_members(word) for word in headwords(term_folded) if word in known), ())


def headwords(form_folded: str) -> Iterator[str]:
    """The form and what it may be a regular inflection of, the likeliest first; not all exist."""
    yield form_folded
    for ending, bases in _ENDINGS:
        if form_folded.endswith(ending) and len(form_folded) - len(ending) >= _SHORTEST_ROOT:
            root = form_folded.removesuffix(ending)
            yield from (root + base for base in bases)


def counterparts(form_folded: str) -> tuple[str, ...]:
    """The agent of the other gender where stems keep the two apart ("directrice", "directeur")."""
    if form_folded.endswith("eur"):
        found = tuple(f"{form_folded[:-3]}{ending}" for ending in ("euse", "rice"))
    elif form_folded.endswith(("euse", "euses", "trice", "trices")):
        found = tuple(word for word in headwords(form_folded) if word.endswith("eur"))
    else:
        return ()
    return tuple(word for word in found if is_french(word))


def lemma(form_folded: str) -> str | None:
    """The infinitive of an irregular verb form, None for any other word.

    Forms that are a common word without their accent ("né", "dû") are only known with it.
    """
    return _lemmas().get(form_folded) or _lemma_of_future(form_folded)


def _lemma_of_future(form_folded: str) -> str | None:
    """The irregular infinitive that a future or a conditional is made of ("rendra")."""
    future = _FUTURE.fullmatch(form_folded)
    if future is None:
        return None
    return next((i for i in (future[1] + "e", future[1]) if i in _irregular()), None)


_FUTURE = re.compile(r"(\w{2,}r)(?:ai|as|a|ons|ez|ont|ais|ait|ions|iez|aient)")


@cache
def _irregular() -> frozenset[str]:
    return frozenset(fold(infinitive) for infinitive in _lemmas().values())


_SHORTEST_ROOT = 3
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # Nouns and adjectives first: "livres" is of "livre" before it is of "livrer".
    ("s", ("",)), ("x", ("",)), ("aux", ("al",)),
    ("trices", ("teur",)), ("trice", ("teur",)), ("euses", ("eur", "eux")),
    ("euse", ("eur", "eux")), ("ives", ("if",)), ("ive", ("if",)),
    ("ieres", ("ier",)), ("iere", ("ier",)), ("nnes", ("n",)), ("nne", ("n",)),
    ("lles", ("l",)), ("lle", ("l",)),
    # Then verbs, the longest ending first: "annoncees", "annonceraient", "reunissaient".
    ("issaient", ("ir",)), ("eraient", ("er",)), ("iraient", ("ir",)), ("issait", ("ir",)),
    ("issant", ("ir",)), ("issent", ("ir",)), ("erait", ("er",)), ("irait", ("ir",)),
    ("eront", ("er",)), ("iront", ("ir",)), ("erent", ("er",)), ("irent", ("ir",)),
    ("eaient", ("er",)), ("aient", ("er",)), ("eait", ("er",)), ("eant", ("er",)),
    ("era", ("er",)), ("ira", ("ir",)), ("ees", ("er",)), ("ies", ("ir",)),
    ("ait", ("er",)), ("ant", ("er",)), ("ent", ("er",)), ("ee", ("er",)), ("es", ("er", "")),
    ("ie", ("ir",)), ("is", ("ir",)), ("it", ("ir",)), ("ea", ("er",)),
    ("e", ("er", "")), ("a", ("er",)), ("i", ("ir",)),
)  # fmt: skip
"""(ending, what stands in its place in a headword), folded, tried in this order."""


def _rows(name: str) -> Iterator[tuple[list[str], list[str]]]:
    """(the columns of a row, the same folded)."""
    text = (resources.files(__package__) / "fr" / name).read_text(encoding="utf-8")
    # Folded as a whole: one by one the 12,000 words take 20 ms of each start.
    for line, folded in zip(text.splitlines(), fold(text).splitlines(), strict=True):
        if line and not line.startswith("#"):
            yield line.split("\t"), folded.split("\t")


@cache
def _families() -> dict[str, list[tuple[str, list[str]]]]:
    """The rows that each folded word stands in: (kind, the words of the row)."""
    rows: dict[str, list[tuple[str, list[str]]]] = {}
    for (kind, *words), (_, *folded) in _rows("families.tsv"):
        row = (kind, words)
        for word in folded:
            rows.setdefault(word, []).append(row)
    return rows


@lru_cache(maxsize=10_000)
def _members(word_folded: str) -> tuple[tuple[str, str], ...]:
    members: dict[str, str] = {}
    # Derivations stand before synonyms in the table, so that setdefault keeps the stronger.
    for kind, words in _families()[word_folded]:
        for word in words:
            if fold(word) != word_folded:
                members.setdefault(word, kind)
    return tuple(members.items())


@cache
def _lemmas() -> dict[str, str]:
    lemmas: dict[str, str] = {}
    for (form, infinitive), (folded, _) in _rows("irregular.tsv"):
        if form not in _ACCENTED_ONLY:
            lemmas.setdefault(folded, infinitive)
        lemmas[form] = infinitive
    return lemmas


_ACCENTED_ONLY = frozenset({"né", "née", "nés", "nées", "dû", "allé", "croît"})
"""Folded, these are "ne", "nee", "du"…, words of their own or nothing."""
