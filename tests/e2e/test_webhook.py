"""Updates brought by Telegram, over HTTP; DOSSIER_E2E_MODE=webhook runs the other tests so."""

import asyncio
import socket
from dataclasses import replace

import aiohttp
import pytest

from bot.telegram import webhook
from bot.telegram.service import Unusable, open_desk, serve
from config.settings import Address, Settings
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running, by_webhook
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"


async def test_a_conversation_by_webhook(running: Running, api: BotApi, alice: Person) -> None:
    """A question, its answer and a button, without a single poll."""
    async with running(bot_mode="webhook"):
        answer = await alice.ask(QUESTION)
        assert "Louise Perrin" in answer.text
        await alice.press(answer, "Lire le passage")
        assert "Louise Perrin" in (await alice.private.next("sent")).text
    assert not api.called("getUpdates")
    assert not api.refusals


async def test_only_telegram_is_let_in(running: Running, api: BotApi, alice: Person) -> None:
    """Without the secret nothing is taken; with it, one update a request."""
    settings = by_webhook()
    url = settings["webhook_url"]
    async with running(**settings), aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "faux"}):
            async with session.post(url, json={"update_id": 1}, headers=headers) as answer:
                assert answer.status == 403
                assert await answer.text() == ""
        async with session.get(url) as answer:
            assert answer.status == 405
        async with session.post(f"{url}/autre") as answer:
            assert answer.status == 404
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text


async def test_an_update_that_cannot_be_parsed_is_not_brought_again(
    running: Running, api: BotApi, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """A poison update is answered 200, named in the log, and the next question is answered."""
    async with running(bot_mode="webhook"):
        number = await api.post("message", {"message_id": "?", "date": "yesterday"})
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        assert not api.unread()
    assert str(number) in caplog.text


async def test_an_address_that_is_taken_is_told(running: Running) -> None:
    """LISTEN names a port that somebody else holds: one sentence."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = Address("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(Unusable, match="LISTEN"):
            async with running(**{**by_webhook(), "listen": address}):
                pass


async def test_who_waits_for_telegram_can_be_stopped(
    api: BotApi, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram takes no address: a bot that is to wait for an hour ends when it is told to."""
    monkeypatch.setattr(webhook, "FIRST_SECONDS", 3600.0)
    api.fail("setWebhook", 502)
    stop = asyncio.Event()
    task = asyncio.create_task(serve(open_desk(replace(settings, **by_webhook())), stop))
    await api.until(lambda: bool(api.called("setWebhook")))
    stop.set()
    await asyncio.wait_for(task, 60)


async def test_updates_wait_while_the_bot_is_away(
    running: Running, api: BotApi, alice: Person
) -> None:
    """What is said between two runs is answered by the second."""
    settings = by_webhook()
    async with running(**settings):
        await alice.ask("/start")
    await alice.say(QUESTION)
    async with running(**settings):
        assert "Louise Perrin" in (await alice.private.next("sent")).text
