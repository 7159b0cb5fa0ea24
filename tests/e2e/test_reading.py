"""A reader's conversation, over HTTP."""

import pytest

from bot.telegram.desk import Desk
from bot.telegram.screen import typing
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import STICKER
from tests.e2e.people import Event, Person

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"


async def test_start_is_one_message_with_three_examples(bot: Desk, alice: Person) -> None:
    """/start says what the dossier is and offers three questions that it answers."""
    shown = await alice.ask("/start")
    assert shown.marked("bold") == ["Varenne au printemps"]
    assert "3 articles, du 12 mars 2024 au 20 mars 2024" in shown.text
    assert shown.buttons == [
        "Qui a rouvert le pont des Tanneurs ?",
        "Combien a coûté le chantier du pont ?",
        "Où se tient le marché de Varenne ?",
    ]
    assert not alice.private.unseen


async def test_start_speaks_the_language_of_the_readers_telegram(bot: Desk, api: BotApi) -> None:
    """Telegram's language code serves /start."""
    shown = await api.person("Oleg", "ru").ask("/start")
    assert shown.text.startswith("Здравствуйте")


async def test_question_gets_a_cited_answer_that_replies_to_it(bot: Desk, alice: Person) -> None:
    """An answer has a bold headline, a verbatim quote, its source with a link, and replies."""
    asked = await alice.say(QUESTION)
    shown = await alice.private.next("sent")
    assert shown.message["reply_to_message"]["message_id"] == asked
    assert len(shown.marked("bold")) == 1
    quote = shown.marked("blockquote")[0]
    words = quote[quote.index("«") + 2 : quote.index("»") - 1]
    assert words.removeprefix("[…] ").removesuffix(" […]") in bot.generation.article("01-pont").text
    assert "Louise Perrin" in quote
    assert "Le Courrier de Varenne, 12 mars 2024, § 1" in shown.text
    assert shown.marked("text_link")
    assert shown.message["link_preview_options"] == {"is_disabled": True}


async def test_example_button_is_asked_for_the_reader(bot: Desk, alice: Person) -> None:
    """A suggested question that is pressed is shown above its answer."""
    start = await alice.ask("/start")
    await alice.press(start, "Où se tient")
    shown = await alice.private.next("sent")
    assert shown.marked("italic")[0] == "Où se tient le marché de Varenne ?"
    assert "place du Théâtre" in shown.text


async def test_passage_is_shown_in_its_place_with_the_quote_marked(
    bot: Desk, alice: Person
) -> None:
    """📄 shows the paragraph with the quote in bold and its neighbours; ◀ ▶ walk on."""
    answer = await alice.ask(QUESTION)
    await alice.press(answer, "Lire le passage")
    passage = await alice.private.next("sent")
    assert passage.message["reply_to_message"]["message_id"] == answer.id
    title, quote = passage.marked("bold")
    assert title == "Le pont de Varenne rouvre"
    assert "Louise Perrin" in quote
    assert "4,2 millions" in passage.text
    assert "les deux rives" not in passage.text
    await alice.press(passage, "§ 2 ▶")
    walked = await alice.private.next("edited")
    assert walked.id == passage.id
    assert "les deux rives" in walked.text
    await alice.press(walked, "L'article")
    card = await alice.private.next("sent")
    assert "3 paragraphes" in card.text


async def test_other_passages_leave_out_what_was_quoted(bot: Desk, alice: Person) -> None:
    """🔎 lists passages that the answer did not quote, each with a button to open it."""
    answer = await alice.ask("Que sait-on du pont de Varenne ?")
    first = answer.text
    await alice.press(answer, "Autres passages")
    others = await alice.private.next("sent")
    assert others.text.startswith("Autres passages")
    quoted = answer.marked("blockquote")[0][2:40]
    assert quoted in first
    assert quoted not in others.text
    await alice.press(others, "📄 1")
    assert (await alice.private.next("sent")).marked("bold")


async def test_refusal_shows_what_is_near_and_cites_it(bot: Desk, alice: Person) -> None:
    """A question that the dossier does not answer gets an honest line."""
    shown = await alice.ask("Quel vaccin protège de la grippe ?")
    assert "👍" not in shown.buttons
    assert not shown.marked("bold")


async def test_search_lists_passages(bot: Desk, alice: Person) -> None:
    """/chercher shows passages under their sources, and says so when there is none."""
    shown = await alice.ask("/chercher marché")
    assert "passage" in shown.text.splitlines()[0]
    assert shown.buttons[0] == "📄 1"
    nothing = await alice.ask("/search zygomatique")
    assert nothing.text == "Aucun passage ne contient « zygomatique »."
    usage = await alice.ask("/chercher")
    assert usage.text == "Écrivez les mots après la commande : /chercher MOTS"


