"""HTML exports of press databases, several articles in one page (Europresse, Factiva).

A record is recognised by the class names of the database's own HTML, never by an outlet's name.
"""

import re
from collections.abc import Sequence

from knowledge.corpus import lines
from knowledge.corpus.dates import parse_date
from knowledge.corpus.draft import Draft, Facts, Line
from knowledge.corpus.exports import (
    CODES,
    RIGHTS,
    WORD_COUNT,
    Record,
    from_codes,
    header_fact,
    persons,
)
from knowledge.corpus.markup import Block, Markup

_EUROPRESSE_MARKS = frozenset(
    {"titreArticle", "titreArticleVisu", "rdp__articletitle", "DocPublicationName",
     "rdp__DocPublicationName", "docOcurrContainer", "DocText", "DocHeader"}
)  # fmt: skip
_FACTIVA_MARKS = re.compile(r"[a-z]{2}(?:Article|Headline)|[a-z]{0,2}articleParagraph")


def split(page: Markup) -> tuple[Draft, ...]:
    """The articles of an HTML export, () when the page is none."""
    records: dict[int, list[Block]] = {}
    for block in page.blocks:
        if block.article:
            records.setdefault(block.article, []).append(block)
    found: list[Draft] = []
    for blocks in records.values():
        marks = frozenset().union(*(block.marks for block in blocks))
        if len(_EUROPRESSE_MARKS & marks) >= 2:
            found.append(_europresse_markup(blocks).draft())
        elif any(_FACTIVA_MARKS.fullmatch(mark) for mark in marks) or "index" in marks:
            found.append(_factiva_markup(blocks).draft())
    return tuple(draft for draft in found if draft.lines)


def _europresse_markup(blocks: Sequence[Block]) -> Record:
    def texts(*marks: str) -> list[str]:
        return [block.text for block in blocks if block.marks.intersection(marks)]

    def is_body(block: Block) -> bool:
        return bool(block.marks & {"docOcurrContainer", "DocText"})

    title = next(iter(texts("titreArticle", "titreArticleVisu", "rdp__articletitle")), None)
    published = next((d for text in texts("DocHeader") if (d := parse_date(text))), None)
    outlet = next(iter(texts("DocPublicationName", "rdp__DocPublicationName")), None)
    facts = Facts(
        title=title,
        publisher=outlet.split(",")[0].strip() if outlet else None,
        authors=persons(texts("docAuthors", "sm-margin-bottomNews", "rdp__byline")),
        published=published,
        published_from="export" if published else None,
    )
    body = [block.text for block in blocks if is_body(block) and not RIGHTS.fullmatch(block.text)]
    header = [block.text for block in blocks if block.text not in body]
    return Record(facts, tuple(lines.join_fragments([Line(t, True) for t in body])), tuple(header))


def _factiva_markup(blocks: Sequence[Block]) -> Record:
    codes = [block.text for block in blocks if "index" in block.marks]
    if codes:
        return from_codes(_table(blocks))
    texts = [block.text for block in blocks]
    is_text = [_is_factiva_text(block) for block in blocks]
    first = is_text.index(True) if True in is_text else len(blocks)
    count = next((i for i, text in enumerate(texts[:first]) if WORD_COUNT.fullmatch(text)), 0)
    heading = [
        block.text for block in blocks[:first] if any(m.endswith("Headline") for m in block.marks)
    ]
    title = heading[0] if heading else texts[0]
    facts = Facts(title=title, authors=persons([t for t in texts[:count] if t != title]))
    for text in texts[count:first]:
        facts = facts.or_else(header_fact(text, facts) or Facts())
    body = [text for text, wanted in zip(texts, is_text, strict=True) if wanted]
    header = [text for text, wanted in zip(texts, is_text, strict=True) if not wanted]
    return Record(facts, tuple(lines.join_fragments([Line(t, True) for t in body])), tuple(header))


def _is_factiva_text(block: Block) -> bool:
    return any(mark.lower().endswith("articleparagraph") for mark in block.marks)


def _table(blocks: Sequence[Block]) -> dict[str, str]:
    """The coded rows of Factiva's indexed HTML: code -> text, paragraphs split by blank lines."""
    values: dict[str, str] = {}
    code = ""
    for block in blocks:
        if "index" in block.marks and block.text in CODES:
            code = block.text
            values.setdefault(code, "")
        elif code:
            values[code] = f"{values[code]}\n\n{block.text}".strip()
    return values
