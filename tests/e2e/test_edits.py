"""Edited questions, languages and filters, over HTTP."""

import pytest

from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"
OTHER = "Combien a coûté le chantier du pont ?"


async def test_an_edited_question_gets_its_answer_edited(bot: Desk, alice: Person) -> None:
    """The same message shows the new answer, and the thread forgets the old words."""
    asked = await alice.say(QUESTION)
    answer = await alice.private.next("sent")
    await alice.edit(asked, OTHER)
    edited = await alice.private.next("edited")
    assert edited.id == answer.id
    assert "4,2" in edited.text
    assert bot.state.turns(alice.id) == (OTHER,)
    # Telegram also tells of edits that leave the text alone; the next one is new again.
    await alice.edit(asked, OTHER)
    await alice.edit(asked, QUESTION)
    assert "Louise Perrin" in (await alice.private.next("edited")).text
    assert not alice.private.unseen


async def test_an_edit_after_the_answer_was_deleted_is_answered_anew(
    bot: Desk, api: BotApi, alice: Person
) -> None:
    """The answer is gone: a new one is sent, and edited from then on."""
    asked = await alice.say(QUESTION)
    answer = await alice.private.next("sent")
    del alice.private.messages[answer.id]
    await alice.edit(asked, OTHER)
    anew = await alice.private.next("sent")
    assert "4,2" in anew.text
    assert [refusal.method for refusal in api.refusals] == ["editMessageText"]
    api.refusals.clear()
    await alice.edit(asked, QUESTION)
    assert (await alice.private.next("edited")).id == anew.id


async def test_a_message_edited_into_a_question_is_answered(bot: Desk, alice: Person) -> None:
    """What was no question becomes one."""
    said = await alice.say("?")
    await alice.private.next("sent")
    await alice.edit(said, QUESTION)
    assert "Louise Perrin" in (await alice.private.next("sent")).text


async def test_edits_in_groups_follow_the_same_rule(bot: Desk, api: BotApi, alice: Person) -> None:
    """Only what is said to the bot counts, also when it is edited; /ask too."""
    group = api.group()
    asked = await alice.say(f"/ask {QUESTION}", group)
    answer = await group.next("sent")
    await alice.edit(asked, f"/ask {OTHER}", group)
    edited = await group.next("edited")
    assert edited.id == answer.id
    assert "4,2" in edited.text
    chatter = await alice.say("Bonjour", group)
    await alice.edit(chatter, "Bonjour à tous", group)
    await alice.say("/aide", group)
    assert "Poser une question" in (await group.next("sent")).text


async def test_the_language_is_chosen_with_a_button_or_a_word(bot: Desk, alice: Person) -> None:
    """/langue: the frame changes, the quote stays as printed."""
    asked = await alice.ask("/langue")
    assert asked.buttons == ["Français", "English", "Русский", "Celle de la question"]
    await alice.press(asked, "English")
    assert (await alice.private.next("edited")).text == "I shall answer in English."
    answer = await alice.ask(QUESTION)
    assert "📄 Read the passage" in answer.buttons
    assert "12 Mar 2024" in answer.text
    assert "a rouvert mardi" in answer.text
    assert (await alice.ask("/lang ru")).text == "Буду отвечать по-русски."
    assert (
        "Источники" in (await alice.ask("/help")).text or "досье" in (await alice.ask("/help")).text
    )
    assert "langue de chaque question" in (await alice.ask("/langue auto")).text


async def test_sources_are_sifted_by_outlet_and_year(bot: Desk, alice: Person) -> None:
    """A filter lists one outlet alone, in the same message; another one brings all back."""
    shown = await alice.ask("/sources")
    await alice.press(shown, "Radio Val (1)")
    sifted = await alice.private.next("edited")
    assert "1 article\n" in sifted.text
    assert "Un bus de nuit" in sifted.text
    assert "Le pont" not in sifted.text
    await alice.press(sifted, "Tous les articles")
    assert "3 articles" in (await alice.private.next("edited")).text


async def test_a_group_that_became_a_supergroup_is_followed(
    bot: Desk, api: BotApi, alice: Person
) -> None:
    """The answer goes where the group moved to, with its language."""
    old, new = api.group("Rédaction"), api.group("Rédaction")
    bot.state.set_language(old.id, "en")
    old.migrated_to = new.id
    await alice.say(f"/ask {QUESTION}", old)
    answer = await new.next("sent")
    assert "Louise Perrin" in answer.text
    assert bot.state.language(new.id) == "en"
    assert [refusal.status for refusal in api.refusals] == [400]
    api.refusals.clear()
