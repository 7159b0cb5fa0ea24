"""Is this a word of French or English? Large word lists kept as Bloom filters, one file each.

A filter never denies a word that it holds and takes about 3 foreign words in 1,000 for its own,
which here only means a typing error left alone. `python -m knowledge.language.wordset build`
makes the files again (see `_build`).
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from unicodedata import normalize

from knowledge.language.terms import fold

_BITS_A_WORD = 12
_HASHES = 8
_LONGEST = 64
"""Letters of the longest word that a set holds: no string is too long to be asked for."""


@dataclass(frozen=True, slots=True)
class WordSet:
    """A set of folded words that can be asked, not listed."""

    bits: bytes

    def __contains__(self, word: str) -> bool:
        """True when the folded word is in the set, and for 3 in 1,000 of other strings."""
        if len(word) > _LONGEST:
            return False
        size = len(self.bits) * 8
        return all(self.bits[at >> 3] >> (at & 7) & 1 for at in _places(word, size))


def _places(word: str, size: int) -> Iterator[int]:
    """The bits of a word (Kirsch and Mitzenmacher: two hashes serve as many)."""
    digest = blake2b(word.encode(), digest_size=16).digest()
    first = int.from_bytes(digest[:8], "big")
    step = int.from_bytes(digest[8:], "big") | 1
    return ((first + i * step) % size for i in range(_HASHES))


@cache
def word_set(name: str) -> WordSet:
    """The set of a file of this package, such as "fr/words.bloom"."""
    content = files(__package__).joinpath(name).read_bytes()
    return WordSet(content[content.index(b"\n\n") + 2 :])


def is_french(folded: str) -> bool:
    """True for a common word of French, folded, in any inflection; names are not counted."""
    return folded in word_set("fr/words.bloom")


def is_english(folded: str) -> bool:
    """True for a common word of English, folded, in any inflection; names are not counted."""
    return folded in word_set("en/words.bloom")


def is_proper(folded: str) -> bool:
    """True for a first name, place or brand that French or English dictionaries list."""
    return folded in word_set("fr/proper.bloom") or folded in word_set("en/proper.bloom")


def filter_bytes(words: Iterable[str]) -> bytes:
    """The bits of a filter that holds these words, but for those too long to be words."""
    distinct = {word for word in words if len(word) <= _LONGEST}
    bits = bytearray(max(8, len(distinct) * _BITS_A_WORD // 8))
    for word in distinct:
        for at in _places(word, len(bits) * 8):
            bits[at >> 3] |= 1 << (at & 7)
    return bytes(bits)


_FRENCH_NOTICE = """\
Source: Dictionnaires orthographiques français 7.5 (Grammalecte, Olivier R. and others),
npm package dictionary-fr 3.0.0.
Licence of this file: Mozilla Public License 2.0, http://mozilla.org/MPL/2.0/."""
_ENGLISH_NOTICE = """\
Source: SCOWL, Debian package wamerican 2020.12.07. Copyright 2000-2011 by Kevin Atkinson.
Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the
output created from the scripts, and its documentation for any purpose is hereby granted without
fee, provided that the above copyright notice appears in all copies and that both that copyright
notice and this permission notice appear in supporting documentation. Kevin Atkinson makes no
representations about the suitability of this array for any purpose. It is provided "as is"
without express or implied warranty."""

_SUFFIX = re.compile(r"^SFX (\S+) (\S+) (\S+) (\S+)", re.MULTILINE)


def _inflections(affixes: str, entries: str) -> Iterator[str]:
    """Every form of a Hunspell dictionary with two-letter flags; elided prefixes left out."""
    rules: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {}
    for flag, cut, added, condition in _SUFFIX.findall(affixes):
        if cut not in {"Y", "N"}:
            ending = "" if added.startswith("/") else added.split("/")[0]
            row = ("" if cut == "0" else cut, "" if ending == "0" else ending)
            rules.setdefault(flag, []).append((*row, re.compile(condition + "$")))
    for line in entries.splitlines()[1:]:
        word, _, flags = line.split("\t")[0].split(" ")[0].partition("/")
        yield word
        for flag in (flags[i : i + 2] for i in range(0, len(flags), 2)):
            for cut, ending, condition in rules.get(flag, ()):
                if word.endswith(cut) and condition.search(word):
                    yield word[: len(word) - len(cut)] + ending


def _write(path: Path, words: Iterable[str], notice: str) -> None:
    folded = {fold(normalize("NFC", word)) for word in words}
    kept = {word for word in folded if word.isalpha() and len(word) > 1}
    header = "".join(f"# {line}\n" for line in notice.splitlines())
    path.write_bytes(header.encode() + b"\n" + filter_bytes(kept))


def _build(french: Path, english: Path, target: Path) -> None:
    """Make the four filters.

    `french`: the folder of the npm package dictionary-fr (3.0.0: index.aff, index.dic);
    `english`: the file american-english of the Debian package wamerican; `target`: the folder
    knowledge/language.
    """
    affixes = (french / "index.aff").read_text(encoding="utf-8")
    entries = (french / "index.dic").read_text(encoding="utf-8")
    forms = [form for form in _inflections(affixes, entries) if form]
    listed = [w.removesuffix("'s") for w in english.read_text(encoding="utf-8").split()]
    sources = {"fr": (forms, _FRENCH_NOTICE), "en": (listed, _ENGLISH_NOTICE)}
    for language, (words, source) in sources.items():
        what = "Bloom filter (8 hashes, knowledge/language/wordset.py) of folded words"
        common = [word for word in words if word[0].islower()]
        proper = [word for word in words if word[0].isupper() and not word.isupper()]
        _write(target / language / "words.bloom", common, f"{what}.\n{source}")
        _write(target / language / "proper.bloom", proper, f"{what}: names.\n{source}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", french, english, target]:
            _build(Path(french), Path(english), Path(target))
        case _:
            sys.exit("usage: python -m knowledge.language.wordset build FRENCH ENGLISH TARGET")
