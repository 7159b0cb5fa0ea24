"""The names of a quote that may answer: people, bodies, whoever acts; lists of names."""

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.answering.anchors import anchors, distance, is_asked, is_asked_name
from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered
from knowledge.answering.found import FAR, Found
from knowledge.answering.view import View, view
from knowledge.language.names import NameSpan, find_names
from knowledge.language.nouns import type_of_noun
from knowledge.language.patterns import later
from knowledge.language.places import place_keys
from knowledge.language.quotation import find_quotations
from knowledge.language.tense import is_participle
from knowledge.language.terms import fold, stem
from knowledge.language.wordset import is_french

_RANK_WORDS = later(r"[a-zà-ÿ'’-]+")
ATTACHED = 4
"""Topical words at most between a name and the office that it holds."""


def names(
    quote: str,
    concepts: Sequence[Concept],
    *,
    people: bool = False,
    acting: bool = False,
    office: bool = False,
    said: bool = False,
) -> list[Found]:
    """The proper names that the question does not hold, nearest first.

    `people`: without countries, capitals and acronyms; `acting`: without what tells where;
    `office`: only names attached to all that the question names, or to the thing whose name is
    asked; `said`: those who report it count too ("a précisé l'entreprise X"), as they do where the
    question asks for that very verb or for the holder of an office.
    """
    seen = view(quote)
    spots = anchors(seen, concepts)
    verbs = {form for c in concepts if not c.named for form, _ in c.forms}
    told = () if said or office else speakers(quote)
    telling = [(a, b) for a, b, verb in told if stem(verb) not in verbs]
    every = find_names(quote)
    bearing = _bearing(seen, concepts, every) if office and not people else ()
    found = []
    for name in every:
        if is_asked_name(name.text, concepts) or CREDIT.search(quote[: name.start]):
            continue
        if name.start == 0 and " " not in name.text and is_french(fold(name.text)):
            continue
        if office and not (
            name in bearing if bearing else _attached(seen, concepts, name.start, name.end)
        ):
            continue
        if acting and _LOCATED.search(quote[: name.start]):
            continue
        if any(a < name.end and b > name.start for a, b in telling):
            continue
        if people and _is_nobody(quote, name, office=office):
            continue
        given = name in bearing and _CHRISTENED.search(quote[: name.start])
        gap = 0.0 if given else distance(seen, spots, name.start, name.end)
        led = acting and not office and _COMPLEMENT.search(quote[: name.start])
        found.append(Found(name.start, name.end, gap + COMPLEMENT_COST * bool(led)))
    return sorted(found, key=lambda f: (f.distance, f.start))


def _is_nobody(quote: str, name: NameSpan, *, office: bool) -> bool:
    """Whether a name is that of a place, a body or a thing, by its looks or what is around it."""
    before = quote[: name.start]
    bracketed = before.endswith("(") and quote[name.end :].startswith(")")
    if _is_site(before) or bracketed or _is_common(quote, name):
        return True
    if any(c.isdigit() for c in name.text) or name.text.isupper() or place_keys(name.text):
        return True
    owner = office and " " not in name.text and OWNED.search(before) is not None
    return owner or _is_thing(name.text)


CREDIT = later(
    r"(?:(?<!\w)(?:[Pp]hoto|[Cc]rédits?|PHOTO|CRÉDIT|Illustration)s?\s?:?|©|\|)\s[^.]{0,60}$"
)
"""Before whoever took a picture, who has no part in what it shows."""
_CHRISTENED = later(
    r"(?:s['’]appel\w+|se nomm\w+|(?:re)?baptisée?s?|surnommée?s?|dénommée?s?|intitulée?s?"
    r"|(?:du|sous le|au) nom d(?:e\s|['’]))\s?[«\"“]?\s?$"
)
"""What leads a name that is given as such."""
HEADING = 3
"""Tokens at most from the start of a noun to the name that it bears ("la centrale du Bugey")."""


def _bearing(
    seen: View, concepts: Sequence[Concept], names: Sequence[NameSpan]
) -> Sequence[NameSpan]:
    """The names of the thing whose name is asked: those given as such, else those it leads."""
    if christened := [name for name in names if _CHRISTENED.search(seen.text[: name.start])]:
        return christened
    own = {form for c in concepts if c.focus for form, share in c.forms if share == 1}
    heads = [place for form in own for place in seen.places.get(form, ())]
    first = {name: sum(token.end <= name.start for token in seen.tokens) for name in names}
    return [name for name in names if any(0 < first[name] - p <= HEADING for p in heads)]


_COMPLEMENT = later(r"[a-zà-ÿ] (?:d[e'’]|du|de l['’]) ?$")
OWNED = later(r"[a-zà-ÿ] (?:d[e'’]|du|de la|de l['’]) ?(?:[a-zà-ÿ-]+ ){0,2}$")
"""What leads the name of that whose office it is ("le patron du sidérurgiste Kerfonte")."""
COMPLEMENT_COST = 4.0
"""Added to the distance of a name that hangs on a noun ("le projet d'Aquapôle"): it hardly acts."""


_BY = later(
    r"\s(?:(?:en partie|notamment|aussi|également)\s)?par\s"
    r"(?P<who>(?:(?:l[ea]s?|l['’]|un|une|son|sa|ses|M\.|Mme)\s?)?[^,;:.()«»\"]{3,70}?)"
    r"(?=\s(?:à|en|dans|qui|dont|pour|lors|le \d|avec|afin|et|depuis|jusqu['’]\w+|sur)\s"
    r"|[,;:.()«»\"]|$)"
)
"""Who does it, behind a participle ("menée par la Russie")."""


