"""The most telling extracts of articles: verbatim, able to stand alone, each saying its own.

Shared by answering and press. What makes an extract central: it holds the words that come back
all over the articles, those of the titles, and stands near the top, where the press says what
matters first. What makes a selection diverse: maximal marginal relevance, and the same wire story
is one extract with its twins.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from knowledge.annotations.copies import LONG, PAIRED, SURE
from knowledge.annotations.shingles import Statement, Weights, likeness, statement
from knowledge.citing import MAX_QUOTE, cite
from knowledge.generation import Generation
from knowledge.language.cutting import cuts
from knowledge.language.dates import DateMention, find_dates
from knowledge.language.leaning import leaning
from knowledge.language.names import find_names
from knowledge.language.terms import bigrams, stem, topical_tokens
from knowledge.model import Article, Citation, ResolvedDate, Sentence

_SHORTEST = 40
"""Characters under which an extract says too little."""
_LEAST_WORDS = 4
"""Topical words without which a sentence is a label, not a statement."""
_ENDS = re.compile(r"[.!?…](?:[\s»”\"’)\]]*)\Z")


class Topic(Protocol):
    """One thing that is asked about: the stems (or pairs of stems) that print it, with shares."""

    @property
    def forms(self) -> tuple[tuple[str, float], ...]: ...  # noqa: D102
    @property
    def weight(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Extract:
    """A slice of an article, `article.text[start:end]`, and what is known of it.

    `score`: how telling it is, above 0; `leans`: how much it leans on what precedes, 0-1;
    `twins`: the same statement in other articles, each with whether it is the same copy.
    """

    article: Article
    start: int
    end: int
    sentence: Sentence
    told: Statement
    words: frozenset[str]
    position: int
    leans: float
    score: float = 0.0
    twins: tuple[tuple["Extract", bool], ...] = field(default=())

    @property
    def text(self) -> str:
        """The words of the extract."""
        return self.article.text[self.start : self.end]


def extracts(
    generation: Generation, articles: Sequence[Article], longest: int = MAX_QUOTE
) -> tuple[Extract, ...]:
    """Every extract that these articles offer, scored, in the order of reading.

    Captions only of an article without a body; sentences that do not end as one (labels, lines
    left over from a page) not at all.
    """
    found = [
        one
        for article in articles
        for one in generation.once(
            ("extracts", article.id, longest), partial(_pieces, article, longest)
        )
    ]
    return _scored(found)


def _pieces(article: Article, longest: int) -> tuple[Extract, ...]:
    kinds = {p.kind for p in article.paragraphs}
    wanted = "body" if "body" in kinds else "caption"
    order: list[int] = []  # paragraphs that say something: a byline takes no place
    found: list[Extract] = []
    before: Sentence | None = None
    for sentence in article.sentences:
        if article.paragraphs[sentence.paragraph].kind != wanted:
            continue
        text = article.text[sentence.start : sentence.end]
        if _ENDS.search(text) and len(topical_tokens(text)) >= _LEAST_WORDS:
            if sentence.paragraph not in order[-1:]:
                order.append(sentence.paragraph)
            slices = [(sentence.start + a, sentence.start + b) for a, b in cuts(text, longest)]
            if leaning(text) and before is not None and _carries(article, before, sentence):
                slices += [(before.start, sentence.end)] * (sentence.end - before.start <= longest)
            found += (_piece(article, sentence, span, len(order) - 1) for span in slices)
        before = sentence
    return tuple(found)


def _carries(article: Article, before: Sentence, sentence: Sentence) -> bool:
    """Whether the sentence before can be quoted along, so that a pronoun has its noun."""
    return before.paragraph == sentence.paragraph and not leaning(
        article.text[before.start : before.end]
    )


def _piece(article: Article, sentence: Sentence, span: tuple[int, int], position: int) -> Extract:
    start, end = span
    text = article.text[start:end]
    stems = [stem(token.text) for token in topical_tokens(text)]
    words = frozenset(stems) | frozenset(bigrams(stems))
    told = statement(article, sentence)
    return Extract(article, start, end, sentence, told, words, position, leaning(text))


NEAR_TOP, TITLED, NAMED, DATED, SPOKEN = 0.6, 0.5, 0.2, 0.15, 0.15
"""What the first paragraph, words of the title, names, a date and quoted words add to a score."""
LEANING_COSTS = 0.75
"""The part of its score that an extract loses when it cannot be read alone."""


def _scored(found: Sequence[Extract]) -> tuple[Extract, ...]:
    """The extracts with their scores: the mass of shared words, titles, place, substance."""
    holding: Counter[str] = Counter()
    for one in found:
        holding.update(one.words)
    whole = max(1, len(found))

    def mass(words: Iterable[str]) -> float:
        shared = [holding[w] / whole for w in words if " " not in w and holding[w] > 1]
        return math.fsum(map(math.sqrt, shared)) / math.pow(4 + len(shared), 0.75)

    most = max((mass(one.words) for one in found), default=1.0) or 1.0
    titles: dict[str, frozenset[str]] = {}
    scored = []
    for one in found:
        title = titles.setdefault(one.article.id, _title_words(one.article))
        score = mass(one.words) / most
        score += TITLED * (len(title & one.words) / len(title) if title else 0.0)
        score += NEAR_TOP / (1 + one.position)
        text = one.text
        score += NAMED * min(1.0, len(find_names(text)) / 3)
        score += SPOKEN * any(mark in text for mark in '«“"')
        score *= 1 - LEANING_COSTS * one.leans
        if one.start < one.sentence.start:  # two sentences hold more words, not more sense
            score *= 0.85
        if text.rstrip(' »”"').endswith("?"):
            score *= 0.6
        if len(text) < 2 * _SHORTEST:
            score *= 0.8
        scored.append(replace(one, score=round(score, 6)))
    return tuple(scored)


def _title_words(article: Article) -> frozenset[str]:
    return frozenset(stem(token.text) for token in topical_tokens(article.title))


def held(words: frozenset[str], topics: Sequence[Topic]) -> tuple[float, ...]:
    """The share of each topic that an extract's words hold: 1 for the word itself, 0 for none."""
    return tuple(max((s for form, s in t.forms if form in words), default=0.0) for t in topics)


