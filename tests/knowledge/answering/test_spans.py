"""Which words of a sentence answer: numbers, people, places."""

import pytest

from knowledge.answering import spans
from knowledge.answering.concepts import read
from knowledge.answering.question import understand
from knowledge.corpus import parse
from tests.knowledge.answering.town import generation_of


def numbers(question: str, sentence: str) -> list[str]:
    """The numbers of the sentence that may answer, as printed, the nearest first."""
    town = generation_of((parse("Brèves", sentence, "breves"),))
    concepts = read(town, question, understand(question)).concepts
    return [sentence[found.start : found.end] for found in spans.numbers(sentence, concepts)]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Combien coûtera la location du chapiteau ?",
            "Le chapiteau, loué pour trois semaines, revient à 4 200 euros.",
            "4 200 euros",
        ),
        (
            "À combien le rapport chiffrait-il les dégâts ?",
            "Le rapport, long de 84 pages, estimait les dégâts à plus de 2 millions d'euros.",
            "plus de 2 millions d'euros",
        ),
        (
            "Combien d'eau le réservoir perd-il ?",
            "Le réservoir perd près de 30 mètres cubes d'eau par jour depuis deux hivers.",
            "près de 30 mètres cubes",
        ),
        (
            "Quelle quantité de farine la ville a-t-elle envoyée ?",
            "La ville a envoyé cinq camions et 12 tonnes de farine.",
            "12 tonnes",
        ),
        (
            "Combien de gamins vont à la cantine ?",
            "La cantine reçoit 240 écoliers dans trois salles.",
            "240 écoliers",
        ),
        (
            "Combien le pays compte-t-il d'habitants ?",
            "Le pays compte neuf provinces et 3 millions d'habitants.",
            "3 millions d'habitants",
        ),
        (
            "Quel score pour la maire sortante ?",
            "La maire sortante l'emporte avec 61 % des suffrages dans quatre bureaux.",
            "61 %",
        ),
    ],
)
def test_a_number_of_what_is_counted_or_measured(
    question: str, sentence: str, expected: str
) -> None:
    """The number answers whose unit or noun is what the question counts or measures."""
    assert numbers(question, sentence)[:1] == [expected]


def test_a_number_of_another_thing_is_no_answer() -> None:
    """What counts something else is not offered, however near it stands."""
    sentence = "La cantine sert 240 repas dans trois salles."
    assert numbers("Combien de cuisiniers la cantine emploie-t-elle ?", sentence) == []
