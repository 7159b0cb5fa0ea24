"""A message as it will be shown: pages of HTML with their buttons; sent, edited, turned."""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import astuple, dataclass
from typing import Any, Literal, TypeVar, assert_never

from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.state import State
from bot.telegram.callbacks import Still, Turn, encode
from bot.telegram.desk import Place

PATIENCE = 0.3
"""Seconds after which a reader is shown that the bot is at work."""

TYPING = 4.5
"""Telegram shows "typing" for five seconds."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Button:
    """Words on a button, and what a press does with `says`.

    "press": the bot gets it as callback data. "copy": it is copied. "open": its address opens.
    """

    text: str
    says: str
    does: Literal["press", "copy", "open"] = "press"

    def made(self) -> InlineKeyboardButton:
        """The button as Telegram takes it."""
        match self.does:
            case "press":
                return InlineKeyboardButton(self.text, callback_data=self.says)
            case "copy":
                return InlineKeyboardButton(self.text, copy_text=CopyTextButton(self.says))
            case "open":
                return InlineKeyboardButton(self.text, url=self.says)
            case _:
                assert_never(self.does)


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """HTML and its own rows of buttons."""

    html: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """Pages of which one is shown at a time; never empty."""

    pages: tuple[Page, ...]

    @classmethod
    def of(cls, pages: Sequence[str], *rows: Row) -> "Screen":
        """The pages, each with the same rows; empty rows are left out."""
        kept = tuple(row for row in rows if row)
        return cls(tuple(Page(html, kept) for html in pages))


async def send(
    bot: Bot, state: State, place: Place, screen: Screen, *, reply: bool = True
) -> Message:
    """Sends the first page into the chat (and topic), as a reply if there is what to reply to.

    A group that became a supergroup gets it there, without a reply: its messages begin anew.
    Raises: TelegramError.
    """
    number = _kept(state, place.chat, screen)

    async def to(chat: int, thread: int, message: int | None) -> Message:
        reply_to = None
        if reply and message is not None:
            # The question may have been deleted in the meantime.
            reply_to = ReplyParameters(message, allow_sending_without_reply=True)
        return await bot.send_message(
            chat,
            screen.pages[0].html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_parameters=reply_to,
            message_thread_id=thread or None,
            reply_markup=keyboard(screen, 0, number),
        )

    try:
        return await to(place.chat, place.thread, place.message)
    except ChatMigrated as moved:
        state.move_chat(place.chat, moved.new_chat_id)
        return await to(moved.new_chat_id, 0, None)


async def edit(bot: Bot, state: State, chat: int, message: int, screen: Screen) -> None:
    """Shows the screen in a message of the bot's; the same as it was is no error.

    Raises: TelegramError.
    """
    number = _kept(state, chat, screen)
    await _replace(bot, chat, message, screen.pages[0].html, keyboard(screen, 0, number))


async def turn(bot: Bot, state: State, chat: int, message: int, to: Turn) -> bool:
    """Shows another page of a message; False when its pages are no longer kept for this chat.

    Raises: TelegramError.
    """
    body = state.kept(chat, to.kept)
    if body is None or not to.page < len(body):
        return False
    screen = unpacked(body)
    markup = keyboard(screen, to.page, to.kept)
    await _replace(bot, chat, message, screen.pages[to.page].html, markup)
    return True


async def _replace(
    bot: Bot, chat: int, message: int, html: str, markup: InlineKeyboardMarkup | None
) -> None:
    try:
        await bot.edit_message_text(
            html,
            chat,
            message,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup,
        )
    except BadRequest as error:
        if "not modified" not in str(error):
            raise


def keyboard(screen: Screen, page: int, number: int) -> InlineKeyboardMarkup | None:
    """The page's rows, with ◀ ▶ above them when there are several pages; None without buttons."""
    rows = list(screen.pages[page].rows)
    if len(screen.pages) > 1 and number:
        rows.insert(0, _turning(number, page, len(screen.pages)))
    if not rows:
        return None
    return markup_of(rows)


def markup_of(rows: Sequence[Row]) -> InlineKeyboardMarkup:
    """The rows as Telegram takes them."""
    return InlineKeyboardMarkup([[button.made() for button in row] for row in rows])


def packed(screen: Screen) -> list[Any]:
    """The screen as JSON values."""
    return [
        [page.html, [[list(astuple(button)) for button in row] for row in page.rows]]
        for page in screen.pages
    ]


def unpacked(body: list[Any]) -> Screen:
    """The screen of `packed`."""
    return Screen(
        tuple(
            Page(html, tuple(tuple(Button(*button) for button in row) for row in rows))
            for html, rows in body
        )
    )


async def typing(bot: Bot, place: Place, work: Awaitable[T]) -> T:
    """The work's result; the chat shows "typing" while it takes longer than PATIENCE."""
    task = asyncio.ensure_future(work)
    wait = PATIENCE
    while not (await asyncio.wait((task,), timeout=wait))[0]:
        wait = TYPING
        try:
            await bot.send_chat_action(
                place.chat, ChatAction.TYPING, message_thread_id=place.thread or None
            )
        except TelegramError as error:
            _LOG.debug("typing not shown: %s", error)
    return task.result()


def _kept(state: State, chat: int, screen: Screen) -> int:
    return state.keep(chat, packed(screen)) if len(screen.pages) > 1 else 0


def _turning(number: int, page: int, pages: int) -> Row:
    # The arrows keep their places on every page, so that a thumb finds them again.
    still = encode(Still())
    back = Button("◀", encode(Turn(number, page - 1)) if page else still)
    forth = Button("▶", encode(Turn(number, page + 1)) if page + 1 < pages else still)
    return back, Button(f"{page + 1}/{pages}", still), forth
