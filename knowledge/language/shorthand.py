"""What hurried readers write short: words ("manif") and the little words of a question ("pk")."""

import re
from functools import cache
from importlib import resources

from knowledge.language.families import headwords
from knowledge.language.terms import fold


def same(word_folded: str) -> tuple[str, ...]:
    """The whole words that a short one stands for, or the short ones of a whole word.

    In the order of the table, as written there; () for most words.
    """
    known = _shorthand()
    return next((known[word] for word in headwords(word_folded) if word in known), ())


def spell_out(question: str) -> str:
    """The question with its little words written out ("pk il part" -> "pourquoi il part").

    Only what is typed in lower case, but for the first word of a question without other capitals:
    "PK" and "CB" may be names.
    """
    for meant, pattern in _texting():
        question = pattern.sub(meant, question)
    return question


def _rows(name: str) -> list[list[str]]:
    text = (resources.files(__package__) / "fr" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


@cache
def _shorthand() -> dict[str, tuple[str, ...]]:
    table: dict[str, dict[str, None]] = {}
    for whole, *shorts in _rows("shorthand.tsv"):
        for short in shorts:
            table.setdefault(fold(short), {}).setdefault(whole)
            table.setdefault(fold(whole), {}).setdefault(short)
    return {word: tuple(others) for word, others in table.items()}


@cache
def _texting() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (meant, re.compile(rf"(?<![\w'’-])(?:{rule})(?![\w'’-])"))
        for meant, rule in _rows("texting.tsv")
    )
