"""From a slice of an article to a citation with its source."""

from knowledge.generation import Generation
from knowledge.model import Citation, ResolvedDate

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
    article = generation.article(article_id)
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
