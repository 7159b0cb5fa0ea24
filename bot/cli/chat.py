"""`dossier chat`: the conversation of the Telegram bot, in a terminal."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from bot.cli.folder import article_lines, print_passage
from bot.cli.memory import Memory
from bot.cli.press import show_lines, write_file
from bot.cli.questions import find_within, show, show_hits
from bot.cli.session import Session
from bot.cli.status import DONE, UsageError
from bot.cli.streams import clean, is_empty
from bot.garbage import spare_questions
from bot.texts import LANGUAGES, texts
from knowledge.errors import UnusableSearch
from knowledge.model import Abstention, Language, Limits

if TYPE_CHECKING:
    from bot.render.takeaway import Exchange
    from knowledge.generation import Generation

MEMORY = 5
"""Questions that a follow-up can lean on, as in Telegram."""

Act = Literal[
    "help", "sources", "search", "passage", "verify", "who", "timeline", "brief", "compare",
    "keep", "lang", "explain", "forget", "quit",
]  # fmt: skip

COMMANDS: dict[str, Act] = {
    "/aide": "help",
    "/sources": "sources",
    "/chercher": "search",
    "/passage": "passage",
    "/verifier": "verify",
    "/qui": "who",
    "/chronologie": "timeline",
    "/resume": "brief",
    "/comparer": "compare",
    "/garder": "keep",
    "/langue": "lang",
    "/expliquer": "explain",
    "/oublier": "forget",
    "/quitter": "quit",
    "/help": "help",
    "/search": "search",
    "/verify": "verify",
    "/who": "who",
    "/timeline": "timeline",
    "/summary": "brief",
    "/compare": "compare",
    "/keep": "keep",
    "/lang": "lang",
    "/explain": "explain",
    "/forget": "forget",
    "/quit": "quit",
}
"""French names and their English aliases, as in Telegram."""


@dataclass(slots=True)
class Conversation:
    """The state of one conversation: what was asked, in which language, how it is shown."""

    session: Session
    generation: "Generation"
    lang: Language | None
    explain: bool = False
    history: list[str] = field(default_factory=list)
    suggestions: tuple[str, ...] = ()
    exchanges: list["Exchange"] = field(default_factory=list)
    memory: Memory = field(init=False)

    def __post_init__(self) -> None:
        self.memory = Memory(self.session.settings)

    def take(self, line: str) -> bool:
        """Does what one line says; False when the conversation is over."""
        text = clean(line).strip()
        if is_empty(text):
            return True
        if text.startswith("/"):
            return self._command(text)
        self._ask(text)
        return True

    @property
    def language(self) -> Language:
        """The language of the conversation's own words."""
        return self.lang or self.session.words.language

    def say(self, key: str, **fields: object) -> None:
        """One sentence of the interface on standard output."""
        print(texts(self.language)[f"chat.{key}"].format(**fields))

    def _ask(self, question: str) -> None:
        from bot.state.replies import Terms
        from knowledge.answering import answer

        today = datetime.now(UTC).astimezone().date()
        history = tuple(self.history)
        began = time.perf_counter()
        reply = answer(self.generation, question, history=history, language=self.lang, today=today)
        spent = (time.perf_counter() - began) * 1000
        self.memory.keep(self.generation, reply, Terms(history, self.lang, today=today), spent)
        show(reply, self.generation, explain=self.explain)
        from bot.render.takeaway import Exchange

        if not (isinstance(reply, Abstention) and reply.reason == "small_talk"):
            self.exchanges.append(Exchange(datetime.now(UTC).astimezone(), question, reply))
        self.history = [*self.history, question][-MEMORY:]
        self.suggestions = reply.suggestions

    def _command(self, text: str) -> bool:
        name, _, rest = text.partition(" ")
        rest = rest.strip()
        match COMMANDS.get(name.lower()):
            case "help":
                self.say("help")
            case "sources":
                words = texts(self.language)
                listed = (article_lines(a, words) for a in self.generation.dossier.articles)
                print("\n\n".join(listed))
            case "search":
                self._search(rest)
            case "passage":
                self._passage(rest)
            case "verify" | "who" | "timeline" as act:
                self._press(act, rest)
            case "brief":
                self._brief(rest)
            case "compare":
                self._compare(rest)
            case "keep":
                self._keep(rest)
            case "lang":
                self._speak(rest)
            case "explain":
                self.explain = not self.explain
                self.say("explain_on" if self.explain else "explain_off")
            case "forget":
                self.history, self.suggestions = [], ()
                self.say("forgotten")
            case "quit":
                return False
            case None:
                self.say("unknown", command=name)
        return True

    def _search(self, words: str) -> None:
        if is_empty(words):
            self._usage("search")
        else:
            try:
                hits = find_within(self.generation, words, 5, Limits())
            except UnusableSearch as error:
                print(error)
                return
            show_hits(hits, self.generation, texts(self.language))

    def _passage(self, words: str) -> None:
        name, _, number = words.rpartition(" ")
        if not name or not number.isdecimal() or len(number) > 9:
            self._usage("passage")
            return
        try:
            article = self.session.article(self.generation, name.strip())
            print_passage(self.session, article, int(number))
        except UsageError as error:
            print(error)

    def _press(self, act: Literal["verify", "who", "timeline"], words: str) -> None:
        from bot.render import press as render
        from knowledge import press

        if is_empty(words) and act != "timeline":
            self._usage(act)
            return
        generation, language = self.generation, self.language
        match act:
            case "verify":
                found = press.verify(generation, words)
                show_lines(render.verification_lines(found, language, generation.article))
            case "who":
                profile = press.who(generation, words)
                show_lines(render.profile_lines(profile, language, generation.article))
            case "timeline":
                from knowledge.answering.periods import span_of
                from knowledge.press.timeline import needs_a_name

                try:
                    span = span_of(words, datetime.now(UTC).astimezone().date())
                except UnusableSearch as error:
                    print(error)
                    return
                if not span.name and needs_a_name(generation):
                    print(texts(language)["press.timeline_of_whom"])
                    return
                events = press.timeline(generation, span.name or None, span.limits)
                show_lines(render.timeline_lines(events, language, generation.article))

    def _brief(self, name: str) -> None:
        from bot.render.briefing import brief_part
        from knowledge.press import brief

        generation = self.generation
        try:
            article = self.session.article(generation, name) if name else None
        except UsageError as error:
            print(error)
            return
        found = brief(generation, article.id if article else None)
        title = article.title if article else generation.dossier.title
        part = brief_part(found, title, self.language, generation.article)
        show_lines(part.lines(self.language))

    def _compare(self, subject: str) -> None:
        from bot.render.briefing import compare_part
        from knowledge.press import compare

        if is_empty(subject):
            self._usage("compare")
            return
        found = compare(self.generation, subject)
        part = compare_part(found, self.language, self.generation.article)
        show_lines(part.lines(self.language))

    def _keep(self, name: str) -> None:
        """Writes what was said here to a file: HTML by its suffix, else Markdown."""
        if not name:
            self._usage("keep")
            return
        if not self.exchanges:
            self.say("keep_nothing")
            return
        from bot.cli.export import form_of, text_of
        from bot.render.takeaway import conversation_takeaway

        dossier = self.generation.dossier
        takeaway = conversation_takeaway(
            dossier.title, self.exchanges, dossier.articles, self.language
        )
        try:
            content = text_of(takeaway, form_of(name)).encode("utf-8", "replace")
            write_file(self.session, name, content)
        except UsageError as error:
            print(error)

    def _speak(self, name: str) -> None:
        if name == "auto":
            self.lang = None
            self.say("language_auto")
        elif name in LANGUAGES:
            self.lang = name
            self.say("language_set")
        else:
            self.say("language_unknown")

    def _usage(self, command: str) -> None:
        self.say("usage", usage=texts(self.language)[f"chat.usage_{command}"])


