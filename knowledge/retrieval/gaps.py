"""Parts of a dossier that did not answer: an error, unless somebody undertakes to tell of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from knowledge.errors import ShardSilent

_told: ContextVar[list[str] | None] = ContextVar("gaps", default=None)


@contextmanager
def tolerated() -> Iterator[list[str]]:
    """Inside, a search goes on without the parts that are silent; their names are listed here."""
    listed: list[str] = []
    before = _told.set(listed)
    try:
        yield listed
    finally:
        _told.reset(before)


def missing(parts: list[str]) -> None:
    """Says that these parts are missing. Raises: ShardSilent where nobody tells of it."""
    listed = _told.get()
    if listed is None:
        raise ShardSilent(", ".join(parts))
    listed.extend(part for part in parts if part not in listed)
