"""A reader's conversation, over HTTP."""

import pytest

from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio


async def test_start_is_one_message_with_three_examples(bot: Desk, alice: Person) -> None:
    """/start says what the dossier is and offers three questions."""
    shown = await alice.ask("/start")
    assert "Varenne au printemps" in shown.text
    assert len(shown.buttons) == 3


async def test_question_gets_cited_answer(bot: Desk, alice: Person) -> None:
    """A plain question is answered with a quote and its source, replying to the question."""
    asked = await alice.say("Qui a rouvert le pont des Tanneurs ?")
    shown = await alice.private.next("sent")
    print(shown.text, shown.rows)
    assert "Louise Perrin" in shown.text
    assert shown.message["reply_to_message"]["message_id"] == asked
