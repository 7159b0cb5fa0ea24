"""Countries, their people, capitals and seats of government: one key for all that names them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from knowledge.language.terms import fold, word_list
from knowledge.model import Language

Relation = Literal["country", "demonym", "capital", "seat"]
"""How a form names a country; a capital or seat ("Moscou", "le Kremlin") is a weaker link."""

_RELATIONS: tuple[Relation, ...] = ("country", "demonym", "capital", "seat")
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A country named in tokens `start_token` to `end_token` (half-open) by `surface`."""

    start_token: int
    end_token: int
    key: str
    relation: Relation
    surface: str


@dataclass(frozen=True, slots=True)
class _Form:
    """The words after the first one of a form, and what it names; capitals: 0, 1 or all (2)."""

    rest: tuple[str, ...]
    capitals: int
    key: str
    relation: Relation


def _rows(language: str) -> Iterator[tuple[str, Relation, int, str]]:
    """(key, relation, capitals, form) of a language's table, in the file's order."""
    table = files(__package__).joinpath(language, "places.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        key, *columns = line.split("\t")
        for relation, column in zip(_RELATIONS, columns, strict=False):
            for form in filter(None, column.split("|")):
                bare = form.lstrip("!")
                yield key, relation, len(form) - len(bare), bare


def _feminine(masculine: str) -> str:
    if masculine.endswith("e"):
        return masculine
    return masculine + ("ne" if masculine.endswith(("en", "on")) else "e")


def _french_demonyms(form: str) -> tuple[str, ...]:
    """kazakh -> kazakh, kazakhs, kazakhe, kazakhes; "turc/turque/..." gives the feminines."""
    masculine, *given = fold(form).split("/")
    singular = [masculine, *(given or [_feminine(masculine)])]
    plural = [word if word.endswith(("s", "x")) else word + "s" for word in singular]
    return tuple(dict.fromkeys([*singular, *plural]))


def feminine_demonym(key: str) -> str:
    """The feminine of what is French for a country's people ("chinoise"); "" without one."""
    for known, relation, _, form in _rows("fr"):
        if known == key and relation == "demonym":
            masculine, *given = form.split("/")
            return given[0] if given else _feminine(masculine)
    return ""


def _russian_demonyms(stem: str) -> tuple[str, ...]:
    """The stem, and the nominative with its fleeting vowel: американц- has американец."""
    if not stem.endswith("ц"):
        return (stem,)
    # folded: й has become и
    return (stem, (stem[:-2] if stem.endswith("иц") else stem[:-1]) + "ец")


def _inflected(language: str, relation: Relation, form: str) -> tuple[str, ...]:
    if relation != "demonym":
        return (fold(form),)
    match language:
        case "fr":
            return _french_demonyms(form)
        case "ru":
            return _russian_demonyms(fold(form))
        case _:
            return (fold(form), fold(form) + "s")


@cache
def _forms(language: str) -> dict[str, tuple[_Form, ...]]:
    """First word -> forms that it begins, longest first; strong relations before weak ones."""
    forms: dict[str, list[_Form]] = {}
    for key, relation, capitals, form in _rows(language):
        for inflected in _inflected(language, relation, form):
            first, *rest = _WORD.findall(inflected)
            forms.setdefault(first, []).append(_Form(tuple(rest), capitals, key, relation))
    order = {relation: at for at, relation in enumerate(_RELATIONS)}
    return {
        first: tuple(sorted(begun, key=lambda form: (-len(form.rest), order[form.relation])))
        for first, begun in forms.items()
    }


def _plain(token: str) -> str:
    return fold(token).replace("'", "").replace(".", "")


def _is_ending(letters: str) -> bool:
    return not letters or letters in word_list("ru/endings.txt")


def _stems(word: str) -> Iterator[str]:
    """What a Russian word may be a form of, longest first."""
    for cut in range(min(4, len(word))):
        stem, ending = word[: len(word) - cut], word[len(word) - cut :]
        if _is_ending(ending):
            yield stem


def _is_russian(word: str) -> bool:
    return "а" <= word[:1] <= "я"


def _begun_by(word: str, language: Language) -> Iterator[_Form]:
    if _is_russian(word):
        for stem in _stems(word):
            yield from _forms("ru").get(stem, ())
        return
    yield from _forms("fr").get(word, ())
    if language == "en":
        yield from _forms("en").get(word, ())


def _goes_on(word: str, expected: str) -> bool:
    if _is_russian(word):
        return word.startswith(expected) and _is_ending(word[len(expected) :])
    return word == expected


def _has_capitals(tokens: Sequence[str], capitals: int) -> bool:
    match capitals:
        case 0:
            return True
        case 1:
            return tokens[0][:1].isupper()
        case _:
            return all(token.isupper() for token in tokens)


def _matches(
    tokens: Sequence[str], plain: Sequence[str], at: int, language: Language
) -> tuple[int, tuple[tuple[str, Relation], ...]]:
    """How many tokens name a country from here on, and which ones; (0, ()) for none."""
    found: dict[str, Relation] = {}
    longest = 0
    for form in _begun_by(plain[at], language):
        width = 1 + len(form.rest)
        following = plain[at + 1 : at + width]
        if width < longest or len(following) < len(form.rest):
            continue
        if not all(map(_goes_on, following, form.rest)):
            continue
        if not _has_capitals(tokens[at : at + width], form.capitals):
            continue
        if width > longest:
            longest, found = width, {}
        found.setdefault(form.key, form.relation)
    return longest, tuple(found.items())


def expand_places(tokens: Sequence[str], language: Language = "fr") -> tuple[PlaceMention, ...]:
    """The countries named in a text's tokens, in order, the longest name first.

    Tokens as `terms.tokenize` cuts them: "États-Unis" and "l'Iran" are two. A form of several
    countries ("Congo", "coréen") gives a mention of each. French and Russian forms are always
    known, English ones in an English text: "Jordan" and "Chad" are first names in others.
    """
    plain = [_plain(token) for token in tokens]
    mentions: list[PlaceMention] = []
    at = 0
    while at < len(tokens):
        width, named = _matches(tokens, plain, at, language) if plain[at] else (0, ())
        surface = " ".join(tokens[at : at + width])
        mentions += [PlaceMention(at, at + width, key, how, surface) for key, how in named]
        at += max(1, width)
    return tuple(mentions)


def place_keys(phrase: str, language: Language = "fr") -> tuple[tuple[str, Relation], ...]:
    """(key, relation) of each country that the whole phrase names; () when it names none.

    « Kazakhs », « kazakhe », « Kazakhstan », « казахский » all have the key "kz".
    """
    words = _WORD.findall(phrase)
    if not words or len(words) > _LONGEST:
        return ()
    width, named = _matches(words, [_plain(word) for word in words], 0, language)
    return named if width == len(words) else ()


@cache
def _french() -> dict[str, dict[Relation, tuple[str, ...]]]:
    names: dict[str, dict[Relation, tuple[str, ...]]] = {}
    for key, relation, _, form in _rows("fr"):
        known = names.setdefault(key, {})
        known[relation] = (*known.get(relation, ()), form.split("/")[0])
    return names


def french_forms(key: str, relation: Relation) -> tuple[str, ...]:
    """What names a country in French, as printed, the usual form first; () for none.

    The demonyms are masculine singulars.
    """
    return _french().get(key, {}).get(relation, ())
