"""The word lists that the corpus room reads; each file says in its first lines what it is."""

import re
import unicodedata
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a list of `knowledge/language/fr`, split at tabs, without its comments."""
    text = (files("knowledge") / "language" / "fr" / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines)


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, any number a line."""
    return frozenset(word for row in rows(name) for cell in row for word in cell.split())


def _plain_letters() -> dict[int, str]:
    """Accented Latin letters -> plain ones, ligatures and curly marks -> what people type."""
    table = {ord(char): plain for char, plain in zip("’‘ʼœæß\xa0\u202f", _TYPED, strict=True)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base
    return table


_TYPED = ("'", "'", "'", "oe", "ae", "ss", " ", " ")
_PLAIN = _plain_letters()
_MAY_COMBINE = re.compile("[\u0300-\u1dff]")
_COMBINING = re.compile("[\u0300-\u036f]")


def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes: the form in which lines are compared."""
    text = text.lower().translate(_PLAIN)
    if text.isascii() or not _MAY_COMBINE.search(text):
        return text
    return _COMBINING.sub("", unicodedata.normalize("NFD", text))
