"""Where, when and whether are told of the one who is asked about, or not at all."""

from pathlib import Path

import pytest

from knowledge.answering import answer
from knowledge.corpus import load
from knowledge.generation import Generation
from knowledge.model import Abstention, Answer
from knowledge.shelf import generation_of


@pytest.fixture(scope="module")
def five(shared: Path) -> Generation:
    """The five real articles."""
    return generation_of(load(shared / "dossier"), "five")


@pytest.mark.parametrize(
    "question",
    ["Où Blinken s'est-il rendu après Astana ?", "Zelensky a-t-il rencontré Tokaïev ?"],
)
def test_what_is_told_of_another_is_no_answer(five: Generation, question: str) -> None:
    """Another's journey is not his, and a meeting with another no meeting."""
    assert isinstance(answer(five, question), Abstention)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Où Blinken va-t-il après le Kazakhstan ?", "Tachkent"),
        ("Quand Blinken est-il venu à Astana ?", "28 février 2023"),
        ("Le Kazakhstan a-t-il reconnu l'annexion du Donbass ?", "Non"),
    ],
)
def test_what_is_told_of_them_is(five: Generation, question: str, told: str) -> None:
    """Those who are asked about are answered for."""
    reply = answer(five, question)
    assert isinstance(reply, Answer)
    assert told in reply.headline
