"""A document to take away as one HTML page: nothing is loaded, everything is linked."""

from collections.abc import Iterator, Sequence
from html import escape as quoted
from importlib.resources import files
from itertools import pairwise

from bot.render.citation import CUT, footnote, one_line
from bot.render.export_markdown import article_about, is_web, passage_anchor
from bot.render.markup import visible
from bot.render.takeaway import Reference, Section, Takeaway, paragraphs_shown, references
from bot.texts import Texts, texts
from knowledge.citing import cite_slice
from knowledge.model import Article, Paragraph


def html_page(takeaway: Takeaway) -> str:
    """The whole page."""
    words = texts(takeaway.language)
    found = references(takeaway)
    left = list(found)
    body = [_section(section, left, takeaway, words) for section in takeaway.sections]
    if takeaway.articles:
        body += [_sources(takeaway, words), *_articles(takeaway, found, words)]
    template = files(__package__).joinpath("page.html").read_text(encoding="utf-8")
    fields = {
        "language": takeaway.language,
        "title": escaped(takeaway.title),
        "skip": escaped(words["export.skip"]),
        "about": "\n".join(f"<p>{escaped(line)}</p>" for line in takeaway.about),
        "contents": escaped(words["export.contents"]),
        "nav": _contents(takeaway, words),
        "body": "\n".join(body),
    }
    # One pass over the template, so that a title that reads "{{body}}" is a title.
    head, *parts = template.split("{{")
    return head + "".join(
        fields[name] + rest for name, _, rest in (part.partition("}}") for part in parts)
    )


def escaped(text: str) -> str:
    """Plain text as HTML, in an attribute too, without invisible control characters."""
    return quoted(one_line(visible(text)), quote=True)


def _contents(takeaway: Takeaway, words: Texts) -> str:
    rows = [(section.anchor, section.title) for section in takeaway.sections if section.level == 2]
    if takeaway.articles:
        key = "export.articles" if takeaway.whole else "export.passages"
        rows += [("sources", words["export.sources"]), ("articles", words[key])]
    return "\n".join(f'<li><a href="#{anchor}">{escaped(title)}</a></li>' for anchor, title in rows)


def _section(section: Section, left: list[Reference], takeaway: Takeaway, words: Texts) -> str:
    lines = [f'<section id="{section.anchor}">', _heading(section.level, section.title)]
    lines += [f'<p class="dim">{escaped(line)}</p>' for line in section.lines]
    for entry in section.entries:
        marks = "".join(_mark(left.pop(0), takeaway, words) for _ in entry.cited)
        if entry.quote:
            head = f'<p class="when">{escaped(entry.head)}</p>' if entry.head else ""
            lang = _lang(entry.cited[0].article, takeaway)
            lines.append(
                f'<div class="entry">{head}<blockquote{lang}>{escaped(entry.quote)}</blockquote>'
                f"{marks}</div>"
            )
        else:
            kind = ' class="answer"' if entry.strong else ""
            lines.append(f"<p{kind}>{escaped(entry.head)}</p>")
    return "\n".join([*lines, "</section>"])


def _heading(level: int, title: str) -> str:
    return f"<h{level}>{escaped(title)}</h{level}>"


def _lang(article_id: str, takeaway: Takeaway) -> str:
    article = next((a for a in takeaway.articles if a.id == article_id), None)
    return _lang_of(article, takeaway) if article else ""


def _lang_of(article: Article, takeaway: Takeaway) -> str:
    same = article.language == takeaway.language
    return "" if same else f' lang="{escaped(article.language)}"'


def _mark(one: Reference, takeaway: Takeaway, words: Texts) -> str:
    """The link from a quote to its passage; words alone when the passage is gone."""
    if one.article is None or one.span is None:
        line = footnote(one.citation, takeaway.language)
        return f'<p class="source" id="r{one.number}">{escaped(line)}. {words["export.gone"]}</p>'
    article = takeaway.articles[one.article - 1]
    line = footnote(cite_slice(article, *one.span), takeaway.language, article.authors)
    return (
        f'<p class="source" id="r{one.number}"><a href="#c{one.number}">[{one.number}]</a>'
        f" {escaped(line)}</p>"
    )


