"""What admins do, and what everybody else is told, over HTTP."""

from pathlib import Path

import pytest

from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"


async def test_readers_are_refused_in_one_line(bot: Desk, alice: Person) -> None:
    """A reader who calls an admin's command is told that it is for admins, and nothing more."""
    for command in ("/reload", "/stats"):
        shown = await alice.ask(command)
        assert shown.text == "Cette commande est réservée aux administrateurs."
        assert not shown.buttons
    assert not bot.state.audited()


POOL = "La piscine ouvre\n\nLa piscine de Varenne a été inaugurée par Karim Fontaine.\n"


async def test_reload_shows_what_would_change_and_publishes_it(
    bot: Desk, admin: Person, alice: Person, dossier: Path
) -> None:
    """/reload lists articles and answers that change; nothing does before the tap."""
    (dossier / "04-piscine.txt").write_text(POOL, encoding="utf-8")
    (dossier / "02-marche.txt").unlink()
    waiting = await admin.ask("/reload")
    assert waiting.text == "Je relis le dossier…"
    offered = await admin.private.next("edited")
    assert offered.id == waiting.id
    assert offered.text.startswith(
        "À publier : 3 articles.\nAjoutés : 04-piscine\nRetirés : 02-marche\n"
    )
    assert "⚠️ Où se tient le marché de Varenne ?" in offered.text
    assert "Qui a rouvert" not in offered.text
    assert offered.buttons == ["✅ Publier", "✖ Annuler"]
    assert bot.generation.number == 1
    await admin.press(offered, "Publier")
    done = await admin.private.next("edited")
    assert done.text.startswith("Génération 2 publiée : 3 articles.")
    assert not done.buttons
    assert "Karim Fontaine" in (await alice.ask("Qui a inauguré la piscine ?")).text
    assert bot.state.audited()[0][1:] == (admin.id, "reload", "generation 2")


async def test_a_preview_can_be_dropped(bot: Desk, admin: Person, dossier: Path) -> None:
    """✖ publishes nothing; the button of an old preview says that it is out of date."""
    (dossier / "04-piscine.txt").write_text(POOL, encoding="utf-8")
    await admin.say("/reload")
    await admin.private.next("sent")
    offered = await admin.private.next("edited")
    publish = offered.data("Publier")
    await admin.press(offered, "Annuler")
    assert "Rien n'est publié" in (await admin.private.next("edited")).text
    told = await admin.press(offered, "", data=publish)
    assert "périmé" in told["text"]
    assert bot.generation.number == 1


async def test_rollback_puts_an_older_generation_back(
    bot: Desk, admin: Person, dossier: Path
) -> None:
    """/rollback offers the generations that are kept; a tap puts one back."""
    assert "pas d'autre génération" in (await admin.ask("/rollback")).text
    (dossier / "04-piscine.txt").write_text(POOL, encoding="utf-8")
    bot.library.reload()
    offered = await admin.ask("/rollback")
    assert offered.buttons[0].startswith("Génération 1 · 3 articles")
    await admin.press(offered, "Génération 1")
    done = await admin.private.next("edited")
    assert "Retirés : 04-piscine" in done.text
    assert bot.generation.number == 1
    assert bot.state.audited()[0][2] == "rollback"


async def test_other_admins_are_told_if_they_want(
    running: Running, api: BotApi, admin: Person, dossier: Path
) -> None:
    """Each act is told to the other admins, until one says that it is enough."""
    other = api.person("Otto")
    other.private.started = True
    async with running(admin_ids=(admin.id, other.id)) as desk:
        for number in (2, 3):
            (dossier / f"0{number}-neuf.txt").write_text(POOL, encoding="utf-8")
            await admin.say("/reload")
            await admin.private.next("sent")
            await admin.press(await admin.private.next("edited"), "Publier")
            await admin.private.next("edited")
            if number == 2:
                told = await other.private.next("sent")
                assert "génération 2" in told.text
                await other.press(told, "Ne plus")
                assert (await other.private.next("edited")).buttons == ["🔔 Me prévenir à nouveau"]
        assert desk.generation.number == 3
        await other.ask("/stats")
        assert not other.private.unseen
    assert not api.refusals