async def test_search_with_a_broken_limit_is_told(bot: Desk, alice: Person) -> None:
    """/chercher says which operator cannot be used, with an example; a question may look so."""
    shown = await alice.ask("/chercher pont from:<abc>")
    assert shown.text == (
        "from: « <abc> » n'est pas une date ; écrivez par exemple from:2023-02-28."
    )
    results = (await alice.inline("Qui a rouvert le pont depuis : hier ?"))["results"]
    assert len(results) >= 1


async def test_sources_lists_articles_with_their_cards(bot: Desk, alice: Person) -> None:
    """/sources numbers the articles; a number opens the article's card and its text."""
    shown = await alice.ask("/sources")
    assert "Varenne au printemps\n3 articles" in shown.text
    assert "Radio Val, 20 mars 2024" in shown.text
    assert shown.rows[0] == ["1", "2", "3"]
    await alice.press(shown, "3")
    card = await alice.private.next("sent")
    assert card.text.startswith("Un bus de nuit pour Varenne")
    await alice.press(card, "Lire depuis le début")
    opened = await alice.private.next("edited")
    assert "toute la nuit" in opened.text


async def test_help_names_commands_and_hides_the_admins(
    bot: Desk, alice: Person, admin: Person
) -> None:
    """/aide shows admins' commands to admins only."""
    assert "/reload" not in (await alice.ask("/aide")).text
    assert "/reload" in (await admin.ask("/help")).text


async def test_a_word_for_what_is_no_question(bot: Desk, alice: Person) -> None:
    """Punctuation, stickers and unknown commands each get one kind line."""
    assert "en toutes lettres" in (await alice.ask("?!")).text
    await alice.say("", sticker=STICKER)
    assert "Je ne lis que du texte" in (await alice.private.next("sent")).text
    await alice.say("", location={"latitude": 1.5, "longitude": 2.5})
    assert "Je ne lis que du texte" in (await alice.private.next("sent")).text
    assert "ne connais pas cette commande" in (await alice.ask("/danser")).text


async def test_the_longest_message_is_answered(bot: Desk, alice: Person) -> None:
    """A question of 4,096 characters gets an answer that Telegram accepts."""
    shown = await alice.ask(("Le pont <b>&amp; de Varenne ? " * 150)[:4096])
    assert shown.text


async def test_forgetting_empties_the_thread(bot: Desk, alice: Person) -> None:
    """/oublier: the next question leans on none before."""
    await alice.ask(QUESTION)
    assert bot.state.turns(alice.id) == (QUESTION,)
    assert "C'est oublié" in (await alice.ask("/oublier")).text
    assert bot.state.turns(alice.id) == ()


@pytest.mark.parametrize("data", ["", "x", "r-1-zz", "m-zzzzzzzz", "p-1-9", "w-00000000-zz"])
async def test_buttons_that_mean_nothing_are_told_kindly(
    bot: Desk, alice: Person, data: str
) -> None:
    """Forged or forgotten callback data gets a line, never a fault."""
    answer = await alice.ask(QUESTION)
    told = await alice.press(answer, "", data=data)
    assert told["text"]


async def test_passage_button_of_an_older_generation_finds_the_quote_again(
    bot: Desk, alice: Person
) -> None:
    """A quote that moved in its article is found; one that is gone is told, with the article."""
    answer = await alice.ask(QUESTION)
    folder = bot.settings.dossier_dir
    assert folder is not None
    path = folder / "01-pont.txt"
    text = path.read_text(encoding="utf-8")
    title, _, rest = text.partition("\n\n")
    path.write_text(f"{title}\n\nUn premier paragraphe a été ajouté.\n\n{rest}", encoding="utf-8")
    assert bot.library.reload().changed
    await alice.press(answer, "Lire le passage")
    assert "Louise Perrin" in (await alice.private.next("sent")).marked("bold")[1]
    path.write_text(f"{title}\n\nTout a été réécrit.\n", encoding="utf-8")
    bot.library.reload()
    told = await alice.press(answer, "Lire le passage")
    assert "a changé" in told["text"]
    assert "Tout a été réécrit" in (await alice.private.next("sent")).text
    path.unlink()
    bot.library.reload()
    told = await alice.press(answer, "Lire le passage")
    assert "n'est plus dans le dossier" in told["text"]


async def test_typing_is_shown_when_an_answer_takes_long(bot: Desk, alice: Person) -> None:
    """After 300 ms the chat shows that the bot is at work."""
    from telegram import Bot

    from bot.telegram.desk import Place

    await alice.ask("/start")
    place = Place(alice.id, 0, alice.id, private=True, message=None, code="fr")
    async with Bot(
        bot.settings.require_token().reveal(), base_url=bot.settings.api_base_url
    ) as sender:

        async def work() -> Event:
            return await alice.private.next("action")

        assert (await typing(sender, place, work())).message == {"action": "typing"}
