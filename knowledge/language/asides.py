"""Asides that hand words on: "cité par Interfax", "rapporte l'AFP", "au micro de RTL"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.language.media import Medium, relay_words, titled_at
from knowledge.language.patterns import later
from knowledge.language.quote_marks import find_marked
from knowledge.language.reporting import find_reporting_verbs
from knowledge.language.speakers import phrase_after, phrase_at
from knowledge.language.speech import Relay

Spans = Sequence[tuple[int, int]]

Reach = Literal["citing", "beside", "near", "whole", "head"]
"""Where an aside stands. citing: in front of whom it cites; beside: right behind a speaker or a
verb; near: with a complement between; whole: behind what was said, too; head: opens the sentence.
"""


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch that names a carrier."""

    start: int
    end: int
    relay: Relay
    reach: Reach


@dataclass(frozen=True, slots=True)
class _Shape:
    """What stands before a medium (up to it) and behind it in an aside."""

    lead: re.Pattern[str]
    tail: re.Pattern[str]
    how: Literal["cited", "told"]
    reach: Reach


TIME = (
    r"(?: (?:\w+di|dimanche|hier|aujourd['’]hui)(?: (?:matin|midi|soir))?| ce \w+| le \d+ \w+"
    r"| en exclusivité| également| par téléphone| sur place)"
)
_INTERVIEW = (
    r"(?i:dans|lors d['’]|au cours d['’]) ?(?:une? |cet |cette |son )"
    r"(?:long |longue |récente? |rare )?(?:entretien|interview|tribune)"
    r"(?: (?:exclusif|exclusive|écrit|télévisée?))?"
    rf"(?:,? (?:accordé|donné|publié|diffusé|paru|confié)e?{TIME}?){{0,2}} (?:à|avec|par|dans|sur) "
)
_ON_AIR = (
    r"(?i:au micro|à l['’]antenne|sur le plateau|sur l['’]antenne|sur les ondes|dans les colonnes)"
    r" (?:de |d['’])"
)
_COLON = r"(?=[^.!?:«“\"\n]{2,60} : ?[«“\"])"
_CITING = r",? (?:qui cite(?:nt|ait)?|citant|en citant) "
_PLAIN = rf"(?!{_CITING})"
_HEAD = r"(?:[\n.!?…] ?)"
_LONGEST = 120
"""Characters before a medium that an aside may start in."""
_OTHERWISE = later(r",? (?:comme|à comparaître|à l['’]ordre|en exemple|parmi|pour)(?!\w)")
"""Behind "cité par le juge": not cited for what was said."""


@cache
def _shapes() -> tuple[_Shape, ...]:
    """The asides whose carrier is a medium, the surer first."""
    asked = rf"(?i:{relay_words('asked')})e?s?{TIME}? par "
    guest = rf"(?i:invité)e?s?{TIME}? (?:de |d['’]|sur )"
    vessel = rf"(?i:dans) une? (?:{relay_words('vessels')})(?: \w+)? "
    aired = rf"{vessel}(?:{relay_words('broadcast')}|(?:{relay_words('carried')})e?s?){TIME}? par "
    sent = rf"{vessel}(?:{relay_words('sent')}){TIME}? à "
    on_air = rf"(?:{_INTERVIEW}|{_ON_AIR})"
    handing = rf"(?:{relay_words('hands_on')}|(?:a|ont) (?:{relay_words('handed_on')})) "
    telling = rf"(?:{relay_words('tells')}|(?:a|ont) (?:{relay_words('told')})) "
    table: tuple[tuple[str, str, Literal["cited", "told"], Reach], ...] = (
        ("", rf"{_CITING}(?=\w)", "cited", "citing"),
        ("", rf" (?:cite|citait|a cité) {_COLON}", "cited", "citing"),
        (rf"{_HEAD}(?P<own>(?:Selon|D['’]après) )", rf"{_PLAIN}, ", "cited", "head"),
        (rf"{_HEAD}(?P<own>Comme l(?:e |['’]){handing})", ", ", "cited", "head"),
        (rf"{_HEAD}(?P<own>{aired})", ", ", "cited", "head"),
        (rf"{_HEAD}(?P<own>{asked}|{guest}|{sent}|{on_air}|Sur )", ", ", "told", "head"),
        (rf",? {aired}", "", "cited", "near"),
        (rf",? (?:{asked}|{guest})", "", "told", "beside"),
        (rf",? (?:{sent}|{on_air})", "", "told", "near"),
        (r",? (?:selon|d['’]après) ", _PLAIN, "cited", "near"),
        (rf", {handing}", _PLAIN, "cited", "whole"),
        (rf", {telling}", _PLAIN, "cited", "near"),
    )  # fmt: skip
    return tuple(
        _Shape(re.compile(rf"{lead}\Z"), re.compile(tail), how, reach)
        for lead, tail, how, reach in table
    )


