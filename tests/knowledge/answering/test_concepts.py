"""What a question speaks of, each thing with the forms in which the dossier prints it."""

import pytest

from knowledge.answering.asking import ask_of
from knowledge.answering.concepts import Concept
from knowledge.forms import SPELLING_SHARE, idf_of
from knowledge.generation import Generation
from knowledge.language.terms import stem
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


def test_a_short_word_has_the_forms_of_the_whole_one(town: Generation) -> None:
    """What is written short finds what is in print as well as the whole word does."""
    short = dict(concept(town, "cb d'hab a la ville", "hab").forms)
    assert short[stem("habitants")] == SPELLING_SHARE


def test_little_words_are_understood_and_the_question_is_kept(town: Generation) -> None:
    """The reply tells what was typed, and beside it what was understood."""
    asking = ask_of(town, "pk les pêcheurs ont bloqué le chenal ?")
    assert asking.question == "pk les pêcheurs ont bloqué le chenal ?"
    assert asking.understood == "pourquoi les pêcheurs ont bloqué le chenal ?"
    assert asking.asked.kind == "why"


def test_a_word_spelled_by_ear_is_corrected(town: Generation) -> None:
    """What is spelled by ear is put right; a word of its own is not taken for another one."""
    assert ask_of(town, "ou est la cryée").corrections == (("cryée", "criee"),)
    assert ask_of(town, "le directeur du porc").corrections == ()


def test_an_expression_that_nobody_prints_stays_its_words(town: Generation) -> None:
    """Two words of an expression are one thing only where the articles name it in some words."""
    words = [c.surface for c in ask_of(town, "Où est la maison de retraite ?").concepts]
    assert words == ["maison", "retraite"]
    words = [c.surface for c in ask_of(town, "Qui est le premier magistrat ?").concepts]
    assert words == ["magistrat"]


@pytest.mark.parametrize(
    ("question", "word"),
    [("Combien la ville doit-elle payer ?", "doit"), ("Combien de pognon manque ?", "pognon")],
)
def test_what_only_asks_is_not_missed(town: Generation, question: str, word: str) -> None:
    """A modal verb, and money where a sum is asked, say nothing of what is asked about."""
    assert concept(town, question, word).weak


def test_little_words_of_the_question_before_are_understood(town: Generation) -> None:
    """A follow-up takes its question word from a question that was typed in haste."""
    asking = ask_of(town, "Et à Lorgnac ?", ["pk les pêcheurs ont bloqué le chenal ?"])
    assert asking.asked.kind == "why"


def test_a_short_word_is_in_print_with_the_whole_one(town: Generation) -> None:
    """No refusal says that no article holds "hab" where one speaks of inhabitants."""
    assert concept(town, "cb d'hab a la ville", "hab").in_print
    assert not concept(town, "le gouv a dit quoi du port", "gouv").in_print


@pytest.mark.parametrize(
    ("question", "word", "weak"),
    [
        ("Quel est le coût du chantier ?", "cout", True),
        ("À quelle profondeur passe le chenal ?", "profondeur", True),
        ("Quel chantier a coûté plus de 340 millions ?", "chantier", False),
    ],
)
def test_a_measure_is_told_by_its_unit(
    town: Generation,
    question: str,
    word: str,
    weak: bool,  # noqa: FBT001
) -> None:
    """A sum of money says "coût" well enough: the word itself is not missed."""
    assert concept(town, question, word).weak == weak
