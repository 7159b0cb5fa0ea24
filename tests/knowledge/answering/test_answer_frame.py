"""How a question is taken: small talk, its language, what it leans on, what it is corrected to."""

from dataclasses import replace

import pytest

from knowledge.answering import answer
from knowledge.answering.asking import ask_of
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Language, Limits
from tests.knowledge.answering.replies import LANGUAGES, QUESTIONS, answered, citations, refused
from tests.knowledge.answering.town import articles, generation_of, valmeur


@pytest.fixture(scope="module")
def town() -> Generation:
    """The small dossier."""
    return valmeur()


@pytest.mark.parametrize(
    ("question", "language"),
    [("Bonjour", "fr"), ("Merci beaucoup !", "fr"), ("Qui es-tu ?", "fr"), ("Hello!", "en"),
     ("Who are you?", "en"), ("Привет", "ru")],
)  # fmt: skip
def test_small_talk(town: Generation, question: str, language: Language) -> None:
    """Small talk gets one friendly line in its own language, and cites nothing."""
    reply = refused(town, question)
    assert (reply.kind, reply.reason, reply.language) == ("small_talk", "small_talk", language)
    assert list(citations(reply)) == []
    assert reply.message


@pytest.mark.parametrize("question", ["", "   ", "???", "« »", "🚋", "\0", "-"])
def test_nothing_to_look_for(town: Generation, question: str) -> None:
    """A question without a word says so."""
    reply = refused(town, question)
    assert reply.reason == "no_match"
    assert reply.message == "Je n'ai pas trouvé de mots à chercher dans cette question."


@pytest.mark.parametrize(
    "question",
    [
        "Wer hat die Straßenbahn eröffnet und warum ist das so wichtig?",
        "¿Quién inauguró el tranvía de la ciudad?",
        "谁为电车剪彩？",
    ],
)
def test_another_language(town: Generation, question: str) -> None:
    """A question in a language that is none of ours is told which are, in French."""
    reply = refused(town, question)
    assert reply.language == "fr"
    assert "français" in reply.message
    assert "Я" in refused(town, question, language="ru").message


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Qui a inauguré le tramway de Valmeur ?", "fr"),
        ("Who opened the tramway of Valmeur?", "en"),
        ("Кто открыл трамвай?", "ru"),
        ("Korvel Valmeur", "fr"),
    ],
)
def test_the_language_of_the_frame(town: Generation, question: str, language: Language) -> None:
    """The frame speaks the question's language, or French, unless another is set."""
    assert answer(town, question).language == language
    for other in LANGUAGES:
        assert answer(town, question, language=other).language == other


@pytest.mark.parametrize(
    ("history", "question", "headline", "understood"),
    [
        (["Qui est Élodie Marchandeau ?"], "Et Bastien Korvel ?",
         "Le directeur du port de Valmeur", "Qui est Bastien Korvel ?"),
        (["Les pêcheurs ont-ils bloqué le chenal ?"], "Pourquoi ?", "gazole", None),
        (["Élodie Marchandeau a-t-elle fermé la rue Haute ?"], "Et pourquoi ?", "les écoles", None),
        (["Bonjour", "Qui est Élodie Marchandeau ?"], "Qu'a-t-elle déclaré ?",
         "« Ce tramway", None),
        (["Une ligne de tramway a-t-elle ouvert en 2024 ?"], "Et en 2027 ?",
         "pourrait", "Une ligne de tramway a-t-elle ouvert en 2027 ?"),
    ],
)  # fmt: skip
def test_follow_ups(
    town: Generation, history: list[str], question: str, headline: str, understood: str | None
) -> None:
    """A question that leans on the one before is completed, and a note says how."""
    reply = answered(town, question, history=history)
    assert headline in reply.headline
    assert reply.question == question
    assert reply.understood != question
    if understood is not None:
        assert reply.understood == understood


def test_a_whole_question_leans_on_nothing(town: Generation) -> None:
    """A question that stands alone has the same answer whatever was asked before."""
    for question in (QUESTIONS[0], QUESTIONS[2], QUESTIONS[10]):
        alone = answer(town, question)
        later = answer(town, question, history=("Qui est Bastien Korvel ?", "Bonjour"))
        assert replace(later, code=alone.code) == alone


def test_the_code_stands_for_what_was_asked(town: Generation) -> None:
    """The code is the same for the same question, another for another asking."""
    question = QUESTIONS[0]
    code = answer(town, question).code
    assert answer(town, question).code == code
    assert answer(town, QUESTIONS[1]).code != code
    assert answer(town, question, history=("Bonjour",)).code != code
    assert answer(town, question, limits=Limits(outlets=("fanal",))).code != code
    assert answer(town, question, language="en").code != code
    assert answer(town, question, exclude={("port", 1)}).code != code
    assert answer(generation_of(articles(), digest="1" * 64), question).code != code


def test_a_typing_error_is_told(town: Generation) -> None:
    """A misspelt name is corrected by the dossier's words, and the reply tells it."""
    reply = answered(town, "Qui est Bastien Korvell ?")
    assert [(fold(a), fold(b)) for a, b in reply.corrections] == [("korvell", "korvel")]
    assert reply.question == "Qui est Bastien Korvell ?"


@pytest.mark.parametrize(
    "question",
    [
        "Who is Antony Blinken?",
        "Who's Blinken?",
        "Who was Tokayev?",
        "Кто такой Токаев?",
        "Кто Токаев?",
    ],
)
def test_who_somebody_is_in_another_language(town: Generation, question: str) -> None:
    """As "Qui est X ?": what they are is asked, not another name."""
    asking = ask_of(town, question, ())
    assert (asking.asked.kind, asking.asked.wanted) == ("define", "definition")


@pytest.mark.parametrize("question", ["Who is the mayor of Valmeur?", "Who won?", "Кто победил?"])
def test_who_does_something_is_asked_for_a_name(town: Generation, question: str) -> None:
    """An office or a deed asks who that is."""
    assert ask_of(town, question, ()).asked.wanted == "person"
