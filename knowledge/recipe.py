"""What a generation is made with, beside the dossier: our code, the word lists, the options.

An upgrade must never answer from a stale index, so whatever decides what an index holds is part
of its digest. Like the dossier's files it is looked at twice: sizes and times at each start,
contents when these changed.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

_HERE = Path(__file__).parent
_ROOMS = ("annotations", "corpus", "language", "retrieval")
_FILES = ("model.py", "recipe.py", "store/codec.py", "store/layout.py", "store/segments.py")

_EXTRAS = ("pypdf",)
"""Packages whose presence changes what is read; the encoder is told apart in `mixed`."""


@dataclass(frozen=True, slots=True)
class Options:
    """Settings that change what a generation holds.

    `retrieval` asks for an encoder; "auto" takes it where the extra [semantic] is installed.
    `engine`: where the index is kept; "auto" takes Xapian for large dossiers where the extra
    [scale] is installed. `shards`: "host:port" of the machines that serve a large one.
    """

    max_file_mb: int = 20
    retrieval: Literal["auto", "lexical", "semantic"] = "lexical"
    engine: Literal["auto", "memory", "xapian"] = "auto"
    shards: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.shards and self.engine == "auto":
            # Shards hold what Xapian indexed, whatever the size.
            object.__setattr__(self, "engine", "xapian")


DEFAULT_OPTIONS = Options()


@cache
def quick_recipe() -> str:
    """A digest of names, sizes and times of change; equal means that nothing changed."""
    return _digest(f"{name}\0{status.st_size}\0{status.st_mtime_ns}" for name, status in _listed())


@cache
def exact_recipe() -> str:
    """A digest of contents: the same on every machine that has the same version."""
    return _digest(
        f"{name}\0{hashlib.sha256((_HERE / name).read_bytes()).hexdigest()}"
        for name, _ in _listed()
    )


def mixed(content: str, recipe: str, options: Options, encoder: str | None = None) -> str:
    """One digest of a dossier's content or fingerprint, a recipe, the options and the encoder.

    What `retrieval` asks for does not count, only the encoder that it gives; nor do the shards.
    """
    forced = "" if options.engine == "auto" else options.engine
    parts = (content, recipe, str(options.max_file_mb), encoder or "", forced)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _digest(lines: Iterator[str]) -> str:
    from knowledge.language.terms import ANALYZER_VERSION

    extras = [name for name in _EXTRAS if find_spec(name) is not None]
    whole = "\n".join([ANALYZER_VERSION, *extras, *lines])
    return hashlib.sha256(whole.encode()).hexdigest()


def _listed() -> Iterator[tuple[str, os.stat_result]]:
    for name in _FILES:
        yield name, (_HERE / name).stat()
    for room in _ROOMS:
        yield from _walk(room)


def _walk(room: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(_HERE / room) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _walk(f"{room}/{entry.name}")
        else:
            yield f"{room}/{entry.name}", entry.stat()
