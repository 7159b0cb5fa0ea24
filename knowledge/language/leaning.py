"""Whether a sentence can be read alone, or leans on the one before it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from knowledge.language.names import find_names

_OPENING_MARKS = "«»“”\"'‘’ \u00a0\u202f–—-•"
_BY_PRONOUN = re.compile(
    r"(?:,|—|-)\s*(?:[^\W\d_]+ ){0,2}[^\W\d_]+(?:-t)?-(?:il|elle|ils|elles)(?!\w)",
    re.IGNORECASE,
)
"""A pronoun that says the words before it, or of whom a question at the head asks."""
_OBJECT = re.compile(
    r"[^,;:]{3,80}? (?:l['’](?:a|ont|avait|avaient)"
    r"|(?:les|lui|leur|y) (?:a|ont|est|sont|sera|seront|avait|avaient)"
    r"|s['’](?:y|en) [^\W\d_]+)(?!\w)"
)
"""Whom somebody did it to stands in the sentence before."""
_DONE_THERE = re.compile(
    r"il y a(?:vait)? (?:[^\W\d_]+(?:é|ée|és|i|u)|été|fait|mis|pris)(?!\w)", re.IGNORECASE
)
"""Not "il y a" but somebody who did something there ("il y a rencontré…")."""
HALF = 0.5
"""How much a demonstrative or a possessive leans: the noun behind it says what is meant."""


@dataclass(frozen=True, slots=True)
class _Words:
    pronouns: re.Pattern[str]
    halfway: re.Pattern[str]
    connectives: re.Pattern[str]
    impersonal: re.Pattern[str]


def _any_of(words: list[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace("'", "['’]") for word in longest)


@cache
def _words() -> _Words:
    source = resources.files(__package__) / "fr" / "leaning.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return _Words(
        re.compile(rf"(?:{_any_of(table['pronouns'])})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{_any_of(table['halfway'])})(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?:{_any_of(table['connectives'])})(?:\s*[,:]\s*|\s+(?=[^\W\d_]))", re.IGNORECASE
        ),
        re.compile(rf"(?:{_any_of(table['impersonal'])})(?!\w)", re.IGNORECASE),
    )


def opening(text: str) -> int:
    """Where the text may start when the words that join it to what precedes are left out.

    0 when there are none, or when what would be left leans all the same.
    """
    lead = len(text) - len(text.lstrip(_OPENING_MARKS))
    if lead:
        return 0
    found = _words().connectives.match(text)
    if found is None or leaning(text[found.end() :]) > HALF:
        return 0
    # "Ainsi que", "Et si", "Aussi longtemps": no joining word but a part of the sentence.
    comma = "," in found.group() or ":" in found.group()
    short = found.group().strip().lower() in ("mais", "or", "et", "car")
    return found.end() if comma or short else 0


def leaning(text: str) -> float:
    """How much a text leans on what stands before it: 0 not at all, 1 it means nothing alone."""
    bare = text.lstrip(_OPENING_MARKS)
    quoted = bare != text and not text[:1].isalpha()
    if not bare:
        return 1.0
    if not quoted and (_DONE_THERE.match(bare) or not _words().impersonal.match(bare)):
        if _words().halfway.match(bare):
            return HALF
        if _words().pronouns.match(bare):
            return 1.0
        if _words().connectives.match(bare):
            return HALF
    outside = _outside(text)
    if _BY_PRONOUN.search(outside) and not find_names(outside):
        return 1.0
    return HALF if not quoted and _OBJECT.match(bare) else 0.0


def _outside(text: str) -> str:
    """The text without what stands in quotation marks, behind a word that opens the sentence."""
    return "— " + re.sub(r"«[^«»]*»?|“[^“”]*”?|\"[^\"]*\"?", " ", text)
