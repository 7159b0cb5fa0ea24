"""The best evidence for a question: its sentence, its quote, its headline, how sure it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.answering import refusal
from knowledge.answering.asking import Asking
from knowledge.answering.evidence import PASSAGES, Candidate, cut_loss, gather, quote_span, seen_at
from knowledge.answering.features import FEATURES, covered
from knowledge.answering.headline import headline
from knowledge.answering.line import GROUP, Headline
from knowledge.answering.question import Asked
from knowledge.answering.refusal import Judged
from knowledge.answering.slices import Span
from knowledge.answering.statements import stated
from knowledge.answering.view import View, view
from knowledge.answering.voices import Voice, voice_of
from knowledge.answering.weights import largeness
from knowledge.citing import MAX_QUOTE
from knowledge.generation import Generation
from knowledge.language.nouns import counted_by, type_of_noun


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
    return settle(generation, asking, candidates) if candidates else None


TYPEABLE = frozenset({"person", "organisation", "place", "date", "number", "reason", "definition"})
"""Wanted kinds whose span can be looked for in a sentence."""
OFFICE_GAIN = 10.0
"""The same where only the holder of the office answers."""
DEFINING_GAIN = 5.0
"""The same for an apposition or a title: a sentence that merely names the thing defines nothing."""
MUST_BE_TYPED = frozenset({"date", "number"})
UNTYPED_CONFIDENCE = 0.08
"""Without a date, a number or the holder of an office there is no answer to such a question.

