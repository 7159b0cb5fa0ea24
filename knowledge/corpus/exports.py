"""Exports of press databases, several articles in one file, as Europresse and Factiva give them.

A record is recognised by what the database itself prints (the reference of a document, the class
names of its HTML, two-letter codes), never by an outlet's name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from knowledge.corpus import lines
from knowledge.corpus.dates import find_dates, parse_date
from knowledge.corpus.draft import Draft, Facts, Line
from knowledge.corpus.markup import Block, Markup
from knowledge.corpus.page import is_prose
from knowledge.corpus.wordlists import fold
from knowledge.model import Dropped

_EUROPRESSE_END = re.compile(r"\s*(?:\w{2,12})[·‧∙•]\d{8}[·‧∙•][\w-]{1,12}[·‧∙•]\S+\s*")
_FACTIVA_END = re.compile(r"\s*Document\s+[A-Z][A-Z0-9]{4,}\w*\s*")
_WORD_COUNT = re.compile(r"\d[\d\s.,\xa0\u202f]*\s*(?:mots|words)")
_LANGUAGE = {
    "francais": "fr", "french": "fr", "anglais": "en", "english": "en", "russe": "ru",
    "russian": "ru", "allemand": "de", "german": "de", "espagnol": "es", "spanish": "es",
    "italien": "it", "italian": "it", "neerlandais": "nl", "portugais": "pt", "arabe": "ar",
}  # fmt: skip
_SOURCE_CODE = re.compile(r"[A-Z0-9]{3,8}")
_PAGE = re.compile(r"(?:p(?:age|g)?s?\.?\s*)?[A-Z]{0,3}\d{1,4}(?:[-,]\s?\d{1,4})*")
_TIME = re.compile(r"\d{1,2}[:hH]\d{2}(?:\s*(?:GMT|UTC|CET))?")
_RIGHTS = re.compile(
    r"(?:©|\([cC]\)|Copyright\b|Tous droits réservés|All rights reserved|"
    r"Le présent document est protégé|Certificat émis le|Note\(s\)\s*:).*",
    re.DOTALL,
)
_CODE_LINE = re.compile(r"(?P<code>[A-Z]{2})(?:\s+(?P<value>.*))?")
_CODES = frozenset(
    ("HD", "BY", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "LA", "CY", "LP", "TD", "CR", "SE",
     "CO", "IN", "NS", "RE", "PUB", "IPC", "IPD", "AN", "CLM", "ART", "RF", "VOL", "CT"),
)  # fmt: skip
_PERSON = re.compile(
    r"(?:[Pp]ar\s+)?[A-ZÀ-ÖØ-Þ][\w'’.-]+(?:\s+(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|de|du|le|la|et|van|,)){1,7}"
)
_LABELS = {
    "nom de la source": "publisher", "type de source": "", "periodicite": "",
    "couverture geographique": "", "provenance": "", "page": "",
}  # fmt: skip
_EUROPRESSE_MARKS = frozenset(
    {"titreArticle", "titreArticleVisu", "rdp__articletitle", "DocPublicationName",
     "rdp__DocPublicationName", "docOcurrContainer", "DocText", "DocHeader"}
)  # fmt: skip
_FACTIVA_MARKS = re.compile(r"[a-z]{2}(?:Article|Headline)|[a-z]{0,2}articleParagraph")
_HEADER_LINES = 25
_TITLE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class _Record:
    facts: Facts
    body: tuple[Line, ...]
    header: tuple[str, ...]

    def draft(self) -> Draft:
        dropped = tuple(Dropped(text, "export_header") for text in self.header if text)
        return Draft(self.body, self.facts, dropped=dropped)


def split_text(text: str) -> tuple[Draft, ...]:
    """The articles of a text export, () when the text is none."""
    raw = text.splitlines()
    for end, read in ((_FACTIVA_END, _factiva), (_EUROPRESSE_END, _europresse)):
        records = [read(chunk) for chunk in _chunks(raw, end)]
        found = tuple(record.draft() for record in records if record and record.body)
        if found:
            return found
    return ()


def _chunks(raw: Sequence[str], end: re.Pattern[str]) -> Iterator[list[str]]:
    """The lines of each record, its closing reference last; what follows the last is left out."""
    chunk: list[str] = []
    for line in raw:
        chunk.append(line.rstrip())
        if end.fullmatch(line):
            yield chunk
            chunk = []


def _factiva(chunk: list[str]) -> _Record | None:
    coded = [line for line in chunk if (m := _CODE_LINE.fullmatch(line)) and m["code"] in _CODES]
    codes = {line[:2] for line in coded}
    if {"HD", "PD"} <= codes:
        return _coded(chunk)
    places = [place for place, line in enumerate(chunk) if line.strip()][:_HEADER_LINES]
    count = next((p for p in places if _WORD_COUNT.fullmatch(chunk[p].strip())), None)
    if count is None:
        return None
    return _factiva_plain(chunk, [place for place in places if place >= count], count)


def _factiva_plain(chunk: list[str], after: list[int], count: int) -> _Record:
    """Title, section, author, word count, date, outlet, code, page, language, rights; then text."""
    before = [line.strip() for line in chunk[:count] if line.strip()]
    title = before[0] if before else None
    facts = Facts(title=title, authors=_persons(before[1:]))
    last = count
    for place in after[1:]:
        line = chunk[place].strip()
        if is_prose(line) and not _RIGHTS.fullmatch(line):
            break
        found = _header_fact(line, facts)
        if found is None:
            break
        facts, last = facts.or_else(found), place
    header = [line.strip() for line in chunk[: last + 1]]
    return _Record(facts, _body(chunk[last + 1 : -1]), (*header, chunk[-1].strip()))


def _header_fact(line: str, facts: Facts) -> Facts | None:
    """What a line of a Factiva header says, None when it is no such line."""
    if language := _LANGUAGE.get(fold(line)):
        return Facts(language=language)
    if (published := parse_date(line)) and len(line) < 40:
        return Facts(published=published, published_from="export")
    is_mark = _TIME.fullmatch(line) or _SOURCE_CODE.fullmatch(line) or _PAGE.fullmatch(line)
    if is_mark and facts.published:
        # An outlet in capitals ("LCI") looks like a code; it stands before its code.
        first_code = _SOURCE_CODE.fullmatch(line) and not facts.publisher and line.isalpha()
        return Facts(publisher=line) if first_code else Facts()
    if _RIGHTS.fullmatch(line) or _WORD_COUNT.fullmatch(line):
        return Facts()
    if facts.published and not facts.publisher and len(line) < 80:
        return Facts(publisher=line)
    return None


def _coded(chunk: list[str]) -> _Record:
    """A record whose lines begin with Factiva's codes (HD, BY, PD, SN, LP, TD…)."""
    values: dict[str, list[str]] = {}
    code = ""
    for line in chunk:
        found = _CODE_LINE.fullmatch(line.strip())
        if found and found["code"] in _CODES and found["code"] not in values:
            code = found["code"]
            values[code] = [found["value"] or ""]
        elif code:
            values[code].append(line)
    return _from_codes({name: "\n".join(value).strip() for name, value in values.items()})


