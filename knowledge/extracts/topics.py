"""What an extract speaks of, measured against the things that are asked about."""

from collections.abc import Sequence
from typing import Protocol

from knowledge.language.terms import bigrams, stem, topical_tokens


class Topic(Protocol):
    """One thing that is asked about: the stems (or pairs of stems) that print it, with shares."""

    @property
    def forms(self) -> tuple[tuple[str, float], ...]: ...  # noqa: D102
    @property
    def weight(self) -> float: ...  # noqa: D102


def words_of(text: str) -> frozenset[str]:
    """The stems of a text and the pairs of neighbouring ones."""
    stems = [stem(token.text) for token in topical_tokens(text)]
    return frozenset(stems) | frozenset(bigrams(stems))


def held(words: frozenset[str], topics: Sequence[Topic]) -> tuple[float, ...]:
    """The share of each topic that an extract's words hold: 1 for the word itself, 0 for none."""
    return tuple(max((s for form, s in t.forms if form in words), default=0.0) for t in topics)


def coverage(words: frozenset[str], topics: Sequence[Topic]) -> float:
    """The share of the topics' weight that is held, 0-1."""
    total = sum(topic.weight for topic in topics)
    shares = held(words, topics)
    return sum(s * t.weight for s, t in zip(shares, topics, strict=True)) / total if total else 0.0
