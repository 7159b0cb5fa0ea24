"""What a question asks: its kind, what is wanted, and the noun that it turns on."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, get_args

from knowledge.language.terms import Token, fold, is_topical, normal_form, tokenize
from knowledge.model import QuestionKind

Wanted = Literal[
    "person", "organisation", "place", "date", "number", "reason", "manner", "quote",
    "definition", "list", "thing", "-",
]  # fmt: skip
"""The kind of words that would answer."""

_NEGATION = re.compile(r"\bn(?:e |')\w.{0,40}?\b(?:pas|jamais|plus|aucune?|rien|ni|personne)\b")
_OFFICE = re.compile(r"^quel(?:le)? (?:est|etait) (?:le |la |l')")
_ASKED_NOUN = re.compile(
    r"\b(?:quel(?:le)?s?|combien)\b"
    r"(?: (?:est|sont|etait|etaient|fut|furent|sera|seront|serait|a ete|ont ete)(?:[- ]ce que?)?)?"
    r"(?: ?(?:les?|la|l'|un|une|du|des|de|d'|son|sa|ses|leurs?|cette?|ces?))* ?",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks. `focus` is the noun after "quel" or "combien de", if any."""

    kind: QuestionKind
    wanted: Wanted
    focus: Token | None
    negated: bool
    office: bool = False
    """Who holds an office is asked ("qui est le président de…"), not who did something."""


@cache
def _patterns() -> tuple[tuple[QuestionKind, Wanted, re.Pattern[str]], ...]:
    kinds: dict[str, QuestionKind] = {kind: kind for kind in get_args(QuestionKind)}
    wanted: dict[str, Wanted] = {name: name for name in get_args(Wanted)}
    text = (resources.files("knowledge.language") / "fr/kinds.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((kinds[kind], wanted[want], re.compile(rule)) for kind, want, rule in rows)


@cache
def _answer_types() -> dict[str, Wanted]:
    wanted: dict[str, Wanted] = {name: name for name in get_args(Wanted)}
    text = (resources.files("knowledge.language") / "fr/answer_types.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {fold(noun): wanted[kind] for kind, nouns in rows for noun in nouns.split()}


def type_of_noun(noun: str) -> Wanted | None:
    """What a noun asked for calls for ("ville" -> place); None when the list does not say."""
    form = fold(noun)
    types = _answer_types()
    return types.get(form) or types.get(form.rstrip("sx"))


@cache
def _measures() -> dict[str, tuple[str, ...]]:
    text = (resources.files("knowledge.language") / "fr/measures.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {
        fold(noun): tuple(fold(unit) for unit in units.split())
        for _, nouns, units in rows
        for noun in nouns.split()
    }


def units_of(word: str) -> tuple[str, ...]:
    """The units that a measured thing is counted in ("superficie"); () when any would do."""
    form = fold(word)
    return _measures().get(form) or _measures().get(form.rstrip("s"), ())


def is_unit(unit: str, allowed: Sequence[str]) -> bool:
    """Whether a unit as printed is one of those allowed ("*" ends a stem)."""
    form = fold(unit)
    return any(
        form.startswith(one[:-1]) if one.endswith("*") else form == one for one in allowed
    )


def marked(text: str) -> str:
    """The text folded for the patterns: "où" stays apart from "ou"."""
    lowered = unicodedata.normalize("NFC", text).lower()
    lowered = re.sub(r"\boù\b", "ou_", lowered)
    lowered = re.sub(r"^(?:d'|jusqu')?ou\b(?! bien)", "ou_", lowered)
    return re.sub(r"\s+", " ", fold(lowered)).strip()


def understand(question: str) -> Asked:
    """What the question asks; "keywords" when no pattern fits.

    A pattern of the beginning of the sentence wins over one further on only by its place in the
    list, which puts the more telling ones first.
    """
    text = marked(question)
    focus = asked_noun(question)
    negated = bool(_NEGATION.search(text))
    for kind, wanted, pattern in _patterns():
        if not pattern.search(text):
            continue
        if kind in ("what", "list", "how") and focus is not None:
            noun_type = type_of_noun(focus.text)
            if noun_type == "number":
                return Asked("how_many", "number", focus, negated)
            if noun_type is not None and wanted == "thing":
                office = noun_type == "person" and bool(_OFFICE.match(text))
                return Asked(kind, noun_type, focus, negated, office)
        if kind == "who" and re.match(r"^qui (est|sont|etait|etaient)[- ](?!ce\b)", text):
            office = re.match(r"^qui (?:est|sont|etait|etaient) (?:actuellement )?(?:les? |la |l')", text)
            return Asked("who", "person", None, negated, office is not None)
        return Asked(kind, wanted, focus, negated)
    if question.rstrip().endswith("?") and len(topical(question)) > 2:
        return Asked("yes_no", "-", None, negated)
    return Asked("keywords", "-", None, negated)


def topical(text: str) -> tuple[Token, ...]:
    """The tokens of the question that carry a topic."""
    return tuple(token for token in tokenize(text) if is_topical(token.text))


def asked_noun(question: str) -> Token | None:
    """The noun after "quel", "quelle est la" or "combien de"; None without one."""
    folded = "".join(fold(c) if len(fold(c)) == 1 else "o" for c in question)
    match = _ASKED_NOUN.search(folded)
    if match is None:
        return None
    for token in tokenize(question):
        if token.start >= match.end():
            form = normal_form(token.text)
            return token if form.isalpha() and is_topical(token.text) else None
    return None
