"""Anything at all, in any order, from readers and admins: no fault, nothing that Telegram refuses.

DOSSIER_CHAOS sets how many acts (default 80), DOSSIER_SEED which.
"""

import os
import random
import string
from collections.abc import Awaitable, Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.callbacks import _TAGS, FIELDS, encode, short_id
from bot.telegram.desk import Desk
from tests.bot.render.hostile import BREAK
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import ARTICLES
from tests.e2e.people import Chat, Event, Person
from tests.fuzz.seeds import HOSTILE, QUESTIONS

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

ACTS = int(os.environ.get("DOSSIER_CHAOS", "80"))
SEED = int(os.environ.get("DOSSIER_SEED", "5"))
QUESTION = "Qui a rouvert le pont des Tanneurs ?"
COMMANDS = (
    "start", "aide", "sources", "chercher", "verifier", "qui", "chronologie", "resume", "comparer",
    "garder", "ask", "oublier", "langue", "avis", "mesdonnees", "supprimer", "admins", "reload",
    "rollback", "add", "remove", "stats", "export", "health", "nope",
)  # fmt: skip
WORDS = (
    *HOSTILE, *QUESTIONS, QUESTION, "pont", "Louise Perrin", "fr", "12", "@x", "Et le marché ?",
    "« Ce pont relie enfin les deux rives »", "https://exemple.fr/a", "-", "28/02/2023", "Merci !",
)  # fmt: skip
NAMES = (
    "a.txt",
    "../b.md",
    "c.html",
    "d.docx",
    "e.pdf",
    "f.zip",
    "dossier.toml",
    "\u202etxt.exe",
    "",
)
IDS = (*map(short_id, ARTICLES), "00000000", "zz", "")


class Chaos:
    """One thing after the other that somebody may do, by chance."""

    def __init__(self, chance: random.Random, people: list[Person], chats: list[Chat]) -> None:
        self.chance = chance
        self.people = people
        self.chats = chats
        self.did: list[str] = []

    async def act(self) -> None:
        """Does one thing."""
        acts: tuple[Callable[[], Awaitable[object]], ...] = (
            self.say, self.say, self.command, self.command, self.press, self.forge, self.forge,
            self.edit, self.inline, self.upload,
        )  # fmt: skip
        await self.chance.choice(acts)()

    def words(self) -> str:
        """Some words, hostile or not."""
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(0, 3)))[:4096]

    def where(self, person: Person) -> Chat:
        """The person's own chat, or the group."""
        return self.chance.choice([person.private, person.private, *self.chats])

    def who(self) -> Person:
        """Somebody."""
        return self.chance.choice(self.people)

    def shown(self) -> Event | None:
        """A message of the bot's that has not been deleted."""
        events = [e for c in self._places() for e in c.events if e.kind in ("sent", "edited")]
        return self.chance.choice(events) if events else None

    def _places(self) -> list[Chat]:
        return [*(person.private for person in self.people), *self.chats]

    async def say(self) -> None:
        """Says something, perhaps as a reply to what the bot has shown."""
        await self._say(self.words() or "?")

    async def command(self) -> None:
        """A command with or without words."""
        await self._say(f"/{self.chance.choice(COMMANDS)} {self.words()}".strip()[:4096])

    async def _say(self, text: str) -> None:
        person, event = self.who(), self.shown()
        chat, more = self.where(person), {}
        if event is not None and event.id in chat.messages and self.chance.random() < 0.3:
            more = {"reply_to": event.id}
        self.did.append(f"say {ascii(text)[:200]}")
        await person.say(text, chat, **more)

    async def press(self) -> None:
        """A button that is shown, by anybody."""
        event = self.shown()
        data = [one["callback_data"] for one in _buttons(event) if "callback_data" in one]
        if event is not None and data:
            await self._press(event, self.chance.choice(data))

    async def forge(self) -> None:
        """A button that was never shown."""
        event = self.shown()
        if event is None:
            return
        kind = self.chance.choice(list(_TAGS.values()))
        data = encode(kind(*(self._value(str(field.type)) for field in fields(kind))))
        if self.chance.random() < 0.3:
            place = self.chance.randrange(len(data))
            data = data[:place] + self.chance.choice("-0z\u00e9 ") + data[place + 1 :]
        await self._press(event, data[:64])

    def _value(self, kind: str) -> Any:
        match kind:
            case "int":
                return self.chance.choice([0, 1, 2, 3, 7, 36**12 - 1, self.people[0].id])
            case "bool":
                return self.chance.random() < 0.5
        letters = "".join(self.chance.choices(string.ascii_lowercase + string.digits, k=6))
        return self.chance.choice([*IDS, *FIELDS, "fr", "auto", letters])

    async def _press(self, event: Event, data: str) -> None:
        self.did.append(f"press {data}")
        await self.who().press(event, "", data=data)

    async def edit(self) -> None:
        """A message that somebody wrote becomes another."""
        person = self.who()
        own = [
            (number, chat)
            for chat in (person.private, *self.chats)
            for number, message in chat.messages.items()
            if message.get("from", {}).get("id") == person.id and "text" in message
        ]
        if own:
            number, chat = self.chance.choice(own)
            text = self.words() or "?"
            self.did.append(f"edit {ascii(text)[:200]}")
            await person.edit(number, text, chat)

    async def inline(self) -> None:
        """`@bot words` in some chat."""
        text = self.words()[:256]
        self.did.append(f"inline {text!a}")
        await self.who().inline(text)

    async def upload(self) -> None:
        """A file of any name and content."""
        name = self.chance.choice(NAMES)
        content = self.words().encode("utf-8", "replace") * self.chance.choice([0, 1, 50])
        self.did.append(f"upload {name!a} {content[:60]!r}")
        person = self.who()
        await person.upload(name, content, self.words()[:1024], self.where(person))


def _buttons(event: Event | None) -> list[dict[str, Any]]:
    rows = event._keyboard() if event is not None else []
    return [button for row in rows for button in row]


async def test_nothing_that_is_sent_makes_a_fault(
    dossier: Path, bot: Desk, api: BotApi, admin: Person, alice: Person
) -> None:
    """After whatever was done the bot answers; the log holds no error, Telegram refused nothing."""
    chaos = Chaos(random.Random(SEED), [admin, alice, api.person("Bob")], [api.group()])
    for _ in range(ACTS):
        try:
            await chaos.act()
        except AssertionError:
            print("\n".join(chaos.did[-5:]))  # noqa: T201
            raise
    for person in chaos.people:
        number = await person.say(QUESTION)
        await api.until(lambda: _is_answered(person, number), within=60)  # noqa: B023
    refused = [(one.method, one.description) for one in api.refusals if not _is_usual(one)]
    assert not refused, chaos.did
    api.refusals.clear()


def _is_answered(person: Person, number: int) -> bool:
    return any(
        event.kind == "sent"
        and event.message.get("reply_to_message", {}).get("message_id") == number
        for event in person.private.events
    )


def _is_usual(refusal: Any) -> bool:
    """What Telegram says of a button that changes nothing, which is no fault."""
    return "not modified" in refusal.description


@pytest.fixture
def dossier(dossier: Path) -> Path:
    """The small dossier with an article that tries to break out of every page."""
    (dossier / "04-hostile.txt").write_text(f"<b>Titre</b> & «\u202e»\n\n{BREAK}", encoding="utf-8")
    return dossier
