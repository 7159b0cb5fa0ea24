"""Names in French running text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.names import find_names


def names(text: str) -> list[str]:
    """The texts of the names found."""
    return [span.text for span in find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le maire a reçu Mme Ursula von der Leyen.", ["Ursula von der Leyen"]),
        ("M. Garnier et Me Roux plaident.", ["Garnier", "Roux"]),
        ("Hier, J.-P. Garnier et J. K. Rowling ont lu.", ["J.-P. Garnier", "J. K. Rowling"]),
        ("On a vu Valéry Giscard d'Estaing.", ["Valéry Giscard d'Estaing"]),
        ("Il parle à Mohammed ben Salmane.", ["Mohammed ben Salmane"]),
        ("L'O.T.S.C. et l'OTAN se voient.", ["O.T.S.C.", "OTAN"]),
        ("Le G20 suit la COP28.", ["G20", "COP28"]),
        ("Il va en Corée du Nord et aux États-Unis.", ["Corée du Nord", "États-Unis"]),
        ("Au XXIe siècle, Louis XIV reste connu.", ["Louis XIV"]),
        ("La ville élit Jeanne O'Brien et N'Golo Roux.", ["Jeanne O'Brien", "N'Golo Roux"]),
        ("Bachar el-Assad et al-Sissi", ["Bachar el-Assad", "al-Sissi"]),
        ("GRÈVE DES BUS LUNDI MATIN. Nantes attend.", ["Nantes"]),
        ("Elle lit Le Monde le Mardi.", ["Le Monde"]),
    ],
)
def test_names_by_capitals(text: str, expected: list[str]) -> None:
    """Titles stay outside; particles, initials, hyphens and acronyms belong to the name."""
    assert names(text) == expected


def test_a_common_word_that_opens_a_sentence_is_no_name() -> None:
    """The first capital counts when the word is no common one, or is a name elsewhere."""
    assert names("Abstention record. Poutine refuse. Avocate, elle plaide.") == ["Poutine"]
    assert names("Marin court. On applaudit Marin.") == ["Marin", "Marin"]


def test_the_caller_tells_what_is_a_common_word() -> None:
    """`known` replaces the dictionary."""
    assert find_names("Blavet monte.", known=lambda word: word == "blavet") == ()
    assert len(find_names("Blavet monte.", known=set().__contains__)) == 1


@given(st.text(alphabet="AaÉé d'.-«»\nMmVIXe", max_size=80))
def test_spans_are_slices_in_order(text: str) -> None:
    """Every span is a slice of the text, and none overlaps the one before."""
    end = 0
    for span in find_names(text):
        assert span.text == text[span.start : span.end]
        assert span.start >= end
        end = span.end


@pytest.mark.parametrize("piece", ["A. ", "A.", "d'", "a-", "de la ", "A de "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Repetition does not blow the expressions up."""
    started = time.process_time()
    find_names(piece * 20_000)
    assert time.process_time() - started < 3.0
