"""`dossier bench`: measures the speed of Dossier on this machine, beside engines of others."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bot.cli.questions import print_json
from bot.cli.session import Session
from bot.cli.status import DONE, UsageError

T = TypeVar("T")
Report = Callable[[str, int, int], None]


def bench(session: Session, arguments: argparse.Namespace) -> int:
    """Measures and prints tables: 0 when done."""
    from bot.bench.measuring import SIZES, measure
    from bot.render.picture import can_draw

    words = session.words
    if arguments.picture is not None and not can_draw():
        raise UsageError(words["cli.bench_no_picture"])
    if arguments.growth:
        return _growth(session, arguments)
    figures = _measured(session, arguments, measure, SIZES)
    if arguments.picture is not None:
        _draw(session, Path(arguments.picture), figures["sizes"])
    if arguments.json:
        print_json(figures)
    else:
        _print(session, figures)
    return DONE


def _measured(
    session: Session,
    arguments: argparse.Namespace,
    work: Callable[[Sequence[int], int, Path | None, Report], T],
    sizes: Sequence[int],
) -> T:
    """What is measured, with its progress shown; a failure is told in one sentence."""
    from bot.bench.measuring import QUESTIONS, BenchFailed
    from bot.cli.progress import Progress

    questions = arguments.questions or QUESTIONS
    with Progress(session.words) as progress:
        try:
            return work(
                arguments.sizes or sizes, questions, _shared(arguments.shared), progress.report
            )
        except BenchFailed as error:
            sentence = session.words["cli.bench_failed"].format(error=error)
            raise UsageError(sentence) from error


def _growth(session: Session, arguments: argparse.Namespace) -> int:
    from bot.bench.growth import SIZES, curves, grow
    from knowledge.retrieval.xapian import require

    require()
    words = session.words
    rows = _measured(session, arguments, grow, SIZES)
    if arguments.picture is not None:
        _save(session, Path(arguments.picture), curves(rows), "cli.bench_growth_panels")
    if arguments.json:
        print_json({"growth": rows})
    else:
        names = ("passages", "per_second", "disk_mb", "open_ms", "p50", "p99",
                 "answer_p50", "answer_p99", "peak_mb")  # fmt: skip
        table = [[f"{row[name]:.0f}" if row[name] >= 100 else f"{row[name]:.1f}" for name in names]
                 for row in rows]  # fmt: skip
        _table(words["cli.bench_growth"], words.lines("cli.bench_growth_columns"), table)
    return DONE


def _shared(given: str | None) -> Path | None:
    named = given or os.environ.get("DOSSIER_SHARED")
    return Path(named).expanduser() if named else None


def _print(session: Session, figures: dict[str, object]) -> None:
    from bot.bench import tables

    words = session.words
    _table(words["cli.bench_compared"], words.lines("cli.bench_compared_columns"),
           tables.compared_rows(figures))  # fmt: skip
    _table(words["cli.bench_engines"], words.lines("cli.bench_engines_columns"),
           tables.engine_rows(figures))  # fmt: skip
    _table(words["cli.bench_stages"], words.lines("cli.bench_stages_columns"),
           tables.stage_rows(figures))  # fmt: skip
    _table(words["cli.bench_dossier"], words.lines("cli.bench_dossier_columns"),
           tables.dossier_rows(figures))  # fmt: skip
    print(words["cli.bench_clock"].format(source=figures["material"]))


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    print(title)
    if sys.stdout.isatty():
        from bot.render.terminal import show_table

        show_table(columns, rows)
    else:
        from bot.render.plain import table_text

        print(table_text([columns, *rows], indent=2))
    print()


def _draw(session: Session, path: Path, rows: Sequence[dict[str, object]]) -> None:
    from bot.bench.drawing import curves

    _save(session, path, curves(rows), "cli.bench_panels")


def _save(
    session: Session,
    path: Path,
    panels: Sequence[dict[str, list[tuple[float, float]]]],
    titles: str,
) -> None:
    from bot.render.picture import curves_picture

    words = session.words
    drawn = curves_picture(panels, words["cli.bench_axis"], words.lines(titles))
    try:
        path.write_bytes(drawn or b"")
    except OSError as error:
        raise UsageError(words["cli.bench_unwritable"].format(path=path)) from error
