"""Expressions of several words that stand for one thing."""

import pytest

from knowledge.language.periphrases import others, width


@pytest.mark.parametrize("asked", ["font partie", "fait partie", "faire partie"])
def test_a_verb_counts_in_any_form(asked: str) -> None:
    """The question "font partie" is the expression that the table lists by its infinitive."""
    assert width(asked.split()) == 2
    assert ("membre",) in others(asked.split())


def test_two_offices_of_one_name_are_not_one() -> None:
    """A secrétaire d'État heads a diplomacy in some countries; in others a junior minister."""
    assert ("chef", "diplomatie") in others(["secrétaire", "État"])
    assert ("ministre", "Affaires", "étrangères") not in others(["secrétaire", "État"])
