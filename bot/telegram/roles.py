"""/admins: who may do what. Owners are a setting; they make editors, by number or by a message.

Never by a user name: one that is given up can be taken by somebody else.
"""

import asyncio
import logging
import re
from collections.abc import Iterator
from datetime import datetime

from telegram import Bot, Message, MessageOriginUser
from telegram.error import TelegramError

from bot.render.citation import short_date
from bot.render.markup import escape
from bot.state import Act
from bot.telegram.admin import Admin
from bot.telegram.callbacks import Dismiss
from bot.telegram.desk import Context, Desk, Place
from bot.telegram.menus import admin_menu
from bot.telegram.pressing import Press
from bot.telegram.reading import argument
from bot.telegram.screen import Button, Row, Screen, edit, send
from bot.telegram.screens import button
from bot.texts import Texts, texts

SHOWN = 10
"""Acts that are listed."""

DETAIL = 60
"""Characters of what an act was about."""

MOST_EDITORS = 50

_LOG = logging.getLogger(__name__)


class Roles:
    """The handlers of /admins and its buttons."""

    def __init__(self, desk: Desk, admin: Admin) -> None:
        self.desk = desk
        self.admin = admin

    async def admins(self, context: Context, place: Place) -> None:
        """/admins: the list; with a number, or in reply to somebody, a new editor."""
        desk, words, message = self.desk, self.desk.words(place), place.said
        if not desk.is_owner(place.user):
            await self._say(context, place, words["telegram.admin.owners_only"])
            return
        if message is None:
            return
        given = argument(message)
        number = int(given) if re.fullmatch(r"[1-9]\d{0,18}", given, re.ASCII) else None
        quoted = None if given else _quoted(message)
        if quoted is not None:
            number = _author(quoted)
        if number is not None:
            await self._add(context, place, number)
        elif quoted is not None:
            await self._say(context, place, words["telegram.admin.hidden"])
        elif given:
            await self._say(context, place, words["telegram.admin.not_a_number"])
        else:
            screen = admins_screen(desk, words)
            await send(context.bot, desk.state, place, screen)

    async def dismiss(self, press: Press, action: Dismiss) -> None:
        """An editor is a reader again."""
        desk, place, bot = self.desk, press.place, press.context.bot
        if not desk.is_owner(place.user):
            await press.tell("telegram.admin.owners_only")
            return
        removed = desk.state.remove_editor(action.user)
        await press.tell(None if removed else "telegram.admin.no_editor")
        if removed:
            desk.state.audit(place.user, "dismiss", str(action.user))
            await self._changed(bot, place, action.user, "dismiss")
        await edit(bot, desk.state, place.chat, press.message, admins_screen(desk, press.words))

    async def _add(self, context: Context, place: Place, user: int) -> None:
        desk, words, bot = self.desk, self.desk.words(place), context.bot
        if desk.is_admin(user) or user == bot.id:
            key = "telegram.admin.known"
        elif len(desk.state.editors()) >= MOST_EDITORS:
            key = "telegram.admin.too_many_editors"
        elif not desk.state.add_editor(user, place.user):
            key = "telegram.admin.editor_not_kept"
        else:
            key = "telegram.admin.editor"
            desk.state.audit(place.user, "editor", str(user))
        row = (_dismissing(user),) if key == "telegram.admin.editor" else ()
        if row:
            await self._changed(bot, place, user, "editor")
        line = words[key].format(user=code(str(user)), most=MOST_EDITORS)
        await send(bot, desk.state, place, Screen.of([line], row))

    async def _changed(self, bot: Bot, place: Place, user: int, act: str) -> None:
        """The menu of who came or went, and a word to them and to the other admins."""
        results = await asyncio.gather(*admin_menu(bot, self.desk, user), return_exceptions=True)
        for result in results:
            if isinstance(result, TelegramError):
                _LOG.info("the menu of %s is not set: %s", user, result)
            elif isinstance(result, BaseException):
                raise result
        await self.admin.announce(
            bot, place, f"telegram.admin.told_{act}", but=user, user=str(user)
        )
        line = texts(self.desk.language(user))[f"telegram.admin.you_{act}"]
        try:
            await bot.send_message(user, line, parse_mode="HTML")
        except TelegramError as error:
            # Somebody who never wrote to the bot cannot be written to.
            _LOG.info("%s not told: %s", user, error)

    async def _say(self, context: Context, place: Place, html: str) -> None:
        await send(context.bot, self.desk.state, place, Screen.of([html]))


def admins_screen(desk: Desk, words: Texts) -> Screen:
    """Owners, editors, what they did last; a button that removes each editor."""
    editors, owners = desk.state.editors(), desk.settings.admin_ids
    listed = ", ".join(code(str(user)) for user in editors)
    blocks = [
        words["telegram.admin.owners"].format(users=", ".join(code(str(one)) for one in owners)),
        words["telegram.admin.editors"].format(users=listed or words["telegram.admin.nobody"]),
        words["telegram.admin.add_editor"],
    ]
    acts = list(_acts(desk.state.audited(SHOWN), words))
    if acts:
        blocks.append("\n".join([words["telegram.admin.acts"], *acts]))
    buttons = [_dismissing(user) for user in editors]
    rows: list[Row] = [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]
    return Screen.of(["\n\n".join(blocks)], *rows)


def _acts(acts: tuple[Act, ...], words: Texts) -> Iterator[str]:
    for one in acts:
        moment = datetime.fromisoformat(one.at).astimezone()
        when = f"{short_date(moment.date(), words.language)} {moment:%H:%M}"
        detail = one.detail if len(one.detail) <= DETAIL else f"{one.detail[:DETAIL]}…"
        act = words.get(f"telegram.act.{one.act}", one.act)
        yield escape(f"• {when} · {one.admin} · {act} {detail}".rstrip())


def _dismissing(user: int) -> Button:
    return button(f"➖ {user}", Dismiss(user))


def code(number: str) -> str:
    """A number that one tap copies."""
    return f"<code>{number}</code>"


def _quoted(message: Message) -> Message | None:
    """What this message replies to.

    In a topic Telegram says of every message that it replies to the topic's first: nobody chose it.
    """
    quoted = message.reply_to_message
    return None if quoted is None or quoted.forum_topic_created is not None else quoted


def _author(message: Message) -> int | None:
    """Whose message this is: of one that was forwarded, who wrote it; None when they hide it."""
    origin = message.forward_origin
    if origin is not None:
        sender = origin.sender_user if isinstance(origin, MessageOriginUser) else None
    else:
        sender = message.from_user
    return sender.id if sender is not None and not sender.is_bot else None
