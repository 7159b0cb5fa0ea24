"""A backup holds what cannot be made again, and putting it back loses nothing."""

import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.state import State
from bot.telegram.alone import alone_in
from knowledge.library import Library
from knowledge.store import dossier_home


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The DATA_DIR of this test."""
    return tmp_path / "data"


@pytest.fixture
def state(data: Path, city: Path) -> Iterator[State]:
    """The open state of a bot that serves the city, with an index, an added file, an audit line."""
    added = dossier_home(data, city) / "added" / "port.txt"
    added.parent.mkdir(parents=True)
    added.write_text("Le port\n\nLe port a rouvert jeudi.\n", encoding="utf-8")
    Library.open(city, data)
    state = State.open(data / "state.db")
    state.audit(7, "first")
    yield state
    state.close()


def acts(path: Path) -> list[str]:
    """The audit lines of a database of the state."""
    connection = sqlite3.connect(path)
    found = [str(row[0]) for row in connection.execute("SELECT act FROM audit ORDER BY id")]
    connection.close()
    return found


def names(file: Path) -> set[str]:
    """What a backup holds."""
    with zipfile.ZipFile(file) as archive:
        return set(archive.namelist())


def test_a_backup_is_made_while_the_bot_runs(
    run: Any, state: State, city: Path, tmp_path: Path
) -> None:
    """Both databases and the added files are in it, sound, with what was written just before."""
    state.audit(7, "second")
    file = tmp_path / "kept.zip"
    outcome = run("backup", str(file), "--dossier", str(city))
    assert (outcome.status, outcome.err) == (0, "")
    assert str(file) in outcome.out
    assert "1 fichier ajouté" in outcome.out
    assert names(file) == {"backup.json", "state.db", "index.db", "added/port.txt"}
    assert file.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(file) as archive:
        archive.extract("state.db", tmp_path)
    assert acts(tmp_path / "state.db") == ["first", "second"]
    state.audit(7, "third")
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_backup_is_one_state_of_one_moment(
    run: Any, state: State, city: Path, tmp_path: Path
) -> None:
    """While the bot writes two rows at a time, no backup holds one without the other."""
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            with state._together():
                state.audit(7, "left")
                state.audit(7, "right")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            file = tmp_path / f"kept{number}.zip"
            assert run("backup", str(file), "--dossier", str(city)).status == 0
    finally:
        done.set()
        writer.join()
    for number in range(3):
        with zipfile.ZipFile(tmp_path / f"kept{number}.zip") as archive:
            archive.extract("state.db", tmp_path / str(number))
        found = acts(tmp_path / str(number) / "state.db")
        assert found.count("left") == found.count("right")


def test_without_a_name_it_lies_in_the_data_folder(
    run: Any, state: State, city: Path, data: Path
) -> None:
    """A dated file in DATA_DIR/backups is made; --json names it."""
    outcome = run("backup", "--json", "--dossier", str(city))
    row = json.loads(outcome.out)
    assert Path(row["file"]).parent == data / "backups"
    assert row["bytes"] == Path(row["file"]).stat().st_size
    assert set(row["parts"]) == {"state.db", "index.db", "added/port.txt"}


def test_a_file_system_without_links_will_do(
    run: Any, state: State, city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup is whole, its owner's alone, and nothing lies beside it."""

    def link(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", link)
    (tmp_path / "disk").mkdir()
    file = tmp_path / "disk" / "kept.zip"
    assert run("backup", str(file), "--dossier", str(city)).status == 0
    assert "state.db" in names(file)
    assert file.stat().st_mode & 0o077 == 0
    assert list(file.parent.iterdir()) == [file]


def test_nothing_is_overwritten(run: Any, state: State, city: Path, tmp_path: Path) -> None:
    """A file that exists stays as it is; a folder gets a dated file."""
    file = tmp_path / "kept.zip"
    file.write_text("mine")
    outcome = run("backup", str(file), "--dossier", str(city))
    assert outcome.status == 2
    assert outcome.err.count("\n") == 1
    assert file.read_text() == "mine"
    (tmp_path / "disk").mkdir()
    assert run("backup", str(tmp_path / "disk"), "--dossier", str(city)).status == 0
    assert len(list((tmp_path / "disk").glob("dossier-*.zip"))) == 1


def test_what_cannot_be_backed_up_is_told(run: Any, tmp_path: Path) -> None:
    """An empty DATA_DIR and a folder that is not there are one sentence, and make nothing."""
    outcome = run("backup")
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert not (tmp_path / "data").exists()


def test_a_folder_that_is_not_there_is_told(run: Any, state: State, tmp_path: Path) -> None:
    """A name in a folder that does not exist is one sentence."""
    outcome = run("backup", str(tmp_path / "nowhere" / "kept.zip"))
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert "nowhere" in outcome.err


def test_a_damaged_state_is_no_backup(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path
) -> None:
    """A state that fails its check stops the backup: no file is left that seems to be one."""
    state.close()
    (data / "state.db").write_bytes(b"garbage" * 1000)
    outcome = run("backup", str(tmp_path / "kept.zip"), "--dossier", str(city))
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert "state.db" in outcome.err
    assert not (tmp_path / "kept.zip").exists()


def test_a_damaged_index_is_left_out(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path
) -> None:
    """The index can be made again, so a damaged one is told and stops nothing."""
    (dossier_home(data, city) / "index.db").write_bytes(b"garbage" * 1000)
    outcome = run("backup", str(tmp_path / "kept.zip"), "--dossier", str(city))
    assert outcome.status == 0
    assert "index.db" in outcome.err
    assert names(tmp_path / "kept.zip") == {"backup.json", "state.db", "added/port.txt"}


def test_a_backup_is_put_back(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path
) -> None:
    """State, index and added files are as they were; what was there meanwhile is kept aside."""
    file = tmp_path / "kept.zip"
    run("backup", str(file), "--dossier", str(city))
    state.audit(7, "later")
    state.close()
    added = dossier_home(data, city) / "added"
    (added / "port.txt").write_text("autre", encoding="utf-8")
    (added / "gare.txt").write_text("La gare\n\nLa gare a fermé.\n", encoding="utf-8")
    outcome = run("backup", "--restore", str(file), "--dossier", str(city))
    assert (outcome.status, outcome.err) == (0, "")
    assert acts(data / "state.db") == ["first"]
    assert (data / "state.db").stat().st_mode & 0o077 == 0
    assert [path.name for path in added.iterdir()] == ["port.txt"]
    (kept,) = data.glob("before-restore-*")
    assert str(kept) in outcome.out
    assert acts(kept / "state.db") == ["first", "later"]
    assert (kept / "added" / "port.txt").read_text(encoding="utf-8") == "autre"
    assert {"state.db", "index.db", "added"} <= {path.name for path in kept.iterdir()}
    library = Library.open(city, data)
    assert library.current.number == 1
    assert "port" in {article.id for article in library.current.dossier.articles}
    assert run("backup", "--restore", str(file), "--dossier", str(city)).status == 0
    assert len(list(data.glob("before-restore-*"))) == 2


def test_a_backup_is_put_back_on_a_new_machine(
    run: Any, state: State, city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another DATA_DIR and the dossier in another place, all of it is there again."""
    file = tmp_path / "kept.zip"
    run("backup", str(file), "--dossier", str(city))
    moved, data = tmp_path / "moved", tmp_path / "other"
    city.rename(moved)
    monkeypatch.setenv("DATA_DIR", str(data))
    outcome = run("backup", "--restore", str(file), "--dossier", str(moved), "--json")
    assert json.loads(outcome.out)["kept"] is None
    assert acts(data / "state.db") == ["first"]
    assert (dossier_home(data, moved) / "added" / "port.txt").exists()


def test_a_running_bot_is_not_replaced(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path
) -> None:
    """While a bot holds the state, nothing is put back, and one sentence says to stop it."""
    file = tmp_path / "kept.zip"
    run("backup", str(file), "--dossier", str(city))
    state.audit(7, "later")
    outcome = run("backup", "--restore", str(file), "--dossier", str(city))
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert "arrêtez le bot" in outcome.err
    state.audit(7, "last")
    assert acts(data / "state.db") == ["first", "later", "last"]
    assert list(data.glob("before-restore-*")) == []


def test_a_bot_that_has_written_nothing_is_not_replaced(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path
) -> None:
    """The bot's own lock on DATA_DIR is enough."""
    file = tmp_path / "kept.zip"
    run("backup", str(file), "--dossier", str(city))
    state.close()
    with alone_in(data):
        outcome = run("backup", "--restore", str(file), "--dossier", str(city))
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert "arrêtez le bot" in outcome.err


def test_a_damaged_state_can_be_replaced(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path
) -> None:
    """The file that a restore is for, a broken one, is kept aside, too."""
    file = tmp_path / "kept.zip"
    run("backup", str(file), "--dossier", str(city))
    state.close()
    (data / "state.db").write_bytes(b"garbage" * 1000)
    assert run("backup", "--restore", str(file), "--dossier", str(city)).status == 0
    assert acts(data / "state.db") == ["first"]
    (kept,) = data.glob("before-restore-*")
    assert (kept / "state.db").read_bytes() == b"garbage" * 1000


def head(*parts: str, form: int = 1) -> str:
    """The head of a backup with these parts."""
    return json.dumps({"form": form, "made": "2026-01-02T03:04:05+00:00", "parts": parts})


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"backup.json": "[]"},
        {"backup.json": "{"},
        {"backup.json": head("state.db")},
        {"backup.json": head(), "state.db": ""},
        {"backup.json": head("../state.db"), "../state.db": ""},
        {"backup.json": head("added/../../x"), "added/../../x": ""},
        {"backup.json": head("added/C:\\x"), "added/C:\\x": ""},
        {"backup.json": head("/etc/x"), "/etc/x": ""},
        {"backup.json": head("added//x"), "added//x": ""},
        {"backup.json": head(form=2)},
        {"backup.json": head("state.db"), "state.db": "garbage " * 1000},
    ],
)
def test_what_is_no_backup_changes_nothing(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path, members: dict[str, str]
) -> None:
    """Another zip, a forged one and a broken one are one sentence; all stays as it is."""
    state.close()
    file = tmp_path / "odd.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    (data / "bot.lock").touch()
    before = sorted(path for path in tmp_path.rglob("*"))
    outcome = run("backup", "--restore", str(file), "--dossier", str(city))
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "Traceback" not in outcome.err
    assert sorted(path for path in tmp_path.rglob("*")) == before
    assert acts(data / "state.db") == ["first"]


