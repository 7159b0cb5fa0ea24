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


@pytest.mark.parametrize("asked", ["mise à l'écart", "mis à l'écart", "mettre à l'écart"])
def test_a_participle_counts_as_its_verb(asked: str) -> None:
    """The feminine that is also a noun ("mise") is the verb's within its expression."""
    first, *_, last = asked.replace("l'", "").split()
    assert ("suspendre",) in others([first, last])


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        (["Commission"], ("exécutif", "européen")), (["exécutif", "européen"], ("Bruxelles",)),
        (["Matignon"], ("Premier", "ministre")), (["Élysée"], ("chef", "État")),
        (["Bercy"], ("ministère", "Économie")), (["Maison", "Blanche"], ("président", "américain")),
        (["Quai", "Orsay"], ("diplomatie", "française")), (["Kremlin"], ("président", "russe")),
        (["Hémicycle"], ("Assemblée", "nationale")),
    ],
)  # fmt: skip
def test_an_institution_and_its_seat(asked: list[str], printed: tuple[str, ...]) -> None:
    """The press names an institution by its office, its street or its hall."""
    assert printed in others(asked)
