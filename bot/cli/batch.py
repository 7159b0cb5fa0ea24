"""`dossier batch`: JSON lines in, JSON lines out, same order, flushed one by one."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from bot.cli.memory import Memory
from bot.cli.questions import added_of, explanation_object, find_within, json_text
from bot.cli.session import Session
from bot.cli.status import DONE, FAULT, USAGE
from bot.cli.streams import clean, is_empty
from bot.garbage import spare_questions
from bot.state.replies import Terms
from bot.texts import LANGUAGES, Texts
from knowledge.errors import UnusableSearch
from knowledge.model import Language, Limits

if TYPE_CHECKING:
    from knowledge.generation import Generation

MOST_HITS = 1000


class BadLine(Exception):
    """A line that cannot be used; its text is one sentence."""


def batch(session: Session, arguments: argparse.Namespace) -> int:
    """Answers each line: 0 when every line was read, else 2; 3 after a fault of ours."""
    limits = session.limits(arguments)
    library = session.library()
    tasks = {"ask": _ask, "search": _search, "select": _select, "verify": _verify}
    task = tasks[arguments.task]
    today = datetime.now(UTC).astimezone().date()
    status = DONE
    memory = Memory(session.settings)
    spare_questions()
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        # Taken once a line: a reload between two lines must not mix generations in one answer.
        work = Work(session, library.current, limits, today, memory, explain=arguments.explain)
        given: object = None
        try:
            row = _row(line, session.words)
            given = row.get("id")
            result = {"id": given} | task(work, row)
        except (BadLine, UnusableSearch) as error:
            result, status = {"id": given, "error": str(error)}, max(status, USAGE)
        except Exception as error:  # noqa: BLE001 - one line's fault must not stop the others
            from bot.cli.faults import note

            note(error)
            sentence = session.words["cli.batch_fault"].format(kind=type(error).__name__)
            result, status = {"id": given, "error": sentence}, FAULT
        print(json_text(result), flush=True)
    return status


class Work:
    """What a line is answered with."""

    def __init__(
        self,
        session: Session,
        generation: "Generation",
        limits: Limits,
        today: date,
        memory: Memory,
        *,
        explain: bool,
    ) -> None:
        self.words: Texts = session.words
        self.lang: Language | None = session.lang
        self.generation = generation
        self.limits = limits
        self.today = today
        self.memory = memory
        self.explain = explain


def _row(line: bytes, words: Texts) -> dict[str, Any]:
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode())
    except (ValueError, RecursionError) as error:
        raise BadLine(words["cli.batch_not_json"]) from error
    if not isinstance(row, dict):
        raise BadLine(words["cli.batch_not_json"])
    return row


def _field(
    work: Work, row: dict[str, Any], name: str, default: Any, fits: Callable[[Any], bool]
) -> Any:
    value = row.get(name)
    if value is None:
        return default
    if not fits(value):
        raise BadLine(work.words["cli.batch_bad_field"].format(field=name))
    return value


def _question(work: Work, row: dict[str, Any]) -> str:
    question = row.get("question")
    if not isinstance(question, str) or is_empty(question := clean(question)):
        raise BadLine(work.words["cli.batch_no_question"])
    return question


def _ask(work: Work, row: dict[str, Any]) -> dict[str, Any]:
    from bot.render.json import reply_object
    from knowledge.answering import answer

    question = _question(work, row)
    history = _field(work, row, "history", [], _is_texts)
    exclude = _field(work, row, "exclude", [], _is_places)
    language = _field(work, row, "lang", work.lang, lambda value: value in LANGUAGES)
    asked_before = tuple(clean(text) for text in history)
    places = tuple(sorted((article, paragraph) for article, paragraph in exclude))
    began = time.perf_counter()
    reply = answer(
        work.generation,
        question,
        history=asked_before,
        language=language,
        limits=work.limits,
        exclude=frozenset(places),
        today=work.today,
    )
    elapsed = (time.perf_counter() - began) * 1000
    terms = Terms(asked_before, language, work.limits, places, work.today)
    work.memory.keep(work.generation, reply, terms, elapsed)
    added = added_of(reply, work.generation)
    found = reply_object(reply, work.generation.number, elapsed, work.generation.article, added)
    return found | ({"explanation": explanation_object(reply)} if work.explain else {})


def _search(work: Work, row: dict[str, Any]) -> dict[str, Any]:
    from bot.render.json import hits_object

    words = _question(work, row)
    k = _field(work, row, "k", 10, lambda value: type(value) is int and 1 <= value <= MOST_HITS)
    hits = find_within(work.generation, words, k, work.limits)
    return hits_object(words, hits, work.generation.passages)


def _select(work: Work, row: dict[str, Any]) -> dict[str, Any]:
    from bot.render.json import selection_object
    from knowledge.answering import select

    question = _question(work, row)
    title = clean(_field(work, row, "title", "", _is_text))
    text = _field(work, row, "text", None, _is_text)
    if text is None:
        raise BadLine(work.words["cli.batch_bad_field"].format(field="text"))
    return selection_object(select(work.generation, question, title, clean(text)))


def _verify(work: Work, row: dict[str, Any]) -> dict[str, Any]:
    from bot.render.json import verification_object
    from knowledge.press import verify

    quote = row.get("quote")
    if not isinstance(quote, str) or is_empty(quote := clean(quote)):
        raise BadLine(work.words["cli.batch_no_quote"])
    speaker = clean(_field(work, row, "speaker", "", _is_text)).strip()
    return verification_object(verify(work.generation, quote, speaker or None))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_places(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(place, list)
        and len(place) == 2
        and isinstance(place[0], str)
        and type(place[1]) is int
        for place in value
    )
