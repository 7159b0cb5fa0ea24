"""What each outlet alone prints beside a copy that several share, as lines for people."""

from bot.render.citation import Articles, marks, number, one_line, outlet_name, quotation
from bot.render.lines import Line
from bot.render.plain import article_of
from bot.render.press import Part
from bot.texts import texts
from knowledge.model import Citation, Language
from knowledge.press.added import Added


def added_lines(
    found: Added, language: Language, articles: Articles | None = None, most: int = 1
) -> tuple[Line, ...]:
    """A line for each outlet below an answer, with the paragraph in the place of a number."""
    lines: list[Line] = []
    for cited in found.values():
        for citation in cited[:most]:
            words = quotation(citation, article_of(citation, articles))
            place = texts(language)["render.paragraph"].format(n=citation.paragraph)
            lines.append(Line(f"{_head(citation, language)} {words} ({place})", "note"))
    return tuple(lines)


def added_part(found: Added, language: Language, articles: Articles | None = None) -> Part:
    """What each outlet alone prints, under its name, with numbered sources."""
    numbered = number(tuple(citation for cited in found.values() for citation in cited))
    quotes = iter(numbered.quotes)
    lines = [Line(texts(language)["press.added_head"], "title")]
    for cited in found.values():
        if cited:
            lines += [Line(), Line(_head(cited[0], language), "note")]
        for citation, numbers in (next(quotes) for _ in cited):
            words = quotation(citation, article_of(citation, articles))
            lines.append(Line(f"{words} {marks(numbers)}", "quote", 2))
    return Part(tuple(lines), numbered)


def _head(citation: Citation, language: Language) -> str:
    """As in "Seulement dans Le Courrier :"; the title where no outlet is known."""
    outlet = outlet_name(citation.publisher, None, language) or f"« {one_line(citation.title)} »"
    head = texts(language)["press.added"].format(outlet=outlet)
    return head[0].upper() + head[1:]
