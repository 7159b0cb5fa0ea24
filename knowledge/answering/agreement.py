"""What other articles say to an answer: the same, the same in other words, or something else.

Precision first: a second quote must answer the question on its own. Sentences of one text are one
quote with several sources; a quote that agrees in other words, or that gives another number, date
or position, stands beside the first. The bot names no winner.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.annotations.copies import is_copy, matches, show_one_text
from knowledge.annotations.shingles import Statement, statements_within
from knowledge.answering.asking import Asking
from knowledge.answering.choosing import Chosen
from knowledge.answering.counterclaims import counterclaims
from knowledge.answering.evidence import Candidate, cut, seen_at
from knowledge.answering.features import covered, mass
from knowledge.answering.line import MAX_HEADLINE, tidy
from knowledge.answering.merits import TYPEABLE
from knowledge.answering.sides import Side, on_topic, relate, side_of, surely_differ, whole
from knowledge.answering.slices import Span
from knowledge.answering.templates import phrase
from knowledge.answering.view import View, view
from knowledge.citing import MAX_QUOTE, cite
from knowledge.generation import Generation
from knowledge.language.dates import spell_date
from knowledge.language.polarity import negated
from knowledge.language.terms import fold
from knowledge.model import Article, Citation, Language

READ = 24
"""Candidates looked at: sentences further down hold too little of the question."""
MOST_FURTHER = 2
"""Quotes beside the first; at most three are shown."""
WORTH: Mapping[str, tuple[float, float]] = {
    "counts": (0.4, 0.0), "twin": (0.75, 0.02), "agrees": (0.75, 0.02), "differs": (0.75, 0.02),
    "adds": (0.9, 0.5), "silent": (math.inf, math.inf),
}  # fmt: skip
"""What another quote needs to be shown: the least part of what the first covers of the question,
and how probable it is beside the most probable sentence. The same number of the same thing speaks
for itself; where no answer can be compared, the words asked must speak for the quote."""
LEAST = min(much for much, _ in WORTH.values())
SAME_WORDS = 0.75
"""Two quotes that share this part of the longer one's words are one quote: a number behind it
stands for both sources, so the second must print the same words, not merely the same sense."""
SAME_NEWS = 3
"""Days between two publications beyond which another number may be news, not a contradiction."""

Verdict = Literal["twin", "agrees", "differs", "adds", "silent"]

_BACKING: tuple[Verdict, ...] = ("twin", "agrees")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Quotes beside the first, those that say the same as it, and what is to be told of them."""

    further: tuple[Citation, ...] = ()
    same: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    headline: str = ""
    """What each source says, where they differ; "" where the answer stands as it is."""


def agreement(
    generation: Generation,
    asking: Asking,
    chosen: Chosen,
    allowed: Callable[[int], bool] | None = None,
) -> Agreement:
    """What the other articles say to the answer chosen; `allowed` tells which passages may."""
    first = side_of(generation, asking, chosen.span, chosen.head)
    said: dict[Verdict, list[tuple[Side, Citation]]] = {}
    taken = {chosen.span.article}
    for candidate in chosen.candidates[:READ]:
        if candidate.sentence.article in taken:
            continue
        much, likely = _worth(generation, asking, chosen, candidate)
        if much < LEAST:
            continue
        other = side_of(generation, asking, _slice(generation, asking, candidate))
        verdict = _verdict(generation, asking, first, other)
        counts = verdict == "agrees" and other.found is not None and other.found.number is not None
        needed = WORTH["counts" if counts else verdict]
        if much < needed[0] or likely < needed[1]:
            continue
        if verdict == "differs" and any(
            relate(asking, known, other) != "differ" for known, _ in said.get("differs", ())
        ):
            continue  # another source says so already
        taken.add(candidate.sentence.article)
        citation = _cited(generation, other, candidate.probability)
        said.setdefault(verdict, []).append((other, citation))
    differing = said.setdefault("differs", [])
    passages = [candidate.hit.passage for candidate in chosen.candidates]
    for other in counterclaims(generation, asking, first, passages, allowed):
        if other.span.article not in taken and not any(
            relate(asking, known, other) != "differ" for known, _ in differing
        ):
            taken.add(other.span.article)
            differing.append((other, _cited(generation, other, 0.0)))
    differing = differing[:MOST_FURTHER]
    beside = [*said.get("agrees", ()), *said.get("adds", ())][:1]
    twins = [
        replace(citation, same_wire=_one_text(generation, first.span, other.span))
        for other, citation in said.get("twin", ())
    ]
    backing = [first, *(side for key in _BACKING for side, _ in said.get(key, ()))]
    headline, note = _differences(generation, asking, [first, *(side for side, _ in differing)])
    notes = _independence(generation, asking.language, [side.span.article for side in backing])
    further = [citation for _, citation in (*differing, *beside)][:MOST_FURTHER]
    return Agreement(tuple(further), tuple(twins), (note, *notes) if note else notes, headline)


