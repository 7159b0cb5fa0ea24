"""The bot under load, in short: `make load` does it at length (see `tests.e2e.load`)."""

import asyncio
import threading
import time
from pathlib import Path

import pytest

from bot.state import State
from bot.telegram.desk import Desk
from bot.telegram.patience import PatientRateLimiter
from tests.e2e.botapi import BotApi
from tests.e2e.load import burst, readers_of, serving, steady

pytestmark = pytest.mark.anyio


@pytest.mark.slow
async def test_a_burst_is_answered_whole_and_in_order(dossier: Path, tmp_path: Path) -> None:
    """Of many questions at once none is lost, and each chat is answered in its own order."""
    async with serving(dossier, tmp_path / "data", limited=False) as api:
        found = await burst(api, readers_of(api, 12), 120)
    assert (len(found.spent), found.lost) == (120, 0)
    assert found.in_order
    assert not api.refusals


@pytest.mark.slow
async def test_questions_that_keep_coming_are_kept_up_with(dossier: Path, tmp_path: Path) -> None:
    """At ten questions a second nothing piles up: the last is answered as soon as the first."""
    async with serving(dossier, tmp_path / "data") as api:
        found = await steady(api, readers_of(api, 20), 10, 3)
    assert (len(found.spent), found.lost) == (30, 0)
    half = len(found.spent) // 2
    # Twice is noise on a busy machine; a queue that grows gives ten times.
    assert sum(found.spent[half:]) < 4 * sum(found.spent[:half]) + 2_000


async def test_a_slow_question_holds_nobody_else(bot: Desk, api: BotApi) -> None:
    """While a question without end is worked on, another reader's short one is answered."""
    (quick,) = readers_of(api, 1)  # type: ignore[arg-type]  # any stand-in has people
    end = threading.Event()
    slow = asyncio.ensure_future(bot.compute(end.wait))
    try:
        for _ in range(3):
            message = await quick.say("Qui a rouvert le pont des Tanneurs ?")
            await api.until(lambda m=message: _answered(quick, m))  # type: ignore[misc]
        assert not slow.done()
    finally:
        end.set()
        await slow


def _answered(reader: object, message: int) -> bool:
    events = reader.private.events  # type: ignore[attr-defined]
    return any(
        event.message.get("reply_to_message", {}).get("message_id") == message for event in events
    )


async def test_typing_takes_no_turn_from_messages(tmp_path: Path) -> None:
    """A hundred "typing" go out at once: they do not count among 30 messages a second."""
    state = State.open(tmp_path / "state.db")
    limiter = PatientRateLimiter(state)
    await limiter.initialize()

    async def sent() -> bool:
        return True

    began = time.monotonic()
    done = [
        limiter.process_request(sent, (), {}, "sendChatAction", {"chat_id": n}, None)
        for n in range(100)
    ]
    assert await asyncio.gather(*done) == [True] * 100
    assert time.monotonic() - began < 1
    await limiter.shutdown()
    state.close()