def _sources(takeaway: Takeaway, words: Texts) -> str:
    rows = []
    for number, article in enumerate(takeaway.articles, start=1):
        line = footnote(
            cite_slice(article, 0, 0), takeaway.language, article.authors, with_place=False
        )
        rows.append(f'<li><a href="#a{number}">{escaped(line)}</a></li>')
    listed = "\n".join(rows)
    title = _heading(2, words["export.sources"])
    return f'<section id="sources">\n{title}\n<ol>\n{listed}\n</ol>\n</section>'


def _articles(takeaway: Takeaway, found: Sequence[Reference], words: Texts) -> Iterator[str]:
    key = "export.articles" if takeaway.whole else "export.passages"
    yield f'<section id="articles">\n{_heading(2, words[key])}'
    for number, article in enumerate(takeaway.articles, start=1):
        yield f'<article id="a{number}"{_lang_of(article, takeaway)}>'
        yield _heading(3, f"{number}. {article.title}")
        yield f'<p class="dim">{escaped(article_about(article, takeaway.language))}</p>'
        if is_web(article.url):
            address = escaped(article.url or "")
            yield f'<p class="dim"><a href="{address}" rel="noreferrer">{address}</a></p>'
        if article.note:
            note = words["render.note"].format(note=article.note)
            yield f"<p><strong>{escaped(note)}</strong></p>"
        own = [one for one in found if one.article == number]
        before = -1
        for position in paragraphs_shown(takeaway, number, found):
            if not takeaway.whole and position > before + 1:
                yield f'<p class="dim">{CUT}</p>'
            before = position
            yield _paragraph(article, article.paragraphs[position], number, own, words)
        yield "</article>"
    yield "</section>"


def _paragraph(
    article: Article, paragraph: Paragraph, number: int, own: Sequence[Reference], words: Texts
) -> str:
    """A numbered paragraph, its cited slices marked, with the ways back to what cites them."""
    anchor = passage_anchor(number, paragraph)
    is_caption = paragraph.kind == "caption"
    key = "render.caption" if is_caption else "render.paragraph"
    label = escaped(words[key].format(n=paragraph.number))
    inside = [
        one for one in own
        if one.span and one.span[0] < paragraph.end and one.span[1] > paragraph.start
    ]  # fmt: skip
    text = _marked(article.text, paragraph, inside)
    back = "".join(
        f' <a class="back" href="#r{one.number}"'
        f' aria-label="{escaped(words["export.back"].format(n=one.number))}">↩ {one.number}</a>'
        for one in inside
    )
    kind = ' class="caption"' if is_caption else ""
    link = f'<a class="number" href="#{anchor}">{label}</a>'
    return f'<p id="{anchor}"{kind}>{link} {text}{back}</p>'


def _marked(text: str, paragraph: Paragraph, cited: Sequence[Reference]) -> str:
    spans = [
        (max(one.span[0], paragraph.start), min(one.span[1], paragraph.end), one)
        for one in cited
        if one.span
    ]
    edges = sorted(
        {paragraph.start, paragraph.end, *(s for s, _, _ in spans), *(e for _, e, _ in spans)}
    )
    made = []
    for start, end in pairwise(edges):
        made += [
            f'<span id="c{one.number}"></span>'
            for first, _, one in spans
            # A quote that goes on from the paragraph before has its anchor there.
            if first == start and one.span and one.span[0] >= paragraph.start
        ]
        words = quoted(visible(text[start:end]), quote=True)
        covered = any(first <= start and end <= last for first, last, _ in spans)
        made.append(f"<mark>{words}</mark>" if covered else words)
    return "".join(made)
