"""`dossier ask` and `dossier search`."""

import argparse
import gc
import json
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.cli.session import Session
from bot.cli.status import ABSTAINED, DONE, UsageError
from bot.cli.streams import is_empty
from bot.texts import Texts
from knowledge.model import Abstention, Answer, Hit, Limits, Reply

if TYPE_CHECKING:
    from knowledge.generation import Generation
    from knowledge.press.added import Added


def ask(session: Session, arguments: argparse.Namespace) -> int:
    """Answers one question: 0 answered (small talk too), 1 the dossier does not say."""
    # The process ends with its answer: looking for garbage before is 5 to 9 % of all its time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _asked(session, arguments)
    finally:
        if collecting:
            gc.enable()


def _asked(session: Session, arguments: argparse.Namespace) -> int:
    question = " ".join(arguments.question).strip()
    if is_empty(question):
        raise UsageError(session.words["cli.empty_question"])
    limits = session.limits(arguments)
    generation = session.generation()
    from knowledge.answering import answer

    today = datetime.now(UTC).astimezone().date()
    began = time.perf_counter()
    reply = answer(
        generation,
        question,
        language=session.lang,
        limits=limits,
        today=today,
    )
    elapsed = (time.perf_counter() - began) * 1000
    if arguments.json:
        from bot.render.json import reply_object

        found = reply_object(
            reply, generation.number, elapsed, generation.article, added_of(reply, generation)
        )
        if arguments.explain:
            found["explanation"] = explanation_object(reply)
        print_json(found)
    else:
        show(reply, generation, explain=arguments.explain)
        if arguments.explain:
            print(session.words["cli.code"].format(code=reply.code))
    # Last: the reader waits for the answer, not for this.
    from bot.cli.memory import Memory
    from bot.state.replies import Terms

    terms = Terms(language=session.lang, limits=limits, today=today)
    Memory(session.settings).keep(generation, reply, terms, elapsed)
    return status_of(reply)


def search(session: Session, arguments: argparse.Namespace) -> int:
    """Shows passages that hold the words: 0 some, 1 none."""
    words = " ".join(arguments.words).strip()
    if is_empty(words):
        raise UsageError(session.words["cli.empty_words"])
    limits = session.limits(arguments)
    generation = session.generation()
    hits = find_within(generation, words, arguments.k, limits)
    if arguments.json:
        from bot.render.json import hits_object

        print_json(hits_object(words, hits, generation.passages))
    else:
        show_hits(hits, generation, session.words)
    return DONE if hits else ABSTAINED


def show(reply: Reply, generation: "Generation", *, explain: bool) -> None:
    """The reply on standard output: with colours for a terminal, else plain."""
    if sys.stdout.isatty():
        from bot.render.terminal import show_explanation, show_reply

        show_reply(reply, generation.article)
        _show_added(reply, generation, explain=explain)
        if explain:
            show_explanation(reply.explanation)
        return
    from bot.render.plain import explanation_text, reply_text

    print(reply_text(reply, generation.article))
    _show_added(reply, generation, explain=explain)
    if explain and reply.explanation.tables:
        print(f"\n{explanation_text(reply.explanation)}")


def _show_added(reply: Reply, generation: "Generation", *, explain: bool) -> None:
    """Below an answer that one copy stands behind: a slice an outlet, explained a few."""
    found = added_of(reply, generation)
    if any(found.values()):
        from bot.cli.press import show_lines
        from bot.render.added import added_lines
        from knowledge.press.added import MOST_ADDED

        most = MOST_ADDED if explain else 1
        show_lines(added_lines(found, reply.language, generation.article, most))


def added_of(reply: Reply, generation: "Generation") -> "Added":
    """What each outlet alone prints beside the copy behind an answer; mostly nothing."""
    cited = reply.evidence if isinstance(reply, Answer) else ()
    if not any(twin.same_wire for citation in cited for twin in citation.also):
        return {}
    from knowledge.press.added import added_to

    return added_to(generation, cited)


def show_hits(hits: tuple[Hit, ...], generation: "Generation", words: Texts) -> None:
    """Passages on standard output, best first; matched words stand out on a terminal."""
    from bot.render.passages import found_passages, passages_text

    found = found_passages(generation, hits)
    if not found:
        print(words["cli.nothing_found"])
    elif sys.stdout.isatty():
        from bot.render.terminal import show_passages

        show_passages(found, words.language)
    else:
        print(passages_text(found, words.language))


def find_within(generation: "Generation", words: str, k: int, limits: Limits) -> tuple[Hit, ...]:
    """The k best hits of a search within the limits."""
    from knowledge.answering import find

    # The search syntax knows the same limits: one way of narrowing is enough.
    operators = [f'outlet:"{outlet}"' for outlet in limits.outlets]
    if limits.since:
        operators.append(f"from:{limits.since.isoformat()}")
    if limits.until:
        operators.append(f"to:{limits.until.isoformat()}")
    # First, where neither an open quotation mark nor the end of a long search swallows them.
    return find(generation, " ".join([*operators, words]), k=k)


def status_of(reply: Reply) -> int:
    """The exit status of a reply."""
    if isinstance(reply, Abstention) and reply.reason != "small_talk":
        return ABSTAINED
    return DONE


def explanation_object(reply: Reply) -> list[dict[str, Any]]:
    """The reasoning as JSON: titled tables."""
    return [
        {"title": title, "rows": [list(row) for row in rows]}
        for title, rows in reply.explanation.tables
    ]


def print_json(value: object) -> None:
    """JSON on standard output: one line, or indented for somebody who reads it on a terminal."""
    print(json_text(value, indent=2 if sys.stdout.isatty() else None), flush=True)


def json_text(value: object, *, indent: int | None = None) -> str:
    """The value as JSON, letters as they are where standard output's encoding has them all."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    return json.dumps(value, ensure_ascii="utf" not in encoding, indent=indent)
