"""Where in a quote the words stand that answer: names, dates, numbers, places, clauses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.answering.anchors import anchors, distance, is_asked, is_asked_name
from knowledge.answering.concepts import Concept
from knowledge.answering.question import is_unit, type_of_noun, units_of
from knowledge.answering.view import View, view
from knowledge.language.dates import DateMention, find_dates
from knowledge.language.names import NameSpan, find_names
from knowledge.language.nouns import counted_by
from knowledge.language.numbers import NumberMention, find_numbers
from knowledge.language.places import expand_places, place_keys
from knowledge.language.quotation import find_quotations
from knowledge.language.terms import fold, stem, tokenize
from knowledge.language.wordset import is_french

FAR = 9
"""Topical words between a span and what it answers, above which the span is not trusted."""

_PLACED = re.compile(
    r"(?<!\w)(?:[àÀ]|[Aa]u|[Aa]ux|[Ee]n|[Dd]ans|[Vv]ers|[Ss]ur|[Pp]rès d[eu]|[Ff]ace à|[Dd]evant"
    r"|[Dd]epuis|[Jj]usqu['’](?:à|au|en)|[Nn]on loin d[eu])"
    r"\s(?:(?:la|les?|une?|son|sa|ses|leurs?|cette?)\s|l['’])?(?P<nouns>(?:[a-zà-ÿ-]+\s){0,3})(?:d['’]|l['’])?"
)
_REASON = re.compile(
    r"(?<!\w)(?:parce qu(?:e\s|['’])|car\s|puisqu(?:e\s|['’])|en raison d|à cause d|grâce à"
    r"|grâce au|afin d|afin qu|faute d|du fait d|en vue d|dans le but d|à la suite d|suite à"
    r"|dans la mesure où|étant donné|d['’]autant|sous prétexte|par crainte|de peur|de crainte"
    r"|pour (?:s['’]|se |ne pas |mieux |y |en |l['’]|les? |la )?[a-zà-ÿ]+(?:er|ir|re)\b"
    r"|visant à|destinée?s? à|a pour but|ont pour but|permet(?:tant)? d)"
)
_WEAK_REASON = re.compile(
    r"(?<!\w)(?:pour (?:l[ea]s? |l['’]|des? |une? |son |sa |ses |leurs? |cette? )?[a-zà-ÿ]"
    r"|alors que)"
)
_RANK_WORDS = re.compile(r"[a-zà-ÿ'’-]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A slice of the quote that answers (offsets in the quote), and how far it stands.

    `distance`: topical words between the slice and the nearest thing asked about.
    """

    start: int
    end: int
    distance: float
    date: DateMention | None = None
    number: NumberMention | None = None


ATTACHED = 4
"""Topical words at most between a name and the office that it holds."""


def names(
    quote: str,
    concepts: Sequence[Concept],
    *,
    people: bool = False,
    office: bool = False,
    said: bool = False,
) -> list[Found]:
    """The proper names that the question does not hold, nearest first.

    `people`: without countries, capitals and acronyms; `office`: only names attached to all that
    the question names; `said`: those who report it count too ("a précisé l'entreprise X").
    """
    seen = view(quote)
    spots = anchors(seen, concepts)
    telling = () if said else speakers(quote)
    found = []
    for name in find_names(quote):
        if is_asked_name(name.text, concepts):
            continue
        if name.start == 0 and " " not in name.text and is_french(fold(name.text)):
            continue
        if office and not _attached(seen, concepts, name.start, name.end):
            continue
        if people and _LOCATED.search(quote[: name.start]):
            continue
        if any(a < name.end and b > name.start for a, b in telling):
            continue
        if people and (any(c.isdigit() for c in name.text) or _is_common(quote, name)):
            continue
        if people and (name.text.isupper() or place_keys(name.text) or _is_thing(name.text)):
            continue
        found.append(Found(name.start, name.end, distance(seen, spots, name.start, name.end)))
    return sorted(found, key=lambda f: (f.distance, f.start))


_LOCATED = re.compile(
    r"(?<!\w)(?:[àÀ]|[Ee]n|[Aa]u|[Aa]ux|[Dd]ans|[Vv]ers|[Dd]epuis)\s(?:l[ae]\s|l['’])?$"
)


@lru_cache(maxsize=2_000)
def speakers(quote: str) -> tuple[tuple[int, int], ...]:
    """Where the quote names who reports: after or before a reporting verb, after "selon"."""
    return tuple(
        (q.speaker_start, q.speaker_end)
        for q in find_quotations(quote)
        if q.speaker_start is not None and q.speaker_end is not None
    )


