"""What an alignment changed, word by word: numbers, names and negations first."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from knowledge.language.names import find_names
from knowledge.language.numbers import find_numbers, same_number
from knowledge.language.terms import stop_words
from knowledge.press.aligning import Alignment, Step
from knowledge.press.truncation import is_conditional, is_negation
from knowledge.press.words import Word, has_digit

DifferenceKind = Literal["number", "name", "negation", "word", "missing", "added"]

_ORDER: tuple[DifferenceKind, ...] = ("number", "name", "negation", "word", "missing", "added")
_LONG = 4
"""From so many words on, what was left out is told as one piece and not by what it holds."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ, as printed on both sides; "" where a side has none."""

    kind: DifferenceKind
    yours: str
    source_text: str


class Side:
    """One of the two texts: its words, and which of them are numbers and names."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.words = words
        self.quantities = tuple((m.start, m.core_end) for m in find_numbers(text))
        self.numbers = _within(words, self.quantities) | {
            n for n, word in enumerate(words) if has_digit(word.form) or word.form in "%‰€$£¥"
        }
        named = _within(words, [(m.start, m.end) for m in find_names(text)])
        self.names = {n for n in named if words[n].form not in stop_words()}

    def printed(self, places: Sequence[int]) -> str:
        """The text from the first of these words to the last."""
        if not places:
            return ""
        return slice_of(self.text, self.words[places[0]].start, self.words[places[-1]].end)


def slice_of(text: str, start: int, end: int) -> str:
    """The slice, with the apostrophe of its last word."""
    return text[start : end + 1] if text[end : end + 1] in ("'", "’") else text[start:end]


def _within(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> set[int]:
    return {
        n for n, word in enumerate(words) if any(start <= word.start < end for start, end in spans)
    }


def differences(yours: Side, source: Side, alignment: Alignment) -> tuple[Difference, ...]:
    """What was changed, numbers, names and negations first, then in the order of the text.

    Other spelling of the same is no difference: "week-end" and "weekend", "trois" and "3".
    """
    found: list[Difference] = []
    for block in _blocks(alignment.steps):
        if _is_same(yours, source, block):
            continue
        for kind, steps in _pieces(yours, source, _paired(yours, source, block)):
            mine, theirs = _places(steps)
            found.append(Difference(kind, yours.printed(mine), source.printed(theirs)))
    return tuple(sorted(found, key=lambda difference: _ORDER.index(difference.kind)))


def _blocks(steps: Sequence[Step]) -> list[list[Step]]:
    """The runs of steps that change something."""
    blocks: list[list[Step]] = [[]]
    for step in steps:
        if step.kind in ("same", "elided"):
            blocks.append([])
        else:
            blocks[-1].append(step)
    return [block for block in blocks if block]


def _paired(yours: Side, source: Side, block: Sequence[Step]) -> list[Step]:
    """The block without words that stand on both sides of it, and without mere elisions.

    An alignment that is as cheap may have "a" replaced by "n'" before "a pas".
    """
    mine, theirs = _places(block)
    forms = [yours.words[n].form for n in mine], [source.words[n].form for n in theirs]
    steps: list[Step] = []
    for tag, a, b, c, d in SequenceMatcher(None, *forms, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(b - a, d - c) if tag == "replace" else 0
        steps += [Step("word", mine[a + n], theirs[c + n]) for n in range(both)
                  if not _is_elision(forms[0][a + n], forms[1][c + n])]  # fmt: skip
        steps += [Step("added", mine[n], None) for n in range(a + both, b)]
        steps += [Step("missing", None, theirs[n]) for n in range(c + both, d)]
    return steps


def _is_elision(one: str, other: str) -> bool:
    """Whether two forms are one word before a vowel and before a consonant: "l'", "le"."""
    short, long = sorted((one, other), key=len)
    return len(short) <= 2 and long in (short + "e", short + "a") and short[-1] in "cdjlmnstu"


def _places(steps: Sequence[Step]) -> tuple[list[int], list[int]]:
    mine = [step.yours for step in steps if step.yours is not None]
    theirs = [step.source for step in steps if step.source is not None]
    return mine, theirs


def _is_same(yours: Side, source: Side, block: Sequence[Step]) -> bool:
    mine, theirs = _places(block)
    if not mine or not theirs:
        return False
    forms = ["".join(side.words[n].form for n in places)
             for side, places in ((yours, mine), (source, theirs))]  # fmt: skip
    if forms[0] == forms[1] and not has_digit(forms[0]):
        return True
    one, other = (find_numbers(yours.printed(mine)), find_numbers(source.printed(theirs)))
    return (
        len(one) == len(other) == 1
        and (one[0].text, other[0].text) == (yours.printed(mine), source.printed(theirs))
        and one[0].hedge == other[0].hedge
        and same_number(one[0], other[0])
    )


def _pieces(
    yours: Side, source: Side, block: Sequence[Step]
) -> list[tuple[DifferenceKind, list[Step]]]:
    """The steps of a block in runs of one kind."""
    pieces: list[tuple[DifferenceKind, list[Step]]] = []
    for run in _same_steps(block):
        one_sided = run[0].kind in ("missing", "added")
        if one_sided and len(run) >= _LONG:
            pieces.append((_kind_of_run(yours, source, run), list(run)))
            continue
        for step in run:
            kind = _kind(yours, source, step)
            # A name of two words against one of three is one difference.
            goes_on = pieces and pieces[-1][0] == kind
            if goes_on and (
                kind not in ("missing", "added") or pieces[-1][1][-1].kind == step.kind
            ):
                pieces[-1][1].append(step)
            else:
                pieces.append((kind, [step]))
    return pieces


def _same_steps(block: Sequence[Step]) -> list[list[Step]]:
    runs: list[list[Step]] = []
    for step in block:
        if runs and runs[-1][0].kind == step.kind:
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs


def _kind_of_run(yours: Side, source: Side, run: Sequence[Step]) -> DifferenceKind:
    mine, theirs = _places(run)
    forms = [yours.words[n].form for n in mine] + [source.words[n].form for n in theirs]
    if any(is_negation(form) or is_conditional(form) for form in forms):
        return "negation"
    if any(n in yours.numbers for n in mine):
        return "number"
    return "added" if mine else "missing"


def _kind(yours: Side, source: Side, step: Step) -> DifferenceKind:
    mine = step.yours is not None and step.yours in yours.numbers
    theirs = step.source is not None and step.source in source.numbers
    if mine or theirs:
        return "number"
    forms = [side.words[n].form for side, n in ((yours, step.yours), (source, step.source))
             if n is not None]  # fmt: skip
    denied = [is_negation(form) or is_conditional(form) for form in forms]
    if any(denied):
        return "negation"
    if (step.yours is not None and step.yours in yours.names) or (
        step.source is not None and step.source in source.names
    ):
        return "name"
    assert step.kind in ("word", "missing", "added")  # noqa: S101 - the others are no difference
    return step.kind
