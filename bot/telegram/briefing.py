"""/resume and /comparer: half a page by extracts, and what each source says of a subject."""

from collections.abc import Callable

from telegram import Update

from bot.render.briefing import brief_part, compare_part
from bot.render.citation import one_line, short_title
from bot.render.press import Part
from bot.render.telegram_press import part_pages
from bot.telegram.callbacks import Brief, article_of, short_id
from bot.telegram.desk import Context, Desk, Place, place_of
from bot.telegram.press_screens import source_rows
from bot.telegram.pressing import Press
from bot.telegram.reading import Reading, argument, is_question
from bot.telegram.screen import Screen, typing
from bot.telegram.screens import button
from knowledge import press
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Article

MOST_OFFERED = 8
"""Articles offered as buttons."""


class Briefing:
    """The handlers of /resume and /comparer, and of the button that sums up an article."""

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self.desk = desk
        self.reading = reading

    async def resume(self, update: Update, context: Context) -> None:
        """/resume, the dossier; /resume MOTS, the article whose title or name has these words."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None or await self.reading.too_fast(context, place):
            return
        wanted, generation = argument(message), self.desk.generation
        if not is_question(wanted):
            await self._sum_up(context, place, generation, None)
            return
        found = articles_named(generation, wanted)
        if len(found) == 1:
            await self._sum_up(context, place, generation, found[0])
        else:
            key = "several" if found else "none"
            await self._offer(context, place, f"telegram.resume_{key}", found)

    async def article(self, press_: Press, action: Brief) -> None:
        """The brief of one article."""
        generation = self.desk.generation
        article = article_of(action.article, generation.dossier.articles)
        await press_.tell(None if article else "telegram.gone_article")
        if article is not None:
            await self._sum_up(press_.context, press_.place, generation, article)

    async def compare(self, update: Update, context: Context) -> None:
        """/comparer SUJET."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        subject = argument(message)
        if not is_question(subject):
            await self.reading.say(context, place, "telegram.compare_usage")
            return
        if await self.reading.too_fast(context, place):
            return
        generation, language = self.desk.generation, self.desk.words(place).language

        def work() -> Part:
            found = press.compare(generation, subject)
            return compare_part(found, language, generation.article)

        await self._show(context, place, generation, await self._done(context, place, work))

    async def _sum_up(
        self, context: Context, place: Place, generation: Generation, article: Article | None
    ) -> None:
        language = self.desk.words(place).language
        title = article.title if article else generation.dossier.title

        def work() -> Part:
            found = press.brief(generation, article.id if article else None)
            return brief_part(found, title, language, generation.article)

        await self._show(context, place, generation, await self._done(context, place, work))

    async def _done(self, context: Context, place: Place, work: Callable[[], Part]) -> Part:
        return await typing(context.bot, place, self.desk.compute(work))

    async def _show(
        self, context: Context, place: Place, generation: Generation, part: Part
    ) -> None:
        words = self.desk.words(place)
        rows = source_rows(part.numbered, generation.number, words)
        screen = Screen.of(part_pages(part, words.language), *rows)
        await self.reading.show(context, place, screen)

    async def _offer(
        self, context: Context, place: Place, key: str, found: tuple[Article, ...]
    ) -> None:
        articles = (found or tuple(self.desk.generation.dossier.articles))[:MOST_OFFERED]
        rows = [
            (button(short_title(one_line(one.title)), Brief(short_id(one.id))),) for one in articles
        ]
        screen = Screen.of([self.desk.words(place)[key]], *rows)
        await self.reading.show(context, place, screen)


def articles_named(generation: Generation, words: str) -> tuple[Article, ...]:
    """The article of this id; else those whose id or title holds every word."""
    articles = generation.dossier.articles
    wanted = fold(words).split()
    exact = tuple(one for one in articles if one.id == words)
    return exact or tuple(
        one
        for one in articles
        if all(word in f"{fold(one.title)} {fold(one.id)}" for word in wanted)
    )
