"""The language of a short question, by script, function words, accents and dictionaries."""

import re
from functools import cache
from importlib.resources import files
from typing import Literal
from unicodedata import name, normalize

from knowledge.language.terms import fold
from knowledge.language.wordset import is_english, is_french

Detected = Literal["fr", "en", "ru", "other"]

_WORD = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_OTHER_CYRILLIC = re.compile("[іїєґўјљњћђџәғқңөұүһ]")
_LETTERS = {
    "fr": re.compile("[éèêàâçùûœî]"),
    "es": re.compile("[ñáíóú¿¡]"),
    "de": re.compile("[ßäöü]"),
    "pt": re.compile("[ãõáóú]"),
    "tr": re.compile("[ışğ]"),
    "pl": re.compile("[łąęśżźćń]"),
    "sv": re.compile("[åäö]"),
    "ro": re.compile("[șțăş]"),
}
_LETTER_WEIGHT = 0.4
_CONTENT_WEIGHT = 0.3
_SURE = 0.9
_MARGIN = 0.2


@cache
def _tell_tales() -> dict[str, dict[str, float]]:
    """Word -> language -> weight; a word of n languages counts 1/n for each."""
    table = files(__package__).joinpath("detect.tsv").read_text(encoding="utf-8")
    languages: dict[str, list[str]] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            language, words = line.split("\t")
            for word in dict.fromkeys(words.split()):
                languages.setdefault(word, []).append(language)
    return {
        word: {language: 1.0 / len(owners) for language in owners}
        for word, owners in languages.items()
    }


def _script(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    return name(letter, "?").split(" ")[0]


def _main_script(words: list[str]) -> str:
    """The script of most words, Latin first among equals: names may stand in another one."""
    scripts = [_script(word[0]) for word in words]
    return max(dict.fromkeys(["LATIN", *scripts]), key=scripts.count)


def _scores(words: list[str], text: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    tell_tales = _tell_tales()
    for word in words:
        for language, weight in tell_tales.get(word, {}).items():
            scores[language] = scores.get(language, 0.0) + weight
        if word not in tell_tales and len(word) > 3:
            french, english = is_french(fold(word)), is_english(word)
            if french != english:
                language = "fr" if french else "en"
                scores[language] = scores.get(language, 0.0) + _CONTENT_WEIGHT
    for language, letters in _LETTERS.items():
        if letters.search(text):
            scores[language] = scores.get(language, 0.0) + _LETTER_WEIGHT
    return scores


def detect(text: str) -> Detected | None:
    """The language of a short question; "other" for one that is none of ours, surely.

    None when nothing tells: names alone, or too few words ("Blinken Astana mardi" tells French by
    its day, "Blinken Astana" nothing).
    """
    lowered = _POSSESSIVE.sub(" ", normalize("NFC", text).lower())
    words = _WORD.findall(lowered)
    if not words:
        return None
    script = _main_script(words)
    if script == "CYRILLIC":
        scores = _scores(words, "")
        other = max(scores.get("uk", 0.0), scores.get("bg", 0.0))
        is_other = _OTHER_CYRILLIC.search(lowered) or other > scores.get("ru", 0.0) + _SURE
        return "other" if is_other else "ru"
    if script != "LATIN":
        return "other"
    ranked = sorted(_scores(words, lowered).items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked:
        return None
    best, score = ranked[0]
    ahead = score - (ranked[1][1] if len(ranked) > 1 else 0.0)
    if best in {"fr", "en"}:
        return _ours(best) if ahead > _MARGIN or ranked[1][0] not in {"fr", "en"} else None
    return "other" if score >= _SURE and ahead > _MARGIN else _closer(dict(ranked))


def _ours(language: str) -> Detected:
    return "fr" if language == "fr" else "en"


def _closer(scores: dict[str, float]) -> Detected | None:
    """French or English when another language is ahead without being sure."""
    french, english = scores.get("fr", 0.0), scores.get("en", 0.0)
    if max(french, english) < _CONTENT_WEIGHT or abs(french - english) <= _MARGIN / 2:
        return None
    return "fr" if french > english else "en"
