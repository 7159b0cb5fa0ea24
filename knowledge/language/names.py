"""Proper names in French running text, by capitals; spellings of one name (see `sounds`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from knowledge.language.patterns import later
from knowledge.language.sounds import SAME, SoundIndex, same_name, sound_keys, sound_skeletons
from knowledge.language.terms import fold, word_list
from knowledge.language.wordset import is_french, is_proper

__all__ = [
    "SAME",
    "NameSpan",
    "SoundIndex",
    "find_names",
    "same_name",
    "sound_keys",
    "sound_skeletons",
]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A proper name: `text == source[start:end]`."""

    start: int
    end: int
    text: str


class _Word(NamedTuple):
    """A word of the text: a name's candidate when capital, `opens` a sentence or not.

    Of a word without a capital `opens` is not asked.
    """

    start: int
    end: int
    text: str
    capital: bool
    opens: bool


_CAPITAL = "A-ZÀ-ÖØ-Þ"
_SPACE = "[ \\u00a0\\u202f]"
_WORD = later(
    rf"(?P<elided>\b(?:[cdjlmstCDJLMST]|[nN](?=['’][^{_CAPITAL}])|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’])"
    rf"|(?:[{_CAPITAL}]\.-?{_SPACE}?){{2,5}}(?=[{_CAPITAL}][a-zß-ÿ])"  # J. K. before a name, J.-P.
    rf"|(?:[{_CAPITAL}]\.){{2,}}"  # O.T.S.C.
    rf"|[{_CAPITAL}]\.(?={_SPACE}?[{_CAPITAL}][a-zß-ÿ])"  # V. before a name
    rf"|[A-Z]{{1,5}}\d{{1,4}}\b(?:{_SPACE}?\+{_SPACE}?\d+)?"  # G20, COP28, C5 + 1
    r"|[^\W\d_]+(?:[-‑'’][^\W\d_]+)*"
)
_CENTURY = later(r"[IVX]+(?:e|er|ème)")
_FOREIGN = frozenset(
    {
        "van",
        "von",
        "der",
        "den",
        "zu",
        "ben",
        "bin",
        "ibn",
        "al",
        "el",
        "abou",
        "abu",
        "da",
        "di",
        "do",
        "dos",
        "della",
    }
)
_PARTICLES = _FOREIGN | {"de", "du", "des", "la", "le", "les", "y", "e"}
_FROM_INSIDE = later(rf"(?:{'|'.join(sorted(_FOREIGN))})-[{_CAPITAL}]")
_SENTENCE_END = later(r"[.!?…:\n«»“”\"]")
_JOIN = later(rf"{_SPACE}(?:d['’])?")


def _is_capital(word: str) -> bool:
    if word[0].isupper():
        return word[0] not in "IVX" or not _CENTURY.fullmatch(word)
    return "-" in word and _FROM_INSIDE.match(word) is not None


def _words(text: str) -> tuple[_Word, ...]:
    """The words in order, elided ones ("l'") left out."""
    words: list[_Word] = []
    titles = word_list("fr/name_titles.txt")
    end, after_title, article_opens = 0, False, False
    for match in _WORD.finditer(text):
        word = match.group().rstrip(" -\u00a0\u202f")
        start = match.start()
        elided = match.lastgroup is not None
        capital = word[0].isupper() if elided else _is_capital(word)
        # Most words are small: where a sentence opens is looked at for the others only.
        opens = capital and (
            not words or (not after_title and _SENTENCE_END.search(text, end, start) is not None)
        )
        if elided:
            article_opens = opens
            continue
        opens = opens and not article_opens
        article_opens = False
        after_title = len(word) < 5 and fold(word) in titles
        end = start + len(word)
        words.append(_Word(start, end, word, capital, opens))
    return tuple(words)


