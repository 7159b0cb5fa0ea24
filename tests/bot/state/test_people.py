"""What the database knows of people: roles, numbers that are not kept, what is told and erased."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.state import Prompt, State
from bot.state.privacy import Personal
from bot.state.schema import STEPS, migrate
from knowledge.model import Abstention

NOON = datetime(2024, 3, 12, 12, tzinfo=UTC)
READER, OTHER, GROUP = 987654321, 987654322, -1009876543210
REFUSED = Abstention(
    "Où est la mairie-jardin ?", "Où ?", "fr", "where", "no_match", "Rien.", 0.1, "d"
)


@pytest.fixture
def state(tmp_path: Path) -> State:
    """A new database, at noon."""
    return State.open(tmp_path / "state.db", lambda: NOON)


def live(state: State, reader: int = READER) -> int:
    """A reader asks twice, votes, remarks, chooses a language; the first question's number."""
    number = state.record(REFUSED, chat=reader, reader=reader, generation=1, milliseconds=1)
    state.record(REFUSED, chat=GROUP, reader=reader, generation=1, milliseconds=1)
    state.add_turn(reader, 0, REFUSED.question)
    state.set_language(reader, "en")
    state.rate(number, reader, good=False)
    state.remark(reader, "bien")
    state.prompt(reader, 3, reader, "why")
    state.keep(reader, [["page", []]])
    return number


def in_files(folder: Path, words: str) -> bool:
    """Whether the words stand anywhere in the database's files."""
    return any(words.encode() in path.read_bytes() for path in folder.glob("state.db*"))


def test_no_number_of_a_reader_is_in_the_database(state: State, tmp_path: Path) -> None:
    """Readers, their chats and groups stand under pseudonyms in every table."""
    live(state)
    state.close()
    db = Database(tmp_path / "state.db")
    values = [
        str(value)
        for table in db.table_names()
        for row in db.query(f"SELECT * FROM {table}")
        for value in row.values()
    ]
    assert not [value for value in values for n in (READER, GROUP) if str(abs(n)) in value]


def test_numbers_are_kept_when_told_so(tmp_path: Path) -> None:
    """READER_IDS=plain keeps numbers; what was hashed before is told and erased as well."""
    state = State.open(tmp_path / "state.db", lambda: NOON)
    live(state)
    state.plain = True
    live(state)
    assert state.pseudonym(READER) == str(READER)
    assert state.personal(READER).questions == 4
    assert state.erase(READER)
    assert state.personal(READER).questions == 0


def test_what_is_kept_of_a_reader_is_told(state: State) -> None:
    """Counts and dates of the reader's own, wherever they asked; nothing of anybody else's."""
    live(state)
    live(state, OTHER)
    state.audit(READER, "export")
    told = state.personal(READER)
    assert (told.questions, told.opinions, told.remarks, told.turns, told.acts) == (2, 1, 1, 1, 1)
    assert told.first == told.last == "2024-03-12T12:00:00.000+00:00"
    assert told.language == "en"
    nobody = state.personal(5)
    assert (nobody.questions, nobody.first, nobody.language, nobody.acts) == (0, None, None, 0)


def test_erasing_leaves_nothing_of_the_reader_in_the_file(state: State, tmp_path: Path) -> None:
    """The rows go and their bytes with them; others keep theirs, an admin's acts stay."""
    live(state)
    assert in_files(tmp_path, REFUSED.question)
    state.audit(READER, "export")
    assert state.erase(READER)
    told = state.personal(READER)
    assert (told.questions, told.opinions, told.remarks, told.turns) == (0, 0, 0, 0)
    assert told.language is None
    assert told.acts == 1
    assert state.count("prompts") == state.count("kept") == state.count("turns") == 0
    assert not in_files(tmp_path, REFUSED.question)
    live(state, OTHER)
    state.erase(READER)
    assert state.personal(OTHER).questions == 2


def test_erasing_empties_what_was_set_aside(state: State, tmp_path: Path) -> None:
    """An update that was given up holds words, name and number; other people's stay."""
    for number, reader, kind in (
        (1, READER, "message"), (2, OTHER, "message"), (3, READER, "callback_query"),
        (4, READER, "message"),
    ):  # fmt: skip
        body = {"update_id": number, kind: {"from": {"id": reader}, "text": f"mot-{number}-"}}
        state.receive(number, json.dumps(body))
        for _ in range(3 if number < 4 else 0):
            state.begin(number)
    state.receive(5, "[")
    for _ in range(3):
        state.begin(5)
    assert [number for number, _ in state.waiting()] == [4]
    assert state.erase(READER)
    assert state.aside() == (2, 5)
    assert [number for number, _ in state.waiting()] == [4]
    assert not in_files(tmp_path, "mot-1-")
    assert not in_files(tmp_path, "mot-3-")
    assert in_files(tmp_path, "mot-2-")


def test_the_files_are_their_owners_alone(state: State, tmp_path: Path) -> None:
    """The database, and what SQLite lays beside it, are no one else's to read."""
    live(state)
    files = list(tmp_path.glob("state.db*"))
    assert len(files) == 3
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []


def test_erasing_what_cannot_be_written_says_so(state: State) -> None:
    """A database that is read-only for now: nothing is half erased, and the answer is no."""
    live(state)
    state._db.execute("PRAGMA query_only = ON")
    assert not state.erase(READER)
    state._db.execute("PRAGMA query_only = OFF")
    assert state.personal(READER).questions == 2
    assert state.erase(READER)


