"""The doctor names what is wrong and what to do, and never shows the token."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.cli.doctor import EXTRAS
from bot.state import State
from knowledge.library import Library
from knowledge.store import dossier_home

TOKEN = "123456789:" + "AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The DATA_DIR of this test."""
    return tmp_path / "data"


def lines(out: str, name: str) -> list[tuple[str, str]]:
    """Status and message of the lines about this."""
    found = [line.split(maxsplit=2) for line in out.splitlines()]
    return [(status, message) for status, about, message in found if about == name]


def test_a_sound_installation_is_fine(run: Any, city: Path, data: Path) -> None:
    """With good settings, dossier, index and state nothing fails, and the status is 0."""
    Library.open(city, data)
    State.open(data / "state.db").close()
    outcome = run("doctor", "--dossier", str(city))
    assert outcome.status == 0
    assert "fail" not in outcome.out
    assert lines(outcome.out, "dossier") == [
        ("ok", f"« La ville en chantier » : 2 articles lus dans {city}")
    ]
    assert lines(outcome.out, "index")[0][1].startswith("1 génération gardée")
    assert lines(outcome.out, "state") == [("ok", f"{data / 'state.db'} est lisible")]


def test_nothing_is_made(run: Any, city: Path, data: Path) -> None:
    """The doctor looks and writes nothing, not even DATA_DIR."""
    assert run("doctor", "--dossier", str(city)).status == 0
    assert not data.exists()


def test_json_has_the_same_lines(run: Any, city: Path) -> None:
    """--json gives the checks as one object, with every extra of the package among them."""
    outcome = run("doctor", "--json", "--dossier", str(city))
    report = json.loads(outcome.out)
    assert report["ok"] is True
    assert set(EXTRAS) <= {check["name"] for check in report["checks"]}
    assert {check["status"] for check in report["checks"]} <= {"ok", "warn"}


def test_every_bad_setting_is_named(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """All bad settings are told, not only the first; the status is 1."""
    monkeypatch.setenv("MAX_FILE_MB", "x")
    monkeypatch.setenv("LISTEN", "y")
    monkeypatch.setenv("RETRIEVAL_ENGINE", "lucene")
    outcome = run("doctor")
    assert outcome.status == 1
    assert [message.split()[0] for _, message in lines(outcome.out, "settings")] == [
        "RETRIEVAL_ENGINE",
        "LISTEN",
        "MAX_FILE_MB",
    ]


@pytest.mark.parametrize(
    ("token", "status", "code"), [("", "warn", 0), ("mine", "fail", 1), (TOKEN, "ok", 0)]
)
def test_the_form_of_the_token_is_checked(
    run: Any, monkeypatch: pytest.MonkeyPatch, token: str, status: str, code: int
) -> None:
    """No token is a warning, a malformed one fails, and no token is ever shown."""
    monkeypatch.setenv("BOT_TOKEN", token)
    monkeypatch.setenv("ADMIN_IDS", "42")
    outcome = run("doctor")
    assert lines(outcome.out, "token")[0][0] == status
    assert outcome.status == code
    assert TOKEN[10:] not in outcome.out + outcome.err


def test_what_an_admin_should_know_is_told(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot without admins, and a token that leaves the machine unencrypted, are warnings."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://bot.example.org")
    outcome = run("doctor")
    assert lines(outcome.out, "admins")[0][0] == "warn"
    assert "bot.example.org" in lines(outcome.out, "token")[1][1]
    assert outcome.status == 0


def test_a_bad_dossier_fails(run: Any, tmp_path: Path) -> None:
    """A folder that cannot be used fails with its one sentence."""
    outcome = run("doctor", "--dossier", str(tmp_path / "absent"))
    assert outcome.status == 1
    assert lines(outcome.out, "dossier")[0][0] == "fail"
    assert "absent" in lines(outcome.out, "dossier")[0][1]


def test_files_set_aside_are_named(run: Any, city: Path) -> None:
    """Each file that is not served is a warning that names it, the first ten by name."""
    for number in range(13):
        (city / f"vide{number:02}.txt").write_bytes(b"")
    found = lines(run("doctor", "--dossier", str(city)).out, "dossier")
    assert [status for status, _ in found] == ["ok"] + ["warn"] * 11
    assert "vide00.txt" in found[1][1]
    assert found[-1][1].startswith("3 autres")


def test_a_damaged_index_fails(run: Any, city: Path, data: Path) -> None:
    """An index that is no database, or whose content does not add up, fails."""
    Library.open(city, data)
    path = dossier_home(data, city) / "index.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE bodies SET body = x'00'")
    connection.close()
    assert lines(run("doctor", "--dossier", str(city)).out, "index")[0][0] == "fail"
    path.write_bytes(b"garbage" * 1000)
    outcome = run("doctor", "--dossier", str(city))
    assert lines(outcome.out, "index")[0][0] == "fail"
    assert outcome.status == 1


