"""The lasting database, read and written through sqlite-utils.

Reading and writing take fractions of a millisecond, so the event loop calls them directly. A
failure is logged and told to `on_trouble`, and gives "nothing": answering goes on without it.
"""

import hashlib
import json
import logging
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from bot.state.counting import Stats, count
from bot.state.errors import StateError, translate
from bot.state.schema import migrate
from knowledge.model import Abstention, Answer, Citation, Language, Reason, Reply

TURNS = 5
MEMORY = timedelta(hours=1)
BUSY_MILLISECONDS = 2000

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked, as it was answered; `shown` are the quotes as (article id, start, end)."""

    id: int
    chat: int
    question: str
    understood: str
    language: Language
    generation: int
    shown: tuple[tuple[str, int, int], ...]
    suggestions: tuple[str, ...]


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class State:
    """An open database. Safe to call from several threads."""

    def __init__(
        self, db: Database, path: Path | str, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._db = db
        self._path = path
        self._clock = clock
        self._lock = threading.RLock()
        self.on_trouble: Callable[[StateError], None] = lambda _: None
        self._salt = self._secret("reader")

    @classmethod
    def open(cls, path: Path | None, clock: Callable[[], datetime] = utc_now) -> Self:
        """The database at this path, made if it is not there; None: one that does not last.

        Raises: StateError.
        """
        where: Path | str = path or "la mémoire"
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                path or ":memory:", check_same_thread=False, isolation_level=None
            )
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            db = Database(connection)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            migrate(db, where)
            return cls(db, where, clock)
        except (sqlite3.Error, OSError) as error:
            raise translate(error, where) from error

    def close(self) -> None:
        """Closes the database; nothing is pending."""
        with self._lock:
            self._db.conn.close()

    # Questions

    def record(
        self, reply: Reply, *, chat: int, reader: int, generation: int, milliseconds: float
    ) -> int:
        """Keeps a question with its reply; its number, 0 when it could not be kept."""
        reason: Reason | None
        shown: tuple[Citation, ...]
        match reply:
            case Answer():
                status, reason, shown = "answered", None, reply.evidence
            case Abstention():
                near = reply.nearest
                status, reason, shown = "abstained", reply.reason, (near,) if near else ()
        return self._insert(
            "questions",
            asked=self._now(),
            chat=chat,
            reader=self.pseudonym(reader),
            question=reply.question,
            understood=reply.understood,
            language=reply.language,
            kind=reply.kind,
            status=status,
            reason=reason,
            generation=generation,
            code=reply.code,
            confidence=reply.confidence,
            milliseconds=milliseconds,
            shown=json.dumps([[cited.article, cited.start, cited.end] for cited in shown]),
            suggestions=json.dumps(reply.suggestions, ensure_ascii=False),
        )

    def asked(self, number: int) -> Asked | None:
        """The question of this number; None when it was never kept or is forgotten."""
        for row in self._query("SELECT * FROM questions WHERE id = ?", number):
            return Asked(
                number,
                row["chat"],
                row["question"],
                row["understood"],
                row["language"],
                row["generation"],
                tuple((article, start, end) for article, start, end in json.loads(row["shown"])),
                tuple(json.loads(row["suggestions"])),
            )
        return None

    def link(self, number: int, message: int | None, answer: int) -> None:
        """Keeps which message asked a question (None: a button) and which one answers it."""
        self._write(
            "UPDATE questions SET message = ?, answer = ? WHERE id = ?", (message, answer, number)
        )

    def answer_to(self, chat: int, message: int) -> int | None:
        """The message that answers this one; None when there is none."""
        for row in self._query(
            "SELECT answer FROM questions WHERE chat = ? AND message = ? AND answer IS NOT NULL"
            " ORDER BY id DESC LIMIT 1",
            chat,
            message,
        ):
            return int(row["answer"])
        return None

    def rate(self, question: int, reader: int, *, good: bool, reason: str | None = None) -> bool:
        """Keeps a reader's opinion of an answer, the last one given; whether it was kept."""
        return bool(
            self._write(
                "INSERT INTO feedback (question, reader, good, reason, given)"
                " VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (question, reader) DO UPDATE"
                " SET good = excluded.good, reason = excluded.reason, given = excluded.given",
                (question, self.pseudonym(reader), int(good), reason, self._now()),
            )
        )

    def stats(self, since: datetime) -> Stats:
        """What was asked since then, small talk left out."""
        return count(self._query, _stamp(since))

    # Chats

    def turns(self, chat: int, thread: int = 0) -> tuple[str, ...]:
        """The last questions of this conversation, oldest first: five, of the last hour."""
        rows = self._query(
            "SELECT question FROM turns WHERE chat = ? AND thread = ? AND asked > ?"
            " ORDER BY id DESC LIMIT ?",
            chat,
            thread,
            _stamp(self._clock() - MEMORY),
            TURNS,
        )
        return tuple(row["question"] for row in rows)[::-1]

    def add_turn(self, chat: int, thread: int, question: str) -> None:
        """Remembers a question of this conversation; older ones than `turns` gives are dropped."""
        with self._together():
            self._insert("turns", chat=chat, thread=thread, question=question, asked=self._now())
            self._write(
                "DELETE FROM turns WHERE chat = ? AND thread = ? AND id NOT IN (SELECT id FROM"
                " turns WHERE chat = ? AND thread = ? ORDER BY id DESC LIMIT ?)",
                (chat, thread, chat, thread, TURNS),
            )

    def forget(self, chat: int, thread: int = 0) -> None:
        """Forgets the questions of this conversation."""
        self._write("DELETE FROM turns WHERE chat = ? AND thread = ?", (chat, thread))

    def language(self, chat: int) -> Language | None:
        """The language chosen in this chat; None without a choice."""
        for row in self._query("SELECT language FROM chats WHERE chat = ?", chat):
            return row["language"]  # type: ignore[no-any-return]
        return None

    def set_language(self, chat: int, language: Language | None) -> None:
        """Keeps the language chosen in this chat."""
        self._write(
            "INSERT INTO chats (chat, language) VALUES (?, ?)"
            " ON CONFLICT (chat) DO UPDATE SET language = excluded.language",
            (chat, language),
        )

    # Pages and audit

    def keep(self, body: Sequence[Any]) -> int:
        """Keeps the pages of a long message (anything JSON); their number, 0 when it failed."""
        return self._insert("kept", kept=self._now(), body=json.dumps(body, ensure_ascii=False))

    def kept(self, number: int) -> list[Any] | None:
        """The pages of this number; None when they are gone."""
        for row in self._query("SELECT body FROM kept WHERE id = ?", number):
            return json.loads(row["body"])  # type: ignore[no-any-return]
        return None

    def audit(self, admin: int, act: str, detail: str = "") -> None:
        """Keeps what an admin did."""
        self._insert("audit", at=self._now(), admin=admin, act=act, detail=detail)

    def audited(self, limit: int = 20) -> tuple[tuple[str, int, str, str], ...]:
        """The last acts as (time, admin, act, detail), newest first."""
        rows = self._query("SELECT * FROM audit ORDER BY id DESC LIMIT ?", limit)
        return tuple((row["at"], row["admin"], row["act"], row["detail"]) for row in rows)

    def pseudonym(self, reader: int) -> str:
        """What stands for a reader: the same for the same person, and not their number."""
        return hashlib.blake2s(str(reader).encode(), key=self._salt, digest_size=8).hexdigest()

    def expire(self, before: datetime) -> None:
        """Forgets questions, feedback, turns and pages older than this."""
        limit = _stamp(before)
        with self._together():
            for table, column in (
                ("questions", "asked"), ("feedback", "given"), ("turns", "asked"), ("kept", "kept"),
            ):  # fmt: skip
                self._write(f"DELETE FROM {table} WHERE {column} < ?", (limit,))  # noqa: S608

    # The database

    def _now(self) -> str:
        return _stamp(self._clock())

    def _secret(self, name: str) -> bytes:
        for row in self._query("SELECT value FROM secrets WHERE name = ?", name):
            return bytes(row["value"])
        made = secrets.token_bytes(16)
        self._db.execute("INSERT INTO secrets VALUES (?, ?)", [name, made])
        return made

    def _query(self, sql: str, *values: Any) -> Iterator[dict[str, Any]]:
        try:
            with self._lock:
                return iter(list(self._db.query(sql, values)))
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
                return self._db.execute(sql, values).lastrowid or 1
        except sqlite3.Error as error:
            self._tell(error)
            return 0

    def _tell(self, error: sqlite3.Error) -> None:
        trouble = translate(error, self._path)
        _LOG.warning("%s (%s)", trouble, error)
        self.on_trouble(trouble)

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
                self._db.execute("COMMIT")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
