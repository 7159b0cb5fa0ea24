"""Groups and forums, over HTTP: silence unless the bot is spoken to."""

import pytest

from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import STICKER, Running
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"


async def test_a_group_is_answered_only_when_it_speaks_to_the_bot(
    bot: Desk, api: BotApi, alice: Person
) -> None:
    """Chatter gets no answer; a mention, a reply and /ask do, as replies to that message."""
    group = api.group()
    await alice.say(QUESTION, group)
    await alice.say("@somebody_else qui a rouvert le pont ?", group)
    mention = await alice.say(f"@dossier_test_bot {QUESTION}", group)
    first = await group.next("sent")
    assert first.message["reply_to_message"]["message_id"] == mention
    assert "Louise Perrin" in first.text
    await alice.say("Où se tient le marché de Varenne ?", group, reply_to=first)
    assert "Théâtre" in (await group.next("sent")).text
    await alice.say("/ask Combien a coûté le chantier du pont ?", group)
    assert "4,2" in (await group.next("sent")).text
    await alice.say("/ask@dossier_test_bot Combien a coûté le chantier du pont ?", group)
    assert "4,2" in (await group.next("sent")).text
    await alice.say("/ask@another_bot Combien a coûté le chantier du pont ?", group)
    await alice.say("/danser", group)
    await alice.say("", group, sticker=STICKER)
    await alice.say("/aide", group)
    assert "Poser une question" in (await group.next("sent")).text
    assert not group.unseen


async def test_ask_alone_asks_the_message_it_replies_to(
    bot: Desk, api: BotApi, alice: Person
) -> None:
    """/ask as a reply takes the other message's text as the question."""
    group = api.group()
    asked = await api.person("Bob").say(QUESTION, group)
    await alice.say("/ask", group, reply_to=asked)
    assert "Louise Perrin" in (await group.next("sent")).text
    await alice.say("/ask", group)
    assert "/ask QUESTION" in (await group.next("sent")).text


async def test_a_forum_topic_is_kept(bot: Desk, api: BotApi, alice: Person) -> None:
    """Answers, passages and their history stay in the topic where they were asked for."""
    forum = api.group(forum=True)
    thread, other = forum.topic("Pont"), forum.topic("Marché")
    await alice.say(f"@dossier_test_bot {QUESTION}", forum, thread=thread)
    answer = await forum.next("sent")
    assert answer.message["message_thread_id"] == thread
    await alice.press(answer, "Lire le passage")
    assert (await forum.next("sent")).message["message_thread_id"] == thread
    assert bot.state.turns(forum.id, thread) == (QUESTION,)
    assert bot.state.turns(forum.id, other) == ()


async def test_a_private_bot_is_silent_elsewhere(
    running: Running, api: BotApi, alice: Person, admin: Person
) -> None:
    """ALLOWED_CHATS: one line in a private chat, nothing in a group, admins always."""
    allowed, other = api.group("Rédaction"), api.group("Ailleurs")
    async with running(allowed_chats=(allowed.id,)):
        refusal = await alice.ask(QUESTION)
        assert "Ce bot est privé" in refusal.text
        assert str(alice.id) in refusal.text
        await alice.say(f"/ask {QUESTION}", other)
        await alice.say(f"/ask {QUESTION}", allowed)
        assert "Louise Perrin" in (await allowed.next("sent")).text
        assert "Louise Perrin" in (await admin.ask(QUESTION)).text
        assert not other.unseen
