"""What happened in a period: the dated sentences of it, when nothing else is asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.answering.asked_period import Period, days, narrow
from knowledge.answering.asking import Asking
from knowledge.answering.evidence import dated
from knowledge.answering.inline import inline
from knowledge.answering.line import MAX_HEADLINE, tidy
from knowledge.answering.slices import CLAUSE, best_clause
from knowledge.answering.templates import phrase
from knowledge.answering.view import view
from knowledge.citing import cite, sentence_around
from knowledge.generation import Generation, Shelved
from knowledge.language import tense
from knowledge.language.dates import DateMention, spell_date
from knowledge.language.terms import word_list
from knowledge.model import Answer, Article, Citation, ResolvedDate

MOST = 3
"""Events told in one answer; the timeline has them all."""
SURE, LIKELY = 0.6, 0.5
"""The confidence of a sentence dated in the period, and of the lead of an article printed in it."""
TELLING = 6
"""Topical words of a sentence that tells an event without a verb cue; a byline has fewer."""
ALIKE = 0.5
"""Two events that share this part of their words are one."""


@dataclass(frozen=True, slots=True)
class _Event:
    """A sentence of the period, its date if it prints one, and how telling it is."""

    citation: Citation
    day: str
    worth: float
    order: int


def happenings(
    generation: Generation,
    asking: Asking,
    allowed: Callable[[int], bool] | None,
    period: Period | None,
) -> Answer | None:
    """The answer to "que s'est-il passé en mars 2024 ?"; None for any other question.

    None too when the dossier dates nothing into the period, or is kept on disk: then the words
    alone find, for reading every article takes minutes.
    """
    if isinstance(generation.dossier.articles, Shelved):
        return None
    if period is None or not _asks_no_more(asking, period):
        return None
    found = list(_events(generation, allowed, period)) or list(_leads(generation, allowed, period))
    found.sort(key=lambda event: (-event.worth, event.order))
    chosen: list[_Event] = []
    for event in found:
        if len(chosen) < MOST and not any(_alike(event, other) for other in chosen):
            chosen.append(event)
    if not chosen:
        return None
    best = chosen[0]
    start, end = best_clause(best.citation.quote, (), CLAUSE)
    clause = tidy(best.citation.quote[start:end])
    text = clause
    if best.citation.dates and not _opens_with(clause, best.citation.dates[0].text):
        led = inline(clause, best.citation.quote)
        day = spell_date(best.day, asking.language)
        dated_so = tidy(phrase(asking.language, "headline.dated", date=day, clause=led))
        text = dated_so if len(dated_so) <= MAX_HEADLINE else clause
    return Answer(
        question=asking.question,
        understood=asking.understood,
        language=asking.language,
        kind=asking.asked.kind,
        headline=text,
        evidence=tuple(event.citation for event in chosen),
        confidence=SURE if best.citation.dates else LIKELY,
        code=asking.code,
        notes=(*asking.notes, *(d.rule for d in best.citation.dates)),
        corrections=asking.corrections,
    )


def _asks_no_more(asking: Asking, period: Period) -> bool:
    """Whether nothing but the period is asked ("que s'est-il passé", "quels événements")."""
    words = word_list("fr/happening.txt")
    return asking.asked.kind in ("what", "list", "brief", "keywords") and all(
        concept.surface in words for concept in narrow(asking, period).concepts
    )


def _events(
    generation: Generation, allowed: Callable[[int], bool] | None, period: Period
) -> Iterator[_Event]:
    for order, article_id, first, last in _bodies(generation, allowed):
        article = generation.article(article_id)
        if not _may_tell(article, period):
            continue
        for mention in dated(generation, article_id, first, last):
            if not first <= mention.start < last or not mention.certain or not mention.date:
                continue
            if not period.spans(*days(article.text, mention, article.published)):
                continue
            start, end = sentence_around(article, mention.start, mention.end)
            resolved = ResolvedDate(mention.text, mention.date, mention.rule)
            citation = cite(generation, article_id, start, end, score=SURE, dates=(resolved,))
            # a season is called as it is printed, a day as it was worked out
            day = mention.text if mention.end_date else mention.date
            tells = tense.direction(article.text, mention.start, mention.end) != 0
            if tells or len(view(citation.quote).tokens) >= TELLING:
                yield _Event(citation, day, _worth(citation, mention), order)


def _may_tell(article: Article, period: Period) -> bool:
    """Whether reading the dates of an article may be worth it: a large dossier takes seconds."""
    if period.since is None or period.until is None:
        return True
    if (
        article.published
        and period.since.year - 1 <= article.published.year <= period.until.year + 1
    ):
        return True
    years = range(period.since.year, min(period.until.year, period.since.year + 100) + 1)
    return any(str(year) in article.text for year in years)


def _leads(
    generation: Generation, allowed: Callable[[int], bool] | None, period: Period
) -> Iterator[_Event]:
    """The first sentences of the articles printed in the period."""
    seen: set[str] = set()
    for order, article_id, first, last in _bodies(generation, allowed):
        article = generation.article(article_id)
        if article_id in seen or article.published is None:
            continue
        if not period.holds(article.published, article.published):
            continue
        seen.add(article_id)
        start, end = sentence_around(article, first, first + 1)
        if end <= last:
            citation = cite(generation, article_id, start, end, score=LIKELY)
            yield _Event(citation, article.published.isoformat(), 0.0, order)


def _bodies(
    generation: Generation, allowed: Callable[[int], bool] | None
) -> Iterator[tuple[int, str, int, int]]:
    """(number, article, start, end) of the body passages that may be used."""
    for number, passage in enumerate(generation.passages):
        if passage.kind == "body" and (allowed is None or allowed(number)):
            yield number, passage.article, passage.start, passage.end


def _opens_with(clause: str, day: str) -> bool:
    """Whether a clause begins with its date ("Le 8 septembre, une houle…")."""
    return 0 <= clause.lower().find(day.lower()) <= len("le mois de ")


def _worth(citation: Citation, mention: DateMention) -> float:
    """A day tells more than a month, the lead of an article more than its background."""
    return (mention.date or "").count("-") + 2 / (1 + citation.paragraph)


def _alike(one: _Event, other: _Event) -> bool:
    a, b = view(one.citation.quote).surface_set, view(other.citation.quote).surface_set
    here, there = one.citation, other.citation
    same = (here.article, here.start) == (there.article, there.start)
    return same or len(a & b) >= ALIKE * max(1, min(len(a), len(b)))
