"""The life of the bot: opening the dossier and the state, connecting, polling, stopping."""

import asyncio
import logging
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from telegram.error import Conflict, InvalidToken, TelegramError

from bot import garbage
from bot.state import State, StateError, StateUnwritable
from bot.telegram.alone import Occupied, alone_in
from bot.telegram.apart import stop_reading
from bot.telegram.app import BotApplication, build
from bot.telegram.desk import Desk
from bot.telegram.monitor import Monitor, lacks_metrics
from bot.telegram.polling import WANTED, PollingRequest
from bot.telegram.uploads import Uploads
from bot.telegram.webhook import Webhook
from bot.texts import texts
from config.logging import configure_logging
from config.settings import Address, Settings, SettingsError
from knowledge.errors import DossierError
from knowledge.library import Library, Options

OK, UNUSABLE, FAULT = 0, 2, 3
CONFLICTS = 2
"""Conflicts in a row, before any poll succeeded, after which a newcomer gives way."""
POLL_SECONDS = 30
STOP_SECONDS = 8
"""The whole stop takes no more than ten."""
LEAVE_SECONDS = 10
HOUR_SECONDS = 3_600
DAY_SECONDS = 86_400

_LOG = logging.getLogger(__name__)
_WORDS = texts("fr")


class Unusable(Exception):
    """The bot cannot go on; the text is the one sentence that says why and what to do."""


def run(settings: Settings) -> int:
    """Serves until a signal; one sentence on standard error when the bot cannot go on."""
    secrets = [one for one in (settings.bot_token, settings.webhook_secret) if one is not None]
    configure_logging(settings.log_level, secrets, settings.log_format)
    if settings.log_level != "DEBUG":
        # The library logs a traceback for what we say in one line.
        logging.getLogger("telegram.ext").setLevel(logging.CRITICAL)
    try:
        settings.require_token()
        with alone_in(settings.data_dir):
            desk = open_desk(settings)
            garbage.spare_questions()
            asyncio.run(_until_signalled(desk))
    except Occupied as error:
        words = _WORDS["telegram.run.occupied"]
        print(words.format(folder=error.folder, process=error.owner or "?"), file=sys.stderr)  # noqa: T201
        return UNUSABLE
    except (SettingsError, DossierError, StateError, Unusable) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return UNUSABLE
    except OSError as error:
        # Not for good, as far as we know: whoever started the bot may start it again.
        _LOG.exception(_WORDS["telegram.run.system_fault"].format(why=error))
        return FAULT
    return OK


def open_desk(settings: Settings) -> Desk:
    """The dossier and the state, opened.

    A state that cannot be written is kept in memory and the admins are told.
    Raises: DossierError; StateError for a locked, damaged or newer database.
    """
    options = Options(
        settings.max_file_mb,
        settings.retrieval,
        settings.retrieval_engine,
        settings.xapian_shards,
    )
    library = Library.open(
        settings.dossier_dir, settings.data_dir, serve_last_good=True, options=options
    )
    path = settings.data_dir / "state.db"
    notices: tuple[str, ...] = ()
    try:
        state = State.open(path)
    except StateUnwritable as error:
        notices = (_WORDS["telegram.run.memory_only"].format(why=error),)
        _LOG.warning(notices[0])
        state = State.open(None)
    state.plain = settings.reader_ids == "plain"
    return Desk(settings, library, state, notices=notices)


async def _until_signalled(desk: Desk) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    leaving = asyncio.create_task(_leave_in_time(stop))
    await serve(desk, stop)
    leaving.cancel()


async def _leave_in_time(stop: asyncio.Event) -> None:
    """Ends the process ten seconds after the signal, whatever a thread is still at."""
    await stop.wait()
    # What is written is written in transactions; nothing is lost by leaving now.
    leaving = threading.Timer(LEAVE_SECONDS, os._exit, (OK,))
    leaving.daemon = True
    leaving.start()


async def serve(
    desk: Desk, stop: asyncio.Event, ready: Callable[[BotApplication], None] | None = None
) -> None:
    """Polls and answers until `stop` is set; `ready` is told when polling has begun.

    Raises: Unusable when the token is refused or another program polls with it.
    """
    watch = _Watch(stop)
    polling = PollingRequest(watch.fatal, watch.skipped)
    application = build(desk, polling)
    watch.polling = polling
    webhook: Webhook | None = None
    monitor: Monitor | None = None
    try:
        monitor = _monitor(desk, polling)
        await _connect(application, desk.settings, stop)
        if stop.is_set():
            return
        if application.post_init is not None:
            await application.post_init(application)
        if desk.settings.bot_mode == "webhook":
            webhook = Webhook(
                desk.settings, application.bot, application.update_queue, watch.skipped
            )
            await application.start()
            _listen(webhook, desk.settings.listen)
            await webhook.start(stop)
        else:
            assert application.updater is not None  # noqa: S101 - `build` leaves the updater on
            await application.updater.start_polling(
                timeout=POLL_SECONDS,
                bootstrap_retries=-1,
                allowed_updates=WANTED,
                error_callback=watch.failed,
            )
            await application.start()
        _say_ready(desk)
        tidying = asyncio.create_task(_tidy(desk, stop))
        if ready is not None:
            ready(application)
        await stop.wait()
        await tidying
    except InvalidToken:
        watch.reason = watch.reason or _WORDS["telegram.run.token_refused"]
    finally:
        stop_reading()
        if webhook is not None:
            await webhook.stop()
        await _close(application)
        if monitor is not None:
            await monitor.stop()
        desk.close()
    if watch.reason:
        raise Unusable(watch.reason)


