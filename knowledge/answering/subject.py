"""Who acts in a question: the words of its subject, told by French word order alone."""

import re
from collections.abc import Sequence

from knowledge.language.nouns import type_of_noun
from knowledge.language.patterns import later
from knowledge.language.terms import Token, normal_form

_INVERTED = later(r"-(?:t-)?(?:ils?|elles?)\b", re.IGNORECASE)
_DETERMINERS = frozenset(
    {"le", "la", "les", "l", "un", "une", "ce", "cet", "cette", "ces", "son", "sa", "ses", "leur",
     "leurs", "notre", "nos", "votre", "vos", "the"}
)  # fmt: skip
_LINKS = frozenset({"de", "d", "du", "des", "a", "au", "aux", "et", "en"})
_ASKING = frozenset(
    {"qui", "que", "qu", "quoi", "quand", "ou", "comment", "pourquoi", "combien", "quel", "quelle",
     "quels", "quelles", "lequel", "laquelle", "est-ce"}
)  # fmt: skip
_LEADS = later(
    r"(?:^|\s|,\s?)(?:(?:qu['’]|que\s|quand\s|où\s|comment\s)"
    r"(?:en\s|l['’]|lui\s)?(?:a|ont|avait|avaient|est|sont|était|étaient)?\s?"
    r"(?P<verb>[^\W\d_]{2,})\s)",
    re.IGNORECASE,
)
"""A question word and the verb behind which the subject stands ("Qu'a dit la maire")."""
_FOREIGN_LEADS = later(
    r"^(?:what|who|why|when|where|how)\s(?:did|does|do|has|have|had)\s|^(?:что|почему|когда|где)\s\w+\s",
    re.IGNORECASE,
)
"""The same in English and Russian ("What did the mayor promise?")."""
_HOLDERS = later(
    r"\b(?:avis|positions?|réactions?|réponses?|opinions?|point de vue|version|arguments?)\s"
    r"(?:de\s|d['’]|(?P<contracted>du|des)\s)",
    re.IGNORECASE,
)
"""A noun behind which stands whose view is asked for ("l'avis du maire")."""

_RULES = (_LEADS, _FOREIGN_LEADS, _HOLDERS)


def subject_span(question: str, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Where the subject stands in the question (half-open); None where word order does not tell.

    Before an inverted verb ("la maire a-t-elle voté"), else behind a question word and its verb
    ("Que dit la maire du projet") or behind a view ("l'avis de la maire").
    """
    inverted = _INVERTED.search(question)
    if inverted is not None:
        verb = max((n for n, t in enumerate(tokens) if t.start < inverted.start()), default=0)
        return _before(question, tokens, verb)
    lead = next(filter(None, (rule.search(question) for rule in _RULES)), None)
    if lead is None:
        return None
    first = next((n for n, t in enumerate(tokens) if t.start >= lead.end()), None)
    if first is None:
        return None
    if lead.groupdict().get("contracted"):
        return tokens[first].start, tokens[first].end
    return _behind(question, tokens, first)


def _before(question: str, tokens: Sequence[Token], verb: int) -> tuple[int, int] | None:
    """The noun phrase that ends before the verb: from its determiner, or its run of capitals."""
    at = verb - 1
    while at >= 0 and normal_form(tokens[at].text) in {"n", "ne", "se", "s", "y", "lui", "leur"}:
        at -= 1
    last = at
    while at >= 0:
        form = normal_form(tokens[at].text)
        if form in _ASKING or _comma_behind(question, tokens, at, last):
            return None if at == last else (tokens[at + 1].start, tokens[last].end)
        before = normal_form(tokens[at - 1].text) if at else ""
        if form in _DETERMINERS and before not in _LINKS:
            return tokens[at].start, tokens[last].end
        if tokens[at].text[:1].isupper() and at and not _linked(tokens, at):
            return tokens[at].start, tokens[last].end
        at -= 1
    return (tokens[0].start, tokens[last].end) if last >= 0 else None


def _behind(question: str, tokens: Sequence[Token], first: int) -> tuple[int, int] | None:
    """The noun phrase that begins here: up to a preposition behind its noun, or the next verb."""
    last = first
    if normal_form(tokens[first].text) in _DETERMINERS:
        last += 1
    elif not tokens[first].text[:1].isupper():
        return None
    if last >= len(tokens):
        return None
    while last + 1 < len(tokens) and tokens[last + 1].text[:1].isupper():
        last += 1
    if question[tokens[last].end :].lstrip().startswith("-"):
        return None
    return tokens[first].start, tokens[last].end


def _linked(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name hangs on the words before it ("le maire de Nantes", "le président Xi")."""
    before = tokens[at - 1].text
    form = normal_form(before)
    if form in _ASKING:
        return False
    return form in _LINKS | _DETERMINERS or before[:1].isupper() or type_of_noun(form) == "person"


def _comma_behind(question: str, tokens: Sequence[Token], at: int, last: int) -> bool:
    return at < last and "," in question[tokens[at].end : tokens[at + 1].start]
