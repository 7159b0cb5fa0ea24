"""Questions that are offered to go on with."""

from dataclasses import replace

from knowledge.answering import answer, offers
from knowledge.model import Answer, ReferenceQuestion
from tests.knowledge.answering.town import valmeur


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
