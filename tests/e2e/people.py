"""People and chats of the stand-in: they speak, press buttons, and wait for what the bot shows.

Waiting is by events with a time limit, never by sleeping.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tests.e2e import telegram_rules as rules

if TYPE_CHECKING:
    from tests.e2e.botapi_base import StandIn

JSON = dict[str, Any]
Kind = Literal["sent", "edited", "deleted", "action"]
PATIENCE = 60.0
"""Seconds to wait for the bot before the test fails."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something the bot did in a chat: a message sent, edited or deleted, a chat action."""

    kind: Kind
    message: JSON

    @property
    def text(self) -> str:
        """The text (or caption) as people see it."""
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def id(self) -> int:
        """The message's id in its chat."""
        return int(self.message["message_id"])

    @property
    def rows(self) -> list[list[str]]:
        """The words on the buttons, row by row."""
        return [[button["text"] for button in row] for row in self._keyboard()]

    @property
    def buttons(self) -> list[str]:
        """The words on the buttons, in reading order."""
        return [text for row in self.rows for text in row]

    def data(self, words: str) -> str:
        """The callback data of the button whose text holds these words."""
        return str(self.button(words)["callback_data"])

    def button(self, words: str) -> JSON:
        """The button whose text holds these words."""
        for row in self._keyboard():
            for button in row:
                if words in button["text"]:
                    return button
        raise AssertionError(f"no button {words!r} among {self.buttons}")

    def marked(self, kind: str) -> list[str]:
        """The parts of the text that carry entities of this kind."""
        units = self.text.encode("utf-16-le")
        entities = self.message.get("entities") or self.message.get("caption_entities") or []
        return [
            units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in entities
            if e["type"] == kind
        ]

    def _keyboard(self) -> list[list[JSON]]:
        markup: JSON = self.message.get("reply_markup") or {}
        return list(markup.get("inline_keyboard", []))


@dataclass(eq=False)
class Chat:
    """A private chat, group or forum, seen from the people's side."""

    api: "StandIn"
    id: int
    kind: str
    title: str = ""
    is_forum: bool = False
    started: bool = True
    blocked: bool = False
    migrated_to: int | None = None
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, JSON] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    owner: JSON | None = None
    seen: int = 0
    """Events already handed out by `next`."""

    def __post_init__(self) -> None:
        self._news = asyncio.Condition()

    @property
    def card(self) -> JSON:
        """The chat as the Bot API shows it."""
        if self.owner is not None:
            names = {name: self.owner[name] for name in ("first_name", "username")}
            return {"id": self.id, "type": "private", **names}
        card: JSON = {"id": self.id, "type": self.kind, "title": self.title}
        return {**card, "is_forum": True} if self.is_forum else card

    def topic(self, name: str) -> int:
        """Opens a forum topic; its thread id."""
        thread = self.api.new_number()
        self.topics[thread] = name
        return thread

    async def show(self, event: Event) -> None:
        """Records what the bot did and wakes who waits."""
        self.events.append(event)
        async with self._news:
            self._news.notify_all()

    async def next(self, *kinds: Kind, within: float = PATIENCE) -> Event:
        """The next event not handed out yet, of these kinds (default: all but actions)."""
        wanted = kinds or ("sent", "edited", "deleted")

        def found() -> bool:
            while self.seen < len(self.events) and self.events[self.seen].kind not in wanted:
                self.seen += 1
            return self.seen < len(self.events)

        async with self._news:
            try:
                await asyncio.wait_for(self._news.wait_for(found), within)
            except TimeoutError:
                last = [(r.method, r.status, r.description) for r in self.api.requests[-5:]]
                raise AssertionError(f"the bot showed nothing in {self.id}; last: {last}") from None
        self.seen += 1
        return self.events[self.seen - 1]

    @property
    def unseen(self) -> Sequence[Event]:
        """Events that `next` has not handed out, actions left out."""
        return [event for event in self.events[self.seen :] if event.kind != "action"]


class Person:
    """Somebody with a Telegram account."""

    def __init__(self, api: "StandIn", number: int, name: str, language: str) -> None:
        self.api = api
        self.id = number
        self.card: JSON = {
            "id": number,
            "is_bot": False,
            "first_name": name,
            "username": f"user{number}",
            "language_code": language,
        }
        self.private = Chat(api, number, "private", owner=self.card, started=False)

    async def say(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: Event | int | None = None,
        thread: int | None = None,
        **more: Any,
    ) -> int:
        """Writes in a chat (default: the private one); the message's id."""
        message = self._message(chat or self.private, reply_to, thread)
        entities = rules.message_entities(text)
        if text:
            message |= {"text": text}
        if entities:
            message["entities"] = list(entities)
        message |= more
        return await self._send(chat or self.private, message)

    async def edit(self, message_id: int, text: str, chat: Chat | None = None) -> None:
        """Edits a message of this person."""
        place = chat or self.private
        message = {**place.messages[message_id], "text": text, "edit_date": int(time.time())}
        message.pop("entities", None)
        entities = rules.message_entities(text)
        if entities:
            message["entities"] = list(entities)
        place.messages[message_id] = message
        await self.api.post("edited_message", message)

    async def upload(
        self, name: str, content: bytes, caption: str = "", chat: Chat | None = None
    ) -> int:
        """Sends a document; the message's id."""
        file_id = self.api.add_file(name, content)
        message = self._message(chat or self.private, None, None)
        message["document"] = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "file_size": len(content),
        }
        if caption:
            message |= {
                "caption": caption,
                "caption_entities": list(rules.message_entities(caption)),
            }
        return await self._send(chat or self.private, message)

    async def press(self, event: Event, words: str, *, data: str | None = None) -> JSON:
        """Presses the button with these words; what the bot answered to the query."""
        chat = self.api.chats[event.message["chat"]["id"]]
        shown = chat.messages.get(event.id, event.message)
        pressed = data if data is not None else Event("sent", shown).data(words)
        return await self.query(
            "callback_query",
            {"message": shown, "chat_instance": str(chat.id), "data": pressed},
        )

    async def inline(self, query: str, offset: str = "") -> JSON:
        """Types `@bot query` in some chat; what the bot offers."""
        return await self.query("inline_query", {"query": query, "offset": offset})

    async def query(self, kind: str, content: JSON) -> JSON:
        """Posts a query and waits for its answer."""
        number = str(self.api.new_number() + 10**15)
        answer: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
        self.api.pending[number] = answer
        await self.api.post(kind, {"id": number, "from": self.card, **content})
        try:
            return await asyncio.wait_for(answer, PATIENCE)
        except TimeoutError:
            raise AssertionError(f"the bot never answered the {kind}") from None

    async def ask(self, text: str, chat: Chat | None = None, **options: Any) -> Event:
        """Says something and gives the bot's next message there."""
        await self.say(text, chat, **options)
        return await (chat or self.private).next("sent")

    def _message(self, chat: Chat, reply_to: Event | int | None, thread: int | None) -> JSON:
        chat.started = True
        message: JSON = {
            "message_id": self.api.new_number(),
            "date": int(time.time()),
            "from": self.card,
            "chat": chat.card,
        }
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        if reply_to is not None:
            number = reply_to.id if isinstance(reply_to, Event) else reply_to
            message["reply_to_message"] = chat.messages[number]
        return message

    async def _send(self, chat: Chat, message: JSON) -> int:
        chat.messages[message["message_id"]] = message
        await self.api.post("message", message)
        return int(message["message_id"])
