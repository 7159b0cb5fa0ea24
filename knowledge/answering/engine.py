"""Question to reply: understand, gather evidence, judge, then answer or abstain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering import conversation, refusal
from knowledge.answering.asking import Asking, ask_of
from knowledge.answering.citing import MAX_QUOTE, cite
from knowledge.answering.coding import code_of
from knowledge.answering.dialogue import base_of, has_pronoun
from knowledge.answering.door import clean, clean_question
from knowledge.answering.evidence import (
    PASSAGES,
    Candidate,
    Span,
    gather,
    quote_span,
    seen_at,
    weigh,
)
from knowledge.answering.explaining import explain
from knowledge.answering.features import FEATURES, covered, mass
from knowledge.answering.headline import MAX_HEADLINE, Headline, headline, tidy
from knowledge.answering.question import Asked, parts
from knowledge.answering.refusal import Judged
from knowledge.answering.search import permit, within
from knowledge.answering.suggesting import suggestions
from knowledge.answering.templates import phrase
from knowledge.answering.view import view
from knowledge.answering.weights import largeness
from knowledge.corpus import parse, passages
from knowledge.generation import Generation
from knowledge.language.names import find_names
from knowledge.model import (
    Abstention,
    Answer,
    Citation,
    Dossier,
    Hit,
    Language,
    Limits,
    PassageIds,
    Reason,
    Reply,
)

MORE_QUOTES = 0.5
"""A second quote comes from another article and covers at least this share of what the first
covers, and nearly as much of the question."""
SAME_WORDS = 0.6
"""Two quotes that share this part of their words say the same."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The evidence of one asking: its best candidates, the slice to quote, and the verdict."""

    candidates: tuple[Candidate, ...]
    span: Span
    head: Headline
    judged: Judged
    confidence: float


def answer(
    generation: Generation,
    question: str,
    *,
    history: Sequence[str] = (),
    language: Language | None = None,
    limits: Limits = Limits(),
    exclude: PassageIds = frozenset(),
    today: date | None = None,
) -> Reply:
    """The reply to a question; the same for the same arguments, always."""
    question, history = clean_question(question), [clean_question(text) for text in history]
    actor = _actor(generation, question, history)
    asking = ask_of(generation, question, history, language, limits, actor)
    code = code_of(
        generation.digest, question, history,
        language=asking.language, limits=limits, exclude=exclude,
    )  # fmt: skip
    asking = replace(asking, code=code)
    special = conversation.reply(generation, asking)
    if isinstance(special, Abstention) and special.reason == "small_talk":
        return replace(special, suggestions=suggestions(generation, asking, choose))
    if special is not None:
        return special
    if limits and not any(within(a, asking.limits) for a in generation.dossier.articles):
        return _abstain(generation, asking, "no_match", message=_no_articles(asking))
    allowed = permit(generation, asking.limits, exclude)
    chosen = choose(generation, asking, allowed)
    if chosen is None:
        return _refuse(generation, asking, None)
    if chosen.confidence < refusal.threshold(generation.index.size):
        return _refuse(generation, asking, chosen)
    return _answer(generation, asking, chosen, allowed)


def _actor(generation: Generation, question: str, history: Sequence[str]) -> str:
    """Whom "il" or "elle" stands for: the person whom the last answer named; "" for nobody."""
    base = base_of(question, history) if has_pronoun(question) else ""
    if not base:
        return ""
    asking = ask_of(generation, base, (), None, Limits())
    if asking.asked.wanted != "person":
        return ""
    chosen = choose(generation, asking, None)
    if chosen is None or chosen.head.span is None:
        return ""
    start, end = chosen.head.span
    named = find_names(chosen.judged.quote.text[start:end])
    return named[0].text if named else ""


def choose(
    generation: Generation, asking: Asking, allowed: Callable[[int], bool] | None
) -> Chosen | None:
    """The best evidence for a question; None when no passage shares a word with it."""
    candidates = gather(
        generation, asking.text, asking.concepts, asking.asked, allowed=allowed,
        count=PASSAGES * (2 if _contenders(asking.asked) > CONTENDERS else 1),
    )  # fmt: skip
    return settle(generation, asking, candidates) if candidates else None


TYPEABLE = frozenset(
    {"person", "organisation", "place", "date", "number", "reason", "definition"}
)
"""Wanted kinds whose span can be looked for in a sentence."""
OFFICE_GAIN = 10.0
"""The same where only the holder of the office answers."""
MUST_BE_TYPED = frozenset({"date", "number"})
UNTYPED_CONFIDENCE = 0.08
"""Without a date, a number or the holder of an office there is no answer to such a question.

In a large dossier the learned probability alone decides: there the cap cost 5 points of PIAF's
right first quotes, for times and quantities that no rule reads ("à la trentième journée").
"""
CONTENDERS = 6
"""Sentences in which the span is looked for before one is chosen."""
TYPED_GAIN, UNTYPED_LOSS = 1.0, 0.5
"""What a span beside the words asked adds to the score of a sentence, and what none costs."""


