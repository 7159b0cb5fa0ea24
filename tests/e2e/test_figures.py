"""Statistics, export and health, over HTTP."""

import csv
import io

import pytest

from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.people import Event, Person

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"
NOWHERE = "Quel vaccin <b>protège de la grippe ?"


async def stats(admin: Person) -> Event:
    """The text of /stats, which follows its picture where matplotlib is installed."""
    shown = await admin.ask("/stats")
    if "photo" in shown.message:
        shown = await admin.private.next("sent")
    return shown


async def test_stats_come_with_a_picture(
    bot: Desk, api: BotApi, alice: Person, admin: Person
) -> None:
    """The week as bars, before the text; nothing to draw, no picture."""
    pytest.importorskip("matplotlib")
    assert "photo" not in (await admin.ask("/stats")).message
    await alice.ask(QUESTION)
    shown = await admin.ask("/stats")
    content = api.files[shown.message["photo"][0]["file_id"]][1]
    assert content.startswith(b"\x89PNG")
    assert (await admin.private.next("sent")).text.startswith("7 derniers jours")


async def test_stats_count_questions_and_refusals(bot: Desk, admin: Person, alice: Person) -> None:
    """/stats shows the week and the day, what is asked most, what was not answered, the 👎."""
    for _ in range(2):
        answer = await alice.ask(QUESTION)
    await alice.press(answer, "👎")
    await alice.ask(NOWHERE)
    shown = (await stats(admin)).text
    assert "Questions : 3 (3)" in shown
    assert "Sans réponse : 1 (1)" in shown
    assert "Lecteurs : 1 (1)" in shown
    assert f"2 × {QUESTION}" in shown
    assert f"1. 1 × {NOWHERE}" in shown
    assert f"2. 1 × {QUESTION}" in shown
    assert "👎 1" in shown
    assert "Par jour : ▁▁▁▁▁▁█" in shown
    assert "3 articles, génération 1" in shown


async def test_a_refusal_becomes_a_reference_question(
    bot: Desk, admin: Person, alice: Person
) -> None:
    """One tap adds it to the reference questions of the next publication."""
    await alice.ask(NOWHERE)
    shown = await stats(admin)
    await admin.press(shown, "➕ 1")
    added = await admin.private.next("sent")
    assert NOWHERE in added.text
    told = await admin.press(shown, "➕ 1")
    assert "déjà" in told["text"]
    bot.library.reload()
    assert bot.generation.dossier.questions[-1].question == NOWHERE


async def test_export_is_a_csv_that_runs_nothing(
    bot: Desk, api: BotApi, admin: Person, alice: Person
) -> None:
    """/export sends every question with its votes; a formula is disarmed."""
    answer = await alice.ask(QUESTION)
    await alice.press(answer, "👎")
    await alice.ask("=1+1 pont de Varenne")
    sent = await admin.ask("/export")
    assert sent.text == "2 questions"
    document = sent.message["document"]
    assert document["file_name"].endswith(".csv")
    content = api.files[document["file_id"]][1].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["question"] for row in rows] == [QUESTION, "'=1+1 pont de Varenne"]
    assert (rows[0]["good"], rows[0]["bad"]) == ("0", "1")
    assert str(alice.id) not in {value for row in rows for value in row.values()}


async def test_health_says_what_is_amiss(bot: Desk, admin: Person) -> None:
    """/health: all is well, or what was set aside and what cannot be written."""
    assert "✅ Tout va bien." in (await admin.ask("/health")).text
    folder = bot.settings.dossier_dir
    assert folder is not None
    (folder / "vide.txt").write_bytes(b"")
    bot.library.reload()
    bot.troubles.append("state.db ne peut pas être écrit")
    shown = (await admin.ask("/health")).text
    assert "vide.txt" in shown
    assert "⚠️ state.db" in shown
    assert "Tout va bien" not in shown


async def test_admins_are_told_once_when_the_state_cannot_be_written(
    bot: Desk, admin: Person, alice: Person
) -> None:
    """A full disk: answering goes on, and the admins are told once."""
    await alice.ask("/start")
    bot.state._db.execute("PRAGMA query_only = ON")
    for _ in range(2):
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
    told = await admin.private.next("sent")
    assert "ne sont plus gardés" in told.text
    assert "DATA_DIR" in told.text
    assert not admin.private.unseen
