"""Sentences of two articles that are one text, and whether one copy was behind both articles."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from knowledge.annotations.shingles import (
    Statement,
    Weights,
    likeness,
    likeness_within,
    statements,
)
from knowledge.model import Article

PAIRED = 0.5
"""How alike two sentences are to count as one: tests/knowledge/press/test_wires.py measures it."""

SURE = 0.72
"""From here on one sentence is enough, when it is long."""

LONG = 8
"""Topical words of a sentence that alone can show a copy."""

SHARED = 12
"""Topical words that several paired sentences share together to show a copy."""

_COMMON = 40
"""Sentences beyond which a pair of words is a phrase of the trade and finds no candidates."""

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """Two sentences by their numbers, of articles `left` < `right`."""

    left: int
    right: int
    one: Statement
    other: Statement
    score: float
    shared: int


def is_copy(pairs: Sequence[Match]) -> bool:
    """Whether the paired sentences of two articles show that one text was behind both."""
    if any(pair.score >= SURE and pair.shared >= LONG for pair in pairs):
        return True
    return len(pairs) > 1 and sum(pair.shared for pair in pairs) >= SHARED


def show_one_text(some: Sequence[Statement], others: Sequence[Statement]) -> bool | None:
    """Whether sentences of two articles show one text, as far as they alone can tell.

    None where it depends on how rare their words are in these articles: then `matches` decides.
    """
    within = [likeness_within(one, other) for one in some for other in others]
    if any(least >= SURE and shared >= LONG for least, _, shared in within):
        return True
    return None if any(most >= PAIRED for _, most, _ in within) else False


def matches(articles: Sequence[Article]) -> dict[tuple[int, int], list[Match]]:
    """The paired sentences of each two articles, best first, each sentence at most once."""
    told = [statements(article) for article in articles]
    every = [(n, s) for n, one in enumerate(told) for s in one]
    weights = Weights(s for _, s in every)
    places: dict[tuple[str, str], list[int]] = {}
    common = _in_several([s.pairs for s in one] for one in told)
    for number, (_, statement) in enumerate(every):
        for pair in statement.pairs & common:
            places.setdefault(pair, []).append(number)
    together: Counter[tuple[int, int]] = Counter()
    for numbers in places.values():
        if 1 < len(numbers) <= _COMMON:
            together.update(
                (a, b) for a, b in combinations(numbers, 2) if every[a][0] != every[b][0]
            )
    found: dict[tuple[int, int], list[Match]] = {}
    for (a, b), pairs in sorted(together.items()):
        if pairs < 2:
            continue
        (left, one), (right, other) = every[a], every[b]
        score, shared = likeness(one, other, weights)
        if score >= PAIRED:
            found.setdefault((left, right), []).append(
                Match(left, right, one, other, score, shared)
            )
    return {key: _one_to_one(pairs) for key, pairs in sorted(found.items())}


def _in_several(articles: Iterable[Sequence[frozenset[_Pair]]]) -> set[_Pair]:
    """The pairs of words that stand in more than one article: others find no candidates."""
    seen: set[_Pair] = set()
    several: set[_Pair] = set()
    for article in articles:
        own = set[_Pair]().union(*article)
        several |= own & seen
        seen |= own
    return several


def _one_to_one(pairs: Iterable[Match]) -> list[Match]:
    taken: set[tuple[int, int]] = set()
    kept = []
    for match in sorted(pairs, key=lambda m: (-m.score, m.one.start, m.other.start)):
        ends = {(0, match.one.start), (1, match.other.start)}
        if not ends & taken:
            taken |= ends
            kept.append(match)
    return kept


def agency_of(articles: Iterable[Article]) -> str | None:
    """The agency that most of those articles name that name one; the first of equals.

    `Article.agency` comes from metadata or a byline, never from a photo credit.
    """
    named = Counter(article.agency for article in articles if article.agency)
    return named.most_common(1)[0][0] if named else None


def joined(size: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers in connected groups, each in order, by their first number."""
    head = list(range(size))

    def first(n: int) -> int:
        while head[n] != n:
            head[n] = head[head[n]]
            n = head[n]
        return n

    for a, b in links:
        low, high = sorted((first(a), first(b)))
        head[high] = low
    groups: dict[int, list[int]] = {}
    for n in range(size):
        groups.setdefault(first(n), []).append(n)
    return list(groups.values())