def _from_codes(values: dict[str, str]) -> _Record:
    published = parse_date(values.get("PD", ""))
    facts = Facts(
        title=" ".join(values.get("HD", "").split()) or None,
        publisher=values.get("SN") or None,
        authors=_persons([values.get("BY", "")]),
        published=published,
        published_from="export" if published else None,
        language=_LANGUAGE.get(fold(values.get("LA", ""))),
    )
    text = "\n\n".join(values[name] for name in ("LP", "TD") if values.get(name))
    header = [f"{name} {value}" for name, value in values.items() if name not in {"LP", "TD"}]
    return _Record(facts, _body(text.splitlines()), tuple(header))


def _europresse(chunk: list[str]) -> _Record | None:
    """Outlet, date and page, title, author; then text, rights and the reference."""
    places = [place for place, line in enumerate(chunk[:-1]) if line.strip()]
    prose = next((p for p in places if is_prose(chunk[p].strip())), len(chunk))
    dated = [p for p in places if p < prose and _header_date(chunk[p])]
    if not dated:
        return None
    at = dated[-1]
    above = [p for p in places if p < at]
    below = [p for p in places if p > at]
    if not below:
        return None
    title_at, first = below[0], below[0] + 1
    title = chunk[title_at].strip()
    while first < len(chunk) and chunk[first].strip()[:1].islower() and len(title) < _TITLE_LIMIT:
        # A long title is wrapped in a PDF: it goes on in lower case.
        title, first = f"{title} {chunk[first].strip()}", first + 1
    authors: tuple[str, ...] = ()
    for place in [p for p in below if first <= p < prose][:2]:
        if (found := _persons([chunk[place].strip()])) and not authors:
            authors, first = found, place + 1
    stop = next((p for p in places if p >= first and _RIGHTS.fullmatch(chunk[p].strip())), -1)
    facts = Facts(
        title=title,
        publisher=_labelled_outlet(chunk, above) or _outlet(chunk, above, at),
        authors=authors,
        published=_header_date(chunk[at]),
        published_from="export",
    )
    header = (*chunk[:first], *chunk[stop:])
    return _Record(facts, _body(chunk[first:stop]), tuple(line.strip() for line in header))


