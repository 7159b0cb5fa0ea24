"""Which articles carry the same agency copy, and how many independent sources there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from knowledge.annotations.copies import Match, agency_of, is_copy, joined, matches
from knowledge.annotations.shingles import Statement
from knowledge.citing import MAX_QUOTE, cite
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Article, Citation
from knowledge.press.added import Added, added


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
    added: Added


@dataclass(frozen=True, slots=True)
class Wires:
    """The groups in the dossier's order, and the number of independent sources in it."""

    groups: tuple[WireGroup, ...]
    independent: int


MOST_PAIRS = 5


def wires(generation: Generation) -> Wires:
    """The groups of articles that carry one agency copy, lightly rewritten or translated back.

    Words in quotation marks do not count: two reporters who heard the same speech are two
    sources. Articles of one group, and articles of one outlet, are one source.
    """
    articles = generation.dossier.articles
    found = matches(articles)
    copies = {pair: pairs for pair, pairs in found.items() if is_copy(pairs)}
    groups = [
        _group(generation, [articles[n] for n in numbers], numbers, copies)
        for numbers in joined(len(articles), copies)
        if len(numbers) > 1
    ]
    by_outlet = [
        (a, b)
        for a, b in combinations(range(len(articles)), 2)
        if articles[a].publisher
        and fold(articles[a].publisher or "") == fold(articles[b].publisher or "")
    ]
    return Wires(tuple(groups), len(joined(len(articles), [*copies, *by_outlet])))


def _group(
    generation: Generation,
    articles: Sequence[Article],
    numbers: Sequence[int],
    copies: Mapping[tuple[int, int], Sequence[Match]],
) -> WireGroup:
    inside = [m for (a, b), found in copies.items() if a in numbers and b in numbers for m in found]
    best = sorted(inside, key=lambda m: (-m.score, m.left, m.right, m.one.start))
    pairs = tuple(
        WirePair(
            _cited(generation, match.one),
            _cited(generation, match.other),
            round(match.score, 4),
        )
        for match in best[:MOST_PAIRS]
    )
    alone = added(generation, articles, inside)
    return WireGroup(agency_of(articles), tuple(a.id for a in articles), pairs, alone)


def _cited(generation: Generation, statement: Statement) -> Citation:
    end = min(statement.end, statement.start + MAX_QUOTE)
    if end < statement.end:
        text = generation.article(statement.article).text
        end = text.rfind(" ", statement.start, end + 1)
    return cite(generation, statement.article, statement.start, end)
