"""What the dates of a quote mean, and how that was worked out."""

from knowledge.language.dates import dates_of
from knowledge.model import Article, ResolvedDate


def dates_within(article: Article, start: int, end: int) -> tuple[ResolvedDate, ...]:
    """The date expressions of `start:end` that mean a date, in order; none twice.

    `date` is "YYYY[-MM[-DD]]", for a period both ends with "/" between them.

    The whole article is read: "le lendemain" leans on the date before it.
    """
    found: dict[str, ResolvedDate] = {}
    for mention in dates_of(article.text, article.published):
        if mention.date and start <= mention.start and mention.end <= end:
            meant = f"{mention.date}/{mention.end_date}" if mention.end_date else mention.date
            found.setdefault(
                f"{mention.text.lower()} {meant}", ResolvedDate(mention.text, meant, mention.rule)
            )
    return tuple(found.values())
