"""What happens when a button is pressed. The query is answered first, whatever follows."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.render.passages import found_passages
from bot.state import Asked
from bot.telegram import screens
from bot.telegram.callbacks import (
    Action,
    Card,
    Copy,
    More,
    Read,
    Sift,
    Speak,
    Still,
    Suggested,
    Turn,
    Walk,
    article_of,
    decode,
    quote_place,
)
from bot.telegram.desk import Context, Desk, Place, known_language, place_of
from bot.telegram.reading import FOUND, Reading
from bot.telegram.screen import Row, Screen, edit, send, turn, typing
from bot.texts import Texts
from knowledge import answering
from knowledge.errors import UnusableSearch
from knowledge.model import Article, Passage


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed, and where."""

    query: CallbackQuery
    context: Context
    place: Place
    words: Texts

    @property
    def message(self) -> int:
        """The message that the button stands under."""
        return self.query.message.message_id if self.query.message is not None else 0

    @property
    def label(self) -> str | None:
        """The words on the button, as its message shows them; None when unseen."""
        message = self.query.message
        markup = message.reply_markup if isinstance(message, Message) else None
        if not isinstance(markup, InlineKeyboardMarkup):
            return None
        buttons = (button for row in markup.inline_keyboard for button in row)
        return next((one.text for one in buttons if one.callback_data == self.query.data), None)

    async def tell(self, key: str | None = None) -> None:
        """Ends the button's waiting, with a line on top of the chat if there is one to say."""
        try:
            await self.query.answer(self.words[key][:200] if key else None)
        except BadRequest as error:
            # Pressed long ago (the bot was away): what the button asks for is done all the same.
            if "too old" not in str(error):
                raise


Act = Callable[[Press, Any], Awaitable[None]]


class Pressing:
    """The handler of callback queries; each kind of action has one act."""

    def __init__(self, desk: Desk, reading: Reading, more: Mapping[type[Action], Act]) -> None:
        self.desk = desk
        self.reading = reading
        self.acts: dict[type[Action], Act] = {
            Still: self.still,
            Turn: self.turn,
            Suggested: self.suggested,
            More: self.more,
            Read: self.read,
            Walk: self.walk,
            Card: self.card,
            Copy: self.copy,
            Sift: self.sift,
            Speak: self.speak,
            **more,
        }

        self.card_rows: Callable[[Press, Article], Sequence[Row]] = lambda *_: ()
        """Further buttons below an article's card."""

    async def pressed(self, update: Update, context: Context) -> None:
        """Does what the button says; one that means nothing any more is told kindly."""
        query, place = update.callback_query, place_of(update)
        if query is None:
            return
        if place is None or query.message is None:
            await query.answer()
            return
        press = Press(query, context, place, self.desk.words(place))
        action = decode(query.data)
        if action is None:
            await press.tell("telegram.gone_button")
            return
        await self.acts[type(action)](press, action)

    async def still(self, press: Press, _: Still) -> None:
        """Nothing."""
        await press.tell()

    async def turn(self, press: Press, to: Turn) -> None:
        """Another page."""
        bot, state = press.context.bot, self.desk.state
        turned = await turn(bot, state, press.place.chat, press.message, to)
        await press.tell(None if turned else "telegram.gone_page")

    async def suggested(self, press: Press, action: Suggested) -> None:
        """A suggested question, asked for the reader."""
        text = press.label
        asked = self.desk.state.asked(action.question, press.place.chat)
        if text is None and asked is not None and action.position < len(asked.suggestions):
            text = asked.suggestions[action.position]
        await press.tell(None if text else "telegram.gone_button")
        if text:
            await self.reading.answer(press.context, press.place, text)

    async def more(self, press: Press, action: More) -> None:
        """Passages that the answer did not quote."""
        asked = self.desk.state.asked(action.question, press.place.chat)
        if asked is None:
            await press.tell("telegram.gone_question")
            return
        generation = self.desk.generation
        work = partial(answering.find, generation, asked.understood, k=FOUND + len(asked.shown))
        try:
            every = await typing(press.context.bot, press.place, self.desk.compute(work))
        except UnusableSearch:
            every = ()  # "depuis : hier" in a question is no mistake
        hits = [hit for hit in every if not quoted(generation.passages[hit.passage], asked)][:FOUND]
        await press.tell(None if hits else "telegram.more_nothing")
        if hits:
            head = press.words["telegram.more_head"].format(question=asked.understood)
            found = found_passages(generation, hits)
            await self._show(
                press, screens.found_screen(head, found, generation, press.words.language)
            )

    async def read(self, press: Press, read: Read) -> None:
        """A quote in its place; when the article has changed, the article."""
        generation = self.desk.generation
        article = article_of(read.article, generation.dossier.articles)
        found = quote_place(read, article) if article is not None else None
        if article is None:
            await press.tell("telegram.gone_article")
        elif found is None:
            await press.tell("telegram.gone_passage")
            await self._show(press, screens.article_screen(article, press.words))
        else:
            await press.tell()
            screen = screens.passage_screen(
                generation, article, found, press.words, self.desk.username
            )
            await self._show(press, screen)

    async def walk(self, press: Press, walk: Walk) -> None:
        """Another paragraph of the article, in the same message."""
        generation = self.desk.generation
        article = article_of(walk.article, generation.dossier.articles)
        await press.tell(None if article else "telegram.gone_article")
        if article is not None:
            # The article may be shorter now.
            position = min(walk.position, len(article.paragraphs) - 1)
            start = article.paragraphs[position].start
            screen = screens.passage_screen(
                generation, article, (start, start), press.words, self.desk.username
            )
            await self._edit(press, screen)

    async def card(self, press: Press, card: Card) -> None:
        """What is known of an article."""
        article = article_of(card.article, self.desk.generation.dossier.articles)
        await press.tell(None if article else "telegram.gone_article")
        if article is not None:
            rows = self.card_rows(press, article)
            await self._show(press, screens.article_screen(article, press.words, *rows))

    async def copy(self, press: Press, copy: Copy) -> None:
        """A quote with its source as text to tap."""
        generation = self.desk.generation
        article = article_of(copy.article, generation.dossier.articles)
        found = quote_place(copy, article) if article is not None else None
        if article is None or found is None:
            await press.tell("telegram.gone_passage")
            return
        await press.tell()
        citation = answering.cite(generation, article.id, *found)
        await self._show(press, screens.copy_screen(citation, press.words))

    async def sift(self, press: Press, sift: Sift) -> None:
        """The sources of one outlet or year."""
        await press.tell()
        screen = screens.sources_screen(self.desk.generation.dossier, press.words, sift)
        await self._edit(press, screen)

    async def speak(self, press: Press, speak: Speak) -> None:
        """The language of this chat from now on."""
        chosen = known_language(speak.language)
        self.desk.state.set_language(press.place.chat, chosen)
        words = self.desk.words(press.place)
        await press.tell()
        key = "telegram.language_set" if chosen else "telegram.language_auto_set"
        await self._edit(press, Screen.of([words[key]]))

    async def _show(self, press: Press, screen: Screen) -> None:
        await send(press.context.bot, self.desk.state, press.place, screen)

    async def _edit(self, press: Press, screen: Screen) -> None:
        await edit(press.context.bot, self.desk.state, press.place.chat, press.message, screen)


def quoted(passage: Passage, asked: Asked) -> bool:
    """Whether the answer showed a quote from this passage."""
    return any(
        passage.article == article and passage.start < end and start < passage.end
        for article, start, end in asked.shown
    )
