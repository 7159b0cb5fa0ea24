"""/garder: a reader's own conversation, to take away as Markdown and as an HTML page."""

from datetime import datetime
from functools import partial

from telegram import InputFile, Update
from telegram.constants import ChatAction

from bot.render.export_html import html_page
from bot.render.export_markdown import markdown
from bot.render.takeaway import Exchange, conversation_takeaway
from bot.state.replies import Told
from bot.telegram.desk import Context, Desk, place_of
from bot.telegram.reading import Reading
from knowledge.generation import Generation
from knowledge.model import Abstention, Language


class Keeping:
    """The handler of /garder."""

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self.desk = desk
        self.reading = reading

    async def keep(self, update: Update, context: Context) -> None:
        """What this reader asked in this chat, with the quotes and their footnotes: two files."""
        place = place_of(update)
        if place is None or await self.reading.too_fast(context, place):
            return
        exchanges = exchanges_of(self.desk.state.conversation(place.chat, place.user))
        if not exchanges:
            await self.reading.say(context, place, "telegram.keep_nothing")
            return
        await context.bot.send_chat_action(
            place.chat, ChatAction.UPLOAD_DOCUMENT, message_thread_id=place.thread or None
        )
        words = self.desk.words(place)
        work = partial(_files, exchanges, self.desk.generation, words.language)
        name = f"conversation-{self.desk.today().isoformat()}"
        caption: str | None = words.count("telegram.keep_caption", len(exchanges))
        for suffix, content in await self.desk.compute(work):
            await context.bot.send_document(
                place.chat,
                InputFile(content, f"{name}.{suffix}"),
                caption=caption,
                message_thread_id=place.thread or None,
            )
            caption = None


def exchanges_of(told: tuple[Told, ...]) -> list[Exchange]:
    """The questions worth taking away: greetings are not."""
    return [
        Exchange(datetime.fromisoformat(one.asked).astimezone(), one.question, one.reply)
        for one in told
        if not (isinstance(one.reply, Abstention) and one.reply.reason == "small_talk")
    ]


def _files(
    exchanges: list[Exchange], generation: Generation, language: Language
) -> tuple[tuple[str, bytes], ...]:
    dossier = generation.dossier
    takeaway = conversation_takeaway(dossier.title, exchanges, dossier.articles, language)
    return (
        ("html", html_page(takeaway).encode("utf-8", "replace")),
        ("md", markdown(takeaway).encode("utf-8", "replace")),
    )
