"""The lasting state as the bot uses it: one object for all the tables."""

from datetime import datetime

from bot.state.chats import Chats
from bot.state.database import stamp
from bot.state.inbox import Inbox
from bot.state.questions import Questions


class State(Questions, Chats, Inbox):
    """An open database. Safe to call from several threads."""

    def audit(self, admin: int, act: str, detail: str = "") -> None:
        """Keeps what an admin did."""
        self._insert("audit", at=self._now(), admin=admin, act=act, detail=detail)

    def audited(self, limit: int = 20) -> tuple[tuple[str, int, str, str], ...]:
        """The last acts as (time, admin, act, detail), newest first."""
        rows = self._query("SELECT * FROM audit ORDER BY id DESC LIMIT ?", limit)
        return tuple((row["at"], row["admin"], row["act"], row["detail"]) for row in rows)

    def expire(self, before: datetime) -> None:
        """Forgets what readers asked and said, and pages shown, older than this."""
        limit = stamp(before)
        with self._together():
            for table, column in (
                ("questions", "asked"), ("feedback", "given"), ("turns", "asked"), ("kept", "kept"),
                ("prompts", "asked"), ("remarks", "given"),
            ):  # fmt: skip
                self._write(f"DELETE FROM {table} WHERE {column} < ?", (limit,))  # noqa: S608
