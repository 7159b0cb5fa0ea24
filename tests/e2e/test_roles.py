"""Who may do what: owners, editors, readers, strangers."""

from typing import Any

import pytest

from bot.telegram.callbacks import Dismiss, encode
from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio


def forwarded(person: Person) -> dict[str, Any]:
    """What makes a message one forwarded from this person."""
    return {"forward_origin": {"type": "user", "date": 1, "sender_user": person.card}}


async def test_an_owner_makes_an_editor_by_a_forwarded_message(
    bot: Desk, api: BotApi, admin: Person, alice: Person
) -> None:
    """The author of the forwarded message, not who forwarded it; the editor gets a menu."""
    await alice.ask("/start")
    message = await admin.say("Bonjour", **forwarded(alice))
    await admin.private.next("sent")
    told = await admin.ask("/admins", reply_to=message)
    assert told.text == f"{alice.id} est maintenant éditeur : tout, sauf /admins."
    assert "éditeur de ce bot" in (await alice.private.next("sent")).text
    assert bot.is_admin(alice.id)
    assert not bot.is_owner(alice.id)
    assert "Temps médian" in (await alice.ask("/stats")).text
    assert bot.state.audited()[0][1:] == (admin.id, "editor", str(alice.id))


@pytest.mark.parametrize(
    "origin",
    [
        {"type": "hidden_user", "date": 1, "sender_user_name": "Alice"},
        {"type": "user", "date": 1, "sender_user": {"id": 5, "is_bot": True, "first_name": "B"}},
    ],
)
async def test_a_hidden_author_is_nobody(bot: Desk, admin: Person, origin: dict[str, Any]) -> None:
    """A forward that hides its author, or of a bot, makes nobody an editor: least who sent it."""
    message = await admin.say("Bonjour", forward_origin=origin)
    await admin.private.next("sent")
    assert "transfert anonyme" in (await admin.ask("/admins", reply_to=message)).text
    assert bot.state.editors() == ()


async def test_the_first_message_of_a_topic_names_nobody(
    bot: Desk, api: BotApi, admin: Person, alice: Person
) -> None:
    """In a topic Telegram calls every message a reply to its first: who opened it is no editor."""
    group = api.group(forum=True)
    thread = group.topic("Presse")
    first = {
        "message_id": thread, "date": 1, "chat": group.card, "from": alice.card,
        "message_thread_id": thread, "is_topic_message": True,
        "forum_topic_created": {"name": "Presse", "icon_color": 7322096},
    }  # fmt: skip
    told = await admin.ask("/admins", group, thread=thread, reply_to_message=first)
    assert str(admin.id) in told.text
    assert bot.state.editors() == ()


async def test_only_a_number_names_an_editor(bot: Desk, admin: Person) -> None:
    """No user name, no negative number, no digits of another script."""
    for given in ("@alice", "alice", "0", "-5", "12 34", "9" * 20, "１２"):
        assert "jamais un nom d'utilisateur" in (await admin.ask(f"/admins {given}")).text, given
    assert bot.state.editors() == ()


async def test_an_editor_makes_no_editor(bot: Desk, admin: Person, alice: Person) -> None:
    """/admins and its buttons are the owners'; a forged press changes nothing."""
    await alice.ask("/start")
    await admin.ask(f"/admins {alice.id}")
    await alice.private.next("sent")
    assert "propriétaires" in (await alice.ask("/admins 5")).text
    shown = await alice.ask("/sources")
    told = await alice.press(shown, "", data=encode(Dismiss(alice.id)))
    assert "propriétaires" in told["text"]
    assert bot.state.editors() == (alice.id,)


async def test_an_editor_outlives_a_restart(
    running: Running, api: BotApi, admin: Person, alice: Person
) -> None:
    """Editors stand in the state; the owners' own list is the setting alone."""
    await alice.say("/start")
    async with running():
        await alice.private.next("sent")
        await admin.ask(f"/admins {alice.id}")
        await alice.private.next("sent")
    async with running() as desk:
        assert desk.is_admin(alice.id)
        assert not desk.state.add_editor(alice.id, admin.id)
        assert "Tout va bien" in (await alice.ask("/health")).text
    async with running(admin_ids=(alice.id,)) as desk:
        assert not desk.is_admin(admin.id)
        assert desk.admins == (alice.id,)
    assert not api.refusals


async def test_a_private_bot_says_so_once(
    running: Running, api: BotApi, admin: Person, alice: Person
) -> None:
    """ALLOWED_CHATS: a stranger hears one kind sentence, once; an editor may come in."""
    async with running(allowed_chats=(admin.id,)) as desk:
        assert "Ce bot est privé" in (await alice.ask("/start")).text
        await alice.say("Qui a rouvert le pont des Tanneurs ?")
        desk.state.add_editor(alice.id, admin.id)
        assert "Louise Perrin" in (await alice.ask("Qui a rouvert le pont des Tanneurs ?")).text
        assert len(alice.private.events) == 2
    assert not api.refusals


async def test_a_menu_comes_and_goes_with_the_role(
    bot: Desk, api: BotApi, admin: Person, alice: Person
) -> None:
    """An editor's menu has the admins' commands but /admins; a reader again, the menu is gone."""

    def menu(person: Person, language: str) -> set[str]:
        shown = api.commands.get((f"chat:{person.id}", language), [])
        return {command["command"] for command in shown}

    await alice.ask("/start")
    assert {"reload", "admins", "mesdonnees"} <= menu(admin, "")
    assert menu(alice, "") == set()
    told = await admin.ask(f"/admins {alice.id}")
    assert {"reload", "add", "sources"} <= menu(alice, "ru")
    assert "admins" not in menu(alice, "")
    await admin.press(told, "➖")
    await admin.private.next("edited")
    assert menu(alice, "") == menu(alice, "en") == menu(alice, "ru") == set()
