"""SQLite's errors, told as ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import StoreDamaged, StoreError, StoreFull, StoreLocked, StoreTooNew

_WAITING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_UNWRITABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code: the low byte of the extended one; 0 when there is none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def damaged(path: Path) -> StoreDamaged:
    """The error for a file that is no database of ours, or whose content does not add up."""
    return StoreDamaged(path, f"L'index {path} est endommagé : il est mis de côté et refait.")


def unwritable(path: Path) -> StoreFull:
    """The error for a full disk, a read-only file system or missing rights."""
    return StoreFull(
        path,
        f"L'index {path} ne peut pas être écrit (disque plein, protégé ou droits manquants) :"
        " libérez de la place ou changez DATA_DIR.",
    )


def too_new(path: Path) -> StoreTooNew:
    """The error for a database that a later version wrote."""
    return StoreTooNew(
        path,
        f"L'index {path} a été écrit par une version plus récente de Dossier : mettez Dossier à"
        " jour, ou supprimez ce fichier, qui sera refait.",
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns what SQLite and the file system raise into a StoreError with one sentence."""
    try:
        yield
    except OSError as error:
        raise unwritable(path) from error
    except sqlite3.Error as error:
        code = primary_code(error)
        short = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHORT_READ
        if code in _WAITING:
            raise StoreLocked(
                path,
                f"L'index {path} est occupé par un autre programme : attendez qu'il ait fini, puis"
                " recommencez.",
            ) from error
        # SQLITE_ERROR is "no such table": half a database of ours, or somebody else's.
        if code in _BROKEN or short or code == sqlite3.SQLITE_ERROR:
            raise damaged(path) from error
        if code in _UNWRITABLE:
            raise unwritable(path) from error
        raise StoreError(path, f"L'index {path} ne peut pas servir ({error}).") from error
