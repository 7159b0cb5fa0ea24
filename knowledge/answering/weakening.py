"""Words around a span that it must not lose: a negation, a hedge, the other of two things done."""

import re
from collections.abc import Sequence

from knowledge.answering.concepts import Concept
from knowledge.answering.found import Found
from knowledge.answering.line import MAX_HEADLINE
from knowledge.answering.question import Asked
from knowledge.answering.slices import CLAUSE, hangs
from knowledge.answering.subordinate import relatives
from knowledge.answering.view import view
from knowledge.language.clauses import clauses
from knowledge.language.numbers import find_numbers
from knowledge.language.patterns import later
from knowledge.language.polarity import hedged, negated
from knowledge.language.tense import is_participle, sentence_bounds

_OR_DONE = later(r"\sou\s(?P<other>[a-zà-ÿ]+)")


def either(quote: str, found: Found, concepts: Sequence[Concept]) -> str:
    """The number with both of two things done ("ont été détruites ou endommagées"); "" without.

    Asked for the one alone, the number of both would say too much.
    """
    forms = {
        form for c in concepts if c.role in ("verb", "other") and not c.weak for form, _ in c.forms
    }
    seen = view(quote)
    for token, form in zip(seen.tokens, seen.stems, strict=True):
        other = _OR_DONE.match(quote, token.end)
        if form in forms and other and is_participle(other["other"]) and token.start > found.end:
            clause = quote[found.start : other.end()]
            return clause if len(clause) < CLAUSE and not _BORDER.search(clause) else ""
    return ""


_BORDER = later(r"[,;:.](?=\s)")


def weakened(quote: str, found: Found, asked: Asked, concepts: Sequence[Concept] = ()) -> str:
    """The clause of a span that a negation or a hedge stands in; "" when the span can go alone.

    A bare name, date or figure cut from "pourrait ouvrir en 2027" would say too much. What the
    question itself denies ("est interdit") turns nothing.
    """
    first, last = sentence_bounds(quote, found.start, found.end)
    first = len(quote) - len(quote[first:].lstrip())
    for opens, closes in clauses(quote):
        if not opens <= found.start < closes:
            continue
        # a hedge of the sentence before or after weakens nothing here
        start, end = max(opens, first), min(closes, max(last, found.end))
        clause = quote[start:end]
        outside = _around(quote, found, start, end)
        for other in find_numbers(outside):
            if other.hedge:  # "près de 40 tonnes" hedges its own number
                outside = outside.replace(other.text, "", 1)
        turned = negated(_without_asked(outside, concepts)) and not asked.negated
        source = _ATTRIBUTED.match(quote, found.end)
        if source and not (turned or hedged(outside.replace(source.group(), "", 1))):
            return quote[found.start : source.end()]
        if (turned or hedged(outside)) and len(clause) <= MAX_HEADLINE - 2:
            if hangs(clause) or (start > first and _FRAGMENT.match(clause)):
                return quote[first:end] if end - first < MAX_HEADLINE else ""
            return _CONJUNCTION.sub("", clause)
    return ""


_FRAGMENT = later(r"(?:en|à|au|dans|ni|soit|avec|sans|lors|après|avant)(?!\w)")
"""What opens a clause that has its subject before it ("la maire, en voyage, n'était pas là")."""
_ATTRIBUTED = later(r",?\s(?:selon|d['’]après|de source)\s[^,;:.()]{3,60}")
"""Whose number it is, right behind it: that much alone need stay."""


def _around(quote: str, found: Found, start: int, end: int) -> str:
    """What stands with a span between two places: in its relative clause, or outside of others."""
    told = relatives(quote[start:end])
    at = found.start - start
    inside = [(a, b) for a, b in told if a <= at < b]
    first, last = max(inside, default=(0, end - start))
    dropped = [(start + a, start + b) for a, b in told if not a <= at < b and first <= a < last]
    kept = [(start + first, start + last)]
    for a, b in sorted([*dropped, (found.start, min(end, found.end))]):
        open_start, open_end = kept.pop()
        kept += [(open_start, min(a, open_end)), (max(b, open_start), open_end)]
    return " ".join(quote[a:b] for a, b in kept if a < b)


_CONJUNCTION = later(
    r"(?:parce qu|alors qu|tandis qu|puisqu|lorsqu)(?:e\s|['’])|(?:car|quand)\s", re.IGNORECASE
)


def _without_asked(text: str, concepts: Sequence[Concept]) -> str:
    """The text without the words of the question, which deny nothing that is asked."""
    forms = {form for c in concepts for form, _ in c.forms}
    seen = view(text)
    kept = text
    for token, form in zip(seen.tokens, seen.stems, strict=True):
        if form in forms:
            kept = kept.replace(token.text, "", 1)
    return kept
