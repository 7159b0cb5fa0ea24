"""Comparing sources: what each says, and only differences that are differences."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.annotations import annotate
from knowledge.corpus import parse, passages
from knowledge.generation import Generation
from knowledge.model import Dossier
from knowledge.press import compare
from knowledge.retrieval import build
from tests.knowledge.press.conftest import own

DAY = date(2024, 5, 14)


def told(*texts: str, apart: int = 0) -> Generation:
    """A dossier of these texts, published so many days apart."""
    articles = tuple(
        replace(
            parse("Le pont de Kervon", text, "abc"[n]),
            publisher=f"Titre {n}",
            published=DAY + timedelta(days=n * apart),
        )
        for n, text in enumerate(texts)
    )
    dossier = Dossier("Le pont", "fr", articles)
    found = passages(dossier)
    return Generation(1, "0" * 64, dossier, found, build(dossier, found), annotate(dossier))


def differences(*texts: str, apart: int = 0) -> list[tuple[str, str, tuple[str, ...]]]:
    """(kind, relation, words) of what differs on the bridge."""
    found = compare(told(*texts, apart=apart), "pont de Kervon")
    return [(d.kind, d.relation, d.words) for d in found.differences]


COST = "Le pont de Kervon a coûté 42 millions d'euros au département."
MORE = "La facture du pont de Kervon atteint 57 millions d'euros, selon la chambre des comptes."


def test_numbers_of_one_day_contradict_each_other() -> None:
    """Two costs of one bridge, printed on one day, are a contradiction."""
    words = ("42 millions d'euros", "57 millions d'euros")
    assert differences(COST, MORE) == [("number", "contradiction", words)]


def test_a_later_number_may_be_an_update() -> None:
    """The same a month later is told apart, for it may be news."""
    ((_, relation, _),) = differences(COST, MORE, apart=30)
    assert relation == "update"


def test_without_a_date_nobody_can_tell() -> None:
    """An undated source makes neither a contradiction nor an update."""
    generation = told(COST, MORE)
    articles = tuple(replace(a, published=None) for a in generation.dossier.articles)
    dossier = replace(generation.dossier, articles=articles)
    found = passages(dossier)
    undated = Generation(1, "1" * 64, dossier, found, build(dossier, found), annotate(dossier))
    (difference,) = compare(undated, "pont de Kervon").differences
    assert (difference.relation, difference.days) == ("undated", None)


@pytest.mark.parametrize(
    "other",
    [
        "Le pont de Kervon a coûté plus de 40 millions d'euros.",
        "Le pont de Kervon a coûté près de 42 millions d'euros.",
        "Le pont de Kervon a coûté 42 millions d'euros, soit 300 euros par habitant.",
        "Le pont de Kervon mesure 340 mètres de long et porte quatre voies.",
        "Les riverains du pont de Kervon toucheront 900 000 euros d'indemnités.",
        "L'entretien du pont de Kervon coûte 2 millions d'euros par an.",
        "Le pont de Kervon a ouvert en 2024 après 42 mois de chantier.",
    ],
)
def test_what_counts_something_else_or_rounds_does_not_differ(other: str) -> None:
    """A hedge, a rate, another amount or another noun is no contradiction."""
    assert differences(COST, other) == []


def test_crowds_differ_only_on_one_day() -> None:
    """Spectators of two days are two crowds; of one day, two counts of one."""
    one = "Devant 3 000 personnes, la préfète a inauguré le pont de Kervon."
    other = "Le public, 4 500 spectateurs, s'était pressé à l'inauguration du pont de Kervon."
    assert [d[1] for d in differences(one, other)] == ["contradiction"]
    assert differences(one, other, apart=60) == []


def test_two_days_of_one_event_differ() -> None:
    """One event told with two dates, each certain."""
    one = "La préfète a inauguré le nouveau pont de Kervon le 6 mai 2024 devant les élus réunis."
    other = "La préfète a inauguré le nouveau pont de Kervon le 9 mai 2024 devant les élus réunis."
    assert [d[0] for d in differences(one, other)] == ["date"]
    far = "Le marché aux fleurs de la place se tiendra près du pont de Kervon le 9 mai 2024."
    assert differences(one, far) == []


def test_what_one_denies_and_another_affirms_is_a_position() -> None:
    """The same verb of the same people and things, once denied."""
    one = "La mairie de Kervon a financé le pont de la gare."
    other = "La mairie de Kervon n'a pas financé le pont de la gare."
    assert [d[0] for d in differences(one, other)] == ["position"]


@pytest.mark.parametrize(
    "other",
    [
        "La mairie de Kervon n'a pas financé la piscine près du pont.",
        "Le département n'a pas vendu le pont de la gare de Kervon.",
        "La mairie de Kervon aurait refusé de fermer le pont de la gare.",
        "La mairie de Kervon n'a pas encore payé les ouvriers du pont.",
    ],
)
def test_other_verbs_and_objects_are_no_contradiction(other: str) -> None:
    """A denial of something else stands against nothing."""
    one = "La mairie de Kervon a financé le pont de la gare."
    assert [d for d in differences(one, other) if d[0] == "position"] == []


def test_sources_stand_in_order_of_publication() -> None:
    """Each article that speaks of the subject, with one or two slices of its own."""
    generation = told(COST, MORE, "La piscine rouvrira mardi avec un bassin neuf.", apart=3)
    found = compare(generation, "facture du pont")
    assert [source.article for source in found.sources] == ["a", "b"]
    for source in found.sources:
        assert 1 <= len(source.evidence) <= 2
        for c in source.evidence:
            assert c.quote == generation.article(c.article).text[c.start : c.end]


@pytest.mark.parametrize("subject", ["tramway", "Zwicker", "le", "", "?!", "pont de Brest-sur-Mer"])
def test_what_no_article_holds_is_an_empty_comparison(subject: str) -> None:
    """Nothing is compared that the dossier does not speak of."""
    assert not compare(told(COST, MORE), subject)


@pytest.mark.parametrize(
    ("name", "subject", "words"),
    [
        ("handball", "derby", ("3 400 spectateurs", "3 150 personnes")),
        ("corail", "âge du récif", ("environ 4.200 ans", "3 100 ans", "3 700 ans")),
    ],
)
def test_what_our_dossiers_give_otherwise_is_found(
    name: str, subject: str, words: tuple[str, ...]
) -> None:
    """The differences written into our dossiers, and no others."""
    assert [d.words for d in compare(own()[name], subject).differences] == [words]


def test_our_dossiers_hold_no_false_difference() -> None:
    """Broad subjects, many numbers and dates: nothing is called different that is not."""
    for name, subject in (("conseil", "piscine"), ("conseil", "Thibaut Escoubès"),
                          ("handball", "Rasmussen"), ("corail", "réserve"),
                          ("builtin", "Kazakhstan"), ("builtin", "Ukraine")):  # fmt: skip
        if name in own():
            assert compare(own()[name], subject).differences == ()


def test_a_sentence_on_the_name_alone_is_beside_the_point() -> None:
    """Where an article tells of the cost, what else it says of the bridge is left out."""
    more = "Le pont de Kervon relie les deux rives du fleuve depuis plus de trente ans."
    found = compare(told(f"{COST} {more}", MORE), "coût du pont de Kervon")
    assert [c.quote for c in found.sources[0].evidence] == [COST]
