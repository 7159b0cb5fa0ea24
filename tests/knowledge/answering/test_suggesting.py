"""Questions that are offered to go on with."""

from dataclasses import replace

from knowledge.answering import answer, offers
from knowledge.corpus import parse
from knowledge.model import Abstention, Answer, ReferenceQuestion
from tests.knowledge.answering.town import generation_of, valmeur


def test_questions_to_go_on_with() -> None:
    """What is offered beside an answer is akin to it, another question, and has an answer."""
    town = valmeur()
    first = "Qui a inauguré la première ligne de tramway de Valmeur ?"
    second = "Combien a coûté le chantier du tramway ?"
    known = (
        ReferenceQuestion(question=second),
        ReferenceQuestion(question=first),
        ReferenceQuestion(question="Combien de salariés la conserverie Delombre employait-elle ?"),
    )
    asked = replace(town, dossier=replace(town.dossier, questions=known))
    offered = offers(asked, answer(asked, first))
    assert second in offered
    assert first not in offered
    assert not any("conserverie" in question for question in offered)
    assert all(isinstance(answer(asked, question), Answer) for question in offered)


def test_an_outlet_called_short_is_nobody() -> None:
    """A name that begins with an article ("Le Fanal") is not offered as somebody to ask about."""
    text = (
        "La maire, Maud Sorgues, a lu la lettre dans Le Fanal, le quotidien de la ville.\n\n"
        "Le port, jeudi matin. Photo Le Fanal / Erell Quéré"
    )
    refused = answer(generation_of((parse("Une lettre", text, "lettre"),)), "Combien de vélos ?")
    assert isinstance(refused, Abstention)
    assert refused.suggestions == ("Qui est Maud Sorgues ?",)
