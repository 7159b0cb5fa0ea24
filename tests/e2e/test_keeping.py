"""/garder over HTTP: a reader's own conversation as two files."""

import pytest

from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.people import Event, Person

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"


def content(api: BotApi, shown: Event) -> tuple[str, str]:
    """Name and text of a document that was sent."""
    document = shown.message["document"]
    return document["file_name"], api.files[document["file_id"]][1].decode()


async def test_a_conversation_comes_as_two_files(bot: Desk, api: BotApi, alice: Person) -> None:
    """HTML and Markdown, with question, answer, quote and footnote, and greetings left out."""
    for text in ("bonjour", QUESTION, "Quel vaccin protège de la grippe ?"):
        await alice.ask(text)
    page = await alice.ask("/garder")
    assert "2 questions de cette conversation" in page.text
    name, html = content(api, page)
    assert name.startswith("conversation-20")
    assert name.endswith(".html")
    assert QUESTION in html
    assert "« Le pont de Varenne rouvre », Le Courrier de Varenne, 12 mars 2024, § 1" in html
    assert "bonjour" not in html
    name, text = content(api, await alice.private.next("sent"))
    assert name.endswith(".md")
    assert f"## {QUESTION}" in text


async def test_nothing_asked_is_nothing_to_keep(bot: Desk, alice: Person) -> None:
    """One sentence."""
    assert "rien à garder" in (await alice.ask("/keep")).text


async def test_a_conversation_is_its_reader_s_alone(
    bot: Desk, api: BotApi, alice: Person, admin: Person
) -> None:
    """Neither what others asked, in the same group, nor one's own questions of other chats."""
    group = api.group("Rédaction")
    await alice.ask(QUESTION)
    await alice.ask("/ask Où se tient le marché de Varenne ?", group)
    await admin.ask("/ask Combien a coûté le chantier du pont ?", group)
    _, html = content(api, await alice.ask("/garder", group))
    assert "Où se tient le marché" in html
    assert "Combien a coûté" not in html
    assert QUESTION not in html
    await group.next("sent")
    bot.state.erase(alice.id)
    assert "rien à garder" in (await alice.ask("/garder")).text
