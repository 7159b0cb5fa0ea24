"""Finding the passages of a dossier that speak of what is asked."""

from collections.abc import Callable, Sequence
from typing import Protocol

from knowledge.model import Hit
from knowledge.retrieval.memory import Index, SearchTerm, build

__all__ = ["Index", "Ranker", "SearchTerm", "build"]


class Ranker(Protocol):
    """What answering asks of an index, in memory, on disk or on other machines."""

    @property
    def size(self) -> int:
        """How many passages there are."""

    def idf(self, stem: str) -> float:
        """The idf of a stem; that of a stem never seen is the highest there is."""

    def pair_idf(self, pair: str) -> float:
        """The idf of a pair of neighbouring stems."""

    def holds(self, form: str) -> bool:
        """Whether any passage holds the stem, or the pair of stems with a space between."""

    def rank(
        self,
        terms: Sequence[SearchTerm],
        k: int,
        *,
        allowed: Callable[[int], bool] | None = None,
    ) -> tuple[Hit, ...]:
        """The k best passages that hold at least one of the stems, ties in corpus order."""

    def search(
        self, text: str, k: int, *, allowed: Callable[[int], bool] | None = None
    ) -> tuple[Hit, ...]:
        """The k best passages for a plain text, best first."""
