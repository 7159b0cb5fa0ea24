"""Whose words are answered with, and whom a pronoun stands for."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering import answer
from knowledge.answering.asking import ask_of
from knowledge.answering.slices import Span
from knowledge.answering.voices import voice_of
from knowledge.corpus import parse
from knowledge.generation import Generation
from knowledge.model import Abstention, Answer
from tests.knowledge.answering.town import generation_of

DEBATE = """\
La maire Élodie Marchandeau et le directeur du port Bastien Korvel se sont expliqués mardi sur le \
projet de criée.

« La criée attirera des acheteurs venus de tout le littoral », a déclaré M. Korvel. Il s'est \
félicité de relations « anciennes et confiantes » entre le port et la ville.

De son côté, Élodie Marchandeau a vanté le « caractère unique » des relations entre le port et \
la ville.

Odile Delmas s'est présentée vendredi à la mairie. À la retraite, cette femme de 67 ans préside \
le collectif Sauvons le chenal.
"""


@pytest.fixture(scope="module")
def debate() -> Generation:
    """One article in which three people speak or act."""
    return generation_of((parse("Débat sur la criée", DEBATE, "debat"),))


def test_what_another_said_is_no_answer(debate: Generation) -> None:
    """Asked what somebody says, the answer reports that person's words, not the neighbour's."""
    reply = answer(debate, "Que dit Élodie Marchandeau des relations entre le port et la ville ?")
    assert isinstance(reply, Answer)
    assert "caractère unique" in reply.evidence[0].quote
    assert "confiantes" not in reply.headline


def test_a_pronoun_is_answered_with_its_name(debate: Generation) -> None:
    """Where the quote says "cette femme", the headline names her and a second quote shows it."""
    reply = answer(debate, "Qui préside le collectif Sauvons le chenal ?")
    assert isinstance(reply, Answer)
    assert reply.headline == "Odile Delmas."
    assert "préside le collectif" in reply.evidence[0].quote
    assert any("Odile Delmas" in citation.quote for citation in reply.evidence)


def test_words_that_nobody_said(debate: Generation) -> None:
    """What the dossier has nobody say is refused, though others speak of the subject."""
    reply = answer(debate, "Que dit Odile Delmas des acheteurs de la criée ?")
    assert isinstance(reply, Abstention)


PLANS = """\
Bastien Korvel doit rencontrer jeudi à Lorgnac ses homologues des ports voisins.

Lundi, à Lorgnac, il s'était entretenu avec la ministre Maud Sorgues.
"""


def test_what_happened_before_what_is_planned() -> None:
    """Asked whom somebody has met, a meeting that took place answers before one to come."""
    plans = generation_of((parse("Rencontres à Lorgnac", PLANS, "rencontres"),))
    reply = answer(plans, "Qui Bastien Korvel a-t-il rencontré à Lorgnac ?")
    assert isinstance(reply, Answer)
    assert "Maud Sorgues" in reply.headline
    assert "doit rencontrer" not in reply.evidence[0].quote


COUNCIL = """\
La maire de Lorgnac, Maud Sorgues, a présidé la séance.

« J'ai découvert l'étude de 2019 dans le journal », a déploré l'adjointe Inès Vauquer. « Je ne \
vote plus rien. »

« L'étude de 2019 ne tenait pas compte des fissures », a répondu Maud Sorgues.
"""


def test_an_office_speaks_by_the_name_that_holds_it() -> None:
    """Asked what "la maire" says, only words of the one whom the text calls so will do."""
    council = generation_of((parse("Séance agitée", COUNCIL, "seance"),))
    reply = answer(council, "Que dit la maire de l'étude de 2019 ?")
    assert isinstance(reply, Answer)
    assert "fissures" in reply.evidence[0].quote


def test_a_headline_keeps_who_says_it() -> None:
    """What somebody is reported to have said is never cut from "X a noté que"."""
    text = (
        "Maud Sorgues a noté que bien que la conserverie garde ses clients, elle ne rouvrira pas."
    )
    closed = generation_of((parse("La conserverie", text, "conserverie"),))
    reply = answer(closed, "La conserverie rouvrira-t-elle ?")
    assert isinstance(reply, Answer)
    assert reply.headline.startswith("Maud Sorgues a noté")


def test_a_sentence_on_nothing_asked_is_no_answer(debate: Generation) -> None:
    """A shared verb alone answers nothing: no thing and no name of the question is in the quote."""
    reply = answer(debate, "Quand le festival de musique se présente-t-il ?")
    assert isinstance(reply, Abstention)


def test_who_is_spoken_of_does_not_speak() -> None:
    """A name inside the words of another is not whose words they are."""
    text = "« Le plan de Maud Sorgues est bon pour la criée », a indiqué Bastien Korvel."
    port = generation_of((parse("Le plan", text, "plan"),))
    asking = ask_of(port, "Que dit Sorgues de la criée ?", ())
    span = Span("plan", 0, len(text))
    assert voice_of(port, span, asking.concepts) in ("other", "doubtful")


VISITS = """\
La préfète Inès Vauquer recevant le directeur du port Bastien Korvel à Lorgnac, le 28 novembre 2022.

Lorgnac a aussi reçu les familles chassées par l'inondation annoncée par Mme Vauquer fin septembre.
"""


@pytest.mark.parametrize("when", ["Quand", "Quel jour"])
def test_a_date_of_what_was_done_to_whom_is_asked(when: str) -> None:
    """The date is that of the meeting asked for, not of another welcome; "jour" asks no more."""
    article = replace(parse("Visites", VISITS, "visites"), published=date(2022, 11, 29))
    reply = answer(generation_of((article,)), f"{when} Inès Vauquer a-t-elle reçu Bastien Korvel ?")
    assert "28 novembre 2022" in getattr(reply, "headline", "")


def test_who_does_what_is_asked_may_be_a_speaker() -> None:
    """Whoever reports answers no "qui", unless that very report is what is asked."""
    text = "En juin, Maud Sorgues a publiquement critiqué le préfet lors d'un débat à Lorgnac."
    reply = answer(generation_of((parse("Débat", text, "debat"),)), "Qui a critiqué le préfet ?")
    assert getattr(reply, "headline", "") == "Maud Sorgues."


JOURNEY = """\
Inès Vauquer s'est rendue à Lorgnac mardi pour inaugurer la criée.

La préfète se trouve ce jeudi à Pierrefonte, où se tient un sommet des ports d'Armorique centrale.
"""


def test_what_came_next() -> None:
    """What "et ensuite ?" asks is looked for behind the last answer, and shown as understood."""
    journey = generation_of((parse("Une visite de préfète", JOURNEY, "visite"),))
    base = "Où la préfète Inès Vauquer s'est-elle rendue ?"
    first, then = answer(journey, base), answer(journey, "Et ensuite ?", history=[base])
    assert isinstance(first, Answer)
    assert isinstance(then, Answer)
    assert (first.headline, then.headline) == ("À Lorgnac.", "À Pierrefonte.")
    assert then.understood == "Où la préfète Inès Vauquer s'est-elle rendue ensuite ?"
