"""Where something happened, and where a place lies."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering import naming
from knowledge.answering.anchors import (
    SAME_THING,
    SPELLED_SO,
    anchors,
    distance,
    is_asked,
    is_asked_name,
)
from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered
from knowledge.answering.found import Found
from knowledge.answering.view import View, view
from knowledge.language.names import find_names
from knowledge.language.nouns import type_of_noun
from knowledge.language.patterns import later
from knowledge.language.places import place_keys
from knowledge.language.speakers import agents

_PLACED = later(
    r"(?<!\w)(?:[àÀ]|[Aa]u|[Aa]ux|[Ee]n|[Dd]ans|[Vv]ers|[Ss]ur|[Pp]rès d[eu]|[Ff]ace à|[Dd]evant"
    r"|[Dd]epuis|[Jj]usqu['’](?:à|au|en)|[Nn]on loin d[eu]"
    r"|(?:(?:part|repart|s['’]envol|s['’]embarqu|décoll)\w+)(?:\s[a-zà-ÿ]+){0,3}\spour)"
    r"\s(?:(?:la|les?|une?|son|sa|ses|leurs?|cette?)\s|l['’])?(?P<nouns>(?:[a-zà-ÿ-]+\s){0,3})(?:d['’]|l['’])?"
)
_RANK_WORDS = later(r"[a-zà-ÿ'’-]+")


def _is_spot(lead: re.Match[str]) -> bool:
    """Whether the words before a name tell a place ("dans la ville de"), no event."""
    nouns = [word for word in lead["nouns"].split() if len(word) > 3]
    return not nouns or any(type_of_noun(noun) == "place" for noun in nouns)


def places(quote: str, concepts: Sequence[Concept], *, which: bool = False) -> list[Found]:
    """Places with their preposition ("au Kremlin"), nearest first.

    `which`: a place itself is asked for ("quelle capitale"): by its name alone, and the capital of
    a country may answer what is asked of the country. Where something happened it may not.
    """
    seen = view(quote)
    if not which and _of_something_else(seen, concepts):
        return []
    spots = anchors(seen, concepts)
    # Of a country its capital is no place where something happened; of a president the Kremlin is.
    lands = [] if which else [c for c in concepts if place_keys(c.surface)]
    least = SAME_THING if which else SPELLED_SO
    found = []
    for name in find_names(quote):
        if is_asked(name.text, concepts, least) or is_asked(name.text, lands, 0.0):
            continue
        before = [m for m in _PLACED.finditer(quote) if m.end() == name.start and _is_spot(m)]
        if before:
            start = name.start if which else before[0].start()
            part = _PART.match(quote, name.end)
            end = part.end() if part else name.end
            found.append(Found(start, end, distance(seen, spots, start, end)))
    return sorted(found, key=lambda f: (f.distance, f.start))


def _of_something_else(seen: View, concepts: Sequence[Concept]) -> bool:
    """Whether the text holds neither the thing whose place is asked nor what it does there.

    In "où sera le siège du groupe" the first noun governs the place: a text on the group alone
    tells nothing of its seat.
    """
    things = [c for c in concepts if c.subject and c.role == "noun" and not c.weak][:1]
    verbs = [c for c in concepts if c.role == "verb" and not c.weak]
    return bool(things) and not any(covered(seen, [*things, *verbs]))


_OF_OFFICE = later(
    r"(?P<noun>[a-zà-ÿ-]{3,})(?:\s[a-zà-ÿ-]{3,}){0,2}\s(?:d(?:e|u)\s(?:la\s|l['’])?|d['’])$"
)


def _in_a_title(before: str) -> bool:
    """Whether a name only tells of whom or of what body ("le procureur de Valmeur")."""
    of = _OF_OFFICE.search(before)
    nouns = re.findall(r"[a-zà-ÿ-]{3,}", of.group()) if of else ()
    return any(
        type_of_noun(noun) in ("person", "organisation")
        or (noun in agents() and type_of_noun(noun) != "place")
        for noun in nouns
    )


_CALLED = later(
    r"(?:(?<!\w)(?:[Ll][ea]s?|[Uu]ne?|[Ss]on|[Ss]a|[Dd]u|[Aa]u)\s|[Ll]['’])"
    r"(?P<noun>[a-zà-ÿ-]{3,})(?:[^,;.:()]{0,60},)?\s$"
)


def _somebody(before: str) -> bool:
    """Whether a name is that of somebody told by an office ("le préfet de Valmeur, X")."""
    called = _CALLED.search(before)
    return called is not None and (
        type_of_noun(called["noun"]) == "person"
        or (called["noun"] in agents() and type_of_noun(called["noun"]) is None)
    )


_LEFT = later(
    r"(?<!\w)(?:hors|loin|parti\w*|venu\w*|exilé\w*|chassé\w*|quitt\w+)"
    r"(?: d[eu'’]s?)?\s?(?:l['’]|la |le |les )?$",
    re.IGNORECASE,
)


_PART = later(
    r"\s(?:centrale?|orientale?|occidentale?|septentrionale?|méridionale?|latine"
    r"|d[ue] (?:Nord|Sud)|de l['’](?:Est|Ouest))(?!\w)"
)
"""What tells a part of a continent or a country ("en Asie centrale")."""
ALONE_COST = 4.0
"""Added to the distance of such a name."""


def named_alone(quote: str, concepts: Sequence[Concept], *, which: bool = False) -> list[Found]:
    """Names without a word that puts anything there, nearest first; `which` as in `places`.

    Not those of places that the quote leaves ("hors de Chine", "exilé de Russie"), nor those of a
    list in brackets, nor those in the title of somebody or of a body.
    """
    least = SAME_THING if which else 0.0
    if not which and _of_something_else(view(quote), concepts):
        return []
    return [
        replace(one, distance=one.distance + ALONE_COST)
        for one in naming.names(quote, concepts)
        if not _LEFT.search(quote[: one.start])
        and not _in_brackets(quote, one.start)
        and not is_asked_name(quote[one.start : one.end], concepts, least)
        and (which or not (_in_a_title(quote[: one.start]) or _somebody(quote[: one.start])))
    ]


def _in_brackets(quote: str, at: int) -> bool:
    return quote.rfind("(", 0, at) > quote.rfind(")", 0, at)


_LYING = later(
    r"[\s»”\"]*(?:,\s|\s\("
    r"|\s(?:se trouve|se situe|est situé\w*|situé\w*|sis\w*|installé\w*|basé\w*)\s)"
    r"(?P<what>[^;.()«»]{4,90})"
)
_LOCATING = later(
    r"(?:tout )?(?:près d|proche d|non loin d"
    r"|à (?:\w+\s){1,3}(?:kilomètres|km|mètres|heures|minutes)"
    r"|à la frontière|(?:au |à l['’]|dans le |dans l['’])?(?:nord|sud|est|ouest)\b"
    r"|dans (?:l[ea]s? |l['’])|en [A-ZÀ-Ý]|à [A-ZÀ-Ý]|au [A-ZÀ-Ý]|sur )"
)


def situations(quote: str, concepts: Sequence[Concept]) -> list[Found]:
    """Where the quote says that the place asked about lies ("Orlec, au nord de Brest")."""
    forms = {form for c in concepts if c.named for form, _ in c.forms}
    seen = view(quote)
    found = []
    for token, form in zip(seen.tokens, seen.stems, strict=True):
        match = _LYING.match(quote, token.end) if form in forms else None
        if match is None:
            continue
        what = re.split(r",\s(?=qui|où|dont)", match["what"])[0]
        kinds = {type_of_noun(word) for word in _RANK_WORDS.findall(what)[:3]}
        if _LOCATING.match(what) or "place" in kinds:
            found.append(Found(match.start("what"), match.start("what") + len(what), 0.0))
    return found
