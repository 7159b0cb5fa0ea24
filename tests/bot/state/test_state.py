"""The lasting database."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.state import Prompt, State, StateDamaged, StateError, StateTooNew, StateUnwritable
from bot.state.schema import STEPS
from knowledge.model import Abstention, Answer, Citation, Reply

NOON = datetime(2024, 3, 12, 12, tzinfo=UTC)
CITED = Citation("mots", "un", "Titre", None, None, None, None, 2, "body", 10, 14)
ANSWERED = Answer(
    "Qui ?", "Qui donc ?", "fr", "who", "Elle.", (CITED,), 0.9, "c", suggestions=("Où ?",)
)
REFUSED = Abstention("Quoi ?", "Quoi ?", "fr", "what", "no_match", "Rien.", 0.1, "d", CITED)
HELLO = Abstention("Salut", "Salut", "fr", "small_talk", "small_talk", "Bonjour !", 0.0, "e")


class Clock:
    """A clock that a test sets."""

    now = NOON

    def __call__(self) -> datetime:
        """The time that was set."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Noon, until the test says otherwise."""
    return Clock()


@pytest.fixture
def state(tmp_path: Path, clock: Clock) -> State:
    """A new database."""
    return State.open(tmp_path / "data" / "state.db", clock)


def record(state: State, reply: Reply, reader: int = 7) -> int:
    """Keeps a reply."""
    return state.record(reply, chat=5, reader=reader, generation=3, milliseconds=4.0)


def test_questions_are_kept_with_what_was_shown(state: State, tmp_path: Path) -> None:
    """A question is found again by its number, also after the database was closed."""
    number = record(state, ANSWERED)
    refused = record(state, REFUSED)
    state.close()
    again = State.open(tmp_path / "data" / "state.db")
    kept = again.asked(number)
    assert kept is not None
    assert (kept.question, kept.understood, kept.generation) == ("Qui ?", "Qui donc ?", 3)
    assert kept.shown == (("un", 10, 14),)
    assert kept.suggestions == ("Où ?",)
    near = again.asked(refused)
    assert near is not None
    assert near.shown == (("un", 10, 14),)
    assert again.asked(999) is None


def test_readers_are_kept_under_a_pseudonym(state: State, tmp_path: Path) -> None:
    """The database holds no reader's number, and one pseudonym a reader."""
    record(state, ANSWERED, reader=123456789)
    rows = Database(tmp_path / "data" / "state.db").query("SELECT reader FROM questions")
    assert [row["reader"] for row in rows] == [state.pseudonym(123456789)]
    assert "123456789" not in state.pseudonym(123456789)
    assert state.pseudonym(1) != state.pseudonym(2)


def test_turns_are_five_and_of_the_last_hour(state: State, clock: Clock) -> None:
    """A conversation remembers five questions for an hour, each topic its own."""
    for n in range(7):
        state.add_turn(1, 0, f"q{n}")
    state.add_turn(1, 9, "autre sujet")
    assert state.turns(1) == ("q2", "q3", "q4", "q5", "q6")
    assert state.turns(1, 9) == ("autre sujet",)
    clock.now = NOON + timedelta(minutes=61)
    assert state.turns(1) == ()
    clock.now = NOON
    state.forget(1)
    assert state.turns(1) == ()
    assert state.turns(1, 9) == ("autre sujet",)


def test_the_last_opinion_counts(state: State) -> None:
    """A reader has one vote an answer."""
    number = record(state, ANSWERED)
    assert state.rate(number, 7, good=True)
    assert state.rate(number, 7, good=False, reason="missing")
    assert state.rate(number, 8, good=True)
    stats = state.stats(NOON - timedelta(days=1))
    assert (stats.good, stats.bad) == (1, 1)
    assert stats.disliked == (("Qui ?", 1, number),)


def test_stats_leave_small_talk_and_the_past_out(state: State, clock: Clock) -> None:
    """Greetings are no questions, and older questions are not counted."""
    record(state, ANSWERED)
    clock.now = NOON + timedelta(days=2)
    record(state, REFUSED)
    record(state, REFUSED, reader=8)
    record(state, HELLO)
    stats = state.stats(clock.now - timedelta(days=1))
    assert (stats.questions, stats.refused, stats.readers) == (2, 2, 2)
    assert [one[:2] for one in stats.unanswered] == [("Quoi ?", 2)]
    assert stats.daily == (("2024-03-14", 2, 2),)
    assert stats.milliseconds == 4.0


