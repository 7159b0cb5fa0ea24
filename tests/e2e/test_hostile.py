"""What people may send to hurt the bot: forged buttons and links, storms, monstrous texts."""

import asyncio

import pytest

from bot.telegram.callbacks import (
    Blame,
    Correct,
    Dates,
    Erase,
    More,
    Publish,
    Rate,
    Remove,
    Suggested,
    Turn,
    encode,
)
from bot.telegram.desk import Desk
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running
from tests.e2e.people import Person
from tests.fuzz.doors import in_time

pytestmark = pytest.mark.anyio

QUESTION = "Qui a rouvert le pont des Tanneurs ?"


async def test_a_forged_button_finds_nothing_of_others(
    bot: Desk, api: BotApi, alice: Person
) -> None:
    """Numbers of another chat's questions and pages: as if they were not there."""
    await alice.ask(QUESTION)
    await alice.say("/chercher Varenne")
    await alice.private.next("sent")
    eve = api.person("Eve")
    shown = await eve.ask("/sources")
    for action in (
        More(1),
        Dates(1),
        Turn(1, 1),
        Suggested(1, 0),
        Rate(1, good=False),
        Blame(1, "answer"),
    ):
        told = await eve.press(shown, "", data=encode(action))
        assert told.get("text"), action
    assert not eve.private.unseen
    assert bot.state.personal(alice.id).questions == 1
    assert bot.state.count("feedback") == 0


async def test_a_forged_button_of_an_admin_does_nothing(
    bot: Desk, admin: Person, alice: Person
) -> None:
    """Publish, remove, correct: pressed by a reader they are for admins."""
    shown = await alice.ask("/sources")
    for action in (Publish(1, go=True), Remove("0", sure=True), Correct(0, "0", "title")):
        told = await alice.press(shown, "", data=encode(action))
        assert "administrateurs" in told["text"]
    assert bot.generation.number == 1
    assert bot.state.audited() == ()


async def test_erasing_is_for_who_presses(bot: Desk, api: BotApi, alice: Person) -> None:
    """A forged "erase" erases the forger's own."""
    await alice.ask(QUESTION)
    eve = api.person("Eve")
    shown = await eve.ask(QUESTION)
    await eve.press(shown, "", data=encode(Erase(sure=True)))
    assert "effacé" in (await eve.private.next("edited")).text
    assert bot.state.personal(eve.id).questions == 0
    assert bot.state.personal(alice.id).questions == 1


LINKS = (
    "r-1-00000000-0-5-000000",
    "r-zzzzzzzzzzzz-00000000-zzzzzzzzzzzz-zzzzzzzzzzzz-000000",
    "ap-1-1",
    "x-1",
    "p-1-1",
    "../../etc/passwd",
    "<b>&",
    "A" * 64,
    "r----",
    "-",
)


async def test_a_forged_link_is_a_welcome(bot: Desk, alice: Person) -> None:
    """/start with anything: a passage that is there, a kind word, or the welcome; never an act."""
    for payload in LINKS:
        assert "dossier" in (await alice.ask(f"/start {payload}")).text, payload
    assert bot.generation.number == 1
    assert not alice.private.unseen


async def test_a_storm_of_inline_queries_is_calmed(
    running: Running, api: BotApi, alice: Person
) -> None:
    """One person's keys: beyond ten for each question a minute, empty lists that are not kept."""
    async with running(rate_per_minute=1):
        given = await asyncio.gather(*(alice.inline(f"pont {n}") for n in range(30)))
        found = [one for one in given if one["results"]]
        assert len(found) == 10
        assert all(one.get("cache_time") in (0, "0") for one in given if not one["results"])
        other = api.person("Bob")
        assert (await other.inline("pont des Tanneurs"))["results"]
        assert "Louise Perrin" in (await other.ask(QUESTION)).text
    assert not api.refusals


MONSTERS = {
    "marks": "e" + "\u0301\u0316" * 2000,
    "one word": "a" * 4096,
    "words": "pont " * 800,
    "directions": "\u202e\u2066" * 1000 + QUESTION,
    "joiners": "\u200d" * 4000 + "?",
    "emoji": "😀" * 2000 + " pont",
    "quotes": '"' * 4000 + "pont",
    "brackets": "(" * 4000 + "pont",
    "dashes": "-" * 4000 + "pont",
    "html": "<b>" * 1000 + "pont</b>",
    "entities": "&amp;" * 800 + "pont",
    "nul": "\0pont\0" * 500,
    "separators": "\u2028\u2029\x0b\x0c\x1c" * 800 + "pont",
    "numbers": "9" * 4000,
    "commas": "1," * 2000 + "?",
    "zalgo": "".join(c + "\u0335\u0301\u0316" * 12 for c in "Qui a rouvert le pont ?"),
}


async def test_a_monstrous_question_gets_an_answer(
    running: Running, api: BotApi, alice: Person
) -> None:
    """Whatever 4,096 characters hold: one message, little work, the next question is answered."""
    async with running(rate_per_minute=0):
        for name, text in MONSTERS.items():
            for said in (text, f"/chercher {text}"[:4096]):
                # Of the processor, the bot's and the stand-in's: other work is no fault.
                with in_time(name):
                    assert (await alice.ask(said)).text, name
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        assert not alice.private.unseen
    assert not api.refusals


async def test_half_a_character_is_no_fault(bot: Desk, alice: Person) -> None:
    """A lone surrogate, which only a broken client could send, is read as a space."""
    for text in ("\ud800Qui a rouvert le pont des Tanneurs ?\udfff", "/chercher pont\udc80"):
        message = {**alice._message(alice.private, None, None), "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": 9}]
        await alice._send(alice.private, message)
        assert "Louise Perrin" in (await alice.private.next("sent")).text


async def test_a_name_with_markup_is_only_a_name(bot: Desk, api: BotApi) -> None:
    """Names of people reach no message as markup, and no table."""
    evil = api.person('</b><a href="http://x">\u202e\0"')
    assert "Louise Perrin" in (await evil.ask(QUESTION)).text
    assert "dossier" in (await evil.ask("/start")).text
    assert "garde" in (await evil.ask("/mesdonnees")).text
