"""Scenario files: who says and presses what; what everybody then sees is kept in a transcript.

A step has `say`, `press`, `edit`, `inline` or `upload`, and may have `who` (Alice; Ada is the
admin), `in` (a group, made when first named), `thread` (a forum topic), `reply` (true: to the
bot's last message), `expect` (events to wait for, 1 if not said) and `toast` (false: not waited).
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.botapi import BotApi
from tests.e2e.people import Chat, Event, Person
from tests.e2e.transcript import lines_of, marked_up

_TIMES = re.compile(
    r"\d{1,2}(?:er)? \S+ 20\d\d \d\d:\d\d|(?<= : )\d+ ms|(?<=, le )\d[^\n]* 20\d\d$", re.MULTILINE
)

_NUMBER_OF = re.compile(r"\{numéro de (\w+)\}")
"""What a `say` has in the place of a person's number."""

_UNDERSTOOD = re.compile(r"(?:^<i>\(compris : .*\)</i>\n)+", re.MULTILINE)

FOLDER = Path(__file__).parent / "scenarios"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario file."""

    name: str
    title: str
    steps: tuple[dict[str, Any], ...]

    @property
    def golden(self) -> Path:
        """Where its transcript is kept."""
        return FOLDER / "varenne" / f"{self.name}.txt"


def scenarios(dossier: str) -> list[Scenario]:
    """The scenarios on one dossier, by name: "varenne" (compared) or "builtin" (pictures)."""
    found = []
    for path in sorted((FOLDER / dossier).glob("*.toml")):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(
            Scenario(
                path.stem,
                read["title"],
                tuple(read["steps"]),
            )
        )
    return found


@dataclass
class Stage:
    """Where a scenario is played: the people and groups that it has named so far."""

    api: BotApi
    admin: Person
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Chat] = field(default_factory=dict)
    threads: dict[str, int] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    said: int = 0

    async def play(self, scenario: Scenario) -> str:
        """Plays every step; the transcript as text."""
        for step in scenario.steps:
            await self._step(step)
        text = "\n".join(line for entry in self.entries for line in lines_of(entry)) + "\n"
        # Which words answer best is the engine's affair, and is measured elsewhere.
        for headline in self._headlines():
            for before in ("<b>", "↩ ", "proposé : "):
                text = text.replace(f"{before}{headline}", f"{before}(titre)")
        for name, person in {**self.people, "Ada": self.admin}.items():
            text = re.sub(rf"\b{person.id}\b", f"(numéro de {name})", text)
        return _TIMES.sub("(heure)", _UNDERSTOOD.sub("(compris)\n", text))

    def _headlines(self) -> set[str]:
        answers = (
            Event("sent", entry["message"])
            for entry in self.entries
            if entry["kind"] in ("sent", "edited") and "message_id" in entry["message"]
        )
        own = {one.marked("bold")[0] for one in answers if "👍" in one.buttons}
        return own | {entry["title"] for entry in self.entries if entry["kind"] == "offered"}

    async def _step(self, step: dict[str, Any]) -> None:
        person = self._person(step.get("who", "Alice"))
        chat = self._chat(step, person)
        name = person.card["first_name"]
        default = 1
        if "say" in step:
            said = _NUMBER_OF.sub(lambda found: str(self._person(found[1]).id), step["say"])
            self._note("said", name, said)
            reply_to = self._last(chat) if step.get("reply") else None
            thread = self._thread(chat, step)
            self.said = await person.say(said, chat, reply_to=reply_to, thread=thread)
        elif "edit" in step:
            self._note("said", name, f"(modifie) {step['edit']}")
            await person.edit(self.said, step["edit"], chat)
        elif "upload" in step:
            self._note("said", name, f"(envoie) {step['upload']}")
            await person.upload(step["upload"], step["content"].encode(), chat=chat)
        elif "press" in step:
            event = self._with_button(chat, step["press"])
            self._note("pressed", name, event.button(step["press"])["text"])
            told = await person.press(event, step["press"])
            if told.get("text"):
                self.entries.append({"kind": "toast", "text": told["text"]})
                default = 0
        elif "inline" in step:
            self._note("said", name, f"@dossier_test_bot {step['inline']}")
            self._offered(await person.inline(step["inline"]))
            default = 0
        for _ in range(step.get("expect", default)):
            event = await chat.next()
            self.entries.append({"kind": event.kind, "message": event.message})

    def _note(self, kind: str, who: str, text: str) -> None:
        self.entries.append({"kind": kind, "who": who, "text": text})

    def _offered(self, given: dict[str, Any]) -> None:
        for result in given["results"]:
            shown = result["shown"]
            self.entries.append(
                {
                    "kind": "offered",
                    "title": result["title"],
                    "about": result["description"],
                    "html": marked_up(shown["text"], shown["entities"]),
                }
            )

    def _person(self, name: str) -> Person:
        if name == self.admin.card["first_name"]:
            return self.admin
        if name not in self.people:
            language = {"Oleg": "ru", "Emma": "en"}.get(name, "fr")
            self.people[name] = self.api.person(name, language)
        return self.people[name]

    def _chat(self, step: dict[str, Any], person: Person) -> Chat:
        name = step.get("in")
        if name is None:
            return person.private
        if name not in self.groups:
            self.groups[name] = self.api.group(name, forum="thread" in step)
        return self.groups[name]

    def _thread(self, chat: Chat, step: dict[str, Any]) -> int | None:
        name = step.get("thread")
        if name is None:
            return None
        if name not in self.threads:
            self.threads[name] = chat.topic(name)
        return self.threads[name]

    def _last(self, chat: Chat) -> Event:
        return next(e for e in reversed(chat.events) if e.kind == "sent")

    def _with_button(self, chat: Chat, words: str) -> Event:
        for event in reversed(chat.events):
            shown = Event("sent", chat.messages.get(event.message.get("message_id", 0), {}))
            if any(words in text for text in shown.buttons):
                return shown
        raise AssertionError(f"no message with a button {words!r}")
