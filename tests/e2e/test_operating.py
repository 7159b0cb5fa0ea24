"""What an operator relies on: one instance, a clean stop, the watched port, the log."""

import asyncio
import json
import os
import re
import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from bot.telegram import metering, service
from bot.telegram.alone import Occupied, alone_in
from bot.telegram.metrics import NoMetrics
from bot.telegram.monitor import SILENCE, Monitor
from bot.telegram.polling import PollingRequest
from bot.telegram.service import Unusable, open_desk, serve
from config.settings import Address, Settings
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running
from tests.e2e.people import Person
from tests.e2e.test_robust import QUESTION, ended, start

pytestmark = pytest.mark.anyio


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def get(port: int, path: str) -> tuple[int, str]:
    """Status and body."""
    url = f"http://127.0.0.1:{port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_health_and_figures_are_served(
    running: Running, api: BotApi, alice: Person, port: int
) -> None:
    """METRICS_LISTEN: /healthz in JSON, /metrics for Prometheus; nobody is named in either."""
    pytest.importorskip("prometheus_client")
    async with running(metrics_listen=Address("127.0.0.1", port)):
        await alice.ask(QUESTION)
        await alice.ask("Quelle est la population de Varenne ?")
        await alice.ask("/aide")
        status, body = await get(port, "/healthz")
        health = json.loads(body)
        assert (status, health["status"]) == (200, "ok")
        assert (health["generation"], health["articles"], health["troubles"]) == (1, 3, 0)
        status, figures = await get(port, "/metrics")
        assert status == 200
        assert 'dossier_questions_total{status="answered"} 1.0' in figures
        assert 'dossier_stage_seconds_count{stage="answer"} 2.0' in figures
        assert "dossier_generation 1.0" in figures
        assert "process_resident_memory_bytes" in figures
        # As a number of its own: the digits of a time may hold it by chance.
        assert not re.search(rf"(?<![\d.]){alice.id}(?![\d.])", figures + body)
        assert (await get(port, "/"))[0] == 404
        async with aiohttp.ClientSession() as session:
            answer = await session.post(f"http://127.0.0.1:{port}/healthz")
            assert answer.status == 405
    assert not api.refusals


async def test_what_is_amiss_is_one_number(running: Running, port: int) -> None:
    """/healthz and /metrics count the same: what the start found, and what came since."""
    pytest.importorskip("prometheus_client")
    async with running(metrics_listen=Address("127.0.0.1", port)) as desk:
        desk.notices = ("state.db ne peut pas être écrit.",)
        desk.troubles.append("disque plein")
        assert json.loads((await get(port, "/healthz"))[1])["troubles"] == 2
        assert "dossier_troubles 2.0" in (await get(port, "/metrics"))[1]


