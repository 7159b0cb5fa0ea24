"""Questions of two parts."""

import pytest

from knowledge.answering import answer
from knowledge.answering.inline import inline
from knowledge.answering.twofold import Halves, split
from knowledge.generation import Generation
from knowledge.model import Abstention, Answer
from tests.knowledge.answering.replies import check
from tests.knowledge.answering.town import valmeur


@pytest.fixture(scope="module")
def town() -> Generation:
    """The small dossier."""
    return valmeur()


@pytest.mark.parametrize(
    ("question", "first", "second", "bare"),
    [
        ("Combien d'ambulances, et pour qui ?", "Combien d'ambulances ?", "Pour qui ?", True),
        ("Qui a gagné le derby et sur quel score ?", "Qui a gagné le derby ?",
         "Sur quel score ?", True),
        ("Qui a été suspendu, et pour combien de temps ?", "Qui a été suspendu ?",
         "Pour combien de temps ?", True),
        ("Quand et où le tram a-t-il roulé ?", "Quand le tram a-t-il roulé ?",
         "Où le tram a-t-il roulé ?", False),
        ("Qui préside le club et que dit-il ?", "Qui préside le club ?", "Que dit-il ?", False),
        ("Combien coûte le pont et qui l'a dessiné ?", "Combien coûte le pont ?",
         "Qui l'a dessiné ?", False),
    ],
)  # fmt: skip
def test_two_questions_are_told_apart(
    question: str, first: str, second: str, *, bare: bool
) -> None:
    """After "et" with a question word, or after two question words in a row."""
    assert split(question) == Halves(first, second, bare)


@pytest.mark.parametrize(
    "question",
    [
        "Qui a rencontré le maire et les pêcheurs ?",
        "Quels sont les ports de Lorgnac et de Valmeur ?",
        "Et pourquoi ?",
        "Le pont et quelques rues sont-ils fermés ?",
        "tramway et pêcheurs",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    """An "et" between nouns asks one thing."""
    assert split(question) is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Qui a inauguré le tramway de Valmeur et quand ?",
         ("Élodie Marchandeau", "mardi 14 mai 2024")),
        ("Où et quand Bastien Korvel a-t-il présenté son projet de criée ?",
         ("Lorgnac", "vendredi 31 mai 2024")),
        ("Combien de salariés la conserverie Delombre employait-elle, et quand fermera-t-elle ?",
         ("85 salariés", "mars")),
        ("Pourquoi les pêcheurs ont-ils bloqué le chenal et qu'a dit Bastien Korvel ?",
         ("gazole", "conflit inutile")),
    ],
)  # fmt: skip
def test_both_parts_are_answered(town: Generation, question: str, words: tuple[str, ...]) -> None:
    """The headline holds both answers, and the evidence proves both."""
    reply = answer(town, question)
    check(town, reply)
    assert isinstance(reply, Answer)
    assert reply.missing == ()
    assert reply.question == question
    for word in words:
        assert word in reply.headline


def test_a_part_without_answer_is_named(town: Generation) -> None:
    """One part found is answered, the other stands in what is missing."""
    reply = answer(town, "Qui a inauguré le tramway de Valmeur et quel vaccin utilise-t-on ?")
    assert isinstance(reply, Answer)
    assert "Marchandeau" in reply.headline
    assert reply.missing == ("quel vaccin utilise-t-on",)


def test_neither_part_is_a_refusal(town: Generation) -> None:
    """Where neither part has an answer the whole question is refused."""
    reply = answer(town, "Quel vaccin utilise-t-on et qui l'a acheté ?")
    assert isinstance(reply, Abstention)


@pytest.mark.parametrize(
    ("headline", "quote", "meant"),
    [
        ("Jeudi 3 avril 2025.", "", "jeudi 3 avril 2025"),
        ("Le tramway roule.", "Le tramway roule.", "le tramway roule"),
        ("L'atelier Korvel.", "dessiné par l'atelier Korvel", "l'atelier Korvel"),
        ("Chine.", "il vient de Chine", "Chine"),
        ("Élodie Marchandeau.", "Élodie Marchandeau parle", "Élodie Marchandeau"),
    ],
)
def test_a_headline_inside_a_line(headline: str, quote: str, meant: str) -> None:
    """The capital of a sentence goes, that of a name stays."""
    assert inline(headline, quote) == meant
