"""What readers think: votes with a reason, and words in reply to the bot or after /avis."""

from telegram import (
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import filters

from bot.state import State
from bot.telegram import screens
from bot.telegram.callbacks import REASONS, Blame, Rate, decode, encode
from bot.telegram.desk import Context, Desk, place_of
from bot.telegram.pressing import Press
from bot.telegram.reading import argument, is_question
from bot.telegram.screen import Button, Screen, send

WHY = "why"
"""The kind of prompt whose reply says what is wrong with an answer."""

LONGEST = 2000
"""Characters of a reader's words that are kept."""


class Opinion:
    """The handlers of votes and remarks."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def rate(self, press: Press, rate: Rate) -> None:
        """👍 is thanked for; 👎 is thanked for and its reasons offered in place of the votes."""
        state = self.desk.state
        known = state.asked(rate.question, press.place.chat) is not None
        if not (known and state.rate(rate.question, press.place.user, good=rate.good)):
            await press.tell("telegram.not_kept")
            return
        await press.tell("telegram.thanks_good" if rate.good else "telegram.blame_ask")
        if not rate.good:
            rows = screens.blame_rows(rate.question, press.words)
            await _swap(press.query, (Rate,), [[one.made() for one in row] for row in rows])

    async def blame(self, press: Press, blame: Blame) -> None:
        """The reason of a 👎; "other" asks for words."""
        state = self.desk.state
        kept = (
            blame.reason in REASONS
            and state.asked(blame.question, press.place.chat) is not None
            and state.rate(blame.question, press.place.user, good=False, reason=blame.reason)
        )
        await press.tell("telegram.thanks_bad" if kept else "telegram.not_kept")
        if not kept:
            return
        votes = [
            Button("👍", encode(Rate(blame.question, good=True))).made(),
            Button("👎 ✓", encode(Rate(blame.question, good=False))).made(),
        ]
        await _swap(press.query, (Blame,), [votes])
        if blame.reason == "other":
            message = await press.context.bot.send_message(
                press.place.chat,
                press.words["telegram.blame_words"],
                parse_mode=ParseMode.HTML,
                message_thread_id=press.place.thread or None,
                reply_parameters=ReplyParameters(press.message, allow_sending_without_reply=True),
                reply_markup=ForceReply(
                    selective=True,
                    input_field_placeholder=press.words["telegram.blame.other"],
                ),
            )
            state.prompt(
                press.place.chat, message.message_id, press.place.user, WHY, str(blame.question)
            )

    async def words(self, update: Update, context: Context) -> None:
        """The reply to a prompt: what is wrong with an answer."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None or message.reply_to_message is None:
            return
        asked_in = message.reply_to_message.message_id
        prompt = self.desk.state.prompted(place.chat, asked_in, place.user)
        if prompt is None:
            return
        self.desk.state.settle(place.chat, asked_in)
        said = (message.text or "")[:LONGEST]
        kept = self.desk.state.explain(int(prompt.detail), place.user, said)
        await self._thank(context, update, kept=kept)

    async def remark(self, update: Update, context: Context) -> None:
        """/avis TEXTE."""
        place, message = place_of(update), update.effective_message
        if place is None or message is None:
            return
        said = argument(message)[:LONGEST]
        if not is_question(said):
            usage = Screen.of([self.desk.words(place)["telegram.remark_usage"]])
            await send(context.bot, self.desk.state, place, usage)
            return
        await self._thank(context, update, kept=self.desk.state.remark(place.user, said))

    async def _thank(self, context: Context, update: Update, *, kept: bool) -> None:
        place = place_of(update)
        if place is not None:
            key = "telegram.thanks_words" if kept else "telegram.not_kept"
            screen = Screen.of([self.desk.words(place)[key]])
            await send(context.bot, self.desk.state, place, screen)


class Awaited(filters.MessageFilter):
    """A reply to a message of the bot's that waits for words of this kind."""

    def __init__(self, state: State, kind: str) -> None:
        super().__init__(f"awaited {kind}")
        self._state = state
        self._kind = kind

    def filter(self, message: Message) -> bool:
        """Whether these are the words that the bot waits for."""
        answered = message.reply_to_message
        if answered is None or message.from_user is None:
            return False
        prompt = self._state.prompted(message.chat_id, answered.message_id, message.from_user.id)
        return prompt is not None and prompt.kind == self._kind


async def _swap(
    query: CallbackQuery, gone: tuple[type, ...], rows: list[list[InlineKeyboardButton]]
) -> None:
    """Puts rows in the place of the buttons whose actions are of these kinds."""
    message = query.message
    markup = message.reply_markup if isinstance(message, Message) else None
    if not isinstance(markup, InlineKeyboardMarkup):
        return
    made: list[list[InlineKeyboardButton]] = []
    placed = False
    for row in markup.inline_keyboard:
        kept = [
            button
            for button in row
            if not isinstance(decode(str(button.callback_data or "")), gone)
        ]
        if len(kept) < len(row) and not placed:
            placed = True
            # What shared the row with the votes (further sources) stays in front of them.
            if len(rows) == 1:
                kept, rows = [*kept, *rows[0]], []
            made += [kept, *rows] if kept else rows
        elif kept:
            made.append(list(kept))
    try:
        await query.edit_message_reply_markup(InlineKeyboardMarkup(made))
    except BadRequest as error:
        if "not modified" not in str(error):
            raise
