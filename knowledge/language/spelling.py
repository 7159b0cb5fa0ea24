"""Typing errors corrected against the words that a dossier holds.

A real word of French stays as typed even when the dossier does not hold it: to answer about
"pays" when asked about a "pape" would be worse than to say that nothing is known of him.
"""

from collections.abc import Collection, Iterable, Mapping
from unicodedata import normalize

from knowledge.language.families import family, lemma
from knowledge.language.hearing import heard
from knowledge.language.sounds import sound_keys
from knowledge.language.terms import fold, stem
from knowledge.language.wordset import is_english, is_french, is_proper
from knowledge.model import Language

_SHORTEST = 4
_TWO_ERRORS_FROM = 8
_OTHER_INITIAL_FROM = 6
_HOMOPHONE_ERRORS, _BY_EAR_ERRORS = 2, 3
_SAME_INITIALS = tuple(
    {*pair}
    for pair in ("ck", "kq", "cq", "cs", "fp", "gj", "ea", "ie", "oa", "ho", "ha", "he", "hi")
)
"""First letters that may sound the same."""


class Corrector:
    """Corrects words by a vocabulary of folded surface words and how often each occurs."""

    def __init__(self, vocabulary: Mapping[str, int], names: Collection[str] = ()) -> None:
        """Nothing is computed before the first unknown word; `names`: folded, one word each."""
        self._vocabulary = vocabulary
        self._names = frozenset(names)
        self._shelves: dict[int, dict[str, list[str]]] | None = None
        self._answers: dict[tuple[str, bool, Language, bool], str | None] = {}

    def correct(
        self, word: str, language: Language = "fr", *, careless: bool = False
    ) -> str | None:
        """The word of the vocabulary that was meant, folded; None to leave the word as it is.

        Left alone: words of the vocabulary or of a French (in an English question: English)
        dictionary, numbers, acronyms, what is under four letters or not in Latin letters. A word
        with a capital, and any in an English question, is only ever corrected to a name, if
        names are known. One error is allowed, two from eight letters on; ties go to the more
        frequent word, then to a name, then to the first in the alphabet. A French word spelled by
        ear may have more errors ("bato"). Give the first word of a question in lower case, where
        a capital tells nothing.

        `careless`: who types so may have written one word for another that sounds the same
        ("polisse"); only for a rare word, and when one word alone can have been meant.
        """
        word = normalize("NFC", word)
        folded = fold(word)
        if len(folded) < _SHORTEST or not (folded.isalpha() and folded.isascii()):
            return None
        if folded in self._vocabulary or (word.isupper() and len(word) <= 6):
            return None
        to_name = bool(self._names) and (language != "fr" or word[0].isupper())
        if language != "fr" and not to_name:
            return None
        key = (folded, to_name, language, careless)
        if key not in self._answers:
            self._answers[key] = self._meant(folded, language, to_name=to_name, careless=careless)
        return self._answers[key]

    def _meant(self, word: str, language: Language, *, to_name: bool, careless: bool) -> str | None:
        if is_french(word) or is_proper(word) or (language == "en" and is_english(word)):
            rare = careless and not family(word) and lemma(word) is None
            return self._heard_as(word, _HOMOPHONE_ERRORS, alone=True) if rare else None
        found = self._nearest(word, to_name=to_name)
        return found if found or to_name else self._heard_as(word, _BY_EAR_ERRORS, alone=False)

    def _heard_as(self, word: str, errors: int, *, alone: bool) -> str | None:
        """The most frequent word that sounds the same; `alone`: None when there are others."""
        from rapidfuzz.distance import OSA

        sound = heard(word)
        near = range(max(_SHORTEST, len(word) - errors), len(word) + errors + 1)
        shelves = self._shelve()
        found = [
            candidate
            for length in near
            for initial, shelf in shelves.get(length, {}).items()
            if initial == word[0] or {initial, word[0]} in _SAME_INITIALS
            for candidate in shelf
            if heard(candidate) == sound and OSA.distance(word, candidate) <= errors
        ]
        if alone and len({stem(candidate) for candidate in found}) > 1:
            return None
        return min(found, key=lambda c: (-self._vocabulary[c], c), default=None)

    def _shelve(self) -> dict[int, dict[str, list[str]]]:
        if self._shelves is None:
            self._shelves = _shelved(self._vocabulary)
        return self._shelves

    def _nearest(self, word: str, *, to_name: bool) -> str | None:
        allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
        lost_double = any(is_french(doubled) for doubled in _doubled(word))
        found: list[tuple[int, int, bool, str]] = []
        for candidate, errors in self._within(word, allowed + 1):
            name = candidate in self._names
            if (to_name and not name) or not _may_be(word, candidate, errors):
                continue
            sounds_alike = name and not set(sound_keys(word)).isdisjoint(sound_keys(candidate))
            if errors > 1 and not name and lost_double:
                continue
            if errors <= allowed or sounds_alike:
                rank = errors - sounds_alike
                found.append((rank, -self._vocabulary[candidate], not name, candidate))
        return min(found)[3] if found else None

    def _within(self, word: str, errors: int) -> Iterable[tuple[str, int]]:
        """(word of the vocabulary, errors) for those with at most so many errors."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        shelves = self._shelve()
        for length in range(max(_SHORTEST - 1, len(word) - errors), len(word) + errors + 1):
            shelf = shelves.get(length, {})
            other_initial = len(word) >= _OTHER_INITIAL_FROM and abs(length - len(word)) <= 1
            for initial in sorted(shelf) if other_initial else (word[0],):
                most = errors if initial == word[0] else 1
                for candidate, distance, _ in extract_iter(
                    word, shelf.get(initial, ()), scorer=OSA.distance, score_cutoff=most
                ):
                    yield candidate, int(distance)


def _may_be(word: str, candidate: str, errors: int) -> bool:
    """Four letters are too few to tell a replaced letter from another word (Modi, midi)."""
    if len(word) > _SHORTEST or len(candidate) != len(word):
        return True
    return errors == 1 and sorted(word) == sorted(candidate)


def _doubled(word: str) -> Iterable[str]:
    """The word with one letter told twice: the commonest French error ("résurection").

    When that is a real word, a word two errors away is not the one that was meant.
    """
    return (word[:at] + letter + word[at:] for at, letter in enumerate(word))


def _shelved(vocabulary: Iterable[str]) -> dict[int, dict[str, list[str]]]:
    """The vocabulary's plain words by length and first letter, in its order."""
    shelves: dict[int, dict[str, list[str]]] = {}
    for word in vocabulary:
        if word.isalpha() and word.isascii():
            shelves.setdefault(len(word), {}).setdefault(word[0], []).append(word)
    return shelves
