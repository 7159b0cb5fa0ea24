"""When two numbers, or two dates, cannot both be right."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.dates import DateMention, find_dates
from knowledge.language.differing import Relation, relate_dates, relate_numbers
from knowledge.language.numbers import NumberMention, find_numbers

DAY = date(2024, 5, 19)


def number(text: str) -> NumberMention:
    """The first number of a text."""
    return find_numbers(text)[0]


def day(text: str) -> DateMention:
    """The first date of a text published on DAY."""
    return find_dates(text, DAY)[0]


@pytest.mark.parametrize(
    ("one", "other", "meant"),
    [
        ("7.500 kilomètres", "7 500 kilomètres", "same"),
        ("7,5 km", "7 500 mètres", "same"),
        ("trois ambulances", "3 ambulances", "same"),
        ("7.500 kilomètres", "7 600 kilomètres", "differ"),
        ("trois ambulances", "quatre ambulances", "differ"),
        ("18,4 millions d'euros", "21,7 millions d'euros", "differ"),
        ("environ 4.200 ans", "3 700 ans", "differ"),
        ("18,4 millions d'euros", "18 millions d'euros", "near"),
        ("plus de 7.000 soldats", "7 500 soldats", "near"),
        ("moins de 10 blessés", "9 blessés", "near"),
        ("quelque 7.500 kilomètres", "7 600 kilomètres", "near"),
        ("une dizaine de blessés", "12 blessés", "near"),
        ("des dizaines de milliers de Russes", "30 000 Russes", "near"),
        ("plus de 7.000 soldats", "200 000 soldats", "differ"),
        ("trois ambulances", "trois médecins", "apart"),
        ("trois ambulances", "12 euros", "apart"),
        ("12 mètres", "12 euros", "apart"),
        ("deuxième", "troisième", "apart"),
    ],
)
def test_numbers(one: str, other: str, meant: Relation) -> None:
    """Rounding and hedges are no difference; what counts other things is not compared."""
    assert relate_numbers(number(one), number(other)) == meant
    assert relate_numbers(number(other), number(one)) == meant


@given(st.integers(2, 10**9), st.integers(2, 10**9))
def test_a_number_never_differs_from_its_rounding(exact: int, digits: int) -> None:
    """A number rounded to fewer digits is near it, and every number is the same as itself."""
    rounded = int(float(f"{exact:.{digits % 4}e}"))
    assert relate_numbers(number(f"{exact} tonnes"), number(f"{exact} tonnes")) == "same"
    if rounded >= 2:
        related = relate_numbers(number(f"{exact} tonnes"), number(f"{rounded} tonnes"))
        assert related in ("same", "near")


@pytest.mark.parametrize(
    ("one", "other", "meant"),
    [
        ("le 14 juin 2024", "le 14 juin 2024", "same"),
        ("le 14 juin 2024", "en juin 2024", "near"),
        ("le 14 juin 2024", "le 15 juin 2024", "differ"),
        ("en juin 2024", "en juillet 2024", "apart"),
    ],
)
def test_dates(one: str, other: str, meant: Relation) -> None:
    """Only certain days differ; a month holds its days."""
    assert relate_dates(day(one), day(other)) == meant
    assert relate_dates(day(other), day(one)) == meant
