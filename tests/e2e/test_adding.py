"""Articles added, corrected and removed in the chat, over HTTP."""

import io
import zipfile
from functools import partial
from pathlib import Path

import pytest

from bot.telegram import uploads
from bot.telegram.apart import read_apart
from bot.telegram.desk import Desk
from tests.bot.telegram.test_apart import SLOW
from tests.e2e.botapi import BotApi
from tests.e2e.people import Event, Person

pytestmark = pytest.mark.anyio

POOL = (
    "La piscine ouvre\n\n"
    "La piscine de Varenne a été inaugurée samedi par Karim Fontaine, l'adjoint aux sports.\n\n"
    "L'entrée coûte trois euros.\n"
)


async def card(admin: Person, name: str, content: bytes) -> Event:
    """What the bot shows of a file that an admin sends."""
    await admin.upload(name, content)
    return await admin.private.next("sent")


def names(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(path.name for path in folder.iterdir())


async def test_an_upload_that_cannot_be_noted_is_not_offered(bot: Desk, admin: Person) -> None:
    """The state takes no more: no card whose buttons would mean the dossier, and nothing stays."""
    bot.state._db.execute("PRAGMA query_only = ON")
    await admin.upload("piscine.txt", POOL.encode())
    told = [await admin.private.next("sent") for _ in range(2)]
    bot.state._db.execute("PRAGMA query_only = OFF")
    assert not any(one.buttons for one in told)
    assert any("Je n'ai pas pu garder cet envoi" in one.text for one in told)
    assert names(bot.settings.data_dir / "uploads") == []


async def publish(admin: Person) -> Event:
    """Taps on the preview that follows; what is shown in the end."""
    await admin.private.next("sent")
    await admin.press(await admin.private.next("edited"), "Publier")
    return await admin.private.next("edited")


async def test_a_file_is_shown_added_and_published(
    bot: Desk, admin: Person, alice: Person, dossier: Path
) -> None:
    """A file is read and shown; a tap adds it, a tap publishes it; the folder is not touched."""
    before = names(dossier)
    shown = await card(admin, "../piscine.txt", POOL.encode())
    assert shown.marked("bold")[0] == "La piscine ouvre"
    assert "date inconnue" in shown.text
    assert shown.marked("expandable_blockquote")[0].startswith("La piscine de Varenne")
    assert shown.buttons == ["✅ Ajouter", "✖ Annuler", "✏️ Titre", "✏️ Média", "✏️ Date"]
    await admin.press(shown, "Ajouter")
    assert (await admin.private.next("edited")).text == "Ajouté : 1 article."
    done = await publish(admin)
    assert "Ajoutés : piscine" in done.text
    assert "Karim Fontaine" in (await alice.ask("Qui a inauguré la piscine ?")).text
    assert names(dossier) == before
    assert [row[2] for row in bot.state.audited()] == ["reload", "add"]


async def test_what_was_found_is_corrected_before_adding(
    bot: Desk, admin: Person, alice: Person
) -> None:
    """Title, outlet and date are corrected by replies, and cited so from then on."""
    shown = await card(admin, "piscine.txt", POOL.encode())
    for button, reply in (
        ("Titre", "Une <piscine> pour Varenne"),
        ("Média", "Radio Val"),
        ("Date", "2 avril 2024"),
    ):
        await admin.press(shown, button)
        prompt = await admin.private.next("sent")
        await admin.say(reply, reply_to=prompt)
        shown = await admin.private.next("edited")
        assert "corrigé" in (await admin.private.next("sent")).text
    assert shown.text.startswith("Une <piscine> pour Varenne\nRadio Val, 2 avr. 2024")
    await admin.press(shown, "Ajouter")
    await admin.private.next("edited")
    await publish(admin)
    answer = await alice.ask("Qui a inauguré la piscine ?")
    assert "Une <piscine> pour Varenne, Radio Val, 2 avr. 2024, § 1" in answer.text


async def test_a_date_that_is_none_is_asked_again(bot: Desk, admin: Person) -> None:
    """The prompt goes on waiting until the date is understood."""
    shown = await card(admin, "piscine.txt", POOL.encode())
    await admin.press(shown, "Date")
    prompt = await admin.private.next("sent")
    assert "28/02/2023" in (await admin.ask("bientôt", reply_to=prompt)).text
    await admin.say("02/04/2024", reply_to=prompt)
    assert "2 avr. 2024" in (await admin.private.next("edited")).text


async def test_a_zip_is_unpacked_without_its_dangers(bot: Desk, admin: Person) -> None:
    """Files of a zip come under safe names; what cannot be read is set aside or left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../etc/piscine.txt", POOL)
        archive.writestr("autre/piscine.txt", POOL.replace("piscine", "patinoire"))
        archive.writestr("__MACOSX/._piscine.txt", b"\0\0")
        archive.writestr("logo.png", b"\x89PNG")
    shown = await card(admin, "articles.zip", packed.getvalue())
    assert "2 articles dans cet envoi" in shown.text
    await admin.press(shown, "Ajouter")
    await admin.private.next("edited")
    assert "Ajoutés : piscine, piscine-2" in (await publish(admin)).text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("virus.exe", b"MZ", "Je ne sais pas lire un fichier .exe"),
        ("casse.zip", b"PK\x03\x04 rien", "Ce zip ne s'ouvre pas"),
        ("vide.txt", b"  \n", "vide"),
        ("bruit.txt", bytes(range(256)) * 20, "bruit.txt"),
    ],
)
async def test_a_bad_file_is_told_in_a_sentence(
    bot: Desk, admin: Person, name: str, content: bytes, words: str
) -> None:
    """A file that gives no article: why, and nothing is added."""
    shown = await card(admin, name, content)
    assert words in shown.text
    assert not shown.buttons
    assert not list((bot.settings.data_dir / "uploads").glob("*"))


async def test_a_file_too_big_is_not_fetched(bot: Desk, api: BotApi, admin: Person) -> None:
    """What Telegram says of the size is enough to refuse it."""
    file_id = api.add_file("gros.txt", b"x")
    document = {"file_id": file_id, "file_unique_id": file_id, "file_name": "gros.txt"}
    await admin.say("", document={**document, "file_size": 21_000_000})
    assert "20 Mo au plus" in (await admin.private.next("sent")).text
    assert not api.called("getFile")


async def test_an_address_is_not_fetched(bot: Desk, admin: Person) -> None:
    """/add with an address gets a clear word; alone, how it is done."""
    assert "rien chercher sur Internet" in (await admin.ask("/add https://a.example/b")).text
    assert "zip" in (await admin.ask("/add")).text


async def test_an_upload_can_be_dropped(bot: Desk, admin: Person) -> None:
    """✖ forgets the file; its buttons say so from then on."""
    shown = await card(admin, "piscine.txt", POOL.encode())
    add = shown.data("Ajouter")
    await admin.press(shown, "Annuler")
    assert "rien n'est ajouté" in (await admin.private.next("edited")).text
    told = await admin.press(shown, "", data=add)
    assert "n'attend plus" in told["text"]


async def test_a_file_of_the_same_name_does_not_replace_another(bot: Desk, admin: Person) -> None:
    """Another article under a taken name gets a name of its own."""
    shown = await card(admin, "01-pont.txt", POOL.encode())
    assert "Remplace" not in shown.text
    await admin.press(shown, "Ajouter")
    await admin.private.next("edited")
    assert "Ajoutés : 01-pont-2" in (await publish(admin)).text


async def test_readers_documents_are_not_read(bot: Desk, alice: Person) -> None:
    """Only admins add; a reader's file gets the one kind line."""
    await alice.upload("piscine.txt", POOL.encode())
    assert "Je ne lis que du texte" in (await alice.private.next("sent")).text
    assert "réservée" in (await alice.ask("/add")).text


async def test_an_article_is_removed_after_being_asked(
    bot: Desk, admin: Person, alice: Person
) -> None:
    """/remove: the number, 🗑, yes, and the publication."""
    await admin.ask("/remove")
    listed = await admin.private.next("sent")
    await admin.press(listed, "2")
    await admin.press(await admin.private.next("sent"), "Retirer du dossier")
    await admin.press(await admin.private.next("sent"), "Oui, retirer")
    removed = await admin.private.next("edited")
    assert "Le marché change de place est retiré" in removed.text
    await admin.press(removed, "Voir ce qui change")
    assert "Retirés : 02-marche" in (await publish(admin)).text


async def test_a_note_is_shown_wherever_the_article_is_cited(
    bot: Desk, admin: Person, alice: Person
) -> None:
    """A correction or retraction stands under each citation of the article."""
    await admin.press(await admin.ask("/sources"), "1")
    shown = await admin.private.next("sent")
    await admin.press(shown, "Note")
    prompt = await admin.private.next("sent")
    noted = await admin.ask("Le coût a été rectifié <depuis>.", reply_to=prompt)
    await admin.press(noted, "Voir ce qui change")
    assert "Changés : 01-pont" in (await publish(admin)).text
    answer = await alice.ask("Qui a rouvert le pont des Tanneurs ?")
    assert "Note sur cet article : Le coût a été rectifié <depuis>." in answer.text
    card_of_reader = await alice.ask("/sources")
    await alice.press(card_of_reader, "1")
    assert "🗑 Retirer du dossier" not in (await alice.private.next("sent")).buttons


async def test_a_bomb_is_told_and_answers_go_on(
    bot: Desk, admin: Person, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that takes too much to read: one sentence, nothing kept, readers do not wait."""
    monkeypatch.setattr(uploads, "read_apart", partial(read_apart, seconds=1))
    await admin.upload("bombe.docx", SLOW)
    await admin.private.next("action")
    assert "Louise Perrin" in (await alice.ask("Qui a rouvert le pont des Tanneurs ?")).text
    told = await admin.private.next("sent")
    assert "trop de temps ou de mémoire" in told.text
    assert not told.buttons
    assert not list((bot.settings.data_dir / "uploads").glob("*"))


async def test_what_was_set_aside_is_not_added(bot: Desk, admin: Person) -> None:
    """A file of a zip that cannot be read is named, and never comes near the dossier."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("piscine.txt", POOL)
        archive.writestr("casse.docx", b"PK rien")
    shown = await card(admin, "articles.zip", packed.getvalue())
    assert "casse.docx" in shown.text
    await admin.press(shown, "Ajouter")
    await admin.private.next("edited")
    assert "casse" not in (await publish(admin)).text
    overlay = bot.library.overlay
    assert overlay is not None
    assert names(overlay) == ["corrections.toml", "piscine.txt"]


async def test_a_title_shows_no_mark_of_direction(bot: Desk, admin: Person, alice: Person) -> None:
    """A title of mixed directions and markup shows its letters in order and nothing else."""
    evil = "La \u202ediov\u202c <b>piscine</b> &amp; \u2067x\u2069 ouvre"
    content = POOL.replace("La piscine ouvre", evil).encode()
    shown = await card(admin, "\u202etxt.eniccip\u202c.txt", content)
    await admin.press(shown, "Ajouter")
    await admin.private.next("edited")
    done = await publish(admin)
    answer = await alice.ask("Qui a inauguré la piscine ?")
    assert "<b>piscine</b> &amp;" in answer.text
    for text in (shown.text, done.text, answer.text):
        assert not set(text) & set("\u202e\u202c\u2067\u2069")


async def test_uploads_do_not_pile_up(bot: Desk, admin: Person) -> None:
    """Fifty may wait for a tap; the next is told to."""
    for n in range(uploads.MOST_WAITING):
        (bot.settings.data_dir / "uploads" / str(n)).mkdir(parents=True)
    told = await card(admin, "piscine.txt", POOL.encode())
    assert "50 envois attendent" in told.text
    assert not told.buttons
