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


async def test_reload_publishes_what_changed(bot: Desk, admin: Person, alice: Person) -> None:
    """/reload reads the folder again; the new article answers the next question."""
    folder = bot.settings.dossier_dir
    assert folder is not None
    (folder / "04-piscine.txt").write_text(
        "La piscine ouvre\n\nLa piscine de Varenne a été inaugurée par Karim Fontaine.\n",
        encoding="utf-8",
    )
    (folder / "02-marche.txt").unlink()
    waiting = await admin.ask("/reload")
    assert waiting.text == "Je relis le dossier…"
    done = await admin.private.next("edited")
    assert done.id == waiting.id
    assert done.text.splitlines()[:3] == [
        "Génération 2 publiée : 3 articles.",
        "Ajoutés : 04-piscine",
        "Retirés : 02-marche",
    ]
    assert "Karim Fontaine" in (await alice.ask("Qui a inauguré la piscine ?")).text
    assert bot.state.audited()[0][1:] == (admin.id, "reload", "generation 2")


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
    await admin.private.next("edited")
    assert bot.generation.number == 2


async def test_two_reloads_at_once_are_one(bot: Desk, admin: Person) -> None:
    """A second /reload while one is under way is told so."""
    async with bot.reloading:
        assert (await admin.ask("/reload")).text == "Un rechargement est déjà en cours."


async def test_stats_count_questions_and_refusals(bot: Desk, admin: Person, alice: Person) -> None:
    """/stats shows the week and the day, what is asked most, what was not answered, the 👎."""
    for _ in range(2):
        answer = await alice.ask(QUESTION)
    await alice.press(answer, "👎")
    await alice.ask("Quel vaccin <b>protège de la grippe ?")
    shown = (await admin.ask("/stats")).text
    assert "Questions : 3 (3)" in shown
    assert "Sans réponse : 1 (1)" in shown
    assert "Lecteurs : 1 (1)" in shown
    assert f"2 × {QUESTION}" in shown
    assert "1 × Quel vaccin <b>protège de la grippe ?" in shown
    assert "👎 1" in shown
    assert "3 articles, génération 1" in shown


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
