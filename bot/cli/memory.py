"""What the command line remembers of the questions asked: DATA_DIR/asked.db, for RETENTION_DAYS."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.replaying import edition_of
from bot.state import State, StateError
from bot.state.database import utc_now
from bot.state.replies import Terms
from config.settings import Settings
from knowledge.model import Reply

if TYPE_CHECKING:
    from knowledge.generation import Generation

NAME = "asked.db"
NOBODY = 0
"""The chat and the reader of a question of the command line."""


class Memory:
    """Keeps replies with their codes. What cannot be kept is no reason not to answer."""

    def __init__(self, settings: Settings) -> None:
        self._path = settings.data_dir / NAME
        self._days = settings.retention_days
        self._state: State | None = None
        self._broken = self._tidied = False

    def keep(
        self, generation: "Generation", reply: Reply, terms: Terms, milliseconds: float
    ) -> None:
        """Keeps a reply; one of the same code is replaced."""
        state = self._opened()
        if state is None:
            return
        number = state.record(
            reply,
            chat=NOBODY,
            reader=NOBODY,
            generation=generation.number,
            milliseconds=milliseconds,
        )
        if number:
            state.forget_code(reply.code, before=number)
            state.keep_reply(number, reply, terms, edition_of(generation))
            if not self._tidied:
                self._tidied = True
                state.expire(utc_now() - timedelta(days=self._days))
        else:
            # Locked or full: trying again would only make the next answers wait.
            self._broken = True

    def _opened(self) -> State | None:
        if self._broken or self._state is not None:
            return None if self._broken else self._state
        # What the database has to say is for the bot's log, not for a terminal.
        logging.getLogger("bot.state").setLevel(logging.CRITICAL)
        try:
            self._state = State.open(self._path)
        except StateError:
            self._broken = True
        return self._state


def opened(path: Path) -> State | None:
    """The database at this path; None when it is not there. Raises: StateError."""
    return State.open(path) if path.exists() else None
