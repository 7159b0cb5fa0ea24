"""What the press desk found, as pages of Telegram HTML; pure, and without any keyboard."""

from collections.abc import Iterable

from bot.render.citation import Numbered, marks, short_date
from bot.render.lines import Line
from bot.render.markup import blockquote, bold, escape, italic, paginate
from bot.render.press import Part
from bot.render.telegram import sources_html
from bot.texts import texts
from knowledge.language.calendars import spell_date
from knowledge.model import Citation, Language, ResolvedDate


def part_pages(part: Part, language: Language) -> tuple[str, ...]:
    """The lines and their sources, on one page unless they are too long for it."""
    return paginate([*line_blocks(part.body), sources_html(part.numbered, language)])


def line_blocks(lines: Iterable[Line]) -> list[str]:
    """The lines as HTML, a block for what stands between two blank lines."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.text:
            blocks[-1].append(_line(line))
        else:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]


def _line(line: Line) -> str:
    match line.role:
        case "title":
            return bold(line.text)
        case "good" | "bad":
            return f"• {escape(line.text)}" if line.indent else bold(line.text)
        case "quote":
            return blockquote(escape(line.text))
        case "note":
            return italic(line.text)
        case "text" | "source":
            return escape(line.text)


def dates_pages(
    numbered: Numbered, dates: Iterable[tuple[Citation, ResolvedDate]], language: Language
) -> tuple[str, ...]:
    """What the dates of quotes mean, a line each, and how that was worked out."""
    words = texts(language)
    places = [(c.article, c.kind, c.paragraph) for c in numbered.sources]
    lines = [bold(words["press.dates_head"])]
    for citation, resolved in dates:
        n = places.index((citation.article, citation.kind, citation.paragraph)) + 1
        lines.append(f"• {escape(date_line(citation, resolved, language))} {marks((n,))}")
    return paginate(["\n".join(lines), sources_html(numbered, language)])


def date_line(citation: Citation, resolved: ResolvedDate, language: Language) -> str:
    """« mardi » and the day that it means; in French with the rule, which is told in French."""
    if language == "fr":
        return resolved.rule
    ends = [spell_date(end, language) for end in resolved.date.split("/")]
    return texts(language)["press.dates_line"].format(
        text=resolved.text, date=" – ".join(ends), day=short_date(citation.published, language)
    )
