"""An answer holds the very attribute, event and year that are asked, or there is none."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.corpus import parse
from knowledge.generation import Generation
from tests.knowledge.answering.replies import answered, refused
from tests.knowledge.answering.town import generation_of

FIRE = """\
Un pompier volontaire de 34 ans, Loïc Jaffrenou, est mort mercredi dans la pinède de Ker-Avel. Le \
préfet, qui devait venir jeudi, a reporté sa visite. C'est la ministre de l'Intérieur, Odile \
Santerre, qui s'est rendue sur place.

Une bergère a donné l'alerte vers midi ; elle a été entendue par les gendarmes devant son domicile \
de Plouvran. Le parquet n'a pas nommé de suspect.

L'ancien directeur du parc naturel, Yann Corvest, réclame une enquête. « Nous manquons d'avions », \
a dit le colonel Abel Tréguier, qui dirige les secours. La Norvège s'est entendue avec le \
président Paul Kerdoncuff pour un renfort.
"""
WORKS = """\
La centrale de Roc-Noir a été arrêtée lundi à cause de la chaleur. Le réacteur de la centrale, \
baptisé Vulcain, fournit 900 mégawatts.

En 2023, la centrale avait embauché 60 techniciens. Les syndicats, eux, demandent 25 postes.

Les écologistes s'opposent au projet de deuxième réacteur à Roc-Noir. L'Agence de l'eau n'a pas \
encore rendu son avis.

Le navire-usine Belle-Aurore a livré les pièces. Quatre avions de la Norvège sont arrivés samedi.

Le réacteur bloqué, vu depuis la digue. Photo Armel Kerlouan / Le Fanal
"""


@pytest.fixture(scope="module")
def coast() -> Generation:
    """Two articles on an invented coast."""
    dated = [
        replace(parse(title, text, name), published=date(2024, 8, 15), published_from="manifest")
        for title, text, name in (
            ("Un mort dans l'incendie de Ker-Avel", FIRE, "feu"),
            ("La centrale à l'arrêt", WORKS, "centrale"),
        )
    ]
    return generation_of(tuple(dated))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Comment s'appelle le pompier mort ?", "Loïc Jaffrenou"),
        ("Quel est le nom de la ministre de l'Intérieur ?", "Odile Santerre"),
        ("Nom du réacteur de la centrale ?", "Vulcain"),
        ("Comment se nomme le navire-usine ?", "Belle-Aurore"),
        ("Qui dirige les secours ?", "Abel Tréguier"),
        ("Qui est l'ancien directeur du parc naturel ?", "Yann Corvest"),
        ("Combien d'avions la Norvège a-t-elle envoyés ?", "Quatre"),
        ("Combien de techniciens la centrale a-t-elle embauchés en 2023 ?", "60 techniciens"),
    ],
)
def test_the_very_attribute_answers(coast: Generation, question: str, name: str) -> None:
    """The name of whom or what is asked, and the figure of the year asked."""
    assert name in answered(coast, question).headline


@pytest.mark.parametrize(
    "question",
    [
        "Comment s'appelle le préfet ?",
        "Quel est le nom de la bergère ?",
        "Qui est le directeur du parc naturel ?",
        "Qui préside la centrale de Roc-Noir ?",
        "Qui dirige la Norvège ?",
        "Qui est le parquet ?",
        "Quel syndicat demande des postes ?",
        "Quand la centrale de Roc-Noir redémarrera-t-elle ?",
        "Quel est l'avis de l'Agence de l'eau sur le deuxième réacteur de Roc-Noir ?",
        "Combien de techniciens la centrale a-t-elle embauchés en 2019 ?",
    ],
)
def test_another_attribute_is_refused(coast: Generation, question: str) -> None:
    """Neither a neighbour's name, a place, a past date, another's view nor another year will do."""
    refused(coast, question)


VISIT = """\
Le ministre Loïc Jaffrenou est arrivé lundi à Astana.

Sa venue a pour but de renforcer les liens avec la région. Loïc Jaffrenou, qui s'envolera pour \
l'Ouzbékistan voisin, visite une usine.

Ce pays grand comme cinq fois la France fait partie d'alliances militaires menées par la Russie.

« Nous sommes des amis », a déclaré Yanis Kerbrat lors d'une rencontre avec M. Poutine au Kremlin.
"""


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Pourquoi Loïc Jaffrenou est-il venu à Astana ?", "pour but de renforcer les liens"),
        ("Quel pays Loïc Jaffrenou visite-t-il après Astana ?", "Ouzbékistan"),
        ("Où Kerbrat et Poutine se sont-ils rencontrés ?", "Au Kremlin"),
    ],
)
def test_reasons_and_places_of_a_visit(question: str, headline: str) -> None:
    """The text before tells whose coming it was; a seat and a destination are places."""
    visit = generation_of((parse("Jaffrenou en visite à Astana", VISIT, "visite"),))
    assert headline in answered(visit, question).headline


def test_a_country_is_no_organisation() -> None:
    """France, that a country is compared with, is none of its alliances."""
    visit = generation_of((parse("Jaffrenou en visite à Astana", VISIT, "visite"),))
    refused(visit, "Quelle organisation militaire lie ce pays à la Russie ?")
