"""Questions of two parts ("Combien d'ambulances, et pour qui ?"): both are asked, both answered."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.answering.asking import Asking, ask_of
from knowledge.answering.found import FAR
from knowledge.answering.headline import headline
from knowledge.answering.inline import inline
from knowledge.answering.line import MAX_HEADLINE, Headline, tidy
from knowledge.answering.question import topical, understand
from knowledge.answering.slices import Span
from knowledge.answering.templates import phrase
from knowledge.citing import MAX_QUOTE, cite
from knowledge.generation import Generation
from knowledge.language.patterns import later
from knowledge.language.terms import tokenize
from knowledge.model import Answer, Citation, Reply

Ask = Callable[[str, Sequence[str]], Reply]
"""Answers a question after the questions before it."""

_LEAD = (
    r"(?:(?:avec|pour|à|par|de|d['’]|chez|contre|vers|sur|en|dans|depuis|jusqu['’]à"
    r"|en hommage à) ?)?"
)
_WORD = r"(?:pourquoi|quand|où|combien|comment|qui|quoi|quel(?:le)?s?|lequel|laquelle)(?![\w-])"
_BARE = later(rf"{_LEAD}{_WORD}(?: (?:de |d['’])?[^\W\d_]+)?", re.IGNORECASE)
_SAID = r"(?:que (?=\w+(?:-t)?-(?:il|elle|on)|dit|disent|réclame)|qu['’](?=a-t-|ont-|en ))"
_JOINED = later(rf",? (?:et|puis) (?={_LEAD}{_WORD}|{_SAID})", re.IGNORECASE)
_FRONTED = later(rf"(?P<one>{_LEAD}{_WORD}) et (?P<two>{_LEAD}{_WORD}) (?P<rest>.+)", re.IGNORECASE)
SECOND = 0.45
"""The confidence from which a second part is answered from another quote than the first."""
MOST = 3
_LONG = 90
"""Characters of a part that is a sentence of its own."""
_BEFORE = later(
    r"(?<!\w)(?:(?:à destination|en faveur|au profit|à l['’]attention|auprès)\s)?"
    r"(?:(?:pour|à|avec|par|de|contre|chez|envers|sur|vers)\s(?:la |les |l['’])?"
    r"|(?:au|aux|du|des)\s|d['’])\Z"
)


@dataclass(frozen=True, slots=True)
class Halves:
    """The two questions of one; `bare`: the second is only question words, about the same."""

    first: str
    second: str
    bare: bool


def split(question: str) -> Halves | None:
    """The two questions in a question; None for a single one."""
    bare = question.strip().rstrip(" ?")
    if match := _FRONTED.fullmatch(bare):
        one, two = (f"{match[key]} {match['rest']} ?" for key in ("one", "two"))
        return Halves(one, two[0].upper() + two[1:], bare=False)
    match = _JOINED.search(bare)
    if match is None:
        return None
    first, second = bare[: match.start()].strip(), bare[match.end() :].strip()
    asks = understand(first).kind not in ("keywords", "yes_no", "said", "about_dossier")
    if not topical(first) or not asks:
        return None
    return Halves(f"{first} ?", f"{second[0].upper()}{second[1:]} ?", bare=_is_bare(second))


def _is_bare(second: str) -> bool:
    """Whether the second question says nothing of its own but what is wanted of the first."""
    return bool(_BARE.fullmatch(second)) and len(topical(second)) <= 1


def twofold(generation: Generation, asking: Asking, ask: Ask) -> Answer | None:
    """The answer to both parts; None for a single question, or when neither has an answer.

    A part without an answer is in `missing`.
    """
    halves = split(asking.text) if asking.language == "fr" and not asking.foreign else None
    if halves is None or asking.understood != asking.text:
        return None
    first = ask(halves.first, ())
    head = _in_same_quote(generation, first, halves)
    second = None if head else ask(_whole(halves), _topics(halves))
    if not isinstance(first, Answer):
        if not isinstance(second, Answer):
            return None
        return _told(asking, second, missing=(_named(halves.first),))
    if head is not None:
        joined = _join(first.headline, head.text, first.evidence[0].quote)
        told = _told(asking, replace(first, notes=(*first.notes, *head.notes)))
        return replace(told, headline=joined)
    if not isinstance(second, Answer) or second.confidence < SECOND:
        return _told(asking, first, missing=(_named(halves.second),))
    return _both(generation, asking, first, second)


def _in_same_quote(generation: Generation, first: Reply, halves: Halves) -> Headline | None:
    """What the quote of the first part says to the second; None when it says nothing of it."""
    if not isinstance(first, Answer) or not first.evidence:
        return None
    asked = understand(halves.second)
    cited = first.evidence[0]
    concepts = ask_of(generation, _whole(halves)).concepts
    span = Span(cited.article, cited.start, cited.end)
    head = headline(generation, asked, concepts, span, "fr")
    if not head.typed or head.distance > FAR or head.support or head.span is None:
        return None
    if inline(head.text).lower() in first.headline.lower():
        return None if not halves.bare else replace(head, text="")
    return _led(head, cited) if asked.anyone else head


def _led(head: Headline, cited: Citation) -> Headline:
    """The name with the preposition before it: "à l'Ukraine" answers "pour qui"."""
    start, end = head.span or (0, 0)
    before = _BEFORE.search(cited.quote[:start])
    return replace(head, text=cited.quote[before.start() if before else start : end])


def _whole(halves: Halves) -> str:
    """The second question with what the first is about, where it does not say so itself."""
    if not halves.bare:
        return halves.second
    rest = re.sub(rf"\A{_LEAD}{_WORD}\s?", "", halves.first.rstrip(" ?"), flags=re.IGNORECASE)
    return f"{halves.second.rstrip(' ?')} {rest} ?"


def _topics(halves: Halves) -> tuple[str, ...]:
    return () if halves.bare else (halves.first,)


def _both(generation: Generation, asking: Asking, first: Answer, second: Answer) -> Answer:
    evidence = _side_by_side(generation, first.evidence, second.evidence[:1])
    notes = tuple(dict.fromkeys((*first.notes, *second.notes)))
    quote = second.evidence[0].quote if second.evidence else ""
    told = _told(asking, replace(first, evidence=evidence, notes=notes))
    return replace(told, headline=_join(first.headline, second.headline, quote))


def _side_by_side(
    generation: Generation, first: Sequence[Citation], second: Sequence[Citation]
) -> tuple[Citation, ...]:
    """The quotes of both parts, three at most; two that overlap are one where that fits."""
    if not (first and second):
        return (*first, *second)[:MOST]
    one, two = first[0], second[0]
    if one.article != two.article or one.end <= two.start or two.end <= one.start:
        return (one, two, *first[1:])[:MOST]
    start, end = min(one.start, two.start), max(one.end, two.end)
    if end - start <= MAX_QUOTE:
        dates = tuple(dict.fromkeys((*one.dates, *two.dates)))
        whole = cite(generation, one.article, start, end, score=one.score, dates=dates)
        one = replace(whole, also=one.also)
    return (one, *first[1:])[:MOST]


def _join(first: str, second: str, quote: str) -> str:
    """Both headlines in one line; once what they share."""
    if not second or inline(second).lower() in first.lower():
        return first
    if inline(first).lower() in second.lower():
        return second
    if max(len(first), len(second)) > _LONG:
        text = f"{first} {second}"
    else:
        one, two = first.removesuffix("."), inline(second, quote)
        text = phrase("fr", "headline.both", first=one, second=two)
    text = tidy(text)
    return text if len(text) <= MAX_HEADLINE else tidy(text[: text.rfind(" ", 0, MAX_HEADLINE - 2)])


def _told(asking: Asking, reply: Answer, *, missing: tuple[str, ...] = ()) -> Answer:
    """The answer as that of the whole question."""
    return replace(
        reply,
        question=asking.question,
        understood=asking.understood,
        language=asking.language,
        code=asking.code,
        notes=tuple(dict.fromkeys((*asking.notes, *reply.notes))),
        missing=missing,
        corrections=asking.corrections,
        suggestions=(),
    )


def _named(half: str) -> str:
    """A part as it is called when it is missing."""
    words = half.rstrip(" ?")
    return words[:1].lower() + words[1:] if len(tokenize(words)) else words
