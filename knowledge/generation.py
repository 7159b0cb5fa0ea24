"""An immutable, numbered state of a dossier: what readers hold while another is published."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from knowledge.annotations import Annotations
from knowledge.model import Article, Dossier, Passage
from knowledge.retrieval import Index
from knowledge.retrieval.vectors import Meaning

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Generation:
    """Articles, passages, annotations and index that belong together."""

    number: int
    digest: str
    dossier: Dossier
    passages: tuple[Passage, ...]
    index: Index
    annotations: Annotations
    meaning: Meaning | None = None
    """Vectors and the encoder that made them; None: the words alone decide."""
    _articles: dict[str, Article] = field(init=False, repr=False)
    _memo: dict[Hashable, object] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_articles", {a.id: a for a in self.dossier.articles})
        object.__setattr__(self, "_memo", {})

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

    def once(self, name: Hashable, compute: Callable[[], T]) -> T:
        """What `compute` gives, kept under the name as long as the generation lives."""
        # A cache of the module's own would keep retired generations, and their indexes, alive.
        if name not in self._memo:
            self._memo[name] = compute()
        return cast("T", self._memo[name])
