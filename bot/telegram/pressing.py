"""What happens when a button is pressed. The query is answered first, whatever follows."""

from functools import partial

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.render.passages import found_passages
from bot.state import Asked
from bot.telegram import screens
from bot.telegram.callbacks import (
    Card,
    More,
    Rate,
    Read,
    Still,
    Suggested,
    Turn,
    Walk,
    article_of,
    decode,
    quote_place,
)
from bot.telegram.desk import Context, Desk, Place, place_of
from bot.telegram.reading import FOUND, Reading
from bot.telegram.screen import Screen, edit, send, turn, typing
from knowledge import answering
from knowledge.generation import Generation
from knowledge.model import Passage


class Pressing:
    """The handler of callback queries."""

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self.desk = desk
        self.reading = reading

    async def pressed(self, update: Update, context: Context) -> None:
        """Does what the button says; one that means nothing any more is told kindly."""
        query, place = update.callback_query, place_of(update)
        if query is None:
            return
        if place is None or query.message is None:
            await tell(query)
            return
        words = self.desk.words(place)
        match decode(query.data):
            case None:
                await tell(query, words["telegram.gone_button"])
            case Still():
                await tell(query)
            case Turn() as to:
                if await turn(context.bot, self.desk.state, place.chat, _id(query), to):
                    await tell(query)
                else:
                    await tell(query, words["telegram.gone_page"])
            case Rate(question, good):
                kept = self.desk.state.asked(question) and self.desk.state.rate(
                    question, place.user, good=good
                )
                thanks = "telegram.thanks_good" if good else "telegram.thanks_bad"
                await tell(query, words[thanks if kept else "telegram.not_kept"])
            case Suggested() as suggested:
                await self._suggested(query, context, place, suggested)
            case More(question):
                await self._more(query, context, place, question)
            case Read() as read:
                await self._read(query, context, place, read)
            case Walk(article, position):
                await self._walk(query, context, place, article, position)
            case Card(article):
                await self._card(query, context, place, article)

    async def _suggested(
        self, query: CallbackQuery, context: Context, place: Place, suggested: Suggested
    ) -> None:
        text = pressed_words(query)
        asked = self.desk.state.asked(suggested.question)
        if text is None and asked is not None and suggested.position < len(asked.suggestions):
            text = asked.suggestions[suggested.position]
        if text is None:
            await tell(query, self.desk.words(place)["telegram.gone_button"])
            return
        await tell(query)
        await self.reading.answer(context, place, text, asked=text)

    async def _more(
        self, query: CallbackQuery, context: Context, place: Place, question: int
    ) -> None:
        words = self.desk.words(place)
        asked = self.desk.state.asked(question)
        if asked is None or asked.chat != place.chat:
            await tell(query, words["telegram.gone_question"])
            return
        generation = self.desk.generation
        work = partial(answering.find, generation, asked.understood, k=FOUND + len(asked.shown))
        hits = [
            hit
            for hit in await typing(context.bot, place, self.desk.compute(work))
            if not quoted(generation.passages[hit.passage], asked)
        ][:FOUND]
        if not hits:
            await tell(query, words["telegram.more_nothing"])
            return
        await tell(query)
        head = words["telegram.more_head"].format(question=asked.understood)
        found = found_passages(generation, hits)
        screen = screens.found_screen(head, found, generation, words.language)
        await send(context.bot, self.desk.state, place, screen)

    async def _read(self, query: CallbackQuery, context: Context, place: Place, read: Read) -> None:
        screen, trouble = self.passage(self.desk.generation, place, read)
        await tell(query, trouble)
        if screen is not None:
            await send(context.bot, self.desk.state, place, screen)

    def passage(
        self, generation: Generation, place: Place, read: Read
    ) -> tuple[Screen | None, str | None]:
        """The quote in its place, as the article is now; and a word when that has changed."""
        words = self.desk.words(place)
        article = article_of(read.article, generation.dossier.articles)
        if article is None:
            return None, words["telegram.gone_article"]
        found = quote_place(read, article)
        if found is None:
            screen = screens.article_screen(article, words.language)
            return screen, words["telegram.gone_passage"]
        return screens.passage_screen(article, *found, words.language), None

    async def _walk(
        self, query: CallbackQuery, context: Context, place: Place, short: str, position: int
    ) -> None:
        words = self.desk.words(place)
        article = article_of(short, self.desk.generation.dossier.articles)
        if article is None:
            await tell(query, words["telegram.gone_article"])
            return
        await tell(query)
        last = len(article.paragraphs) - 1
        screen = screens.passage_screen(article, 0, 0, words.language, position=min(position, last))
        await edit(context.bot, self.desk.state, place.chat, _id(query), screen)

    async def _card(self, query: CallbackQuery, context: Context, place: Place, short: str) -> None:
        words = self.desk.words(place)
        article = article_of(short, self.desk.generation.dossier.articles)
        if article is None:
            await tell(query, words["telegram.gone_article"])
            return
        await tell(query)
        screen = screens.article_screen(article, words.language)
        await send(context.bot, self.desk.state, place, screen)


def quoted(passage: Passage, asked: Asked) -> bool:
    """Whether the answer showed a quote from this passage."""
    return any(
        passage.article == article and passage.start < end and start < passage.end
        for article, start, end in asked.shown
    )


async def tell(query: CallbackQuery, words: str | None = None) -> None:
    """Ends the button's waiting, with a line on top of the chat if there is something to say."""
    try:
        await query.answer(words[:200] if words else None)
    except BadRequest as error:
        # Pressed long ago (the bot was away): what the button asks for is done all the same.
        if "too old" not in str(error):
            raise


def pressed_words(query: CallbackQuery) -> str | None:
    """The words on the button that was pressed, as its message shows them; None when unseen."""
    message = query.message
    markup = message.reply_markup if isinstance(message, Message) else None
    if not isinstance(markup, InlineKeyboardMarkup):
        return None
    for row in markup.inline_keyboard:
        for button in row:
            if button.callback_data == query.data:
                return button.text
    return None


def _id(query: CallbackQuery) -> int:
    return query.message.message_id if query.message is not None else 0
