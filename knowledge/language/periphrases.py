"""Expressions of several words that the press prints for one thing ("chef d'État", "président")."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from knowledge.language.terms import is_topical, stem, tokenize

Stems = tuple[str, ...]


def width(words: Sequence[str]) -> int:
    """How many topical words from the first on make one expression of the table; 1 for none."""
    stems = tuple(stem(word) for word in words[: _longest()])
    return next((n for n in range(len(stems), 1, -1) if stems[:n] in _table()), 1)


def others(words: Sequence[str], *, stemmed: bool = False) -> tuple[Stems, ...]:
    """The topical stems of each expression that stands for the same; () for most words."""
    stems = tuple(words) if stemmed else tuple(stem(word) for word in words)
    return _table().get(stems, ())


@cache
def _table() -> dict[Stems, tuple[Stems, ...]]:
    text = (resources.files(__package__) / "fr/periphrases.tsv").read_text("utf-8")
    table: dict[Stems, dict[Stems, None]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        row = [_stems(expression) for expression in line.split("\t")]
        for one in row:
            for other in row:
                # Two single words are a matter of families, which weigh them.
                if other != one and len(one) + len(other) > 2:
                    table.setdefault(one, {}).setdefault(other)
    return {one: tuple(found) for one, found in table.items()}


@cache
def _longest() -> int:
    return max(len(stems) for stems in _table())


def _stems(expression: str) -> Stems:
    return tuple(stem(t.text) for t in tokenize(expression) if is_topical(t.text))
