"""English and Russian questions led to French words: a press lexicon and question patterns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from knowledge.language.places import PlaceMention, expand_places, french_forms
from knowledge.language.sounds import SAME, latin, same_name
from knowledge.language.terms import fold, word_list
from knowledge.language.wordset import is_english, is_french
from knowledge.model import Language, QuestionKind

Bridged = Literal["en", "ru"]

_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_LONGEST_ENDING = 5
_SURE_STEM = 5


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word or phrase of the lexicon: its folded words and what French says for it."""

    words: tuple[str, ...]
    exact: bool
    french: tuple[str, ...]


def _table(name: str) -> Iterator[list[str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))


@cache
def _entries(language: Bridged) -> dict[str, tuple[_Entry, ...]]:
    """First word (or stem) -> entries that it begins, phrases first."""
    entries: dict[str, list[_Entry]] = {}
    for forms, translations in _table(f"{language}/lexicon.tsv"):
        french = tuple(word for word in translations.split("|") if word != "-")
        for form in forms.split(" "):
            words = tuple(fold(form.removeprefix("=")).split("_"))
            exact = language == "en" or form.startswith("=")
            entries.setdefault(words[0], []).append(_Entry(words, exact, french))
    return {
        first: tuple(sorted(begun, key=lambda entry: -len(entry.words)))
        for first, begun in entries.items()
    }


@cache
def _cognate_endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    bare = {"0": ""}
    return tuple(
        (bare.get(english, english), tuple(bare.get(ending, ending) for ending in french.split()))
        for english, french in _table("en/cognates.tsv")
    )


def _english_lemmas(word: str) -> Iterator[str]:
    """The word, and what regular inflection may have made it from."""
    yield word
    for ending, others in (
        ("ies", ("y",)), ("ied", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")),
        ("ing", ("", "e")), ("ers", ("", "e")), ("er", ("", "e")), ("ly", ("",)),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word[: -len(ending)]
            yield from (stem + other for other in others)
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


def _prefixes(word: str) -> Iterator[str]:
    """What may be the stem of a Russian word, longest first."""
    for cut in range(min(_LONGEST_ENDING, len(word) - 1) + 1):
        stem, ending = word[: len(word) - cut], word[len(word) - cut :]
        if len(stem) >= _SURE_STEM or not ending or _is_ending(ending):
            yield stem


def _is_ending(letters: str) -> bool:
    return letters in word_list("ru/endings.txt") or letters in word_list("ru/verb_endings.txt")


def _stems(word: str, language: Bridged) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_english_lemmas(word) if language == "en" else _prefixes(word)))


def _entry_at(words: Sequence[str], at: int, language: Bridged) -> _Entry | None:
    """The longest entry that the words begin at this place; None without one."""
    stems = _stems(words[at], language)
    begun = [
        entry
        for stem in stems
        for entry in _entries(language).get(stem, ())
        if language == "en" or not entry.exact or stem == words[at]
    ]
    fitting = [entry for entry in begun if _goes_on(entry, words, at, language)]
    return max(fitting, key=lambda entry: len(entry.words), default=None)


def _goes_on(entry: _Entry, words: Sequence[str], at: int, language: Bridged) -> bool:
    following = words[at + 1 : at + len(entry.words)]
    if len(following) < len(entry.words) - 1:
        return False
    return all(
        word == expected if language == "ru" and entry.exact else expected in _stems(word, language)
        for word, expected in zip(following, entry.words[1:], strict=True)
    )


def _cousins(word: str, language: Bridged) -> tuple[str, ...]:
    """French words that a word of no list looks like: "territory" -> "territoire"."""
    if language == "ru":
        seen = dict.fromkeys(latin(stem) for stem in _prefixes(word))
        return tuple(form for form in seen if len(form) > 3 and is_french(form))[:1]
    found = [word] if is_french(word) else []
    for english, endings in _cognate_endings():
        if word.endswith(english) and len(word) - len(english) > 2:
            formed = (word[: len(word) - len(english)] + ending for ending in endings)
            found += [form for form in formed if is_french(form)]
    return tuple(dict.fromkeys(found))


def _place_words(mention: PlaceMention) -> tuple[str, ...]:
    """What French articles may say for a place: its like first, its people beside a country."""
    forms = french_forms(mention.key, mention.relation)
    match mention.relation:
        case "country":
            short = tuple(form for form in forms[1:] if form.isupper())
            return forms[:1] + short + french_forms(mention.key, "demonym")[:1]
        case "demonym":
            return forms[:1] + french_forms(mention.key, "country")[:1]
        case _:
            alike = tuple(form for form in forms if same_name(mention.surface, form) >= SAME)
            return alike or forms[:1]


def _is_name(token: str, at: int, language: Bridged) -> bool:
    """A capital inside the question, or at its start on a word that English does not have."""
    if not token[:1].isupper():
        return False
    return at > 0 or (language == "en" and not is_english(fold(token)))


def to_french(tokens: Sequence[str], language: Language) -> tuple[tuple[str, ...], ...]:
    """For each token of an English or Russian question the French words to look for.

    () for a word without a topic, and for the later words of a phrase, whose first one carries
    the translation (several words by a space). Names, numbers and words of no list come back
    unchanged, after French words that they look like; `sounds` leads names to their spelling.
    Tokens of a French question come back as they are.
    """
    if language == "fr":
        return tuple((token,) for token in tokens)
    bare = [_POSSESSIVE.sub("", token) for token in tokens]
    words = [fold(token) for token in bare]
    found: list[tuple[str, ...]] = [()] * len(tokens)
    covered = [False] * len(tokens)
    for mention in expand_places(bare, language):
        start = mention.start_token
        found[start] = tuple(dict.fromkeys((*found[start], *_place_words(mention))))
        covered[start : mention.end_token] = [True] * (mention.end_token - start)
    at = 0
    while at < len(tokens):
        width = 1
        if not covered[at] and words[at]:
            width, found[at] = _translated(bare, words, at, language)
        at += width
    return tuple(found)


def _translated(
    bare: Sequence[str], words: Sequence[str], at: int, language: Bridged
) -> tuple[int, tuple[str, ...]]:
    """How many tokens the translation at this place covers, and the French words."""
    entry = _entry_at(words, at, language)
    name = _is_name(bare[at], at, language)
    if entry is not None and not (name and not entry.french and len(words[at]) > 1):
        own = (bare[at],) if name and len(entry.words) == 1 else ()
        return len(entry.words), (*own, *entry.french)
    if name or not words[at].isalpha():
        return 1, (bare[at],)
    return 1, tuple(dict.fromkeys((*_cousins(words[at], language), bare[at])))


@cache
def _kinds(language: Bridged) -> tuple[tuple[QuestionKind, str, re.Pattern[str]], ...]:
    kinds: dict[str, QuestionKind] = {kind: kind for kind in get_args(QuestionKind)}
    rows = _table(f"{language}/kinds.tsv")
    return tuple((kinds[kind], wanted, re.compile(rule)) for kind, wanted, rule in rows)


def question_kind(question: str, language: Bridged) -> tuple[QuestionKind, str] | None:
    """The kind of an English or Russian question and what is wanted ("person", "date"…).

    The words for what is wanted are those of fr/kinds.tsv; None when no pattern fits.
    """
    text = re.sub(r"\s+", " ", fold(question)).strip()
    for kind, wanted, pattern in _kinds(language):
        if pattern.search(text):
            return kind, wanted
    return None
