"""Text to tokens and terms: the one analyzer, used for passages and questions alike.

A token is a slice of the text; a term is what the index holds. Terms come in four fields:
stems, surface forms, bigrams of stems, and character 4-grams of the surface forms.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import Stemmer

ANALYZER_VERSION = "3"
"""Part of a generation's digest: change it when the same text would give other terms."""

_LETTER = r"[^\W\d_\u02bc]"
_SIGN = r"[^\W_\u02bc]"
"""A letter or figure; U+02BC, an apostrophe that Unicode counts among the letters, is none."""
_APOSTROPHE = r"['\u2019\u02bc]"
_GAP = r"[.\u0020\u00a0\u202f\u2009]"
"""What stands between thousands: a dot or one of the spaces of print."""
_ELISION = rf"(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)(?={_APOSTROPHE}{_LETTER})"
_TOKEN = re.compile(
    rf"(?=\d)(?:(?<!\d)\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)"  # 7.500, 7 500
    rf"|\d+(?:,\d+)?(?!{_SIGN}))"  # 81, 2,5
    rf"|(?=.\.)(?<!{_SIGN})(?:{_LETTER}\.){{2,}}"  # O.T.S.C.
    rf"|(?=[cdjlmnstqpCDJLMNSTQP])(?<!{_SIGN}){_ELISION}"
    rf"|{_SIGN}+(?:{_APOSTROPHE}{_SIGN}+)*",
    re.DOTALL,
)
"""Each kind begins with a look at one or two letters, for most words are of the last kind."""
LONGEST = 64
"""Characters of a word; a longer run is none. What is kept of a word (its stem, its 4-grams, each
next to it in a cache) grows with it: 4,000 letters cost 0.3 MB for as long as the process lives."""
_THOUSANDS = re.compile(rf"{_GAP}(?=\d)")
_FOLDED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
     "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"',
     "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " "}
)  # fmt: skip

_SPECIAL = re.compile(f"[{''.join(map(chr, _FOLDED))}]")
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""The combining marks of European letters: taken out at once, before any others one by one."""

_MARKS = str.maketrans({"\u2019": "'", "\u02bc": "'", ".": None})


class Token(NamedTuple):
    """A word, number or elided article: `text == source[start:end]`."""

    text: str
    start: int
    end: int


_token = partial(tuple.__new__, Token)
"""A token of its three parts, a third faster than `Token`: texts are taken apart all the time."""


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case, without accents, ligatures opened, quotes and dashes plain; for look-up only.

    The length may change: never use its offsets on the original.
    """
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    if _SPECIAL.search(lowered):
        lowered = lowered.translate(_FOLDED)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", lowered))
    if plain.isascii():
        return plain
    return "".join(c for c in plain if not unicodedata.combining(c))


def tokenize(text: str) -> tuple[Token, ...]:
    """Words and numbers in order; elisions ("l'Ukraine") are two tokens, hyphens split.

    A run of more than LONGEST characters is no word and left out. The text is expected in NFC; a
    text in NFD gives broken words.
    """
    return tuple(
        [
            _token((m.group(), m.start(), m.end()))
            for m in _TOKEN.finditer(text)
            if m.end() - m.start() <= LONGEST
        ]
    )


def words_of(text: str) -> list[str]:
    """The texts of the tokens alone, for those who do not ask where they stand."""
    return [word for word in _TOKEN.findall(text) if len(word) <= LONGEST]


@lru_cache(maxsize=100_000)
def normal_form(token: str) -> str:
    """The folded surface form: "7 500" and "7.500" are "7500", "O.T.S.C." is "otsc"."""
    if token[0].isdigit():
        return _THOUSANDS.sub("", token)
    folded = fold(token)
    return folded if folded.isalnum() else folded.replace(".", "").replace("'", "")


@cache
def word_list(name: str) -> frozenset[str]:
    """The folded words of a list of this package, such as "fr/stopwords.txt"."""
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    words = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold(word) for line in words for word in line)


@cache
def stop_words() -> frozenset[str]:
    """Words without a topic, question words included."""
    return word_list("fr/stopwords.txt") | word_list("fr/questions.txt")


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french")


_SHORT = 5


@lru_cache(maxsize=200_000)
def stem(token: str) -> str:
    """The Snowball stem of one token, accents folded after stemming."""
    form = normal_form(token)
    if not form.isalpha():
        return form
    # Accents guide the stemmer, so it gets the token as printed but for marks.
    plain = token.lower().translate(_MARKS)
    if len(plain) > _SHORT and plain.endswith("us"):
        plain = plain[:-1]  # Snowball keeps "abstenus" apart from "abstenue" and "abstenu"
    return fold(_stemmer().stemWord(plain)) or form


@lru_cache(maxsize=100_000)
def is_topical(token: str) -> bool:
    """Whether a token carries a topic: no stop word, no lone letter."""
    form = normal_form(token)
    return form not in stop_words() and (len(form) > 1 or form.isdigit())


@lru_cache(maxsize=50_000)
def word_forms(word: str) -> tuple[str, str] | None:
    """(stem, surface form) of a word; None for one without a topic."""
    return (stem(word), normal_form(word)) if is_topical(word) else None


def topical_tokens(text: str) -> tuple[Token, ...]:
    """The tokens that carry a topic, in order."""
    return tuple(token for token in tokenize(text) if is_topical(token.text))


def analyze(text: str) -> tuple[str, ...]:
    """The stems of the topical tokens, in order, repeated as often as they occur."""
    text = unicodedata.normalize("NFC", text)
    return tuple(stem(token.text) for token in topical_tokens(text))


@dataclass(frozen=True, slots=True)
class Fields:
    """The terms of one text in the four fields of the index."""

    stems: tuple[str, ...]
    surfaces: tuple[str, ...]
    bigrams: tuple[str, ...]
    grams: tuple[str, ...]


def fields(text: str) -> Fields:
    """The terms of a text, field by field."""
    words = words_of(unicodedata.normalize("NFC", text))
    found = [terms for word in words if (terms := _terms_of(word)) is not None]
    stems = tuple(terms[0] for terms in found)
    return Fields(
        stems,
        tuple(terms[1] for terms in found),
        bigrams(stems),
        tuple(gram for terms in found for gram in terms[2]),
    )


@lru_cache(maxsize=50_000)
def _terms_of(word: str) -> tuple[str, str, tuple[str, ...]] | None:
    """(stem, surface form, 4-grams) of a word; None for one without a topic."""
    forms = word_forms(word)
    return None if forms is None else (*forms, char_grams((forms[1],)))


def bigrams(stems: Iterable[str]) -> tuple[str, ...]:
    """Pairs of neighbouring stems."""
    listed = tuple(stems)
    return tuple(f"{a} {b}" for a, b in pairwise(listed))


def char_grams(surfaces: Iterable[str], size: int = 4) -> tuple[str, ...]:
    """Character n-grams of each word with its borders marked; a short word is its own gram."""
    grams: list[str] = []
    for surface in surfaces:
        padded = f"_{surface}_"
        if len(padded) <= size:
            grams.append(padded)
        else:
            grams.extend(padded[i : i + size] for i in range(len(padded) - size + 1))
    return tuple(grams)
