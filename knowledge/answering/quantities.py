"""The dates and numbers of a quote that may answer."""

from collections.abc import Sequence
from datetime import date

from knowledge.answering.ages import asks_age, is_age
from knowledge.answering.anchors import anchors, distance, is_asked
from knowledge.answering.belonging import belonging
from knowledge.answering.concepts import Concept
from knowledge.answering.found import Found
from knowledge.answering.view import view
from knowledge.language.dates import find_dates
from knowledge.language.nouns import counted_by, is_unit, units_of
from knowledge.language.numbers import NumberMention, find_numbers
from knowledge.language.patterns import later
from knowledge.language.terms import stem, tokenize


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
    return belonging(quote, found, concepts)


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
        counted = any(one in counts for one in _behind(quote, mention))
        if units and not (mention.kind == "score" or _in_unit(quote, mention, units)):
            continue
        if mention.kind == "score" and not _asks_score(focus):
            continue
        if asks_age(focus) and not is_age(quote, mention, concepts):
            continue
        if focus is not None and not units and not counted and not _countless(mention):
            continue
        if counted and _OF_EVERY.match(quote[mention.core_end :]):
            continue
        if _OUT_OF.search(quote[: mention.start]):
            continue
        gap = distance(seen, spots, mention.core_start, mention.core_end)
        start = mention.start - 2 * quote.startswith("à ", mention.start - 2) * _is_times(mention)
        end = _with_counted(quote, mention.end, counts)
        found.append(Found(start, end, max(0.0, gap - 5 * counted), number=mention))
    return belonging(quote, found, concepts)


_OF_EVERY = later(
    r"(?:\s[\w'’-]+){1,3}?\ssur\s(?:deux|trois|quatre|cinq|six|sept|huit|dix|vingt|cent|mille|\d+)\b"
)
"""Behind the number of a proportion ("huit victimes sur dix"), which counts nobody."""
_OUT_OF = later(
    r"(?<!\w)(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|\d+)(?:\s[\w'’-]+){0,3}\ssur\s$"
)
"""Before what a proportion is of."""
_BREAK = later(r"[,;:()]|\.\s|\d|\s(?:et|ou|contre)\s")


def _behind(quote: str, mention: NumberMention) -> list[str]:
    """The stems of the four words behind a number, up to a mark or another number."""
    following = _BREAK.split(quote[mention.core_end :][:60], maxsplit=1)[0]
    return [stem(t.text) for t in tokenize(following)][:4]


_COMPLEMENT = later(r"\s(?:de\s|d['’])(?P<noun>[\w-]+)")


def _with_counted(quote: str, end: int, counts: frozenset[str]) -> int:
    """The end of a number with what it counts ("1 400 suppressions d'emplois")."""
    behind = _COMPLEMENT.match(quote, end)
    return behind.end() if behind and stem(behind["noun"]) in counts else end


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
    if focus.named:  # "combien de Canadair" counts them, though the name has no plural
        return ()
    plural = focus.surface.endswith(("s", "x", "z", "%"))
    return () if plural or counted_by(focus.surface) else _ANY_MEASURE


def _in_unit(quote: str, mention: NumberMention, units: Sequence[str]) -> bool:
    following = quote[mention.core_end :].split(maxsplit=3)[:3]
    core = quote[mention.core_start : mention.core_end].split()[1:]  # "9 millions"
    words = (*core, *mention.unit.split(), *(w for w in following if not w[0].isupper()))
    return any(is_unit(word.strip(".,;:()"), units) for word in words)


def _asks_score(focus: Concept | None) -> bool:
    """Whether the result of a match is asked for; "31-22" answers nothing else."""
    return focus is not None and focus.surface in ("score", "scores", "resultat", "marque")


def _is_times(mention: NumberMention) -> bool:
    """Whether it counts times, which take "à" with them ("à trois reprises")."""
    return mention.unit.startswith("reprise")


def _countless(mention: NumberMention) -> bool:
    """Whether a number stands without a thing of its own ("ils étaient trente")."""
    return not mention.unit