def test_a_restore_that_fails_leaves_nothing_behind(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path
) -> None:
    """A place that cannot be taken: all is moved back, and no empty folder stays."""
    file = tmp_path / "kept.zip"
    run("backup", str(file), "--dossier", str(city))
    state.close()
    shutil.rmtree(data / "dossiers")
    (data / "dossiers").write_text("in the way", encoding="utf-8")
    outcome = run("backup", "--restore", str(file), "--dossier", str(city))
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert acts(data / "state.db") == ["first"]
    assert list(data.glob("before-restore-*")) == []


@pytest.mark.parametrize("arguments", [(), ("nowhere.zip",), (".",)])
def test_a_backup_that_is_not_there_is_told(run: Any, arguments: tuple[str, ...]) -> None:
    """Without a file, with one that does not exist, or with a folder: one sentence."""
    outcome = run("backup", "--restore", *arguments)
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)


def test_a_cut_backup_changes_nothing(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path
) -> None:
    """A backup cut at any length, or with a flipped byte, is refused or put back whole."""
    file = tmp_path / "kept.zip"
    run("backup", str(file), "--dossier", str(city))
    state.close()
    whole = file.read_bytes()
    for size in range(0, len(whole), len(whole) // 8):
        file.write_bytes(whole[:size])
        assert run("backup", "--restore", str(file), "--dossier", str(city)).status == 2
    for place in range(40, len(whole), len(whole) // 25):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert run("backup", "--restore", str(file), "--dossier", str(city)).status in (0, 2)
        assert acts(data / "state.db") == ["first"]


def test_a_state_of_a_later_version_is_left(
    run: Any, state: State, city: Path, data: Path, tmp_path: Path
) -> None:
    """A backup that a later version made is not put under a program that cannot read it."""
    state.close()
    connection = sqlite3.connect(data / "state.db")
    connection.execute("INSERT INTO migrations VALUES ('later', '')")
    connection.commit()
    connection.close()
    file = tmp_path / "kept.zip"
    run("backup", str(file), "--dossier", str(city))
    outcome = run("backup", "--restore", str(file), "--dossier", str(city))
    assert outcome.status == 2
    assert "plus récente" in outcome.err
