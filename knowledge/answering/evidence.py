"""The sentences that may prove an answer, scored, and the quote cut from the best of them."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answering.concepts import Concept
from knowledge.answering.features import (
    FEATURES,
    NEARNESS,
    Probe,
    Shares,
    Surroundings,
    complete,
    covered,
    covered_together,
    features,
    mass,
    nearness,
)
from knowledge.answering.question import Asked
from knowledge.answering.slices import PHRASE_END, Span, hangs
from knowledge.answering.view import View, view
from knowledge.answering.weights import dot, largeness, sentence_scores, table
from knowledge.citing import MAX_QUOTE
from knowledge.forms import idf_of
from knowledge.generation import Generation
from knowledge.language.clauses import clauses
from knowledge.language.dates import DateMention, find_dates
from knowledge.language.detect import detect
from knowledge.language.terms import fields
from knowledge.model import Hit, Passage, Sentence
from knowledge.retrieval import SearchTerm
from knowledge.retrieval.memory import plain_terms
from knowledge.retrieval.vectors import RERANKED

PASSAGES = 8
"""Passages read for evidence: 93 % of PIAF's gold passages stand among the first 8."""
BRIDGED = 8
"""Passages near in meaning that a question in another language is asked of as well."""
NEIGHBOUR_GAIN, LARGE_NEIGHBOUR_GAIN = 0.03, 0.01
"""A neighbour is quoted too when the chance that the answer stands in it is above this, in a small
and in a large dossier (`largeness`). On PIAF, five-fold: .03 gives .7683 right at 225 characters,
.01 .7729 at 233; with vectors .03 .794 at 217, .01 .797 at 226."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage found, with its features and its share of the probability.

    `near`: its NEARNESS, where there are vectors.
    """

    sentence: Sentence
    hit: Hit
    row: tuple[float, ...]
    score: float
    probability: float
    near: tuple[float, ...] = ()


def search_terms(
    generation: Generation, question: str, concepts: Sequence[Concept]
) -> tuple[SearchTerm, ...]:
    """What the index is asked: every field of the question, with each concept's other forms.

    A rare synonym must not outweigh the word that was asked, so its share is cut to the idf of
    that word.
    """
    plain = plain_terms(fields(question))
    known: dict[str, tuple[tuple[str, float], ...]] = {}
    for concept in concepts:
        if len(concept.forms) > 1:
            (own, _), *rest = concept.forms
            rarity = idf_of(generation, own)
            capped = [(f, s * min(1.0, rarity / idf_of(generation, f))) for f, s in rest]
            known[own] = tuple(capped)
    terms = []
    for term in plain:
        form = term.alternatives[0][0]
        if term.field == "stems" and form in known:
            terms.append(SearchTerm("stems", ((form, 1.0), *known.pop(form))))
        else:
            terms.append(term)
    # pairs: their words are searched one by one as well
    terms += [SearchTerm("stems", ((form, 0.0), *others)) for form, others in known.items()]
    return tuple(terms)


def sentences_of(generation: Generation, passage: int) -> tuple[Sentence, ...]:
    """The sentences of a passage, in order."""
    found = generation.passages[passage]

    def within() -> tuple[Sentence, ...]:
        listed = generation.article(found.article).sentences
        return tuple(s for s in listed if found.start <= s.start < found.end)

    return generation.once(("sentences", passage), within)


def dated(
    generation: Generation, article_id: str, start: int = 0, end: int | None = None
) -> Iterator[DateMention]:
    """The dates that could be worked out in the paragraphs of a slice of an article, in order.

    One date leans on another of its paragraph at most, so the others need not be read.
    """
    article = generation.article(article_id)
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.end > start and (end is None or paragraph.start < end):
            yield from generation.once(
                ("dated", article_id, number),
                lambda part=paragraph: tuple(  # type: ignore[misc]
                    m
                    for m in find_dates(article.text, article.published, part.start, part.end)
                    if m.date
                ),
            )


def gather(
    generation: Generation,
    question: str,
    concepts: Sequence[Concept],
    asked: Asked,
    *,
    allowed: Callable[[int], bool] | None = None,
    count: int = PASSAGES,
) -> tuple[Candidate, ...]:
    """The sentences of the best passages, most probable first; ties in the order of reading."""
    terms = search_terms(generation, question, concepts)
    if generation.meaning is None:
        hits = generation.index.rank(terms, count, allowed=allowed)
    else:
        hits = generation.index.rank(terms, max(count, RERANKED), allowed=allowed)
        if detect(question) in {"en", "ru"}:
            hits = generation.meaning.bridged(question, hits, BRIDGED, allowed=allowed)
        hits = generation.meaning.rerank(question, hits, weight_of(concepts))[:count]
    return weigh(generation, hits, concepts, asked, question)


