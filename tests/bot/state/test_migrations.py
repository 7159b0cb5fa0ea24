"""A state that any older version left is opened, and nothing of it is lost.

Each file in `schemas` is a database as one step left it; a new step brings a new file.
"""

import sqlite3
from pathlib import Path

import pytest

from bot.state import State
from bot.state.schema import STEPS

SCHEMAS = Path(__file__).parent / "schemas"
FILES = sorted(SCHEMAS.glob("*.sql"))


def laid(file: Path, folder: Path) -> Path:
    """The database that this file describes."""
    path = folder / "state.db"
    connection = sqlite3.connect(path)
    connection.executescript(file.read_text(encoding="utf-8"))
    connection.close()
    return path


def tables(path: Path) -> list[tuple[str, str]]:
    """Names and statements of all tables and indexes."""
    connection = sqlite3.connect(path)
    found = list(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name"))
    connection.close()
    return found


def test_every_step_has_its_file() -> None:
    """For each step there is a database that it left, so that the next one is tried on it."""
    assert [file.stem.partition("-")[2] for file in FILES] == [name for name, _ in STEPS]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_older_state_is_brought_forward(file: Path, tmp_path: Path) -> None:
    """The tables are those of a new database, and a row of each kind is still found."""
    path = laid(file, tmp_path)
    state = State.open(path)
    asked = state.asked(1, 42)
    assert asked is not None
    assert asked.question == "Qui a inauguré le pont ?"
    assert state.answer_to(42, 10) is not None
    assert state.turns(42) in ((), ("Qui a inauguré le pont ?",))
    assert state.language(42) == "fr"
    assert state.is_quiet(7)
    assert [act.act for act in state.audited()] == ["reload"]
    assert [words for _, words in state.remarks()] == ["Très utile."]
    assert state.uploaded(1) == "/nowhere"
    assert [number for number, _ in state.waiting()] == [900002]
    assert state.aside() == (900003,)
    assert not state.receive(900001, "{}")
    assert state.count("questions") == 2
    assert state.count("feedback") == 1
    state.close()
    fresh = tmp_path / "fresh.db"
    State.open(fresh).close()
    assert tables(path) == tables(fresh)
    again = State.open(path)
    assert again.count("questions") == 2
    again.close()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_cut_migration_is_done_again(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that fails half-way leaves the database as it was, and the next start ends it."""
    path = laid(file, tmp_path)
    before = tables(path)

    def half(db: object) -> None:
        db.execute("CREATE TABLE half (id INTEGER)")  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    done = int(file.stem.partition("-")[0])
    with monkeypatch.context() as patch:
        patch.setattr("bot.state.schema.STEPS", (*STEPS[:done], ("half", half)))
        with pytest.raises(KeyboardInterrupt):
            State.open(path)
    assert tables(path) == before
    State.open(path).close()
