"""`dossier bench`: measures the speed of Dossier on this machine, beside engines of others."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.cli.questions import print_json
from bot.cli.session import Session
from bot.cli.status import DONE, UsageError


def bench(session: Session, arguments: argparse.Namespace) -> int:
    """Measures and prints tables: 0 when done."""
    from bot.bench.measuring import QUESTIONS, SIZES, BenchFailed, measure
    from bot.cli.progress import Progress
    from bot.render.picture import can_draw

    words = session.words
    if arguments.picture is not None and not can_draw():
        raise UsageError(words["cli.bench_no_picture"])
    with Progress(words) as progress:
        try:
            figures = measure(
                arguments.sizes or SIZES,
                arguments.questions or QUESTIONS,
                _shared(arguments.shared),
                progress.report,
            )
        except BenchFailed as error:
            raise UsageError(words["cli.bench_failed"].format(error=error)) from error
    if arguments.picture is not None:
        _draw(session, Path(arguments.picture), figures["sizes"])
    if arguments.json:
        print_json(figures)
    else:
        _print(session, figures)
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
    from bot.render.picture import curves_picture

    words = session.words
    drawn = curves_picture(curves(rows), words["cli.bench_axis"], words.lines("cli.bench_panels"))
    try:
        path.write_bytes(drawn or b"")
    except OSError as error:
        raise UsageError(words["cli.bench_unwritable"].format(path=path)) from error
