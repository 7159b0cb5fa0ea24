"""Memory stays flat: questions without end, one process, what it holds measured as it goes.

DOSSIER_FLAT sets how many questions (default 200; `make flat`: 50,000). Telegram's thirty messages
a second are not kept: with them 50,000 take half an hour, and waiting holds nothing.
"""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from config.settings import Settings
from tests.e2e.botapi import BotApi
from tests.e2e.load import UNLIMITED
from tests.e2e.test_kill import QUESTIONS
from tests.e2e.test_robust import ended, start

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

MANY = int(os.environ.get("DOSSIER_FLAT", "200"))
AT_ONCE = 20
READERS = 1_000
"""More than ask at once: what is kept for each person must stay bounded, too."""
GROWTH_MB = 20
"""What may come on top after the first tenth: caches that fill, the allocator's moods."""


def held(process: int) -> float:
    """Megabytes of memory that the process holds, files mapped by it left out."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
async def test_memory_stays_flat(api: BotApi, settings: Settings, tmp_path: Path) -> None:
    """After the first tenth of the questions the process grows by no more than a little."""
    readers = [api.person(f"R{n}") for n in range(min(MANY, READERS))]
    log = (tmp_path / "log").open("w", encoding="utf-8")
    process = start(
        settings,
        api.token,
        log,
        words=("-c", UNLIMITED),
        RATE_PER_MINUTE="0",
        LOG_LEVEL="WARNING",
    )
    measured: list[tuple[int, float]] = []
    began = time.monotonic()
    try:
        for done in range(0, MANY, AT_ONCE):
            # As if each were another's: nothing is answered from what was just asked.
            words = QUESTIONS[done // AT_ONCE % len(QUESTIONS)]
            asked = f"{words} Dites-le en {done} mots."
            place = done % len(readers)
            await asyncio.gather(
                *(reader.ask(asked) for reader in readers[place : place + AT_ONCE])
            )
            _forget(api)
            if done % max(AT_ONCE, MANY // 10 // AT_ONCE * AT_ONCE) == 0:
                measured.append((done, held(process.pid)))
        measured.append((MANY, held(process.pid)))
        process.send_signal(signal.SIGTERM)
        status, _ = await ended(process)
    finally:
        process.kill()
        log.close()
    seconds = time.monotonic() - began
    shown = " ".join(f"{done}:{megabytes:.0f}MB" for done, megabytes in measured)
    print(f"questions={MANY} seconds={seconds:.0f} {shown}")  # noqa: T201
    assert status == 0
    first = next(megabytes for done, megabytes in measured if done >= MANY // 10)
    assert measured[-1][1] - first < GROWTH_MB, shown


def _forget(api: BotApi) -> None:
    """What the stand-in keeps for tests that look back; here it would outgrow the bot."""
    api.requests.clear()
    for chat in api.chats.values():
        chat.events.clear()
        chat.messages.clear()
        chat.seen = 0