def _attached(seen: View, concepts: Sequence[Concept], start: int, end: int) -> bool:
    """Whether every word of weight of the question stands close by."""
    first = sum(token.end <= start for token in seen.tokens)
    last = max(first, sum(token.start < end for token in seen.tokens) - 1)
    for concept in concepts:
        if concept.weak or (concept.role == "verb" and not concept.known):
            continue
        places = [p for form, _ in concept.forms for p in seen.places.get(form, ())]
        near = [p for p in places if max(first - p, p - last, 0) <= ATTACHED]
        if not any(_joined(seen, p, first, last) for p in near):
            return False
    return True


_PEOPLE = re.compile(
    r"(?<!\w)(?:(?:[Ll]es?|[Ll]a|[Ss]es|[Ss]on|[Uu]ne?|[Dd]es|[Dd]eux|[Tt]rois)\s|[Ll]['’])(?:[a-zà-ÿ-]+\s)?"
    r"(?P<noun>[a-zà-ÿ-]{4,})"
    r"(?:\s(?:des?|du|de la)\s[\wÀ-ÿ’'-]+(?:\s[a-zà-ÿ]{5,})?|\s[a-zà-ÿ]+(?:ai[ns]e?s?|ois))?"
)


def people(quote: str, concepts: Sequence[Concept]) -> Found | None:
    """People told by their office alone ("les ministres des Affaires étrangères"), the nearest."""
    seen = view(quote)
    spots = anchors(seen, concepts)
    found = [
        Found(match.start(), match.end(), distance(seen, spots, match.start(), match.end()))
        for match in _PEOPLE.finditer(quote)
        if type_of_noun(match["noun"]) == "person" and not is_asked(match.group(), concepts)
    ]
    near = [one for one in found if one.distance <= FAR / 3]
    return min(near, key=lambda f: (f.distance, f.start), default=None)


def _joined(seen: View, place: int, first: int, last: int) -> bool:
    """Whether no "et" parts the word from the name."""
    if first <= place <= last:
        return True
    low, high = (place, first) if place < first else (last, place)
    return " et " not in seen.text[seen.tokens[low].end : seen.tokens[high].start]


def _is_common(quote: str, name: NameSpan) -> bool:
    """Whether a lone word with a capital is a common noun ("les Affaires étrangères")."""
    if " " in name.text or not is_french(fold(name.text)):
        return False
    return not re.search(r"\b(?:M|MM|Mme|Mlle|Me)\.?\s$", quote[: name.start])


def _is_thing(name: str) -> bool:
    """Whether a name begins with a common noun that names no person ("Région", "Assemblée")."""
    first = re.split(r"[\s'’-]", name)[0]
    kind = type_of_noun(first)
    return kind is not None and kind != "person"


def titled(quote: str, found: Found, concepts: Sequence[Concept]) -> Found:
    """The name with the title before it ("le président Kassym-Jomart Tokaïev")."""
    before = quote[: found.start]
    match = re.search(
        r"(?:(?:\b[Ll]e|\b[Ll]a|\b[Ll]es|\b[Ss]on|\b[Ss]a|\b[Uu]n|\b[Uu]ne)\s|\b[Ll]['’])"
        r"(?:[a-zà-ÿ'’-]+\s){1,7}$",
        re.sub(r"\b(?:Affaires|États?|Etats?|Premiers?|Conseil|Défense|Culture)\b",
               lambda m: m.group().lower(), before),
    )  # fmt: skip
    if match is None:
        return found
    words = [w for w in _RANK_WORDS.findall(match.group()) if len(w) > 2]
    if not any(type_of_noun(w) == "person" for w in words):
        return found
    if is_asked(" ".join(words), concepts):
        return found
    return Found(match.start(), found.end, found.distance)


def dates(quote: str, offset: int, text: str, published: date | None,
          concepts: Sequence[Concept]) -> list[Found]:  # fmt: skip
    """The dates of the quote that the question does not hold, nearest first.

    `text[offset:]` starts with the quote: dates are read in their whole paragraph.
    """
    seen = view(quote)
    spots = anchors(seen, concepts)
    start = text.rfind("\n\n", 0, offset) + 2 if "\n\n" in text[:offset] else 0
    end = offset + len(quote)
    stop = text.find("\n\n", end)
    found = []
    for mention in find_dates(text[start : stop if stop >= 0 else None], published):
        first, last = start + mention.start - offset, start + mention.end - offset
        if first < 0 or last > len(quote) or is_asked(mention.text, concepts):
            continue
        found.append(Found(first, last, distance(seen, spots, first, last), date=mention))
    return sorted(found, key=lambda f: (round(f.distance, 6), f.start))


