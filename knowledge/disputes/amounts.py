"""Numbers of two articles about one thing: what they count, by noun, context and frame.

A frame ("cost", "age") tells what a number is about where the noun beside it does not: two amounts
in euros are comparable when both stand with words of cost, not when one is a fine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise

from knowledge.annotations.shingles import Weights
from knowledge.disputes.claims import SAME_TIME, Dispute, Read, leading
from knowledge.language.differing import relate_numbers
from knowledge.language.numbers import NumberMention, find_numbers, scaled
from knowledge.language.terms import fold, stem, tokenize, topical_tokens
from knowledge.model import Article

SAME_THING = 0.6
"""How much of what the shorter sentence says the other one says, for two numbers of one noun to
count the same thing."""
_SHARED = 4
"""Words in common besides the number, without which likeness is chance."""
MOST_APART = 3.0
"""Numbers of one frame further apart than this factor measure two things."""


def number_disputes(one: Read, other: Read, weights: Weights) -> Iterator[Dispute]:
    """Numbers of two sentences that count the same thing and cannot both be right."""
    for a in one.numbers:
        for b in other.numbers:
            if _per(one.text, a) or _per(other.text, b):
                continue
            about = _same_frame(one, a, other, b)
            if about is None and relate_numbers(a, b) == "differ":
                about = _same_context(one, a, other, b, weights)
            if about is not None:
                yield Dispute(
                    "number", one.claim(a.start, a.end), other.claim(b.start, b.end), about
                )


def _same_context(
    one: Read, a: NumberMention, other: Read, b: NumberMention, weights: Weights
) -> str | None:
    """The noun counted, when the rest of both sentences says the same."""
    if not a.unit or len(one.numbers) > _MANY or len(other.numbers) > _MANY:
        return None
    mine = _rest(one, a)
    theirs = _rest(other, b)
    shared = mine & theirs
    least = min(weights.total(sorted(mine)), weights.total(sorted(theirs)))
    if len(shared) < _SHARED or not least:
        return None
    return fold(a.unit) if weights.total(sorted(shared)) >= SAME_THING * least else None


_MANY = 3
"""Numbers of a sentence beyond which nobody tells which one stands for what."""


def _rest(read: Read, number: NumberMention) -> set[str]:
    return {
        stem(token.text)
        for token in topical_tokens(read.text)
        if not number.start <= token.start < number.end
    }


def _same_frame(one: Read, a: NumberMention, other: Read, b: NumberMention) -> str | None:
    """The frame that both numbers stand in, when they are of one order."""
    if a.value is None or b.value is None or min(a.value, b.value) <= 0:
        return None
    if max(a.value, b.value) / min(a.value, b.value) > MOST_APART:
        return None
    printed = b
    # "3 400 spectateurs" and "3 150 personnes" count the same people.
    if not scaled(a)[1] and not scaled(b)[1]:
        b = replace(b, unit=a.unit)
    if relate_numbers(a, b) != "differ":
        return None
    for frame in _frames():
        if frame.event and not _one_time(one, other):
            continue
        if frame.holds(one.text, one.before, a) and frame.holds(other.text, other.before, printed):
            return frame.name
    return None


def frames_of(text: str, before: str = "") -> frozenset[str]:
    """The frames in which a sentence gives a number, as forms ("#cost", "#age").

    `before`: the sentence that it goes on from.
    """
    numbers = find_numbers(text)
    return frozenset(
        f"#{frame.name}"
        for frame in _frames()
        if any(frame.holds(text, before, number) for number in numbers)
    )


def frames_by_sentence(article: Article) -> dict[int, frozenset[str]]:
    """`frames_of` each sentence of an article, by the offset at which the sentence starts."""
    return {
        sentence.start: frames_of(
            article.text[sentence.start : sentence.end], leading(article, before, sentence)
        )
        for before, sentence in pairwise((None, *article.sentences))
        if sentence is not None
    }


def frame_forms(word: str) -> tuple[tuple[str, float], ...]:
    """The form of `frames_of` that a word of a subject asks for ("le coût"), with its share."""
    form = fold(word)
    for frame in _frames():
        if frame.words.fullmatch(form) or (frame.event and form.rstrip("sx") in frame.units):
            return ((f"#{frame.name}", FRAMED),)
    return ()


FRAMED = 0.8
"""How well a price stands for the word "coût"."""


def _one_time(one: Read, other: Read) -> bool:
    days = one.article.published, other.article.published
    return bool(days[0] and days[1] and abs((days[0] - days[1]).days) <= SAME_TIME)


def _unit(number: NumberMention) -> str:
    words = tokenize(number.unit)
    form = fold(words[0].text) if words else ""
    return form.rstrip("sx") or form


_PER = re.compile(r"\s(?:par [^\W\d_]+|de plus|de moins|supplémentaires?|au-dessus|annuels?)")


def _per(text: str, number: NumberMention) -> bool:
    """Whether the number is a rate or a difference ("par habitant", "de plus")."""
    return _PER.match(text, number.end) is not None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a number is about, told by the words around it; `event`: it happened on one day."""

    name: str
    event: bool
    units: frozenset[str]
    words: re.Pattern[str]

    def holds(self, text: str, before: str, number: NumberMention) -> bool:
        """Whether unit and words of the frame stand in the number's clauses or just before."""
        if _unit(number) not in self.units:
            return False
        left = max(text.rfind(mark, 0, number.start) for mark in (";", " : "))
        right = text.find(";", number.end)
        clause = text[left + 1 : right if right > 0 else len(text)]
        return bool(self.words.search(fold(clause)) or self.words.search(fold(before)))


@cache
def _frames() -> tuple[_Frame, ...]:
    text = (resources.files("knowledge.language") / "fr/frames.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        _Frame(
            name,
            lasts == "event",
            frozenset(units.split()),
            re.compile(r"\b(?:" + "|".join(w.replace("*", r"\w*") for w in words.split()) + r")\b"),
        )
        for name, lasts, units, words in rows
    )
