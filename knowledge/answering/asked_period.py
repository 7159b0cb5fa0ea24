"""A period in the words of a question: "en novembre 2022" speaks of the event, not of the article.

Soft, for the reader: a sure answer stands unless its sentences are dated outside the period. Else
the words of the period are taken out of the question, and sentences dated in it answer, or undated
ones of articles printed in it. `--from` and `--to` are the hard limits.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from knowledge.answering import refusal
from knowledge.answering.asking import Asking
from knowledge.answering.choosing import Chosen, choose, settle
from knowledge.answering.evidence import PASSAGES, Candidate, dated, gather
from knowledge.answering.templates import phrase
from knowledge.generation import Generation
from knowledge.language import tense
from knowledge.language.calendars import first_day, last_day
from knowledge.language.dates import DateMention
from knowledge.language.detect import detect
from knowledge.language.foreign_periods import find_foreign_period
from knowledge.language.patterns import later
from knowledge.language.terms import fold
from knowledge.model import Sentence

Placed = Literal["dated", "printed", "out", "open"]
"""Where a sentence stands to a period: its own date falls into it; it has none and its article was
printed then; it lies outside; nothing tells."""

NEWS = timedelta(days=7)
"""An article tells news of the week before it."""
READ = 5 * PASSAGES
"""Passages in which sentences of the period are looked for: without the words of the period, which
no article prints, retrieval finds them later."""
_YEAR = later(r"\d{4}")
_LED = later(
    r"(?:en|depuis|dès|à partir|à compter|avant|après|jusqu|d['’]ici|pendant|durant|entre|du|au|le"
    r"|dans|fin|début|mi)(?!\w)",
    re.IGNORECASE,
)
_SINCE = later(r"(?<!\w)(?:depuis|dès|à partir d[eu]|après)(?: l[ae]| l['’])?\s?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """The days asked about, both ends in, None open; `led`: the question limits itself to them.

    `words`: the period as asked, folded; a sentence that prints its date answers "avant 2003" too.
    """

    start: int
    end: int
    words: str
    since: date | None
    until: date | None
    led: bool

    def holds(self, first: date, last: date) -> bool:
        """Whether any of the days falls into the period."""
        early = self.since is not None and last < self.since
        late = self.until is not None and first > self.until
        return not (early or late)

    def spans(self, first: date, last: date) -> bool:
        """Whether all of the days fall into the period."""
        early = self.since is not None and first < self.since
        late = self.until is not None and last > self.until
        return not (early or late)


def asked_period(asking: Asking, today: date | None) -> Period | None:
    """The period that the question speaks of; None when it names none.

    A month without its year names none: which June is meant, the articles tell by their words.
    Where its words limited the articles already ("les articles parus en mars"), any day is within.
    """
    told = detect(asking.question)
    found = find_foreign_period(asking.text, told if told in ("en", "ru") else "fr", today)
    if found is None or not _YEAR.search(found.text):
        return None
    since, until, led = found.since, found.until, bool(_LED.match(found.text))
    if (since, until) == (asking.limits.since, asking.limits.until):
        since, until, led = None, None, False
    words = fold(asking.text[found.start : found.end])
    return Period(found.start, found.end, words, since, until, led)


def choose_within(
    generation: Generation,
    asking: Asking,
    allowed: Callable[[int], bool] | None,
    period: Period | None,
) -> tuple[Asking, Chosen | None]:
    """(the question as it was answered, the best evidence), the period heeded."""
    if period is None:
        return asking, choose(generation, asking, allowed)
    plain = choose(generation, asking, allowed)
    if plain and _is_sure(generation, plain) and not _is_out(generation, plain, period):
        return asking, plain
    narrowed = narrow(asking, period)
    if narrowed.concepts:
        inside = _settled(
            generation, narrowed, allowed, period, keep=("dated", "printed"), count=READ
        )
        if inside and _is_sure(generation, inside):
            return _explained(generation, narrowed, inside, period), inside
    if not period.led:
        return asking, plain
    rest: tuple[Placed, ...] = ("dated", "printed", "open")
    plain = _settled(generation, asking, allowed, period, keep=rest, count=2 * PASSAGES)
    if plain and _is_sure(generation, plain):
        return asking, plain
    words = asking.text[period.start : period.end]
    note = phrase(asking.language, "note.period", period=words)
    return replace(narrowed, notes=(*asking.notes, note)), plain


def _is_sure(generation: Generation, chosen: Chosen) -> bool:
    return chosen.confidence >= refusal.threshold(generation.index.size)


def _is_out(generation: Generation, chosen: Chosen, period: Period) -> bool:
    """Whether the sentences of the quote surely lie outside the period."""
    span = chosen.span
    return all(
        place(generation, sentence, period) == "out"
        for sentence in generation.article(span.article).sentences
        if sentence.start < span.end and span.start < sentence.end
    )


def narrow(asking: Asking, period: Period) -> Asking:
    """The question without the words of its period, which the articles need not print."""
    kept = tuple(c for c in asking.concepts if c.end <= period.start or c.start >= period.end)
    return replace(asking, concepts=kept)


def _settled(
    generation: Generation,
    asking: Asking,
    allowed: Callable[[int], bool] | None,
    period: Period,
    *,
    keep: Sequence[Placed],
    count: int,
) -> Chosen | None:
    found = gather(
        generation, asking.text, asking.concepts, asking.asked, allowed=allowed, count=count
    )
    candidates = tuple(c for c in found if place(generation, c.sentence, period) in keep)
    return settle(generation, asking, _shared(candidates)) if candidates else None


def _shared(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The candidates with probabilities that sum to what they would be without the others."""
    total = sum(c.probability for c in candidates)
    if not total:
        return candidates
    return tuple(replace(c, probability=c.probability / total) for c in candidates)


def place(generation: Generation, sentence: Sentence, period: Period) -> Placed:
    """Where a sentence stands to a period."""
    article = generation.article(sentence.article)
    own = [m for m in dated(generation, sentence.article, sentence.start, sentence.end)
           if sentence.start <= m.start < sentence.end]  # fmt: skip
    if any(
        fold(m.text) in period.words or period.holds(*days(article.text, m, article.published))
        for m in own
    ):
        return "dated"
    if own:
        return "out"
    if article.published is None:
        return "open"
    if period.holds(article.published - NEWS, article.published):
        return "printed"
    if period.since is not None and article.published < period.since:
        coming = tense.direction(article.text, sentence.start, sentence.end) > 0
        return "open" if coming else "out"
    return "open"


def days(text: str, mention: DateMention, published: date | None) -> tuple[date, date]:
    """The first and last day that a date covers; "depuis 2019" lasts until the publication."""
    start = mention.date or ""
    first, last = first_day(start), last_day(mention.end_date or start)
    since = _SINCE.search(text, max(0, mention.start - 20), mention.start)
    if published is not None and (since or mention.text.lower().startswith("depuis")):
        last = max(last, published)
    return first, last


def _explained(generation: Generation, asking: Asking, chosen: Chosen, period: Period) -> Asking:
    """The question with a note on the date that puts the quote into the period."""
    notes = tuple(_rules(generation, chosen, period))[:1]
    fresh = [note for note in notes if note not in chosen.head.notes]
    return replace(asking, notes=(*asking.notes, *fresh))


def _rules(generation: Generation, chosen: Chosen, period: Period) -> Iterator[str]:
    span = chosen.span
    article = generation.article(span.article)
    for mention in dated(generation, span.article, span.start, span.end):
        inside = span.start <= mention.start < span.end
        if inside and period.holds(*days(article.text, mention, article.published)):
            yield mention.rule