def numbers(quote: str, concepts: Sequence[Concept]) -> list[Found]:
    """The numbers of the quote that may answer, the nearest first.

    A question that counts something ("combien d'ambulances") takes only numbers of that thing, a
    question of a measure ("quelle est la superficie") only numbers in such a unit.
    """
    seen = view(quote)
    spots = anchors(seen, concepts)
    focus = next((c for c in concepts if c.focus), None)
    counts = _counts(focus) if focus else frozenset[str]()
    units = _units(focus, concepts)
    found = []
    for mention in find_numbers(quote):
        core = quote[mention.core_start : mention.core_end]
        if mention.is_ordinal or mention.is_year or is_asked(core, concepts):
            continue
        following = [stem(t.text) for t in tokenize(quote[mention.core_end :][:60])][:4]
        counted = any(one in counts for one in following)
        if units and not (counted or _in_unit(quote, mention, units)):
            continue
        if focus is not None and not units and not counted and not _countless(mention):
            continue
        gap = distance(seen, spots, mention.core_start, mention.core_end)
        found.append(Found(mention.start, mention.end, max(0.0, gap - 5 * counted), number=mention))
    return sorted(found, key=lambda f: (f.distance, f.start))


def _counts(focus: Concept) -> frozenset[str]:
    """The stems of what may be counted: the thing asked about, and what else counts it."""
    others = (stem(noun) for noun in counted_by(focus.surface))
    return frozenset({form for form, _ in focus.forms} | set(others))


_ANY_MEASURE = tuple(unit for noun in ("quantité", "poids", "budget") for unit in units_of(noun))


def _units(focus: Concept | None, concepts: Sequence[Concept]) -> tuple[str, ...]:
    """The units that an answer must have; () when any will do.

    What cannot be counted ("combien d'eau") is measured; without a noun the verb may tell
    ("combien coûtera").
    """
    if focus is None:
        return next((units for c in concepts if (units := units_of(c.surface))), ())
    if units := units_of(focus.surface):
        return units
    plural = focus.surface.endswith(("s", "x", "z", "%"))
    return () if plural or counted_by(focus.surface) else _ANY_MEASURE


def _in_unit(quote: str, mention: NumberMention, units: Sequence[str]) -> bool:
    following = quote[mention.core_end :].split(maxsplit=3)[:3]
    words = (*mention.unit.split(), *following)
    return any(is_unit(word.strip(".,;:()"), units) for word in words)


def _countless(mention: NumberMention) -> bool:
    """Whether a number stands without a thing of its own ("ils étaient trente")."""
    return not mention.unit


def _is_spot(lead: re.Match[str]) -> bool:
    """Whether the words before a name tell a place ("dans la ville de"), no event."""
    nouns = [word for word in lead["nouns"].split() if len(word) > 3]
    return not nouns or any(type_of_noun(noun) == "place" for noun in nouns)


def places(quote: str, concepts: Sequence[Concept]) -> list[Found]:
    """Places with their preposition ("au Kremlin"), nearest first."""
    seen = view(quote)
    spots = anchors(seen, concepts)
    found = []
    for name in find_names(quote):
        if is_asked(name.text, concepts):
            continue
        before = [m for m in _PLACED.finditer(quote) if m.end() == name.start and _is_spot(m)]
        if before:
            start = before[0].start()
            found.append(Found(start, name.end, distance(seen, spots, start, name.end)))
    return sorted(found, key=lambda f: (f.distance, f.start))


def reasons(quote: str, concepts: Sequence[Concept]) -> list[Found]:
    """The clauses that give a reason, those with a strong marker first, then the nearest."""
    seen = view(quote)
    spots = anchors(seen, concepts)
    found = []
    for penalty, pattern in ((0, _REASON), (5, _WEAK_REASON)):
        for match in pattern.finditer(quote):
            start, end = match.start(), _clause_end(quote, match.start())
            if end - start < 12 or is_asked(quote[start:end], concepts):
                continue
            gap = distance(seen, spots, start, end)
            found.append(Found(start, end, gap + penalty))
    return sorted(found, key=lambda f: (f.distance, f.start))


_INITIAL = re.compile(r"(?<!\w)(?:[A-ZÀ-Ý]|MM|Mme|Mlle|Me|Dr|Pr|St|Ste)$")


def _clause_end(text: str, start: int) -> int:
    """Where the clause that begins here ends: at a stop or a comma outside quotation marks."""
    depth = 0
    straight = text[:start].count('"') % 2
    for at in range(start, len(text)):
        mark = text[at]
        if mark in "«“(":
            depth += 1
        elif mark in "»”)":
            depth = max(0, depth - 1)
        elif mark == '"':
            straight = 1 - straight
        elif depth == 0 and not straight:
            if mark in ";:" or (
                mark in ".!?…"
                and (at + 1 == len(text) or text[at + 1].isspace())
                and not _INITIAL.search(text[:at])
            ):
                return at
            if mark == "," and at + 1 < len(text) and text[at + 1].isspace() and at - start > 25:
                return at
    return len(text.rstrip())


