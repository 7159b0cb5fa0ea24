"""Replies made by hand, on an article of our own."""

from dataclasses import replace
from datetime import date

from knowledge.model import (
    Abstention,
    Answer,
    Article,
    Citation,
    Paragraph,
    ResolvedDate,
    Sentence,
)

TEXT = (
    "Mardi, la maire de Brest a inauguré le nouveau pont. « Il durera un siècle », a-t-elle dit."
    "\n\n"
    'Le chantier a coûté 12 millions. "Pas un euro de trop", assure la ville.'
)
FIRST = TEXT.index("\n\n")


def _sentences() -> tuple[Sentence, ...]:
    ends = (TEXT.index("pont.") + 5, FIRST, TEXT.index("millions.") + 9, len(TEXT))
    starts = (0, ends[0] + 1, FIRST + 2, ends[2] + 1)
    return tuple(
        Sentence("pont", n // 2, start, end)
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


ARTICLE = Article(
    id="pont",
    title="Un pont neuf relie enfin les deux rives de la ville après dix ans de travaux",
    text=TEXT,
    paragraphs=(Paragraph(1, "body", 0, FIRST), Paragraph(2, "body", FIRST + 2, len(TEXT))),
    sentences=_sentences(),
    publisher="Le Journal",
    agency="AFP",
    published=date(2023, 2, 28),
)


def articles(article_id: str) -> Article:
    """Finds the one article. Raises: KeyError for any other id."""
    if article_id != ARTICLE.id:
        raise KeyError(article_id)
    return ARTICLE


def citation(quote: str) -> Citation:
    """The quote as a citation of the article that holds it."""
    start = TEXT.index(quote)
    return Citation(
        quote=quote,
        article=ARTICLE.id,
        title=ARTICLE.title,
        publisher=ARTICLE.publisher,
        agency=ARTICLE.agency,
        published=ARTICLE.published,
        url=None,
        paragraph=1 if start < FIRST else 2,
        kind="body",
        start=start,
        end=start + len(quote),
    )


WHOLE = citation("Mardi, la maire de Brest a inauguré le nouveau pont.")
PART = replace(
    citation("la maire de Brest a inauguré le nouveau pont."),
    dates=(ResolvedDate("Mardi", "2023-02-28", "jour de la semaine avant la parution"),),
)
COST = citation("Le chantier a coûté 12 millions.")

ANSWER = Answer(
    question="Qui a inauguré le pont ?",
    understood="Qui a inauguré le pont ?",
    language="fr",
    kind="who",
    headline="La maire de Brest.",
    evidence=(PART, COST),
    confidence=0.81239,
    code="abc123",
)
REFUSAL = Abstention(
    question="Quelle est la longueur du pont ?",
    understood="Quelle est la longueur du pont ?",
    language="fr",
    kind="how_many",
    reason="low_coverage",
    message="Le dossier ne dit pas quelle est la longueur du pont.",
    confidence=0.2,
    code="def456",
    nearest=COST,
    missing=("longueur",),
    suggestions=("Qui a inauguré le pont ?", "Combien a coûté le chantier ?"),
)
