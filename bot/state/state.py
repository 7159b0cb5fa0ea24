"""The lasting state as the bot uses it: one object for all the tables."""

from datetime import datetime

from bot.state.chats import MEMORY, Chats
from bot.state.database import stamp
from bot.state.inbox import Inbox
from bot.state.privacy import Privacy
from bot.state.questions import Questions
from bot.state.replies import Replies
from bot.state.roles import Roles


class State(Questions, Replies, Chats, Inbox, Roles, Privacy):
    """An open database. Safe to call from several threads."""

    def expire(self, before: datetime) -> None:
        """Forgets what readers asked and said, and pages shown, older than this."""
        limit = stamp(before)
        recent = stamp(max(before, self._clock() - MEMORY))
        with self._together():
            for table, column, moment in (
                ("feedback", "given", limit), ("questions", "asked", limit),
                ("kept", "kept", limit), ("prompts", "asked", limit), ("remarks", "given", limit),
                ("turns", "asked", recent), ("editions", "seen", limit),
            ):  # fmt: skip
                self._write(f"DELETE FROM {table} WHERE {column} < ?", (moment,))  # noqa: S608
            self._write("DELETE FROM inbox WHERE state = 'aside' AND at < ?", (limit,))
            # A bot that runs for months never comes to the tidying of a start.
            self.tidy()
