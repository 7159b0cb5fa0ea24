"""What admins can do; everybody else is told that it is for admins, and nothing more."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.render.markup import escape
from bot.state import StateError
from bot.telegram.desk import Context, Desk, Place, place_of
from bot.telegram.screen import Screen, edit, send, typing
from bot.texts import Texts, texts
from knowledge.errors import DossierError
from knowledge.library import Publication

MOST_NAMED = 10
"""Article ids that a message lists; the rest is a number."""

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

    async def reload(self, context: Context, place: Place) -> None:
        """Reads the folder and publishes it; readers are answered meanwhile."""
        desk, words = self.desk, self.desk.words(place)
        if desk.reloading.locked():
            await send(context.bot, desk.state, place, Screen.of([words["telegram.admin.busy"]]))
            return
        async with desk.reloading:
            waiting = Screen.of([words["telegram.admin.reloading"]])
            message = await send(context.bot, desk.state, place, waiting)
            before = desk.generation.number
            # Its own thread: the pool of answers stays free for readers.
            work = asyncio.to_thread(desk.library.reload)
            try:
                published = await typing(context.bot, place, work)
            except DossierError as error:
                outcome, detail = failed(words, str(error), before), f"failed: {error}"
            except Exception as error:  # noqa: BLE001 - the admin must not be left waiting
                _LOG.exception("reload failed")
                why = words["telegram.admin.fault"].format(kind=type(error).__name__)
                outcome, detail = failed(words, why, before), f"fault: {error!r}"
            else:
                outcome = publication(words, published, desk.library.notices)
                detail = f"generation {published.generation.number}"
        desk.state.audit(place.user, "reload", detail)
        await edit(context.bot, desk.state, place.chat, message.message_id, Screen.of([outcome]))

    async def stats(self, context: Context, place: Place) -> None:
        """What was asked in the last week, and today."""
        desk, words = self.desk, self.desk.words(place)
        now = datetime.now(UTC).astimezone()
        week = desk.state.stats(now - timedelta(days=7))
        today = desk.state.stats(now.replace(hour=0, minute=0, second=0, microsecond=0))
        generation = desk.generation
        blocks = [
            words["telegram.admin.stats"].format(
                questions=week.questions,
                questions_today=today.questions,
                refused=week.refused,
                refused_today=today.refused,
                readers=week.readers,
                readers_today=today.readers,
                good=week.good,
                bad=week.bad,
                milliseconds=round(week.milliseconds),
            ),
            words["telegram.admin.stats_dossier"].format(
                articles=words.count("cli.articles", len(generation.dossier.articles)),
                generation=generation.number,
            ),
        ]
        for key, listed in (
            ("most_asked", week.most_asked),
            ("unanswered", week.unanswered),
            ("disliked", week.disliked),
        ):
            if listed:
                line = words["telegram.admin.stats_line"]
                lines = [
                    line.format(times=times, question=escape(question[:120]))
                    for question, times in listed
                ]
                blocks.append("\n".join([words[f"telegram.admin.stats_{key}"], *lines]))
        await send(context.bot, desk.state, place, Screen.of(["\n\n".join(blocks)]))

    async def tell_all(self, bot: Bot, key: str, **fields: str) -> None:
        """Sends every admin a line; one who never wrote to the bot is left out."""
        for admin in self.desk.settings.admin_ids:
            html = texts(self.desk.language(admin))[key].format(**fields)
            try:
                await bot.send_message(admin, html, parse_mode="HTML")
            except TelegramError as error:
                _LOG.info("admin %s not told: %s", admin, error)

    def trouble(self, bot: Bot) -> Callable[[StateError], None]:
        """Tells the admins once that the state cannot be written."""
        told = False

        def tell(error: StateError) -> None:
            nonlocal told
            if not told:
                told = True
                line = self.tell_all(bot, "telegram.admin.trouble", why=escape(str(error)))
                self.task = asyncio.get_running_loop().create_task(line)

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
            listed = ", ".join(ids[:MOST_NAMED])
            if len(ids) > MOST_NAMED:
                listed += f"… (+{len(ids) - MOST_NAMED})"
            lines.append(words[f"telegram.admin.{what}"].format(ids=escape(listed)))
    if published.set_aside:
        lines.append(words["telegram.admin.set_aside"])
        lines += [escape(f"• {one.why}") for one in published.set_aside[:MOST_NAMED]]
    lines += [words["telegram.admin.notice"].format(notice=escape(one)) for one in notices]
    return "\n".join(lines)