def agents(quote: str, concepts: Sequence[Concept], *, office: bool = False) -> list[Found]:
    """Those by whom what is asked was done, in the passive.

    `office`: only where the quote holds all that the question names.
    """
    verbs = {form for c in concepts if c.role in ("verb", "other") and not c.named
             for form, _ in c.forms}  # fmt: skip
    seen = view(quote)
    spots = anchors(seen, concepts)
    found = []
    for token, one in zip(seen.tokens, seen.stems, strict=True):
        match = _BY.match(quote, token.end) if one in verbs and is_participle(token.text) else None
        if match is not None and not is_asked(match["who"], concepts) and find_names(match["who"]):
            start, end = match.span("who")
            if office and min(covered(seen, [c for c in concepts if not c.weak]), default=1) == 0:
                continue
            found.append(Found(start, end, distance(seen, spots, start, end)))
    return sorted(found, key=lambda f: (f.distance, f.start))


_LOCATED = later(
    r"(?<!\w)(?:[àÀ]|[Ee]n|[Aa]u|[Aa]ux|[Dd]ans|[Vv]ers|[Dd]epuis)\s(?:l[ae]\s|l['’])?$"
)


_OFF = later(
    r"(?<!\w)(?:au large|au cœur|le long|à l['’](?:est|ouest)|[Aa]u (?:nord|sud)) d(?:e\s|['’]|u\s)"
    r"(?:l[ae]\s|l['’])?$"
)
"""Before the name of a place that no list holds ("au large de la Bretagne")."""
_LANDSCAPE = frozenset({
    "lac", "riviere", "golfe", "baie", "canyon", "vallee", "foret", "plage", "cap", "massif",
    "centrale", "reacteur", "chantier", "plaine", "desert", "detroit", "archipel", "peninsule",
    "mont", "usine", "domicile", "cathedrale", "basilique", "eglise", "mosquee", "synagogue",
    "temple", "monastere", "abbaye", "palais", "chateau", "hopital", "clinique", "prison",
    "gare", "place", "avenue", "boulevard", "route", "tribunal", "barrage", "pont", "tour",
    "camp", "base", "ecole", "college", "lycee", "universite", "musee", "theatre", "cimetiere",
    "marche", "site", "centre", "faubourg", "banlieue", "front", "mairie", "prefecture",
    "caserne", "refuge", "col", "sommet",
})  # fmt: skip
_OF = later(r"(?<!\w)(?P<noun>[a-zà-ÿ-]{3,}) (?:d[e'’]|du|de la|de l['’]) ?$")


def _is_site(before: str) -> bool:
    """Whether what stands before a name makes it a place's ("le canyon de Morgat")."""
    of = _OF.search(before)
    return _OFF.search(before) is not None or (
        of is not None and (type_of_noun(of["noun"]) == "place" or fold(of["noun"]) in _LANDSCAPE)
    )


@lru_cache(maxsize=2_000)
def speakers(quote: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, verb) of who reports: beside a reporting verb, after "selon"."""
    return tuple(
        (q.speaker_start, q.speaker_end, q.verb or "")
        for q in find_quotations(quote)
        if q.speaker_start is not None and q.speaker_end is not None
    )


_NO_LONGER = later(r"(?<!\w)(?:ancien(?:ne)?s?|ex|future?s?|feue?|vice|sous)[ -]$", re.IGNORECASE)
"""Before an office: who is told of does not hold it."""


def _attached(seen: View, concepts: Sequence[Concept], start: int, end: int) -> bool:
    """Whether every word of weight of the question stands close by, of an office that is held."""
    past = any(_NO_LONGER.search(concept.surface + " ") for concept in concepts)
    first = sum(token.end <= start for token in seen.tokens)
    last = max(first, sum(token.start < end for token in seen.tokens) - 1)
    for concept in concepts:
        if concept.weak or (concept.role == "verb" and not concept.known):
            continue
        places = [p for form, _ in concept.forms for p in seen.places.get(form, ())]
        near = [p for p in places if max(first - p, p - last, 0) <= ATTACHED]
        if not past:
            near = [p for p in near if not _NO_LONGER.search(seen.text[: seen.tokens[p].start])]
        if not any(_joined(seen, p, first, last) for p in near):
            return False
    return True


_PEOPLE = later(
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


_ENDED = later(r"[a-zà-ÿ0-9»]{2,}[.!?…]\s")
_DOING = later(r"(?<!\w)(?:a|ont|avait|avaient|est|sont|était|étaient|se|s['’]\w+)\s")


def _joined(seen: View, place: int, first: int, last: int) -> bool:
    """Whether no "et", no verb of the word and no end of a sentence parts it from the name."""
    if first <= place <= last:
        return True
    low, high = (place, first) if place < first else (last, place)
    between = seen.text[seen.tokens[low].end : seen.tokens[high].start]
    if " et " in between or _ENDED.search(between):
        return False
    return not (place < first and _DOING.search(between))


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
    ranks = [w for w in _RANK_WORDS.finditer(match.group()) if type_of_noun(w.group()) == "person"]
    if not ranks:
        return found
    words = [w for w in _RANK_WORDS.findall(match.group()) if len(w) > 2]
    if is_asked(" ".join(words), concepts):
        return found
    lead = match.group()[: ranks[0].start()]
    # "l'opposition contre la réélection du président X": the article is another noun's
    start = match.start() + (ranks[0].start() if _PREPOSITION.search(lead) else 0)
    return Found(start, found.end, found.distance)


_PREPOSITION = later(
    r"(?<!\w)(?:du|de|des|d['’]|au|aux|à|par|pour|contre|avec|chez|vers|et|que|qui)\b"
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
