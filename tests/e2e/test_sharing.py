"""Inline mode, deep links, copying and sharing, over HTTP."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"


async def test_inline_offers_the_answer_and_passages(bot: Desk, alice: Person) -> None:
    """`@bot question` offers a cited answer, then passages, the same for everybody."""
    offered = await alice.inline(QUESTION)
    assert offered["cache_time"] == 300
    assert not offered.get("is_personal")
    answer, *passages = offered["results"]
    assert "Louise Perrin" in answer["title"]
    assert "Le Courrier de Varenne" in answer["description"]
    assert answer["shown"]["text"].startswith(QUESTION)
    assert "« La maire de Varenne, Louise Perrin" in answer["shown"]["text"]
    assert passages
    (button,) = answer["reply_markup"]["inline_keyboard"][0]
    assert button["url"].startswith("https://t.me/dossier_test_bot?start=r-")
    assert bot.state.turns(alice.id) == ()


async def test_inline_says_when_the_dossier_does_not(bot: Desk, alice: Person) -> None:
    """A question without an answer offers that, as something to insert too."""
    offered = await alice.inline("Quel vaccin protège de la grippe ?")
    assert offered["results"][0]["description"].startswith("Le dossier ne le dit pas")


async def test_inline_waits_for_a_question(bot: Desk, alice: Person) -> None:
    """Too little to look for: no result, and a button that opens the bot."""
    for typed in ("", "le", "?!"):
        offered = await alice.inline(typed)
        assert offered["results"] == []
        assert offered["button"]["start_parameter"] == "inline"


async def test_inline_of_a_private_bot_is_for_its_own(
    running: Running, api: BotApi, alice: Person, admin: Person
) -> None:
    """ALLOWED_CHATS: strangers are offered nothing, and nothing of it is cached for others."""
    async with running(allowed_chats=(admin.id,)):
        offered = await alice.inline(QUESTION)
        assert offered["results"] == []
        assert offered["is_personal"]
        offered = await admin.inline(QUESTION)
        assert offered["results"]
        # Else Telegram would show them to whoever types the same question next.
        assert offered["is_personal"]


async def test_a_footnote_is_copied_with_one_tap(bot: Desk, alice: Person) -> None:
    """Beside the quote there is its note: title, outlet, date, paragraph."""
    answer = await alice.ask(QUESTION)
    await alice.press(answer, "Lire le passage")
    passage = await alice.private.next("sent")
    note = "« Le pont de Varenne rouvre », Le Courrier de Varenne, 12 mars 2024, § 1"
    assert passage.button("📝 Note")["copy_text"] == {"text": note}


async def test_a_shared_link_opens_the_passage(bot: Desk, api: BotApi, alice: Person) -> None:
    """The link that 🔗 shares opens the same passage for somebody else."""
    answer = await alice.ask(QUESTION)
    await alice.press(answer, "Lire le passage")
    passage = await alice.private.next("sent")
    target = parse_qs(urlsplit(passage.button("Partager")["url"]).query)
    assert "Louise Perrin" in target["text"][0]
    payload = parse_qs(urlsplit(target["url"][0]).query)["start"][0]
    opened = await api.person("Bob").ask(f"/start {payload}")
    assert opened.marked("bold") == passage.marked("bold")
    assert opened.text == passage.text


async def test_a_link_that_names_nothing_is_a_welcome(bot: Desk, alice: Person) -> None:
    """A forged or unknown payload is an ordinary /start; a passage that is gone is told."""
    for payload in ("zzz", "m-1", "inline", "r-1-zz"):
        assert (await alice.ask(f"/start {payload}")).text.startswith("Bonjour")
    gone = await alice.ask("/start r-1-00000000-0-5-000000")
    assert gone.text == "Cet article n'est plus dans le dossier."


async def test_a_quote_is_copied_with_its_source(bot: Desk, alice: Person) -> None:
    """📋 copies the quote with its source by one tap."""
    answer = await alice.ask(QUESTION)
    await alice.press(answer, "Lire le passage")
    passage = await alice.private.next("sent")
    copied = passage.button("Copier")["copy_text"]["text"]
    assert copied.startswith("« La maire de Varenne, Louise Perrin")
    assert "Le Courrier de Varenne" in copied
    assert len(copied) <= 256


async def test_a_long_quote_is_copied_from_a_message(bot: Desk, alice: Person) -> None:
    """What is too long for a button comes as text that one tap copies, whole."""
    folder = bot.settings.dossier_dir
    assert folder is not None
    long = "La bibliothèque de Varenne prête des livres, " + ", ".join(["des cartes"] * 25) + "."
    (folder / "05-livres.txt").write_text(f"La bibliothèque\n\n{long}\n", encoding="utf-8")
    bot.library.reload()
    found = await alice.ask("/chercher bibliothèque")
    await alice.press(found, "📄 1")
    passage = await alice.private.next("sent")
    await alice.press(passage, "Copier")
    shown = await alice.private.next("sent")
    assert long in shown.marked("code")[0]
