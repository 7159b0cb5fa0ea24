"""The interface's sentences are whole in every language."""

import string

import pytest

from bot.texts import LANGUAGES, texts
from knowledge.model import Language


def fields(sentence: str) -> set[str]:
    """The names of the fields to fill in."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_all_languages_have_the_same_keys() -> None:
    """A sentence exists in every language or in none."""
    french = set(texts("fr"))
    for language in LANGUAGES:
        assert set(texts(language)) == french


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_the_same_fields_in_every_language(language: Language) -> None:
    """A translation neither loses a field nor invents one."""
    french, other = texts("fr"), texts(language)
    for key in french:
        mine, theirs = french.entries[key], other.entries[key]
        assert isinstance(mine, str) == isinstance(theirs, str), key
        if isinstance(mine, str) and isinstance(theirs, str):
            assert fields(mine) == fields(theirs), key
        else:
            assert fields("".join(mine)) == fields("".join(theirs)), key


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("fr", 0, "0 article"),
        ("fr", 1, "1 article"),
        ("fr", 2, "2 articles"),
        ("en", 0, "0 articles"),
        ("en", 1, "1 article"),
        ("ru", 1, "1 статья"),
        ("ru", 3, "3 статьи"),
        ("ru", 5, "5 статей"),
        ("ru", 11, "11 статей"),
        ("ru", 21, "21 статья"),
        ("ru", 112, "112 статей"),
    ],
)
def test_a_number_takes_its_plural_form(language: Language, n: int, expected: str) -> None:
    """Plural forms follow the rules of each language."""
    assert texts(language).count("cli.articles", n) == expected


def test_a_list_is_no_sentence() -> None:
    """Months are asked for as lines, sentences by their key, and mixing them up is an error."""
    french = texts("fr")
    assert len(french.lines("render.months")) == 12
    with pytest.raises(KeyError):
        french["render.months"]
    with pytest.raises(KeyError):
        french.lines("render.unknown_date")
