"""The number or the date of a sentence that belongs to what is asked."""

from datetime import date

import pytest

from knowledge.answering import quantities
from knowledge.answering.concepts import read
from knowledge.answering.question import understand
from knowledge.corpus import parse
from tests.knowledge.answering.town import generation_of

FIRE = (
    "La tempête qui balayait depuis mardi les côtes de Valdie, dans le nord du pays, s'est "
    "éteinte samedi en fin de matinée."
)
PLANES = "Sur les neuf bateaux que compte la flotte de Lorgnac, quatre étaient au sec hier."
STRIKE = (
    "La grève est suivie par 64 % des soignants, selon le syndicat Alcor ; le ministère, lui, "
    "avance 41 %."
)
MARCH = "Alcor annonce 12 000 participants, la préfecture de 3 500."
VOTE = "Les dockers ont approuvé le blocage du port, par 310 voix contre 95."
HEAT = "Contrairement à la crue de 1999, qui avait fait 42 morts, celle-ci a surpris la nuit."
BUDGET = "Avec 2 millions d'euros, Lorgnac est loin des 9 millions du champion."
RATE = "Le chômage touche 8,4 % des actifs, contre 11,2 % en 2016."


def offered(question: str, sentence: str) -> list[str]:
    """The numbers or dates of the sentence that may answer, as printed, the nearest first."""
    town = generation_of((parse("Brèves", sentence, "breves"),))
    asked = understand(question)
    concepts = read(town, question, asked).concepts
    found = (
        quantities.dates(sentence, 0, sentence, date(2024, 6, 10), concepts)
        if asked.wanted == "date"
        else quantities.numbers(sentence, concepts)
    )
    return [sentence[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Quand la tempête s'est-elle éteinte ?", FIRE, "samedi"),
        ("Depuis quand la tempête balayait-elle les côtes ?", FIRE, "depuis mardi"),
        ("Quand le tunnel a-t-il été fermé ?",
         "Le tunnel qui avait rouvert le 3 mai a été fermé le 20 mai par le préfet.", "20 mai"),
        ("Quand la digue a-t-elle cédé ?",
         "La ville a indiqué jeudi que la digue avait cédé mardi vers midi.", "mardi"),
        ("Quand la piscine doit-elle rouvrir ?",
         "La piscine, fermée depuis le 4 mars, ne doit rouvrir qu'en septembre 2025.",
         "septembre 2025"),
        ("Quand l'aide a-t-elle été versée ?",
         "L'aide, votée le 2 mars, est celle du 5 avril, versée en deux fois.", "5 avril"),
    ],
)  # fmt: skip
def test_a_date_is_of_the_clause_of_its_verb(question: str, sentence: str, expected: str) -> None:
    """Of two dates the one answers that stands in the clause of the verb asked about."""
    assert expected.removeprefix("depuis ") in offered(question, sentence)[0]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Combien de bateaux étaient hors service ?", PLANES, "quatre"),
        ("Combien de bateaux compte la flotte de Lorgnac ?", PLANES, "neuf"),
        ("Combien de candidats ont été retenus ?",
         "Trois des vingt candidats ont été retenus par le jury.", "Trois"),
    ],
)  # fmt: skip
def test_a_part_is_not_its_whole(question: str, sentence: str, expected: str) -> None:
    """What stands behind "sur les", "parmi les" and "des" is the whole, not the part asked for."""
    assert offered(question, sentence)[0].startswith(expected)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Quel pourcentage des soignants suit la grève selon le ministère ?", STRIKE, "41 %"),
        ("Quel pourcentage des soignants suit la grève selon le syndicat ?", STRIKE, "64 %"),
        ("Combien de participants y avait-il selon la préfecture ?", MARCH, "3 500"),
        ("Combien de participants y avait-il selon Alcor ?", MARCH, "12 000"),
        ("Quel pourcentage des soignants suit la grève ?", STRIKE, "64 %"),
        ("la préfecture : Combien de participants y avait-il selon Alcor ?", MARCH, "3 500"),
    ],
)
def test_a_number_is_of_its_source(question: str, sentence: str, expected: str) -> None:
    """Each number belongs to the "selon" or the subject of its own part of the sentence."""
    assert offered(question, sentence)[0].startswith(expected)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Combien de voix contre le blocage ?", VOTE, "95"),
        ("Combien de voix pour le blocage ?", VOTE, "310"),
        ("Combien de députés contre la loi ?",
         "La loi a été adoptée : 88 députés pour, 61 contre.", "61"),
        ("Combien de députés pour la loi ?",
         "La loi a été adoptée : 88 députés pour, 61 contre.", "88"),
    ],
)  # fmt: skip
def test_a_vote_has_two_sides(question: str, sentence: str, expected: str) -> None:
    """The first number of a vote is of those for it, the one behind "contre" of those against."""
    assert offered(question, sentence)[0].startswith(expected)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Combien de morts la crue a-t-elle faits ?", HEAT, []),
        ("Combien de morts la crue de 1999 a-t-elle faits ?", HEAT, ["42 morts"]),
        ("Quel est le budget de Lorgnac ?", BUDGET, ["2 millions d'euros", "9 millions"]),
        ("Quel est le budget du champion ?", BUDGET, ["9 millions", "2 millions d'euros"]),
        ("Quel est le taux de chômage ?", RATE, ["8,4 %"]),
        ("Quel était le taux de chômage en 2016 ?", RATE, ["11,2 %", "8,4 %"]),
    ],
)
def test_another_year_is_only_compared(question: str, sentence: str, expected: list[str]) -> None:
    """A figure of another year answers only where that year is asked."""
    told = offered(question, sentence)
    assert [one.split(" des")[0].split(" du")[0] for one in told][: len(expected)] == expected
    assert bool(told) == bool(expected)


def test_a_measure_is_of_the_thing_asked() -> None:
    """A sum in a sentence on something else stands further off than one beside the thing."""
    text = "Alcor pèse 19 milliards d'euros. L'offre de Dunor atteint 41 euros par action."
    assert offered("Quel est le montant de l'offre de Dunor ?", text)[0].startswith("41 euros")
