"""Two word lists laid side by side: what is the same, replaced, left out, put in.

A pasted text is laid whole into the best place of a longer source text (Gotoh's algorithm with
free ends on the source's side); what a mark of omission stands for costs next to nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.press.truncation import is_negation
from knowledge.press.words import Word, has_digit, is_number, weight

_OPEN, _EXTEND = 1.0, 0.12
"""A gap of many words is one omission, not many: opening it costs, going on hardly."""

_PUT, _MORE = 1.25, 0.8
"""Words put in, the first and each further one: cheaper, and a changed word at an end of the text
would be taken for a new one."""

_SAME = -0.5
"""What a word in common is worth: without it, an end that stands in the source but for a negation
would be taken for new words, and the lost negation not be seen."""

_ELIDED = 0.01
_FAR = 1e9


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `yours` and `source` are numbers of words, None where one side has none.

    same, word (replaced), missing (from yours), added (to the source), elided (under an
    ellipsis).
    """

    kind: Literal["same", "word", "missing", "added", "elided"]
    yours: int | None
    source: int | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """The steps in order, and the words of the source they reach over (half-open)."""

    steps: tuple[Step, ...]
    first: int
    end: int
    likeness: float
    """0-1: the share of yours that stands in the source, by the weight of the words."""

    @property
    def is_verbatim(self) -> bool:
        """Whether nothing was changed, left out without a mark, or put in."""
        return all(step.kind in ("same", "elided") for step in self.steps)


def locate(
    yours: Sequence[Word], source: Sequence[Word], breaks: Collection[int] = ()
) -> Alignment | None:
    """Where the words stand one by one in the source; None when they do not.

    `breaks`: numbers of words before which an ellipsis stands.
    """
    text = " " + " ".join(word.form for word in source) + " "
    steps: list[Step] = []
    place, begun, first = 0, 0, 0
    edges = [*sorted(b for b in breaks if 0 < b < len(yours)), len(yours)]
    for edge in edges:
        part = " " + " ".join(word.form for word in yours[begun:edge]) + " "
        at = text.find(part, place)
        if at < 0:
            return None
        start = text.count(" ", 0, at + 1) - 1
        if steps:
            steps += [Step("elided", None, n) for n in range(first, start)]
        steps += [Step("same", begun + n, start + n) for n in range(edge - begun)]
        first = start + edge - begun
        begun, place = edge, at + len(part) - 1
    reached = [step.source for step in steps if step.source is not None]
    return Alignment(tuple(steps), reached[0], reached[-1] + 1, 1.0) if reached else None


def align(yours: Sequence[Word], source: Sequence[Word], breaks: Collection[int] = ()) -> Alignment:
    """The cheapest way to lay all of yours into a stretch of the source; ties go left."""
    n, m = len(yours), len(source)
    # Best cost of yours[:i] with source[:j] ending in a pair, in a word left out, in one put in.
    pair = [[_FAR] * (m + 1) for _ in range(n + 1)]
    left = [[_FAR] * (m + 1) for _ in range(n + 1)]
    put = [[_FAR] * (m + 1) for _ in range(n + 1)]
    pair[0] = [0.0] * (m + 1)
    for i in range(1, n + 1):
        put[i][0] = _PUT + _MORE * (i - 1)
        form = yours[i - 1].form
        opening, going = (_ELIDED, _ELIDED) if i in breaks else (_OPEN, _EXTEND)
        above_pair, above_left, above_put = pair[i - 1], left[i - 1], put[i - 1]
        here_pair, here_left, here_put = pair[i], left[i], put[i]
        for j in range(1, m + 1):
            cost = _cost(form, source[j - 1].form)
            before = min(above_pair[j - 1], above_left[j - 1], above_put[j - 1])
            here_pair[j] = before + cost
            here_put[j] = min(above_pair[j] + _PUT, above_left[j] + _PUT, above_put[j] + _MORE)
            # A gap behind the last word would only make the stretch longer.
            if i < n:
                here_left[j] = min(
                    here_pair[j - 1] + opening, here_put[j - 1] + opening, here_left[j - 1] + going
                )
    last = [min(a, b) for a, b in zip(pair[n], put[n], strict=True)]
    end = min(range(m + 1), key=lambda j: (last[j], j))
    return _traced(yours, source, breaks, (pair, left, put), end)


def _traced(
    yours: Sequence[Word],
    source: Sequence[Word],
    breaks: Collection[int],
    tables: tuple[list[list[float]], list[list[float]], list[list[float]]],
    end: int,
) -> Alignment:
    pair, left, put = tables
    i, j = len(yours), end
    steps: list[Step] = []
    state = 0 if pair[i][j] <= put[i][j] else 2
    while i > 0:
        if state == 0 and j > 0:
            same = yours[i - 1].form == source[j - 1].form
            steps.append(Step("same" if same else "word", i - 1, j - 1))
            i, j = i - 1, j - 1
            state = _least(pair[i][j], left[i][j], put[i][j])
        elif state == 1:
            opening, going = (_ELIDED, _ELIDED) if i in breaks else (_OPEN, _EXTEND)
            steps.append(Step("elided" if i in breaks else "missing", None, j - 1))
            j -= 1
            state = _least(pair[i][j] + opening, left[i][j] + going, put[i][j] + opening)
        else:
            steps.append(Step("added", i - 1, None))
            i -= 1
            state = _least(pair[i][j] + _PUT, left[i][j] + _PUT, put[i][j] + _MORE)
    steps.reverse()
    reached = [s.source for s in steps if s.source is not None and s.kind in ("same", "word")]
    first, stop = (reached[0], reached[-1] + 1) if reached else (0, 0)
    whole = sum(weight(word.form) for word in yours)
    same_weight = sum(
        weight(yours[s.yours].form) for s in steps if s.kind == "same" and s.yours is not None
    )
    return Alignment(tuple(steps), first, stop, same_weight / whole if whole else 0.0)


def _least(*costs: float) -> int:
    return min(range(len(costs)), key=lambda n: (costs[n], n))


@lru_cache(maxsize=65536)
def _cost(one: str, other: str) -> float:
    if one == other:
        return _SAME
    if has_digit(one) or has_digit(other):
        return 0.7 if is_number(one) and is_number(other) else 1.5
    if is_slip(one, other):
        return 0.4
    if is_negation(one) != is_negation(other):
        return 1.8  # "nous" for "n'" would hide that a negation is gone
    light = (weight(one) < 1) + (weight(other) < 1)
    return (1.1, 1.4, 0.7)[light]


def is_slip(one: str, other: str) -> bool:
    """Whether two forms differ by a typing error or an ending."""
    if min(len(one), len(other)) < 4:
        return False
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    tail = 0
    for a, b in zip(reversed(one[shared:]), reversed(other[shared:]), strict=False):
        if a != b:
            break
        tail += 1
    return max(len(one), len(other)) - shared - tail <= 2
