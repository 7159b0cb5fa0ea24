"""Sentences taken apart for comparing, and the words in them that another article contradicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from knowledge.annotations.shingles import Statement, statement
from knowledge.language.dates import DateMention, dates_of
from knowledge.language.numbers import NumberMention, find_numbers
from knowledge.model import Article, Sentence

Kind = Literal["number", "date", "position"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an article and the words of it that another article contradicts.

    `start` and `end`: the number, date or verb, offsets in the article; `day`: the day that the
    sentence itself gives, if it gives one.
    """

    article: Article
    sentence: Sentence
    start: int
    end: int
    day: str | None

    @property
    def words(self) -> str:
        """The number, date or verb as printed."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two claims that are not both right, the earlier article's first."""

    kind: Kind
    one: Claim
    other: Claim
    about: str
    """What is counted, dated or denied, to tell disputes of one thing from others."""


@dataclass(frozen=True, eq=False)
class Read:
    """A sentence taken apart for comparing; `before` is the sentence that it goes on from."""

    article: Article
    sentence: Sentence
    text: str
    before: str
    told: Statement
    numbers: tuple[NumberMention, ...]

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """The dates that could be worked out: of the whole article, for one leans on another."""
        every = dates_of(self.article.text, self.article.published)
        start, end = self.sentence.start, self.sentence.end
        return tuple(m for m in every if m.date and start <= m.start < end)

    def claim(self, start: int, end: int) -> Claim:
        """The words at these offsets of the sentence as a claim."""
        days = [m.date for m in self.dates if m.certain and m.date and len(m.date) == _DAY]
        at = self.sentence.start
        return Claim(self.article, self.sentence, at + start, at + end, days[0] if days else None)


_DAY = len("2023-02-28")


def read(article: Article, sentences: Sequence[Sentence]) -> tuple[Read, ...]:
    """The sentences of an article, ready to be compared with those of others."""
    result = []
    before: Sentence | None = None
    for sentence in sentences:
        text = article.text[sentence.start : sentence.end]
        result.append(
            Read(
                article,
                sentence,
                text,
                leading(article, before, sentence),
                statement(article, sentence),
                find_numbers(text),
            )
        )
        before = sentence
    return tuple(result)


def leading(article: Article, before: Sentence | None, sentence: Sentence) -> str:
    """The text of the sentence before, where both are of one paragraph; "" else."""
    beside = before is not None and before.paragraph == sentence.paragraph
    return article.text[before.start : before.end] if before and beside else ""


SAME_TIME = 2
"""Days between two publications that still report the same state of things."""