def _monitor(desk: Desk, polling: PollingRequest) -> Monitor | None:
    """The server of /healthz and /metrics, listening; None without METRICS_LISTEN.

    Raises: Unusable when the address is taken.
    """
    address = desk.settings.metrics_listen
    if address is None:
        return None
    if lacks_metrics(desk):
        _LOG.warning(_WORDS["telegram.run.no_metrics"])
    monitor = Monitor(address, desk, polling if desk.settings.bot_mode == "polling" else None)
    try:
        monitor.start()
    except OSError as error:
        why = _WORDS["telegram.run.cannot_watch"].format(address=address, why=error)
        raise Unusable(why) from error
    return monitor


def _listen(webhook: Webhook, address: Address) -> None:
    """Takes the address that Telegram's updates come to. Raises: Unusable when it is taken."""
    try:
        webhook.listen()
    except OSError as error:
        why = _WORDS["telegram.run.cannot_listen"].format(address=address, why=error)
        raise Unusable(why) from error


async def _connect(application: BotApplication, settings: Settings, stop: asyncio.Event) -> None:
    """Asks Telegram who the bot is, again and again while it does not answer.

    Raises: InvalidToken.
    """
    seconds = 1.0
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            _LOG.warning(
                _WORDS["telegram.run.unreachable"].format(
                    url=settings.bot_api_url, why=error, seconds=round(seconds)
                )
            )
        else:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
        seconds = min(30.0, seconds * 2)


async def _close(application: BotApplication) -> None:
    """Takes no more, finishes what is held within STOP_SECONDS; the rest waits in the inbox."""
    updater = application.updater
    try:
        async with asyncio.timeout(STOP_SECONDS):
            if updater is not None and updater.running:
                with suppress(TelegramError):
                    await updater.stop()
            if application.running:
                await application.stop()
    except TimeoutError:
        _LOG.warning("stopped while answers were still under way; they come after the next start")
    with suppress(TelegramError, RuntimeError, sqlite3.Error, TimeoutError):
        async with asyncio.timeout(1):
            await application.shutdown()


async def _tidy(desk: Desk, stop: asyncio.Event) -> None:
    """Forgets what is older than RETENTION_DAYS, and garbage, at the start and every hour."""
    while not stop.is_set():
        now = datetime.now(UTC)
        desk.state.expire(now - timedelta(days=desk.settings.retention_days))
        garbage.collect()
        try:
            await asyncio.to_thread(Uploads(desk).tidy, now.timestamp() - DAY_SECONDS)
        except OSError as error:
            # One may go away while it is looked at; the next hour looks again.
            _LOG.warning("uploads not tidied: %s", error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), HOUR_SECONDS)


def _say_ready(desk: Desk) -> None:
    dossier = desk.generation.dossier
    count = _WORDS.count("cli.articles", len(dossier.articles))
    words = _WORDS["telegram.run.ready"]
    _LOG.info(words.format(username=desk.username, title=dossier.title, articles=count))


class _Watch:
    """What the polling connection reports, and whether the bot goes on."""

    def __init__(self, stop: asyncio.Event) -> None:
        self.stop = stop
        self.reason: str | None = None
        self.polling: PollingRequest | None = None
        self._conflicts = 0

    def fatal(self, status: int) -> None:
        """The token is no longer known: ends the bot."""
        self._end(_WORDS["telegram.run.token_revoked"].format(status=status))

    def skipped(self, update: int, error: Exception) -> None:
        """An update could not be parsed."""
        _LOG.error(_WORDS["telegram.run.skipped"].format(update=update, why=type(error).__name__))

    def failed(self, error: TelegramError) -> None:
        """A poll failed: a second poller is told; one that was there first goes on."""
        if not isinstance(error, Conflict):
            _LOG.warning("getUpdates: %s", error)
            return
        sentence = _WORDS["telegram.run.conflict"]
        _LOG.error(sentence)
        self._conflicts += 1
        if self.polling is not None and self.polling.succeeded:
            return
        if self._conflicts >= CONFLICTS:
            self._end(sentence)

    def _end(self, reason: str) -> None:
        self.reason = self.reason or reason
        self.stop.set()