def test_what_is_too_old_is_forgotten(state: State, clock: Clock) -> None:
    """Questions, votes, turns and pages go when their time is over; audit lines stay."""
    number = record(state, ANSWERED)
    state.rate(number, 7, good=True)
    kept = state.keep(5, [["page", []]])
    state.audit(1, "reload", "generation 2")
    clock.now = NOON + timedelta(days=100)
    state.expire(clock.now - timedelta(days=90))
    assert state.asked(number) is None
    assert state.kept(5, kept) is None
    assert state.stats(NOON).good == 0
    assert state.audited()[0][1:] == (1, "reload", "generation 2")


def test_answers_are_found_by_the_message_they_answer(state: State) -> None:
    """An edited question finds the message that answered it."""
    number = record(state, ANSWERED)
    state.link(number, 41, 42)
    assert state.answer_to(5, 41) == (42, "Qui ?")
    assert state.answer_to(5, 40) is None
    assert state.answer_to(6, 41) is None


def test_an_edited_question_leaves_the_thread(state: State) -> None:
    """The last turn with these words is taken back, no other."""
    for question in ("a", "b", "a"):
        state.add_turn(1, 0, question)
    state.drop_turn(1, 0, "a")
    assert state.turns(1) == ("a", "b")


def test_a_prompt_waits_for_its_reply(state: State) -> None:
    """A message of the bot's that waits for a reply says what for, until it is settled."""
    state.prompt(1, 2, 7, "why", "12")
    assert state.prompted(1, 2, 7) == Prompt("why", "12")
    assert state.prompted(1, 2, 8) is None
    state.settle(1, 2)
    assert state.prompted(1, 2, 7) is None


def test_words_of_readers_are_kept(state: State) -> None:
    """Remarks, and words about an answer."""
    number = record(state, ANSWERED)
    assert state.explain(number, 7, "La date est fausse")
    assert state.stats(NOON - timedelta(days=1)).bad == 1
    assert state.remark(7, "Bravo")
    assert state.remarks()[0][1] == "Bravo"


def test_a_group_that_became_a_supergroup_keeps_what_is_its_own(state: State) -> None:
    """Language, thread and questions move with the chat."""
    number = record(state, ANSWERED)
    state.set_language(5, "en")
    state.add_turn(5, 0, "q")
    state.move_chat(5, -1005)
    assert state.language(-1005) == "en"
    assert state.turns(-1005) == ("q",)
    assert state.asked(number, -1005) is not None
    assert state.asked(number, 5) is None


def test_chats_keep_their_language(state: State) -> None:
    """A language is kept a chat, and can be taken back."""
    assert state.language(5) is None
    state.set_language(5, "ru")
    assert state.language(5) == "ru"
    state.set_language(5, None)
    assert state.language(5) is None


def test_migrations_are_recorded_and_done_once(tmp_path: Path) -> None:
    """Opening twice migrates once."""
    path = tmp_path / "state.db"
    State.open(path).close()
    State.open(path).close()
    made = [row["name"] for row in Database(path).query("SELECT name FROM migrations")]
    assert made == [name for name, _ in STEPS]


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """A step that this version does not know: one sentence that says to upgrade."""
    path = tmp_path / "state.db"
    State.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES ('from the future', '')")
    connection.close()
    with pytest.raises(StateTooNew, match="plus récente"):
        State.open(path)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """Garbage in place of the database: a sentence, not sqlite's words."""
    path = tmp_path / "state.db"
    path.write_bytes(b"ceci n'est pas une base" * 100)
    with pytest.raises(StateDamaged, match="abîmé"):
        State.open(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where the folder should be: a sentence that names DATA_DIR."""
    (tmp_path / "data").write_text("")
    with pytest.raises(StateUnwritable, match="DATA_DIR"):
        State.open(tmp_path / "data" / "state.db")


def test_a_write_that_fails_is_told_and_answering_goes_on(tmp_path: Path) -> None:
    """A full or read-only database gives number 0 and a word to the admins, no exception."""
    path = tmp_path / "state.db"
    state = State.open(path)
    told: list[StateError] = []
    state.on_trouble = told.append
    state._db.execute("PRAGMA query_only = ON")
    assert record(state, ANSWERED) == 0
    state.add_turn(1, 0, "q")
    assert state.turns(1) == ()
    assert isinstance(told[0], StateUnwritable)


def test_a_state_in_memory_works(tmp_path: Path) -> None:
    """Without a file everything works, and nothing lasts."""
    state = State.open(None)
    assert record(state, ANSWERED) == 1
