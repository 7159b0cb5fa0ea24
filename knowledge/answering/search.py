"""The search syntax: words, "an exact phrase", -word, outlet:, from:, to:."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering.asking import ask_of
from knowledge.answering.door import clean_question
from knowledge.answering.evidence import rerank, search_terms, weigh, weight_of
from knowledge.errors import UnusableSearch
from knowledge.generation import Generation
from knowledge.language.terms import analyze, fold, stem, tokenize, topical_tokens
from knowledge.model import Article, Hit, Limits, PassageIds
from knowledge.retrieval import vectors

_PART = re.compile(
    r'(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]+)"'
    r"|(?<!\w)(?P<key>outlet|source|from|to|média|media|depuis|jusqu)\s?:\s?"
    r'(?:"(?P<quoted>[^"]*)"|(?P<value>\S*))'
    r"|(?P<drop>(?<!\S)-)(?P<word>[^\s\"]+)",
    re.IGNORECASE,
)


RERANKED = 12
"""Passages at least that the evidence model orders anew."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search taken apart; `words` is what is left for ranking, phrases included.

    `without` is left out in any form of its words, `without_phrases` as it stands.
    """

    words: str
    phrases: tuple[str, ...]
    without: tuple[str, ...]
    without_phrases: tuple[str, ...]
    limits: Limits


def parse_search(text: str) -> SearchQuery:
    """Take a search apart; what is no operator is a word.

    Raises: UnusableSearch for an operator without an outlet or a date behind it.
    """
    quotes = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"'})
    text = re.sub(r'"\s*([^"]*?)\s*"', r'"\1"', text.translate(quotes))
    phrases: list[str] = []
    without: list[str] = []
    without_phrases: list[str] = []
    outlets: list[str] = []
    since: list[date] = []
    until: list[date] = []
    for part in _PART.finditer(text):
        match (part["key"] or "").lower():
            case "outlet" | "source" | "média" | "media":
                outlets.append(_outlet(part))
            case "from" | "depuis":
                since.append(_period(part)[0])
            case "to" | "jusqu":
                until.append(_period(part)[1])
            case _ if part["phrase"]:
                (without_phrases if part["minus"] else phrases).append(part["phrase"])
            case _:
                without.append(part["word"])
    words = " ".join([_PART.sub(" ", text), *phrases])
    return SearchQuery(
        " ".join(words.split()),
        tuple(phrases),
        tuple(without),
        tuple(without_phrases),
        # Of two periods the days that both hold, as a search within a limited one asks for.
        Limits(tuple(outlets), max(since, default=None), min(until, default=None)),
    )


_NO_DATE = "{key}: « {value} » n'est pas une date ; écrivez par exemple {key}:2023-02-28."
_EMPTY_DATE = "{key}: il manque une date ; écrivez par exemple {key}:2023-02-28."
_EMPTY_OUTLET = '{key}: il manque un nom ; écrivez par exemple {key}:"Le Journal".'


def _outlet(part: re.Match[str]) -> str:
    name = fold(part["quoted"] or part["value"] or "").strip()
    if not name:
        raise UnusableSearch(_EMPTY_OUTLET.format(key=part["key"].lower()))
    return name


def _period(part: re.Match[str]) -> tuple[date, date]:
    key, value = part["key"].lower(), (part["quoted"] or part["value"] or "").strip()
    first, last = period(value)
    if first is None or last is None:
        sentence = _NO_DATE if value else _EMPTY_DATE
        raise UnusableSearch(sentence.format(key=key, value=value[:40]))
    return first, last


def period(text: str) -> tuple[date, date] | tuple[None, None]:
    """First and last day of an ISO year, month or day; (None, None) for anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    if not match:
        return None, None
    year = int(match[1])
    try:
        if not match[2]:
            return date(year, 1, 1), date(year, 12, 31)
        month = int(match[2])
        first = date(year, month, int(match[3] or 1))
        return first, first if match[3] else date(year, month, monthrange(year, month)[1])
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
    articles = {a.id for a in generation.cards() if within(a, limits)}
    return lambda number: (
        (passage := generation.passages[number]).article in articles
        and (passage.article, passage.paragraph) not in exclude
    )


def find(
    generation: Generation, words: str, *, k: int = 10, exclude: PassageIds = frozenset()
) -> tuple[Hit, ...]:
    """The k best passages for a search, best first; empty when nothing fits.

    Raises: UnusableSearch for an operator without an outlet or a date behind it.
    """
    query = parse_search(clean_question(words))
    allowed = permit(generation, query.limits, exclude)
    holds = [phrase_pattern(phrase) for phrase in query.phrases]
    lacks = [phrase_pattern(phrase) for phrase in query.without_phrases if tokenize(phrase)]
    runs = []
    for word in query.without:
        if run := _run_of(word):
            runs.append(run)
        elif tokenize(word):
            lacks.append(phrase_pattern(word))

    def fits(number: int) -> bool:
        if allowed is not None and not allowed(number):
            return False
        if not (holds or lacks or runs):
            return True
        text = fold(generation.text_of(number))
        stems = _run_of(text) if runs else ""
        return (
            all(pattern.search(text) for pattern in holds)
            and not any(pattern.search(text) for pattern in lacks)
            and not any(run in stems for run in runs)
        )

    if not analyze(query.words):
        return ()
    asking = ask_of(generation, query.words, limits=query.limits)
    terms = search_terms(generation, asking.text, asking.concepts)
    many = max(k, RERANKED)
    if generation.meaning is None:
        hits = generation.index.rank(terms, many, allowed=fits)
    else:
        wide = generation.index.rank(terms, max(k, vectors.RERANKED), allowed=fits)
        hits = generation.meaning.rerank(asking.text, wide, weight_of(asking.concepts))[:many]
    ordered = rerank(weigh(generation, hits, asking.concepts, asking.asked, asking.text))
    return tuple(
        replace(hit, rank=rank, score=score) for rank, (hit, score) in enumerate(ordered[:k])
    )


def _run_of(text: str) -> str:
    """The stems of the topical words side by side, each between spaces; "" for none."""
    stems = [stem(token.text) for token in topical_tokens(fold(text))]
    return f" {' '.join(stems)} " if stems else ""


def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Finds the phrase in folded text, whatever stands between its words."""
    words = [re.escape(fold(token.text)) for token in tokenize(phrase)]
    return re.compile(r"(?<!\w)" + r"\W+".join(words) + r"(?!\w)")
