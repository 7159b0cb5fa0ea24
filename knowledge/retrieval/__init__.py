"""Finding the passages of a dossier that speak of what is asked."""

from knowledge.retrieval.memory import Index, SearchTerm, build

__all__ = ["Index", "SearchTerm", "build"]