def _header_date(line: str) -> date | None:
    """The date of a header line such as "Monde, mardi 28 février 2023, 812 mots, p. 4"."""
    if len(line) > 150 or line.rstrip().endswith("."):
        return None
    return next((value for _, _, value in find_dates(line)), None)


def _labelled_outlet(chunk: Sequence[str], above: Sequence[int]) -> str | None:
    for place, following in pairwise(above):
        if _LABELS.get(fold(chunk[place].strip(" :"))) == "publisher":
            return chunk[following].strip()
    return None


def _outlet(chunk: Sequence[str], above: Sequence[int], at: int) -> str | None:
    """The line above the date, else what stands before the date on its line."""
    if above:
        name = re.split(r",\s*n[o°]\b|\s+-\s+\d", chunk[above[-1]].strip())[0]
        return name.strip(" ,") or None
    start = next((start for start, _, _ in find_dates(chunk[at])), 0)
    name = re.sub(r"[,\s-]*(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?\s*$", "",
                  chunk[at][:start])  # fmt: skip
    return name.split(",")[0].strip() or None


def _persons(texts: Sequence[str]) -> tuple[str, ...]:
    """The names of lines that hold nothing but names."""
    found: list[str] = []
    for text in texts:
        if _PERSON.fullmatch(text) and not text.isupper() and len(text) < 100:
            names = re.split(r"\s*,\s*|\s+et\s+|\s*;\s*", re.sub(r"^[Pp]ar\s+", "", text))
            found.extend(name for name in names if name)
    return tuple(dict.fromkeys(found))


def _body(raw: Sequence[str]) -> tuple[Line, ...]:
    return lines.read("\n".join(raw))


def split_markup(page: Markup) -> tuple[Draft, ...]:
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


def _europresse_markup(blocks: Sequence[Block]) -> _Record:
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
        authors=_persons(texts("docAuthors", "sm-margin-bottomNews", "rdp__byline")),
        published=published,
        published_from="export" if published else None,
    )
    body = [block.text for block in blocks if is_body(block) and not _RIGHTS.fullmatch(block.text)]
    header = [block.text for block in blocks if block.text not in body]
    return _Record(facts, tuple(lines.join_fragments([Line(t, True) for t in body])), tuple(header))


def _factiva_markup(blocks: Sequence[Block]) -> _Record:
    codes = [block.text for block in blocks if "index" in block.marks]
    if codes:
        return _from_codes(_table(blocks))
    texts = [block.text for block in blocks]
    is_text = [_is_factiva_text(block) for block in blocks]
    first = is_text.index(True) if True in is_text else len(blocks)
    count = next((i for i, text in enumerate(texts[:first]) if _WORD_COUNT.fullmatch(text)), 0)
    heading = [
        block.text for block in blocks[:first] if any(m.endswith("Headline") for m in block.marks)
    ]
    title = heading[0] if heading else texts[0]
    facts = Facts(title=title, authors=_persons([t for t in texts[:count] if t != title]))
    for text in texts[count:first]:
        facts = facts.or_else(_header_fact(text, facts) or Facts())
    body = [text for text, wanted in zip(texts, is_text, strict=True) if wanted]
    header = [text for text, wanted in zip(texts, is_text, strict=True) if not wanted]
    return _Record(facts, tuple(lines.join_fragments([Line(t, True) for t in body])), tuple(header))


def _is_factiva_text(block: Block) -> bool:
    return any(mark.lower().endswith("articleparagraph") for mark in block.marks)


def _table(blocks: Sequence[Block]) -> dict[str, str]:
    """The coded rows of Factiva's indexed HTML: code -> text, paragraphs split by blank lines."""
    values: dict[str, str] = {}
    code = ""
    for block in blocks:
        if "index" in block.marks and block.text in _CODES:
            code = block.text
            values.setdefault(code, "")
        elif code:
            values[code] = f"{values[code]}\n\n{block.text}".strip()
    return values
