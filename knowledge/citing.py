"""From a slice of an article to a citation with its source; shared by answering and press."""

from knowledge.generation import Generation
from knowledge.model import Article, Citation, ResolvedDate

MAX_QUOTE = 300
"""Characters of a quote, as people read it on a phone."""


def cite(
    generation: Generation,
    article_id: str,
    start: int,
    end: int,
    *,
    score: float = 0.0,
    dates: tuple[ResolvedDate, ...] = (),
) -> Citation:
    """The slice `start:end` of the article with its source.

    Raises:
        KeyError: no article has this id.
    """
    return cite_slice(generation.article(article_id), start, end, score=score, dates=dates)


def cite_slice(
    article: Article,
    start: int,
    end: int,
    *,
    score: float = 0.0,
    dates: tuple[ResolvedDate, ...] = (),
) -> Citation:
    """The slice `start:end` of an article that is at hand, with its source."""
    paragraph = article.paragraph_at(start)
    return Citation(
        quote=article.text[start:end],
        article=article.id,
        title=article.title,
        publisher=article.publisher,
        agency=article.agency,
        published=article.published,
        url=article.url,
        paragraph=paragraph.number,
        kind=paragraph.kind,
        start=start,
        end=end,
        score=round(score, 4),
        dates=dates,
        note=article.note,
    )


def sentence_around(article: Article, start: int, end: int) -> tuple[int, int]:
    """The sentences that hold a slice, cut at words to `MAX_QUOTE` characters around it."""
    touched = [s for s in article.sentences if s.start < end and s.end > start]
    low = min((s.start for s in touched), default=start)
    high = max((s.end for s in touched), default=end)
    if high - low <= MAX_QUOTE:
        return low, high
    if end - start >= MAX_QUOTE:
        return start, _word_end(article.text, start, start + MAX_QUOTE)
    # As much before as after, unless one side has less to give.
    room = MAX_QUOTE - (end - start)
    left = min(start - low, max(room // 2, room - (high - end)))
    first = _word_start(article.text, max(low, start - left), start)
    return first, _word_end(article.text, end, min(high, first + MAX_QUOTE))


def _word_start(text: str, at: int, last: int) -> int:
    """The first place from `at` on where a word begins, at most `last`."""
    while 0 < at < last and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, first: int, at: int) -> int:
    """The last place up to `at` where a word ends, at least `first`."""
    while first < at < len(text) and not text[at].isspace():
        at -= 1
    return len(text[:at].rstrip()) if at > first else at
