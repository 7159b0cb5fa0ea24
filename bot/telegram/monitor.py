"""/healthz and /metrics on a port of their own, for those who watch over the bot.

Nothing in them names a person, a chat or a question.
"""

import json
import time
from collections.abc import Callable

import tornado.httpserver
import tornado.web

from bot.telegram.desk import Desk
from bot.telegram.metrics import CONTENT_TYPE, NoMetrics
from bot.telegram.polling import PollingRequest
from bot.texts import texts
from config.settings import Address

SILENCE = 120.0
"""Seconds without an answer from Telegram after which the bot is not well; a poll takes 30."""


class Monitor:
    """The server. Raises: OSError from `start` when the address is taken."""

    def __init__(
        self,
        address: Address,
        desk: Desk,
        polling: PollingRequest | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address
        self._desk = desk
        self._polling = polling
        self._clock = clock
        self._began = clock()
        given = {"monitor": self}
        self._server = tornado.httpserver.HTTPServer(
            tornado.web.Application(
                [("/healthz", _Health, given), ("/metrics", _Figures, given)],
                log_function=lambda _: None,
            )
        )
        metrics = desk.meter.metrics
        metrics.watch("generation", "Number of the generation that answers", self._generation)
        metrics.watch("articles", "Articles of that generation", self._articles)
        metrics.watch("updates_waiting", "Updates in the inbox, not done", desk.state.unfinished)
        metrics.watch("updates_aside", "Updates set aside", lambda: len(desk.state.aside()))
        metrics.watch("troubles", "What /health shows to be amiss", lambda: len(desk.amiss))

    def start(self) -> None:
        """Listens. Raises: OSError."""
        self._server.listen(self._address.port, self._address.host)

    async def stop(self) -> None:
        """Listens no more."""
        self._server.stop()
        await self._server.close_all_connections()

    def health(self) -> tuple[int, bytes]:
        """Status and JSON: 200 while the bot serves, 503 when Telegram has long been silent."""
        desk, generation = self._desk, self._desk.generation
        silence = self.silence()
        well = silence is None or silence < SILENCE
        row = {
            "status": "ok" if well else "silent",
            "uptime_seconds": round(self._clock() - self._began),
            "telegram_silence_seconds": None if silence is None else round(silence),
            "generation": generation.number,
            "articles": len(generation.dossier.articles),
            "set_aside": len(generation.dossier.set_aside),
            "updates_waiting": desk.state.unfinished(),
            "updates_aside": len(desk.state.aside()),
            "troubles": len(desk.amiss),
        }
        return 200 if well else 503, json.dumps(row).encode()

    def silence(self) -> float | None:
        """Seconds since a poll was last answered; None by webhook, where nobody is asked."""
        if self._polling is None:
            return None
        return self._clock() - max(self._polling.answered, self._began)

    def figures(self) -> tuple[int, bytes]:
        """Status and page of /metrics; a sentence when the extra is missing."""
        page = self._desk.meter.metrics.page()
        if page is None:
            return 501, texts("fr")["telegram.run.no_metrics"].encode()
        return 200, page

    def _generation(self) -> float:
        return self._desk.generation.number

    def _articles(self) -> float:
        return len(self._desk.generation.dossier.articles)


def lacks_metrics(desk: Desk) -> bool:
    """Whether METRICS_LISTEN is set and /metrics has nothing to show."""
    return desk.settings.metrics_listen is not None and isinstance(desk.meter.metrics, NoMetrics)


class _Page(tornado.web.RequestHandler):
    def initialize(self, monitor: Monitor) -> None:
        self.monitor = monitor

    def data_received(self, chunk: bytes) -> None:
        """Bodies come whole."""

    def write_error(self, status_code: int, **_: object) -> None:
        """Nothing but the status."""
        self.set_status(status_code)

    def _write(self, status: int, kind: str, body: bytes) -> None:
        self.set_status(status)
        self.set_header("Content-Type", kind)
        self.finish(body)


class _Health(_Page):
    def get(self) -> None:
        """The bot's health."""
        status, body = self.monitor.health()
        self._write(status, "application/json", body)


class _Figures(_Page):
    def get(self) -> None:
        """The figures."""
        status, body = self.monitor.figures()
        self._write(status, CONTENT_TYPE, body)
