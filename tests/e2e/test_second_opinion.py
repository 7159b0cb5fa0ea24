"""A second opinion on our stand-in: conversations against `telemelya`, a Bot API of others' making.

It brings updates by webhook, without a secret, and keeps what the bot sends in Redis; here Redis
is `fakeredis`, in this process. Skipped where the two are not installed.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.telegram.service import open_desk, serve
from config.secret import Secret
from config.settings import Settings
from tests.e2e.conftest import by_webhook

pytestmark = pytest.mark.anyio

TOKEN = "424242424:second-opinion-token-of-the-tests00"
ALICE = 1001
PATIENCE = 10


@dataclass
class Telemelya:
    """Speaks to the server as a person would."""

    url: str
    http: aiohttp.ClientSession

    async def send(self, **update: Any) -> dict[str, Any]:
        """Brings an update of Alice's; the first thing that the bot does then."""
        about = {"bot_token": TOKEN, "session_id": "one"}
        body = {"chat_id": ALICE, **update}
        async with self.http.post(f"{self.url}/send_update", params=about, json=body) as answer:
            assert answer.status == 200, await answer.text()
        return await self.next()

    async def next(self) -> dict[str, Any]:
        """What the bot does next, "typing" left out."""
        about = {"session_id": "one", "timeout": str(PATIENCE)}
        async with self.http.get(f"{self.url}/responses/wait", params=about) as answer:
            assert answer.status == 200, await answer.text()
            done = (await answer.json())["response"]
        assert done is not None, "the bot did nothing"
        return await self.next() if done["method"] == "sendChatAction" else dict(done)


@pytest.fixture
async def telemelya(
    dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Telemelya]:
    """The server, and a bot that it brings updates to."""
    # Its settings are read from .env of the folder where it is imported.
    monkeypatch.chdir(tmp_path)
    bot_api = pytest.importorskip("telemelya.server.bot_api")
    control = pytest.importorskip("telemelya.server.control_api")
    fakeredis = pytest.importorskip("fakeredis")
    fastapi, uvicorn = pytest.importorskip("fastapi"), pytest.importorskip("uvicorn")
    monkeypatch.setattr(
        bot_api.state_manager, "_redis", fakeredis.FakeAsyncRedis(decode_responses=True)
    )
    app = fastapi.FastAPI()
    app.include_router(bot_api.router)
    app.include_router(control.router)
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="warning"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        serving = asyncio.create_task(server._serve(sockets=[listening]))
        settings = Settings(
            data_dir=tmp_path / "data",
            dossier_dir=dossier,
            bot_token=Secret(TOKEN),
            bot_api_url=url,
            **{**by_webhook(), "webhook_secret": None},
        )
        # Only the program insists on a secret.
        desk = open_desk(replace(settings, webhook_secret=Secret("unused")))
        desk.settings = settings
        monkeypatch.setattr(Settings, "require_token", lambda one: one.bot_token)
        stop, ready = asyncio.Event(), asyncio.Event()
        bot = asyncio.create_task(serve(desk, stop, lambda _: ready.set()))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait((bot, waiting), return_when=asyncio.FIRST_COMPLETED, timeout=20)
        if bot.done():
            bot.result()
        headers = {"Authorization": "Bearer any"}
        async with aiohttp.ClientSession(headers=headers) as http:
            yield Telemelya(f"{url}/api/v1/test", http)
        stop.set()
        await bot
        server.should_exit = True
        await serving


def buttons(done: dict[str, Any]) -> dict[str, str]:
    """Words and callback data of the buttons."""
    rows = done["raw"]["reply_markup"]["inline_keyboard"]
    return {
        one["text"]: one["callback_data"] for row in rows for one in row if "callback_data" in one
    }


async def test_a_conversation_is_the_same_elsewhere(telemelya: Telemelya) -> None:
    """Start, question, passage, vote, search, pages, privacy: no request is refused."""
    welcome = await telemelya.send(command="/start")
    assert (welcome["method"], welcome["chat_id"]) == ("sendMessage", ALICE)
    assert "Varenne au printemps" in welcome["text"]
    answer = await telemelya.send(text="Qui a rouvert le pont des Tanneurs ?")
    assert "Louise Perrin" in answer["text"]
    assert answer["raw"]["parse_mode"] == "HTML"
    assert answer["raw"]["reply_parameters"]["message_id"]
    pressed = {"callback_message_id": answer["message_id"]}
    told = await telemelya.send(callback_data=buttons(answer)["📄 Lire le passage"], **pressed)
    assert told["method"] == "answerCallbackQuery"
    passage = await telemelya.next()
    assert "pont des Tanneurs" in passage["text"]
    assert (await telemelya.send(callback_data=buttons(answer)["👍"], **pressed))["method"] == (
        "answerCallbackQuery"
    )
    refusal = await telemelya.send(text="Quelle est la recette de la pâte à crêpes ?")
    assert "Le dossier ne dit pas" in refusal["text"]
    found = await telemelya.send(text="/chercher Varenne")
    assert "Varenne" in found["text"]
    assert "2 questions" in (await telemelya.send(command="/mesdonnees"))["text"]
    gone = await telemelya.send(callback_data="zz-1", callback_message_id=found["message_id"])
    assert gone["method"] == "answerCallbackQuery"
