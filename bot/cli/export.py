"""`dossier export`: the dossier to take away, as Markdown or as one HTML page."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.press import write_file
from bot.cli.session import Session
from bot.cli.status import DONE

if TYPE_CHECKING:
    from bot.render.takeaway import Takeaway


def export(session: Session, arguments: argparse.Namespace) -> int:
    """Writes articles, sources, timeline and people to a file, or to standard output.

    The format is that of --format, else that of the file's name, else Markdown.
    """
    form = arguments.format or form_of(arguments.output)
    generation = session.generation()
    from bot.render.takeaway import dossier_takeaway

    takeaway = dossier_takeaway(generation, session.words.language)
    text = text_of(takeaway, form)
    if arguments.output:
        write_file(session, arguments.output, text.encode("utf-8", "replace"))
    else:
        print(text, end="")
    return DONE


def text_of(takeaway: "Takeaway", form: str) -> str:
    """The document as Markdown ("md") or as one page ("html")."""
    if form == "html":
        from bot.render.export_html import html_page

        return html_page(takeaway)
    from bot.render.export_markdown import markdown

    return markdown(takeaway)


def form_of(name: str | None) -> str:
    """The format that a file's name asks for: Markdown unless it is a page's."""
    return "html" if name and Path(name).suffix.lower() in (".html", ".htm") else "md"
