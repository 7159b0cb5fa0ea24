"""Floods, faults and other bad days, over HTTP."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import aiohttp
import pytest

from bot.telegram.desk import Desk
from bot.telegram.service import Unusable, open_desk, serve
from config.settings import Settings
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running, by_webhook
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"
ROOT = Path(__file__).resolve().parents[2]


async def test_flood_is_waited_out(bot: Desk, api: BotApi, alice: Person) -> None:
    """429 with retry_after: the answer comes once, after the wait."""
    api.fail("sendMessage", 429, retry_after=1)
    assert "Louise Perrin" in (await alice.ask(QUESTION)).text
    assert [request.status for request in api.called("sendMessage")] == [429, 200]


async def test_a_servers_fault_is_waited_out(bot: Desk, api: BotApi, alice: Person) -> None:
    """502 and a cut connection on sendMessage: the answer comes once Telegram is back."""
    api.fail("sendMessage", 502)
    assert "Louise Perrin" in (await alice.ask(QUESTION)).text
    assert [request.status for request in api.called("sendMessage")] == [502, 200]


async def test_an_answer_whose_receipt_is_lost_may_come_twice(
    bot: Desk, api: BotApi, alice: Person
) -> None:
    """The message arrived, its confirmation did not: better twice than never."""
    api.fail("sendMessage", cut=True, after=True)
    await alice.say(QUESTION)
    first, second = await alice.private.next("sent"), await alice.private.next("sent")
    assert first.text == second.text


async def test_without_a_place_to_write_the_bot_answers(
    running: Running, api: BotApi, alice: Person, admin: Person, tmp_path: Path
) -> None:
    """DATA_DIR cannot be written: everything is kept in memory, and the admins are told."""
    (tmp_path / "occupied").write_text("")
    async with running(data_dir=tmp_path / "occupied" / "data"):
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        told = [(await admin.private.next("sent")).text for _ in range(2)]
        assert any("DATA_DIR" in text for text in told), told
        await admin.upload("un.txt", b"Titre\n\nUn texte assez long pour un article.\n")
        assert "occupied" in (await admin.private.next("sent")).text
    assert not api.refusals


async def test_a_fault_is_logged_first_and_apologised_for(
    running: Running, api: BotApi, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours: its traceback is in the log, one line in the chat, and the bot goes on."""
    async with running() as desk:
        generation = desk.library._current
        desk.library._current = None
        sorry = await alice.ask(QUESTION)
        assert "Une erreur de ma part" in sorry.text
        assert "AssertionError" in caplog.text
        desk.library._current = generation
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
    assert not api.refusals


async def test_who_asks_too_fast_is_told_kindly(
    running: Running, api: BotApi, alice: Person, admin: Person
) -> None:
    """RATE_PER_MINUTE: a line says how long to wait; others and admins go on."""
    async with running(rate_per_minute=2):
        for _ in range(2):
            assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        assert re.search(r"à nouveau dans \d+ s", (await alice.ask(QUESTION)).text)
        assert "Louise Perrin" in (await api.person("Bob").ask(QUESTION)).text
        for _ in range(3):
            assert "Louise Perrin" in (await admin.ask(QUESTION)).text