def test_a_newer_state_fails(run: Any, data: Path) -> None:
    """A database of the bot that a later version wrote, or that is damaged, fails."""
    path = data / "state.db"
    State.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES ('later', '')")
    connection.close()
    assert "plus récente" in lines(run("doctor").out, "state")[0][1]
    path.write_bytes(b"garbage" * 1000)
    assert lines(run("doctor").out, "state")[0][0] == "fail"


def test_a_state_that_others_write_is_a_warning(run: Any, data: Path) -> None:
    """A database that another program holds for itself is told, and is no failure."""
    path = data / "state.db"
    State.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        outcome = run("doctor")
    assert outcome.status == 0
    status, message = lines(outcome.out, "state")[0]
    assert status == "warn"
    assert "utilisé par un autre programme" in message


def test_a_state_with_a_broken_page_fails(run: Any, data: Path) -> None:
    """What still opens and does not pass the integrity check fails, in the backup's own words."""
    path = data / "state.db"
    State.open(path).close()
    content = path.read_bytes()
    page = int.from_bytes(content[16:18], "big")
    path.write_bytes(content[:-page] + b"\xff" * page)
    status, message = lines(run("doctor").out, "state")[0]
    assert status == "fail"
    assert message.startswith(f"{path} est abîmé ; restaurez une sauvegarde")
    assert message in run("backup").err


def test_a_data_folder_that_is_a_file_fails(run: Any, data: Path) -> None:
    """A DATA_DIR that cannot be written to fails, and the sentence names it."""
    data.write_text("")
    outcome = run("doctor")
    assert lines(outcome.out, "data_dir")[0][0] == "fail"
    assert str(data) in lines(outcome.out, "data_dir")[0][1]


def test_an_extra_that_a_setting_needs_fails(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An extra that is missing is fine, unless a setting asks for it."""
    monkeypatch.setitem(EXTRAS, "scale", "no_such_module")
    assert lines(run("doctor").out, "scale")[0][0] == "ok"
    monkeypatch.setenv("RETRIEVAL_ENGINE", "xapian")
    status, message = lines(run("doctor").out, "scale")[0]
    assert status == "fail"
    assert "dossier-bot[scale]" in message


@contextmanager
def telegram(status: int, body: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that answers every request so; its address, and what was asked."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "good", "words"),
    [
        (200, b'{"ok": true, "result": {"username": "press_bot"}}', True, "@press_bot"),
        (401, b"{}", False, "refuse ce jeton"),
        (404, b"{}", False, "refuse ce jeton"),
        (502, b"", False, "HTTP 502"),
        (200, b"<html>", False, "pas comme un serveur de Telegram"),
        (200, b"[]", False, "pas comme un serveur de Telegram"),
    ],
)
def test_telegram_is_asked_when_wanted(
    run: Any,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    body: bytes,
    good: bool,  # noqa: FBT001 - a column of the table above
    words: str,
) -> None:
    """--online asks getMe once; without it nothing is sent; the token is in no line."""
    with telegram(status, body) as (address, asked):
        monkeypatch.setenv("BOT_TOKEN", TOKEN)
        monkeypatch.setenv("BOT_API_URL", address)
        run("doctor")
        assert asked == []
        outcome = run("doctor", "--online")
    assert asked == [f"/bot{TOKEN}/getMe"]
    assert outcome.status == (0 if good else 1)
    assert words in lines(outcome.out, "telegram")[0][1]
    assert TOKEN[10:] not in outcome.out + outcome.err


def test_a_silent_telegram_fails(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is not there is told with its address."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    status, message = lines(run("doctor", "--online").out, "telegram")[0]
    assert status == "fail"
    assert message.startswith("http://127.0.0.1:9 ne répond pas")
