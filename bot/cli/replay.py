"""`dossier replay`: an answer given again, or what changed since."""

import argparse
from datetime import datetime

from bot.cli.memory import NAME, opened
from bot.cli.questions import print_json, show
from bot.cli.session import Session
from bot.cli.status import ABSTAINED, DONE
from bot.cli.streams import clean, tell
from bot.render.citation import one_line, short_date
from bot.replaying import Changes, Replayed
from bot.replaying import replay as ask_again
from bot.state import StateError
from bot.state.replies import Edition, Told
from bot.texts import Texts
from knowledge.generation import Generation

LISTED = 10
"""Questions listed without a code."""

_BOT = "state.db"


def replay(session: Session, arguments: argparse.Namespace) -> int:
    """Answers the question of a code again: 0 the same answer, 1 another one, or an unknown code.

    Without a code: the last questions with theirs.
    """
    if arguments.code is None:
        return _list(session, arguments)
    code = clean(arguments.code).strip().upper()
    found = _find(session, code)
    if found is None:
        tell("cli.error", message=session.words["cli.replay_unknown"].format(code=code[:20]))
        return ABSTAINED
    generation = session.generation()
    replayed = ask_again(*found, generation)
    if arguments.json:
        _print_object(replayed, generation)
    else:
        _print(replayed, generation, session.words)
    return DONE if replayed.same else ABSTAINED


def _find(session: Session, code: str) -> tuple[Told, Edition | None] | None:
    """The last reply of this code, of the command line's or of the bot's."""
    found: list[tuple[Told, Edition | None]] = []
    for name in (NAME, _BOT):
        try:
            state = opened(session.settings.data_dir / name)
        except StateError as error:
            tell("cli.warning", message=str(error))
            continue
        if state is not None:
            told = state.told(code)
            if told is not None:
                found.append((told, state.edition(told.digest)))
            state.close()
    return max(found, key=lambda one: one[0].asked, default=None)


def _list(session: Session, arguments: argparse.Namespace) -> int:
    try:
        state = opened(session.settings.data_dir / NAME)
    except StateError as error:
        tell("cli.warning", message=str(error))
        state = None
    found = state.last_told(LISTED) if state is not None else ()
    if state is not None:
        state.close()
    if arguments.json:
        rows = [{"code": t.code, "asked": t.asked, "question": t.question} for t in found]
        print_json({"questions": rows})
        return DONE
    if not found:
        print(session.words["cli.replay_none"])
    for told in found:
        print(f"{told.code}  {_day(told, session.words)}  {one_line(told.question)}")
    return DONE


def _day(told: Told, words: Texts) -> str:
    return short_date(datetime.fromisoformat(told.asked).astimezone().date(), words.language)


def _print(found: Replayed, generation: Generation, words: Texts) -> None:
    told = found.told
    question = one_line(told.question)
    print(words["cli.replay_asked"].format(day=_day(told, words), question=question))
    print("\n".join(verdict_lines(found, words)))
    if found.same:
        print()
        show(found.now, generation, explain=False)
        return
    print(f"\n{words['cli.replay_then']}\n")
    show(told.reply, generation, explain=False)
    print(f"\n{words['cli.replay_now']}\n")
    show(found.now, generation, explain=False)


def verdict_lines(found: Replayed, words: Texts) -> list[str]:
    """Whether dossier and answer are the same, and which articles are not."""
    dossier = "changed" if found.dossier_changed else "same"
    lines = [words[f"cli.replay_{dossier}_{'same' if found.same else 'changed'}"]]
    if not found.dossier_changed:
        return lines
    if found.changes is None:
        return [*lines, words["cli.replay_forgotten"]]
    if not found.changes:
        return [*lines, words["cli.replay_articles_same"]]
    return lines + [
        words[f"cli.replay_{kind}"].format(ids=", ".join(ids))
        for kind, ids in changed_ids(found.changes).items()
        if ids
    ]


def changed_ids(changes: Changes) -> dict[str, tuple[str, ...]]:
    """The ids by what became of them."""
    return {"added": changes.added, "changed": changes.changed, "removed": changes.removed}


def _print_object(found: Replayed, generation: Generation) -> None:
    from bot.render.json import reply_object

    def told(reply: object) -> dict[str, object]:
        shown = reply_object(reply, generation.number, 0.0, generation.article)  # type: ignore[arg-type]
        return {
            name: shown[name]
            for name in ("status", "headline", "evidence", "nearest", "reason", "notes", "text")
        }

    changes = found.changes
    print_json(
        {
            "code": found.told.code,
            "question": found.told.question,
            "asked": found.told.asked,
            "same": found.same,
            "dossier_changed": found.dossier_changed,
            "changes": None
            if changes is None
            else {name: list(ids) for name, ids in changed_ids(changes).items()},
            "then": told(found.told.reply),
            "now": {**told(found.now), "code": found.now.code},
        }
    )
