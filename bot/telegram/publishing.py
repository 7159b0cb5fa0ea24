"""What admins publish: a preview of the folder's present state, and older generations."""

import asyncio
import logging
from datetime import datetime
from functools import partial

from telegram import Bot

from bot.render.citation import short_date
from bot.render.markup import escape
from bot.telegram.admin import Admin, failed, publication
from bot.telegram.callbacks import Preview, Publish, Rollback
from bot.telegram.desk import Context, Desk, Place
from bot.telegram.pressing import Press
from bot.telegram.preview import Changed, changed_answers, shortened
from bot.telegram.screen import Screen, edit, send, typing
from bot.telegram.screens import button
from bot.texts import Texts
from knowledge.errors import DossierError
from knowledge.library import Draft, Publication

MOST_ANSWERS = 10
"""Changed answers that a preview shows; the rest is a number."""

_LOG = logging.getLogger(__name__)


class Publishing:
    """The handlers of /reload, /rollback and their buttons."""

    def __init__(self, desk: Desk, admin: Admin) -> None:
        self.desk = desk
        self.admin = admin
        self._draft: Draft | None = None
        self._number = 0

    async def reload(self, context: Context, place: Place) -> None:
        """Reads the folder and shows what would change, with buttons to publish it or not."""
        desk, words = self.desk, self.desk.words(place)
        if desk.reloading.locked():
            busy = Screen.of([words["telegram.admin.busy"]])
            await send(context.bot, desk.state, place, busy)
            return
        async with desk.reloading:
            waiting = Screen.of([words["telegram.admin.reloading"]])
            message = await send(context.bot, desk.state, place, waiting)
            before = desk.generation
            try:
                # Its own thread: the pool of answers stays free for readers.
                work = asyncio.to_thread(self._prepare)
                draft, answers = await typing(context.bot, place, work)
            except DossierError as error:
                screen = Screen.of([failed(words, str(error), before.number)])
                desk.state.audit(place.user, "reload", f"failed: {error}")
            except Exception as error:  # noqa: BLE001 - the admin must not be left waiting
                _LOG.exception("reload failed")
                why = words["telegram.admin.fault"].format(kind=type(error).__name__)
                screen = Screen.of([failed(words, why, before.number)])
            else:
                screen = self._offered(words, draft, answers)
        await edit(context.bot, desk.state, place.chat, message.message_id, screen)

    async def again(self, press: Press, _: Preview) -> None:
        """The preview, from a button."""
        await press.tell()
        await self.reload(press.context, press.place)

    async def publish(self, press: Press, action: Publish) -> None:
        """Publishes the preview, or drops it."""
        desk, words, draft = self.desk, press.words, self._draft
        if draft is None or action.draft != self._number:
            await press.tell("telegram.admin.stale")
            return
        self._draft = None
        await press.tell()
        if not action.go:
            await self._show(
                press, words["telegram.admin.discarded"].format(generation=desk.generation.number)
            )
            return
        before = desk.generation.number
        try:
            async with desk.reloading:
                published = await typing(
                    press.context.bot, press.place, asyncio.to_thread(desk.library.publish, draft)
                )
        except DossierError as error:
            desk.state.audit(press.place.user, "reload", f"failed: {error}")
            await self._show(press, failed(words, str(error), before))
            return
        await self._published(press, "reload", published)

    async def generations(self, context: Context, place: Place) -> None:
        """The generations that can be put back, each on a button."""
        desk, words = self.desk, self.desk.words(place)
        current = desk.generation.number
        rows = [
            (
                button(
                    self._label(words, info.number, info.created, info.articles),
                    Rollback(info.number),
                ),
            )
            for info in desk.library.generations()
            if info.number != current
        ]
        key = "telegram.admin.rollback" if rows else "telegram.admin.rollback_none"
        screen = Screen.of([words[key].format(generation=current)], *rows)
        await send(context.bot, desk.state, place, screen)

    async def rollback(self, press: Press, action: Rollback) -> None:
        """Puts an older generation back."""
        desk = self.desk
        await press.tell()
        try:
            async with desk.reloading:
                work = partial(desk.library.rollback, action.generation)
                published = await typing(press.context.bot, press.place, asyncio.to_thread(work))
        except DossierError as error:
            await self._show(press, escape(str(error)))
            return
        await self._published(press, "rollback", published)

    def _prepare(self) -> tuple[Draft, tuple[Changed, ...]]:
        draft = self.desk.library.prepare()
        if not draft.publication.changed:
            return draft, ()
        return draft, changed_answers(self.desk.generation, draft.publication.generation)

    def _offered(self, words: Texts, draft: Draft, answers: tuple[Changed, ...]) -> Screen:
        offered = draft.publication
        if not offered.changed:
            return Screen.of([publication(words, offered, ())])
        self._number += 1
        self._draft = draft
        go = button(words["telegram.admin.button_publish"], Publish(self._number, go=True))
        stop = button(words["telegram.admin.button_cancel"], Publish(self._number, go=False))
        return Screen.of(["\n\n".join(preview(words, offered, answers))], (go, stop))

    async def _published(self, press: Press, act: str, published: Publication) -> None:
        desk = self.desk
        text = publication(press.words, published, desk.library.notices)
        if act == "rollback":
            text += "\n" + press.words["telegram.admin.rolled_back"]
        desk.state.audit(press.place.user, act, f"generation {published.generation.number}")
        await self._show(press, text)
        await self.admin.announce(
            press.context.bot,
            press.place,
            f"telegram.admin.told_{act}",
            generation=str(published.generation.number),
        )

    async def _show(self, press: Press, html: str) -> None:
        bot: Bot = press.context.bot
        await edit(bot, self.desk.state, press.place.chat, press.message, Screen.of([html]))

    def _label(self, words: Texts, number: int, created: str, articles: int) -> str:
        moment = datetime.fromisoformat(created).astimezone()
        return words["telegram.admin.generation"].format(
            generation=number,
            articles=words.count("cli.articles", articles),
            day=short_date(moment.date(), words.language),
            time=f"{moment:%H:%M}",
        )


def preview(words: Texts, offered: Publication, answers: tuple[Changed, ...]) -> list[str]:
    """The blocks of a preview: articles, files set aside, answers that change."""
    count = words.count("cli.articles", len(offered.generation.dossier.articles))
    lines = [words["telegram.admin.preview"].format(articles=count)]
    for what, ids in (
        ("added", offered.added),
        ("changed", offered.changed_ids),
        ("removed", offered.removed),
    ):
        if ids:
            listed = escape(shortened(ids))
            lines.append(words[f"telegram.admin.{what}"].format(ids=listed))
    blocks = ["\n".join(lines)]
    if offered.set_aside:
        asides = [escape(f"• {one.why}") for one in offered.set_aside[:MOST_ANSWERS]]
        blocks.append("\n".join([words["telegram.admin.set_aside"], *asides]))
    if answers:
        shown = [_changed(words, one) for one in answers[:MOST_ANSWERS]]
        if len(answers) > MOST_ANSWERS:
            shown.append(f"… (+{len(answers) - MOST_ANSWERS})")
        blocks.append("\n".join([words["telegram.admin.answers_change"], *shown]))
    elif offered.generation.dossier.questions:
        blocks.append(words["telegram.admin.answers_same"])
    return blocks


def _changed(words: Texts, one: Changed) -> str:
    refusal = words["telegram.admin.no_answer"]
    mark = "•" if one.passes else "⚠️"
    before, after = (escape(text[:120]) if text else refusal for text in (one.before, one.after))
    return f"{mark} {escape(one.question[:120])}\n<i>{before}</i> → <i>{after}</i>"
