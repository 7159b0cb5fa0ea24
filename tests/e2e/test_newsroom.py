"""The press desk in Telegram, beyond what the scenarios show."""

from pathlib import Path

import pytest

from bot.telegram.callbacks import Dates, Events, Who, encode, short_id
from bot.telegram.desk import Desk
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio


@pytest.fixture
def dossier(dossier: Path) -> Path:
    """The dossier with an article of many dates and many sayings."""
    days = "\n\n".join(
        f"Le {day} mars 2023, la maire Louise Perrin a ouvert le chantier numéro {day}."
        f" « Le quai numéro {day} sera livré à temps », a déclaré Louise Perrin."
        for day in range(2, 16)
    )
    (dossier / "04-quais.txt").write_text(f"Quatorze quais\n\n{days}\n", encoding="utf-8")
    return dossier


async def test_a_long_timeline_comes_in_pages(bot: Desk, alice: Person) -> None:
    """Six events a page, oldest first; ▶ turns it, and each page opens its own passages."""
    shown = await alice.ask("/chronologie Perrin")
    assert "15 événements datés : Perrin" in shown.text
    assert shown.buttons[:3] == ["◀", "1/3", "▶"]
    assert shown.text.index("2 mars 2023") < shown.text.index("7 mars 2023")
    await alice.press(shown, "▶")
    second = await alice.private.next("edited")
    assert "8 mars 2023" in second.text
    assert "chantier numéro 7" not in second.text
    await alice.press(second, "📄 [1]")
    passage = await alice.private.next("sent")
    assert "chantier numéro 8" in passage.marked("bold")[1]


async def test_a_timeline_is_followed_by_its_picture(bot: Desk, alice: Person) -> None:
    """The words come first, so that they are there where nothing can be drawn."""
    pytest.importorskip("matplotlib")
    await alice.ask("/timeline 2023")
    picture = await alice.private.next("sent")
    assert picture.message["photo"]


async def test_a_long_profile_comes_in_pages(bot: Desk, alice: Person) -> None:
    """The name stands on each page; what is said of somebody comes after what they said."""
    shown = await alice.ask("/who Perrin")
    assert "15 déclarations" in shown.text
    while "▶" in shown.buttons and "Ce que les articles" not in shown.text:
        await alice.press(shown, "▶")
        shown = await alice.private.next("edited")
        assert shown.marked("bold")[0] == "Louise Perrin"
    assert "Ce que les articles en disent" in shown.text


async def test_a_reply_with_verifier_checks_the_message(bot: Desk, alice: Person) -> None:
    """The quote of a draft that somebody forwarded needs no copying."""
    draft = await alice.ask("Quarante marchands ont accepté le déménagement.")
    shown = await alice.ask("/verifier", reply_to=draft)
    assert "dossier" in shown.text
    number = await alice.say("Quarante-deux marchands ont accepté le déménagement.")
    await alice.private.next("sent")
    shown = await alice.ask("/verify", reply_to=number)
    assert "« Quarante-deux » au lieu de « Quarante »" in shown.text
    assert "Exact" not in shown.text


@pytest.mark.parametrize("data", [encode(Who(short_id("Personne"))), encode(Events("abc"))])
async def test_a_button_of_somebody_who_is_gone_is_told(
    bot: Desk, alice: Person, data: str
) -> None:
    """The dossier changed since: the button says so, and nothing is sent."""
    shown = await alice.ask("/qui")
    told = await alice.press(shown, "", data=data)
    assert "ne marche plus" in told["text"]
    assert not alice.private.unseen


async def test_dates_are_told_after_the_dossier_changed(
    bot: Desk, dossier: Path, alice: Person, admin: Person
) -> None:
    """The quote is found again where it stands now; when it is gone, that is said."""
    shown = await alice.ask("Qui a rouvert le pont des Tanneurs ?")
    path = dossier / "01-pont.txt"
    text = path.read_text(encoding="utf-8")
    for changed, told in (
        (text.replace("La maire", "Il fait beau.\n\nLa maire", 1), None),
        ("Le pont\n\nRien de plus.\n", "pas de date"),
    ):
        path.write_text(changed, encoding="utf-8")
        bot.library.reload()
        answer = await alice.press(shown, "Dates")
        if told is None:
            assert "mardi 12 mars 2024" in (await alice.private.next("sent")).text
        else:
            assert told in answer["text"]


async def test_dates_of_another_chat_are_not_shown(bot: Desk, alice: Person, admin: Person) -> None:
    """A forged number shows nobody else's question."""
    await admin.ask("Qui a rouvert le pont des Tanneurs ?")
    shown = await alice.ask("/qui")
    told = await alice.press(shown, "", data=encode(Dates(1)))
    assert "trop ancienne" in told["text"]


async def test_hostile_words_are_shown_as_they_are(bot: Desk, alice: Person) -> None:
    """Tags in what a reader writes are words."""
    for command in ("/verifier <b>rien</b> & <a href='x'>", "/qui <i>Zed</i>", "/chronologie <u>"):
        shown = await alice.ask(command)
        assert shown.text