def _is_common(word: str, known: Callable[[str], bool] | None) -> bool:
    """Whether a capital at the start of a sentence says nothing: a word that has no need of it."""
    folded = fold(word)
    if folded in word_list("fr/openers.txt") or folded in word_list("fr/name_titles.txt"):
        return True
    if known is not None:
        return known(folded)
    first = folded.split("-")[0].split("'")[0]
    return is_french(first) and not is_proper(first) and first == folded


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return len(letters) > 1 and letters.isupper() and (letters.isascii() or len(letters) < 6)


def _starts(words: Sequence[_Word], known: Callable[[str], bool] | None) -> tuple[bool, ...]:
    """Which words may be a part of a name."""
    inside = {word.text for word in words if word.capital and not word.opens}
    titles = word_list("fr/name_titles.txt")
    shouted = _shouted(words)

    def is_name(at: int, word: _Word) -> bool:
        if shouted[at]:
            return False
        if fold(word.text.rstrip(".")) in titles and not _is_acronym(word.text):
            return False
        if len(word.text) == 1:
            return False
        if _is_acronym(word.text):
            return True
        if not word.opens:  # "Le Monde" keeps its article, "Mardi" is no name anywhere
            return len(word.text) < 4 or fold(word.text) not in word_list("fr/openers.txt")
        return word.text in inside or not _is_common(word.text, known)

    return tuple(word.capital and is_name(at, word) for at, word in enumerate(words))


def _shouted(words: Sequence[_Word]) -> tuple[bool, ...]:
    """Words in a run of four or more in capitals: a heading, where capitals tell nothing."""
    flags = [False] * len(words)
    start = 0
    for at in range(len(words) + 1):
        if at < len(words) and words[at].text.isupper():
            continue
        if at - start >= 4:
            flags[start:at] = [True] * (at - start)
        start = at + 1
    return tuple(flags)


def find_names(text: str, known: Callable[[str], bool] | None = None) -> tuple[NameSpan, ...]:
    """The proper names of a French text in NFC, in order, without titles ("M.", "le président").

    A word that opens a sentence is a name when it stands with a capital inside another one, or
    when it is no common word: `known` tells of a folded word (default: a French dictionary).
    Particles, initials, hyphens and acronyms with or without full stops belong to the name.
    """
    return _told_again(text) if known is None else _found(text, known)


@lru_cache(maxsize=512)
def _told_again(text: str) -> tuple[NameSpan, ...]:
    # Answering asks for the names of a sentence from several sides: two times in five anew.
    return _found(text, None)


def _found(text: str, known: Callable[[str], bool] | None) -> tuple[NameSpan, ...]:
    words = _words(text)
    named = _starts(words, known)
    spans: list[NameSpan] = []
    at = 0
    while at < len(words):
        if not named[at]:
            at += 1
            continue
        last = at
        while (following := _next(words, named, last, text)) is not None:
            last = following
        start = at
        while start and _leads(words[start - 1], words[start], text):
            start -= 1
        spans.append(
            NameSpan(
                words[start].start, words[last].end, text[words[start].start : words[last].end]
            )
        )
        at = last + 1
    return tuple(spans)


def _next(words: Sequence[_Word], named: Sequence[bool], last: int, text: str) -> int | None:
    """The word by which a name goes on: the next one, or one after particles; None at its end."""
    at = last + 1
    while at < len(words) and at - last <= 3:
        if not _JOIN.fullmatch(text, words[at - 1].end, words[at].start):
            return None
        if named[at]:
            return at if not words[at].opens or _is_initial(words[last].text) else None
        if fold(words[at].text) not in _PARTICLES or _is_acronym(words[last].text):
            return None
        at += 1
    return None


def _is_initial(text: str) -> bool:
    return text.endswith(".")


def _leads(word: _Word, following: _Word, text: str) -> bool:
    """Whether a small particle before belongs to the name: "van der Bellen", "al-Assad"."""
    return fold(word.text) in _FOREIGN and text[word.end : following.start] == " "
