"""A Reply as plain text: what a reader without colours sees, and the "text" of the contract."""

import re
from collections.abc import Sequence
from typing import assert_never

from bot.render.citation import (
    Articles,
    Numbered,
    marks,
    number,
    one_line,
    quotation,
    source_line,
    wire_line,
)
from bot.texts import texts
from knowledge.model import (
    Abstention,
    Answer,
    Article,
    Citation,
    Explanation,
    Language,
    Reply,
)


def reply_text(reply: Reply, articles: Articles | None = None) -> str:
    """The whole reply in the frame's language, blocks apart by a blank line, no final newline.

    `articles` tells exactly where a quote was cut; without it its looks tell.
    """
    blocks = reply_blocks(reply, articles)
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def reply_blocks(reply: Reply, articles: Articles | None = None) -> tuple[tuple[str, ...], ...]:
    """The reply's blocks in reading order: headline, quotes, sources, remarks."""
    match reply:
        case Answer():
            numbered = number(reply.evidence)
            quotes = quote_lines(numbered, articles)
            return (
                (one_line(reply.headline),),
                quotes,
                source_lines(numbered, reply.language),
                remarks(reply, numbered),
            )
        case Abstention():
            if reply.nearest is None:
                return ((reply.message, *remarks(reply)),)
            near = nearest_line(reply.nearest, reply.language, articles)
            return (
                (reply.message, near, *remarks(reply)),
                source_lines(number((reply.nearest,)), reply.language),
            )
        case _:
            assert_never(reply)


def quote_lines(numbered: Numbered, articles: Articles | None = None) -> tuple[str, ...]:
    """« quote » [1], one line a quote."""
    return tuple(
        f"{quotation(citation, article_of(citation, articles))} {marks(numbers)}"
        for citation, numbers in numbered.quotes
    )


def nearest_line(citation: Citation, language: Language, articles: Articles | None = None) -> str:
    """What comes closest, marked as near and not as the answer."""
    quote = f"{quotation(citation, article_of(citation, articles))} [1]"
    return texts(language)["render.nearest"].format(quote=quote)


def source_lines(numbered: Numbered, language: Language) -> tuple[str, ...]:
    """[1] source, its link if known, and under it what an admin noted on the article."""
    lines: list[str] = []
    for n, citation in enumerate(numbered.sources, start=1):
        link = f" — {citation.url}" if citation.url else ""
        lines.append(f"[{n}] {source_line(citation, language)}{link}")
        if citation.note:
            lines.append("    " + note_line(citation.note, language))
    return tuple(lines)


def note_line(note: str, language: Language) -> str:
    """The words for an admin's note on an article."""
    return texts(language)["render.note"].format(note=one_line(note))


def remarks(reply: Reply, numbered: Numbered | None = None) -> tuple[str, ...]:
    """One line each: wires, notes, what is missing, what was understood, corrected, suggested."""
    words = texts(reply.language)
    wires = [
        wire_line(citation, numbers, reply.language)
        for citation, numbers in (numbered.quotes if numbered else ())
    ]
    lines = [line for line in wires if line] + [one_line(note) for note in reply.notes]
    if isinstance(reply, Answer) and reply.missing:
        listed = ", ".join(reply.missing)
        lines.append(words["render.missing"].format(words=listed))
    if completed(reply):
        lines.append(words["render.understood"].format(question=one_line(reply.understood)))
    if reply.corrections:
        pairs = (
            words["render.correction"].format(typed=typed, read=read)
            for typed, read in reply.corrections
        )
        lines.append(words["render.corrected"].format(pairs=", ".join(pairs)))
    if reply.suggestions:
        questions = words["render.suggestion_separator"].join(map(one_line, reply.suggestions))
        lines.append(words["render.suggestions"].format(questions=questions))
    return tuple(dict.fromkeys(lines))


def completed(reply: Reply) -> bool:
    """Whether the question was filled in (from the dialogue), beyond the corrected words."""
    asked = reply.question
    for typed, read in reply.corrections:
        asked = read.join(re.split(re.escape(typed), asked, flags=re.IGNORECASE))
    return _letters(asked) != _letters(reply.understood)


def article_of(citation: Citation, articles: Articles | None) -> Article | None:
    """The cited article; None when there is nobody to ask or the article is gone."""
    if articles is None:
        return None
    try:
        return articles(citation.article)
    except KeyError:
        return None


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def explanation_text(explanation: Explanation) -> str:
    """The reasoning as titled tables, columns aligned; "" when there is none."""
    return "\n\n".join(
        f"{title}\n{table_text(rows, indent=2)}" for title, rows in explanation.tables
    )


def table_text(rows: Sequence[Sequence[str]], *, indent: int = 0) -> str:
    """Rows of cells as lines, columns aligned to the left; rows may differ in length."""
    columns = max((len(row) for row in rows), default=0)
    widths = [max(len(row[i]) for row in rows if i < len(row)) for i in range(columns)]
    return "\n".join(
        " " * indent
        + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    )
