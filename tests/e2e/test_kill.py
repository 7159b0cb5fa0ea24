"""Nothing is lost: the bot is killed at random moments under load, over HTTP.

DOSSIER_KILLS sets how often (default 5; `make soak`: 100).
"""

import asyncio
import os
import random
import signal
from collections import Counter
from contextlib import suppress

import pytest

from bot.state import State
from config.settings import Settings
from tests.e2e.botapi import BotApi
from tests.e2e.people import Person
from tests.e2e.test_robust import start

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

KILLS = int(os.environ.get("DOSSIER_KILLS", "5"))
READERS = 6
AHEAD = 30
"""Questions of one reader that may wait for their answers."""
QUESTIONS = (
    "Qui a rouvert le pont des Tanneurs ?",
    "Combien a coûté le chantier du pont ?",
    "Où se tient le marché de Varenne ?",
)


async def test_every_question_is_answered_through_kills(
    api: BotApi, settings: Settings, tmp_path: object
) -> None:
    """After kill -9 at any moment: every answer, at most one twice a kill, in order."""
    chance = random.Random(20240312)
    readers = [api.person(f"R{n}") for n in range(READERS)]
    asked: dict[int, list[int]] = {reader.id: [] for reader in readers}

    async def talk(reader: Person) -> None:
        mine = asked[reader.id]
        while True:
            # On a slow machine they would ask more than anything could answer.
            if len(mine) < AHEAD or mine[-AHEAD] in replies(reader):
                mine.append(await reader.say(chance.choice(QUESTIONS)))
            await asyncio.sleep(chance.uniform(0.1, 0.5))

    talking = [asyncio.create_task(talk(reader)) for reader in readers]
    answered = 0
    for _ in range(KILLS):
        process = start(settings, api.token, LOG_LEVEL="ERROR")
        # Up, and at work again: only then is a kill one at a moment of its own.
        answered = len(api.called("sendMessage"))
        await api.until(lambda: len(api.called("sendMessage")) > answered, within=120)  # noqa: B023
        await asyncio.sleep(chance.uniform(0, 0.6))
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.communicate)
    for task in talking:
        task.cancel()
    total = sum(map(len, asked.values()))
    process = start(settings, api.token, LOG_LEVEL="ERROR")

    def all_answered() -> bool:
        return all(set(asked[reader.id]) <= set(replies(reader)) for reader in readers)

    try:
        with suppress(TimeoutError):
            await api.until(all_answered, within=120)
    finally:
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.communicate)
    missing = {
        reader.id: sorted(set(asked[reader.id]) - set(replies(reader))) for reader in readers
    }
    assert not any(missing.values()), missing
    twice = sum(n - 1 for reader in readers for n in Counter(replies(reader)).values())
    print(f"kills={KILLS} questions={total} twice={twice}")  # noqa: T201
    assert twice <= KILLS
    for reader in readers:
        firsts = list(dict.fromkeys(replies(reader)))
        assert firsts == sorted(firsts)
    assert not api.refusals


def replies(reader: Person) -> list[int]:
    """The messages that this reader's answers reply to, in the order in which they came."""
    return [
        event.message["reply_to_message"]["message_id"]
        for event in reader.private.events
        if event.kind == "sent"
    ]


async def test_a_poison_update_is_set_aside_after_three_tries(
    settings: Settings,
) -> None:
    """An update that was begun three times and never done is not taken up a fourth time."""
    settings.data_dir.mkdir(parents=True)
    path = settings.data_dir / "state.db"
    for n in range(3):
        state = State.open(path)
        if n == 0:
            assert state.receive(7, "{}")
            assert not state.receive(7, "{}")
        assert [number for number, _ in state.waiting()] == [7]
        state.begin(7)
        state.close()
    state = State.open(path)
    assert state.waiting() == ()
    assert state.aside() == (7,)
