"""A bot that runs in the test's own event loop and talks HTTP to the stand-in."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.desk import Desk
from bot.telegram.service import open_desk, serve
from config.secret import Secret
from config.settings import Address, Settings
from tests.e2e.botapi import BotApi
from tests.e2e.people import Person

STICKER = {
    "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
    "is_animated": False, "is_video": False,
}  # fmt: skip

ARTICLES = {
    "01-pont": (
        "Le pont de Varenne rouvre\n\n"
        "La maire de Varenne, Louise Perrin, a rouvert mardi le pont des Tanneurs après onze mois"
        " de travaux.\n\n"
        "Le chantier a coûté 4,2 millions d'euros, payés pour moitié par le département.\n\n"
        "« Ce pont relie enfin les deux rives », a déclaré Louise Perrin devant les habitants.\n"
    ),
    "02-marche": (
        "Le marché change de place\n\n"
        "Le marché de Varenne se tient depuis samedi sur la place du Théâtre.\n\n"
        "Les commerçants regrettent l'ancienne halle, fermée parce que son toit menace de"
        " s'effondrer.\n\n"
        "Quarante marchands ont accepté le déménagement.\n"
    ),
    "03-ligne": (
        "Un bus de nuit pour Varenne\n\n"
        "La ligne 7 circulera toute la nuit à partir du 3 avril 2024, a annoncé la régie des"
        " transports.\n\n"
        "Le billet coûtera deux euros après minuit.\n"
    ),
}

MANIFEST = """
title = "Varenne au printemps"
language = "fr"
[articles.01-pont]
publisher = "Le Courrier de Varenne"
published = 2024-03-12
url = "https://courrier.example/pont"
[articles.02-marche]
publisher = "Le Courrier de Varenne"
published = 2024-03-18
[articles.03-ligne]
publisher = "Radio Val"
published = 2024-03-20
[[questions]]
question = "Qui a rouvert le pont des Tanneurs ?"
expect = ["perrin"]
articles = ["01-pont"]
[[questions]]
question = "Combien a coûté le chantier du pont ?"
expect = ["4,2"]
[[questions]]
question = "Où se tient le marché de Varenne ?"
expect = ["theatre"]
"""


@pytest.fixture
def anyio_backend() -> str:
    """Asyncio only: python-telegram-bot knows no other."""
    return "asyncio"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A small dossier of a town that does not exist."""
    folder = tmp_path / "dossier"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "dossier.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


@pytest.fixture
def api_is_strict() -> bool:
    """Whether the stand-in holds parameters against aiogram, whose import takes seconds."""
    return False


@pytest.fixture
async def api(api_is_strict: bool) -> AsyncIterator[BotApi]:  # noqa: FBT001
    """The stand-in."""
    async with BotApi(strict=api_is_strict) as server:
        yield server


@pytest.fixture
def admin(api: BotApi) -> Person:
    """The bot's admin."""
    person = api.person("Ada")
    person.private.started = True
    return person


@pytest.fixture
def alice(api: BotApi) -> Person:
    """A reader."""
    return api.person("Alice")


@pytest.fixture
def settings(api: BotApi, admin: Person, dossier: Path, tmp_path: Path) -> Settings:
    """Settings of a bot on the small dossier."""
    return Settings(
        data_dir=tmp_path / "data",
        dossier_dir=dossier,
        bot_token=Secret(api.token),
        bot_api_url=api.url,
        admin_ids=(admin.id,),
    )


MODE = os.environ.get("DOSSIER_E2E_MODE", "polling")
"""With "webhook" every test that does not choose runs by webhook: CI does both."""

Running = Callable[..., AbstractAsyncContextManager[Desk]]


def by_webhook() -> dict[str, Any]:
    """Settings of a bot that Telegram brings its updates to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "bot_mode": "webhook",
        "webhook_url": f"http://127.0.0.1:{port}/updates",
        "webhook_secret": Secret("un-secret"),
        "listen": Address("127.0.0.1", port),
    }


@pytest.fixture
def running(api: BotApi, settings: Settings) -> Running:
    """Runs a bot while the test is in the `async with`; settings can be changed by name."""

    @asynccontextmanager
    async def run(**changed: Any) -> AsyncIterator[Desk]:
        if changed.get("bot_mode", MODE) == "webhook":
            changed = {**by_webhook(), **changed}
        desk = open_desk(replace(settings, **changed))
        stop, polling = asyncio.Event(), asyncio.Event()
        task = asyncio.create_task(serve(desk, stop, lambda _: polling.set()))
        waiting = asyncio.create_task(polling.wait())
        await asyncio.wait((task, waiting), return_when=asyncio.FIRST_COMPLETED, timeout=10)
        if task.done():
            waiting.cancel()
            task.result()
        try:
            yield desk
        finally:
            stop.set()
            await task

    return run


@pytest.fixture
async def bot(running: Running, api: BotApi) -> AsyncIterator[Desk]:
    """A bot that polls; nothing it sent may have been refused, and no update may have failed."""
    faults: list[logging.LogRecord] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = faults.append  # type: ignore[method-assign, assignment]
    logging.getLogger("bot").addHandler(handler)
    async with running() as desk:
        yield desk
    logging.getLogger("bot").removeHandler(handler)
    assert not api.refusals
    assert not [record.getMessage() for record in faults]
