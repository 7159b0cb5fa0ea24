"""Updates that Telegram brings: a small HTTP server beside polling.

Ours rather than the library's: an update that cannot be parsed is answered 200 and skipped (the
library answers 400, and Telegram brings it again and again), and the secret is compared in
constant time.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import tornado.httpserver
import tornado.web
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError

from bot.telegram.polling import WANTED
from config.settings import Settings

LARGEST = 1_000_000
"""Bytes of an update; Telegram's are a few kilobytes."""

FIRST_SECONDS = 1.0
"""The first wait for a Telegram that does not take the address; each is twice the one before."""

_LOG = logging.getLogger(__name__)


class Webhook:
    """The server: first `listen`, then `start`, which returns once Telegram knows the address."""

    def __init__(
        self,
        settings: Settings,
        bot: Bot,
        queue: "asyncio.Queue[object]",
        skipped: Callable[[int, Exception], None],
    ) -> None:
        self._settings = settings
        self._bot = bot
        path = urlsplit(settings.webhook_url or "").path.rstrip("/") or "/"
        secret = settings.webhook_secret.reveal() if settings.webhook_secret else ""
        given = {"bot": bot, "queue": queue, "secret": secret, "skipped": skipped}
        self._server = tornado.httpserver.HTTPServer(
            tornado.web.Application([(rf"{path}/?", _Door, given)], log_function=lambda _: None),
            max_buffer_size=LARGEST,
        )

    def listen(self) -> None:
        """Takes the address. Raises: OSError when it cannot be had."""
        address = self._settings.listen
        self._server.listen(address.port, address.host)

    async def start(self, stop: asyncio.Event) -> None:
        """Tells Telegram where we listen; tries again while Telegram does not answer.

        Raises: InvalidToken.
        """
        secret = self._settings.webhook_secret
        seconds = FIRST_SECONDS
        while not stop.is_set():
            try:
                await self._bot.set_webhook(
                    self._settings.webhook_url or "",
                    allowed_updates=WANTED,
                    secret_token=secret.reveal() if secret else None,
                )
            except InvalidToken:
                raise
            except TelegramError as error:
                _LOG.warning("setWebhook: %s", error)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), seconds)
                seconds = min(30.0, seconds * 2)
            else:
                return

    async def stop(self) -> None:
        """Takes no more; the address stays with Telegram, which keeps what comes meanwhile."""
        self._server.stop()
        await self._server.close_all_connections()


class _Door(tornado.web.RequestHandler):
    """One update a request; answered once it stands in the queue."""

    def initialize(
        self,
        bot: Bot,
        queue: "asyncio.Queue[object]",
        secret: str,
        skipped: Callable[[int, Exception], None],
    ) -> None:
        """Takes what tornado hands to each request."""
        self.bot = bot
        self.queue = queue
        self.secret = secret
        self.skipped = skipped

    async def post(self) -> None:
        """Puts an update into the queue."""
        token = self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(token.encode(), self.secret.encode()):
            self.send_error(403)
            return
        number = 0
        try:
            body = json.loads(self.request.body)
            number = int(body["update_id"])
            update = Update.de_json(body, self.bot)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it must not come again
            self.skipped(number, error)
            return
        await self.queue.put(update)

    def write_error(self, status_code: int, **_: object) -> None:
        """Nothing but the status: who has no secret learns nothing."""
        self.set_status(status_code)

    def data_received(self, chunk: bytes) -> None:
        """Bodies come whole."""
