"""Which articles carry the same agency copy, and how many independent sources there are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from knowledge.citing import MAX_QUOTE, cite
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Article, Citation
from knowledge.press.shingles import Statement, Weights, likeness, statements


@dataclass(frozen=True, slots=True)
class WirePair:
    """Two sentences that are one text, and how alike they are, 0-1."""

    a: Citation
    b: Citation
    similarity: float


@dataclass(frozen=True, slots=True)
class WireGroup:
    """Articles that carry one copy; `agency` only when their text or metadata names it."""

    agency: str | None
    articles: tuple[str, ...]
    pairs: tuple[WirePair, ...]
    added: Mapping[str, tuple[Citation, ...]]
    """Article id -> its first sentences that the others do not have."""


@dataclass(frozen=True, slots=True)
class Wires:
    """The groups in the dossier's order, and the number of independent sources in it."""

    groups: tuple[WireGroup, ...]
    independent: int


PAIRED = 0.5
"""How alike two sentences are to count as one: tests/knowledge/press/test_wires.py measures it."""

SURE = 0.72
"""From here on one sentence is enough, when it is long."""

LONG = 8
"""Topical words of a sentence that alone can show a copy."""

SHARED = 12
"""Topical words that several paired sentences share together to show a copy."""

MOST_PAIRS = 5
MOST_ADDED = 3
_COMMON = 40
"""Sentences beyond which a pair of words is a phrase of the trade and finds no candidates."""


@dataclass(frozen=True, slots=True)
class _Match:
    """Two sentences by their numbers, of articles `left` < `right`."""

    left: int
    right: int
    one: Statement
    other: Statement
    score: float
    shared: int


def wires(generation: Generation) -> Wires:
    """The groups of articles that carry one agency copy, lightly rewritten or translated back.

    Words in quotation marks do not count: two reporters who heard the same speech are two
    sources. Articles of one group, and articles of one outlet, are one source.
    """
    articles = generation.dossier.articles
    matches = _matches(articles)
    copies = {pair: found for pair, found in matches.items() if is_copy(found)}
    groups = [
        _group(generation, [articles[n] for n in numbers], numbers, copies)
        for numbers in _joined(len(articles), copies)
        if len(numbers) > 1
    ]
    by_outlet = [
        (a, b)
        for a, b in combinations(range(len(articles)), 2)
        if articles[a].publisher
        and fold(articles[a].publisher or "") == fold(articles[b].publisher or "")
    ]
    return Wires(tuple(groups), len(_joined(len(articles), [*copies, *by_outlet])))


def is_copy(matches: Sequence["_Match"]) -> bool:
    """Whether the paired sentences of two articles show that one text was behind both."""
    if any(match.score >= SURE and match.shared >= LONG for match in matches):
        return True
    return len(matches) > 1 and sum(match.shared for match in matches) >= SHARED


def _matches(articles: Sequence[Article]) -> dict[tuple[int, int], list[_Match]]:
    """The paired sentences of each two articles, best first, each sentence at most once."""
    every = [(n, s) for n, article in enumerate(articles) for s in statements(article)]
    weights = Weights(s for _, s in every)
    places: dict[tuple[str, str], list[int]] = {}
    for number, (_, statement) in enumerate(every):
        for pair in statement.pairs:
            places.setdefault(pair, []).append(number)
    together: Counter[tuple[int, int]] = Counter()
    for numbers in places.values():
        if 1 < len(numbers) <= _COMMON:
            together.update(
                (a, b) for a, b in combinations(numbers, 2) if every[a][0] != every[b][0]
            )
    found: dict[tuple[int, int], list[_Match]] = {}
    for (a, b), pairs in sorted(together.items()):
        if pairs < 2:
            continue
        (left, one), (right, other) = every[a], every[b]
        score, shared = likeness(one, other, weights)
        if score >= PAIRED:
            found.setdefault((left, right), []).append(
                _Match(left, right, one, other, score, shared)
            )
    return {key: _one_to_one(matches) for key, matches in sorted(found.items())}


def _one_to_one(matches: Iterable[_Match]) -> list[_Match]:
    taken: set[tuple[int, int]] = set()
    kept = []
    for match in sorted(matches, key=lambda m: (-m.score, m.one.start, m.other.start)):
        ends = {(0, match.one.start), (1, match.other.start)}
        if not ends & taken:
            taken |= ends
            kept.append(match)
    return kept


def _joined(size: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
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


def _group(
    generation: Generation,
    articles: Sequence[Article],
    numbers: Sequence[int],
    copies: Mapping[tuple[int, int], Sequence[_Match]],
) -> WireGroup:
    inside = [m for (a, b), found in copies.items() if a in numbers and b in numbers for m in found]
    best = sorted(inside, key=lambda m: (-m.score, m.left, m.right, m.one.start))
    copied: dict[str, set[int]] = {}
    for match in inside:
        copied.setdefault(match.one.article, set()).add(match.one.start)
        copied.setdefault(match.other.article, set()).add(match.other.start)
    pairs = tuple(
        WirePair(
            _cited(generation, match.one),
            _cited(generation, match.other),
            round(match.score, 4),
        )
        for match in best[:MOST_PAIRS]
    )
    added = {
        article.id: tuple(
            _cited(generation, statement)
            for statement in statements(article)
            if statement.start not in copied.get(article.id, set())
        )[:MOST_ADDED]
        for article in articles
    }
    return WireGroup(_agency(articles), tuple(a.id for a in articles), pairs, added)


def _agency(articles: Sequence[Article]) -> str | None:
    """The agency that most of those articles name that name one; the first of equals.

    `Article.agency` comes from metadata or a byline, never from a photo credit.
    """
    named = Counter(article.agency for article in articles if article.agency)
    return named.most_common(1)[0][0] if named else None


def _cited(generation: Generation, statement: Statement) -> Citation:
    end = min(statement.end, statement.start + MAX_QUOTE)
    if end < statement.end:
        text = generation.article(statement.article).text
        end = text.rfind(" ", statement.start, end + 1)
    return cite(generation, statement.article, statement.start, end)
