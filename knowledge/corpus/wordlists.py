"""The word lists that the corpus room reads; each file says in its first lines what it is."""

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


_PLAIN = str.maketrans({"’": "'", "‘": "'", "œ": "oe", "æ": "ae", "\xa0": " ", "\u202f": " "})


def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes: the form in which lines are compared."""
    text = text.lower().translate(_PLAIN)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
