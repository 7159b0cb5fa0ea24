"""Votes, reasons and words of readers, over HTTP."""

from datetime import UTC, datetime

import pytest

from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
QUESTION = "Qui a rouvert le pont des Tanneurs ?"


async def test_a_bad_vote_is_asked_for_its_reason(bot: Desk, alice: Person) -> None:
    """👎 puts four reasons where the votes stood; a reason puts the votes back."""
    answer = await alice.ask(QUESTION)
    told = await alice.press(answer, "👎")
    assert told["text"] == "Merci. Qu'est-ce qui ne va pas ?"
    asked = await alice.private.next("edited")
    assert asked.rows[2:4] == [
        ["Réponse fausse", "Mauvaise source"],
        ["Il manque l'essentiel", "Autre chose…"],
    ]
    assert "👎" not in asked.buttons
    assert asked.rows[0] == answer.rows[0]
    told = await alice.press(asked, "Mauvaise source")
    assert "Merci" in told["text"]
    after = await alice.private.next("edited")
    assert after.rows[2] == ["👍", "👎 ✓"]
    assert bot.state.stats(LONG_AGO).bad == 1


async def test_the_last_vote_counts(bot: Desk, alice: Person) -> None:
    """👍 after 👎: one vote, a good one."""
    answer = await alice.ask(QUESTION)
    await alice.press(answer, "👎", data=answer.data("👎"))
    assert "noté" in (await alice.press(answer, "👍", data=answer.data("👍")))["text"]
    stats = bot.state.stats(LONG_AGO)
    assert (stats.good, stats.bad) == (1, 0)


async def test_something_else_is_asked_for_in_words(bot: Desk, alice: Person) -> None:
    """The reply to the bot's question is kept as words on that answer, and is no question."""
    answer = await alice.ask(QUESTION)
    await alice.press(answer, "👎")
    asked = await alice.private.next("edited")
    await alice.press(asked, "Autre chose")
    await alice.private.next("edited")
    prompt = await alice.private.next("sent")
    assert "en réponse à ce message" in prompt.text
    thanks = await alice.ask("Le prénom est faux", reply_to=prompt)
    assert "noté" in thanks.text
    # A second reply is a question like any other.
    again = await alice.ask(QUESTION, reply_to=prompt)
    assert "Louise Perrin" in again.text


async def test_remarks_are_kept(bot: Desk, alice: Person) -> None:
    """/avis keeps what follows, and says how to use it without."""
    assert "/avis TEXTE" in (await alice.ask("/avis")).text
    assert "noté" in (await alice.ask("/avis Très <utile>")).text
    assert bot.state.remarks()[0][1] == "Très <utile>"


async def test_a_vote_on_a_forgotten_answer_is_told(bot: Desk, api: BotApi, alice: Person) -> None:
    """A question that is no longer kept cannot be voted on."""
    answer = await alice.ask(QUESTION)
    bot.state.expire(datetime(2100, 1, 1, tzinfo=UTC))
    told = await alice.press(answer, "👍")
    assert told["text"] == "Votre avis n'a pas pu être gardé."
    told = await alice.press(answer, "Autres passages")
    assert "trop ancienne" in told["text"]
