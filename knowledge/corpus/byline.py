"""Who wrote it, for whom, and when: bylines, date lines, datelines, signatures, dated captions."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from knowledge.corpus.dates import MONTHS, WEEKDAYS, find_dates
from knowledge.corpus.draft import Facts
from knowledge.corpus.page import Page, is_finished
from knowledge.corpus.wordlists import fold, rows, words

_MAX_BYLINE = 140
_NEAR_START, _NEAR_END = 15, 8
"""Kept lines from the top and from the end among which bylines stand."""

_SEGMENTS = re.compile(r"\s+[|•·–—-]\s+|\s*[|•·]\s*")
_BY = re.compile(
    r"(?:Par|PAR|par|By|BY|Publié par|Écrit par|Ecrit par|Rédigé par|Propos recueillis par|"
    r"Auteur\s*:|Autrice\s*:|Reportage de|Article de)\s+(?P<who>\S.*)"
)
_WITH = re.compile(
    r"(?:^|,?\s+|\s*\()(?:avec|with)\s+(?:l['’]\s?)?(?P<agency>[^()]{2,60})\)?$", re.IGNORECASE
)
_SOURCE = re.compile(
    r"\(?(?:source|avec|with|d['’]après)\s*:?\s*(?P<agency>[^():]{2,60})\)?\.?", re.IGNORECASE
)
_SENT = re.compile(
    r"(?:[Nn]otre |[Nn]os )?(?:[Ee]nvoyée?s? spéciale?s?|[Cc]orrespondante?s?)"
    r"(?: (?:à|au|aux|en) [^,]{2,40})?,\s*(?P<who>\S.*)"
)
_SIGNATURE = re.compile(
    r"[a-z]{2,4}(?:[-/][a-z]{2,4}){1,4}|(?:[A-ZÉ]\.\s?){2,3}"
    r"|\((?:[A-ZÉ]{1,4})(?:[/,. -]{1,2}[A-ZÉ]{1,4}){0,3}\)"
)
_AUTHOR_ROLE = re.compile(
    r"[,(]\s*(?:envoyée?s? spéciale?s?|correspondante?s?|journaliste|à \S|au \S|en \S|notre ).*$",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"\s*\((?:[^()]{2,40},\s*)?(?:(?:de\s)?nos?(?:tre)?\s)?"
    r"(?:envoyée?s? spéciale?s?|correspondante?s?|service [^()]{2,30})(?:[^()]{2,40})?\)$",
    re.IGNORECASE,
)
"""Where a reporter was, behind the name ("Anne Durand (Brest, envoyée spéciale)")."""
_AND = re.compile(r"\s*,\s*|\s+(?:et|and|&)\s+")
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|[a-zà-ÿ'’]{1,4})"
    r"(?:\s+(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|d[eu']|l[ae]|v[ao]n|der|ben|el|al)){0,4}"
)
_ARTICLE = re.compile(r"(?:La|Le|Les|L['’])\b")
_STAFF = re.compile(r"(?:la|notre) r[ée]daction\b", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-ZÉ]\.?-?){1,4}")
_OUR = re.compile(
    r"(?:avec|de) (?:notre|nos) (?:correspondante?s?|envoyée?s?)[^,]{0,60}(?:,\s*(?P<who>.+))?",
    re.IGNORECASE,
)
_CREDITS = re.compile(
    r"\((?:avec |reportage|version française|rédig|édit|bureau|écrit |par )[^()]{3,200}\)\.?",
    re.IGNORECASE,
)
_DATE_REST = re.compile(
    r"\b(?:publiee?|poste|paru|mise? a jour|mise? en ligne|modifiee?|actualisee?|le|a|on|at|et|"
    rf"dernier[e]? modification|updated|published|posted|date|gmt|utc|est|cet|{'|'.join(WEEKDAYS)}|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d{1,2}\s?[h:]\s?\d{0,2}(?::\d\d)?)"
    r"(?:\b|(?=\d)|$)|[\W_]"
)
_UPDATED = re.compile(r"\b(?:mise? a jour|modifiee?|actualisee?|updated|maj)\b")
_DATELINE = re.compile(
    r"(?:(?P<city>[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:[ '’-][A-ZÀ-ÖØ-Þa-zà-ÿ][^\W\d_]*){0,3})"
    r"(?:\s*\([^()]{2,30}\))?(?:\s*,\s*|\s+))?"
    r"(?:(?:le\s+)?(?P<day>\d{1,2}(?:er)?)\s+(?P<month>[^\W\d_]{3,9})\.?"
    r"(?:\s+(?P<year>(?:19|20)\d\d))?\s*)?"
    r"(?:,\s*)?\((?P<agency>[^()]{2,30})\)\s*(?:[-–—:.]{1,2}\s|$)"
)
_LABELS = re.compile(r"\s[-–—|>»:]\s|[/|:]")
_END_AGENCY = re.compile(r"\((?:avec\s+)?(?P<agency>[^()]{2,30})\)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    facts: Facts
    rule: str


@cache
def _wires() -> dict[str, str]:
    return {fold(name): name for name, kind in rows("press_agencies.tsv") if kind == "wire"}


def agency_named(text: str) -> str | None:
    """The news agency that a text names and nothing else; the first of several ("AFP, Reuters")."""
    parts = re.split(r"\s*[,/&]\s*|\s+et\s+|\s+and\s+", text.strip(" ().-–—:"))
    named = [_wires().get(fold(part)) for part in parts if part]
    return named[0] if named and all(named) else None


def find(page: Page) -> Page:
    """Learns from bylines, date lines, signatures and agency lines, and drops these lines."""
    rules: dict[int, str] = {}
    updated: Facts = Facts()
    body = page.body()
    for place, (i, text) in enumerate(body):
        near_end = place >= len(body) - _NEAR_END
        found = _line(text, near_end=near_end) if near_end or place < _NEAR_START else None
        if found is None:
            continue
        rules[i] = found.rule
        if found.rule == "date_line" and _UPDATED.search(fold(text)) and not _has_published(text):
            updated = updated.or_else(found.facts)
        else:
            page = page.learn(found.facts)
    return page.learn(updated).drop(rules)


def _has_published(text: str) -> bool:
    return bool(re.search(r"\b(?:publie|poste|paru|published|posted)", fold(text)))


def _line(text: str, *, near_end: bool) -> _Found | None:
    if len(text) > _MAX_BYLINE:
        return None
    if agency := agency_named(text):
        return _Found(Facts(agency=agency), "agency")
    if near_end and (_SIGNATURE.fullmatch(text)):
        return _Found(Facts(), "signature")
    found = _segments(text)
    if found is None and near_end and _CREDITS.fullmatch(text):
        return _Found(Facts(), "signature")
    if found is None and near_end and (sent := _SENT_FROM.search(text)):
        facts = _writers(text[: sent.start()])
        return _Found(facts, "signature") if facts else None
    return found


def _segments(text: str) -> _Found | None:
    """What the parts of a byline say together, None when one of them is something else."""
    segments = [part for part in _SEGMENTS.split(text) if part.strip()]
    found = [_segment(part.strip()) for part in segments]
    if not found or any(item is None for item in found):
        return None
    facts = Facts()
    for item in found:
        if item:
            facts = facts.or_else(item.facts)
    return next((_Found(facts, item.rule) for item in found if item), None)


def _segment(text: str) -> _Found | None:
    """What one part of a byline says, None when it is no byline, date or agency."""
    if by := _BY.fullmatch(text):
        facts = _writers(by["who"].rstrip(".:"))
        return _Found(facts, "byline") if facts else None
    if agency := agency_named(text):
        return _Found(Facts(agency=agency), "agency")
    if (source := _SOURCE.fullmatch(text)) and (agency := agency_named(source["agency"])):
        return _Found(Facts(agency=agency), "agency")
    if (sent := _SENT.fullmatch(text)) and (facts := _writers(sent["who"])):
        return _Found(facts, "byline")
    if our := _OUR.fullmatch(text):
        return _Found((_writers(our["who"]) if our["who"] else None) or Facts(), "byline")
    if re.fullmatch(r"\(?avec (?:les )?agences?\)?\.?", fold(text)):
        return _Found(Facts(), "agency")
    if published := _date_alone(text):
        return _Found(Facts(published=published, published_from="text"), "date_line")
    if (with_agency := _WITH.search(text)) and (agency := agency_named(with_agency["agency"])):
        facts = _writers(text[: with_agency.start()]) if with_agency.start() else Facts()
        return _Found(facts.or_else(Facts(agency=agency)), "byline") if facts else None
    if re.fullmatch(r"\d+ min(?:utes?)?(?: de lecture)?|\d{1,2}\s?[h:]\s?\d\d", fold(text)):
        return _Found(Facts(), "date_line")
    return None


def _writers(who: str) -> Facts | None:
    """Authors, outlet and agency of "Par …"; None when these are no names."""
    agency = None
    if found := _WITH.search(who):
        agency = agency_named(found["agency"])
        who = who[: found.start()] if agency or "agence" in fold(found["agency"]) else who
    published = None
    for start, _, value in find_dates(who):
        published, who = value, re.sub(r"[\s,]*(?:publiée?|le|,|-|–)*\s*$", "", who[:start])
        break
    who = _AUTHOR_ROLE.sub("", _SENT_FROM.sub("", who)).strip(" ,;:–—-")
    dated = Facts(agency=agency, published=published, published_from="text" if published else None)
    if not who:
        return dated
    if alone := agency_named(who):
        return Facts(agency=alone).or_else(dated)
    names = tuple(name for name in _AND.split(who) if name)
    if not all(_NAME.fullmatch(name) and not name.islower() for name in names):
        return dated if _STAFF.match(who) else None
    if all(_INITIALS.fullmatch(name) for name in names):
        return dated
    if len(names) == 1 and is_outlet(who, sure=False):
        return Facts(publisher=who).or_else(dated)
    return Facts(authors=names).or_else(dated)


def is_outlet(text: str, *, sure: bool = True) -> bool:
    """Whether a short line names an outlet: a word of press names in it, or an address.

    `sure=False` (after "Par") also takes one word alone and names with an article.
    """
    tokens = re.findall(r"[\w.-]+", fold(text))
    if not 0 < len(tokens) <= 5 or is_section(text):
        return False
    if not sure and (len(tokens) == 1 or _ARTICLE.match(text)):
        return True
    known = words("outlet_words.txt")
    if re.search(r"\s[/>|›»]\s", text):
        return False
    capital = text[0].isupper() or text[0].isdigit() or "." in text
    named = any(token in known or token[token.rfind(".") :] in known for token in tokens)
    return capital and named and not is_finished(text)


def is_section(text: str) -> bool:
    """Whether a line names a newspaper section, alone or with another label beside it."""
    return _LABELS.split(fold(text))[0].strip() in _section_names()


@cache
def _section_names() -> frozenset[str]:
    return frozenset(name for row in rows("sections.txt") for name in row)


def _date_alone(text: str) -> date | None:
    """The date of a line that says nothing else ("Publié le 3 mars 2023 à 10 h 12")."""
    folded = fold(text)
    spans = list(find_dates(text))
    if not spans:
        return None
    rest = folded
    for start, end, _ in reversed(spans):
        rest = rest[:start] + " " + rest[end:]
    if _DATE_REST.sub("", rest):
        return None
    return spans[0][2]


def read_dateline(page: Page, reference: date | None) -> Page:
    """Learns the agency and the date of "PARIS, 3 mars (Reuters) -" and of a final "(AFP)".

    A day without a year is a date only when `reference` is known: the last such day before it.
    """
    body = page.body()
    for _, text in body[:2]:
        found = _DATELINE.match(text)
        if found and (agency := agency_named(found["agency"])):
            published = _dateline_day(found, reference)
            origin = "dateline" if published else None
            facts = Facts(agency=agency, published=published, published_from=origin)
            return page.learn(facts)
    if body and (ending := _END_AGENCY.search(body[-1][1])):
        return page.learn(Facts(agency=agency_named(ending["agency"])))
    return page


def _dateline_day(found: re.Match[str], reference: date | None) -> date | None:
    month = MONTHS.get(fold(found["month"] or ""))
    if month is None:
        return None
    day = int(found["day"].removesuffix("er"))
    years = [int(found["year"])] if found["year"] else []
    if not years and reference:
        years = [reference.year, reference.year - 1]
    for year in years:
        try:
            value = date(year, month, day)
        except ValueError:
            continue
        if found["year"] or (reference and value <= reference):
            return value
    return None


def read_captions(page: Page) -> Page:
    """Learns the date of a dated caption when the article's opening names that weekday.

    An archive picture is dated too; without the weekday the date is not taken.
    """
    opening = fold(" ".join(text for _, text in page.body()[:2]))
    for _, line in page.kept():
        if line.kind == "caption":
            for _, _, value in find_dates(line.text):
                if re.search(rf"\b{WEEKDAYS[value.weekday()]}\b", opening):
                    return page.learn(Facts(published=value, published_from="caption"))
    return page
