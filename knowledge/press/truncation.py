"""What a quote lost where it was cut: a negation or a condition that governs what was kept."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal

from knowledge.language.terms import fold
from knowledge.press.words import Word, read

_BORDER_MARK = re.compile(r"[,;:()–—]")
_NEAR = 4
"""Words within which "sans" and "ni" govern what follows."""

_MOOD = re.compile(r"(.+?)(?:ait|aient|ais|ions|iez)\Z")
_INFINITIVE_END = re.compile(r"(?:[eiudvtp]r)\Z")


@dataclass(frozen=True, slots=True)
class Loss:
    """The words that were cut off and matter: `source[start:end]`."""

    kind: Literal["negation", "conditional"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cues:
    negation: frozenset[str]
    denying: frozenset[str]
    conditional: tuple[tuple[str, ...], ...]
    si_adverb_after: frozenset[str]
    indirect_question: frozenset[str]
    stems: frozenset[str]
    imperfect: frozenset[str]
    borders: tuple[tuple[str, ...], ...]


@cache
def _cues() -> _Cues:
    path = resources.files("knowledge.language") / "fr" / "truncation.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))

    def listed(key: str) -> frozenset[str]:
        return frozenset(fold(word) for word in table[key].split())

    def phrases(key: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(word.form for word in read(phrase)) for phrase in table[key])

    return _Cues(
        listed("negation"),
        listed("denying"),
        phrases("conditional"),
        listed("si_adverb_after"),
        listed("indirect_question"),
        listed("conditional_stems"),
        listed("imperfect_stems"),
        phrases("borders"),
    )


def is_negation(form: str) -> bool:
    """Whether a form denies ("ne", "pas", "aucun"), verbs of refusal left out."""
    return form in _cues().negation


def is_conditional(form: str) -> bool:
    """Whether a form is a verb in the conditional mood ("serait", "auraient")."""
    found = _MOOD.match(form)
    if not found or len(form) < 5:
        return False
    stem, cues = found.group(1), _cues()
    if stem in cues.imperfect or any(
        stem == prefix + known
        for known in ("tir", "montr", "entr", "ouvr", "couvr", "offr", "livr")
        for prefix in ("re", "de", "r")
    ):
        return False
    irregular = {end for end in cues.stems if stem == end}
    return bool(irregular) or (len(stem) > 3 and _INFINITIVE_END.search(stem) is not None)


def losses(source: str, words: Sequence[Word], kept: Sequence[tuple[int, int]]) -> tuple[Loss, ...]:
    """What keeping only these runs of the sentence's words lost, in order.

    Only what governs the kept words counts: a negation or a conditional mood in a clause that
    was cut in two, and a condition ("si …") anywhere in the sentence.
    """
    forms = [word.form for word in words]
    borders = _borders(source, words)
    found: dict[int, tuple[Literal["negation", "conditional"], int]] = {}
    edges = [(0, 0), *kept, (len(words), len(words))]
    for (_, cut), (end, _) in pairwise(edges):
        # What stands before kept words, as far back as their clause goes.
        low = max((b for b in borders if b <= end), default=0) if end < len(words) else end
        for n in range(max(low, cut), end):
            near = forms[n] not in ("sans", "ni", "non") or end - n <= _NEAR
            if (is_negation(forms[n]) and near) or forms[n] in _cues().denying:
                found[n] = ("negation", n + 1)
            elif is_conditional(forms[n]):
                found[n] = ("conditional", n + 1)
        # What stands behind them, to the end of their clause.
        high = min((b for b in borders if b >= cut), default=len(words)) if cut else cut
        for n in range(cut, min(high, end)):
            if is_negation(forms[n]) and forms[n] not in ("sans", "non", "ni"):
                found[n] = ("negation", n + 1)
            elif is_conditional(forms[n]):
                found[n] = ("conditional", n + 1)
    for start, stop in _conditions(forms):
        if not any(first <= start < end for first, end in kept):
            found[start] = ("conditional", stop)
    return tuple(Loss(kind, words[a].start, words[b - 1].end) for kind, a, b in _joined(found))


def _joined(
    found: Mapping[int, tuple[Literal["negation", "conditional"], int]],
) -> list[tuple[Literal["negation", "conditional"], int, int]]:
    """The cues in order, those of one negation ("n'a pas") as one."""
    joined: list[tuple[Literal["negation", "conditional"], int, int]] = []
    for start, (kind, stop) in sorted(found.items()):
        if joined and joined[-1][0] == kind and start - joined[-1][2] <= 1:
            joined[-1] = (kind, joined[-1][1], stop)
        else:
            joined.append((kind, start, stop))
    return joined


def _borders(source: str, words: Sequence[Word]) -> tuple[int, ...]:
    """The numbers of the words that begin a clause."""
    cues = _cues()
    return (
        0,
        *(
            n
            for n in range(1, len(words))
            if _BORDER_MARK.search(source[words[n - 1].end : words[n].start])
            or any(_stands(words, n, phrase) for phrase in cues.borders)
        ),
    )


def _stands(words: Sequence[Word], n: int, phrase: tuple[str, ...]) -> bool:
    return tuple(word.form for word in words[n : n + len(phrase)]) == phrase


def _conditions(forms: Sequence[str]) -> list[tuple[int, int]]:
    """The words that open a condition: "si", "à condition que"."""
    cues, found = _cues(), []
    for n, form in enumerate(forms):
        following = forms[n + 1] if n + 1 < len(forms) else ""
        before = forms[n - 1] if n else ""
        is_if = form == "si" or (form == "s" and following in ("il", "ils"))
        if is_if and following not in cues.si_adverb_after and before not in cues.indirect_question:
            found.append((n, n + (2 if form == "s" else 1)))
        found.extend(
            (n, n + len(phrase))
            for phrase in cues.conditional
            if tuple(forms[n : n + len(phrase)]) == phrase
        )
    return found
