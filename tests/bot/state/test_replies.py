"""Replies are kept as they were given, with what they were asked with."""

import json
from datetime import UTC, date, datetime, timedelta

from bot.state import State
from bot.state.replies import Edition, Terms, reply_body, reply_of
from knowledge.model import Abstention, Answer, Limits, Reply
from tests.bot.render.values import COST, WHOLE

ANSWER = Answer(
    "Qui ?", "Qui a inauguré le pont ?", "fr", "who", "La maire.", (WHOLE, COST), 0.9, "ABC234",
    notes=("une note",), corrections=(("mare", "maire"),), suggestions=("Combien ?",),
)  # fmt: skip
REFUSAL = Abstention(
    "Où ?", "Où ?", "fr", "where", "no_match", "Le dossier ne dit pas où.", 0.1, "DEF567",
    nearest=COST, missing=("où",),
)  # fmt: skip
TERMS = Terms(
    ("Quoi ?",),
    "en",
    Limits(("gazette",), date(2024, 1, 2), None, ("pont",)),
    (("pont", 2),),
    date(2024, 5, 6),
)
EDITION = Edition("d1", {"pont": "0a"})


def kept(state: State, reply: Reply, *, chat: int = 5, reader: int = 7) -> None:
    """Keeps a reply as the bot does."""
    number = state.record(reply, chat=chat, reader=reader, generation=1, milliseconds=2.0)
    state.keep_reply(number, reply, TERMS, EDITION)


def test_a_reply_is_the_same_after_having_been_kept() -> None:
    """Answer and refusal, with dates, quotes and their terms, come back equal."""
    state = State.open(None)
    for reply in (ANSWER, REFUSAL):
        assert reply_of(reply_body(reply)) == reply
        kept(state, reply)
        told = state.told(reply.code)
        assert told is not None
        assert (told.reply, told.terms, told.digest) == (reply, TERMS, "d1")
    assert state.edition("d1") == EDITION
    assert state.told("ZZZZZZ") is None
    assert state.edition("d2") is None


def test_a_conversation_is_one_reader_s_in_one_chat() -> None:
    """Neither another reader's questions in a group nor other chats' are given away."""
    state = State.open(None)
    kept(state, ANSWER)
    kept(state, REFUSAL)
    kept(state, ANSWER, reader=8)
    kept(state, ANSWER, chat=6)
    assert [told.reply for told in state.conversation(5, 7)] == [ANSWER, REFUSAL]
    assert state.conversation(5, 9) == ()
    assert state.erase(7)
    assert state.conversation(5, 7) == ()
    assert len(state.conversation(5, 8)) == 1


def _told_of(state: State) -> list[dict[str, object]]:
    """The terms of an answer, as they are kept."""
    kept(state, ANSWER)
    found = [json.loads(row["told"])["terms"] for row in state._query("SELECT told FROM questions")]
    state._write("DELETE FROM questions", ())
    return found


def test_a_reply_of_another_version_is_as_if_forgotten() -> None:
    """Fields that came or went since: nobody's conversation fails of one such reply."""
    state = State.open(None)
    (terms,) = _told_of(state)
    for terms_then, reply_then in (
        (terms, {**reply_body(ANSWER), "mood": "gay"}), (terms, {}), ({}, reply_body(ANSWER)),
    ):  # fmt: skip
        kept(state, ANSWER)
        body = json.dumps({"terms": terms_then, "reply": reply_then})
        state._write("UPDATE questions SET told = ?", (body,))
        kept(state, REFUSAL)
        assert state.told("ABC234") is None
        assert [told.reply for told in state.conversation(5, 7)] == [REFUSAL]
        state._write("DELETE FROM questions", ())


def test_replies_and_editions_are_forgotten_in_time() -> None:
    """RETENTION_DAYS holds for them as for the questions."""
    now = datetime(2026, 5, 1, tzinfo=UTC)
    state = State.open(None, clock=lambda: now)
    kept(state, ANSWER)
    state.expire(now - timedelta(days=1))
    assert state.told("ABC234") is not None
    state.expire(now + timedelta(days=1))
    assert state.told("ABC234") is None
    assert state.edition("d1") is None