In a large dossier the learned probability alone decides: there the cap cost 5 points of PIAF's
right first quotes, for times and quantities that no rule reads ("à la trentième journée").
"""
VOICES: Mapping[Voice, float] = {
    "asked": 1.0, "unknown": 0.0, "doubtful": -2.0, "other": -4.0,
}  # fmt: skip
"""What it adds to a sentence that it reports the words of whom the question names, or another's:
what somebody else said is never the answer."""
CONTENDERS = 6
"""Sentences in which the span is looked for before one is chosen."""
LIST_GAIN = 2.0
"""What an enumeration adds where several are asked for."""
GROUP_GAIN = 1.5
"""What people told by their office add ("les ministres"), where a name would have answered."""
LONG_CONTENDERS = 3
"""At least so many are looked into when the best is longer than a quote: what is cut off counts."""
MISSED_LOSS = 1.5
"""What it costs where no date or no number means no answer."""
STATED_GAIN = 2.0
"""What it adds that subject, verb and object of a yes-or-no question stand so in a sentence."""
STRUCK_LOSS = 2.0
"""What it costs a date that its sentence leaves out whom the thing was done to."""
OBJECT_LOSS = 2.0
"""What it costs a sentence to hold none of the things asked about in a yes-or-no question."""
SUBJECT_LOSS = 2.0
"""What it costs a sentence to speak of somebody else, where a yes or no is asked."""
PENDING_LOSS = 2.0
"""What it costs a sentence to say that what is asked for has yet to happen."""
TYPED_GAIN, UNTYPED_LOSS = 1.0, 0.5
"""What a span beside the words asked adds to the score of a sentence, and what none costs."""


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
    kind, wanted = asking.asked.kind, asking.asked.wanted
    first = candidates[0].sentence
    count = max(
        _contenders(asking.asked), LONG_CONTENDERS if first.end - first.start > MAX_QUOTE else 1
    )
    contenders = candidates[:count]
    large = largeness(generation.index.size)
    # With many passages the learned weights choose better than a rule: .770 on PIAF against .7615.
    rule = 1 - large
    tried: list[tuple[float, Candidate, Span, Headline]] = []
    for candidate in contenders:
        span = quote_span(generation, candidate, candidates, asking.concepts, asking.asked)
        head = headline(
            generation, asking.asked, asking.concepts, span, asking.language,
        )  # fmt: skip
        if wanted == "reason" and not head.typed:
            span = _with_what_follows(generation, span)
        score = candidate.score
        if candidate.sentence.end - candidate.sentence.start > MAX_QUOTE:
            score -= cut_loss(generation, candidate.sentence, span, asking.concepts, asking.asked)
        if wanted in TYPEABLE:
            gain = OFFICE_GAIN if asking.asked.office else TYPED_GAIN
            gain = DEFINING_GAIN if wanted == "definition" else gain
            lost = MISSED_LOSS if wanted in MUST_BE_TYPED else UNTYPED_LOSS
            without = GROUP_GAIN if head.distance == GROUP else -lost
            score += rule * (gain / (1 + head.distance) if head.typed else without)
        if kind == "list" and head.typed and _names_several(head.text):
            score += LIST_GAIN
        row = dict(zip(FEATURES, candidate.row, strict=True))
        if kind == "yes_no":  # who does it decides
            score += 2 * row["names_held"] - 3 * row["names_missing"]
            score -= SUBJECT_LOSS * _subject_away(generation, asking, span)
            if stated(seen_at(generation, span), asking.concepts) != "no":
                score += STATED_GAIN
            score -= OBJECT_LOSS * _objects_away(generation, asking, span)
        elif kind == "when":
            score -= STRUCK_LOSS * _struck_away(generation, asking, span)
        elif kind == "said":
            score += row["saying"] + row["quoted"] - 2 * row["caption"]
            score += VOICES[_voice(generation, asking, span)] * (1 - large)
        if (
            asking.asked.past
            and not asking.asked.modal
            and pending(seen_at(generation, span), asking)
        ):
            score -= PENDING_LOSS
        tried.append((score, candidate, span, head))
    _, candidate, span, head = max(tried, key=lambda one: one[0])
    judged = judge(generation, asking, candidates, candidate, span, head)
    sure = refusal.confidence(refusal.signals(judged, asking.concepts), generation.index.size)
    must = asking.asked.office or asking.asked.wanted in MUST_BE_TYPED
    anothers = kind == "said" and not _may_say(generation, asking, span)
    unknown = _turns_on_unknown(generation, asking, span) or _speaks_of_nothing(judged, asking)
    if anothers or (must and not head.typed) or unknown:
        sure = min(sure, (1 - large) * UNTYPED_CONFIDENCE + large)
    return Chosen(candidates, span, head, judged, sure)


_PENDING = re.compile(
    r"(?<!\w)(?:doi(?:t|vent)|dev(?:ait|aient|rait|raient|ra|ront)|va|vont|all(?:ait|aient)|pourr\w+"
    r"|peu(?:t|vent)|compte(?:nt)?|espèr\w+|veu(?:t|lent)|souhait\w+|prévoi\w+ d[e'’]"
    r"|s['’]apprêt\w+ à)\s?(?:\w+ment\s|se\s|s['’])?$"
)
"""What leads an infinitive that has not happened, or not yet."""


def pending(quote: View, asking: Asking) -> bool:
    """Whether the quote only says that what is asked is to happen, may happen or is wished for."""
    verbs = {form for c in asking.concepts if c.role in ("verb", "other") and not c.weak
             for form, _ in c.forms}  # fmt: skip
    places = [place for form in verbs for place in quote.places.get(form, ())]
    leads = [quote.text[max(0, start - 30) : start] for start in
             (quote.tokens[place].start for place in places)]  # fmt: skip
    return bool(leads) and all(_PENDING.search(lead) for lead in leads)


def _speaks_of_nothing(judged: Judged, asking: Asking) -> bool:
    """Whether the quote holds no thing and no name of the question; a pronoun may stand for one."""
    things = [c for c in asking.concepts if c.role in ("noun", "name") and not c.weak]
    texts = [judged.passage if judged.quote.pronoun_start else judged.quote]
    if asking.asked.wanted != "reason":  # the title's thing is not what the reason is given for
        texts.append(judged.title)
    return bool(things) and not any(share for seen in texts for share in covered(seen, things))


def _turns_on_unknown(generation: Generation, asking: Asking, span: Span) -> bool:
    """Whether "quel vaccin" asks for a thing that no article names, beside names alone."""
    lost = any(
        c.focus and not c.known and not c.weak and not c.named
        and type_of_noun(c.surface) is None and not counted_by(c.surface)
        for c in asking.concepts
    )  # fmt: skip
    words = [c for c in asking.concepts if not c.named and not c.weak]
    return lost and not any(covered(seen_at(generation, span), words))


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


def _names_several(text: str) -> bool:
    return "," in text or " et " in text


def _may_say(generation: Generation, asking: Asking, span: Span) -> bool:
    """Whether the quote may report what the one who is asked about says."""
    voice, seen = _voice(generation, asking, span), seen_at(generation, span)
    return voice == "asked" or (voice == "unknown" and (seen.saying or seen.quoted))


def _subject_away(generation: Generation, asking: Asking, span: Span) -> float:
    subject = [c for c in asking.concepts if c.subject and not c.weak]
    return 1 - min(covered(seen_at(generation, span), subject), default=1.0)


def _struck_away(generation: Generation, asking: Asking, span: Span) -> float:
    """How far the quote leaves out whom the verb strikes ("reçu Tokaïev")."""
    struck = [c for c in asking.concepts if c.direct]
    return 1 - min(covered(seen_at(generation, span), struck), default=1.0)


def _objects_away(generation: Generation, asking: Asking, span: Span) -> float:
    """The share of the nouns behind the verb that the quote does not hold."""
    verb = next((c.start for c in asking.concepts if c.role == "verb"), 0)
    nouns = [c for c in asking.concepts if c.role == "noun" and c.start > verb and not c.weak]
    return sum(1 - s for s in covered(seen_at(generation, span), nouns)) / max(1, len(nouns))


def _voice(generation: Generation, asking: Asking, span: Span) -> Voice:
    return voice_of(generation, span, asking.concepts)


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
        near=_nearest(inside or [best], [c for c in candidates if c not in inside]),
    )


def _nearest(quoted: Sequence[Candidate], rest: Sequence[Candidate]) -> tuple[float, ...]:
    """MEANT of the sentences quoted, against the rest; nothing without vectors."""
    if not quoted[0].near:
        return ()
    near, share, passage, alone = max(c.near for c in quoted)
    return near, near - max((c.near[0] for c in rest), default=0.0), share, passage, alone
