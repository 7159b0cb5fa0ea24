"""What a question speaks of, each thing with the forms in which the dossier prints it."""

import pytest

from knowledge.answering.asking import ask_of
from knowledge.answering.concepts import Concept
from knowledge.forms import idf_of
from knowledge.generation import Generation
from tests.knowledge.answering.town import valmeur


@pytest.fixture(scope="module")
def town() -> Generation:
    """The small dossier."""
    return valmeur()


def concept(town: Generation, question: str, word: str) -> Concept:
    """The concept of one word of a question."""
    return next(c for c in ask_of(town, question).concepts if c.surface == word)


def test_another_word_weighs_as_the_one_in_print(town: Generation) -> None:
    """A word that the articles say otherwise is no rarer than what they say for it."""
    blocked = concept(town, "Pourquoi les pêcheurs paralysent-ils le chenal ?", "paralysent")
    assert blocked.known
    assert not blocked.in_print
    assert blocked.weight == idf_of(town, "bloqu") < idf_of(town, "paralysent")


def test_a_name_weighs_as_it_is_rare(town: Generation) -> None:
    """A capital that may stand for its country is as rare as the dossier makes it."""
    named = concept(town, "Que demande Londres aux pêcheurs ?", "londres")
    assert named.weight == idf_of(town, "londr")


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Quelle aide a obtenue la conserverie ?", "obtenue"),
        ("Qui touche les pêcheurs ?", "touche"),
        ("Le port risque-t-il de fermer ?", "risque"),
        ("Comment la maire qualifie-t-elle le tramway ?", "qualifie"),
    ],
)
def test_a_light_verb_says_little_of_what_is_asked(
    town: Generation, question: str, word: str
) -> None:
    """A verb that goes with anything is not missed where the rest of the question is found."""
    assert concept(town, question, word).weak