def chat(session: Session, _arguments: argparse.Namespace) -> int:
    """Talks until the input ends; without a terminal it reads lines and prints plain replies."""
    generation = session.generation()
    spare_questions()
    conversation = Conversation(session, generation, session.lang)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        lines = (line.decode("utf-8-sig", "surrogateescape").strip() for line in sys.stdin.buffer)
        for n, text in enumerate(filter(None, lines)):
            if n:
                print()
            if not conversation.take(text):
                break
            sys.stdout.flush()
        return DONE
    dossier = generation.dossier
    counted = session.words.count("cli.articles", len(dossier.articles))
    conversation.say("welcome", title=dossier.title, articles=counted)
    for line in _typed(conversation):
        print()
        if not conversation.take(line):
            break
        print()
    conversation.say("farewell")
    return DONE


def _typed(conversation: Conversation) -> Iterator[str]:
    from bot.cli.prompt import Prompt

    words = conversation.session.words
    prompt = Prompt(
        words["chat.prompt"],
        conversation.session.settings.data_dir / "chat_history",
        _completions(conversation),
    )
    # Ctrl-D ends the conversation; Ctrl-C empties the line, as in a shell.
    with suppress(EOFError):
        while True:
            with suppress(KeyboardInterrupt):
                yield prompt.read()


def _completions(conversation: Conversation) -> Callable[[str], list[str]]:
    def complete(text: str) -> list[str]:
        if text.startswith("/"):
            name, space, rest = text.partition(" ")
            if not space:
                return [command for command in COMMANDS if command.startswith(name)]
            if COMMANDS.get(name) == "passage":
                ids = [article.id for article in conversation.generation.dossier.articles]
                return [f"{name} {i} " for i in ids if i.startswith(rest)]
            if COMMANDS.get(name) == "lang":
                return [f"{name} {code}" for code in (*LANGUAGES, "auto") if code.startswith(rest)]
            return []
        start = text.casefold()
        return [q for q in conversation.suggestions if q.casefold().startswith(start)]

    return complete
