"""Spellings of one name meet: sound keys, a graded comparison, and an index of names by sound.

A name is brought to Latin letters (anyascii), read by a table of French, English and German
romanisation (`fr/romanisation.tsv`), and may have a few readings where letters are ambiguous.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from unicodedata import normalize

_VOWELS = frozenset("aeiouyéïöüä")
_MOST_READINGS = 12
_CHINESE = re.compile("цз|чж")
_HARD_N = re.compile("н(?![ьаеёиоуыэюя])")
_KEPT = frozenset("éïöüä")

SAME = 0.8
"""`same_name` at or above it means one name: chosen on 25 names of our own."""

# Dupont and Dumont, David and Davis stay two names, however long
_OTHER_CONSONANTS = 0.15
_OTHER_SCRIPT = 0.06

_LOOSE = str.maketrans({"z": "s", "c": "s", "J": "S", "g": "k", "v": "f", "h": None})
_CHEAP = {
    frozenset(pair): cost
    for pair, cost in {
        ("s", "z"): 0.3, ("s", "c"): 0.3, ("z", "c"): 0.3, ("S", "J"): 0.4, ("g", "k"): 0.5,
        ("g", "h"): 0.5, ("k", "h"): 0.5, ("v", "f"): 0.3, ("g", "J"): 0.5, ("u", "v"): 0.4,
        ("S", "s"): 0.6, ("d", "t"): 0.7, ("e", "i"): 0.35, ("o", "u"): 0.35, ("a", "e"): 0.45,
        ("a", "o"): 0.45, ("a", "u"): 0.45,
    }.items()
}  # fmt: skip


@cache
def _rules() -> dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]:
    """The romanisation table: letters -> (before, after, sounds), in the file's order."""
    rules: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {}
    table = files(__package__).joinpath("fr", "romanisation.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            letters, before, after, sounds = line.split("\t")
            heard = tuple("" if sound == "0" else sound for sound in sounds.split(" "))
            rules[letters] = (*rules.get(letters, ()), (before, after, heard))
    return rules


def _fits(context: str, letter: str) -> bool:
    """True when the neighbouring letter ("" at an edge) satisfies a context of the table."""
    match context:
        case "-":
            return True
        case "^" | "$":
            return not letter
        case "V":
            return letter in _VOWELS and letter != ""
        case "C":
            return letter != "" and letter not in _VOWELS
        case _:
            return letter != "" and letter in context


def latin(word: str) -> str:
    """The word in lower-case Latin letters; of the accents only those that change a reading."""
    lower = normalize("NFC", word).lower()
    if lower.isascii():
        return "".join(letter for letter in lower if letter.isalpha())
    from anyascii import anyascii  # its tables are read on first use

    letters = (letter if letter in _KEPT else anyascii(letter) for letter in lower)
    return "".join(
        letter.lower()
        for group in letters
        for letter in group
        if letter.isalpha() or group in _KEPT
    )


def _is_cyrillic(word: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in word)


def _spellings(word: str) -> tuple[str, ...]:
    """Latin spellings to read: one, or more where a Cyrillic letter is ambiguous."""
    lower = normalize("NFC", word).lower()
    if not _is_cyrillic(lower):
        return (latin(lower),)
    # ё is read yo but written e in half of the romanisations; г stands for h in foreign names
    spellings = [lower.replace("ё", "е")]
    if "ё" in lower:
        spellings.append(lower.replace("ё", "о"))
    if "г" in lower:
        spellings.append(lower.replace("ё", "е").replace("г", "х"))
    if _CHINESE.search(lower):
        # Palladius: цз and чж are j and zh, a hard н is ng ("Цзиньпин" is Jinping)
        spellings.append(_HARD_N.sub("нг", _CHINESE.sub("дж", lower)))
    return tuple(latin(spelling) for spelling in spellings)


def _sounds_at(latin: str, at: int) -> tuple[int, tuple[str, ...]]:
    """How many letters are read at this place, and the sounds that they may stand for."""
    rules = _rules()
    for width in range(min(7, len(latin) - at), 0, -1):
        for before, after, sounds in rules.get(latin[at : at + width], ()):
            previous = latin[at - 1] if at else ""
            following = latin[at + width] if at + width < len(latin) else ""
            if _fits(before, previous) and _fits(after, following):
                return width, sounds
    plain = {"é": "e", "ï": "i"}.get(latin[at], latin[at])
    return 1, (plain,)


def _undoubled(sounds: str) -> str:
    """The sounds with each run of one sound told once."""
    return sounds[:1] + "".join(after for before, after in pairwise(sounds) if after != before)


@lru_cache(maxsize=8192)
def sound_keys(word: str) -> tuple[str, ...]:
    """Phonetic keys of a name's word, the likeliest reading first; () for no letters.

    Spellings of one name share a key in most cases: Khrouchtchev, Khrushchev, Хрущёв.
    """
    keys: dict[str, None] = {}
    for latin in _spellings(word):
        readings = [""]
        at = 0
        while at < len(latin):
            width, sounds = _sounds_at(latin, at)
            readings = [reading + sound for reading in readings for sound in sounds]
            readings = readings[:_MOST_READINGS]
            at += width
        keys.update(dict.fromkeys(_undoubled(reading) for reading in readings))
    return tuple(key for key in keys if key)


def sound_skeletons(word: str) -> tuple[str, ...]:
    """Looser keys: consonants alone, voicing of sibilants told no more, for candidates only."""
    skeletons: dict[str, None] = {}
    for key in sound_keys(word):
        start = "A" if key[0] in "aeiou" or (key[0] == "h" and len(key) > 1) else ""
        loose = "".join(sound for sound in key.translate(_LOOSE) if sound not in "aeiou")
        skeletons[start + _undoubled(loose)] = None
    return tuple(skeletons)


def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return _CHEAP.get(frozenset((one, other)), 1.0)


def _gap(sound: str, neighbour: str) -> float:
    """What it costs to hear a sound or not: little for h and for glides beside a vowel."""
    if sound == "h":
        return 0.4
    if sound == "i" and neighbour in "aeou" and neighbour != "":
        return 0.2
    return 0.8 if sound in "aeiou" else 1.0


def _distance(one: str, other: str) -> float:
    """Weighted edit distance of two keys (Wagner-Fischer, sounds that are alike cost less)."""
    gaps_one = [_gap(s, (one[i - 1 : i] + one[i + 1 : i + 2])[-1:]) for i, s in enumerate(one)]
    gaps_other = [
        _gap(s, (other[i - 1 : i] + other[i + 1 : i + 2])[-1:]) for i, s in enumerate(other)
    ]
    row = [0.0]
    for gap in gaps_other:
        row.append(row[-1] + gap)
    for i, sound in enumerate(one):
        previous, row = row, [row[0] + gaps_one[i]]
        for j, against in enumerate(other):
            row.append(
                min(
                    previous[j] + _cost(sound, against),
                    previous[j + 1] + gaps_one[i],
                    row[j] + gaps_other[j],
                )
            )
    return row[-1]


def _same_word(one: str, other: str) -> float:
    keys, others = sound_keys(one), sound_keys(other)
    if not keys or not others:
        return 0.0
    if not set(keys).isdisjoint(others):
        return 1.0
    score = max(
        1.0 - _distance(key, against) / (0.5 * (len(key) + len(against)))
        for key in keys[:4]
        for against in others[:4]
    )
    if set(sound_skeletons(one)).isdisjoint(sound_skeletons(other)):
        return score - _OTHER_CONSONANTS
    # a Russian text writes a foreign name as it sounds ("Трамп", "Байден"), so vowels wander
    return score + (_OTHER_SCRIPT if _is_cyrillic(one) != _is_cyrillic(other) else 0.0)


@lru_cache(maxsize=8192)
def same_name(one: str, other: str) -> float:
    """How alike two names sound, 0 to 1: `SAME` and above is one name in two spellings.

    Of names of several words the shorter must stand in the longer, in order, word by word; the
    worst word decides. Never raises; 0.0 when either holds no letter.
    """
    words, others = one.replace("-", " ").split(), other.replace("-", " ").split()
    if len(words) > len(others):
        words, others = others, words
    if not words:
        return 0.0
    worst, rest = 1.0, others
    for word in words:
        scores = [_same_word(word, against) for against in rest]
        if not scores:
            return 0.0
        best = max(range(len(scores)), key=lambda i: (scores[i], -i))
        worst, rest = min(worst, scores[best]), rest[best + 1 :]
    return min(1.0, max(0.0, worst))


class SoundIndex:
    """Names by sound: what in this list is the name that somebody spells otherwise."""

    def __init__(self, names: Iterable[str]) -> None:
        by_skeleton: dict[str, list[str]] = {}
        for name in sorted(set(names)):
            for skeleton in sound_skeletons(name):
                by_skeleton.setdefault(skeleton, []).append(name)
        self.table: Mapping[str, Sequence[str]] = by_skeleton
        """Skeleton -> the names that have it, in alphabetical order."""

    @classmethod
    def of_table(cls, table: Mapping[str, Sequence[str]]) -> "SoundIndex":
        """The index whose table this is; working it out anew takes 0.1 ms a name."""
        made = cls(())
        made.table = table
        return made

    def lookup(self, word: str, *, floor: float = SAME) -> tuple[tuple[str, float], ...]:
        """(name, likeness) of the names that sound like the word, best first, ties by name."""
        candidates: dict[str, None] = {}
        for skeleton in sound_skeletons(word):
            candidates.update(dict.fromkeys(self.table.get(skeleton, ())))
        graded = ((name, same_name(word, name)) for name in candidates)
        found = [(name, score) for name, score in graded if score >= floor]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