def weight_of(concepts: Sequence[Concept]) -> float:
    """The idf mass of the question; 1 without any, so that it can be divided by."""
    return sum(concept.weight for concept in concepts) or 1.0


def weigh(
    generation: Generation,
    hits: Sequence[Hit],
    concepts: Sequence[Concept],
    asked: Asked,
    question: str,
) -> tuple[Candidate, ...]:
    """The sentences of these passages, most probable first; ties in the order of reading."""
    total = weight_of(concepts)
    probe = Probe(concepts, asked)
    rows: list[tuple[float, ...]] = []
    groups: list[int] = []
    found: list[tuple[Sentence, Hit]] = []
    for hit in hits:
        passage = generation.passages[hit.passage]
        article = generation.article(passage.article)
        sentences = sentences_of(generation, hit.passage)
        views = [view(article.text[s.start : s.end]) for s in sentences]
        seen = [(one, covered(one, concepts)) for one in views]
        title = covered(view(article.title), concepts)
        whole = _of_passage(article.text, passage, sentences, seen, concepts)
        for position, one in enumerate(views):
            around = Surroundings(
                before=seen[position - 1] if position else None,
                after=seen[position + 1] if position + 1 < len(views) else None,
                title=title,
                position=position,
                count=len(views),
                caption=passage.kind == "caption",
                retrieved=min(1.0, hit.score / (4 * total)),
                retrieved_rank=hit.rank,
                passage_coverage=mass(whole, concepts),
            )
            rows.append(features(one, probe, around))
            groups.append(hit.rank)
            found.append((sentences[position], hit))
    if not rows:
        return ()
    completed = complete(rows, groups)
    near = _nearness(generation, question, hits, completed)
    scores, shares = sentence_scores(completed, asked.wanted, generation.index.size, near)
    candidates = [
        Candidate(sentence, hit, tuple(row), score, share, close)
        for (sentence, hit), row, score, share, close in zip(
            found, completed, scores, shares, near or [()] * len(found), strict=True
        )
    ]
    return tuple(sorted(candidates, key=lambda c: (-c.score, c.hit.rank, c.sentence.start)))


def _of_passage(
    text: str, passage: Passage, sentences: Sequence[Sentence],
    seen: Sequence[tuple[View, Shares]], concepts: Sequence[Concept],
) -> Shares:  # fmt: skip
    """What the passage holds of the concepts; its sentences need not be taken apart twice."""
    borders = [passage.start, *(at for s in sentences for at in (s.start, s.end)), passage.end]
    between = (text[a:b] for a, b in zip(borders[::2], borders[1::2], strict=True))
    if any(gap.strip() for gap in between):
        return covered(view(text[passage.start : passage.end]), concepts)
    return covered_together(seen, concepts)


def _nearness(
    generation: Generation, question: str, hits: Sequence[Hit], rows: Sequence[Sequence[float]]
) -> list[tuple[float, ...]]:
    """NEARNESS of each sentence of the hits, in order; nothing without vectors."""
    if generation.meaning is None:
        return []
    cosines: list[float] = []
    wholes: list[float] = []
    for hit in hits:
        whole, parts = generation.meaning.near(question, hit.passage)
        cosines += parts
        wholes += [whole] * len(parts)
    return nearness(cosines, wholes, [row[0] for row in rows])


def rerank(candidates: Sequence[Candidate]) -> tuple[tuple[Hit, float], ...]:
    """The passages of the candidates with their new scores, best first; ties keep their rank."""
    weights = table("passage", semantic=bool(candidates and candidates[0].near))
    by_hit: dict[Hit, list[Candidate]] = {}
    for candidate in candidates:
        by_hit.setdefault(candidate.hit, []).append(candidate)
    scored = []
    for hit, found in by_hit.items():
        scores = [c.score for c in found]
        top = max(scores)
        spread = top + math.log(sum(math.exp(score - top) for score in scores))
        value = (
            weights["best"] * top
            + weights["together"] * spread
            + weights["retrieved"] * found[0].row[FEATURES.index("retrieved")]
        )
        if found[0].near:
            value += weights["near"] * max(c.near[NEARNESS.index("near")] for c in found)
            value += weights["near_passage"] * found[0].near[NEARNESS.index("near_passage")]
        scored.append((hit, round(value, 6)))
    return tuple(sorted(scored, key=lambda pair: (-pair[1], pair[0].rank)))


