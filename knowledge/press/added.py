"""What one outlet alone prints beside the copy that it shares with others."""

from collections.abc import Iterable, Mapping, Sequence

from knowledge.annotations.copies import Match, is_copy, matches
from knowledge.citing import cite
from knowledge.extracts import Extract, choose, extracts
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Article, Citation

MOST_ADDED = 3
_LONGEST = 200
"""Characters of a slice: what an outlet adds is told in short."""

Added = Mapping[str, tuple[Citation, ...]]
"""Article id -> the most telling slices that the others do not have, in the order of the text."""


def added_beside(generation: Generation, cited: Citation) -> Added:
    """What each outlet prints alone beside a quote that they took from one copy.

    Empty when nobody shares the quote, or when no copy is behind the articles.
    """
    ids = (cited.article, *(twin.article for twin in cited.also if twin.same_wire))
    articles = [generation.article(one) for one in dict.fromkeys(ids)]
    copies = [pairs for pairs in matches(articles).values() if is_copy(pairs)]
    return added(generation, articles, [m for pairs in copies for m in pairs]) if copies else {}


def added_to(generation: Generation, evidence: Iterable[Citation]) -> Added:
    """What each outlet prints alone beside the quotes of an answer; the first quote decides."""
    found: dict[str, tuple[Citation, ...]] = {}
    for cited in evidence:
        if any(twin.same_wire for twin in cited.also):
            found = {**added_beside(generation, cited), **found}
    return found


def added(
    generation: Generation, articles: Sequence[Article], shared: Iterable[Match]
) -> dict[str, tuple[Citation, ...]]:
    """What each of these articles has beside the sentences that they share."""
    copied: dict[str, set[int]] = {article.id: set() for article in articles}
    for match in shared:
        for sentence in (match.one, match.other):
            copied[sentence.article].add(sentence.start)
    texts = {article.id: fold(article.text) for article in articles}
    every = extracts(generation, articles, _LONGEST)
    common = [one for one in every if one.sentence.start in copied[one.article.id]]
    return {
        article.id: _own(
            generation,
            [
                one
                for one in every
                if one.article.id == article.id
                and one.sentence.start not in copied[article.id]
                # Words that somebody said to both stand in no copy.
                and not any(_holds(text, one) for i, text in texts.items() if i != article.id)
            ],
            common,
        )
        for article in articles
    }


def _own(
    generation: Generation, found: Sequence[Extract], common: Sequence[Extract]
) -> tuple[Citation, ...]:
    chosen = choose(found, MOST_ADDED, taken=common, among=found)
    return tuple(
        cite(generation, one.article.id, one.start, one.end)
        for one in sorted(chosen, key=lambda one: one.start)
    )


def _holds(folded: str, one: Extract) -> bool:
    return fold(one.text).strip(" .,") in folded
