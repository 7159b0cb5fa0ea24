"""Sentences of French press text by rules; pure, offsets in characters, half-open.

A boundary is a final mark (. ! ? …) with the closing quotes that belong to it, then white space,
then something that can open a sentence. What follows an abbreviation, an initial or an acronym
only opens one when its first word is of the closed classes (le, il, mais…).
"""

import re
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
_LOOK_BACK = 40


@cache
def _abbreviations() -> dict[str, str]:
    return {word: kind for word, kind in rows("abbreviations.tsv")}


def split(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of text[start:end], in order, without the white space around them.

    Together they hold every character that is no white space; () for blank text.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = _skip(text, start, stop)
    position = begin
    while mark := _MARK.search(text, position, stop):
        position = _close(text, mark.end(), stop, begin)
        following = _skip(text, position, stop)
        if following >= stop:
            break
        if _is_boundary(text, begin, mark, position, following, stop):
            spans.append((begin, position))
            begin = position = following
    last = len(text[begin:stop].rstrip()) + begin
    if last > begin:
        spans.append((begin, last))
    return tuple(spans)


def _skip(text: str, position: int, stop: int) -> int:
    found = _GAP.match(text, position, stop)
    return found.end() if found else position


def _close(text: str, position: int, stop: int, begin: int) -> int:
    """The end of the closing marks after a final mark."""
    while closer := _CLOSER.match(text, position, stop):
        attached = closer.group()
        if attached == '"' and not _closes_straight_quote(text, begin, position):
            break
        position = closer.end()
        if more := _MARK.match(text, position, stop):
            position = more.end()
    return position


def _closes_straight_quote(text: str, begin: int, position: int) -> bool:
    """Whether the straight quote at this position closes: one before it is open, or space follows."""
    after = text[position + 1 : position + 2]
    return not after or not after.isalnum() or text.count('"', begin, position) % 2 == 1


def _is_boundary(
    text: str, begin: int, mark: re.Match[str], close: int, following: int, stop: int
) -> bool:
    opening = _OPENER.match(text, following, stop)
    at = opening.end() if opening else following
    if at >= stop:
        return False
    next_char = text[at]
    word = _WORD.match(text, at, stop)
    next_word = fold(word.group()) if word else ""
    opens_quote = at > following and text[following] in '«“"‘–—-•'
    if next_char.islower():
        return False
    if not (next_char.isalnum() or opens_quote):
        return False
    if following == close:
        return _is_glued_boundary(text, begin, mark, close, next_word)
    if mark.group()[0] == "…" or mark.group().startswith(".."):
        return not _in_brackets(text, mark.start(), close)
    if mark.group() != "." or close > mark.end():
        # After "M. X.)" or '."' the mark is final: abbreviations stand before a bare stop.
        return not (mark.group() == "." and text[mark.end()] in ")]’'" and next_char.isdigit())
    return _ends_after_stop(text, begin, mark.start(), at, next_char, next_word, stop)


def _is_glued_boundary(
    text: str, begin: int, mark: re.Match[str], close: int, next_word: str
) -> bool:
    """ "…du conflit.Le président…": a space was lost; only before a word that opens sentences."""
    before = text[max(begin, mark.start() - 3) : mark.start()]
    is_word = len(before) == 3 and before.isalpha() and before.islower()
    return is_word and next_word in words("sentence_openers.txt") and text[close].isupper()


def _in_brackets(text: str, mark_start: int, close: int) -> bool:
    return text[mark_start - 1 : mark_start] in ("[", "(") and text[close - 1] in ")]"


def _ends_after_stop(
    text: str, begin: int, stop_at: int, at: int, next_char: str, next_word: str, stop: int
) -> bool:
    """Whether a bare stop ends a sentence, by the token before it and the word after it."""
    before = text[max(begin, stop_at - _LOOK_BACK) : stop_at]
    found = _LAST_TOKEN.search(before)
    if not found:
        return True
    token = found.group()
    if token.isdigit() and len(token) <= 2 and begin + len(token) == stop_at:
        return False
    kind = _abbreviations().get(fold(token).rstrip("."))
    if token.isupper() and len(token) > 1 and "." not in token and kind is not None:
        kind = None if fold(token) not in ("mm", "me") else kind
    match kind:
        case "never" if token not in ("p", "me") or next_char.isdigit() or next_char.isupper():
            return False
        case "digit" if next_char.isdigit():
            return False
        case "maybe":
            return _opens(text, at, next_word, stop)
    is_initial = len(token) == 1 and token.isalpha() and token.isupper()
    if is_initial or _ACRONYM.fullmatch(token) or token.endswith("-" + token[-1:]):
        return _opens(text, at, next_word, stop)
    return True


def _opens(text: str, at: int, next_word: str, stop: int) -> bool:
    """Whether the word at `at` opens a sentence rather than continues a name ("J. Le Goff")."""
    if next_word not in words("sentence_openers.txt"):
        return False
    if next_word not in _NAME_PARTICLES:
        return True
    rest = _WORD.match(text, _skip(text, at + len(next_word), stop), stop)
    return not (rest and rest.group()[0].isupper())