def quote_span(
    generation: Generation, best: Candidate, candidates: Sequence[Candidate],
    concepts: Sequence[Concept], asked: Asked,
) -> Span:  # fmt: skip
    """The slice to quote: the best sentence, with the neighbours worth it, within MAX_QUOTE."""
    sentence = best.sentence
    if sentence.end - sentence.start > MAX_QUOTE:
        text = generation.article(sentence.article).text
        return cut(sentence, text, concepts, asked, generation.index.size)
    near = {
        c.sentence.start: c.probability for c in candidates if c.hit.passage == best.hit.passage
    }
    row = sentences_of(generation, best.hit.passage)
    at = row.index(sentence)
    choice, chosen = best.probability, (at, at + 1)
    large = largeness(generation.index.size)
    price = (1 - large) * NEIGHBOUR_GAIN + large * LARGE_NEIGHBOUR_GAIN
    for first in range(at + 1):
        for last in range(at + 1, len(row) + 1):
            if row[last - 1].end - row[first].start > MAX_QUOTE:
                continue
            if row[last - 1].paragraph != row[first].paragraph:
                continue
            gain = sum(near.get(s.start, 0.0) for s in row[first:last])
            if gain - price * (last - first - 1) > choice:
                choice = gain - price * (last - first - 1)
                chosen = (first, last)
    first, last = chosen
    return Span(sentence.article, row[first].start, row[last - 1].end)


FULLNESS, WHOLE_START, SPLIT = 2.0, 0.5, 0.7
"""What a full slice, the start of the sentence and a broken quotation weigh in `cut`."""


def cut(
    sentence: Sentence, text: str, concepts: Sequence[Concept], asked: Asked, passages: int
) -> Span:
    """The clauses of a long sentence that most likely hold question and answer.

    Within MAX_QUOTE: the more of the question the better, then what looks like an answer, then
    the longer slice, for a reader wants the context.
    """
    whole = text[sentence.start : sentence.end]
    start, end = _cut(whole, tuple(concepts), asked, passages)
    return Span(sentence.article, sentence.start + start, sentence.start + end)


@lru_cache(maxsize=256)
def _cut(whole: str, concepts: tuple[Concept, ...], asked: Asked, passages: int) -> tuple[int, int]:
    # Kept, for a sentence that several articles carry is cut for each of them.
    pieces = clauses(whole) or ((0, len(whole)),)
    probe = Probe(concepts, asked)
    alone = Surroundings(None, None, probe.nothing, 0, 1, False, 0.0, 0, 0.0)
    ends = sorted({end for _, end in pieces} | {m.start() for m in PHRASE_END.finditer(whole)})
    starts = [start for start, _ in pieces]
    if any(end - start > MAX_QUOTE for start, end in pieces):
        starts = sorted({*starts, *(m.end() for m in _PHRASE_START.finditer(whole))})
    best: tuple[float, int, int] | None = None
    for start in starts:
        if start and hangs(whole[start:]):
            continue
        within = [end for end in ends if start + _SHORTEST_SLICE <= end <= start + MAX_QUOTE]
        for end in within[-_ENDS_TRIED:]:
            row = features(view(whole[start:end]), probe, alone)
            worth = dot(row, asked.wanted, passages) + FULLNESS * (end - start) / MAX_QUOTE
            worth += WHOLE_START * (start == 0) - SPLIT * _splits_quotation(whole[start:end])
            key = (round(worth, 6), -start, end)
            if best is None or key > best:
                best = key
    if best is None:  # no border in a stretch longer than a quote may be
        end = whole.rfind(" ", 0, MAX_QUOTE)
        return 0, max(end, 1)
    return -best[1], best[2]


def cut_loss(
    generation: Generation, sentence: Sentence, span: Span, concepts: Sequence[Concept],
    asked: Asked,
) -> float:  # fmt: skip
    """What the score of a sentence loses (or gains, below 0) when only this slice is quoted."""
    text = generation.article(sentence.article).text
    probe = Probe(concepts, asked)
    alone = Surroundings(None, None, probe.nothing, 0, 1, False, 0.0, 0, 0.0)
    whole, part = (
        dot(features(view(text[a:b]), probe, alone), asked.wanted, generation.index.size)
        for a, b in ((sentence.start, sentence.end), (span.start, span.end))
    )
    return whole - part


_PHRASE_START = re.compile(r"[»”\"]?,\s|[»”\"]\s|\s[–—]\s")
"""Where a slice may start in a clause longer than a quote may be."""
_SHORTEST_SLICE = 40
_ENDS_TRIED = 6


def _splits_quotation(piece: str) -> bool:
    return piece.count("«") != piece.count("»") or piece.count('"') % 2 == 1


def seen_at(generation: Generation, span: Span) -> View:
    """The slice taken apart."""
    return view(generation.article(span.article).text[span.start : span.end])
