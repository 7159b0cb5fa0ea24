"""What admins can do; everybody else is told that it is for admins, and nothing more."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Bot, Update
from telegram.error import BadRequest, TelegramError

from bot.render.markup import escape
from bot.state import StateError
from bot.telegram.callbacks import Quiet
from bot.telegram.desk import Context, Desk, Place, place_of
from bot.telegram.pressing import Act, Press
from bot.telegram.preview import shortened
from bot.telegram.screen import Screen, markup_of, send
from bot.telegram.screens import button
from bot.texts import Texts, texts
from knowledge.library import Publication

TOLD_AGAIN = 3600.0
"""Seconds before a trouble that went and came back is told again."""

MOST_NAMED = 10
"""Files set aside that a message lists."""

_LOG = logging.getLogger(__name__)


class Admin:
    """The handlers of admins' commands."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def only(
        self, act: Callable[[Context, Place], Awaitable[None]]
    ) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
        """The act as a handler that refuses everybody else."""

        async def handler(update: Update, context: Context) -> None:
            place = place_of(update)
            if place is None:
                return
            if not self.desk.is_admin(place.user):
                line = self.desk.words(place)["telegram.admins_only"]
                await send(context.bot, self.desk.state, place, Screen.of([line]))
                return
            await act(context, place)

        return handler

    def press_only(self, act: Act) -> Act:
        """The act of a button that refuses everybody else."""

        async def guarded(press: Press, action: Any) -> None:
            if self.desk.is_admin(press.place.user):
                await act(press, action)
            else:
                await press.tell("telegram.admins_only")

        return guarded

    async def tell_all(self, bot: Bot, key: str, **fields: str) -> None:
        """Sends every admin a line; one who never wrote to the bot is left out."""
        for admin in self.desk.admins:
            html = texts(self.desk.language(admin))[key].format(**fields)
            try:
                await bot.send_message(admin, html, parse_mode="HTML")
            except TelegramError as error:
                _LOG.info("admin %s not told: %s", admin, error)

    async def announce(
        self, bot: Bot, place: Place, key: str, *, but: int = 0, **fields: str
    ) -> None:
        """Tells the other admins (all but one) what one of them did, unless they want not to."""
        state = self.desk.state
        for admin in self.desk.admins:
            if admin in (place.user, but) or state.is_quiet(admin):
                continue
            words = texts(self.desk.language(admin))
            html = words[key].format(**{name: escape(text) for name, text in fields.items()})
            quiet = button(words["telegram.admin.button_quiet"], Quiet(on=True))
            away = Place(admin, 0, admin, private=True, message=None, code="")
            try:
                await send(bot, state, away, Screen.of([html], (quiet,)))
            except TelegramError as error:
                _LOG.info("admin %s not told: %s", admin, error)

    async def quiet(self, press: Press, action: Quiet) -> None:
        """An admin hears of the others' acts no more, or again."""
        self.desk.state.set_quiet(press.place.user, quiet=action.on)
        key = "telegram.admin.quiet" if action.on else "telegram.admin.not_quiet"
        await press.tell(key)
        other = "telegram.admin.button_loud" if action.on else "telegram.admin.button_quiet"
        row = (button(press.words[other], Quiet(on=not action.on)),)
        try:
            await press.query.edit_message_reply_markup(markup_of([row]))
        except BadRequest as error:
            _LOG.info("button not changed: %s", error)

    def trouble(self, bot: Bot) -> Callable[[StateError], None]:
        """Tells the admins that the state cannot be written: once, and again after an hour."""
        told = -TOLD_AGAIN

        def tell(error: StateError) -> None:
            nonlocal told
            if str(error) in self.desk.troubles:
                return
            self.desk.troubles.append(str(error))
            if time.monotonic() - told < TOLD_AGAIN:
                return
            told = time.monotonic()
            line = self.tell_all(bot, "telegram.admin.trouble", why=escape(str(error)))
            self.telling = asyncio.get_running_loop().create_task(line)

        return tell


def failed(words: Texts, why: str, generation: int) -> str:
    """The message for a dossier that was not published."""
    template = words["telegram.admin.failed"]
    return template.format(why=escape(why), generation=generation)


def publication(words: Texts, published: Publication, notices: tuple[str, ...]) -> str:
    """The message for a dossier that was published, or had not changed."""
    generation = published.generation
    key = "telegram.admin.published" if published.changed else "telegram.admin.unchanged"
    lines = [
        words[key].format(
            generation=generation.number,
            articles=words.count("cli.articles", len(generation.dossier.articles)),
        )
    ]
    for what, ids in (
        ("added", published.added),
        ("changed", published.changed_ids),
        ("removed", published.removed),
    ):
        if ids:
            listed = escape(shortened(ids))
            lines.append(words[f"telegram.admin.{what}"].format(ids=listed))
    if published.set_aside:
        lines.append(words["telegram.admin.set_aside"])
        lines += [escape(f"• {one.why}") for one in published.set_aside[:MOST_NAMED]]
    lines += [words["telegram.admin.notice"].format(notice=escape(one)) for one in notices]
    return "\n".join(lines)
