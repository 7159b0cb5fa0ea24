"""What is kept of a chat: its thread of questions, its language, what it was asked for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.state.database import Tables, stamp
from knowledge.model import Language

TURNS = 5
MEMORY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a message of the bot's waits for."""

    kind: str
    detail: str


class Chats(Tables):
    """The tables of conversations."""

    def turns(self, chat: int, thread: int = 0) -> tuple[str, ...]:
        """The last questions of this conversation, oldest first: five, of the last hour."""
        rows = self._query(
            "SELECT question FROM turns WHERE chat = ? AND thread = ? AND asked > ?"
            " ORDER BY id DESC LIMIT ?",
            self._key(chat),
            thread,
            stamp(self._clock() - MEMORY),
            TURNS,
        )
        return tuple(row["question"] for row in rows)[::-1]

    def add_turn(self, chat: int, thread: int, question: str) -> None:
        """Remembers a question of this conversation; older ones than `turns` gives are dropped."""
        chat = self._key(chat)
        with self._together():
            self._insert("turns", chat=chat, thread=thread, question=question, asked=self._now())
            self._write(
                "DELETE FROM turns WHERE chat = ? AND thread = ? AND id NOT IN (SELECT id FROM"
                " turns WHERE chat = ? AND thread = ? ORDER BY id DESC LIMIT ?)",
                (chat, thread, chat, thread, TURNS),
            )

    def forget(self, chat: int, thread: int = 0) -> None:
        """Forgets the questions of this conversation."""
        self._write("DELETE FROM turns WHERE chat = ? AND thread = ?", (self._key(chat), thread))

    def language(self, chat: int) -> Language | None:
        """The language chosen in this chat; None without a choice."""
        for row in self._query("SELECT language FROM chats WHERE chat = ?", self._key(chat)):
            return row["language"]  # type: ignore[no-any-return]
        return None

    def set_language(self, chat: int, language: Language | None) -> None:
        """Keeps the language chosen in this chat."""
        self._write(
            "INSERT INTO chats (chat, language) VALUES (?, ?)"
            " ON CONFLICT (chat) DO UPDATE SET language = excluded.language",
            (self._key(chat), language),
        )

    def is_quiet(self, admin: int) -> bool:
        """Whether an admin wants to hear nothing of the others' acts."""
        rows = self._query("SELECT quiet FROM chats WHERE chat = ?", self._key(admin))
        return any(row["quiet"] for row in rows)

    def set_quiet(self, admin: int, *, quiet: bool) -> None:
        """Keeps whether an admin wants to hear of the others' acts."""
        self._write(
            "INSERT INTO chats (chat, quiet) VALUES (?, ?)"
            " ON CONFLICT (chat) DO UPDATE SET quiet = excluded.quiet",
            (self._key(admin), int(quiet)),
        )

    # Files that admins sent and that wait for a tap

    def upload(self, admin: int, folder: str) -> int:
        """Keeps where an upload lies; its number, 0 when that failed."""
        return self._insert("uploads", admin=admin, folder=folder, sent=self._now())

    def uploaded(self, number: int) -> str | None:
        """Where an upload lies; None when it was added or dropped."""
        for row in self._query("SELECT folder FROM uploads WHERE id = ?", number):
            return str(row["folder"])
        return None

    def drop_upload(self, number: int) -> None:
        """The upload was added or dropped."""
        self._write("DELETE FROM uploads WHERE id = ?", (number,))

    # The thread and the language

    def drop_turn(self, chat: int, thread: int, question: str) -> None:
        """Takes the last turn with these words back: its message was edited."""
        self._write(
            "DELETE FROM turns WHERE id = (SELECT max(id) FROM turns"
            " WHERE chat = ? AND thread = ? AND question = ?)",
            (self._key(chat), thread, question),
        )

    def move_chat(self, old: int, new: int) -> None:
        """Carries what is kept of a group to the supergroup that it became."""
        old, new = self._key(old), self._key(new)
        with self._together():
            for table in ("questions", "turns", "prompts", "kept"):
                self._write(f"UPDATE OR REPLACE {table} SET chat = ? WHERE chat = ?", (new, old))  # noqa: S608
            self._write("UPDATE OR REPLACE chats SET chat = ? WHERE chat = ?", (new, old))

    # Questions that the bot asks: a reply to its message is the answer

    def prompt(self, chat: int, message: int, user: int, kind: str, detail: str = "") -> None:
        """Keeps that this message of the bot's waits for a reply of this user."""
        self._insert(
            "prompts",
            chat=self._key(chat),
            message=message,
            user=self._key(user),
            kind=kind,
            detail=detail,
            asked=self._now(),
        )

    def prompted(self, chat: int, message: int, user: int) -> Prompt | None:
        """What a message of the bot's waits for from this user; None when for nothing."""
        for row in self._query(
            "SELECT kind, detail FROM prompts WHERE chat = ? AND message = ? AND user = ?",
            self._key(chat),
            message,
            self._key(user),
        ):
            return Prompt(row["kind"], row["detail"])
        return None

    def settle(self, chat: int, message: int) -> None:
        """The message waits no longer."""
        self._write(
            "DELETE FROM prompts WHERE chat = ? AND message = ?", (self._key(chat), message)
        )

    # Pages of long messages

    def keep(self, chat: int, body: Sequence[Any]) -> int:
        """Keeps the pages of a long message (anything JSON); their number, 0 when it failed."""
        text = json.dumps(body, ensure_ascii=False)
        return self._insert("kept", kept=self._now(), body=text, chat=self._key(chat))

    def kept(self, chat: int, number: int) -> list[Any] | None:
        """The pages of this number; None when they are gone, or another chat's."""
        for row in self._query(
            # Pages of the first schema know no chat.
            "SELECT body FROM kept WHERE id = ? AND (chat = ? OR chat IS NULL)",
            number,
            self._key(chat),
        ):
            return json.loads(row["body"])  # type: ignore[no-any-return]
        return None
