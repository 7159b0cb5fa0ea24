"""A page while it is cleaned: its lines, the rule that dropped each, the facts found so far."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from knowledge.corpus.draft import Cleaned, Facts, Line
from knowledge.corpus.wordlists import fold
from knowledge.model import Dropped

_WORDS = re.compile(r"[^\W_]+")
_FINAL = re.compile(r"[.!?…]\s?[\"”»’')\]]{0,2}$")
_STOP = re.compile(r"(?:[.…]|[.!?…]\s?[\"”»])[)\]]?$")


@dataclass(frozen=True, slots=True)
class Page:
    """The stages of cleaning take one and give the next; nothing ever leaves `lines`."""

    lines: tuple[Line, ...]
    rules: tuple[str | None, ...]
    facts: Facts
    earlier: tuple[Dropped, ...] = ()

    def kept(self) -> tuple[tuple[int, Line], ...]:
        """The lines that no rule has dropped, with their places."""
        return tuple((i, self.lines[i]) for i, rule in enumerate(self.rules) if rule is None)

    def body(self) -> tuple[tuple[int, str], ...]:
        """The kept lines that are no captions: place and text."""
        return tuple((i, line.text) for i, line in self.kept() if line.kind == "body")

    def drop(self, rules: Mapping[int, str]) -> "Page":
        """The page without these lines, by rule; a line that is dropped already keeps its rule."""
        if not rules:
            return self
        merged = tuple(rule or rules.get(i) for i, rule in enumerate(self.rules))
        return replace(self, rules=merged)

    def learn(self, facts: Facts) -> "Page":
        """The page with these facts where nothing was known."""
        return replace(self, facts=self.facts.or_else(facts))

    def as_captions(self, places: frozenset[int]) -> "Page":
        """The page with these lines as captions."""
        lines = tuple(
            replace(line, kind="caption") if i in places else line
            for i, line in enumerate(self.lines)
        )
        return replace(self, lines=lines)

    def cleaned(self) -> Cleaned:
        """What is left, in order, and what was dropped, in order."""
        return Cleaned(
            tuple((line.kind, line.text) for _, line in self.kept()),
            self.facts,
            (*self.earlier, *self._dropped()),
        )

    def _dropped(self) -> Iterator[Dropped]:
        for line, rule in zip(self.lines, self.rules, strict=True):
            if rule is not None:
                yield Dropped(line.text, rule)


def key(text: str) -> tuple[str, ...]:
    """The words of a line in the form in which lines are compared."""
    return tuple(_WORDS.findall(fold(text)))


def is_finished(text: str) -> bool:
    """Whether a line ends with a final mark, question and exclamation marks included."""
    return bool(_FINAL.search(text))


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph of text rather than a title, a label or a headline."""
    return len(text) >= 200 or (len(text) >= 40 and bool(_STOP.search(text)))
