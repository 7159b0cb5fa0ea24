"""A document to take away as Markdown: footnotes for its citations, anchors for its passages."""

import re
from collections.abc import Sequence

from bot.render.citation import CUT, footnote, one_line, outlet_name, short_date
from bot.render.markup import visible
from bot.render.takeaway import Reference, Section, Takeaway, paragraphs_shown, references
from bot.texts import Texts, texts
from knowledge.citing import cite_slice
from knowledge.model import Article, Language, Paragraph

_SPECIAL = re.compile(r"([\\`*_\[\]#|~^$])")
_LEAD = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def markdown(takeaway: Takeaway) -> str:
    """The whole document, with a final newline."""
    words = texts(takeaway.language)
    found = references(takeaway)
    blocks = [f"# {escaped(takeaway.title)}", *map(escaped, takeaway.about)]
    left = list(found)
    for section in takeaway.sections:
        blocks += _section(section, left)
    blocks += _articles(takeaway, found, words)
    notes = [f"[^{one.number}]: {_note(one, takeaway, words)}" for one in found]
    return "\n\n".join([*blocks, *(["\n".join(notes)] if notes else [])]) + "\n"


def escaped(text: str) -> str:
    """Plain text on one line as Markdown that shows it letter for letter."""
    line = _SPECIAL.sub(r"\\\1", one_line(visible(text)))
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # What would begin a list or a rule at the start of a line.
    return _LEAD.sub(r"\1&#8203;\2" if line[:1].isdigit() else r"\1\\\2", line)


def _section(section: Section, left: list[Reference]) -> list[str]:
    blocks = [f"{'#' * section.level} {escaped(section.title)}", *map(escaped, section.lines)]
    for entry in section.entries:
        marks = "".join(f"[^{left.pop(0).number}]" for _ in entry.cited)
        if entry.head and (entry.quote or entry.strong):
            blocks.append(f"**{escaped(entry.head)}**")
        elif entry.head:
            blocks.append(escaped(entry.head))
        if entry.quote:
            blocks.append(f"> {escaped(entry.quote)} {marks}")
    return blocks


def _articles(takeaway: Takeaway, found: Sequence[Reference], words: Texts) -> list[str]:
    if not takeaway.articles:
        return []
    blocks = [f"## {words['export.articles' if takeaway.whole else 'export.passages']}"]
    for number, article in enumerate(takeaway.articles, start=1):
        blocks.append(f'<a id="a{number}"></a>\n\n### {number}. {escaped(article.title)}')
        about = article_about(article, takeaway.language)
        link = f" <{article.url}>" if is_web(article.url) else ""
        blocks.append(f"*{escaped(about)}*{link}")
        if article.note:
            blocks.append(f"*{escaped(words['render.note'].format(note=article.note))}*")
        before = -1
        for position in paragraphs_shown(takeaway, number, found):
            if not takeaway.whole and position > before + 1:
                blocks.append(escaped(CUT))
            before = position
            paragraph = article.paragraphs[position]
            key = "render.caption" if paragraph.kind == "caption" else "render.paragraph"
            label = escaped(words[key].format(n=paragraph.number))
            text = escaped(article.text[paragraph.start : paragraph.end])
            anchor = f'<a id="{passage_anchor(number, paragraph)}"></a>'
            blocks.append(f"{anchor}**{label}** {text}")
    return blocks


def _note(one: Reference, takeaway: Takeaway, words: Texts) -> str:
    if one.article is None or one.span is None:
        line = footnote(one.citation, takeaway.language)
        return f"{escaped(line)}. {escaped(words['export.gone'])}"
    article = takeaway.articles[one.article - 1]
    cited = cite_slice(article, *one.span)
    line = escaped(footnote(cited, takeaway.language, article.authors))
    anchor = passage_anchor(one.article, article.paragraph_at(one.span[0]))
    return f"{line}. [{words['export.passage']}](#{anchor})"


def article_about(article: Article, language: Language) -> str:
    """Who wrote an article, where and when it came out, on one line."""
    outlet = outlet_name(article.publisher, article.agency, language)
    parts = (*map(one_line, article.authors), outlet, short_date(article.published, language))
    return ", ".join(part for part in parts if part)


def passage_anchor(article: int, paragraph: Paragraph) -> str:
    """The name of a paragraph: "a2-p5" is § 5 of the second article, "a2-l1" its first caption."""
    return f"a{article}-{'l' if paragraph.kind == 'caption' else 'p'}{paragraph.number}"


def is_web(url: str | None) -> bool:
    """Whether an address is one of the web, without anything that could end its link."""
    return url is not None and re.match(r"https?://[^\s<>\"']{1,2000}\Z", url) is not None
