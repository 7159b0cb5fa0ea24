"""Expressions of several words that the press prints for one thing ("chef d'État", "président")."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from knowledge.language.families import lemma
from knowledge.language.terms import is_topical, normal_form, stem, tokenize

Words = tuple[str, ...]


def width(words: Sequence[str]) -> int:
    """How many topical words from the first on make one expression of the table; 1 for none."""
    key = _key(words[: _longest()])
    return next((n for n in range(len(key), 1, -1) if key[:n] in _table()), 1)


def others(words: Sequence[str], *, stemmed: bool = False) -> tuple[Words, ...]:
    """The topical words of each expression that stands for the same; () for most words.

    A verb is asked and listed in any of its forms ("font partie"): its infinitive stands among
    them too. `stemmed`: the words are stems.
    """
    return _table().get(tuple(words) if stemmed else _key(words), ())


@cache
def _table() -> dict[Words, tuple[Words, ...]]:
    text = (resources.files(__package__) / "fr/periphrases.tsv").read_text("utf-8")
    table: dict[Words, dict[Words, None]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        row = [
            tuple(t.text for t in tokenize(expression) if is_topical(t.text))
            for expression in line.split("\t")
        ]
        for one in row:
            # Two single words are a matter of families, which weigh them.
            standing = [other for other in row if len(one) + len(other) > 2]
            if standing:
                table.setdefault(_key(one), {}).update(dict.fromkeys(standing))
    return {one: tuple(found) for one, found in table.items()}


@cache
def _longest() -> int:
    return max(len(key) for key in _table())


def _key(words: Sequence[str]) -> Words:
    """The stems of the words, an irregular verb by its infinitive ("mise à l'écart" too)."""
    return tuple(stem(_infinitive(normal_form(word)) or word) for word in words)


def _infinitive(form: str) -> str | None:
    return lemma(form) or lemma(form.removesuffix("s").removesuffix("e"))