def coverage(words: frozenset[str], topics: Sequence[Topic]) -> float:
    """The share of the topics' weight that is held, 0-1."""
    total = sum(topic.weight for topic in topics)
    shares = held(words, topics)
    return sum(s * t.weight for s, t in zip(shares, topics, strict=True)) / total if total else 0.0


DIVERSITY = 0.7
"""What likeness to an extract already chosen costs, as a part of the best score."""
SAME = 0.6
"""From this likeness on two extracts say the same, and one of them is enough."""


def choose(
    found: Sequence[Extract],
    most: int,
    *,
    taken: Sequence[Extract] = (),
    room: int | None = None,
    an_article: int | None = None,
) -> tuple[Extract, ...]:
    """Up to so many extracts, the most telling first, none that repeats another or `taken`.

    `room`: characters that they may have together; `an_article`: how many of one article.
    What other articles print alike becomes a twin of the extract chosen. Ties: reading order.
    """
    weights = Weights(one.told for one in found)
    left = [one for one in found if one.score > 0]
    best = max((one.score for one in left), default=0.0)
    chosen: list[Extract] = []
    while left and len(chosen) < most:
        worth = [
            one.score - DIVERSITY * best * _likest(one, (*taken, *chosen), weights) for one in left
        ]
        at = max(range(len(left)), key=lambda n: (worth[n], -n))
        pick = left.pop(at)
        if worth[at] <= 0:
            break
        if room is not None and len(pick.text) > room:
            continue
        if an_article is not None and an_article <= sum(
            c.article.id == pick.article.id for c in chosen
        ):
            continue
        if _repeats(pick, (*taken, *chosen), weights):
            continue
        if room is not None:
            room -= len(pick.text)
        chosen.append(pick)
    return tuple(_with_twins(one, found, weights) for one in chosen)


def _likest(one: Extract, others: Sequence[Extract], weights: Weights) -> float:
    return max((overlap(one, other, weights) for other in others), default=0.0)


def overlap(one: Extract, other: Extract, weights: Weights) -> float:
    """How much of the shorter of two extracts the longer one says, 0-1."""
    if one.article.id == other.article.id and one.start < other.end and other.start < one.end:
        return 1.0
    mine = [w for w in one.words if " " not in w]
    theirs = [w for w in other.words if " " not in w]
    least = min(weights.total(mine), weights.total(theirs))
    return weights.total([w for w in mine if w in other.words]) / least if least else 0.0


def _repeats(one: Extract, others: Sequence[Extract], weights: Weights) -> bool:
    return any(overlap(one, other, weights) >= SAME for other in others)


def _with_twins(one: Extract, found: Sequence[Extract], weights: Weights) -> Extract:
    """The extract with what other articles print alike, one twin an article."""
    twins: dict[str, tuple[float, Extract, bool]] = {}
    for other in found:
        if other.article.id == one.article.id or not (other.told.stems and one.told.stems):
            continue
        score, shared = likeness(one.told, other.told, weights)
        if score < PAIRED:
            continue
        known = twins.get(other.article.id)
        if known is None or score > known[0]:
            twins[other.article.id] = (score, other, score >= SURE and shared >= LONG)
    return replace(one, twins=tuple((twin, same) for _, twin, same in twins.values()))


def by_date(found: Iterable[Extract]) -> tuple[Extract, ...]:
    """The extracts in order of publication, then of the text; undated articles last."""
    return tuple(
        sorted(
            found,
            key=lambda e: (
                e.article.published is None,
                str(e.article.published or ""),
                e.article.id,
                e.start,
            ),
        )
    )


def dates_in(one: Extract) -> tuple[DateMention, ...]:
    """The date expressions of the extract that mean something, offsets in the article."""
    return tuple(
        m
        for m in _dates(one.article)
        if m.date is not None and one.start <= m.start and m.end <= one.end
    )


def _dates(article: Article) -> tuple[DateMention, ...]:
    return find_dates(article.text, article.published)


def cited(generation: Generation, one: Extract) -> Citation:
    """The extract as a citation, with its dates and its twins."""
    dates = tuple(ResolvedDate(m.text, m.date or "", m.rule) for m in dates_in(one))
    citation = cite(generation, one.article.id, one.start, one.end, score=one.score, dates=dates)
    also = tuple(
        replace(cite(generation, twin.article.id, twin.start, twin.end), same_wire=same)
        for twin, same in one.twins
    )
    return replace(citation, also=also)


Wanted = Callable[[Extract], bool]
