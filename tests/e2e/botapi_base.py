"""What the Bot API stand-in knows, whoever asks: people, chats, files, updates, faults."""

import asyncio
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.e2e.people import JSON, PATIENCE, Chat, Person

DEFAULT_TOKEN = "424242424:stand-in-token-of-the-tests-0000000"


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the bot, and how it was answered."""

    method: str
    parameters: Mapping[str, Any]
    status: int
    description: str = ""


@dataclass(slots=True)
class Fault:
    """A failure on demand for the next `times` calls of `method` ("*": of any)."""

    method: str
    times: int
    code: int
    description: str
    retry_after: int | None = None
    cut: bool = False
    after: bool = False
    """The act is done, then the answer is lost."""


class StandIn:
    """The state of the stand-in, and what a test does to it."""

    def __init__(self, token: str = DEFAULT_TOKEN) -> None:
        self.token = token
        self.bot: JSON = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Dossier",
            "username": "dossier_test_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }
        self.url = ""
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.requests: list[Request] = []
        self.refusals: list[Request] = []
        self.faults: list[Fault] = []
        self.commands: dict[tuple[str, str], list[JSON]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.pending: dict[str, asyncio.Future[JSON]] = {}
        """Callback and inline queries that wait for the bot's answer, by their id."""
        self._updates: list[JSON] = []
        self._numbers = itertools.count(1)
        self._update_ids = itertools.count(900_001)
        self._allowed: list[str] = []
        self._news = asyncio.Condition()

    async def until(self, true: Callable[[], bool], within: float = PATIENCE) -> None:
        """Returns once this is true; it is looked at again after each request."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(true), within)

    def person(self, name: str = "Alice", language: str = "fr") -> Person:
        """A new person with a private chat that is not started yet."""
        person = Person(self, next(self._numbers) + 1000, name, language)
        self.people[person.id] = person
        self.chats[person.id] = person.private
        return person

    def group(self, title: str = "Rédaction", *, forum: bool = False) -> Chat:
        """A supergroup that the bot is a member of."""
        number = -1_000_000_000_000 - next(self._numbers)
        chat = Chat(self, number, "supergroup", title=title, is_forum=forum)
        self.chats[number] = chat
        return chat

    def add_file(self, name: str, content: bytes) -> str:
        """The file_id of a file that somebody uploads."""
        file_id = f"file-{next(self._numbers)}"
        self.files[file_id] = (name, content)
        return file_id

    def new_number(self) -> int:
        """A number never given before, for messages and queries."""
        return next(self._numbers)

    async def post(self, kind: str, content: JSON) -> int:
        """Queues an update for the bot; the update's id."""
        number = next(self._update_ids)
        if not self._allowed or kind in self._allowed:
            self._updates.append({"update_id": number, kind: content})
            async with self._news:
                self._news.notify_all()
        return number

    def unread(self) -> int:
        """How many updates the bot has not acknowledged."""
        return len(self._updates)

    def called(self, method: str) -> list[Request]:
        """The calls of this method, oldest first."""
        return [request for request in self.requests if request.method.lower() == method.lower()]

    def fail(
        self,
        method: str,
        code: int = 500,
        *,
        times: int = 1,
        description: str = "",
        retry_after: int | None = None,
        cut: bool = False,
        after: bool = False,
    ) -> None:
        """Makes the next calls of this method fail; `cut` drops the connection instead."""
        words = {401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}
        text = description or words.get(code, "Internal Server Error")
        if retry_after is not None:
            text = f"{text}: retry after {retry_after}"
        self.faults.append(Fault(method, times, code, text, retry_after, cut, after))
