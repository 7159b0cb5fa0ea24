"""`@bot question` in any chat: an answer and passages to insert, the same for everybody."""

import logging
from functools import partial

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.render.citation import one_line, source_line
from bot.render.passages import FoundPassage, excerpt, found_passages
from bot.render.telegram import found_page, reply_pages
from bot.telegram import screens
from bot.telegram.desk import Context, Desk, known_language
from bot.telegram.pace import Pace
from bot.telegram.reading import is_question
from bot.telegram.screen import NO_PREVIEW, Row, markup_of
from bot.texts import Texts, texts
from knowledge import answering
from knowledge.errors import UnusableSearch
from knowledge.generation import Generation
from knowledge.model import Answer, Citation, Reply

CACHED = 300
"""Seconds that Telegram may keep the results: a reload shows within five minutes."""

SHORTEST = 3
"""Letters from which there is something to look for; each key pressed is a query."""

PASSAGES = 5

KEYS = 10
"""Queries that typing one question makes, about."""

_LOG = logging.getLogger(__name__)


class Inline:
    """The handler of inline queries."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._pace = Pace(desk.settings.rate_per_minute * KEYS)

    async def query(self, update: Update, _: Context) -> None:
        """Offers the answer (or an honest "does not say") and the best passages."""
        query = update.inline_query
        if query is None:
            return
        user = query.from_user
        allowed = self.desk.settings.allowed_chats
        open_to_user = not allowed or user.id in allowed or self.desk.is_admin(user.id)
        words = texts(known_language(user.language_code) or "fr")
        text = query.query.strip()
        results: list[InlineQueryResultArticle] = []
        wanted = open_to_user and is_question(text) and len(text) >= SHORTEST
        # Each key pressed is a query: typing one question must not use up a minute's share.
        hurried = wanted and self._pace.take(user.id) > 0
        if wanted and not hurried:
            generation = self.desk.generation
            work = partial(self._results, generation, text)
            results = await self.desk.compute(work)
        hint = InlineQueryResultsButton(words["telegram.inline.hint"], start_parameter="inline")
        try:
            await query.answer(
                results,
                cache_time=CACHED if open_to_user and not hurried else 0,
                # What Telegram keeps for everybody a stranger would see, too.
                is_personal=bool(allowed) or hurried,
                button=hint,
            )
        except BadRequest as error:
            if "too old" not in str(error):
                raise
            _LOG.info("inline query answered too late")

    def _results(self, generation: Generation, text: str) -> list[InlineQueryResultArticle]:
        # No history, no chat's language, nothing of the reader: the results are everybody's.
        reply = answering.answer(generation, text, today=self.desk.today())
        words = texts(reply.language)
        try:
            hits = answering.find(generation, reply.understood, k=PASSAGES)
        except UnusableSearch:
            hits = ()  # "depuis : hier" in a question is no mistake
        found = found_passages(generation, hits)
        return [
            self._answer(reply, generation, words),
            *(
                self._passage(n, passage, generation, words)
                for n, passage in enumerate(found, start=1)
            ),
        ]

    def _answer(
        self, reply: Reply, generation: Generation, words: Texts
    ) -> InlineQueryResultArticle:
        if isinstance(reply, Answer):
            title, shown = one_line(reply.headline), reply.evidence[0]
            about = self._about(shown, words)
        else:
            title, shown = one_line(reply.message), None
            about = words["telegram.inline.refused"]
        page = reply_pages(reply, generation.article, asked=reply.question)[0]
        rows = screens.inline_rows(reply, generation.number, self.desk.username)
        return self._result("answer", title, about, page, rows)

    def _passage(
        self, n: int, passage: FoundPassage, generation: Generation, words: Texts
    ) -> InlineQueryResultArticle:
        title = excerpt(passage, 80)
        page = found_page("", [passage], words.language)[0]
        link = screens.opening(
            words["telegram.button_read"],
            passage.citation,
            generation.number,
            self.desk.username,
        )
        about = self._about(passage.citation, words)
        return self._result(f"passage-{n}", title, about, page, ((link,),))

    def _about(self, citation: Citation, words: Texts) -> str:
        return source_line(citation, words.language)

    def _result(
        self, name: str, title: str, about: str, page: str, rows: tuple[Row, ...]
    ) -> InlineQueryResultArticle:
        return InlineQueryResultArticle(
            name,
            title[:200],
            InputTextMessageContent(
                page, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
            ),
            reply_markup=markup_of(rows) if rows else None,
            description=about[:200],
        )