async def test_buttons_of_admins_are_for_admins(bot: Desk, alice: Person) -> None:
    """A forged button of an admin's is refused."""
    shown = await alice.ask("/start")
    for data in ("ap-1-1", "ar-1", "av", "aq-1"):
        told = await alice.press(shown, "", data=data)
        assert told["text"] == "Cette commande est réservée aux administrateurs."


async def test_reload_of_an_unchanged_folder_says_so(bot: Desk, admin: Person) -> None:
    """Nothing changed: the same generation stays in service."""
    await admin.say("/reload")
    await admin.private.next("sent")
    assert "Rien n'a changé : la génération 1" in (await admin.private.next("edited")).text


async def test_a_dossier_that_does_not_load_is_not_published(
    bot: Desk, admin: Person, alice: Person
) -> None:
    """The message names the file and why; the last good generation goes on answering."""
    folder = bot.settings.dossier_dir
    assert folder is not None
    (folder / "dossier.toml").write_text("title = \n", encoding="utf-8")
    await admin.say("/reload")
    await admin.private.next("sent")
    told = (await admin.private.next("edited")).text
    assert told.startswith("Le dossier n'est pas publié.")
    assert "dossier.toml" in told
    assert told.endswith("La génération 1 continue de répondre.")
    assert bot.state.audited()[0][3].startswith("failed")
    assert "Louise Perrin" in (await alice.ask(QUESTION)).text


async def test_reload_goes_on_while_readers_are_answered(
    bot: Desk, api: BotApi, admin: Person
) -> None:
    """Questions asked during a reload are all answered, each from one generation."""
    folder = bot.settings.dossier_dir
    assert folder is not None
    readers = [api.person(f"R{n}") for n in range(5)]
    for reader in readers:
        for _ in range(3):
            await reader.say(QUESTION)
    (folder / "04-piscine.txt").write_text("La piscine\n\nElle est ouverte.\n", encoding="utf-8")
    await admin.say("/reload")
    for reader in readers:
        for _ in range(3):
            await reader.say(QUESTION)
    shown = [[(await reader.private.next("sent")).text for _ in range(6)] for reader in readers]
    assert all("Louise Perrin" in text for texts in shown for text in texts)
    await admin.press(await admin.private.next("edited"), "Publier")
    await admin.private.next("edited")
    assert bot.generation.number == 2


async def test_two_reloads_at_once_are_one(bot: Desk, admin: Person) -> None:
    """A second /reload while one is under way is told so."""
    async with bot.reloading:
        assert (await admin.ask("/reload")).text == "Un rechargement est déjà en cours."


async def test_the_menus_differ_for_groups_and_admins(
    bot: Desk, api: BotApi, admin: Person
) -> None:
    """Commands are set in each language and scope; admins alone see theirs."""
    names = {
        scope: [command["command"] for command in menu] for scope, menu in api.commands.items()
    }
    assert "aide" in names["default", ""]
    assert "reload" not in names["default", ""]
    assert "ask" in names["all_group_chats", ""]
    assert "reload" in names[f"chat:{admin.id}", "ru"]
    assert {language for _, language in names} == {"", "en", "ru"}
    assert "Varenne au printemps" in api.descriptions["description", ""]


async def test_start_on_a_broken_folder_serves_the_last_good_dossier(
    running: Running, api: BotApi, admin: Person, dossier: Path
) -> None:
    """A bot that starts on a broken folder answers from the last good one and tells the admins."""
    async with running():
        pass
    (dossier / "dossier.toml").write_text("title = \n", encoding="utf-8")
    async with running():
        notice = await admin.private.next("sent")
        assert "dossier.toml" in notice.text
        assert "Louise Perrin" in (await admin.ask(QUESTION)).text
    assert not api.refusals