_AFTER = re.compile(
    r"[\s»”\"]*(?:,\s|\s\(|\s–\s)(?P<what>(?:(?:l[ea]s?|une?|son|sa|ancien(?:ne)?|futur|ex-)\s?|l['’]|d['’])?[^,;.()]{4,90})"
)
_IS = re.compile(
    r"[\s»”\"]*\s(?:est|sont|était|étaient|désigne|regroupe|rassemble|signifie|reste)\s(?P<what>[^;.]{4,140})"
)
_BEFORE = re.compile(
    r"(?P<what>(?:(?<!\w)(?:[Ll][ea]s?|[Uu]ne?|[Ss]on|[Ss]a)\s|(?<!\w)[Ll]['’])(?:[\w'’-]+\s){0,7}"
    r"[\w'’-]+),?\s$"
)
_EXPANSION = re.compile(r"(?P<what>[A-ZÀ-Ý][^,;.()«»]{6,80})\s\($")


def definitions(quote: str, concepts: Sequence[Concept]) -> list[Found]:
    """What the quote says that the thing asked about is: an apposition, a title, an expansion."""
    named = [c for c in concepts if not c.weak]
    if not named:
        return []
    forms = {form for concept in named for form, _ in concept.forms}
    seen = view(quote)
    found = []
    for token, form in zip(seen.tokens, seen.stems, strict=True):
        if form not in forms:
            continue
        after, before = quote[token.end :], quote[: token.start]
        options: tuple[tuple[re.Match[str] | None, int, float], ...] = (
            (_EXPANSION.search(before) if after.startswith(")") else None, 0, 0.0),
            (_IS.match(after), token.end, 0.5),
            (_AFTER.match(after), token.end, 1.0),
            (_BEFORE.search(before), 0, 1.5),
        )
        for match, offset, cost in options:
            if match is None:
                continue
            what = match["what"]
            start, end = offset + match.start("what"), offset + match.end("what")
            if (cost == 1.0 and not _noun_phrase(what)) or is_asked(what, concepts):
                continue
            relative = 2.0 * bool(cost == 1.5 and re.match(r"(?:[Ss]on|[Ss]a)\s", what))
            if cost >= 1.5 and not any(type_of_noun(w) for w in _RANK_WORDS.findall(what)):
                continue
            placed = 0.4 * bool(expand_places([t.text for t in tokenize(what)]))
            found.append(Found(start, end, max(0.0, cost + relative - placed)))
    return sorted(found, key=lambda f: (f.distance, f.start))


def _noun_phrase(text: str) -> bool:
    return bool(
        re.match(
            r"(?:l[ea]s?\s|une?\s|l['’]|son\s|sa\s|ancien|ex-|\w+(?:eur|ien|iste|ant|ière)\b)", text
        )
    )


def enumeration(quote: str, concepts: Sequence[Concept]) -> Found | None:
    """The longest run of names joined by commas and "et"; None under two names."""
    spans = list(find_names(quote))
    best: tuple[int, int, int] | None = None
    at = 0
    while at < len(spans):
        last = at
        while last + 1 < len(spans):
            between = quote[spans[last].end : spans[last + 1].start]
            if not re.fullmatch(
                r"(?:, ?(?:et |ou )?|\s(?:et|ou)\s|,? ainsi que )"
                r"(?:(?:l[ea]s?|du|des?|de la|au|aux|à|en)\s)?(?:(?:de )?l['’]|d['’])?",
                between,
            ):  # fmt: skip
                break
            last += 1
        if last > at:
            fresh = sum(not is_asked(s.text, concepts) for s in spans[at : last + 1])
            between = quote[spans[at].end : spans[last].start]
            joined = last - at > 1 or re.search(r"\b(?:et|ou|ainsi que)\b", between)
            if fresh > 1 and joined and (best is None or fresh > best[0]):
                best = (fresh, spans[at].start, spans[last].end)
        at = last + 1
    if best is None:
        return None
    start = best[1]
    article = re.search(
        r"(?:(?:\b[Ll][ea]s?|\b[Dd]u|\b[Dd]es?|\b[Dd]e la)\s|\b(?:de )?[Ll]['’])$", quote[:start]
    )
    seen = view(quote)
    return Found(
        article.start() if article else start,
        best[2],
        distance(seen, anchors(seen, concepts), start, best[2]),
    )
