"""An immutable, numbered state of a dossier: what readers hold while another is published."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar, cast, runtime_checkable

from knowledge.annotations import Annotations
from knowledge.model import Article, Dossier, Passage
from knowledge.retrieval import Ranker
from knowledge.retrieval.vectors import Meaning

T = TypeVar("T")


_MEMO = 20_000
"""Things kept at once: a bot that reads a large dossier day and night must not hold it all."""


_NOTHING = object()


@runtime_checkable
class Shelved(Protocol):
    """Articles that stay on disk until they are asked for."""

    def named(self, article_id: str) -> Article:
        """The article of this id. Raises: KeyError."""

    def cards(self) -> Iterable[Article]:
        """The articles without titles and texts."""

    def last_day(self) -> date | None:
        """The day of the newest article; None when no day is known."""

    def origins(self) -> Iterable[tuple[str | None, str | None]]:
        """Each (publisher, agency) once, in the order of the articles."""

    def versions(self) -> Mapping[str, int]:
        """Id -> what tells this version of the article from others."""


@dataclass(frozen=True, eq=False)
class Generation:
    """Articles, passages, annotations and index that belong together."""

    number: int
    digest: str
    dossier: Dossier
    passages: Sequence[Passage]
    index: Ranker
    annotations: Annotations
    meaning: Meaning | None = None
    """Vectors and the encoder that made them; None: the words alone decide."""
    _article: Callable[[str], Article] = field(init=False, repr=False)
    _memo: dict[Hashable, object] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        articles = self.dossier.articles
        found: Callable[[str], Article]
        if isinstance(articles, Shelved):
            found = articles.named
        else:
            found = {article.id: article for article in articles}.__getitem__
        object.__setattr__(self, "_article", found)
        object.__setattr__(self, "_memo", {})

    def article(self, article_id: str) -> Article:
        """The article of this id.

        Raises:
            KeyError: no article has it.
        """
        return self._article(article_id)

    def text_of(self, passage: int) -> str:
        """The text of a passage by its number."""
        found = self.passages[passage]
        return self._article(found.article).text[found.start : found.end]

    def cards(self) -> Iterable[Article]:
        """The articles for who asks when and where they appeared: perhaps without their texts."""
        articles = self.dossier.articles
        return articles.cards() if isinstance(articles, Shelved) else articles

    def outlets(self) -> tuple[str, ...]:
        """The publishers and agencies as printed, each once, in the order of the articles."""
        return self.once("outlets", lambda: _outlets(self.dossier.articles))

    def last_day(self) -> date | None:
        """The day of the newest article; None when no day is known."""
        articles = self.dossier.articles
        if isinstance(articles, Shelved):
            return self.once("last day", articles.last_day)
        days = (article.published for article in articles if article.published)
        return self.once("last day", lambda: max(days, default=None))

    def once(self, name: Hashable, compute: Callable[[], T]) -> T:
        """What `compute` gives, kept under the name as long as the generation lives."""
        # A cache of the module's own would keep retired generations, and their indexes, alive.
        found = self._memo.get(name, _NOTHING)
        if found is _NOTHING:
            found = compute()
            if len(self._memo) > _MEMO:
                self._memo.clear()
            self._memo[name] = found
        return cast("T", found)


def _outlets(articles: Iterable[Article]) -> tuple[str, ...]:
    origins: Iterable[tuple[str | None, str | None]]
    if isinstance(articles, Shelved):
        origins = articles.origins()
    else:
        origins = ((a.publisher, a.agency) for a in articles)
    return tuple(dict.fromkeys(name for pair in origins for name in pair if name))