async def test_a_folder_that_cannot_be_looked_at_ends_no_tidying(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upload that goes away while it is looked at: what is too old still goes each hour."""
    desk, stop = open_desk(settings), asyncio.Event()
    loop = asyncio.get_running_loop()

    def gone(_: Path) -> None:
        loop.call_soon_threadsafe(stop.set)
        raise FileNotFoundError

    (settings.data_dir / "uploads").mkdir()
    monkeypatch.setattr(Path, "iterdir", gone)
    await service._tidy(desk, stop)
    assert stop.is_set()
    desk.close()


async def test_without_the_extra_health_is_served(
    running: Running, api: BotApi, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without prometheus-client /metrics says what to install, and /healthz answers."""
    monkeypatch.setattr("bot.telegram.desk.open_metrics", NoMetrics)
    async with running(metrics_listen=Address("127.0.0.1", port)):
        status, words = await get(port, "/metrics")
        assert (status, "dossier-bot[metrics]" in words) == (501, True)
        assert (await get(port, "/healthz"))[0] == 200


async def test_a_taken_port_is_told(settings: Settings) -> None:
    """METRICS_LISTEN on a port in use: one sentence, and no bot half alive."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = Address("127.0.0.1", taken.getsockname()[1])
        desk = open_desk(_changed(settings, metrics_listen=address))
        with pytest.raises(Unusable, match="METRICS_LISTEN"):
            await serve(desk, asyncio.Event())


async def test_a_silent_telegram_is_ill_health(settings: Settings) -> None:
    """503 once no poll was answered for two minutes; 200 again with the next answer."""
    now = 1000.0
    polling = PollingRequest(lambda _: None, lambda *_: None)
    desk = open_desk(settings)
    desk.meter = metering.Meter(NoMetrics())
    monitor = Monitor(Address("127.0.0.1", 0), desk, polling, lambda: now)
    now += SILENCE - 1
    assert monitor.health()[0] == 200
    now += 2
    status, body = monitor.health()
    assert (status, json.loads(body)["status"]) == (503, "silent")
    polling.answered = now
    assert monitor.health()[0] == 200
    assert Monitor(Address("127.0.0.1", 0), desk, None, lambda: now).silence() is None
    desk.close()


def _changed(settings: Settings, **changed: object) -> Settings:
    from dataclasses import replace

    return replace(settings, **changed)  # type: ignore[arg-type]


def test_a_folder_has_one_bot(tmp_path: Path) -> None:
    """The second is told whose it is; it is free again afterwards, and after a fall."""
    with alone_in(tmp_path / "data") as alone:
        assert alone
        with pytest.raises(Occupied) as caught, alone_in(tmp_path / "data"):
            pass
        assert caught.value.owner is not None
    with alone_in(tmp_path / "data") as alone:
        assert alone
    (tmp_path / "file").write_text("")
    with alone_in(tmp_path / "file" / "data") as alone:
        assert not alone


async def test_a_second_bot_on_the_same_folder_ends_with_a_sentence(
    api: BotApi, settings: Settings
) -> None:
    """The newcomer names the folder and the process that works there, and asks nobody anything."""
    with alone_in(settings.data_dir):
        status, errors = await ended(start(settings, api.token))
    assert status == 2
    assert str(settings.data_dir) in errors
    assert f"processus {os.getpid()}" in errors
    assert "Traceback" not in errors
    assert not api.requests


async def test_what_is_held_is_finished_before_the_end(
    api: BotApi, settings: Settings, alice: Person
) -> None:
    """SIGTERM with questions in hand: each is answered and logged, then the process ends with 0."""
    process = start(settings, api.token, LOG_FORMAT="json")
    try:
        await alice.ask("/start")
        # Telegram asks for a second's patience: the questions are in hand, none is answered.
        api.fail("sendMessage", 429, retry_after=1)
        numbers = [await alice.say(QUESTION) for _ in range(5)]
        await api.until(lambda: any(one.status == 429 for one in api.called("sendMessage")))
        await api.until(lambda: not api.unread())
        process.send_signal(signal.SIGTERM)
        status, errors = await ended(process)
    finally:
        process.kill()
    assert status == 0
    assert "Traceback" not in errors
    answered = [await alice.private.next("sent") for _ in numbers]
    replied = [one.message["reply_to_message"]["message_id"] for one in answered]
    assert replied == numbers
    assert not api.unread()
    # One line a question: number, status, milliseconds of each stage; never its words.
    assert "Tanneurs" not in errors
    assert api.token not in errors
    rows = [json.loads(line) for line in errors.splitlines()]
    lines = [row for row in rows if row["message"] == "question"]
    assert [(row["number"], row["status"]) for row in lines] == [
        (n, "answered") for n in range(1, 6)
    ]
    assert lines[0]["ms"] >= lines[0]["send_ms"] >= 1000


async def test_what_cannot_be_finished_comes_after_the_next_start(
    running: Running, api: BotApi, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end comes in time although Telegram wants a long wait; the answer comes later."""
    monkeypatch.setattr(service, "STOP_SECONDS", 0.2)
    async with running():
        await alice.ask("/start")
        api.fail("sendMessage", 429, retry_after=60)
        number = await alice.say(QUESTION)
        await api.until(lambda: any(one.status == 429 for one in api.called("sendMessage")))
    async with running():
        answer = await alice.private.next("sent")
        assert answer.message["reply_to_message"]["message_id"] == number


def test_stages_add_up() -> None:
    """Waiting counts from the update's coming; the total is the sum of the stages."""
    now = 10.0
    stages = metering.Stages(9.5, lambda: now)
    now = 10.25
    assert stages.end("answer") == 250
    now = 11.0
    stages.end("send")
    assert stages.milliseconds == {"wait": 500, "answer": 250, "send": 750}
    assert stages.total == sum(stages.milliseconds.values())


def test_updates_that_are_no_questions_are_forgotten() -> None:
    """What came and was never asked for does not pile up."""
    meter = metering.Meter(NoMetrics())
    for number in range(metering.MOST_WAITING + 5):
        meter.came(number)
    assert len(meter._came) == metering.MOST_WAITING
