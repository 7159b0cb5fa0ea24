"""What every handler works with: the library, the lasting state, the settings."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackContext

from bot.state import State
from bot.telegram.metering import Meter
from bot.telegram.metrics import open_metrics
from bot.telegram.pace import Pace
from bot.texts import LANGUAGES, Texts, texts
from config.settings import Settings
from knowledge.generation import Generation
from knowledge.library import Library
from knowledge.model import Language

Context = CallbackContext[Any, Any, Any, Any]
T = TypeVar("T")

WORKERS = 2
"""Threads that compute answers: the loop stays free to poll, send and show "typing"."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said or pressed, and by whom. `thread` 0: no forum topic."""

    chat: int
    thread: int
    user: int
    private: bool
    message: int | None
    """What a reply refers to."""
    code: str
    """The language code of the user's Telegram."""
    update: int = 0
    """The update's number, in the inbox."""
    said: Message | None = None
    """The message itself, unless a button was pressed."""


@dataclass
class Desk:
    """The bot's one shared object."""

    settings: Settings
    library: Library
    state: State
    today: Callable[[], date] = field(default=lambda: datetime.now(UTC).astimezone().date())
    username: str = ""
    """The bot's own, known once it is connected."""
    notices: tuple[str, ...] = ()
    """What the admins are told when the bot starts."""
    troubles: list[str] = field(default_factory=list)
    """What went wrong with the state since then, each told once."""

    def __post_init__(self) -> None:
        self.pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="answer")
        self.reloading = asyncio.Lock()
        self.pace = Pace(self.settings.rate_per_minute)
        self.meter = Meter(open_metrics())

    @property
    def generation(self) -> Generation:
        """The dossier as it is served now; take it once for one answer."""
        return self.library.current

    @property
    def amiss(self) -> tuple[str, ...]:
        """What /health shows to be wrong, a sentence each."""
        return (*self.library.notices, *self.notices, *self.troubles)

    def is_admin(self, user: int) -> bool:
        """Whether this user is an owner or an editor: by number, never by name."""
        return self.is_owner(user) or self.state.is_editor(user)

    def is_owner(self, user: int) -> bool:
        """Whether this user stands in ADMIN_IDS."""
        return user in self.settings.admin_ids

    @property
    def admins(self) -> tuple[int, ...]:
        """Owners, then editors, each once."""
        return tuple(dict.fromkeys((*self.settings.admin_ids, *self.state.editors())))

    def language(self, chat: int) -> Language:
        """The interface's language in this chat: the one chosen there, else French."""
        return self.state.language(chat) or "fr"

    def words(self, place: Place) -> Texts:
        """The sentences for this chat."""
        return texts(self.language(place.chat))

    def greeting_words(self, place: Place) -> Texts:
        """The sentences for /start: the chat's language, else the user's Telegram's."""
        chosen = self.state.language(place.chat)
        return texts(chosen or known_language(place.code) or "fr")

    async def compute(self, work: Callable[[], T]) -> T:
        """The work's result, computed off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, work)

    def close(self) -> None:
        """Lets go of the threads and the database."""
        # Nobody can be told any more.
        self.state.on_trouble = lambda _: None
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.state.close()


def known_language(code: str | None) -> Language | None:
    """The interface language of a Telegram language code ("fr-CA"); None for another."""
    short = (code or "").partition("-")[0].lower()
    return next((language for language in LANGUAGES if language == short), None)


def place_of(update: Update) -> Place | None:
    """Where this update comes from; None when it has no chat or no user."""
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    if chat is None or user is None:
        return None
    # A callback query's message is the bot's own; a reply to it is a reply to the answer.
    thread = topic_of(message) if isinstance(message, Message) else 0
    return Place(
        chat.id,
        thread,
        user.id,
        chat.type == ChatType.PRIVATE,
        message.message_id if message is not None else None,
        user.language_code or "",
        update.update_id,
        update.effective_message if update.callback_query is None else None,
    )


def topic_of(message: Message) -> int:
    """The forum topic that a message stands in; 0 outside of topics."""
    return (message.message_thread_id or 0) if message.is_topic_message else 0
