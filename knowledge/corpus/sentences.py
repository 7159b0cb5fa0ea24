"""Sentences of French press text by rules; pure, offsets in characters, half-open.

A boundary is a final mark (. ! ? …) with the closing quotes that belong to it, then white space,
then something that can open a sentence. What follows an abbreviation, an initial or an acronym
only opens one when its first word is of the closed classes (le, il, mais…).
"""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.corpus.wordlists import fold, rows, words

_MARK = re.compile(r"[.!?…]+")
# Closing marks that belong to the sentence before: attached ones, a guillemet after its space,
# and a stray stop ("la guerre. .").
_CLOSER = re.compile(r"[\"”’')\]]|[  \t]*»|[  \t]+\.+(?=\s|$)")
_GAP = re.compile(r"\s*")
_OPENER = re.compile(r"[«“\"‘'(\[–—\-•\s]*")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_TOKEN = re.compile(r"[^\s«“\"‘’'(\[/]+$")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")
_NAME_PARTICLES = frozenset({"le", "la", "les", "du", "de", "des", "d"})
_QUOTES = '«“"‘–—-•'
_LOOK_BACK = 40


@cache
def _abbreviations() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("abbreviations.tsv")}


def split(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of text[start:end], in order, without the white space around them.

    Together they hold every character that is no white space; () for blank text.
    """
    inside = text[start:end]
    spans: list[tuple[int, int]] = []
    begin = _skip(inside, 0)
    position = begin
    while mark := _MARK.search(inside, position):
        close = _close(inside, mark.end(), begin)
        following = _skip(inside, close)
        position = close
        if following < len(inside) and _is_boundary(_Place(inside, begin, mark, close, following)):
            spans.append((start + begin, start + close))
            begin = position = following
    last = len(inside.rstrip())
    if last > begin:
        spans.append((start + begin, start + last))
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class _Place:
    """A final mark, the end of its closing marks, and where the text goes on."""

    text: str
    begin: int
    mark: re.Match[str]
    close: int
    following: int

    @property
    def at(self) -> int:
        """Where the first word after the opening marks begins."""
        opening = _OPENER.match(self.text, self.following)
        return opening.end() if opening else self.following

    @property
    def next_word(self) -> str:
        """The first word after the place, folded; "" when it is no word."""
        word = _WORD.match(self.text, self.at)
        return fold(word.group()) if word else ""


def _skip(text: str, position: int) -> int:
    found = _GAP.match(text, position)
    return found.end() if found else position


def _close(text: str, position: int, begin: int) -> int:
    """The end of the closing marks after a final mark."""
    while closer := _CLOSER.match(text, position):
        if closer.group() == '"' and not _closes_straight_quote(text, begin, position):
            break
        position = closer.end()
        if more := _MARK.match(text, position):
            position = more.end()
    return position


def _closes_straight_quote(text: str, begin: int, position: int) -> bool:
    """Whether the straight quote here closes: another one is open, or no letter follows."""
    after = text[position + 1 : position + 2]
    return not after.isalnum() or text.count('"', begin, position) % 2 == 1


def _is_boundary(place: _Place) -> bool:
    text, at, mark = place.text, place.at, place.mark
    if at >= len(text) or text[at].islower():
        return False
    if not text[at].isalnum() and text[place.following] not in _QUOTES:
        return False
    if place.following == place.close:
        return _is_glued_boundary(place)
    if len(mark.group()) > 1 or mark.group() == "…":
        return not _in_brackets(place)
    if mark.group() != "." or place.close > mark.end():
        return True
    return _ends_after_stop(place)


def _is_glued_boundary(place: _Place) -> bool:
    """Whether a space was lost ("la paix.Le président"): only before a word of closed class."""
    stop = place.mark.start()
    before = place.text[max(place.begin, stop - 3) : stop]
    is_word = len(before) == 3 and before.isalpha() and before.islower()
    is_capital = place.text[place.close].isupper()
    return is_word and is_capital and place.next_word in words("sentence_openers.txt")


def _in_brackets(place: _Place) -> bool:
    """Whether dots stand for words left out: "[…]", "(...)"."""
    return place.text[place.mark.start() - 1] in "[(" and place.text[place.close - 1] in ")]"


def _ends_after_stop(place: _Place) -> bool:
    """Whether a bare stop ends a sentence, by the token before it and the word after it."""
    stop = place.mark.start()
    found = _LAST_TOKEN.search(place.text[max(place.begin, stop - _LOOK_BACK) : stop])
    if not found:
        return True
    token = found.group()
    if token.isdigit() and len(token) <= 2 and place.begin + len(token) == stop:
        # "1. Le premier point": a number in front of its item.
        return False
    next_is_digit = place.text[place.at].isdigit()
    match _kind(token):
        case "never":
            return False
        case "digit" if next_is_digit:
            return False
        case "maybe":
            return _opens(place)
    is_initial = len(token) == 1 and token.isupper()
    if is_initial or _ACRONYM.fullmatch(token):
        return _opens(place)
    return True


def _kind(token: str) -> str | None:
    """The class of an abbreviation; a word in capitals ("l'ART.") is none, but for titles."""
    kind = _abbreviations().get(fold(token))
    return None if kind == "digit" and len(token) > 1 and token.isupper() else kind


def _opens(place: _Place) -> bool:
    """Whether the next word opens a sentence rather than continues a name ("J. Le Goff")."""
    word = place.next_word
    if word not in words("sentence_openers.txt"):
        return False
    if word not in _NAME_PARTICLES:
        return True
    after = _WORD.match(place.text, _skip(place.text, place.at + len(word)))
    return not (after and after.group()[0].isupper())
