"""The search syntax: words, "an exact phrase", -word, outlet:, from:, to:."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering.asking import ask_of
from knowledge.answering.door import clean_question
from knowledge.answering.evidence import rerank, search_terms, weigh
from knowledge.generation import Generation
from knowledge.language.terms import analyze, fold, stem, tokenize
from knowledge.model import Article, Hit, Limits, PassageIds

_PART = re.compile(
    r'(?P<minus>-)?"(?P<phrase>[^"]+)"'
    r"|(?P<key>outlet|source|from|to|média|media|depuis|jusqu)\s?:\s?"
    r'(?:"(?P<quoted>[^"]*)"|(?P<value>\S+))'
    r"|(?P<drop>(?<!\S)-)(?P<word>[^\s\"]+)",
    re.IGNORECASE,
)


RERANKED = 12
"""Passages at least that the evidence model orders anew."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search taken apart; `words` is what is left for ranking, phrases included."""

    words: str
    phrases: tuple[str, ...]
    without: tuple[str, ...]
    limits: Limits


def parse_search(text: str) -> SearchQuery:
    """Take a search apart; what is no operator is a word."""
    quotes = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"'})
    text = re.sub(r'"\s*([^"]*?)\s*"', r'"\1"', text.translate(quotes))
    phrases, without, outlets = [], [], []
    since = until = None
    for part in _PART.finditer(text):
        value = part["quoted"] or part["value"] or ""
        match (part["key"] or "").lower():
            case "outlet" | "source" | "média" | "media":
                outlets.append(fold(value))
            case "from" | "depuis":
                since = period(value)[0]
            case "to" | "jusqu":
                until = period(value)[1]
            case _ if part["phrase"] and part["minus"]:
                without.append(fold(part["phrase"]))
            case _ if part["phrase"]:
                phrases.append(part["phrase"])
            case _:
                without.append(fold(part["word"]))
    words = " ".join([_PART.sub(" ", text), *phrases])
    return SearchQuery(
        " ".join(words.split()),
        tuple(phrases),
        tuple(without),
        Limits(outlets=tuple(outlets), since=since, until=until),
    )


def period(text: str) -> tuple[date | None, date | None]:
    """First and last day of an ISO year, month or day; (None, None) for anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    if not match:
        return None, None
    year, month, day = (int(group) if group else None for group in match.groups())
    try:
        first = date(year or 1, month or 1, day or 1)
        if day:
            return first, first
        following = date(first.year + (month in (12, None)), (month or 12) % 12 + 1, 1)
        return first, date.fromordinal(following.toordinal() - 1)
    except ValueError:
        return None, None


def within(article: Article, limits: Limits) -> bool:
    """Whether an article lies within the limits; one without a date lies in no period."""
    if limits.articles and not article.id.startswith(limits.articles):
        return False
    if limits.outlets:
        names = fold(f"{article.publisher or ''} {article.agency or ''}")
        if not any(outlet in names for outlet in limits.outlets):
            return False
    if limits.since or limits.until:
        if article.published is None:
            return False
        if limits.since and article.published < limits.since:
            return False
        if limits.until and article.published > limits.until:
            return False
    return True


def permit(
    generation: Generation, limits: Limits, exclude: PassageIds = frozenset()
) -> Callable[[int], bool] | None:
    """Which passages may be used; None when all may."""
    if not limits and not exclude:
        return None
    articles = {a.id for a in generation.dossier.articles if within(a, limits)}
    return lambda number: (
        (passage := generation.passages[number]).article in articles
        and (passage.article, passage.paragraph) not in exclude
    )


def find(
    generation: Generation, words: str, *, k: int = 10, exclude: PassageIds = frozenset()
) -> tuple[Hit, ...]:
    """The k best passages for a search, best first; empty when nothing fits."""
    query = parse_search(clean_question(words))
    allowed = permit(generation, query.limits, exclude)
    phrases = [phrase_pattern(phrase) for phrase in query.phrases]

    def fits(number: int) -> bool:
        if allowed is not None and not allowed(number):
            return False
        if not phrases and not query.without:
            return True
        text = fold(generation.text_of(number))
        stems = {stem(token.text) for token in tokenize(text)}
        return all(pattern.search(text) for pattern in phrases) and not any(
            (word in text) if " " in word else (stem(word) in stems) for word in query.without
        )

    if not analyze(query.words):
        return ()
    asking = ask_of(generation, query.words, (), None, query.limits)
    terms = search_terms(asking.text, asking.concepts)
    hits = generation.index.rank(terms, max(k, RERANKED), allowed=fits)
    ordered = rerank(weigh(generation, hits, asking.concepts, asking.asked))
    return tuple(
        replace(hit, rank=rank, score=score) for rank, (hit, score) in enumerate(ordered[:k])
    )


def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Finds the phrase in folded text, whatever stands between its words."""
    words = [re.escape(fold(token.text)) for token in tokenize(phrase)]
    return re.compile(r"(?<!\w)" + r"\W+".join(words) + r"(?!\w)")
