"""What readers say: questions and the commands that everybody has."""

import logging
import re
import time
from collections.abc import Sequence
from functools import partial

from telegram import Message, Update

from bot.render.markup import escape
from bot.render.passages import found_passages
from bot.telegram import screens
from bot.telegram.desk import Context, Desk, Place, place_of
from bot.telegram.screen import Screen, send, typing
from knowledge import answering
from knowledge.model import Abstention, Reply

FOUND = 20
"""Passages that a search shows at most: four pages."""

EXAMPLES = 3

_LOG = logging.getLogger(__name__)


class Reading:
    """The handlers of questions and readers' commands."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    # Questions

    async def question(self, update: Update, context: Context) -> None:
        """A plain text in a private chat, or one addressed to the bot in a group."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        text = without_mention(message, self.desk.username)
        if not any(character.isalnum() for character in text):
            await self.say(context, place, "telegram.empty")
            return
        await self.answer(context, place, text)

    async def ask(self, update: Update, context: Context) -> None:
        """/ask QUESTION; without one, the message that it replies to is the question."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        text = argument(message)
        quoted = message.reply_to_message
        if not text and quoted is not None and quoted.from_user != context.bot.bot:
            text = quoted.text or quoted.caption or ""
        if not any(character.isalnum() for character in text):
            await self.say(context, place, "telegram.empty_ask")
            return
        await self.answer(context, place, text)

    async def answer(
        self, context: Context, place: Place, text: str, *, asked: str | None = None
    ) -> None:
        """Answers a question there; `asked` shows it, when no message of the reader's holds it."""
        desk = self.desk
        generation = desk.generation
        history = desk.state.turns(place.chat, place.thread)
        began = time.perf_counter()
        work = partial(
            answering.answer,
            generation,
            text,
            history=history,
            language=desk.state.language(place.chat),
            today=desk.today(),
        )
        reply: Reply = await typing(context.bot, place, desk.compute(work))
        spent = (time.perf_counter() - began) * 1000
        number = desk.state.record(
            reply,
            chat=place.chat,
            reader=place.user,
            generation=generation.number,
            milliseconds=spent,
        )
        if not (isinstance(reply, Abstention) and reply.reason == "small_talk"):
            desk.state.add_turn(place.chat, place.thread, text)
        screen = screens.reply_screen(reply, generation, number, asked)
        sent = await send(context.bot, desk.state, place, screen, reply=asked is None)
        desk.state.link(number, place.message if asked is None else None, sent.message_id)
        _LOG.info(
            "question %s generation=%s %s ms=%.1f",
            number,
            generation.number,
            reply.reason if isinstance(reply, Abstention) else "answered",
            spent,
        )

    # Commands

    async def start(self, update: Update, context: Context) -> None:
        """/start: what the dossier is, with three questions to touch."""
        place = place_of(update)
        if place is not None:
            dossier = self.desk.generation.dossier
            words = self.desk.greeting_words(place)
            screen = screens.start_screen(dossier, await self.examples(), words)
            await send(context.bot, self.desk.state, place, screen, reply=False)

    async def help(self, update: Update, context: Context) -> None:
        """/aide: how to ask, what the buttons do, the commands."""
        place = place_of(update)
        if place is not None:
            words = self.desk.words(place)
            html = words["telegram.help"]
            if self.desk.is_admin(place.user):
                html += "\n" + words["telegram.help_admin"]
            await self.show(context, place, Screen.of([html]))

    async def sources(self, update: Update, context: Context) -> None:
        """/sources: the dossier's articles."""
        place = place_of(update)
        if place is not None:
            dossier = self.desk.generation.dossier
            screen = screens.sources_screen(dossier, self.desk.language(place.chat))
            await self.show(context, place, screen)

    async def search(self, update: Update, context: Context) -> None:
        """/chercher MOTS: passages, with nothing composed."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        words = self.desk.words(place)
        looked_for = argument(message)
        if not any(character.isalnum() for character in looked_for):
            await self.say(context, place, "telegram.search_usage")
            return
        generation = self.desk.generation
        work = partial(answering.find, generation, looked_for, k=FOUND)
        hits = await typing(context.bot, place, self.desk.compute(work))
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

    # Pieces

    async def examples(self) -> Sequence[str]:
        """Questions that the dossier answers: its own reference questions, else suggestions."""
        generation = self.desk.generation
        own = [q.question for q in generation.dossier.questions if not q.refuse][:EXAMPLES]
        if own:
            return own
        # A greeting is met with questions that work.
        greeting = partial(answering.answer, generation, "bonjour", language="fr")
        return (await self.desk.compute(greeting)).suggestions[:EXAMPLES]

    async def say(self, context: Context, place: Place, key: str) -> None:
        """One sentence of the interface as a reply."""
        await self.show(context, place, Screen.of([self.desk.words(place)[key]]))

    async def show(self, context: Context, place: Place, screen: Screen) -> None:
        """A screen as a reply."""
        await send(context.bot, self.desk.state, place, screen)


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
