"""To which clause, owner, whole or comparison a number or a date of a quote belongs.

A sentence may hold several of the wanted kind: the one of another verb ("qui brûlait depuis
lundi, a été éteint vendredi"), of another source ("40 % selon A ; B parle de 30 %"), of the whole
("sur les douze, cinq…") or of another year ("contre 900 en 2003") is not the one asked for.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from knowledge.answering.concepts import Concept
from knowledge.answering.found import Found
from knowledge.answering.subordinate import CLAUSE_STOP, Zone, clause_of, leads_to
from knowledge.answering.view import View, view
from knowledge.language.nouns import is_unit, units_of
from knowledge.language.patterns import later
from knowledge.language.tense import sentence_bounds

STRAYED = 6.0
"""Added to the distance of what belongs to something else than what is asked."""
SAME_WORD = 0.6
"""The least share of a form that stands for the word of the question here."""
SAME_VERB = 0.8
"""The same for a verb: a word near in sense may stand in another clause."""
Rule = Callable[[str, Sequence[Found], Sequence[Concept]], Sequence[Found]]


def belonging(quote: str, found: Sequence[Found], concepts: Sequence[Concept]) -> list[Found]:
    """The numbers or dates found, the nearest first; what belongs to something else is further off.

    Without those of a comparison with a year that is not asked.
    """
    for rule in _RULES:
        found = rule(quote, found, concepts)
    return sorted(found, key=lambda one: (round(one.distance, 6), one.start))


def _further(one: Found, *, when: bool) -> Found:
    return replace(one, distance=one.distance + STRAYED) if when else one


# The clause of the verb that is asked about.


def _of_the_verb(
    quote: str, found: Sequence[Found], concepts: Sequence[Concept]
) -> Sequence[Found]:
    """What stands in another clause than the verb that is asked about, put further off."""
    seen = view(quote)
    verbs = [c for c in concepts if c.role == "verb" and not c.weak]
    clauses = {clause_of(quote, at) for c in verbs for at in _offsets(seen, c)}
    if not clauses:
        return found
    return [
        _further(
            one,
            when=clause_of(quote, one.start) not in clauses
            and not any(leads_to(quote, one.end, start) for start in clauses),
        )
        for one in found
    ]


def _offsets(seen: View, concept: Concept) -> Iterator[int]:
    """Where the text holds the concept, as offsets."""
    for form, share in concept.forms:
        if share >= SAME_VERB:
            yield from (seen.tokens[at].start for at in seen.places.get(form, ()))


def _of_the_measured(
    quote: str, found: Sequence[Found], concepts: Sequence[Concept]
) -> Sequence[Found]:
    """What stands in a sentence without the thing whose price is asked, put further off.

    "Le montant de l'offre" is told where the offer is spoken of, or behind a pronoun for it: of
    sums a text holds many. Ages and sizes, which are rare, may be told of a thing in other words.
    """
    focus = next((c for c in concepts if c.focus and is_unit("euros", units_of(c.surface))), None)
    behind = [c for c in concepts if focus and c.start > focus.start and not c.weak]
    if not behind or behind[0].role != "noun":
        return found  # of a name the sentence may speak by its office
    kept = []
    for one in found:
        first, last = sentence_bounds(quote, one.start, one.end)
        told = view(quote[first:last])
        if told.signs.pronoun_start or any(form in told.places for form, _ in behind[0].forms):
            kept.append(one)
        else:
            kept.append(replace(one, distance=one.distance + 2 * STRAYED))
    return kept


# The source whose number is asked for.

_SEGMENT = later(
    r";|,\s(?=(?:tandis que|alors que|quand|mais|et)\s)|\s(?=(?:tandis que|alors que|mais)\s)"
    r"|,\s(?=(?:l[ea]s?\s|l['’]|[A-ZÀ-Ý])[^,;]{2,50}?,?\s(?:de|à|en)\s(?:[a-zà-ÿ]+\s){0,2}\d)"
)
_REPORTED = later(
    r"(?<!\w)(?:[Ss]elon|[Dd]['’]après|[ÀA] en croire|[Dd]e source|[Pp]our)\s"
    r"(?P<who>[^,;.:()]{2,60})"
)
_LEADING = later(
    r"\s*(?:(?:tandis que|alors que|quand|mais|et)\s)?(?:qu['’])?"
    r"(?P<who>(?:(?:[Ll][ea]s?|[Uu]ne?|[Ss]on|[Ss]a|[Ss]es|[Ll]eurs?)\s|[Ll]['’])[\w-]+"
    r"(?:\s(?:d[eu]s?\s(?:la\s|l['’])?|d['’])[\w-]+)?|[A-ZÀ-Ý][\w-]+(?:\s[A-ZÀ-Ý][\w-]+)*)"
)


def _segments(text: str) -> list[Zone]:
    """The parts of a sentence that may have a subject or a source each."""
    borders = [m.start() for m in _SEGMENT.finditer(text)]
    return list(zip([0, *borders], [*borders, len(text)], strict=True))


def _owner(segment: str) -> frozenset[str]:
    """The stems of whose number a segment tells: the source behind "selon", else the subject."""
    match = _REPORTED.search(segment) or _LEADING.match(segment.lstrip(" ;,"))
    return frozenset(view(match["who"]).stems) if match else frozenset()


def _of_the_source(
    quote: str, found: Sequence[Found], concepts: Sequence[Concept]
) -> Sequence[Found]:
    """What another source or subject of the sentence than the one asked about says, further off.

    The sentence must hold a number of the one asked about.
    """
    if len(found) < 2:
        return found
    kept = list(found)
    for first, last in {sentence_bounds(quote, one.start, one.end) for one in found}:
        sentence = quote[first:last]
        zones = [(first + a, first + b) for a, b in _segments(sentence)]
        owners = [_owner(quote[a:b]) for a, b in zones]
        meant = _meant(owners, concepts)
        holding = [any(a <= one.start < b for one in found) for a, b in zones]
        if not any(m and h for m, h in zip(meant, holding, strict=True)):
            continue
        strange = [zone for zone, owner, m in zip(zones, owners, meant, strict=True)
                   if owner and not m]  # fmt: skip
        kept = [_further(one, when=any(a <= one.start < b for a, b in strange)) for one in kept]
    return kept


def _meant(owners: Sequence[frozenset[str]], concepts: Sequence[Concept]) -> list[bool]:
    """Which of these the question speaks of; of several only the first one that it names.

    A question that goes on from another ("et la police ?") names its own first.
    """
    for concept in concepts:
        if concept.weak or concept.focus:
            continue
        forms = {form for form, share in concept.forms if share >= SAME_WORD}
        meant = [bool(owner & forms) for owner in owners]
        if any(meant):
            return meant
    return [False] * len(owners)


# The whole of which a part is asked.

_WHOLE = later(
    r"(?<!\w)(?:(?:[Ss]ur|[Pp]armi)\s(?:(?:les|ses|leurs|ces|un total de)\s)?"
    r"|(?:des|de ses|de ces)\s)$"
)


def _not_the_whole(
    quote: str, found: Sequence[Found], concepts: Sequence[Concept]
) -> Sequence[Found]:
    """The number of the whole put further off where a part of it is told ("sur les douze…")."""
    kept: list[Found] = list(found)
    strong = [c for c in concepts if not (c.weak or c.focus)]
    for whole in found:
        lead = _WHOLE.search(quote, max(0, whole.start - 24), whole.start)
        if lead is None or whole.number is None:
            continue
        bounds = sentence_bounds(quote, whole.start, whole.end)
        parts = [one for one in found if bounds[0] <= one.start < bounds[1] and one is not whole]
        before = lead.group().lstrip().startswith("d")  # "trois des douze"
        parts = [one for one in parts if (one.start < whole.start) is before]
        if before:
            parts = [one for one in parts if one.end + 1 >= lead.start()]
        stop = quote.find(",", whole.end)
        zone = view(quote[whole.start : stop if stop >= 0 else whole.end])
        told = any(form in zone.places for c in strong for form, _ in c.forms)
        if not parts or (told and not before):
            continue
        at = min(parts, key=lambda one: abs(one.start - whole.start))
        near = min(at.distance, whole.distance)  # the part counts what the whole counts
        kept = [replace(one, distance=near) if one is at else _further(one, when=one is whole)
                for one in kept]  # fmt: skip
    return kept


# What is only compared with.

_COMPARED = later(
    r"(?<!\w)(?:(?:[Cc]ontrairement|[Pp]ar rapport|[Cc]omparée?s?) (?:à|aux?)"
    r"|(?:[Aa]u lieu|[ÀA] la différence) d(?:es?|u|(?=['’]))"
    r"|(?:[Ll]oin|[Dd]errière|[Dd]evant) (?:des?|les)(?=\s\d)"
    r"|contre(?=\s(?:[a-zà-ÿ]+\s(?:de\s)?){0,2}\d)|déjà)(?!\w)"
)
_YEAR = later(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_AGAINST = later(r"contre\s")


def _compared(text: str) -> Iterator[Zone]:
    """What only serves to compare ("contre 12 % en 2003"), with the clause that hangs on it."""
    for match in _COMPARED.finditer(text):
        stop = CLAUSE_STOP.search(text, match.end())
        while stop and re.compile(r",\s(?:qui|que|dont|où)\s").match(text, stop.start()):
            stop = CLAUSE_STOP.search(text, stop.end())
        yield match.start(), stop.start() if stop else len(text)


def _not_compared(
    quote: str, found: Sequence[Found], concepts: Sequence[Concept]
) -> Sequence[Found]:
    """Without what belongs to another year than the one asked; what is compared put further off.

    Where those who are against are asked for ("contre la grève"), the number behind "contre" is
    theirs and the other is not.
    """
    asked = {c.surface for c in concepts}
    against = any(c.led_by == "contre" for c in concepts)
    strong = [c for c in concepts if not (c.weak or c.focus)]
    kept = list(found)
    for first, last in _compared(quote):
        inside = [one for one in kept if first <= one.start < last]
        years = set(_YEAR.findall(quote[first:last]))
        if not inside or years & asked:
            continue
        if years:
            kept = [one for one in kept if one not in inside]
            continue
        zone = view(quote[first:last]).places
        if not against and any(form in zone for c in strong for form, _ in c.forms):
            continue  # what it is compared with is asked
        bounds = sentence_bounds(quote, first, last)
        beside = [one for one in kept if bounds[0] <= one.start < bounds[1] and one not in inside]
        if not beside:
            continue
        turned = against and bool(_AGAINST.match(quote, first))
        strayed = beside if turned else inside
        kept = [_further(one, when=one in strayed) for one in kept]
    return kept


_FOR = later(r"(?:\s[a-zà-ÿ]+)?\s(?:pour|en faveur)(?=\s*(?:[,;.]|et\s|d))")
_OPPOSED = later(r"(?:\s[a-zà-ÿ]+)?\scontre(?=\s*(?:[,;.]|et\s|$))")


def _of_the_side(
    quote: str, found: Sequence[Found], concepts: Sequence[Concept]
) -> Sequence[Found]:
    """Of "40 voix pour, 12 contre" the number of the other side put further off."""
    sides = [one for one in found if _FOR.match(quote, one.end) or _OPPOSED.match(quote, one.end)]
    if len(sides) < 2:
        return found
    against = any(c.led_by == "contre" for c in concepts)
    wrong = _FOR if against else _OPPOSED
    return [_further(one, when=bool(wrong.match(quote, one.end))) for one in found]


_RULES: tuple[Rule, ...] = (
    _of_the_verb, _of_the_measured, _of_the_source, _not_the_whole, _not_compared, _of_the_side,
)  # fmt: skip
