"""Two quotes as answers to one question: the same answer, another one, or none to compare."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.answering.asking import Asking
from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered
from knowledge.answering.found import Found
from knowledge.answering.headline import answering
from knowledge.answering.line import Headline
from knowledge.answering.quantities import dates, numbers
from knowledge.answering.question import units_of
from knowledge.answering.slices import CLAUSE, Span, best_clause
from knowledge.answering.statements import stated
from knowledge.answering.view import view
from knowledge.disputes import frame_forms
from knowledge.generation import Generation
from knowledge.language.differing import Relation, relate_dates, relate_numbers
from knowledge.language.names import find_names
from knowledge.language.polarity import hedged, negated

TOPIC_SHARE = 0.55
"""How well each word of weight must be held where quotes are set against each other."""
BESIDE = 3.0
"""Distance from what is asked within which a number or a date is surely the one asked for."""


@dataclass(frozen=True, slots=True)
class Side:
    """A quote as an answer: its slice, its headline, and the words that tell the answer.

    `found`: the number or the date that answers, where one is asked for.
    """

    span: Span
    head: Headline
    quote: str
    words: str
    found: Found | None = None


def side_of(
    generation: Generation, asking: Asking, span: Span, head: Headline | None = None
) -> Side:
    """The slice as an answer to the question; `head` is its headline where that is known."""
    article = generation.article(span.article)
    quote = article.text[span.start : span.end]
    if head is None:
        head = answering(generation, asking.asked, asking.concepts, span, asking.language)
    if asking.asked.kind == "yes_no":
        start, end = best_clause(quote, asking.concepts, CLAUSE)
    else:
        start, end = head.span or (0, 0)
    words = quote[start:end].strip(" ,;:")
    listed: list[Found] = []
    if head.typed and asking.asked.wanted == "number":
        listed = numbers(quote, asking.concepts)
    elif head.typed and asking.asked.wanted == "date":
        listed = dates(quote, span.start, article.text, article.published, asking.concepts)
    found = next((one for one in listed if (one.start, one.end) == head.span), None)
    return Side(span, head, quote, words, found)


def relate(asking: Asking, one: Side, other: Side) -> Relation:
    """How two answers stand to each other; "apart" when either quote has none of the kind."""
    if asking.asked.kind == "yes_no":
        return _positions(asking, one, other)
    if not (one.head.typed and other.head.typed) or one.head.support or other.head.support:
        return "apart"
    if one.found is not None and other.found is not None:
        return _found(one.found, other.found)
    match asking.asked.wanted:
        case "person" | "organisation" | "place":
            return "same" if _same_names(one.words, other.words) else "apart"
        case "reason":
            return "same" if whole(asking, other.quote) else "apart"
        case _:
            return "apart"


def surely_differ(generation: Generation, asking: Asking, one: Side, other: Side) -> bool:
    """Whether two answers that differ surely speak of the same thing.

    Both quotes hold all that is asked, their answers stand beside it, and neither holds the
    other's answer too, as a change from one number to another does.
    """
    if asking.asked.kind == "yes_no":
        return True
    if not all(whole(asking, side.quote, measured=True) for side in (one, other)):
        return False
    if max(one.head.distance, other.head.distance) > BESIDE:
        return False
    return not any(
        _found(first.found, more) in ("same", "near")
        for first, second in ((one, other), (other, one))
        if first.found is not None
        for more in _others(generation, asking, second)
    )


def whole(asking: Asking, text: str, *, measured: bool = False) -> bool:
    """Whether a text holds every word of weight of the question.

    `measured`: it holds a number of the kind asked for, so that "3 700 ans" needs no "âge".
    """
    shares = covered(view(text), asking.concepts)
    return all(
        share >= TOPIC_SHARE
        or concept.weak
        or (measured and concept.focus and bool(units_of(concept.surface)))
        for share, concept in zip(shares, asking.concepts, strict=True)
    )


def topics_of(asking: Asking) -> list[Concept]:
    """The words of the question that tell what is spoken of, not which number of it is asked."""
    return [
        concept
        for concept in asking.concepts
        if concept.role in ("name", "noun")
        and not (concept.weak or concept.focus)
        and not (frame_forms(concept.surface) or units_of(concept.surface))
    ]


def on_topic(asking: Asking, text: str) -> bool:
    """Whether a text holds all that the question speaks of."""
    topics = topics_of(asking)
    return bool(topics) and min(covered(view(text), topics)) >= TOPIC_SHARE


def _found(one: Found, other: Found) -> Relation:
    if one.number and other.number:
        return relate_numbers(one.number, other.number)
    if one.date and other.date:
        return relate_dates(one.date, other.date)
    return "apart"


def _others(generation: Generation, asking: Asking, side: Side) -> Iterator[Found]:
    """The numbers or dates of a quote beside the one that answers."""
    article = generation.article(side.span.article)
    listed = (
        dates(side.quote, side.span.start, article.text, article.published, ())
        if asking.asked.wanted == "date"
        else numbers(side.quote, ())
    )
    answers = side.found
    return (
        one for one in listed
        if answers is None or (one.start, one.end) != (answers.start, answers.end)
    )  # fmt: skip


def _positions(asking: Asking, one: Side, other: Side) -> Relation:
    """Whether two clauses affirm and deny the same.

    Both state all that is asked, subject, verb and object in their places; a clause that agrees
    with a certain answer may leave out what is neither its verb nor a name.
    """
    if asking.asked.negated or any(hedged(s.words) or "?" in s.words for s in (one, other)):
        return "apart"
    alike = negated(one.words) == negated(other.words)
    if all(
        whole(asking, side.words) and stated(view(side.words), asking.concepts) != "no"
        for side in (one, other)
    ):
        return "same" if alike else "differ"
    return "same" if alike and one.head.typed and _acts(asking, other.words) else "apart"


def _acts(asking: Asking, text: str) -> bool:
    """Whether a text holds the verb and the names of the question."""
    shares = covered(view(text), asking.concepts)
    needed = [
        share
        for share, concept in zip(shares, asking.concepts, strict=True)
        if concept.role in ("verb", "name") and not concept.weak
    ]
    return len(needed) > 1 and min(needed) >= TOPIC_SHARE


def _same_names(one: str, other: str) -> bool:
    """Whether two answers name the same: the last word of a name tells, titles do not."""
    last = [{view(name.text).stems[-1:] for name in find_names(text)} for text in (one, other)]
    return bool(last[0]) and last[0] == last[1]
