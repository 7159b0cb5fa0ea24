"""What admins correct in an article or an upload, and what they take out of the dossier."""

import asyncio
import json
import re
import tomllib
from datetime import date

from telegram import ForceReply, ReplyParameters
from telegram.constants import ParseMode

from bot.render.citation import one_line
from bot.render.markup import escape
from bot.telegram import checking
from bot.telegram.admin import Admin
from bot.telegram.callbacks import FIELDS, Correct, Remove, article_of
from bot.telegram.checking import unpublished, upload_screen
from bot.telegram.desk import Context, Desk, Place
from bot.telegram.pressing import Press
from bot.telegram.screen import Row, Screen, edit, send
from bot.telegram.screens import button, sources_screen
from bot.telegram.uploads import Uploads
from bot.texts import Texts
from knowledge.model import Article

CORRECT = "correct"
"""The kind of prompt whose reply is a corrected fact."""

CLEAR = "-"
"""The reply that takes a correction back."""


class Correcting:
    """The handlers of corrections and /remove."""

    def __init__(self, desk: Desk, admin: Admin) -> None:
        self.desk = desk
        self.admin = admin
        self.uploads = Uploads(desk)

    async def correct(self, press: Press, action: Correct) -> None:
        """Asks for a corrected fact; the reply to that message is it."""
        # An upload is read again, by a process of its own.
        article = await asyncio.to_thread(self.uploads.article, action.upload, action.article)
        if article is None or action.field not in FIELDS:
            await press.tell("telegram.add.gone" if action.upload else "telegram.gone_article")
            return
        await press.tell()
        asking = press.words[f"telegram.add.ask_{action.field}"]
        message = await press.context.bot.send_message(
            press.place.chat,
            asking.format(title=escape(one_line(article.title))),
            parse_mode=ParseMode.HTML,
            reply_parameters=ReplyParameters(press.message, allow_sending_without_reply=True),
            reply_markup=ForceReply(selective=True),
        )
        detail = json.dumps([action.upload, article.id, action.field, press.message])
        self.desk.state.prompt(
            press.place.chat, message.message_id, press.place.user, CORRECT, detail
        )

    async def corrected(self, context: Context, place: Place) -> None:
        """The reply that corrects a fact."""
        state, words = self.desk.state, self.desk.words(place)
        asked = place.said.reply_to_message if place.said is not None else None
        if place.said is None or asked is None:
            return
        prompt = state.prompted(place.chat, asked.message_id, place.user)
        if prompt is None:
            return
        upload, article_id, field, card = json.loads(prompt.detail)
        said = " ".join((place.said.text or "").split())
        value = read_date(said) if field == "published" and said != CLEAR else said
        corrections = self.uploads.corrections(upload)
        if value is None:
            screen = Screen.of([words["telegram.add.bad_date"]])
        elif corrections is None:
            state.settle(place.chat, asked.message_id)
            screen = Screen.of([words["telegram.add.gone"]])
        else:
            state.settle(place.chat, asked.message_id)
            try:
                corrections.correct(article_id, {field: None if said == CLEAR else value})
            except (OSError, tomllib.TOMLDecodeError) as error:
                screen = unwritten(words, error)
            else:
                screen = await self._noted(context, place, upload, card)
                state.audit(place.user, "correct", f"{article_id} {field}")
        await send(context.bot, state, place, screen)

    async def _noted(self, context: Context, place: Place, upload: int, card: int) -> Screen:
        words, folder = self.desk.words(place), self.uploads.folder(upload)
        if folder is None:
            return unpublished(words, "telegram.add.noted")
        dossier = await asyncio.to_thread(self.uploads.read, folder)
        known = frozenset(article.id for article in self.desk.generation.dossier.articles)
        screen = upload_screen(words, upload, dossier, known)
        await edit(context.bot, self.desk.state, place.chat, card, screen)
        return Screen.of([words["telegram.add.corrected"]])

    def card_rows(self, press: Press, article: Article) -> list[Row]:
        """What an admin can do to an article, in a private chat."""
        if not (press.place.private and self.desk.is_admin(press.place.user)):
            return []
        return checking.card_rows(press.words, article)

    async def removing(self, context: Context, place: Place) -> None:
        """/remove: which article? Its card has the button."""
        words = self.desk.words(place)
        hint = Screen.of([words["telegram.add.remove_usage"]])
        await send(context.bot, self.desk.state, place, hint)
        screen = sources_screen(self.desk.generation.dossier, words)
        await send(context.bot, self.desk.state, place, screen, reply=False)

    async def remove(self, press: Press, action: Remove) -> None:
        """Asks whether the admin is sure; then takes the article out."""
        words = press.words
        article = article_of(action.article, self.desk.generation.dossier.articles)
        if article is None:
            await press.tell("telegram.gone_article")
            return
        await press.tell()
        title = escape(one_line(article.title))
        if not action.sure:
            sure = button(words["telegram.add.button_sure"], Remove(action.article, sure=True))
            html = words["telegram.add.remove_sure"].format(title=title)
            await send(press.context.bot, self.desk.state, press.place, Screen.of([html], (sure,)))
            return
        try:
            self.uploads.overlay.remove(article.id)
        except (OSError, tomllib.TOMLDecodeError) as error:
            screen = unwritten(words, error)
        else:
            screen = unpublished(words, "telegram.add.removed", title=title)
            self.desk.state.audit(press.place.user, "remove", article.id)
        await edit(press.context.bot, self.desk.state, press.place.chat, press.message, screen)
        await self.admin.announce(
            press.context.bot, press.place, "telegram.admin.told_remove", ids=article.id
        )


def unwritten(words: Texts, error: Exception) -> Screen:
    """The sentence for a correction that could not be kept."""
    return Screen.of([words["telegram.add.not_written"].format(why=escape(str(error)))])


def read_date(text: str) -> date | None:
    """A day that an admin typed: 2023-02-28, 28/02/2023 or 28 février 2023."""
    from knowledge.language.dates import find_dates

    numbers = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
    iso = f"{numbers[3]}-{numbers[2]:0>2}-{numbers[1]:0>2}" if numbers else text
    try:
        return date.fromisoformat(iso)
    except ValueError:
        pass
    found = find_dates(text, None)
    try:
        return date.fromisoformat(found[0].date or "") if found else None
    except ValueError:
        return None
