"""What readers say: questions and the commands that everybody has."""

import logging
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from telegram import Message, Update
from telegram.error import BadRequest

from bot.render.markup import escape
from bot.render.passages import found_passages
from bot.replaying import edition_of
from bot.state.replies import Terms
from bot.telegram import screens
from bot.telegram.callbacks import Card, Read, article_of, decode, quote_place
from bot.telegram.desk import Context, Desk, Place, known_language, place_of
from bot.telegram.metering import Stages
from bot.telegram.screen import Screen, edit, send, typing
from bot.texts import texts
from knowledge import answering
from knowledge.errors import UnusableSearch
from knowledge.generation import Generation
from knowledge.model import Abstention, Reply

FOUND = 20
"""Passages that a search shows at most: four pages."""

EXAMPLES = 3

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Worked:
    """A question worked out: its screen, its number in the state, whether it can be led on."""

    screen: Screen
    number: int
    leads_on: bool
    reply: Reply
    generation: int
    stages: Stages


class Reading:
    """The handlers of questions and readers' commands."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    # Questions

    async def question(self, update: Update, context: Context) -> None:
        """A plain text in a private chat, or one addressed to the bot in a group."""
        place, message = place_of(update), update.effective_message
        if place is not None and message is not None:
            await self._take(context, place, without_mention(message, self.desk.username))

    async def ask(self, update: Update, context: Context) -> None:
        """/ask QUESTION; without one, the message that it replies to is the question."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        text = argument(message)
        quoted = message.reply_to_message
        if not text and quoted is not None and quoted.from_user != context.bot.bot:
            text = quoted.text or quoted.caption or ""
        if is_question(text):
            await self._take(context, place, text)
        else:
            await self.say(context, place, "telegram.empty_ask")

    async def edited(self, update: Update, context: Context) -> None:
        """A question that was edited gets its answer edited; one never answered is answered."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None or place.message is None:
            return
        is_command = (message.text or "").startswith("/")
        text = argument(message) if is_command else without_mention(message, self.desk.username)
        before = self.desk.state.answer_to(place.chat, place.message)
        if before is None:
            await self._take(context, place, text)
            return
        answer, old = before
        if text == old or not is_question(text) or await self.too_fast(context, place):
            return
        self.desk.state.drop_turn(place.chat, place.thread, old)
        worked = await self._work(context, place, text)
        try:
            await edit(context.bot, self.desk.state, place.chat, answer, worked.screen)
            self.desk.state.link(worked.number, place.message, answer)
            self._measure(worked)
        except BadRequest as error:
            # The answer was deleted, or is too old to be edited: a new one takes its place.
            _LOG.info("answer not edited: %s", error)
            await self._send(context, place, worked)

    async def answer(self, context: Context, place: Place, text: str) -> None:
        """Answers a suggested question: no message of the reader's holds it, so it is shown."""
        if await self.too_fast(context, place):
            return
        worked = await self._work(context, place, text, asked=text)
        sent = await send(context.bot, self.desk.state, place, worked.screen, reply=False)
        self.desk.state.link(worked.number, None, sent.message_id)
        self._measure(worked)

    async def _take(self, context: Context, place: Place, text: str) -> None:
        if not is_question(text):
            await self.say(context, place, "telegram.empty")
            return
        if await self.too_fast(context, place):
            return
        await self._send(context, place, await self._work(context, place, text))

    async def too_fast(self, context: Context, place: Place) -> bool:
        """Whether this person must wait; they are told how long. Admins never must."""
        if self.desk.is_admin(place.user):
            return False
        seconds = self.desk.pace.take(place.user)
        if seconds:
            words = self.desk.words(place)
            line = words["telegram.too_fast"].format(seconds=math.ceil(seconds))
            await self.show(context, place, Screen.of([line]))
        return bool(seconds)

    async def _send(self, context: Context, place: Place, worked: Worked) -> None:
        sent = await send(context.bot, self.desk.state, place, worked.screen)
        self.desk.state.link(worked.number, place.message, sent.message_id)
        self._measure(worked)

    def _measure(self, worked: Worked) -> None:
        worked.stages.end("send")
        self.desk.meter.answered(worked.reply, worked.number, worked.generation, worked.stages)

    async def _work(
        self, context: Context, place: Place, text: str, *, asked: str | None = None
    ) -> Worked:
        desk = self.desk
        generation = desk.generation
        stages = desk.meter.stages(place.update)
        terms = Terms(
            desk.state.turns(place.chat, place.thread),
            desk.state.language(place.chat),
            today=desk.today(),
        )
        work = partial(_answered, generation, text, terms)
        reply, offered = await typing(context.bot, place, desk.compute(work))
        spent = stages.end("answer")
        number = desk.state.record(
            offered,
            chat=place.chat,
            reader=place.user,
            generation=generation.number,
            milliseconds=spent,
        )
        if number:
            desk.state.keep_reply(number, reply, terms, edition_of(generation))
        leads_on = not (isinstance(reply, Abstention) and reply.reason == "small_talk")
        if leads_on:
            desk.state.add_turn(place.chat, place.thread, text)
        # What may still kill the process is not this question.
        desk.state.spare(place.update)
        screen = screens.reply_screen(offered, generation, number, asked)
        stages.end("keep")
        return Worked(screen, number, leads_on, reply, generation.number, stages)

    # Commands

    async def start(self, update: Update, context: Context) -> None:
        """/start: what the dossier is, with three questions; or what a shared link names."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        payload = argument(message)
        screen = self.linked(place, payload) if payload else None
        if screen is None:
            dossier = self.desk.generation.dossier
            words = self.desk.greeting_words(place)
            screen = screens.start_screen(dossier, await self.examples(), words)
        await send(context.bot, self.desk.state, place, screen, reply=False)

    def linked(self, place: Place, payload: str) -> Screen | None:
        """What a deep link shows: a passage or an article; None when it names nothing."""
        words = self.desk.greeting_words(place)
        generation = self.desk.generation
        match decode(payload):
            case Read() as read:
                article = article_of(read.article, generation.dossier.articles)
                if article is None:
                    return Screen.of([words["telegram.gone_article"]])
                found = quote_place(read, article)
                if found is None:
                    return screens.article_screen(article, words)
                return screens.passage_screen(generation, article, found, words, self.desk.username)
            case Card(short):
                article = article_of(short, generation.dossier.articles)
                if article is None:
                    return Screen.of([words["telegram.gone_article"]])
                return screens.article_screen(article, words)
        return None

    async def help(self, update: Update, context: Context) -> None:
        """/aide: how to ask, what the buttons do, the commands."""
        place = place_of(update)
        if place is not None:
            words = self.desk.words(place)
            html = words["telegram.help"].format(username=self.desk.username)
            if self.desk.is_admin(place.user):
                html += "\n" + words["telegram.help_admin"]
            await self.show(context, place, Screen.of([html]))

    async def sources(self, update: Update, context: Context) -> None:
        """/sources: the dossier's articles."""
        place = place_of(update)
        if place is not None:
            dossier = self.desk.generation.dossier
            screen = screens.sources_screen(dossier, self.desk.words(place))
            await self.show(context, place, screen)

    async def search(self, update: Update, context: Context) -> None:
        """/chercher MOTS: passages, with nothing composed."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        words = self.desk.words(place)
        looked_for = argument(message)
        if not is_question(looked_for):
            await self.say(context, place, "telegram.search_usage")
            return
        if await self.too_fast(context, place):
            return
        generation = self.desk.generation
        work = partial(answering.find, generation, looked_for, k=FOUND)
        try:
            hits = await typing(context.bot, place, self.desk.compute(work))
        except UnusableSearch as error:
            await self.show(context, place, Screen.of([escape(str(error))]))
            return
        short = looked_for if len(looked_for) <= 80 else looked_for[:80] + "…"
        if not hits:
            nothing = words["telegram.search_nothing"].format(words=escape(short))
            await self.show(context, place, Screen.of([nothing]))
            return
        head = words.count("telegram.search_found", len(hits), words=short)
        found = found_passages(generation, hits)
        screen = screens.found_screen(head, found, generation, words.language)
        await self.show(context, place, screen)

    async def forget(self, update: Update, context: Context) -> None:
        """/oublier: the next question leans on none before."""
        place = place_of(update)
        if place is not None:
            self.desk.state.forget(place.chat, place.thread)
            await self.say(context, place, "telegram.forgotten")

    async def language(self, update: Update, context: Context) -> None:
        """/langue: the languages as buttons; `/langue en` chooses at once."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        wanted = argument(message).lower()
        chosen = known_language(wanted)
        if chosen is None and wanted != "auto":
            screen = screens.language_screen(self.desk.words(place))
            await self.show(context, place, screen)
            return
        self.desk.state.set_language(place.chat, chosen)
        key = "telegram.language_set" if chosen else "telegram.language_auto_set"
        await self.say(context, place, key)

    async def unknown(self, update: Update, context: Context) -> None:
        """A command that does not exist, in a private chat."""
        place = place_of(update)
        if place is not None:
            await self.say(context, place, "telegram.unknown_command")

    async def not_text(self, update: Update, context: Context) -> None:
        """A sticker, a voice, a photo, in a private chat: one kind line."""
        place = place_of(update)
        if place is not None:
            await self.say(context, place, "telegram.text_only")

    async def stranger(self, update: Update, context: Context) -> None:
        """A chat that ALLOWED_CHATS leaves out: one line in private, silence in a group."""
        place = place_of(update)
        if place is not None and place.private and update.message is not None:
            words = self.desk.greeting_words(place)
            line = words["telegram.private_bot"].format(chat=place.chat)
            await self.show(context, place, Screen.of([line]))

    async def migrated(self, update: Update, _: Context) -> None:
        """A group became a supergroup: what is kept of it moves along."""
        message = update.effective_message
        if message is not None and message.migrate_to_chat_id is not None:
            self.desk.state.move_chat(message.chat_id, message.migrate_to_chat_id)

    # Pieces

    async def examples(self) -> Sequence[str]:
        """Questions that the dossier answers: its own reference questions, else suggestions."""
        generation = self.desk.generation
        own = [q.question for q in generation.dossier.questions if not q.refuse][:EXAMPLES]
        if own:
            return own
        # A greeting is met with questions that work, if there are any; else a refusal is.
        found: list[str] = []
        for text in ("bonjour", texts("fr")["telegram.start_probe"]):
            work = partial(answering.answer, generation, text, language="fr")
            found += (await self.desk.compute(work)).suggestions
        return list(dict.fromkeys(found))[:EXAMPLES]

    async def say(self, context: Context, place: Place, key: str) -> None:
        """One sentence of the interface as a reply."""
        await self.show(context, place, Screen.of([self.desk.words(place)[key]]))

    async def show(self, context: Context, place: Place, screen: Screen) -> None:
        """A screen as a reply."""
        await send(context.bot, self.desk.state, place, screen)


def is_question(text: str) -> bool:
    """Whether there is a letter or a number to look for."""
    return any(character.isalnum() for character in text)


def argument(message: Message) -> str:
    """What follows the command, on the same line or the next."""
    return re.sub(r"^/\S*\s*", "", message.text or message.caption or "").strip()


def without_mention(message: Message, username: str) -> str:
    """The text without the bot's name, wherever it stands."""
    text = message.text or ""
    if not username:
        return text.strip()
    kept = re.sub(rf"(?<!\w)@{re.escape(username)}\b[,:]?", " ", text, flags=re.IGNORECASE)
    return re.sub(r" {2,}", " ", kept).strip()


def _answered(generation: Generation, text: str, terms: Terms) -> tuple[Reply, Reply]:
    """The reply, and the same with questions to go on with where it answers."""
    reply = answering.answer(
        generation, text, history=terms.history, language=terms.language, today=terms.today
    )
    if isinstance(reply, Abstention):
        return reply, reply
    return reply, replace(reply, suggestions=answering.offers(generation, reply))
