"""The press desk's commands: is a quote exact, who said what, and what happened when."""

import logging
from dataclasses import replace
from functools import partial

from telegram import Update
from telegram.error import BadRequest

from bot.render.citation import one_line
from bot.render.markup import escape
from bot.render.moments import PICTURED, moments, picture_about, telling
from bot.render.picture import timeline_picture
from bot.render.press import EVENTS_A_PAGE
from bot.render.takeaway import located
from bot.telegram import press_screens
from bot.telegram.callbacks import Alone, Dates, Events, Who, short_id
from bot.telegram.desk import Context, Desk, Place, place_of
from bot.telegram.pressing import Press
from bot.telegram.reading import Reading, argument, is_question
from bot.telegram.screen import Screen, send, typing
from bot.texts import Texts
from knowledge import answering, press
from knowledge.answering.periods import Span, span_of
from knowledge.errors import UnusableSearch
from knowledge.generation import Generation
from knowledge.model import Answer, Citation, ResolvedDate
from knowledge.press.actors import speakers
from knowledge.press.added import added_to
from knowledge.press.dating import dates_within
from knowledge.press.people import people
from knowledge.press.timeline import Event, needs_a_name

MOST_EVENTS = press_screens.MOST_PAGES * EVENTS_A_PAGE
PICTURED_FROM = 4
"""Events that are worth a picture."""

_LOG = logging.getLogger(__name__)


class Newsroom:
    """The handlers of /verifier, /qui and /chronologie, and of the buttons that lead there."""

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self.desk = desk
        self.reading = reading

    async def verify(self, update: Update, context: Context) -> None:
        """/verifier PHRASE; without one, the message that it replies to is checked."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        text = argument(message)
        quoted = message.reply_to_message
        if not text and quoted is not None:
            text = quoted.text or quoted.caption or ""
        if not is_question(text):
            await self.reading.say(context, place, "telegram.verify_usage")
            return
        if await self.reading.too_fast(context, place):
            return
        generation, words = self.desk.generation, self.desk.words(place)
        work = self.desk.compute(partial(press.verify, generation, text))
        found = await typing(context.bot, place, work)
        screen = press_screens.verification_screen(found, generation, words)
        await self.reading.show(context, place, screen)

    async def who(self, update: Update, context: Context) -> None:
        """/qui NOM; without a name those who speak in the dossier are offered."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        name = argument(message).strip(" ?!.")
        words = self.desk.words(place)
        if not is_question(name):
            await self._offer(context, place, words["telegram.who_choose"])
        elif not await self.reading.too_fast(context, place):
            await self._person(context, place, name)

    async def timeline(self, update: Update, context: Context) -> None:
        """/chronologie, all of it or that of a name and a period: "Morvan depuis mars 2023"."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None or await self.reading.too_fast(context, place):
            return
        try:
            span = span_of(argument(message), self.desk.today())
        except UnusableSearch as error:
            await self.reading.show(context, place, Screen.of([escape(str(error))]))
            return
        await self._events(context, place, span)

    # Buttons

    async def person(self, press_: Press, action: Who) -> None:
        """The page of somebody."""
        name = await self._name(action.person)
        await press_.tell(None if name else "telegram.gone_button")
        if name:
            await self._person(press_.context, press_.place, name)

    async def events(self, press_: Press, action: Events) -> None:
        """The events that name somebody, or all."""
        name = await self._name(action.person) if action.person else ""
        await press_.tell("telegram.gone_button" if name is None else None)
        if name is not None:
            await self._events(press_.context, press_.place, Span(name))

    async def dates(self, press_: Press, action: Dates) -> None:
        """What the dates of an answer's quotes mean; quotes that are gone are left out."""
        quotes = await self._quotes(press_, action.question)
        if quotes is None:
            return
        dated = dates_of(self.desk.generation, quotes)
        await press_.tell(None if dated else "telegram.dates_nothing")
        if dated:
            screen = press_screens.dates_screen(dated, self.desk.generation, press_.words)
            await send(press_.context.bot, self.desk.state, press_.place, screen)

    async def alone(self, press_: Press, action: Alone) -> None:
        """What each outlet alone prints beside the copy that it shares."""
        quotes = await self._quotes(press_, action.question)
        if quotes is None:
            return
        generation = self.desk.generation
        found = await self.desk.compute(partial(added_to, generation, quotes))
        await press_.tell(None if any(found.values()) else "telegram.alone_nothing")
        if any(found.values()):
            screen = press_screens.alone_screen(found, generation, press_.words)
            await send(press_.context.bot, self.desk.state, press_.place, screen)

    async def _quotes(self, press_: Press, question: int) -> list[Citation] | None:
        """The quotes of an answer as they stand now; None, and told, when it is forgotten."""
        state, generation = self.desk.state, self.desk.generation
        known = state.asked(question, press_.place.chat) is not None
        told = state.told_under(question) if known else None
        if told is None:
            await press_.tell("telegram.gone_question")
            return None
        cited = told.reply.evidence if isinstance(told.reply, Answer) else ()
        return [found for one in cited if (found := _as_it_is(generation, one))]

    # Pieces

    async def _person(self, context: Context, place: Place, name: str) -> None:
        generation, words = self.desk.generation, self.desk.words(place)
        work = self.desk.compute(partial(press.who, generation, name))
        found = await typing(context.bot, place, work)
        if not found:
            unknown = words["press.unknown"].format(name=one_line(name)[:80])
            line = f"{escape(unknown)}\n{words['telegram.who_choose']}"
            await self._offer(context, place, line)
            return
        screen = press_screens.profile_screen(found, generation, words)
        await self.reading.show(context, place, screen)

    async def _offer(self, context: Context, place: Place, html: str) -> None:
        work = self.desk.compute(partial(speakers, self.desk.generation))
        found = await typing(context.bot, place, work)
        await self.reading.show(context, place, press_screens.people_screen(html, found))

    async def _events(self, context: Context, place: Place, span: Span) -> None:
        generation, words = self.desk.generation, self.desk.words(place)
        if not span.name and needs_a_name(generation):
            await self.reading.say(context, place, "press.timeline_of_whom")
            return
        work = partial(press.timeline, generation, span.name or None, span.limits)
        events = await typing(context.bot, place, self.desk.compute(work))
        if not events:
            await self.reading.say(context, place, "press.no_events")
            return
        shown = telling(events, MOST_EVENTS)
        head = timeline_head(events, len(shown), span.name, words)
        screen = press_screens.timeline_screen(shown, generation, words, head)
        # The words first: where a picture cannot be drawn or sent, they are there.
        await self.reading.show(context, place, screen)
        if len(events) < PICTURED_FROM:
            return
        drawing = self.desk.compute(partial(_picture, generation, events, span.name, words))
        picture = await typing(context.bot, place, drawing)
        if picture is not None:
            try:
                await context.bot.send_photo(
                    place.chat, picture, message_thread_id=place.thread or None
                )
            except BadRequest as error:
                _LOG.info("picture not sent: %s", error)

    async def _name(self, short: str) -> str | None:
        """The name of a short id; None when nobody of the dossier has it now."""
        known = await self.desk.compute(partial(people, self.desk.generation))
        return next((one.name for one in known.persons if short_id(one.name) == short), None)


