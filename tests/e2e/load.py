"""The bot under load, through the stand-in: `make load`, or `python -m tests.e2e.load`.

The bot is a process of its own, as it is in service. Times go from the moment a reader has spoken
to the moment the message that answers has come in over HTTP, the stand-in's own work included.
"""

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.bench.measuring import percentiles
from config.secret import Secret
from config.settings import Settings
from tests.e2e.botapi import BotApi
from tests.e2e.people import Person
from tests.e2e.test_robust import start

QUESTIONS = (
    "Qui a rouvert le pont des Tanneurs ?",
    "Combien a coûté le chantier du pont ?",
    "Où se tient le marché de Varenne ?",
    "Quand circulera la ligne 7 ?",
    "Pourquoi la halle est-elle fermée ?",
)
RATE, SECONDS, BURST, READERS = 30, 60, 3_000, 100
UNLIMITED = (
    "import sys; from telegram.ext import AIORateLimiter as Base; plain = Base.__init__;"
    "Base.__init__ = lambda self, **k: plain(self, 0, 0, 0, 0, **k);"
    "from bot.cli import main; sys.exit(main(['bot']))"
)
"""The bot without Telegram's limit of 30 messages a second: what it could do."""


class Timed(BotApi):
    """A stand-in that remembers when each answer came in.

    `ready`: seconds from the start of the bot's process to its first poll for messages.
    """

    def __init__(self) -> None:
        super().__init__()
        self.ready = 0.0
        self.came: dict[tuple[int, int], float] = {}

    def _answer(
        self, method: str, parameters: dict[str, Any], result: Any, *, asked: bool = False
    ) -> web.Response:
        if method == "sendMessage" and isinstance(result, dict):
            answered = result.get("reply_to_message", {}).get("message_id")
            if answered is not None:
                self.came.setdefault((result["chat"]["id"], answered), time.perf_counter())
        return super()._answer(method, parameters, result, asked=asked)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a load: milliseconds of each answer, how many never came, order, seconds."""

    spent: tuple[float, ...]
    lost: int
    in_order: bool
    seconds: float

    def __str__(self) -> str:
        p50, p99 = percentiles(self.spent or (0.0,))
        rate = len(self.spent) / max(self.seconds, 1e-9)
        order = "kept" if self.in_order else "broken"
        return (
            f"{len(self.spent)} answered, {self.lost} lost, order {order},"
            f" {rate:.0f} a second, p50 {p50:.0f} ms, p99 {p99:.0f} ms"
        )


async def steady(api: Timed, readers: Sequence[Person], rate: float, seconds: float) -> Outcome:
    """So many questions a second, evenly, the readers in turn."""
    asked: dict[tuple[int, int], float] = {}
    began = time.perf_counter()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        await _ask(readers[number % len(readers)], number, asked)
    return await _outcome(api, asked, began)


async def burst(api: Timed, readers: Sequence[Person], count: int) -> Outcome:
    """So many questions at once."""
    asked: dict[tuple[int, int], float] = {}
    began = time.perf_counter()
    chance = random.Random(5)
    for number in range(count):
        await _ask(chance.choice(readers), number, asked)
    return await _outcome(api, asked, began, within=60 + count / 5)


async def _ask(reader: Person, number: int, asked: dict[tuple[int, int], float]) -> None:
    began = time.perf_counter()
    message = await reader.say(QUESTIONS[number % len(QUESTIONS)])
    asked[reader.private.id, message] = began


async def _outcome(
    api: Timed, asked: dict[tuple[int, int], float], began: float, within: float = 60
) -> Outcome:
    with suppress(TimeoutError):
        await api.until(lambda: asked.keys() <= api.came.keys(), within)
    came = {key: api.came[key] for key in asked if key in api.came}
    return Outcome(
        tuple((came[key] - asked[key]) * 1000 for key in came),
        len(asked) - len(came),
        all(_ascends([key[1] for key in sorted(came, key=came.__getitem__) if key[0] == chat])
            for chat in {chat for chat, _ in came}),
        max(came.values(), default=began) - began,
    )  # fmt: skip


def _ascends(numbers: Sequence[int]) -> bool:
    return list(numbers) == sorted(numbers)


@asynccontextmanager
async def serving(dossier: Path, data: Path, *, limited: bool = True) -> AsyncIterator[Timed]:
    """A stand-in with a bot that polls it, each in its own process."""
    async with Timed() as api:
        settings = Settings(
            data_dir=data, dossier_dir=dossier, bot_token=Secret(api.token), bot_api_url=api.url
        )
        with (data.parent / "bot.log").open("w", encoding="utf-8") as said:
            words = () if limited else ("-c", UNLIMITED)
            began = time.perf_counter()
            process = start(
                settings, api.token, said, words=words, RATE_PER_MINUTE="0", LOG_LEVEL="ERROR"
            )
            try:
                await api.until(lambda: api.polls > 0, within=60)
                api.ready = time.perf_counter() - began
                yield api
            finally:
                process.send_signal(signal.SIGTERM)
                await asyncio.to_thread(process.wait)


def readers_of(api: Timed, count: int) -> list[Person]:
    """So many readers, each with a private chat."""
    return [api.person(f"R{number}") for number in range(count)]


def _places() -> Iterator[tuple[Path, Path]]:
    from tests.e2e.conftest import ARTICLES, MANIFEST

    with tempfile.TemporaryDirectory(prefix="dossier-load-") as place:
        folder = Path(place) / "dossier"
        folder.mkdir()
        for name, text in ARTICLES.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / "dossier.toml").write_text(MANIFEST, encoding="utf-8")
        yield folder, Path(place) / "data"


async def main(part: float) -> Iterator[str]:
    """The figures, a line each; `part` of 1 is the whole load, less is a try."""
    said: list[str] = []
    for dossier, data in _places():
        async with serving(dossier, data) as api:
            readers = readers_of(api, READERS)
            said.append(f"ready after {api.ready:.2f} s, the dossier read anew")
            found = await steady(api, readers, 2, max(5.0, 20 * part))
            said.append(f"idle, 2 a second: {found}")
            found = await steady(api, readers, RATE, SECONDS * part)
            said.append(f"steady, {RATE} a second: {found}")
        async with serving(dossier, data) as api:
            said.append(f"ready after {api.ready:.2f} s, started again")
        before = os.times()
        # A state of its own: another stand-in counts its updates from the start again.
        async with serving(dossier, data.with_name("again"), limited=False) as api:
            found = await burst(api, readers_of(api, READERS), int(BURST * part))
        after = os.times()
        spent = after.children_user + after.children_system
        spent -= before.children_user + before.children_system
        each = 1000 * spent / max(1, len(found.spent))
        said.append(f"burst, without the limit: {found}, {each:.0f} ms of processor an answer")
    return iter(said)


if __name__ == "__main__":
    part = float(sys.argv[1]) if sys.argv[1:] else 1.0
    sys.stdout.writelines(f"{line}\n" for line in asyncio.run(main(part)))
