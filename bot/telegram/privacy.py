"""What readers may know and have erased: /mesdonnees and /supprimer, in private chats."""

from datetime import datetime

from telegram import Update

from bot.render.citation import short_date
from bot.state import Personal
from bot.telegram.callbacks import Erase
from bot.telegram.desk import Context, Desk, Place, place_of
from bot.telegram.pressing import Press
from bot.telegram.screen import Screen, edit, send
from bot.telegram.screens import button
from bot.texts import Texts, texts


class Privacy:
    """The handlers of /mesdonnees, /supprimer and its buttons."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def told(self, update: Update, context: Context) -> None:
        """/mesdonnees: what is kept of the reader, since when, for how long, who sees it."""
        place = place_of(update)
        if place is None or not await self._alone(context, place):
            return
        words, personal = self.desk.words(place), self.desk.state.personal(place.user)
        kept = personal_lines(words, personal)
        if not is_empty(personal):
            kept = f"{words['telegram.privacy.head']}\n{kept}"
        blocks = [kept, self._terms(words, place, personal)]
        await send(context.bot, self.desk.state, place, Screen.of(["\n\n".join(blocks)]))

    async def ask(self, update: Update, context: Context) -> None:
        """/supprimer: says what would go, and asks."""
        place = place_of(update)
        if place is None or not await self._alone(context, place):
            return
        words, personal = self.desk.words(place), self.desk.state.personal(place.user)
        if is_empty(personal):
            await self._say(context, place, words["telegram.privacy.nothing"])
            return
        html = words["telegram.privacy.sure"].format(what=personal_lines(words, personal))
        row = (
            button(words["telegram.privacy.button_erase"], Erase(sure=True)),
            button(words["telegram.admin.button_cancel"], Erase(sure=False)),
        )
        await send(context.bot, self.desk.state, place, Screen.of([html], row))

    async def erase(self, press: Press, action: Erase) -> None:
        """Erases what is kept of who pressed, or does not."""
        place, words = press.place, press.words
        await press.tell()
        if not action.sure:
            await self._show(press, words["telegram.privacy.not_erased"])
            return
        acts = self.desk.state.personal(place.user).acts
        if not self.desk.state.erase(place.user):
            await self._show(press, words["telegram.privacy.failed"])
            return
        remains = [words["telegram.privacy.erased"], words["telegram.privacy.remains"]]
        if acts:
            remains.append(words.count("telegram.privacy.acts_remain", acts))
        await self._show(press, "\n\n".join(remains))

    def _terms(self, words: Texts, place: Place, personal: Personal) -> str:
        settings = self.desk.settings
        lines = [
            words[f"telegram.privacy.{settings.reader_ids}"].format(user=place.user),
            words["telegram.privacy.time"].format(days=settings.retention_days),
            words["telegram.privacy.seen"],
        ]
        if personal.acts:
            lines.append(words.count("telegram.privacy.acts", personal.acts))
        return "\n".join(lines)

    async def _alone(self, context: Context, place: Place) -> bool:
        """Whether nobody else reads along; in a group they are asked to come aside."""
        if not place.private:
            await self._say(context, place, self.desk.words(place)["telegram.privacy.aside"])
        return place.private

    async def _say(self, context: Context, place: Place, html: str) -> None:
        await send(context.bot, self.desk.state, place, Screen.of([html]))

    async def _show(self, press: Press, html: str) -> None:
        bot, chat = press.context.bot, press.place.chat
        await edit(bot, self.desk.state, chat, press.message, Screen.of([html]))


def is_empty(personal: Personal) -> bool:
    """Whether there is nothing to erase."""
    return not (
        personal.questions
        or personal.opinions
        or personal.remarks
        or personal.turns
        or personal.language
    )


def personal_lines(words: Texts, personal: Personal) -> str:
    """What is kept, a line a kind; a kind without anything is left out."""
    if is_empty(personal):
        return words["telegram.privacy.empty"]
    lines = []
    if personal.questions and personal.first and personal.last:
        first, last = _day(personal.first, words), _day(personal.last, words)
        key, days = "telegram.privacy.questions", {"first": first, "last": last}
        if first == last:
            key, days = "telegram.privacy.questions_day", {"day": first}
        lines.append(words.count(key, personal.questions, **days))
    for kind, n in (
        ("opinions", personal.opinions),
        ("remarks", personal.remarks),
        ("turns", personal.turns),
    ):
        if n:
            lines.append(words.count(f"telegram.privacy.{kind}", n))
    if personal.language:
        name = texts(personal.language)["telegram.language_name"]
        lines.append(words["telegram.privacy.language"].format(language=name))
    return "\n".join(f"• {line}" for line in lines)


def _day(moment: str, words: Texts) -> str:
    return short_date(datetime.fromisoformat(moment).astimezone().date(), words.language)
