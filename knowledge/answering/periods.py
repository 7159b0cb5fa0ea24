"""The words that narrow a timeline: a name, a period, or both."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.answering.search import parse_search, period
from knowledge.language.dates import find_question_period
from knowledge.model import Limits

_OPENING = re.compile(
    r"\A(?:(?:d[eu]s?|la|le|les|sur|pour|of|about|о|об)(?!\w)|[dl]['’]|[\s,:])+", re.IGNORECASE
)
NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Span:
    """Whose events, and within which limits; "" for everybody's."""

    name: str = ""
    limits: Limits = NO_LIMITS


def span_of(text: str, today: date | None = None) -> Span:
    """The name and the period of "Morvan depuis mars 2023", "2023-02" or "de Morvan outlet:…".

    Raises: UnusableSearch for an operator without an outlet or a date behind it.
    """
    query = parse_search(text)
    words, limits = query.words, query.limits
    since, until = limits.since, limits.until
    if found := find_question_period(words, today):
        words = f"{words[: found.start]} {words[found.end :]}"
        since, until = found.since, found.until
    kept = []
    for word in words.split():
        # "2023-02" is no French; a bare year is.
        first, last = period(word)
        if first is None:
            kept.append(word)
        else:
            since, until = since or first, last
    name = _OPENING.sub("", " ".join(kept)).rstrip(" ,:?.!")
    return Span(name, Limits(limits.outlets, since, until))
