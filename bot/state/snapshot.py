"""Copies of databases that are in use, each read again before it counts."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.state.errors import StateError, translate

BUSY_SECONDS = 10.0


def copy(source: Path, target: Path) -> None:
    """Writes the database's state of this moment to a new file, while others read and write it.

    The copy has passed SQLite's integrity check and needs no -wal file.
    Raises: StateError; StateDamaged names the source.
    """
    try:
        with (
            closing(sqlite3.connect(_read_only(source), timeout=BUSY_SECONDS, uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
            sound = [str(row[0]) for row in new.execute("PRAGMA integrity_check(1)")] == ["ok"]
    except sqlite3.Error as error:
        raise translate(error, source) from error
    if not sound:
        raise _damaged(source)


def check(path: Path) -> None:
    """Opens a database and checks its integrity, writing nothing. Raises: StateError."""
    try:
        with closing(sqlite3.connect(_read_only(path), uri=True)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(1)")]
    except sqlite3.Error as error:
        raise translate(error, path) from error
    if found != ["ok"]:
        raise _damaged(path)


def steps_of(path: Path) -> frozenset[str]:
    """The migrations that this database of the lasting state has seen. Raises: StateError."""
    try:
        with closing(sqlite3.connect(_read_only(path), uri=True)) as connection:
            return frozenset(
                str(row[0]) for row in connection.execute("SELECT name FROM migrations")
            )
    except sqlite3.Error as error:
        raise translate(error, path) from error


def is_free(path: Path) -> bool:
    """Whether no other process holds the database open; its -wal file is folded into it then.

    A file that is no sound database is nobody's, too.
    """
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            # Leaving the WAL mode needs the file for oneself, so it tells even an idle bot.
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    except sqlite3.DatabaseError:
        return True
    return True


def _damaged(path: Path) -> StateError:
    return translate(sqlite3.DatabaseError("malformed"), path)


def _read_only(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro"