def _cited(generation: Generation, side: Side, score: float) -> Citation:
    span = side.span
    return cite(generation, span.article, span.start, span.end, score=score, dates=side.head.dates)


def _worth(
    generation: Generation, asking: Asking, chosen: Chosen, candidate: Candidate
) -> tuple[float, float]:
    """How much of the question a sentence holds beside the first quote, and how likely it is."""
    sentence = candidate.sentence
    seen = view(generation.article(sentence.article).text[sentence.start : sentence.end])
    best = mass(covered(seen_at(generation, chosen.span), asking.concepts), asking.concepts)
    much = mass(covered(seen, asking.concepts), asking.concepts) / (best or 1.0)
    return much, candidate.probability / (chosen.candidates[0].probability or 1.0)


def _slice(generation: Generation, asking: Asking, candidate: Candidate) -> Span:
    sentence = candidate.sentence
    if sentence.end - sentence.start <= MAX_QUOTE:
        return Span(sentence.article, sentence.start, sentence.end)
    text = generation.article(sentence.article).text
    return cut(sentence, text, asking.concepts, asking.asked, generation.index.size)


def _verdict(generation: Generation, asking: Asking, first: Side, other: Side) -> Verdict:
    related = relate(asking, first, other)
    if related == "differ" and surely_differ(generation, asking, first, other):
        return "differs"
    if _alike(view(first.quote), view(other.quote)):
        return "twin"
    if _one_text(generation, first.span, other.span):
        return "twin"
    if related in ("same", "near"):
        is_number = other.found is not None and other.found.number is not None
        return "agrees" if not is_number or on_topic(asking, other.quote) else "silent"
    comparable = asking.asked.wanted in TYPEABLE or asking.asked.kind == "yes_no"
    return "adds" if not comparable and whole(asking, other.quote) else "silent"


def _alike(one: View, other: View) -> bool:
    shared = len(one.surface_set & other.surface_set)
    return shared >= SAME_WORDS * max(1, len(one.surface_set), len(other.surface_set))


LEAST_PAIRS = 2
Places = tuple[int, int, int, int]
"""Where a sentence stands in one article, and where its like in the other."""


def _one_text(generation: Generation, one: Span, other: Span) -> bool:
    """Whether both slices carry the same passage of one text."""
    # Two whole articles are compared only where the slices share pairs of words, as `matches` asks.
    if len(seen_at(generation, one).pairs & seen_at(generation, other).pairs) < LEAST_PAIRS:
        return False
    copied = show_one_text(_told_in(generation, one), _told_in(generation, other))
    if copied is not None:
        return copied
    return any(
        a < one.end and one.start < b and c < other.end and other.start < d
        for a, b, c, d in _copied(generation, one.article, other.article)
    )


def _told_in(generation: Generation, span: Span) -> tuple[Statement, ...]:
    return generation.once(
        ("told", span),
        lambda: statements_within(generation.article(span.article), span.start, span.end),
    )


