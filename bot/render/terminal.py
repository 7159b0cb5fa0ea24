"""A Reply on a terminal: colours, quotes indented, links; the only module that knows rich."""

from collections.abc import Iterable, Sequence
from typing import Self

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as RichProgress
from rich.table import Table
from rich.text import Text

from bot.render.citation import Articles, marks, number, one_line, quotation, source_line
from bot.render.lines import Line, Role
from bot.render.passages import FoundPassage
from bot.render.plain import article_of, note_line, remarks
from bot.texts import texts
from knowledge.model import Answer, Citation, Explanation, Language, Reply

WIDTH = 96
"""Columns at most: longer lines are hard to read."""


def console() -> Console:
    """A console on standard output that highlights nothing on its own."""
    found = Console(highlight=False, markup=False, emoji=False)
    found.width = min(found.width, WIDTH)
    return found


def show_reply(reply: Reply, articles: Articles | None = None) -> None:
    """The reply on standard output."""
    screen = console()
    if isinstance(reply, Answer):
        numbered = number(reply.evidence)
        screen.print(Text(one_line(reply.headline), style="bold"))
        screen.print()
        for citation, numbers in numbered.quotes:
            _quote(screen, citation, marks(numbers), articles)
        screen.print()
        _sources(screen, numbered.sources, reply.language)
        _remarks(screen, remarks(reply, numbered), space=True)
        return
    screen.print(Text(reply.message, style="bold"))
    if reply.nearest is not None:
        lead, _, rest = texts(reply.language)["render.nearest"].partition("{quote}")
        screen.print(Text(f"{lead}{rest}".strip(), style="yellow"))
        _quote(screen, reply.nearest, "[1]", articles)
        _sources(screen, (reply.nearest,), reply.language)
    _remarks(screen, remarks(reply), space=reply.nearest is not None)


def show_passages(found: Iterable[FoundPassage], language: Language) -> None:
    """Numbered passages, the matched words bold."""
    screen = console()
    for n, passage in enumerate(found, start=1):
        if n > 1:
            screen.print()
        source = source_line(passage.citation, language, full_title=True)
        screen.print(Text(f"{n}. ", style="bold cyan").append(source, style="cyan"))
        text = Text(passage.citation.quote.replace("\n", " "))
        for start, end in passage.matched:
            text.stylize("bold yellow", start, end)
        screen.print(Padding(text, (0, 0, 0, 3)))


def show_paragraphs(title: str, rows: Iterable[tuple[str, str, bool]]) -> None:
    """(label, text, is it the one asked for) under a title; the others are dim."""
    screen = console()
    screen.print(Text(title, style="bold"))
    for label, text, is_found in rows:
        screen.print()
        screen.print(Text(label, style="bold cyan" if is_found else "dim"))
        screen.print(Padding(Text(text, style="" if is_found else "dim"), (0, 0, 0, 3)))


_STYLES: dict[Role, str] = {
    "title": "bold", "good": "bold green", "bad": "bold red", "quote": "italic",
    "source": "dim", "note": "yellow", "text": "",
}  # fmt: skip


def show_lines(lines: Iterable[Line]) -> None:
    """Lines with the colours of their roles."""
    screen = console()
    for line in lines:
        screen.print(Padding(Text(line.text, style=_STYLES[line.role]), (0, 0, 0, line.indent)))


def show_explanation(explanation: Explanation) -> None:
    """The reasoning as tables."""
    screen = console()
    for title, rows in explanation.tables:
        table = Table(title=title, title_justify="left", title_style="bold", show_header=False)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        screen.print()
        screen.print(table)


def show_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table with a head; all columns but the first are numbers."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for n, name in enumerate(head):
        table.add_column(name, justify="right" if n else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)


class Bar:
    """A progress bar on standard error, gone when closed."""

    def __init__(self) -> None:
        self._progress = RichProgress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._progress.start()
        self._stage = ""

    def show(self, stage: str, done: int, total: int) -> Self:
        """Draws how much of a stage is done; another stage starts the bar again."""
        if stage != self._stage:
            for task in self._progress.task_ids:
                self._progress.remove_task(task)
            self._progress.add_task(stage, total=total)
            self._stage = stage
        self._progress.update(self._progress.task_ids[-1], completed=done, total=total)
        return self

    def close(self) -> None:
        """Takes the bar away."""
        self._progress.stop()


def _quote(screen: Console, citation: Citation, numbers: str, articles: Articles | None) -> None:
    words = Text(quotation(citation, article_of(citation, articles)), style="italic")
    screen.print(Padding(words.append(f" {numbers}", style="not italic cyan"), (0, 2, 0, 4)))


def _sources(screen: Console, sources: Iterable[Citation], language: Language) -> None:
    for n, citation in enumerate(sources, start=1):
        line = Text(f"[{n}] ", style="cyan")
        link = f"link {citation.url}" if citation.url else ""
        line.append(source_line(citation, language), style=f"dim {link}".strip())
        screen.print(line)
        if citation.note:
            screen.print(Text(f"    {note_line(citation.note, language)}", style="yellow"))


def _remarks(screen: Console, lines: Sequence[str], *, space: bool) -> None:
    if lines and space:
        screen.print()
    for line in lines:
        screen.print(Text(line, style="dim"))
