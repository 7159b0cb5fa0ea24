"""Telegram's bad days: faults in a row, and no network at all."""

import asyncio
import socket

import pytest

from bot.telegram import patience
from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.people import Event, Person
from tests.e2e.test_robust import QUESTION

pytestmark = pytest.mark.anyio


def answered(event: Event) -> int:
    """The message that this one replies to."""
    return int(event.message["reply_to_message"]["message_id"])


async def test_a_storm_of_faults_loses_nothing(
    bot: Desk, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty faults while ten people ask: each question is answered once, in order."""
    monkeypatch.setattr(patience, "FIRST_SECONDS", 0.01)
    people = [api.person(f"R{n}") for n in range(10)]
    api.fail("sendMessage", 502, times=30)
    api.fail("sendMessage", cut=True, times=10)
    api.fail("answerCallbackQuery", 502, times=5)
    asked = {one.id: [await one.say(QUESTION) for _ in range(2)] for one in people}
    for one in people:
        shown = [await one.private.next("sent") for _ in range(2)]
        assert [answered(event) for event in shown] == asked[one.id]
        assert not one.private.unseen


async def test_a_blocked_reader_in_a_storm_holds_nobody_up(
    bot: Desk, api: BotApi, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """403 is not tried again; a chat that is gone is no error; the others are answered."""
    monkeypatch.setattr(patience, "FIRST_SECONDS", 0.01)
    await alice.ask("/start")
    alice.private.blocked = True
    api.fail("sendMessage", 502, times=3)
    await alice.say(QUESTION)
    bob = api.person("Bob")
    assert "Louise Perrin" in (await bob.ask(QUESTION)).text
    await api.until(lambda: any(one.status == 403 for one in api.refusals))
    assert [one.status for one in api.refusals] == [403]
    api.refusals.clear()


async def test_a_network_that_was_gone_comes_back(
    bot: Desk, api: BotApi, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server vanishes with questions in hand and on their way: all are answered later."""
    monkeypatch.setattr(patience, "FIRST_SECONDS", 0.05)
    await alice.ask("/start")
    api.fail("sendMessage", 429, retry_after=1)
    held = await alice.say(QUESTION)
    await api.until(lambda: any(one.status == 429 for one in api.called("sendMessage")))
    assert api._runner is not None
    await api._runner.cleanup()
    on_its_way = await alice.say(QUESTION)
    port = int(api.url.rpartition(":")[2])
    # Nobody listens: a connection is refused at once.
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        pass
    api._port = port
    await api.__aenter__()
    shown = [await alice.private.next("sent") for _ in range(2)]
    assert [answered(event) for event in shown] == [held, on_its_way]
    assert not api.unread() or await _read(api)


async def _read(api: BotApi) -> bool:
    async with asyncio.timeout(10):
        await api.until(lambda: not api.unread())
    return True