@cache
def _carried() -> tuple[tuple[re.Pattern[str], Reach], ...]:
    """Asides whose carrier is whoever stands behind "par"."""
    by = rf"(?:{relay_words('carried')})e?s?{TIME}? par "
    words = r"(?:propos|déclarations|mots)"
    gathered = rf"(?:{by}|(?:recueillis|diffusés|publiés|retransmis){TIME}? par )"
    owned = r"(?:selon|d['’]après|dans) (?:des|ses|les|leurs)"
    return (
        (re.compile(rf"(?:(?<=[.!?…] )|\A)(?i:{by})"), "head"),
        (re.compile(rf",? {owned} {words} {gathered}"), "near"),
        (re.compile(rf", dont les {words} (?:sont|ont été) {by}"), "beside"),
        (re.compile(rf",? {by}"), "beside"),
    )


@cache
def _carrying() -> re.Pattern[str]:
    return re.compile(rf"(?i:{relay_words('carried')}|recueillis)\w*[^.]{{0,40}} par ")


def find_asides(text: str, names: Spans, media: Sequence[Medium]) -> list[Aside]:
    """What may hand words on, in order; nothing inside quotation marks, nothing twice."""
    if not media and not _carrying().search(text):
        return []
    marked = [m for m in find_marked(text) if m.depth == 0]
    found: list[Aside] = []
    for aside in (
        *_by_medium(text, media), *_by_anybody(text, names, media), *_told(text, names, media),
    ):  # fmt: skip
        quoted = any(m.start < aside.end and aside.start < m.end for m in marked)
        taken = any(one.start < aside.end and aside.start < one.end for one in found)
        if not quoted and not taken:
            found.append(aside)
    return sorted(found, key=lambda aside: aside.start)


def _by_medium(text: str, media: Sequence[Medium]) -> Iterator[Aside]:
    for medium in media:
        # A line break stands for the start of the text, where a sentence starts, too.
        left = max(0, medium.start - _LONGEST)
        before = ("\n" if not left else "") + text[left : medium.start] + medium.joined
        for shape in _shapes():
            lead = shape.lead.search(before)
            tail = shape.tail.match(text, medium.end) if lead else None
            if lead and tail:
                within = lead.start("own") if "own" in lead.groupdict() else lead.start()
                start = min(medium.start, left + within - (not left))
                yield Aside(start, tail.end(), Relay(medium.name, shape.how), shape.reach)


def _by_anybody(text: str, names: Spans, media: Sequence[Medium]) -> Iterator[Aside]:
    for pattern, reach in _carried():
        for match in pattern.finditer(text):
            carrier = carrier_at(text, match.end(), names, media)
            if carrier is None:
                continue
            name, end = carrier
            if reach == "head":
                if text[end : end + 2] != ", ":
                    continue
                end += 2
            elif text[match.start()] == "," and re.match(r", qu(?:e |['’])", text[end : end + 6]):
                end += 1  # "a dit, cité par X, que"
            yield Aside(match.start(), end, Relay(name, "cited"), reach)


def carrier_at(text: str, at: int, names: Spans, media: Sequence[Medium]) -> tuple[str, int] | None:
    """(name, end) of who carries words behind "cité par"; a court or a judge summons."""
    medium = next((m for m in media if m.start == at), None)
    titled = titled_at(text, at)
    if medium:
        name, end = medium.name, medium.end
    elif titled:
        name, end = text[at:titled], titled
    else:
        phrase = phrase_at(text, at, names)
        if phrase is None or phrase.kind not in ("name", "role"):
            return None
        name, end = text[at : phrase.end], phrase.end
        if not _summons().isdisjoint(name.lower().split()):
            return None
    return None if _OTHERWISE.match(text, end) else (name, end)


@cache
def _summons() -> frozenset[str]:
    return frozenset(relay_words("summons").split("|"))


_TO = later(rf"{TIME}? (?:à|sur|dans) \Z")


def _told(text: str, names: Spans, media: Sequence[Medium]) -> Iterator[Aside]:
    """As in "a déclaré à l'AFP": behind a reporting verb, or behind its subject."""
    heard = []
    for medium in media:
        left = max(0, medium.start - _LONGEST)
        to = _TO.search(text[left : medium.start] + medium.joined)
        if to:
            heard.append((medium, left + to.start()))
    if not heard:
        return
    ends = set()
    for verb in find_reporting_verbs(text):
        phrase = phrase_after(text, verb, names)
        ends |= {verb.end, phrase.end if phrase else verb.end}
    for medium, start in heard:
        # A time may belong to the phrase: "a déclaré lundi à l'AFP".
        if start in ends or text.rfind(" ", 0, medium.start - 1) in ends:
            yield Aside(start, medium.end, Relay(medium.name, "told"), "beside")
