"""Replies, passages and lists as pages of Telegram HTML; pure, and without any keyboard."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.render.citation import (
    Articles,
    Numbered,
    marks,
    number,
    one_line,
    outlet_name,
    quotation,
    short_date,
    source_line,
)
from bot.render.markup import (
    blockquote,
    bold,
    escape,
    fill,
    italic,
    link,
    paginate,
)
from bot.render.passages import FoundPassage, excerpt
from bot.render.plain import article_of, note_line, remarks
from bot.texts import texts
from knowledge.model import Abstention, Answer, Article, Citation, Language, Reply

LONG_PASSAGE = 600
"""Characters from which a passage is folded up: about the height of a phone's screen."""

EXCERPT = 280
"""Characters of a passage in a list: five of them fill a phone's screen twice."""


def reply_pages(
    reply: Reply, articles: Articles | None = None, *, asked: str | None = None
) -> tuple[str, ...]:
    """The reply as pages of HTML, nearly always one.

    `articles` tells exactly where a quote was cut. `asked` puts the question above, for a
    question that stands in no message of the reader's. Suggestions are left to the keyboard.
    """
    blocks = [italic(one_line(asked))] if asked else []
    return paginate([*blocks, *_reply_blocks(reply, articles)])


def _reply_blocks(reply: Reply, articles: Articles | None) -> list[str]:
    silent = replace(reply, suggestions=())
    match reply:
        case Answer():
            numbered = number(reply.evidence)
            return [
                bold(one_line(reply.headline)),
                _quotes(numbered, articles),
                sources_html(numbered, reply.language),
                _remarks(remarks(silent, numbered)),
            ]
        case Abstention():
            near = _nearest(reply.nearest, reply.language, articles) if reply.nearest else []
            return [escape(reply.message), *near, _remarks(remarks(silent))]
        case _:
            assert_never(reply)


def passage_pages(
    article: Article, start: int, end: int, language: Language, *, around: int = 1
) -> tuple[str, ...]:
    """The paragraphs that hold `start:end`, that slice in bold, and so many beside them.

    An empty slice marks nothing and shows the paragraph it stands in.
    """
    first = last = 0
    for position, paragraph in enumerate(article.paragraphs):
        if paragraph.start <= start:
            first = position
        if paragraph.start < max(end, start + 1):
            last = position
    blocks = [_article_head(article, language, first)]
    shown = range(max(0, first - around), min(len(article.paragraphs), last + around + 1))
    for position in shown:
        paragraph = article.paragraphs[position]
        inner = _marked(article.text, paragraph.start, paragraph.end, start, end)
        if first <= position <= last:
            inner = blockquote(inner, expandable=paragraph.end - paragraph.start > LONG_PASSAGE)
        elif paragraph.kind == "caption":
            inner = f"<i>{inner}</i>"
        blocks.append(inner)
    if article.note:
        blocks.append(italic(note_line(article.note, language)))
    return paginate(blocks)


def found_page(
    head: str, found: Sequence[FoundPassage], language: Language, *, first: int = 1
) -> tuple[str, ...]:
    """Passages found, under a line of plain text, numbered from `first`; one alone is not."""
    blocks = [escape(head)]
    for n, passage in enumerate(found, start=first):
        quote = escape(excerpt(passage, EXCERPT))
        source = _source_link(passage.citation, language)
        numbered = f"<b>{n}.</b> " if first > 1 or len(found) > 1 else ""
        blocks.append(f"{numbered}{source}\n{blockquote(quote)}")
    return paginate(blocks)


def sources_page(
    head: str, count: str, articles: Sequence[Article], language: Language, *, first: int = 1
) -> tuple[str, ...]:
    """Articles under the dossier's title and a line of plain text, numbered from `first`."""
    blocks = [f"{bold(one_line(head))}\n{escape(count)}"]
    for n, article in enumerate(articles, start=first):
        blocks.append(f"<b>{n}.</b> {_article_lines(article, language)}")
    return paginate(blocks)


def article_page(article: Article, language: Language) -> tuple[str, ...]:
    """An article's card: what is known of it, and how it begins."""
    words = texts(language)
    title = link(one_line(article.title), article.url)
    lines = [f"<b>{title}</b>", _outlet_and_date(article, language)]
    if article.authors:
        lines.append(escape(", ".join(map(one_line, article.authors))))
    bodies = sum(paragraph.kind == "body" for paragraph in article.paragraphs)
    lines.append(escape(words.count("cli.paragraphs", bodies)))
    if article.note:
        lines.append(italic(note_line(article.note, language)))
    first = next((one for one in article.paragraphs if one.kind == "body"), article.paragraphs[0])
    begins = escape(article.text[first.start : first.end])
    opening = blockquote(begins, expandable=first.end - first.start > LONG_PASSAGE)
    return paginate(["\n".join(lines), opening])


def _nearest(citation: Citation, language: Language, articles: Articles | None) -> list[str]:
    numbered = number((replace(citation, also=()),))
    # The words that mark the quote as near, not as the answer, stand on a line of their own.
    marking = fill(texts(language)["render.nearest"], quote="").rstrip()
    return [f"{marking}\n{_quotes(numbered, articles)}", sources_html(numbered, language)]


def _quotes(numbered: Numbered, articles: Articles | None) -> str:
    lines = (
        blockquote(
            f"{escape(quotation(citation, article_of(citation, articles)))} {marks(numbers)}"
        )
        for citation, numbers in numbered.quotes
    )
    return "\n".join(lines)


def sources_html(numbered: Numbered, language: Language) -> str:
    """[1] source, a line each, linked where its address is known."""
    lines = []
    for n, citation in enumerate(numbered.sources, start=1):
        lines.append(f"[{n}] {_source_link(citation, language)}")
        if citation.note:
            lines.append(italic(note_line(citation.note, language)))
    return "\n".join(lines)


def _source_link(citation: Citation, language: Language) -> str:
    return link(source_line(citation, language), citation.url)


def _remarks(lines: Sequence[str]) -> str:
    return "\n".join(map(italic, lines))


def _article_lines(article: Article, language: Language) -> str:
    title = link(one_line(article.title), article.url)
    return f"{title}\n{_outlet_and_date(article, language)}"


def _outlet_and_date(article: Article, language: Language) -> str:
    outlet = outlet_name(article.publisher, article.agency, language)
    outlet = outlet or texts(language)["telegram.sources_unknown_outlet"]
    return italic(f"{outlet}, {short_date(article.published, language)}")


def _article_head(article: Article, language: Language, position: int) -> str:
    paragraph = article.paragraphs[position]
    key = "render.caption" if paragraph.kind == "caption" else "render.paragraph"
    outlet = outlet_name(article.publisher, article.agency, language)
    parts = (
        outlet,
        short_date(article.published, language),
        texts(language)[key].format(n=paragraph.number),
    )
    about = ", ".join(part for part in parts if part)
    title = link(one_line(article.title), article.url)
    return f"<b>{title}</b>\n{italic(about)}"


def _marked(text: str, first: int, last: int, start: int, end: int) -> str:
    """The slice `first:last` escaped, with what it shares with `start:end` in bold."""
    start, end = max(first, start), min(last, end)
    if start >= end:
        return escape(text[first:last])
    return escape(text[first:start]) + bold(text[start:end]) + escape(text[end:last])