async def test_what_is_too_old_is_forgotten_at_the_start(
    running: Running, api: BotApi, alice: Person
) -> None:
    """RETENTION_DAYS: questions older than that are gone when the bot has started."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    async with running() as desk:
        await alice.ask(QUESTION)
        desk.state._db.execute("UPDATE questions SET asked = ?", [long_ago.isoformat()])
    async with running() as desk:
        await alice.ask("/start")
        assert desk.state.count("questions") == 0


async def test_order_is_kept_inside_a_chat(bot: Desk, api: BotApi, alice: Person) -> None:
    """Answers come in the order of their questions, also when one of them has to wait."""
    api.fail("sendMessage", 429, retry_after=1)
    numbers = [await alice.say(QUESTION) for _ in range(4)]
    shown = [await alice.private.next("sent") for _ in range(4)]
    assert [one.message["reply_to_message"]["message_id"] for one in shown] == numbers


async def test_updates_survive_a_polling_fault(bot: Desk, api: BotApi, alice: Person) -> None:
    """A 5xx and a cut connection on getUpdates lose no question."""
    api.fail("getUpdates", 502)
    api.fail("getUpdates", cut=True)
    assert "Louise Perrin" in (await alice.ask(QUESTION)).text
    assert "Louise Perrin" in (await alice.ask(QUESTION)).text


async def test_a_reader_who_blocked_the_bot_is_no_error(
    bot: Desk, api: BotApi, alice: Person, admin: Person
) -> None:
    """403 is noted and passed over; others are answered."""
    await alice.ask("/start")
    alice.private.blocked = True
    await alice.say(QUESTION)
    await api.until(lambda: bool(api.refusals))
    assert "Louise Perrin" in (await admin.ask(QUESTION)).text
    alice.private.blocked = False
    assert "Louise Perrin" in (await alice.ask(QUESTION)).text
    assert [refusal.status for refusal in api.refusals] == [403]
    api.refusals.clear()


async def test_an_answer_to_a_deleted_question_is_sent_all_the_same(
    bot: Desk, alice: Person
) -> None:
    """The question was deleted meanwhile: the answer comes without a reply."""
    number = await alice.say(QUESTION)
    del alice.private.messages[number]
    shown = await alice.private.next("sent")
    assert "reply_to_message" not in shown.message
    assert "Louise Perrin" in shown.text


async def test_a_button_pressed_long_ago_still_works(bot: Desk, api: BotApi, alice: Person) -> None:
    """A query too old to be answered: what it asks for is done, and nothing fails."""
    answer = await alice.ask(QUESTION)
    await api.post(
        "callback_query",
        {
            "id": "17",
            "from": alice.card,
            "message": answer.message,
            "chat_instance": "1",
            "data": answer.data("Lire le passage"),
        },
    )
    assert "Louise Perrin" in (await alice.private.next("sent")).text
    assert [refusal.method for refusal in api.refusals] == ["answerCallbackQuery"]
    api.refusals.clear()


async def test_double_taps_do_no_harm(bot: Desk, api: BotApi, alice: Person) -> None:
    """The same page asked for twice: the second edit changes nothing and is no error."""
    shown = await alice.ask("/sources")
    await alice.press(shown, "1")
    card = await alice.private.next("sent")
    data = card.data("Lire depuis le début")
    await asyncio.gather(alice.press(card, "", data=data), alice.press(card, "", data=data))
    assert len([event for event in alice.private.events if event.kind == "edited"]) == 1
    await api.until(lambda: bool(api.refusals))
    assert "is not modified" in api.refusals.pop().description


async def test_an_update_that_cannot_be_parsed_is_skipped(
    running: Running, api: BotApi, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """A poison update is named in the log, acknowledged, and the next question is answered."""
    async with running():
        number = await api.post("message", {"message_id": "?", "date": "yesterday"})
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        await api.until(lambda: not api.unread())
    assert str(number) in caplog.text
    assert not api.refusals


@pytest.mark.parametrize("status", [401, 404])
async def test_a_revoked_token_ends_the_bot(api: BotApi, settings: Settings, status: int) -> None:
    """401 or 404 on getUpdates ends the process with one clear sentence."""
    api.fail("getUpdates", status, times=10)
    with pytest.raises(Unusable, match=f"BOT_TOKEN.*{status}"):
        await serve(open_desk(settings), asyncio.Event())


async def test_a_newcomer_gives_way(api: BotApi, settings: Settings) -> None:
    """409 from the first poll on: the program says that another one runs, and ends."""
    api.fail("getUpdates", 409, times=2, description="Conflict: terminated by other getUpdates")
    with pytest.raises(Unusable, match="Un autre programme"):
        await serve(open_desk(settings), asyncio.Event())


async def test_who_was_there_first_goes_on(
    running: Running, api: BotApi, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """A second poller ends the first one's poll: it says so in one line, and polls again."""
    async with running(bot_mode="polling"):
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        url = f"{api.url}/bot{api.token}/getUpdates"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            assert answer.status == 200
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
    assert "Un autre programme lit déjà" in caplog.text


def start(
    settings: Settings,
    token: str,
    said: IO[str] | None = None,
    *,
    words: tuple[str, ...] = (),
    **more: str,
) -> subprocess.Popen[str]:
    """`dossier bot` as a process of its own; what it says goes to a file when it says much.

    `words`: what Python is given in place of the command.
    """
    environment = {
        **os.environ,
        "BOT_TOKEN": token,
        "BOT_API_URL": settings.bot_api_url,
        "DOSSIER_DIR": str(settings.dossier_dir),
        "DATA_DIR": str(settings.data_dir),
        **more,
    }
    return subprocess.Popen(
        [sys.executable, *(words or ("-m", "bot", "bot"))],
        cwd=ROOT,
        env=environment,
        stdout=said or subprocess.PIPE,
        stderr=said or subprocess.PIPE,
        text=True,
    )


async def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit status and what was written to standard error."""
    _, errors = await asyncio.to_thread(process.communicate, None, 120)
    return process.returncode, errors


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("", r"BOT_TOKEN : il manque"),
        ("abc", r"BOT_TOKEN : il n'a pas la forme"),
        ("424242424:another-token-that-nobody-gave-0000", r"BOT_TOKEN : Telegram refuse ce jeton"),
    ],
)
async def test_a_wrong_token_is_one_sentence_and_exit_2(
    api: BotApi, settings: Settings, token: str, sentence: str
) -> None:
    """A missing, malformed or refused token: one French sentence, no traceback, exit 2."""
    status, errors = await ended(start(settings, token))
    assert status == 2
    assert re.search(sentence, errors)
    assert "Traceback" not in errors
    assert token == "" or token not in errors


FULL = (
    "import sys; from bot.cli import main; from bot.telegram import service\n"
    "def full(desk): raise OSError(28, 'No space left on device', '/data/state')\n"
    "service._say_ready = full; sys.exit(main(['bot']))"
)
"""A bot to which the system says no at a moment that nobody thought of."""


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_what_the_system_refuses_is_told_as_it_is(
    api: BotApi, settings: Settings, mode: str
) -> None:
    """An error of the system: what it was and where, status 3, never "cannot listen"."""
    found = by_webhook()
    chosen = {
        "BOT_MODE": mode,
        "WEBHOOK_URL": found["webhook_url"],
        "WEBHOOK_SECRET": "un-secret",
        "LISTEN": str(found["listen"]),
    }
    status, errors = await ended(start(settings, api.token, words=("-c", FULL), **chosen))
    assert status == 3
    assert "No space left on device: '/data/state'" in errors
    assert "Le système a refusé" in errors
    assert "LISTEN" not in errors
    assert api.token not in errors


async def test_sigterm_ends_a_bot_cleanly(api: BotApi, settings: Settings, alice: Person) -> None:
    """The process answers, then stops on SIGTERM with status 0 and nothing unread."""
    process = start(settings, api.token)
    try:
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        process.send_signal(signal.SIGTERM)
        status, errors = await ended(process)
    finally:
        process.kill()
    assert status == 0
    assert "Traceback" not in errors
    assert api.token not in errors
    assert not api.unread()
    assert not api.refusals