def test_questions_and_pages_are_their_chats_own(state: State) -> None:
    """A forged button of another chat finds neither the question nor the pages of a message."""
    number = live(state)
    pages = state.keep(READER, [["page", []]])
    assert state.asked(number, READER) is not None
    assert state.asked(number, OTHER) is None
    assert state.asked(number) is not None
    assert state.kept(READER, pages) == [["page", []]]
    assert state.kept(OTHER, pages) is None


def test_half_a_character_is_kept_as_a_question_mark(state: State) -> None:
    """A lone surrogate stops no write and no reading."""
    state.add_turn(READER, 0, "\ud800Qui\udfff")
    assert state.turns(READER) == ("?Qui?",)
    state.drop_turn(READER, 0, "\ud800Qui\udfff")
    assert state.turns(READER) == ()


def test_editors_come_and_go(state: State, tmp_path: Path) -> None:
    """An editor is added once, outlives a restart, and is removed once."""
    assert state.add_editor(5, by=1)
    assert not state.add_editor(5, by=1)
    assert state.add_editor(4, by=1)
    state.close()
    again = State.open(tmp_path / "state.db")
    assert set(again.editors()) == {4, 5}
    assert again.is_editor(5)
    assert again.remove_editor(5)
    assert not again.remove_editor(5)
    assert again.editors() == (4,)


def test_what_filled_pages_of_its_own_is_overwritten(state: State, tmp_path: Path) -> None:
    """Whatever left pages free, then or long before: turns that newer ones pushed out."""
    asked = "mairie-jardin " * 400
    for _ in range(30):
        state.add_turn(READER, 0, asked)
        state.add_turn(OTHER, 0, "un autre")
    assert in_files(tmp_path, "mairie-jardin")
    assert state.erase(READER)
    assert not in_files(tmp_path, "mairie-jardin")
    assert state.turns(OTHER)


def test_what_cannot_be_erased_is_told(state: State) -> None:
    """A database that takes no write: False, the admins hear of it, and nothing is half gone."""
    live(state)
    heard: list[str] = []
    state.on_trouble = lambda error: heard.append(type(error).__name__)
    state._db.execute("PRAGMA query_only = ON")
    assert state.erase(READER) is False
    assert heard == ["StateUnwritable"]
    state._db.execute("PRAGMA query_only = OFF")
    assert state.personal(READER).questions == 2
    assert state.erase(READER)
    assert state.personal(READER).questions == 0


def test_an_erasure_that_fails_half_way_erases_nothing(state: State, tmp_path: Path) -> None:
    """All of it or nothing; what is written afterwards lasts."""
    live(state)
    state._db.execute(
        "CREATE TRIGGER broken BEFORE DELETE ON chats BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    heard: list[str] = []
    state.on_trouble = lambda error: heard.append(str(error))
    assert state.erase(READER) is False
    assert len(heard) == 1
    assert state.personal(READER).questions == 2
    state.remark(OTHER, "après")
    state._db.execute("DROP TRIGGER broken")
    state.close()
    again = State.open(tmp_path / "state.db", lambda: NOON)
    assert again.personal(OTHER).remarks == 1
    assert again.personal(READER).questions == 2


def test_who_cannot_be_looked_up_has_nothing(state: State) -> None:
    """A database that cannot be read tells of nobody, and stops no answer."""
    live(state)
    state.close()
    assert state.personal(READER) == Personal(0, None, None, 0, 0, 0, None, 0)


def test_updates_set_aside_go_with_time(tmp_path: Path) -> None:
    """The body of a poison update, which holds a reader's words, is not kept for ever."""
    now = NOON
    state = State.open(tmp_path / "state.db", lambda: now)
    state.receive(7, "{}")
    for _ in range(3):
        state.begin(7)
    assert state.waiting() == ()
    state.expire(NOON - timedelta(days=1))
    assert state.aside() == (7,)
    state.expire(NOON + timedelta(days=1))
    assert state.aside() == ()


def test_a_database_of_the_first_schema_is_brought_forward(tmp_path: Path) -> None:
    """Numbers kept by the first version become pseudonyms; what they lead to is still found."""
    path = tmp_path / "state.db"
    connection = sqlite3.connect(path, isolation_level=None)
    db = Database(connection)
    db.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL)")
    STEPS[0][1](db)
    db.execute("INSERT INTO migrations VALUES ('first', '')")
    db.execute("INSERT INTO chats VALUES (?, 'ru', NULL)", [READER])
    db.execute("INSERT INTO turns VALUES (1, ?, 0, 'q', ?)", [GROUP, NOON.isoformat()])
    db.execute("INSERT INTO prompts VALUES (?, 3, ?, 'why', '1', '')", [GROUP, READER])
    db.execute("INSERT INTO kept VALUES (1, '', '[]')")
    db.execute("INSERT INTO inbox VALUES (1, '{}', 0, 'waiting')")
    connection.close()
    state = State.open(path, lambda: NOON)
    assert state.language(READER) == "ru"
    assert state.turns(GROUP) == ("q",)
    assert state.prompted(GROUP, 3, READER) == Prompt("why", "1")
    assert state.kept(READER, 1) == []
    assert state.waiting() == ((1, "{}"),)
    migrate(state._db, path)
    assert state.language(READER) == "ru"
