"""What nouns of a question call for: a person, a place, a number in some unit."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Literal, get_args

from knowledge.language.families import headwords, lemma
from knowledge.language.terms import fold

Wanted = Literal[
    "person", "organisation", "place", "date", "number", "reason", "manner", "quote",
    "definition", "list", "thing", "-",
]  # fmt: skip
"""The kind of words that would answer."""


@cache
def _answer_types() -> dict[str, Wanted]:
    wanted: dict[str, Wanted] = {name: name for name in get_args(Wanted)}
    text = (resources.files(__package__) / "fr/answer_types.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {fold(noun): wanted[kind] for kind, nouns in rows for noun in nouns.split()}


def type_of_noun(noun: str) -> Wanted | None:
    """What a noun asked for calls for ("ville" -> place); None when the list does not say."""
    form = fold(noun)
    types = _answer_types()
    return types.get(form) or types.get(form.rstrip("sx"))


@cache
def _measures() -> dict[str, tuple[str, ...]]:
    text = (resources.files(__package__) / "fr/measures.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        fold(noun): tuple(fold(unit) for unit in units.split())
        for _, nouns, units in rows
        for noun in nouns.split()
    }


def units_of(word: str) -> tuple[str, ...]:
    """The units that a measured thing is counted in ("superficie"); () when any would do."""
    form = fold(word)
    measures = _measures()
    if form in measures or form.rstrip("s") in measures:
        return measures.get(form) or measures[form.rstrip("s")]
    return next((measures[base] for base in _infinitives(form) if base in measures), ())


def _infinitives(form: str) -> Iterator[str]:
    irregular = lemma(form)
    if irregular:
        yield fold(irregular)
    yield from (word for word in headwords(form) if word.endswith(("er", "ir", "re")))


@cache
def _counted() -> dict[str, tuple[str, ...]]:
    text = (resources.files(__package__) / "fr/counted.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {fold(noun): tuple(by.split()) for nouns, by in rows for noun in nouns.split()}


def counted_by(noun: str) -> tuple[str, ...]:
    """The nouns by which an article may count the thing ("gamin" -> "écolier"…); () for most."""
    form = fold(noun)
    table = _counted()
    return table.get(form) or table.get(form.rstrip("sx"), ())


def is_unit(unit: str, allowed: Sequence[str]) -> bool:
    """Whether a unit as printed is one of those allowed ("*" ends a stem)."""
    form = fold(unit)
    return any(form.startswith(one[:-1]) if one.endswith("*") else form == one for one in allowed)