def _picture(
    generation: Generation, events: tuple[Event, ...], name: str, words: Texts
) -> bytes | None:
    shown = telling(events, PICTURED)
    title = one_line(generation.dossier.title)
    return timeline_picture(
        moments(shown, words.language, generation.article),
        f"{title} — {one_line(name)}" if name else title,
        picture_about(shown, len(events), words.language),
    )


def timeline_head(events: tuple[Event, ...], shown: int, name: str, words: Texts) -> str:
    """How many events there are, of whom, and how to see those that are not shown."""
    if shown < len(events):
        head = words.count("press.events_some", len(events), shown=shown)
    else:
        head = words.count("press.events", len(events))
    return words["press.events_of"].format(events=head, name=one_line(name)[:60]) if name else head


def _as_it_is(generation: Generation, citation: Citation) -> Citation | None:
    """The quote and its twins in the dossier as it is now; None when its words are gone."""
    try:
        article = generation.article(citation.article)
    except KeyError:
        return None
    span = located(citation, article)
    if span is None:
        return None
    twins = (
        replace(found, same_wire=twin.same_wire)
        for twin in citation.also
        if (found := _as_it_is(generation, twin))
    )
    return replace(answering.cite(generation, article.id, *span), also=tuple(twins))


def dates_of(generation: Generation, quotes: list[Citation]) -> list[tuple[Citation, ResolvedDate]]:
    """The dates of the quotes that mean one, each with its quote."""
    return [
        (quote, resolved)
        for quote in quotes
        for resolved in dates_within(generation.article(quote.article), quote.start, quote.end)
    ]
