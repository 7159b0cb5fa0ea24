"""What is kept of one reader: told, and erased."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from bot.state.database import Tables
from bot.state.pseudonyms import number_key, reader_name
from knowledge.model import Language


@dataclass(frozen=True, slots=True)
class Personal:
    """What the database holds of a reader; times are UTC, ISO, None without any question."""

    questions: int
    first: str | None
    last: str | None
    opinions: int
    remarks: int
    turns: int
    language: Language | None
    acts: int
    """As an admin; these are not erased."""


# Each takes both forms of a reader or chat: READER_IDS may have been changed since.
_ASKED = """SELECT count(*) AS n, min(asked) AS a, max(asked) AS z
    FROM questions WHERE reader IN (?, ?)"""
_OPINIONS = "SELECT count(*) AS n FROM feedback WHERE reader IN (?, ?)"
_REMARKS = "SELECT count(*) AS n FROM remarks WHERE reader IN (?, ?)"
_TURNS = "SELECT count(*) AS n FROM turns WHERE chat IN (?, ?)"
_LANGUAGE = "SELECT language AS n FROM chats WHERE chat IN (?, ?) AND language IS NOT NULL"
_ACTS = "SELECT count(*) AS n FROM audit WHERE admin = ?"

_BY_NAME = (
    "DELETE FROM feedback WHERE reader IN (?, ?)",
    # What others said of an answer goes with the question that it answers.
    "DELETE FROM feedback WHERE question IN (SELECT id FROM questions WHERE reader IN (?, ?))",
    "DELETE FROM questions WHERE reader IN (?, ?)",
    "DELETE FROM remarks WHERE reader IN (?, ?)",
)
_BY_NUMBER = (
    "DELETE FROM turns WHERE chat IN (?, ?)",
    "DELETE FROM prompts WHERE user IN (?, ?)",
    "DELETE FROM kept WHERE chat IN (?, ?)",
    "DELETE FROM chats WHERE chat IN (?, ?)",
)
# An update that was set aside holds what was said, and by whom, as Telegram brought it.
_ASIDE = "SELECT id, body FROM inbox WHERE state = 'aside'"
_EMPTIED = "UPDATE inbox SET state = 'done', body = '' WHERE id = ?"


class Privacy(Tables):
    """A reader's rights over what is kept of them. Their private chat has their own number."""

    def personal(self, reader: int) -> Personal:
        """What is kept of a reader, in whatever chat they asked."""
        names, keys = self._names(reader), self._keys(reader)

        def counted(sql: str, *values: object) -> dict[str, Any]:
            return next(self._query(sql, *values), {})

        asked = counted(_ASKED, *names)
        return Personal(
            asked.get("n", 0),
            asked.get("a"),
            asked.get("z"),
            counted(_OPINIONS, *names).get("n", 0),
            counted(_REMARKS, *names).get("n", 0),
            counted(_TURNS, *keys).get("n", 0),
            counted(_LANGUAGE, *keys).get("n"),
            counted(_ACTS, reader).get("n", 0),
        )

    def erase(self, reader: int) -> bool:
        """Deletes what is kept of a reader, out of the file's free pages, too; whether it could."""
        names, keys = self._names(reader), self._keys(reader)
        try:
            with self._lock:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    for sql in _BY_NAME:
                        self._db.execute(sql, names)
                    for sql in _BY_NUMBER:
                        self._db.execute(sql, keys)
                    for row in list(self._db.query(_ASIDE)):
                        if _is_from(row["body"], reader):
                            self._db.execute(_EMPTIED, [row["id"]])
                except sqlite3.Error:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
                # What was written last lies in the journal until this.
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            self._tell(error)
            return False
        return True

    def _names(self, reader: int) -> list[str]:
        return [reader_name(self._salt, reader), str(reader)]

    def _keys(self, reader: int) -> list[int]:
        return [number_key(self._salt, reader), reader]


def _is_from(body: str, reader: int) -> bool:
    """Whether an update is what this reader said or pressed."""
    try:
        parts = list(json.loads(body).values())
    except (ValueError, AttributeError):
        return False
    senders = [part.get("from") for part in parts if isinstance(part, dict)]
    return any(isinstance(one, dict) and one.get("id") == reader for one in senders)
