"""The bot's Application: its routing table, what happens at start and stop, and on an error."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from telegram import Update
from telegram.error import Forbidden, NetworkError, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ApplicationHandlerStop,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.render.markup import escape
from bot.telegram.adding import Adding, FromAdmin
from bot.telegram.addressed import Addressed
from bot.telegram.admin import Admin
from bot.telegram.briefing import Briefing
from bot.telegram.callbacks import (
    Alone,
    Blame,
    Brief,
    Correct,
    Dates,
    Dismiss,
    Erase,
    Events,
    Preview,
    Publish,
    Quiet,
    Rate,
    Reference,
    Remove,
    Rollback,
    Stage,
    Who,
)
from bot.telegram.correcting import CORRECT, Correcting
from bot.telegram.desk import Context, Desk, place_of
from bot.telegram.figures import Figures
from bot.telegram.inbox import DurableQueue
from bot.telegram.inline import Inline
from bot.telegram.keeping import Keeping
from bot.telegram.menus import menus
from bot.telegram.newsroom import Newsroom
from bot.telegram.opinion import WHY, Awaited, Opinion
from bot.telegram.order import ChatOrder
from bot.telegram.patience import PatientRateLimiter
from bot.telegram.polling import PollingRequest
from bot.telegram.pressing import Pressing
from bot.telegram.privacy import Privacy
from bot.telegram.publishing import Publishing
from bot.telegram.reading import Reading
from bot.telegram.roles import Roles
from bot.telegram.screen import Screen, send
from bot.texts import LANGUAGES, texts
from knowledge.errors import ShardSilent

BotApplication = Application[Any, Any, Any, Any, Any, Any]

MOST_STRANGERS = 10_000
"""Chats left out by ALLOWED_CHATS that are remembered to have been told so."""

_LOG = logging.getLogger(__name__)


def build(desk: Desk, polling: PollingRequest) -> BotApplication:
    """The application, ready to be initialized.

    Raises: SettingsError without a token.
    """
    application: BotApplication = (
        ApplicationBuilder()
        .token(desk.settings.require_token().reveal())
        .base_url(desk.settings.api_base_url)
        .base_file_url(desk.settings.api_file_url)
        .get_updates_request(polling)
        .rate_limiter(PatientRateLimiter(desk.state))
        .update_queue(DurableQueue(desk.state, desk.meter.came))
        .concurrent_updates(ChatOrder(desk.state))
        .post_init(_Opening(desk).post_init)
        .build()
    )
    for group, handlers in enumerate(routes(desk)):
        application.add_handlers(list(handlers), group=group)
    application.add_error_handler(_Faults(desk).handle)
    return application


def routes(desk: Desk) -> tuple[tuple[BaseHandler[Any, Any, Any], ...], ...]:
    """Read from top to bottom: the first handler of a group that fits takes the update."""
    reading = Reading(desk)
    admin = Admin(desk)
    newsroom, briefing = Newsroom(desk, reading), Briefing(desk, reading)
    opinion = Opinion(desk)
    privacy, roles = Privacy(desk), Roles(desk, admin)
    publishing = Publishing(desk, admin)
    adding, correcting, figures = (
        Adding(desk, admin, publishing),
        Correcting(desk, admin),
        Figures(desk),
    )
    pressing = Pressing(
        desk,
        reading,
        {
            Rate: opinion.rate,
            Blame: opinion.blame,
            Who: newsroom.person,
            Events: newsroom.events,
            Dates: newsroom.dates,
            Alone: newsroom.alone,
            Brief: briefing.article,
            Erase: privacy.erase,
            Dismiss: admin.press_only(roles.dismiss),
            Publish: admin.press_only(publishing.publish),
            Rollback: admin.press_only(publishing.rollback),
            Preview: admin.press_only(publishing.again),
            Quiet: admin.press_only(admin.quiet),
            Stage: admin.press_only(adding.stage),
            Correct: admin.press_only(correcting.correct),
            Remove: admin.press_only(correcting.remove),
            Reference: admin.press_only(figures.reference),
        },
    )
    pressing.card_rows = correcting.card_rows
    message = filters.UpdateType.MESSAGE
    changed = filters.UpdateType.EDITED_MESSAGE
    private = filters.ChatType.PRIVATE & message
    addressed = Addressed(desk) & filters.ChatType.GROUPS
    to_bot = filters.ChatType.PRIVATE | addressed
    talk = filters.TEXT & ~filters.COMMAND
    return (
        (TypeHandler(Update, _doorkeeper(desk, reading)),),
        (
            CommandHandler("start", reading.start, message),
            CommandHandler(("aide", "help"), reading.help, message),
            CommandHandler("sources", reading.sources, message),
            CommandHandler(("chercher", "search"), reading.search, message),
            CommandHandler(("verifier", "verify"), newsroom.verify, message),
            CommandHandler(("qui", "who"), newsroom.who, message),
            CommandHandler(("chronologie", "timeline"), newsroom.timeline, message),
            CommandHandler(("resume", "summary"), briefing.resume, message),
            CommandHandler(("comparer", "compare"), briefing.compare, message),
            CommandHandler(("garder", "keep"), Keeping(desk, reading).keep, message),
            CommandHandler("ask", reading.ask, message),
            CommandHandler(("oublier", "forget"), reading.forget, message),
            CommandHandler(("langue", "lang"), reading.language, message),
            CommandHandler("avis", opinion.remark, message),
            CommandHandler(("mesdonnees", "mydata"), privacy.told, message),
            CommandHandler(("supprimer", "delete"), privacy.ask, message),
            CommandHandler("admins", admin.only(roles.admins), message),
            # Not waited for: the admin goes on talking while the dossier is read.
            CommandHandler("reload", admin.only(publishing.reload), message, block=False),
            CommandHandler("rollback", admin.only(publishing.generations), message),
            CommandHandler("add", admin.only(adding.add), message),
            CommandHandler("remove", admin.only(correcting.removing), message),
            CommandHandler("stats", admin.only(figures.stats), message),
            CommandHandler("export", admin.only(figures.export), message),
            CommandHandler("health", admin.only(figures.health), message),
            MessageHandler(
                private & filters.Document.ALL & FromAdmin(desk), admin.only(adding.document)
            ),
            MessageHandler(private & filters.COMMAND, reading.unknown),
            MessageHandler(
                Awaited(desk.state, CORRECT) & talk & message, admin.only(correcting.corrected)
            ),
            MessageHandler(Awaited(desk.state, WHY) & talk & message, opinion.words),
            MessageHandler(to_bot & talk & message, reading.question),
            CommandHandler("ask", reading.edited, changed),
            MessageHandler(to_bot & talk & changed, reading.edited),
            MessageHandler(filters.StatusUpdate.MIGRATE, reading.migrated),
            MessageHandler(private & ~filters.StatusUpdate.ALL, reading.not_text),
            CallbackQueryHandler(pressing.pressed),
            InlineQueryHandler(Inline(desk).query),
        ),
    )


def _doorkeeper(desk: Desk, reading: Reading) -> Any:
    allowed = desk.settings.allowed_chats
    told: set[int] = set()

    async def handler(update: Update, context: Context) -> None:
        place = place_of(update)
        if not allowed or place is None or place.chat in allowed or desk.is_admin(place.user):
            return
        if place.chat not in told:
            # Once: a bot that goes on refusing is a bot that goes on talking.
            if len(told) >= MOST_STRANGERS:
                told.clear()
            told.add(place.chat)
            await reading.stranger(update, context)
        raise ApplicationHandlerStop

    return handler


class _Opening:
    """What is told to Telegram when the bot starts; none of it keeps the bot from answering."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def post_init(self, application: BotApplication) -> None:
        """Takes the bot's name, sets commands and descriptions, tells the admins what is amiss."""
        desk, bot = self.desk, application.bot
        desk.username = bot.username
        admin = Admin(desk)
        desk.state.on_trouble = admin.trouble(bot)
        desk.state.on_recovery = desk.troubles.clear
        if isinstance(application.update_queue, DurableQueue):
            await application.update_queue.replay(bot)
        results = await asyncio.gather(
            *menus(bot, desk), *self._descriptions(bot), return_exceptions=True
        )
        for result in results:
            if isinstance(result, TelegramError):
                _LOG.info("command menu or description not set: %s", result)
            elif isinstance(result, BaseException):
                raise result
        for notice in (*desk.library.notices, *desk.notices):
            await admin.tell_all(bot, "telegram.admin.notice", notice=escape(notice))

    def _descriptions(self, bot: Any) -> Iterable[Any]:
        dossier = self.desk.generation.dossier
        for language in LANGUAGES:
            words = texts(language)
            count = words.count("cli.articles", len(dossier.articles))
            code = None if language == "fr" else language
            long = words["telegram.about.long"].format(title=dossier.title[:200], articles=count)
            yield bot.set_my_description(long, code)
            yield bot.set_my_short_description(words["telegram.about.short"], code)


class _Faults:
    """The error handler."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def handle(self, update: object, context: Context) -> None:
        """Logs before anything else; then says sorry where somebody waits for an answer."""
        error = context.error
        if isinstance(error, Forbidden):
            # The reader blocked the bot or left: nobody is waiting.
            _LOG.info("not delivered: %s", error)
            return
        _LOG.error("an update failed: %s", error, exc_info=error)
        place = place_of(update) if isinstance(update, Update) else None
        if place is None or isinstance(error, NetworkError):
            return
        # A machine of a cluster that is silent is no fault of ours, and has its own sentence.
        silent = isinstance(error, ShardSilent)
        line = str(error) if silent else self.desk.words(place)["telegram.fault"]
        try:
            await send(context.bot, self.desk.state, place, Screen.of([line]))
        except TelegramError as second:
            _LOG.info("the apology was not delivered: %s", second)