def _contenders(asked: Asked) -> int:
    """How many sentences are looked into: all where only one construction answers."""
    if asked.office or asked.wanted == "definition":
        return 4 * CONTENDERS
    return CONTENDERS if asked.wanted in TYPEABLE or asked.kind in ("yes_no", "said") else 1


def settle(
    generation: Generation, asking: Asking, candidates: tuple[Candidate, ...]
) -> Chosen:
    """The quote, headline and verdict that the candidates give.

    Of the best few sentences the one wins in which an answer of the wanted kind stands nearest
    to what is asked.
    """
    kind, wanted = asking.asked.kind, asking.asked.wanted
    contenders = candidates[: _contenders(asking.asked)]
    best: tuple[float, Candidate, Span, Headline] | None = None
    for candidate in contenders:
        span = quote_span(generation, candidate, candidates, asking.concepts, asking.asked)
        head = headline(
            generation, asking.asked, asking.concepts, span.article, span.start, span.end,
            asking.language,
        )  # fmt: skip
        score = candidate.score
        if wanted in TYPEABLE:
            gain = OFFICE_GAIN if asking.asked.office else TYPED_GAIN
            score += gain / (1 + head.distance) if head.typed else -UNTYPED_LOSS
        row = dict(zip(FEATURES, candidate.row, strict=True))
        if kind == "yes_no":  # who does it decides
            score += 2 * row["names_held"] - 3 * row["names_missing"]
        elif kind == "said":
            score += row["saying"] + row["quoted"] - 2 * row["caption"]
        if best is None or score > best[0]:
            best = (score, candidate, span, head)
    assert best is not None
    _, candidate, span, head = best
    judged = judge(generation, candidate, candidates, span, head, asking)
    sure = refusal.confidence(refusal.signals(judged, asking.concepts), generation.index.size)
    if not head.typed and (asking.asked.office or asking.asked.wanted in MUST_BE_TYPED):
        large = largeness(generation.index.size)
        sure = min(sure, (1 - large) * UNTYPED_CONFIDENCE + large)
    return Chosen(candidates, span, head, judged, sure)


def select(generation: Generation, question: str, title: str, text: str) -> Reply:
    """The evidence chosen in one text alone, with the word statistics of the generation.

    A reply always holds the best evidence there is: abstaining is left to its confidence.
    """
    question, title, text = clean_question(question), clean(title), clean(text)
    article = parse(title, text)
    alone = Dossier(title, "fr", (article,))
    small = replace(generation, dossier=alone, passages=passages(alone))
    asking = ask_of(generation, question, (), None, Limits())
    code = code_of(
        generation.digest, question, (title, text), language=asking.language, limits=Limits()
    )
    asking = replace(asking, code=code)
    shares = [
        mass(covered(view(small.text_of(n)), asking.concepts), asking.concepts)
        for n in range(len(small.passages))
    ]
    total = sum(c.weight for c in asking.concepts)
    order = sorted(range(len(shares)), key=lambda n: (-shares[n], n))
    hits = [Hit(n, 1.6 * shares[n] * total, rank, ()) for rank, n in enumerate(order)]
    candidates = weigh(small, hits, asking.concepts, asking.asked)
    if not candidates:
        return _refuse(generation, asking, None)
    chosen = settle(small, asking, candidates)
    return _answer(small, asking, chosen, None)


def judge(
    generation: Generation,
    best: Candidate,
    candidates: Sequence[Candidate],
    span: Span,
    head: Headline,
    asking: Asking,
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
        typed=head.typed,
        typeable=asking.asked.wanted in TYPEABLE,
        distance=max(0.0, head.distance),
        span=head.span,
    )


def _answer(
    generation: Generation,
    asking: Asking,
    chosen: Chosen,
    allowed: Callable[[int], bool] | None,
) -> Answer:
    first = _citation(generation, chosen.span, chosen.head, chosen.confidence)
    evidence, also = more_quotes(generation, asking, chosen)
    first = replace(first, also=also)
    text, missing = chosen.head.text, ()
    if asking.second is not None:
        text, further, missing = _second_part(generation, asking, chosen)
        evidence = (*further, *evidence)[:2]
    if len(text) > MAX_HEADLINE:
        text = tidy(text[: text.rfind(" ", 0, MAX_HEADLINE - 2)])
    return Answer(
        question=asking.question,
        understood=asking.understood,
        language=asking.language,
        kind=asking.asked.kind,
        headline=text,
        evidence=(first, *evidence),
        confidence=chosen.confidence,
        code=asking.code,
        notes=(*asking.notes, *chosen.head.notes),
        missing=missing,
        corrections=asking.corrections,
        suggestions=(),
        explanation=explain(generation, asking, chosen.candidates, chosen.judged),
    )


