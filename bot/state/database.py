"""The database underneath the lasting state, through sqlite-utils.

Reading and writing take fractions of a millisecond, so the event loop calls them directly. A
failure is logged and told to `on_trouble`, and gives "nothing": answering goes on without it.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from bot.state.errors import StateError, translate
from bot.state.pseudonyms import number_key, reader_name, salt_of
from bot.state.schema import is_current, migrate
from bot.state.statements import Plain, Statements

BUSY_MILLISECONDS = 2000

_LOG = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class Tables:
    """An open database. Safe to call from several threads."""

    def __init__(
        self, db: Statements, path: Path | str, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._db = db
        self._path = path
        self._clock = clock
        self._lock = threading.RLock()
        self.on_trouble: Callable[[StateError], None] = lambda _: None
        self.on_recovery: Callable[[], None] = lambda: None
        """Told of the first write that works after one that did not."""
        self._failing = False
        self._salt = salt_of(db)
        self.plain = False
        """Whether numbers of readers and chats are kept as they are (READER_IDS=plain)."""

    @classmethod
    def open(cls, path: Path | None, clock: Callable[[], datetime] = utc_now) -> Self:
        """The database at this path, made if it is not there; None: one that does not last.

        Raises: StateError.
        """
        where: Path | str = path or "la mémoire"
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.exists():
                    # What is asked is nobody else's business; SQLite's own files beside take it on.
                    path.touch(mode=0o600)
            connection = sqlite3.connect(
                path or ":memory:", check_same_thread=False, isolation_level=None
            )
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            db = Plain(connection)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            # What is deleted is overwritten, in pages that fall free, too: what /supprimer comes to
            # erase may have left its table long before.
            db.execute("PRAGMA secure_delete = ON").fetchall()
            if not is_current(db):
                from sqlite_utils import Database

                migrate(Database(connection), where)
            return cls(db, where, clock)
        except (sqlite3.Error, OSError) as error:
            raise translate(error, where) from error

    def close(self) -> None:
        """Closes the database; nothing is pending."""
        with self._lock:
            self._db.conn.close()

    def pseudonym(self, reader: int) -> str:
        """What stands for a reader: the same for the same person, and not their number."""
        return str(reader) if self.plain else reader_name(self._salt, reader)

    def _key(self, number: int) -> int:
        """What stands for the number of a chat or user in the tables."""
        return number if self.plain else number_key(self._salt, number)

    def count(self, table: str) -> int:
        """The rows of one of our tables; 0 when it cannot be read."""
        return next((row["n"] for row in self._query(f"SELECT count(*) AS n FROM {table}")), 0)  # noqa: S608

    def _now(self) -> str:
        return stamp(self._clock())

    def _query(self, sql: str, *values: Any) -> Iterator[dict[str, Any]]:
        try:
            with self._lock:
                return iter(list(self._db.query(sql, whole(values))))
        except sqlite3.Error as error:
            self._tell(error)
            return iter(())

    def _counted(self, sql: str, *values: Any) -> tuple[tuple[str, int], ...]:
        return tuple((row["question"], row["n"]) for row in self._query(sql, *values))

    def _insert(self, table: str, **row: Any) -> int:
        # Names are ours, never a reader's.
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        return self._write(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
            tuple(row.values()),
        )

    def _write(self, sql: str, values: tuple[Any, ...]) -> int:
        """The new row's number (or 1); 0 when the database could not be written."""
        try:
            with self._lock:
                made = self._db.execute(sql, whole(values))
                # What changes no row, or waits for the end of a transaction, writes nothing.
                written = made.rowcount > 0 and not self._db.conn.in_transaction
        except sqlite3.Error as error:
            self._tell(error)
            return 0
        if self._failing and written:
            self._failing = False
            self.on_recovery()
        return made.lastrowid or 1

    def _tell(self, error: sqlite3.Error) -> None:
        self._failing = True
        trouble = translate(error, self._path)
        _LOG.warning("%s (%s)", trouble, error)
        self.on_trouble(trouble)

    @contextmanager
    def _safely(self) -> Iterator[None]:
        """The write inside survives the machine's fall, not only the process's."""
        with self._lock:
            self._db.execute("PRAGMA synchronous = FULL")
            try:
                yield
            finally:
                self._db.execute("PRAGMA synchronous = NORMAL")

    def _commit(self) -> None:
        try:
            # A full disk may have ended the transaction already.
            if self._db.conn.in_transaction:
                self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._tell(error)
            if self._db.conn.in_transaction:
                self._db.execute("ROLLBACK")

    @contextmanager
    def _together(self) -> Iterator[None]:
        """Makes the writes inside one transaction."""
        with self._lock:
            try:
                self._db.execute("BEGIN")
            except sqlite3.Error:
                # The writes inside will fail the same way, and tell.
                yield
                return
            try:
                yield
            finally:
                self._commit()


def whole(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values, with "?" for each half of a character: no encoding takes one."""
    return tuple(
        value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for value in values
    )


def stamp(moment: datetime) -> str:
    """The moment as the tables keep it: UTC, ISO, sortable as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
