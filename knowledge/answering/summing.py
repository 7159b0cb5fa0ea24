"""The answer to a question for a summary or a comparison: extracts under one headline."""

from collections.abc import Sequence

from knowledge.answering.asking import Asking
from knowledge.answering.comparing import compared
from knowledge.answering.line import MAX_HEADLINE
from knowledge.answering.subjects import (
    ALL_TOLD,
    ARTICLES_READ,
    LONGEST,
    Allowed,
    about,
    best_of,
    named_articles,
    named_so,
    subject_of,
    sure,
    tells_all,
)
from knowledge.answering.templates import phrase
from knowledge.extracts import Extract, by_date, cited, events, extracts
from knowledge.generation import Generation
from knowledge.model import Answer, Article

MOST = 4
"""Extracts of a brief; a comparison has one an article, at most five."""


def sum_up(generation: Generation, asking: Asking, allowed: Allowed) -> Answer | None:
    """The answer to a question for a summary or a comparison.

    None when the dossier does not hold the subject, or only in passing.
    """
    kind = asking.asked.kind
    articles = named_articles(generation, asking)
    subject = subject_of(asking, articles)
    if kind == "compare":
        side_by_side = compared(generation, asking, subject, articles, allowed)
        if side_by_side is None:
            return None
        head, chosen = side_by_side
        return _answer(generation, asking, _fitted(head), chosen, sure(chosen, subject))
    if not subject.concepts:
        return _whole(generation, asking, articles)
    found = about(generation, asking, subject, articles, allowed)
    chosen = by_date(best_of(found, MOST))
    if not chosen or (len(chosen) == 1 and not tells_all(chosen[0], subject)):
        return None
    key = "brief.subject" if named_so(generation, subject, chosen) else "brief.plain"
    head = _headline(asking, key, chosen, subject=subject.text)
    return _answer(generation, asking, head, chosen, sure(found, subject))


def _whole(generation: Generation, asking: Asking, articles: Sequence[Article]) -> Answer | None:
    """The brief of one article, of the articles of an outlet, or of the dossier."""
    if not articles:
        cards = sorted(generation.cards(), key=lambda card: str(card.published or ""))
        articles = [generation.article(card.id) for card in cards[-ARTICLES_READ:]]
    many = len(articles) > 1
    title = generation.dossier.title if many else articles[0].title
    key = "brief.dossier" if many else "brief.article"
    head = _headline(asking, key, (), subject=title, articles=len(articles))
    found = extracts(generation, articles, LONGEST)
    chosen = by_date(events(found, MOST, ALL_TOLD - len(head), one_each=many))
    return _answer(generation, asking, head, chosen, 0.9) if chosen else None


def _headline(
    asking: Asking, key: str, chosen: Sequence[Extract], *, subject: str, articles: int = 0
) -> str:
    ids = {e.article.id for one in chosen for e in (one, *(twin for twin, _ in one.twins))}
    count = articles or len(ids)
    if count == 1 and key != "brief.article":
        key += "_one"
    return _fitted(phrase(asking.language, key, subject=subject, articles=count))


def _fitted(text: str) -> str:
    text = text[0].upper() + text[1:]
    return text if len(text) <= MAX_HEADLINE else text[: text.rfind(" ", 0, MAX_HEADLINE)] + "…"


def _answer(
    generation: Generation,
    asking: Asking,
    head: str,
    chosen: Sequence[Extract],
    confidence: float,
) -> Answer:
    return Answer(
        question=asking.question,
        understood=asking.understood,
        language=asking.language,
        kind="compare" if asking.asked.kind == "compare" else "brief",
        headline=head,
        evidence=tuple(cited(generation, one) for one in chosen),
        confidence=confidence,
        code=asking.code,
        notes=asking.notes,
        corrections=asking.corrections,
    )
