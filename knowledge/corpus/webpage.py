"""A saved web page -> draft: trafilatura finds the article, its dates are checked by our own.

The home of trafilatura. htmldate, which it brings, reads "1er mars 2023" as 1 January, so that a
date is taken from the page's own metadata or printed date lines only.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge.corpus import lines, messages
from knowledge.corpus.byline import agency_named
from knowledge.corpus.dates import parse_date
from knowledge.corpus.draft import Draft, Facts, Line
from knowledge.corpus.markup import Block, Markup
from knowledge.corpus.page import key
from knowledge.errors import UnreadableArticle
from knowledge.model import Dropped

_MIN_TEXT = 200
"""Below this many characters the precise extraction fell short, and the next one is tried."""

_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "publication_date", "publish-date", "pubdate", "cxenseparse:publishtime",
)  # fmt: skip
_TITLE_METAS = ("og:title", "twitter:title", "dc.title", "headline", "title")
_SITE_METAS = ("og:site_name", "application-name", "dc.publisher")
_AUTHOR_METAS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
_ARTICLE_TYPES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report")
_SUFFIX = re.compile(r"(?<!\s)\s+[|–—·-]\s+(?P<outlet>[^|–—·]{2,40})$")


def read(path: Path, html: str, page: Markup) -> Draft:
    """The article of a page. Raises UnreadableArticle when no text of one is found."""
    text = _extract(html, page)
    if not text:
        raise UnreadableArticle(path, messages.NO_HTML.format(path=path.as_posix()))
    body = [line for line in lines.one_each(text) if line.text]
    captions = _captions(page, body)
    return Draft(
        lines=(*captions, *lines.join_fragments(body)),
        facts=_facts(page),
        dropped=tuple(_left_out(page, (*captions, *body))),
    )


def _extract(html: str, page: Markup) -> str:
    """The article's text, a paragraph a line; precise first, then what is found at all."""
    import trafilatura

    best = ""
    for precise, recall in ((True, False), (False, False), (False, True)):
        found = trafilatura.extract(
            html,
            favor_precision=precise,
            favor_recall=recall,
            include_comments=False,
            include_tables=False,
        )
        if found and len(found) >= _MIN_TEXT:
            return str(found)
        best = max(best, found or "", key=len)
    text = [block for block in page.blocks if _is_text(block)]
    for wanted in ([block for block in text if "p" in block.marks], text):
        blocks = [block.text for block in wanted]
        best = max(best, "\n".join(blocks), key=len)
        if len(best) >= _MIN_TEXT:
            break
    return best


def _is_text(block: Block) -> bool:
    return block.marks.isdisjoint({"nav", "footer", "aside", "header", "form", "button"})


def _captions(page: Markup, body: list[Line]) -> tuple[Line, ...]:
    known = {key(line.text) for line in body}
    texts = [
        block.text
        for block in page.blocks
        if "figcaption" in block.marks and len(key(block.text)) > 3 and key(block.text) not in known
    ]
    return tuple(Line(text, True, "caption") for text in dict.fromkeys(texts))


def _left_out(page: Markup, kept: tuple[Line, ...]) -> Iterator[Dropped]:
    """The blocks of the page of which the article has nothing."""
    article = " ".join(" ".join(key(line.text)) for line in kept)
    article = f" {article} "
    for text in dict.fromkeys(block.text for block in page.blocks):
        words = " ".join(key(text))
        if words and f" {words} " not in article:
            yield Dropped(text, "outside_article")


def _facts(page: Markup) -> Facts:
    linked = next(
        (item for item in page.linked if any(kind in _ARTICLE_TYPES for kind in _types(item))), {}
    )
    site = _named(linked.get("publisher")) or _first(page.metas, _SITE_METAS)
    title = _text(linked.get("headline")) or _first(page.metas, _TITLE_METAS)
    if title and (cut := _SUFFIX.search(title)) and _same_name(cut["outlet"], site):
        title = title[: cut.start()]
    heading = next((block.text for block in page.blocks if "h1" in block.marks), None)
    authors, agency = _authors(linked, page)
    published = parse_date(_text(linked.get("datePublished")) or "")
    published = published or _published(page)
    language = page.metas.get("lang") or page.metas.get("og:locale")
    url = page.metas.get("canonical") or page.metas.get("og:url")
    return Facts(
        title=title or heading,
        publisher=site,
        agency=agency,
        authors=authors,
        published=published,
        published_from="metadata" if published else None,
        url=url if url and url.startswith("http") else None,
        language=language[:2].lower() if language else None,
    )


def _types(item: dict[str, object]) -> list[object]:
    kind = item.get("@type")
    return kind if isinstance(kind, list) else [kind]


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _named(value: object) -> str | None:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if metas.get(name)), None)


def _same_name(outlet: str, site: str | None) -> bool:
    """Whether a title's ending is the outlet; "Titre - Le Site" is cut only then."""
    if not site:
        return False
    first, second = key(outlet), key(site)
    return first == second or "".join(first) in "".join(second) or "".join(second) in "".join(first)


def _authors(linked: dict[str, object], page: Markup) -> tuple[tuple[str, ...], str | None]:
    """The persons named as authors, and the agency when one is named among them."""
    given = linked.get("author")
    names = [_named(item) for item in (given if isinstance(given, list) else [given])]
    names = [name for name in names if name] or [_first(page.metas, _AUTHOR_METAS)]
    parts = [part.strip() for name in names if name for part in re.split(r",| et | and ", name)]
    people = [part for part in parts if part and not part.startswith("http")]
    agency = next((found for part in people if (found := _agency_in(part))), None)
    persons = tuple(part for part in people if not _agency_in(part) and " avec " not in part)
    return tuple(dict.fromkeys(persons)), agency


def _agency_in(name: str) -> str | None:
    return agency_named(name) or agency_named(name.rpartition(" avec ")[2])


def _published(page: Markup) -> date | None:
    values = [page.metas[name] for name in _PUBLISHED_METAS if page.metas.get(name)]
    values.append(page.metas.get("time", ""))
    values += [block.text for block in page.blocks if _is_date_line(block)]
    return next((found for value in values if (found := parse_date(value))), None)


def _is_date_line(block: Block) -> bool:
    return len(block.text) < 120 and bool(
        "time" in block.marks or re.match(r"(?:Publi|Posté|Paru|Published)", block.text)
    )
