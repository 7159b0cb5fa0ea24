"""Every method that the bot calls, held against an independent model of the Bot API (aiogram)."""

import pytest

from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running
from tests.e2e.people import Person
from tests.e2e.test_adding import POOL
from tests.e2e.test_figures import stats

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


@pytest.fixture
def api_is_strict() -> bool:
    """The stand-in of these tests checks names and types."""
    return True


async def test_parameters_are_those_of_the_bot_api(
    running: Running, api: BotApi, admin: Person, alice: Person
) -> None:
    """Names and types of all parameters are known to aiogram, over a day of everything."""
    async with running():
        start = await alice.ask("/start")
        await alice.press(start, "Qui a rouvert")
        answer = await alice.private.next("sent")
        await alice.press(answer, "Lire le passage")
        passage = await alice.private.next("sent")
        await alice.press(passage, "§ 2 ▶")
        await alice.private.next("edited")
        await alice.press(answer, "👎")
        blamed = await alice.private.next("edited")
        await alice.press(blamed, "Autre chose")
        await alice.private.next("edited")
        await alice.ask("La date", reply_to=await alice.private.next("sent"))
        for command in ("/sources", "/chercher marché", "/langue", "/aide", "/oublier", "/avis ok"):
            await alice.ask(command)
        await alice.inline("Qui a rouvert le pont ?")
        forum = api.group(forum=True)
        thread = forum.topic("Pont")
        await alice.say("/ask Qui a rouvert le pont ?", forum, thread=thread)
        await forum.next("sent")
        await stats(admin)
        for command in ("/health", "/export", "/rollback", "/add"):
            await admin.ask(command)
        await admin.upload("un.txt", POOL.encode())
        shown = await admin.private.next("sent")
        await admin.press(shown, "Titre")
        await admin.say("Autre titre", reply_to=await admin.private.next("sent"))
        await admin.private.next("edited")
        await admin.private.next("sent")
        await admin.press(shown, "Ajouter")
        await admin.private.next("edited")
        await admin.private.next("sent")
        await admin.press(await admin.private.next("edited"), "Publier")
        await admin.private.next("edited")
    assert not api.refusals
    called = {request.method for request in api.requests}
    assert {"sendMessage", "editMessageText", "answerInlineQuery", "sendDocument"} <= called
