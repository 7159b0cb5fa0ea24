"""Text exports of press databases, several articles in one file (Europresse, Factiva).

A record is recognised by what the database itself prints (the reference of a document,
two-letter codes), never by an outlet's name. Their HTML is the business of exports_html.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from knowledge.corpus import lines
from knowledge.corpus.dates import find_dates, parse_date
from knowledge.corpus.draft import Draft, Facts, Line
from knowledge.corpus.page import is_prose
from knowledge.corpus.wordlists import fold
from knowledge.model import Dropped

_EUROPRESSE_END = re.compile(r"\s*(?:\w{2,12})[·‧∙•]\d{8}[·‧∙•][\w-]{1,12}[·‧∙•]\S+\s*")
_FACTIVA_END = re.compile(r"\s*Document\s+[A-Z][A-Z0-9]{4,}\w*\s*")
WORD_COUNT = re.compile(r"\d[\d\s.,\xa0\u202f]*\s*(?:mots|words)")
_LANGUAGE = {
    "francais": "fr", "french": "fr", "anglais": "en", "english": "en", "russe": "ru",
    "russian": "ru", "allemand": "de", "german": "de", "espagnol": "es", "spanish": "es",
    "italien": "it", "italian": "it", "neerlandais": "nl", "portugais": "pt", "arabe": "ar",
}  # fmt: skip
_SOURCE_CODE = re.compile(r"[A-Z0-9]{3,8}")
_PAGE = re.compile(r"(?:p(?:age|g)?s?\.?\s*)?[A-Z]{0,3}\d{1,4}(?:[-,]\s?\d{1,4})*")
_TIME = re.compile(r"\d{1,2}[:hH]\d{2}(?:\s*(?:GMT|UTC|CET))?")
RIGHTS = re.compile(
    r"(?:©|\([cC]\)|Copyright\b|Tous droits réservés|All rights reserved|"
    r"Le présent document est protégé|Certificat émis le|Note\(s\)\s*:).*",
    re.DOTALL,
)
_CODE_LINE = re.compile(r"(?P<code>[A-Z]{2})(?:\s+(?P<value>.*))?")
CODES = frozenset(
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
_HEADER_LINES = 25
_TITLE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Record:
    """One article of an export, and the lines around it that the database wrote."""

    facts: Facts
    body: tuple[Line, ...]
    header: tuple[str, ...]

    def draft(self) -> Draft:
        """The article, the database's own lines dropped."""
        dropped = tuple(Dropped(text, "export_header") for text in self.header if text)
        return Draft(self.body, self.facts, dropped=dropped)


def split(text: str) -> tuple[Draft, ...]:
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


def _factiva(chunk: list[str]) -> Record | None:
    coded = [line for line in chunk if (m := _CODE_LINE.fullmatch(line)) and m["code"] in CODES]
    codes = {line[:2] for line in coded}
    if {"HD", "PD"} <= codes:
        return _coded(chunk[:-1])
    places = [place for place, line in enumerate(chunk) if line.strip()][:_HEADER_LINES]
    count = next((p for p in places if WORD_COUNT.fullmatch(chunk[p].strip())), None)
    if count is None:
        return None
    return _factiva_plain(chunk, [place for place in places if place >= count], count)


def _factiva_plain(chunk: list[str], after: list[int], count: int) -> Record:
    """Title, section, author, word count, date, outlet, code, page, language, rights; then text."""
    before = [line.strip() for line in chunk[:count] if line.strip()]
    title = before[0] if before else None
    facts = Facts(title=title, authors=persons(before[1:]))
    last = count
    for place in after[1:]:
        line = chunk[place].strip()
        if is_prose(line) and not RIGHTS.fullmatch(line):
            break
        found = header_fact(line, facts)
        if found is None:
            break
        facts, last = facts.or_else(found), place
    header = [line.strip() for line in chunk[: last + 1]]
    return Record(facts, _body(chunk[last + 1 : -1]), (*header, chunk[-1].strip()))


def header_fact(line: str, facts: Facts) -> Facts | None:
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
    if RIGHTS.fullmatch(line) or WORD_COUNT.fullmatch(line):
        return Facts()
    if facts.published and not facts.publisher and len(line) < 80:
        return Facts(publisher=line)
    return None


def _coded(chunk: list[str]) -> Record:
    """A record whose lines begin with Factiva's codes (HD, BY, PD, SN, LP, TD…)."""
    values: dict[str, list[str]] = {}
    code = ""
    for line in chunk:
        found = _CODE_LINE.fullmatch(line.strip())
        if found and found["code"] in CODES and found["code"] not in values:
            code = found["code"]
            values[code] = [found["value"] or ""]
        elif code:
            values[code].append(line)
    return from_codes({name: "\n".join(value).strip() for name, value in values.items()})


def from_codes(values: dict[str, str]) -> Record:
    """The record of Factiva's coded fields, code -> text."""
    published = parse_date(values.get("PD", ""))
    facts = Facts(
        title=" ".join(values.get("HD", "").split()) or None,
        publisher=values.get("SN") or None,
        authors=persons([values.get("BY", "")]),
        published=published,
        published_from="export" if published else None,
        language=_LANGUAGE.get(fold(values.get("LA", ""))),
    )
    text = "\n\n".join(values[name] for name in ("LP", "TD") if values.get(name))
    header = [f"{name} {value}" for name, value in values.items() if name not in {"LP", "TD"}]
    return Record(facts, _body(text.splitlines()), tuple(header))


def _europresse(chunk: list[str]) -> Record | None:
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
        if (found := persons([chunk[place].strip()])) and not authors:
            authors, first = found, place + 1
    stop = next((p for p in places if p >= first and RIGHTS.fullmatch(chunk[p].strip())), -1)
    facts = Facts(
        title=title,
        publisher=_labelled_outlet(chunk, above) or _outlet(chunk, above, at),
        authors=authors,
        published=_header_date(chunk[at]),
        published_from="export",
    )
    header = (*chunk[:first], *chunk[stop:])
    return Record(facts, _body(chunk[first:stop]), tuple(line.strip() for line in header))


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


def persons(texts: Sequence[str]) -> tuple[str, ...]:
    """The names of lines that hold nothing but names."""
    found: list[str] = []
    for text in texts:
        if _PERSON.fullmatch(text) and not text.isupper() and len(text) < 100:
            names = re.split(r"\s*,\s*|\s+et\s+|\s*;\s*", re.sub(r"^[Pp]ar\s+", "", text))
            found.extend(name for name in names if name)
    return tuple(dict.fromkeys(found))


def _body(raw: Sequence[str]) -> tuple[Line, ...]:
    return lines.read("\n".join(raw))
