"""The best evidence for a question: its sentence, its quote, its headline, how sure it is."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.answering import refusal
from knowledge.answering.asking import Asking
from knowledge.answering.evidence import PASSAGES, Candidate, cut_loss, gather, quote_span, seen_at
from knowledge.answering.headline import NO_ANSWER, answering, clause_of
from knowledge.answering.line import GROUP, Headline
from knowledge.answering.merits import TYPEABLE, VETOED_CONFIDENCE, merit, vetoed
from knowledge.answering.question import Asked
from knowledge.answering.refusal import Judged
from knowledge.answering.slices import Span
from knowledge.answering.view import View, view
from knowledge.answering.weights import largeness
from knowledge.citing import MAX_QUOTE
from knowledge.generation import Generation
from knowledge.model import Sentence


@dataclass(frozen=True, slots=True)
class Chosen:
    """The evidence of one asking: its best candidates, the slice to quote, and the verdict."""

    candidates: tuple[Candidate, ...]
    span: Span
    head: Headline
    judged: Judged
    confidence: float


def choose(
    generation: Generation, asking: Asking, allowed: Callable[[int], bool] | None
) -> Chosen | None:
    """The best evidence for a question; None when no passage shares a word with it."""
    candidates = gather(
        generation, asking.text, asking.concepts, asking.asked, allowed=allowed,
        count=PASSAGES * (2 if _contenders(asking.asked) > CONTENDERS else 1),
    )  # fmt: skip
    if asking.after is not None:
        candidates = tuple(c for c in candidates if not _told_before(asking.after, c.sentence))
    return settle(generation, asking, candidates) if candidates else None


def _told_before(after: Span, sentence: Sentence) -> bool:
    return sentence.article == after.article and sentence.start < after.end


CONTENDERS = 6
"""Sentences in which the span is looked for before one is chosen."""
LONG_CONTENDERS = 3
"""At least so many are looked into when the best is longer than a quote: what is cut off counts."""


def _contenders(asked: Asked) -> int:
    """How many sentences are looked into: all where only one construction answers."""
    if asked.office or asked.wanted == "definition":
        return 4 * CONTENDERS
    return CONTENDERS if asked.wanted in TYPEABLE or asked.kind in ("yes_no", "said") else 1


def settle(generation: Generation, asking: Asking, candidates: tuple[Candidate, ...]) -> Chosen:
    """The quote, headline and verdict that the candidates give.

    Of the best few sentences the one wins in which an answer of the wanted kind stands nearest
    to what is asked.
    """
    first = candidates[0].sentence
    count = max(
        _contenders(asking.asked), LONG_CONTENDERS if first.end - first.start > MAX_QUOTE else 1
    )
    contenders = candidates[:count]
    told = generation, asking.asked, asking.concepts
    tried: list[tuple[float, Candidate, Span, Span, Headline]] = []
    for candidate in contenders:
        span = quote_span(generation, candidate, candidates, asking.concepts, asking.asked)
        head, shown = answering(*told, span, asking.language), span
        if asking.asked.wanted == "reason" and not head.typed:
            span = _with_what_follows(generation, span)
        score = candidate.score + merit(generation, asking, candidate, span, head)
        if candidate.sentence.end - candidate.sentence.start > MAX_QUOTE:
            score -= cut_loss(generation, candidate.sentence, span, asking.concepts, asking.asked)
        tried.append((score, candidate, shown, span, head))
    _, candidate, shown, span, head = max(tried, key=lambda one: one[0])
    if head is NO_ANSWER:
        head = clause_of(*told, shown, asking.language)
    judged = judge(generation, asking, candidates, candidate, span, head)
    sure = refusal.confidence(refusal.signals(judged, asking.concepts), generation.index.size)
    if vetoed(generation, asking, span, head, judged):
        large = largeness(generation.index.size)
        sure = min(sure, (1 - large) * VETOED_CONFIDENCE + large)
    return Chosen(candidates, span, head, judged, sure)


def _with_what_follows(generation: Generation, span: Span) -> Span:
    """The quote with the sentences behind it that fit: a reason without a word for it follows."""
    sentences = generation.article(span.article).sentences
    last = next((s for s in sentences if s.start < span.end <= s.end), None)
    if last is None:
        return span
    ends = [
        s.end
        for s in sentences
        if s.paragraph == last.paragraph and span.end < s.end <= span.start + MAX_QUOTE
    ]
    return Span(span.article, span.start, max(ends, default=span.end))


def judge(  # noqa: PLR0917  # the whole of what was chosen
    generation: Generation,
    asking: Asking,
    candidates: Sequence[Candidate],
    best: Candidate,
    span: Span,
    head: Headline,
) -> Judged:
    """What the refusal is decided on."""
    article = generation.article(span.article)
    passage = generation.passages[best.hit.passage]
    inside = [c for c in candidates if span.article == c.sentence.article
              and span.start <= c.sentence.start < span.end]  # fmt: skip
    rest = [c.probability for c in candidates if c not in inside]
    held = sum(c.probability for c in inside)
    return Judged(
        row=best.row,
        score=best.score,
        probability=min(1.0, held),
        margin=max(0.0, held - max(rest, default=0.0)),
        quote=seen_at(generation, span),
        passage=view(article.text[passage.start : passage.end]),
        title=view(article.title),
        wanted=asking.asked.wanted,
        typed=head.typed or head.distance == GROUP,
        typeable=asking.asked.wanted in TYPEABLE,
        distance=max(0.0, head.distance),
        span=head.span,
        spread=_spread([c.probability for c in candidates]),
        beside=_beside(generation, best.hit.passage),
        near=_nearest(inside or [best], [c for c in candidates if c not in inside]),
    )


def _spread(shares: Sequence[float]) -> float:
    """The entropy (Shannon, 1948) of shares that add up to 1, as a part of the greatest."""
    if len(shares) < 2:
        return 0.0
    return -math.fsum(p * math.log(p) for p in shares if p > 0) / math.log(len(shares))


def _beside(generation: Generation, passage: int) -> tuple[View, ...]:
    """The passages before and behind, of the same article."""
    home = generation.passages[passage].article
    near = (n for n in (passage - 1, passage + 1) if 0 <= n < len(generation.passages))
    return tuple(
        view(generation.text_of(n)) for n in near if generation.passages[n].article == home
    )


def _nearest(quoted: Sequence[Candidate], rest: Sequence[Candidate]) -> tuple[float, ...]:
    """MEANT of the sentences quoted, against the rest; nothing without vectors."""
    if not quoted[0].near:
        return ()
    near, share, passage, alone = max(c.near for c in quoted)
    return near, near - max((c.near[0] for c in rest), default=0.0), share, passage, alone