def _second_part(
    generation: Generation, asking: Asking, chosen: Chosen
) -> tuple[str, tuple[Citation, ...], tuple[str, ...]]:
    """(headline of both parts, quotes that the second needs, words of a part not found)."""
    second = asking.second
    assert second is not None
    first = chosen.head.text.rstrip(".")
    spans = [chosen.span]
    for candidate in chosen.candidates[:CONTENDERS]:
        sentence = candidate.sentence
        if sentence.end - sentence.start <= MAX_QUOTE:
            spans.append(Span(sentence.article, sentence.start, sentence.end))
    for span in spans:
        head = headline(
            generation, second, asking.concepts, span.article, span.start, span.end,
            asking.language,
        )  # fmt: skip
        if not head.typed:
            continue
        other = head.text[0].lower() + head.text[1:] if second.wanted == "reason" else head.text
        both = phrase(asking.language, "headline.both", first=first, second=other)
        extra = () if span == chosen.span else (_citation(generation, span, head, 0.0),)
        return both, extra, ()
    return chosen.head.text, (), (parts(asking.text)[-1].rstrip(" ?"),)


def _citation(generation: Generation, span: Span, head: Headline, score: float) -> Citation:
    return cite(generation, span.article, span.start, span.end, score=score, dates=head.dates)


def more_quotes(
    generation: Generation, asking: Asking, chosen: Chosen
) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    """(further quotes from other articles, those that say the same as the first)."""
    first = seen_at(generation, chosen.span)
    best = mass(covered(first, asking.concepts), asking.concepts)
    taken = {chosen.span.article}
    further: list[Citation] = []
    same: list[Citation] = []
    for candidate in chosen.candidates:
        sentence = candidate.sentence
        if sentence.article in taken or len(further) == 2:
            continue
        if sentence.end - sentence.start > 300:
            continue
        seen = view(generation.article(sentence.article).text[sentence.start : sentence.end])
        cover = mass(covered(seen, asking.concepts), asking.concepts)
        if cover < 0.9 * best or candidate.probability < MORE_QUOTES * chosen.candidates[0].probability:
            continue
        taken.add(sentence.article)
        citation = cite(
            generation, sentence.article, sentence.start, sentence.end,
            score=candidate.probability,
        )  # fmt: skip
        shared = len(seen.surface_set & first.surface_set)
        alike = shared / max(1, min(len(seen.surface_set), len(first.surface_set)))
        (same if alike >= SAME_WORDS else further).append(citation)
    return tuple(further), tuple(same)


def _refuse(generation: Generation, asking: Asking, chosen: Chosen | None) -> Abstention:
    if chosen is None:
        reason, missing = refusal.reason_of(None, asking.concepts, ())
        return _abstain(generation, asking, reason, missing=[asking.printed(c) for c in missing])
    judged = chosen.judged
    wide = [
        max(pair)
        for pair in zip(
            covered(judged.passage, asking.concepts),
            covered(judged.title, asking.concepts),
            strict=True,
        )
    ]
    reason, missing = refusal.reason_of(judged, asking.concepts, wide)
    near = mass(wide, asking.concepts) >= 0.2
    unknown = [c for c in missing if not c.known]
    words = [asking.printed(c) for c in missing]
    return _abstain(
        generation,
        asking,
        reason,
        missing=words,
        absent=bool(unknown),
        nearest=_citation(generation, chosen.span, chosen.head, chosen.confidence) if near else None,
        confidence=chosen.confidence,
        chosen=chosen,
    )


def _abstain(
    generation: Generation,
    asking: Asking,
    reason: Reason,
    *,
    message: str | None = None,
    missing: Sequence[str] = (),
    absent: bool = True,
    nearest: Citation | None = None,
    confidence: float = 0.0,
    chosen: Chosen | None = None,
) -> Abstention:
    return Abstention(
        question=asking.question,
        understood=asking.understood,
        language=asking.language,
        kind=asking.asked.kind,
        reason=reason,
        message=message or conversation.refusal_message(asking, reason, missing, absent=absent),
        confidence=confidence,
        code=asking.code,
        nearest=nearest,
        missing=tuple(missing),
        notes=asking.notes,
        corrections=asking.corrections,
        suggestions=suggestions(generation, asking, choose),
        explanation=explain(
            generation, asking, chosen.candidates if chosen else (), chosen.judged if chosen else None
        ),
    )


def _no_articles(asking: Asking) -> str:
    return phrase(
        asking.language, "abstain.no_articles", limits=conversation.limits_line(asking)
    )
