"""An immutable, numbered state of a dossier: what readers hold while another is published."""

from dataclasses import dataclass, field

from knowledge.annotations import Annotations
from knowledge.model import Article, Dossier, Passage
from knowledge.retrieval import Index


@dataclass(frozen=True, eq=False)
class Generation:
    """Articles, passages, annotations and index that belong together."""

    number: int
    digest: str
    dossier: Dossier
    passages: tuple[Passage, ...]
    index: Index
    annotations: Annotations
    _articles: dict[str, Article] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_articles", {a.id: a for a in self.dossier.articles})

    def article(self, article_id: str) -> Article:
        """The article of this id.

        Raises:
            KeyError: no article has it.
        """
        return self._articles[article_id]

    def text_of(self, passage: int) -> str:
        """The text of a passage by its number."""
        found = self.passages[passage]
        return self._articles[found.article].text[found.start : found.end]
