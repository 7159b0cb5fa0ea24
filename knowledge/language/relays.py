"""Through whom somebody's words came: "Moscou, cité par Interfax", "a-t-il dit à l'AFP".

What hands words on stands in a text as an aside. The asides are set apart, the rest is read for
speech as if they were not there, and each is given to the words whose speaker it touches. An aside
that touches none was none: it is put back.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from knowledge.language.asides import TIME, Aside, Reach, Spans, carrier_at, find_asides
from knowledge.language.media import Medium, find_media, is_medium, relay_words
from knowledge.language.reporting import is_reporting_form
from knowledge.language.speakers import agents
from knowledge.language.speech import Quotation, Relay, Speech

Reader = Callable[[str, Spans], list[Quotation]]
"""Reads a text without asides, with the spans of its names, for its quotations."""

_ORDER = {"citing": 0, "beside": 1, "near": 1, "whole": 1, "head": 2}
"""From the carrier nearest to the speaker outwards."""


def read_relayed(text: str, names: Spans, read: Reader) -> list[Quotation]:
    """The quotations of a paragraph, each with the chain of those who carry it."""
    media = find_media(text)
    names = _with_media(text, names, media)
    asides = find_asides(text, names, media)
    quotations, used = _without(text, names, asides, read)
    if len(used) < len(asides):
        quotations, _ = _without(text, names, used, read)
    return _handed_on(text, _told_again(text, names, media, quotations))


def _with_media(text: str, names: Spans, media: Sequence[Medium]) -> Spans:
    """The names, and those of media that open a sentence: no capital tells there."""
    new = [
        (m.start, m.end)
        for m in media
        if (m.start == 0 or text[m.start - 2 : m.start] in (". ", "! ", "? ", "… "))
        and not any(start < m.end and m.start < end for start, end in names)
    ]
    return sorted([*names, *new]) if new else names


def moved(quotation: Quotation, by: int) -> Quotation:
    """The quotation with its spans moved to the right."""
    return _placed(quotation, lambda at: at + by, lambda at: at + by) if by else quotation


def _placed(q: Quotation, starts: Callable[[int], int], ends: Callable[[int], int]) -> Quotation:
    return replace(
        q,
        start=starts(q.start),
        end=ends(q.end),
        inner_start=starts(q.inner_start),
        inner_end=ends(q.inner_end),
        speaker_start=None if q.speaker_start is None else starts(q.speaker_start),
        speaker_end=None if q.speaker_end is None else ends(q.speaker_end),
        verb_end=None if q.verb_end is None else ends(q.verb_end),
    )


def _without(
    text: str, names: Spans, asides: Sequence[Aside], read: Reader
) -> tuple[list[Quotation], list[Aside]]:
    """The quotations of the text without these asides, and the asides that belong to some."""
    if not asides:
        return read(text, names), []
    cuts: list[int] = []
    """Where each aside stood, in the text without them."""
    gone = 0
    for aside in asides:
        cuts.append(aside.start - gone)
        gone += aside.end - aside.start
    plain = "".join(text[a:b] for a, b in _kept(text, asides))

    def shorter(at: int) -> int:
        return at - sum(min(at, a.end) - a.start for a in asides if a.start < at)

    def longer(at: int, *, opens: bool) -> int:
        return at + sum(
            a.end - a.start for a, cut in zip(asides, cuts, strict=True) if cut < at + opens
        )

    left = ((shorter(start), shorter(end)) for start, end in names)
    quotations = read(plain, [(a + (plain[a] == " "), b) for a, b in left if a < b])
    used: list[Aside] = []
    found = []
    for quotation in quotations:
        own = [
            (aside, cut)
            for aside, cut in zip(asides, cuts, strict=True)
            if _belongs(plain, quotation, cut, aside.reach, quotations)
        ]
        used += [aside for aside, _ in own if aside not in used]
        chain = [aside.relay for aside, _ in sorted(own, key=lambda pair: _ORDER[pair[0].reach])]
        whole = replace(quotation, relays=tuple(dict.fromkeys(chain)))
        found.append(
            _placed(whole, lambda at: longer(at, opens=True), lambda at: longer(at, opens=False))
        )
    return found, sorted(used, key=lambda aside: aside.start)


def _kept(text: str, asides: Sequence[Aside]) -> Iterator[tuple[int, int]]:
    start = 0
    for aside in asides:
        yield start, aside.start
        start = aside.end
    yield start, len(text)


_LONGEST_GAP = 60
_COMPLEMENT = r"(?: (?:proche|proches))?(?: (?:du|de la|de l['’]|des|au) ?[a-zà-ÿ]+){1,2}"
"""What still belongs to a speaker: "une source proche du dossier"."""


def _belongs(text: str, q: Quotation, at: int, reach: Reach, others: Sequence[Quotation]) -> bool:
    """Whether an aside that stood at an offset is about these words."""
    if q.speaker_start is None or q.speaker_end is None:
        return False
    if reach in ("head", "citing"):
        return at == q.speaker_start or (reach == "head" and q.form == "direct" and at == q.start)
    ends = {q.speaker_end} | ({q.verb_end} if q.verb_end is not None else set())
    if any(_bridges(text, end, at, reach) for end in ends if end <= at <= end + _LONGEST_GAP):
        return True
    if reach != "whole" or at not in (q.inner_end, q.end) or q.speaker_start > at:
        return False
    speech = Speech(text, ())
    left = speech.sentence_start(q.start)
    return len({o.speaker_start for o in others if left <= o.start < at}) == 1


def _bridges(text: str, end: int, at: int, reach: Reach) -> bool:
    """Whether nothing, a time, an apposition or (near) a complement stands before an aside."""
    gap = text[end:at]
    if re.fullmatch(rf"(?:{TIME})*|{_COMPLEMENT}", gap) or _is_apposition(gap):
        return True
    if reach == "beside" or re.search(r"[,;:.!?«»“”\"()–—\n]", gap):
        return False
    return not any(is_reporting_form(word) for word in gap.split())


def _is_apposition(gap: str) -> bool:
    """Whether ", porte-parole du ministère" and nothing else fills the gap."""
    if not gap.startswith(", ") or re.search(r"[,;:.!?«»“”\"()–—\n]", gap[2:]):
        return False
    if re.fullmatch(r", \d+ ans", gap):
        return True
    bare = re.match(r"(?:(?:le|la|les|un|une) |l['’])?([^\W\d_]+(?:-[^\W\d_]+)*)", gap[2:])
    return bare is not None and bare[1].lower() in agents()


@cache
def _again() -> re.Pattern[str]:
    carried = rf"(?:{relay_words('carried')})e?s?"
    handing = rf"(?:{relay_words('hands_on')}|(?:a|ont) (?:{relay_words('handed_on')}))"
    words = r"(?:Ces|Ses|Leurs) (?:propos|déclarations|mots) (?:ont été|sont|étaient)"
    word = r"(?:Cette|Sa) (?:déclaration|citation|phrase) (?:a été|est|était)"
    passive = rf"(?:{words}|{word}) {carried}{TIME}? par "
    return re.compile(rf"(?<=[.!?»”\"] )(?:{passive}|C['’]est ce qu(?:e |['’]){handing} )")


def _told_again(
    text: str, names: Spans, media: Sequence[Medium], quotations: Sequence[Quotation]
) -> list[Quotation]:
    """With the carrier that a sentence behind names: "Ces propos ont été rapportés par …"."""
    found = list(quotations)
    for match in _again().finditer(text) if found and media else ():
        medium = next((m for m in media if m.start == match.end()), None)
        before = [q for q in found if q.end <= match.start()]
        left = Speech(text, names).sentence_start(match.start() - 2)
        alone = len({q.speaker_text for q in before}) == 1 and before[-1].end >= left
        if medium and alone:
            relay = Relay(medium.name, "cited")
            found = [replace(q, relays=(*q.relays, relay)) if q in before else q for q in found
                     if not match.start() <= q.start < match.end()]  # fmt: skip
    return found


def _handed_on(text: str, quotations: list[Quotation]) -> list[Quotation]:
    """With the chain of what is told inside what is told: "X affirme que Y a promis que …"."""
    carriers = {
        q.inner_start + len(opening.group()): q
        for q in quotations
        if q.form == "indirect" and q.speaker_text
        and (opening := re.match(r"qu(?:e |['’])", text[q.inner_start : q.inner_start + 4]))
    }  # fmt: skip
    found = []
    inside = set()
    for q in quotations:
        outer = carriers.get(-1 if q.speaker_start is None else q.speaker_start)
        if outer and outer is not q and outer.speaker_text:
            inside.add(outer)
            relay = Relay(_carrier_name(outer.speaker_text), "cited")
            q = replace(q, relays=(*q.relays, relay, *outer.relays))  # noqa: PLW2901
        found.append(q)
    # What an agency says somebody said is that somebody's.
    return [q for q in found if not (q in inside and is_medium(q.speaker_text or ""))]


def _carrier_name(printed: str) -> str:
    carrier = carrier_at(printed, 0, (), find_media(printed))
    if carrier and carrier[1] == len(printed) and is_medium(printed):
        return carrier[0]
    lowered = re.match(r"(?:L['’]|(?:Le|La|Les|Un|Une|Des) )", printed)
    return printed[0].lower() + printed[1:] if lowered else printed
