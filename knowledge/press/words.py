"""A text as the words that a quotation is compared by: marks, case, accents, spacing left out."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.language.number_words import lexicon, words_value
from knowledge.language.terms import fold, stop_words

_ELISION = r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)(?=['’ʼ]\s?[^\W\d_])"
_COUNT = (
    r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingts?|trente|quarante|cinquante|soixante|cents?|mille)"
)
_TENS = r"(?:vingt|trente|quarante|cinquante|soixante)"
_WORD = re.compile(
    rf"(?<![^\W_])(?<!-){_COUNT}(?:-(?:et-)?{_COUNT})+(?![^\W_]|-)"  # vingt-quatre
    rf"|(?<![^\W_])(?<!-){_TENS} (?:et )?{_COUNT}(?![^\W_]|-)"
    r"|(?<=\d)[ \u00a0\u202f]?(?:km[²2]|m[²2]|M€|Mds?€)(?![^\W_])"
    r"|(?<=\d[ \u00a0\u202f])(?:km|ha|kg)(?![^\W_])"
    r"|(?<!\d)\d{1,3}(?:[.\u0020\u00a0\u202f\u2009]\d{3})+(?!\d)(?:,\d+)?"  # 7.500, 1 234,5
    r"|\d+(?:[.,]\d+)?"
    r"|(?<=\s)[-−](?=\d)"  # a temperature below zero
    r"|pour[\u0020\u00a0-]cent(?![^\W_])"
    r"|(?<![^\W_])(?:[^\W\d_]\.){2,}"  # O.T.S.C.
    rf"|(?<![^\W_]){_ELISION}"
    r"|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*"
    r"|[%‰€$£¥]",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[.\s](?=\d{3}(?!\d))")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SAME = {
    "pour cent": "%", "pour-cent": "%", "pourcent": "%", "euro": "€", "euros": "€",
    "dollar": "$", "dollars": "$", "−": "-",
}  # fmt: skip
_SPELT = {
    "km²": "kilometres carres", "km2": "kilometres carres", "m²": "metres carres",
    "m2": "metres carres", "km": "kilometres", "ha": "hectares", "kg": "kilogrammes",
    "M€": "millions d €", "Md€": "milliards d €", "Mds€": "milliards d €",
}  # fmt: skip
"""Units that a draft shortens behind a number: the words that the press prints for them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, `source[start:end]`, and the form it is compared by."""

    form: str
    start: int
    end: int


def visible(text: str) -> str:
    """The text without soft hyphens and other characters of no width."""
    return _INVISIBLE.sub("", text)


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Word, ...]:
    """The words of a text in NFC, in order.

    Elisions, hyphens and the border of letters and digits split; numbers of one value in other
    spacing have one form, "vingt-quatre" is "24", "pour cent" is "%", and "km²" the two words
    that it stands for.
    """
    return tuple(
        Word(form, m.end() - len(m.group().lstrip()), m.end())
        for m in _WORD.finditer(text)
        for form in _forms(m.group())
    )


def _forms(printed: str) -> list[str]:
    spelt = _SPELT.get(printed.strip())
    return spelt.split(" ") if spelt else [_form(printed)]


def _form(printed: str) -> str:
    parts = re.split("[- ]", fold(printed))
    if len(parts) > 1 and parts[0] in lexicon().words:
        value, taken = words_value(parts)
        return str(value) if taken == len(parts) else "".join(parts)
    if printed[0].isdigit():
        whole, comma, decimals = printed.partition(",")
        whole = _THOUSANDS.sub("", whole)
        return whole.replace(".", ",") + comma + decimals
    folded = fold(printed)
    return _SAME.get(folded) or folded.replace(".", "").replace("'", "")


def weight(form: str) -> float:
    """How much a word says when texts are compared: little for articles and pronouns."""
    return 0.35 if form in stop_words() or (len(form) == 1 and not form.isdigit()) else 1.0


def has_digit(form: str) -> bool:
    """Whether the form is a number in digits."""
    return any(c.isdigit() for c in form)


def is_number(form: str) -> bool:
    """Whether the form is a number, in digits or a word ("un" is as often an article)."""
    return has_digit(form) or (form in lexicon().words and form not in ("un", "une", "et"))


def runs(places: list[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as half-open runs: [1, 2, 5] gives (1, 3), (5, 6)."""
    if not places:
        return []
    breaks = [n for n, (a, b) in enumerate(pairwise(places), start=1) if b != a + 1]
    edges = [0, *breaks, len(places)]
    return [(places[a], places[b - 1] + 1) for a, b in pairwise(edges)]