def _copied(generation: Generation, one: str, other: str) -> tuple[Places, ...]:
    """The sentences of two articles that come from one text; () when no text is behind both."""
    if other < one:
        return tuple((c, d, a, b) for a, b, c, d in _copied(generation, other, one))

    def compute() -> tuple[Places, ...]:
        pairs = matches((generation.article(one), generation.article(other))).get((0, 1), [])
        if not is_copy(pairs):
            return ()
        return tuple((p.one.start, p.one.end, p.other.start, p.other.end) for p in pairs)

    return generation.once(("copies", one, other), compute)


def _differences(generation: Generation, asking: Asking, sides: Sequence[Side]) -> tuple[str, str]:
    """(headline, note) of sources that differ, what each says side by side; ("", "") of one."""
    if len(sides) < 2:
        return "", ""
    language = asking.language
    sides = sorted(sides, key=lambda side: _later(generation, sides, side))
    articles = [generation.article(side.span.article) for side in sides]
    sources = _sources(articles, language)
    said = [
        phrase(language, "headline.side", words=words, source=source)
        for words, source in zip(_told(asking, sides), sources, strict=True)
    ]
    between = phrase(language, "headline.between")
    headline = tidy(between.join(said))
    note = phrase(language, "note.differ", sources=between.join(sources))
    return (headline if len(headline) <= MAX_HEADLINE else ""), note


def _later(generation: Generation, sides: Sequence[Side], side: Side) -> int:
    """The place of a side in time, where the articles lie apart in time; 0 where they do not."""
    days = [generation.article(one.span.article).published for one in sides]
    day = generation.article(side.span.article).published
    known = [one for one in days if one is not None]
    apart = len(known) == len(days) and (max(known) - min(known)).days > SAME_NEWS
    return day.toordinal() if apart and day else 0


def _told(asking: Asking, sides: Sequence[Side]) -> list[str]:
    """What each side says, in the words of a headline."""
    if asking.asked.kind != "yes_no":
        return [_answer_of(side) for side in sides]
    keys = ("headline.deny" if negated(side.words) else "headline.affirm" for side in sides)
    return [phrase(asking.language, key) for key in keys]


def _answer_of(side: Side) -> str:
    """The number or date with whom the quote names for it; a clause stands in quotation marks."""
    told = side.head.text.rstrip(".")
    if len(told) > len(side.words) and told.lower() in side.quote.lower():
        return f"« {told} »"
    told = told[:1].lower() + told[1:]
    named = _ATTRIBUTION.search(side.quote)
    if named is None or named.group() in told:
        return told
    return f"{told}, {named.group()}"


_ATTRIBUTION = re.compile(r"(?<!\w)(?:selon|d['’]après|à en croire) [^,.;:()«»]{3,50}(?=[,.;)])")


def _sources(articles: Sequence[Article], language: Language) -> list[str]:
    """The outlets by name, with their months or days where the articles lie far apart in time."""
    names = [article.publisher or article.agency or f"« {article.title} »" for article in articles]
    days = [article.published for article in articles if article.published]
    if len(days) < len(articles) or (max(days) - min(days)).days <= SAME_NEWS:
        return names
    months = [day.isoformat()[:7] for day in days]
    told = months if len(set(months)) == len(months) else [day.isoformat() for day in days]
    return [f"{name}, {spell_date(day, language)}" for name, day in zip(names, told, strict=True)]


def _independence(
    generation: Generation, language: Language, articles: Sequence[str]
) -> tuple[str, ...]:
    """How many independent outlets say it; nothing where that is not sure.

    Only outlets that are known count; one agency behind two of them, or one text, is one source.
    """
    kept: list[Article] = []
    for one in articles:
        article = generation.article(one)
        if article.publisher and all(_independent(generation, article, other) for other in kept):
            kept.append(article)
    if len(kept) < 2:
        return ()
    return (phrase(language, "note.independent", count=len(kept)),)


def _independent(generation: Generation, one: Article, other: Article) -> bool:
    if fold(one.publisher or "") == fold(other.publisher or ""):
        return False
    if one.agency and other.agency and fold(one.agency) == fold(other.agency):
        return False
    return not _copied(generation, one.id, other.id)
