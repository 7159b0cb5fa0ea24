"""Every slice of an article that can be quoted alone, and how telling each one is."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from knowledge.annotations.shingles import Statement, statement
from knowledge.citing import MAX_QUOTE
from knowledge.extracts.topics import words_of
from knowledge.generation import Generation
from knowledge.language.cutting import cuts
from knowledge.language.leaning import leaning
from knowledge.language.names import find_names
from knowledge.language.terms import stem, topical_tokens
from knowledge.model import Article, Sentence

_SHORTEST = 40
"""Characters under which an extract says too little."""
_LEAST_WORDS = 4
"""Topical words without which a sentence is a label, not a statement."""
_ENDS = re.compile(r"[.!?…](?:[\s»”\"’)\]]*)\Z")


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
    told = statement(article, sentence)
    return Extract(article, start, end, sentence, told, words_of(text), position, leaning(text))


NEAR_TOP, TITLED, NAMED, SPOKEN = 0.6, 0.5, 0.2, 0.15
"""What the first paragraph, words of the title, names and quoted words add to a score."""
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
