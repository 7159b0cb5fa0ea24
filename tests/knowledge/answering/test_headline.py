"""The line that answers: what it must keep, and what it must not begin with."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.concepts import read
from knowledge.answering.headline import headline
from knowledge.answering.question import understand
from knowledge.answering.slices import Span
from knowledge.corpus import parse
from tests.knowledge.answering.town import generation_of


def line(question: str, text: str) -> str:
    """The headline that a text gives as the quote of an answer."""
    article = replace(parse("Brève", text, "breve"), published=date(2024, 6, 10))
    town = generation_of((article,))
    asked = understand(question)
    concepts = read(town, question, asked).concepts
    return headline(town, asked, concepts, Span("breve", 0, len(article.text)), "fr").text


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Pourquoi le préfet a-t-il fermé la plage ?",
         "Le préfet a fermé mardi la plage de Lorgnac, craignant un nouvel éboulement.",
         "Craignant un nouvel éboulement."),
        ("Pourquoi le vote a-t-il été annulé ?",
         "Le vote de Lorgnac a été annulé pour irrégularités graves.",
         "Pour irrégularités graves."),
        ("Pourquoi le courrier arrive-t-il en retard ?",
         "Faute de camions, le courrier de Lorgnac vient à pied, ce qui retarde d'autant l'envoi.",
         "Faute de camions."),
        ("Pourquoi le match a-t-il été reporté ?",
         "Le match a été reporté, d'autant plus que la pelouse de Lorgnac était gelée.",
         "D'autant plus que la pelouse de Lorgnac était gelée."),
    ],
)  # fmt: skip
def test_a_reason_is_told_alone(question: str, text: str, expected: str) -> None:
    """The reason clause answers a why, whatever word leads it; "d'autant" alone is no reason."""
    assert line(question, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maud Sorgues, brigadière au poste de Lorgnac, a démissionné.",
         "Brigadière au poste de Lorgnac."),
        ("Une pompière volontaire, Maud Sorgues, a été décorée.", "Une pompière volontaire."),
        ("Maud Sorgues, venue de Lorgnac, a gagné.", "Maud Sorgues, venue de Lorgnac, a gagné."),
        ("Maud Sorgues, mardi à Lorgnac, a gagné.", "Maud Sorgues, mardi à Lorgnac, a gagné."),
    ],
)  # fmt: skip
def test_who_somebody_is_stands_in_apposition(text: str, expected: str) -> None:
    """A noun without an article defines too; where somebody comes from does not."""
    assert line("Qui est Maud Sorgues ?", text) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Quelles usines Alcor doit-il vendre ?",
         "Alcor devra vendre ses usines de Lorgnac et d'Orsay ainsi que ses bureaux.",
         "Usines de Lorgnac et d'Orsay."),
        ("Quels pays soutiennent le plan ?",
         "Il compte sur l'appui du Kazakhstan et de la Russie.", "Le Kazakhstan et la Russie."),
    ],
)  # fmt: skip
def test_a_list_begins_with_no_preposition(question: str, text: str, expected: str) -> None:
    """Names that hang on a noun come with it, or with their articles."""
    assert line(question, text) == expected


def test_a_clause_keeps_its_subject() -> None:
    """What a negation weakens is told from the subject on."""
    text = "Le maire, en voyage à Lorgnac, n'était pas là."
    assert line("Où était le maire ?", text) == text


def test_a_number_keeps_its_source() -> None:
    """Of a clause that only its source hedges, the number and the source are enough."""
    text = "Dans une halle pleine, où se pressaient 3 150 personnes selon la mairie, Alcor a gagné."
    assert line("Combien de personnes y avait-il ?", text) == "3 150 personnes selon la mairie."


def test_a_list_keeps_its_preposition() -> None:
    """A preposition that stands again between the names stands before the first one too."""
    told = line("Quels continents Alcor visite-t-il ?",
                "Alcor part pour des continents lointains, en Afrique et en Amérique.")  # fmt: skip
    assert told == "En Afrique et en Amérique."


def test_both_of_two_things_done() -> None:
    """The number of what was destroyed or damaged is not that of what was destroyed."""
    text = "Douze granges ont été détruites ou endommagées, selon un nouveau bilan."
    told = "Douze granges ont été détruites ou endommagées."
    assert line("Combien de granges ont été détruites ?", text) == told
    assert line("Combien de granges y avait-il ?", text) == "Douze granges."


def test_what_the_question_denies_turns_nothing() -> None:
    """Asked since when a thing is forbidden, the date answers, and no "parce que" begins it."""
    text = "Les bergers protestent, parce que le puits est interdit aux troupeaux depuis le 3 mai."
    assert line("Depuis quand le puits est-il interdit ?", text) == "Vendredi 3 mai 2024."
    text = "Les bergers protestent, parce que le puits ne devrait pas rouvrir avant mars 2027."
    told = line("Quand le puits rouvrira-t-il ?", text)
    assert told == "Le puits ne devrait pas rouvrir avant mars 2027."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Jusqu'à quand le préfet a-t-il pour répondre ?",
         "Le préfet, qui a jusqu'au 4 juin 2031 pour répondre, pourrait fermer le pont.",
         "Mercredi 4 juin 2031."),
        ("Quand le pont a-t-il été fermé ?",
         "Le pont, qui pourrait rouvrir un jour, a été fermé le 4 juin 2021.",
         "Vendredi 4 juin 2021."),
        ("Quand le pont rouvrira-t-il ?",
         "Le pont, qui a été fermé en mai, pourrait rouvrir le 4 juin 2031.",
         "Le pont, qui a été fermé en mai, pourrait rouvrir le 4 juin 2031."),
    ],
)  # fmt: skip
def test_a_hedge_stays_in_its_clause(question: str, text: str, expected: str) -> None:
    """What a relative clause hedges leaves the main clause sure, and the other way round."""
    assert line(question, text) == expected
