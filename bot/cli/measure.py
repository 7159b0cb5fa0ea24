"""`dossier eval`: asks the questions of a file and marks the replies."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.questions import print_json
from bot.cli.session import Session
from bot.cli.status import DONE, UsageError
from knowledge.model import Reply

if TYPE_CHECKING:
    from knowledge.evaluation import EvalQuestion, Report, Tally
    from knowledge.generation import Generation


def evaluate(session: Session, arguments: argparse.Namespace) -> int:
    """Asks and marks; without a file the built-in questions, or those of the dossier given."""
    from knowledge.evaluation import default_questions, load_questions, score

    questions: Sequence[EvalQuestion]
    if arguments.file is not None:
        questions = load_questions(Path(arguments.file))
        generation = session.generation()
    elif session.settings.dossier_dir is None:
        questions = load_questions(default_questions())
        generation = session.generation()
    else:
        generation = session.generation()
        questions = _reference(generation)
        if not questions:
            path = session.settings.dossier_dir / "dossier.toml"
            raise UsageError(session.words["cli.eval_no_questions"].format(path=path))
    report = score(questions, _replies(session, generation, questions), generation.article)
    if arguments.json:
        print_json(_report_object(report))
    else:
        _print(report, session)
    return DONE


def _replies(
    session: Session, generation: "Generation", questions: "Sequence[EvalQuestion]"
) -> dict[str, Reply]:
    from bot.cli.progress import Progress
    from knowledge.answering import answer

    replies = {}
    with Progress(session.words) as progress:
        for n, question in enumerate(questions):
            progress.report("eval", n, len(questions))
            replies[question.id] = answer(
                generation, question.question, history=question.history, language=session.lang
            )
    return replies


def _reference(generation: "Generation") -> "tuple[EvalQuestion, ...]":
    from knowledge.evaluation import EvalQuestion

    return tuple(
        EvalQuestion(
            id=f"toml-{n:03}",
            kind="reference",
            question=q.question,
            expect=tuple((pattern,) for pattern in q.expect),
            sources=q.articles or tuple(a.id for a in generation.dossier.articles),
            refuse=q.refuse,
        )
        for n, q in enumerate(generation.dossier.questions, start=1)
    )


def _print(report: "Report", session: Session) -> None:
    from knowledge.evaluation import line_of

    words = session.words
    head = words.lines("cli.eval_columns")
    rows = [_row(kind, tally) for kind, tally in report.kinds]
    rows.append(_row(words["cli.eval_total"], report.total))
    if sys.stdout.isatty():
        from bot.render.terminal import show_table

        show_table(head, rows)
    else:
        from bot.render.plain import table_text

        print(table_text([head, *rows]))
    print()
    print(
        words["cli.eval_confidence"].format(
            calibration=f"{report.calibration_error:.3f}", brier=f"{report.brier:.3f}"
        )
    )
    for outcome in report.failed:
        fault = words[f"cli.eval_{outcome.fault.replace(' ', '_')}"]
        print(f"\n{fault} : {line_of(outcome.question)}")


def _row(kind: str, tally: "Tally") -> tuple[str, ...]:
    return (
        kind,
        f"{tally.right}/{tally.answerable}",
        f"{tally.refused}/{tally.unanswerable}",
        str(tally.wrong_answers),
        str(tally.false_refusals),
        str(tally.false_answers),
        str(tally.by_headline),
        str(tally.by_quote),
        f"{tally.verbatim}/{tally.quotes}",
        f"{tally.quote_length:.0f}",
    )


def _report_object(report: "Report") -> dict[str, object]:
    from knowledge.evaluation import line_of

    return {
        "kinds": {kind: asdict(tally) for kind, tally in report.kinds},
        "total": asdict(report.total),
        "calibration_error": report.calibration_error,
        "brier": report.brier,
        "failed": [
            {"fault": outcome.fault, "question": line_of(outcome.question)}
            for outcome in report.failed
        ],
    }
