"""Large word lists as Bloom filters."""

import time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.wordset import WordSet, filter_bytes, is_english, is_french, is_proper


@given(st.sets(st.text(max_size=10), max_size=50))
def test_a_filter_never_denies_its_words(words: set[str]) -> None:
    """Every word that was put in is found again."""
    held = WordSet(filter_bytes(words))
    assert all(word in held for word in words)


def test_few_foreign_strings_are_taken_for_words() -> None:
    """At most six in a thousand strings that are no word are taken for French ones."""
    strings = [f"zq{number}xk" for number in range(5_000)]
    assert sum(map(is_french, strings)) <= 30


def test_what_is_too_long_is_no_word() -> None:
    """A string longer than any word is in no set, however long it is, at no cost."""
    long = "a" * 100_000
    assert long not in WordSet(filter_bytes([long]))
    began = time.process_time()
    assert not any(is_french(long) for _ in range(10_000))
    assert time.process_time() - began < 0.5


def test_words_of_two_languages_and_names() -> None:
    """Inflected words of French and English are known, names stand apart."""
    assert all(map(is_french, ["pape", "vaccins", "rencontrait", "elues", "journaux"]))
    assert all(map(is_english, ["minister", "visits", "told"]))
    assert is_proper("paris")
    assert not is_french("minstre")


@pytest.mark.parametrize("name", ["words", "proper"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_filter_tells_its_source_and_licence(language: str, name: str) -> None:
    """The first lines of each file name its source and what is allowed."""
    content = files("knowledge.language").joinpath(language, f"{name}.bloom").read_bytes()
    header = content[: content.index(b"\n\n")].decode()
    assert "Source: " in header
    assert "icence" in header or "Permission" in header
