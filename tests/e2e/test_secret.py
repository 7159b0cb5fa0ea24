"""The token is nowhere but in the requests: not in a log, an error, a file, a crash."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import Settings
from tests.e2e.botapi import BotApi
from tests.e2e.people import Person
from tests.e2e.test_robust import QUESTION, ROOT, ended, start

pytestmark = pytest.mark.anyio

SECRET = "un-secret-de-webhook-que-personne-ne-voit"


def holding(folder: Path, *secrets: str) -> list[str]:
    """The files below a folder that hold one of these, as it is or percent-encoded."""
    looked_for = [form.encode() for one in secrets for form in (one, one.replace(":", "%3A"))]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(one in path.read_bytes() for one in looked_for)
    ]


@pytest.mark.parametrize("mode", ["polling", pytest.param("webhook", marks=pytest.mark.slow)])
async def test_a_run_with_every_error_forced_shows_no_token(
    api: BotApi, settings: Settings, alice: Person, admin: Person, mode: str, tmp_path: Path
) -> None:
    """Faults of the net, of Telegram and of ours, at LOG_LEVEL=DEBUG, up to the revoked token."""
    from tests.e2e.conftest import by_webhook

    about = by_webhook()
    more = {
        "LOG_LEVEL": "DEBUG",
        "ADMIN_IDS": str(admin.id),
        "BOT_MODE": mode,
        "WEBHOOK_URL": about["webhook_url"],
        "WEBHOOK_SECRET": SECRET,
        "LISTEN": str(about["listen"]),
    }
    for method in ("getMe", "setMyCommands", "setMyDescription", "setWebhook", "deleteWebhook"):
        api.fail(method, 502)
    api.fail("setMyCommands", cut=True)
    log = tmp_path / "log"
    # At DEBUG it says more than a pipe that nobody reads can hold.
    with log.open("w", encoding="utf-8") as said:
        process = start(settings, api.token, said, **more)
    try:
        up = "setWebhook" if mode == "webhook" else "getUpdates"
        await api.until(
            lambda: any(one.status == 200 for one in api.called(up)) or api.polls > 0, 40
        )
        await alice.ask("/start")
        for fault in ("sendMessage", "sendChatAction", "answerCallbackQuery", "getUpdates"):
            api.fail(fault, 502)
            api.fail(fault, cut=True)
        answer = await alice.ask(QUESTION)
        api.fail("answerCallbackQuery", 400, description="Bad Request: what is this")
        press = {"id": "17", "from": alice.card, "message": answer.message, "chat_instance": "1"}
        await api.post("callback_query", {**press, "data": answer.data("👍")})
        api.fail("getFile", cut=True)
        await admin.upload("a.txt", b"rien")
        await admin.upload("b.txt", b"autre")
        api.files.clear()
        await api.post("message", {"message_id": "?", "date": "yesterday"})
        await alice.ask("/sources")
        # A fault of ours, by a state that is gone under the bot's feet.
        (settings.data_dir / "state.db").write_bytes(b"")
        await alice.say(QUESTION)
        await alice.private.next("sent")
        if mode == "polling":
            api.fail("getUpdates", 401, times=99)
            await alice.say("fin")  # ends the poll that is held
            assert (await ended(process))[0] == 2
        else:
            process.send_signal(signal.SIGTERM)
            assert (await ended(process))[0] == 0
    finally:
        process.kill()
    assert "DEBUG" in log.read_text(encoding="utf-8")
    assert holding(tmp_path, api.token.partition(":")[2], SECRET) == []


async def test_an_unreachable_server_is_told_without_the_token(
    settings: Settings, api: BotApi
) -> None:
    """A dead address: the log and the doctor name the address, never the token."""
    environment = {
        **os.environ,
        "BOT_TOKEN": api.token,
        "BOT_API_URL": "http://127.0.0.1:9",
        "DATA_DIR": str(settings.data_dir),
        "LOG_LEVEL": "DEBUG",
        "WEBHOOK_SECRET": SECRET,
    }
    process = subprocess.Popen(  # noqa: ASYNC220 - it is read from in a thread
        [sys.executable, "-m", "bot", "bot"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    shown = ""
    while "ne répond pas" not in shown:
        line = await asyncio.to_thread(process.stderr.readline)
        assert line, shown
        shown += line
    process.send_signal(signal.SIGTERM)
    _, rest = await asyncio.to_thread(process.communicate, None, 120)
    doctor = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot", "doctor", "--online", "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    secret = api.token.partition(":")[2]
    for text in (shown + rest, doctor.stdout, doctor.stderr, repr(settings)):
        assert secret not in text
        assert SECRET not in text
    assert "127.0.0.1:9" in doctor.stdout
    assert holding(settings.data_dir, secret, SECRET) == []
