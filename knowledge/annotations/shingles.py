"""Sentences as the words that tell whether one was copied from the other.

Word shingles alone miss what a machine translated back: few runs of three words survive, but the
topical words do, in nearly the same order. So pairs of topical words find the candidates, and the
longest common subsequence, weighed by how rare its words are, decides. datasketch (MinHash) was
not needed: it only speeds up finding candidates, and not of this kind.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language.quote_marks import Marked, find_marked
from knowledge.language.terms import tokenize, word_forms, words_of
from knowledge.model import Article, Sentence

_REACH = 2
"""Words apart that still make a pair: a word put in between breaks no pair."""

_LEAST = 4
"""Topical words without which a sentence says too little to be told from another."""

_LIGHTEST = 0.3
"""What a word of every second sentence counts; one that is nowhere else counts 1."""

_MOVED = 0.85
"""What a rare word counts that both sentences hold in another order: light rewriting moves
clauses about, independent reports share fewer words."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A body sentence: its stems in order without what stands in quotation marks."""

    article: str
    start: int
    end: int
    stems: tuple[str, ...]

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring stems, in alphabetical order, a word or two apart."""
        return _pairs(self.stems)


@lru_cache(maxsize=2048)
def _pairs(stems: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(
        [
            (a, b) if a < b else (b, a)
            for apart in range(1, _REACH + 1)
            for a, b in zip(stems, stems[apart:], strict=False)
            if a != b
        ]
    )


class Weights:
    """How rare a stem is among sentences: 1 for one that is nowhere else, less for the others."""

    def __init__(self, every: Iterable[Statement]) -> None:
        self._holding: Counter[str] = Counter()
        self._size = 0
        for statement in every:
            self._size += 1
            self._holding.update(set(statement.stems))

    def of(self, form: str) -> float:
        """0.3-1: the words of a dossier's subject are in every second sentence."""
        often = max(0, self._holding[form] - 2)
        return _LIGHTEST + (1 - _LIGHTEST) / (1 + math.log1p(often))

    def total(self, stems: Sequence[str]) -> float:
        """The weight of all these words."""
        return sum(map(self.of, stems))


@lru_cache(maxsize=64)
def statements(article: Article) -> tuple[Statement, ...]:
    """The body sentences that can be compared, in order."""
    return statements_within(article, 0, len(article.text))


def statements_within(article: Article, start: int, end: int) -> tuple[Statement, ...]:
    """Those that overlap a slice of the article."""
    found = (
        statement(article, sentence)
        for sentence in article.sentences
        if sentence.start < end
        and start < sentence.end
        and article.paragraphs[sentence.paragraph].kind == "body"
    )
    return tuple(told for told in found if len(told.stems) >= _LEAST)


def statement(article: Article, sentence: Sentence) -> Statement:
    """A sentence of the article, ready to be compared."""
    text = article.text[sentence.start : sentence.end]
    marked = [
        (m.start - sentence.start, m.end - sentence.start)
        for m in _marked(article.text)
        if m.start < sentence.end and sentence.start < m.end
    ]
    # Most sentences quote nobody: where their words stand need not be known.
    stems = _stems(_outside(text, marked)) if marked else _stems_of(text)
    return Statement(article.id, sentence.start, sentence.end, stems)


@lru_cache(maxsize=4096)
def _stems_of(text: str) -> tuple[str, ...]:
    # Kept, for what is compared is often a text that several articles carry.
    return _stems(words_of(text))


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    return tuple([forms[0] for word in words if (forms := word_forms(word)) is not None])


def _outside(text: str, marked: Sequence[tuple[int, int]]) -> list[str]:
    """The words that begin in none of these stretches."""
    return [
        token.text
        for token in tokenize(text)
        if not any(start <= token.start < end for start, end in marked)
    ]


@lru_cache(maxsize=64)
def _marked(text: str) -> tuple[Marked, ...]:
    return tuple(m for m in find_marked(text) if m.depth == 0)


def likeness(one: Statement, other: Statement, weights: Weights) -> tuple[float, int]:
    """(0-1, words shared): the weight of what both hold, words out of order counting less."""
    shared, order = _in_common(one, other)
    kept = weights.total(order)
    moved = sum(weights.of(form) * n for form, n in (shared - Counter(order)).items())
    whole = math.sqrt(weights.total(one.stems) * weights.total(other.stems))
    score = (kept + _MOVED * moved) / whole if whole else 0.0
    return min(1.0, score), sum(shared.values())


def likeness_within(one: Statement, other: Statement) -> tuple[float, float, int]:
    """(least, most, words shared): what `likeness` lies between, whatever the weights are.

    More weight of a word in order makes it greater, more of a word that only one holds smaller;
    of a word that moved, either.
    """
    shared, order = _in_common(one, other)
    count, kept = sum(shared.values()), len(order)
    lone, other_lone = len(one.stems) - count, len(other.stems) - count

    def like(kept: float, moved: float, rest: float) -> float:
        held = kept + moved
        whole = math.sqrt((held + rest * lone) * (held + rest * other_lone))
        return (kept + _MOVED * moved) / whole if whole else 0.0

    moved = count - kept
    least = min(like(_LIGHTEST * kept, part * moved, 1) for part in (_LIGHTEST, 1))
    most = max(like(kept, part * moved, _LIGHTEST) for part in (_LIGHTEST, 1))
    return min(1.0, least), min(1.0, most), count


def _in_common(one: Statement, other: Statement) -> tuple[Counter[str], tuple[str, ...]]:
    """The words that both hold, and those of them that stand in the same order."""
    shared = Counter(one.stems) & Counter(other.stems)
    return shared, _common_subsequence(one.stems, other.stems)


def _common_subsequence(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """The longest words in common that stand in the same order."""
    if one == other:
        return tuple(one)
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i + 1][j + 1] = (
                table[i][j] + 1 if a == b else max(table[i][j + 1], table[i + 1][j])
            )
    i, j, found = len(one), len(other), []
    while i and j:
        if one[i - 1] == other[j - 1]:
            found.append(one[i - 1])
            i, j = i - 1, j - 1
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return tuple(reversed(found))
