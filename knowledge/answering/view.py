"""A sentence as the evidence features read it: terms with places, and what types it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from knowledge.answering.signs import Signs, hints_of, signs
from knowledge.language.terms import (
    Token,
    bigrams,
    is_topical,
    normal_form,
    stem,
    tokenize,
    word_forms,
)


@dataclass(frozen=True, eq=False)
class View:
    """A text taken apart, what few ask for only when they do.

    Positions are numbers of topical tokens, in order.
    """

    text: str
    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    surfaces: tuple[str, ...]
    first: int
    """Where its first token stands, topical or not; -1 without any."""
    hints: int
    """Those of all its words, see `signs`."""

    @cached_property
    def places(self) -> dict[str, tuple[int, ...]]:
        """Stem, or two neighbouring stems with a space between -> positions."""
        places: dict[str, tuple[int, ...]] = {}
        for forms in (self.stems, bigrams(self.stems)):
            for position, form in enumerate(forms):
                before = places.get(form)
                places[form] = (position,) if before is None else (*before, position)
        return places

    @cached_property
    def surface_set(self) -> frozenset[str]:
        """The surface forms."""
        return frozenset(self.surfaces)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring stems."""
        return frozenset(pairwise(self.stems))

    @cached_property
    def led(self) -> frozenset[str]:
        """Telling prepositions with the stem that follows ("apres ouzbekistan")."""
        return frozenset([f"{lead} {stem(word)}" for lead, word in leads(tokenize(self.text))])

    @cached_property
    def signs(self) -> Signs:
        """What types of things the text holds."""
        return signs(self.text, self.tokens, self.first, self.hints)


TELLING = frozenset(
    {
        "apres",
        "avant",
        "sans",
        "contre",
        "pendant",
        "depuis",
        "avec",
        "vers",
        "chez",
        "malgre",
        "hors",
    }
)
"""Prepositions that change the sense of what follows."""


def leads(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """(preposition, next topical word) for each telling preposition, at most two words apart."""
    found = []
    for at, token in enumerate(tokens):
        lead = normal_form(token.text)
        if lead in TELLING:
            following = [t.text for t in tokens[at + 1 : at + 4] if is_topical(t.text)]
            if following:
                found.append((lead, following[0]))
    return found


@lru_cache(maxsize=60_000)
def view(text: str) -> View:
    """The text taken apart, once."""
    tokens: list[Token] = []
    stems: list[str] = []
    surfaces: list[str] = []
    hints = 0
    every = tokenize(text)
    for token in every:
        word = token[0]
        hints |= hints_of(word)
        if (forms := word_forms(word)) is not None:
            tokens.append(token)
            stems.append(forms[0])
            surfaces.append(forms[1])
    first = every[0].start if every else -1
    return View(text, tuple(tokens), tuple(stems), tuple(surfaces), first, hints)
