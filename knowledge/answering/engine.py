"""Question to reply: understand, gather evidence, judge, then answer or abstain."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering import briefing, conversation, refusal
from knowledge.answering.asked_period import asked_period, choose_within
from knowledge.answering.asking import Asking, ask_of
from knowledge.answering.choosing import Chosen, choose, settle
from knowledge.answering.coding import code_of
from knowledge.answering.dialogue import base_of, goes_on, has_pronoun
from knowledge.answering.door import clean, clean_question
from knowledge.answering.evidence import weigh
from knowledge.answering.explaining import explain
from knowledge.answering.features import covered, mass
from knowledge.answering.happenings import happenings
from knowledge.answering.incomplete import says_when_incomplete
from knowledge.answering.line import MAX_HEADLINE, Headline, tidy
from knowledge.answering.search import permit, within
from knowledge.answering.slices import Span
from knowledge.answering.suggesting import suggestions
from knowledge.answering.templates import phrase
from knowledge.answering.twofold import twofold
from knowledge.answering.view import view
from knowledge.citing import cite
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

NO_LIMITS = Limits()
NO_HEAD = Headline("", typed=False)


@says_when_incomplete
def answer(
    generation: Generation,
    question: str,
    *,
    history: Sequence[str] = (),
    language: Language | None = None,
    limits: Limits = NO_LIMITS,
    exclude: PassageIds = frozenset(),
    today: date | None = None,
) -> Reply:
    """The reply to a question; the same for the same arguments, always."""
    question, history = clean_question(question), [clean_question(text) for text in history]
    actor, before = _last_named(generation, question, history)
    asking = ask_of(
        generation, question, history, language=language, limits=limits, actor=actor, today=today
    )
    asking = replace(asking, after=before if goes_on(question) else None)
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
    if limits and not any(within(a, asking.limits) for a in generation.cards()):
        return _abstain(generation, asking, "no_match", message=_no_articles(asking))
    allowed = permit(generation, asking.limits, exclude)
    if summed_up := briefing.brief(generation, asking, allowed):
        return summed_up
    period = asked_period(asking, today)
    if both := twofold(
        generation,
        asking,
        lambda half, before: answer(
            generation, half, history=before, language=asking.language, limits=limits,
            exclude=exclude, today=today,
        ),
    ):  # fmt: skip
        return both
    if told := happenings(generation, asking, allowed, period):
        return told
    asking, chosen = choose_within(generation, asking, allowed, period)
    if chosen is None:
        return _refuse(generation, asking, None)
    if chosen.confidence < refusal.threshold(generation.index.size):
        return _refuse(generation, asking, chosen)
    return _answer(generation, asking, chosen, allowed)


def offers(generation: Generation, reply: Reply) -> tuple[str, ...]:
    """Up to two questions to go on with from an answer: near to it, and answered by the dossier.

    Apart from `answer`, for the first of a dossier takes as long as a few dozen questions.
    """
    asking = ask_of(generation, reply.question, (), language=reply.language)
    return suggestions(generation, asking, choose, akin=True)


def _last_named(
    generation: Generation, question: str, history: Sequence[str]
) -> tuple[str, Span | None]:
    """(the name that the last answer gave, its quote), where the question leans on it.

    For "il" a person, for "et ensuite ?" a place, too; ("", None) where it gave none.
    """
    onwards = goes_on(question)
    base = base_of(question, history) if onwards or has_pronoun(question) else ""
    if not base:
        return "", None
    asking = ask_of(generation, base, ())
    if asking.asked.wanted not in (("person", "place") if onwards else ("person",)):
        return "", None
    chosen = choose(generation, asking, None)
    if chosen is None or chosen.head.span is None:
        return "", None
    start, end = chosen.head.span
    named = find_names(chosen.judged.quote.text[start:end])
    return (named[0].text, chosen.span) if named else ("", None)


def select(generation: Generation, question: str, title: str, text: str) -> Reply:
    """The evidence chosen in one text alone, with the word statistics of the generation.

    A reply always holds the best evidence there is: abstaining is left to its confidence.
    """
    from knowledge.corpus import parse, passages

    question, title, text = clean_question(question), clean(title), clean(text)
    article = parse(title, text)
    alone = Dossier(title, "fr", (article,))
    listed = passages(alone)
    meaning = generation.meaning and generation.meaning.over(alone, listed)
    small = replace(generation, dossier=alone, passages=listed, meaning=meaning)
    asking = ask_of(generation, question, ())
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
    candidates = weigh(small, hits, asking.concepts, asking.asked, asking.text)
    if not candidates:
        return _refuse(generation, asking, None)
    chosen = settle(small, asking, candidates)
    return _answer(small, asking, chosen)


def _answer(
    generation: Generation,
    asking: Asking,
    chosen: Chosen,
    allowed: Callable[[int], bool] | None = None,
) -> Answer:
    # Here, for a refusal at the start of a process needs none of them.
    from knowledge.answering.agreement import agreement
    from knowledge.answering.brackets import bracketed

    first = _citation(generation, chosen.span, chosen.head, chosen.confidence)
    others = agreement(generation, asking, chosen, allowed)
    evidence = others.further
    if chosen.head.support is not None:
        evidence = (_citation(generation, chosen.head.support, NO_HEAD, 0.0), *evidence)[:2]
    first = replace(first, also=others.same)
    text = others.headline or chosen.head.text
    notes = (*asking.notes, *chosen.head.notes, *others.notes)
    if named := bracketed(generation, chosen.span, text):
        text = named.text
        told = phrase(asking.language, "note.speaker", printed=named.word, name=named.name)
        notes = (*notes, told)
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
        notes=notes,
        corrections=asking.corrections,
        suggestions=(),
        explanation=explain(generation, asking, chosen.candidates, chosen.judged),
    )


def _citation(generation: Generation, span: Span, head: Headline, score: float) -> Citation:
    return cite(generation, span.article, span.start, span.end, score=score, dates=head.dates)


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
    unknown = [c for c in missing if not c.in_print]
    words = [asking.printed(c) for c in missing]
    return _abstain(
        generation,
        asking,
        reason,
        missing=words,
        absent=bool(unknown),
        nearest=_citation(generation, chosen.span, chosen.head, chosen.confidence)
        if near
        else None,
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
            generation,
            asking,
            chosen.candidates if chosen else (),
            chosen.judged if chosen else None,
        ),
    )


def _no_articles(asking: Asking) -> str:
    return phrase(asking.language, "abstain.no_articles", limits=conversation.limits_line(asking))
