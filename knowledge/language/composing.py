"""Unicode composition (NFC) in a time that no text can blow up.

Putting marks in order takes a time that grows with the square of how many follow one letter:
100,000 took 15 s. Unicode's stream-safe format (UAX 15, D4) allows 30, more than any script has,
and separates the rest by U+034F, which shows nothing.
"""

import re
import unicodedata

MOST_MARKS = 30

_SEPARATOR = "\u034f"

# What combines is no letter, digit, space or ASCII: only such runs are looked at one by one, with
# the letter before them. Thirteen are thirty at most, when each stands for two and the letter for
# four.
_RUN = re.compile(r"[\w\s\x00-\x7f]?[^\w\s\x00-\x7f]{14,}")


def nfc(text: str) -> str:
    """The text in NFC and stream-safe: the same for texts that look the same."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _RUN.sub(_separated, text))


def _separated(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    decomposed = (part for one in run.group() for part in unicodedata.normalize("NFD", one))
    for character in decomposed:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > MOST_MARKS:
            kept.append(_SEPARATOR)
            marks = 1
        kept.append(character)
    return "".join(kept)
