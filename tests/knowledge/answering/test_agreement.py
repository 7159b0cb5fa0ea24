"""What several articles say to one question."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering import answer
from knowledge.corpus import parse
from knowledge.generation import Generation
from knowledge.model import Answer, Language, Limits
from tests.knowledge.answering.replies import check
from tests.knowledge.answering.town import generation_of

DAY = date(2024, 5, 19)
MARCH = "Combien de manifestants ont défilé à Brévan ?"


def told(
    *texts: str, days: tuple[date, ...] = (), agency: str | None = None, named: bool = True
) -> Generation:
    """A dossier of one article a text, each of another outlet, of one day unless `days` says."""
    outlets = ("Le Fanal", "Radio Corniche", "La Gazette des dunes")
    return generation_of(
        [
            replace(
                parse(f"Nouvelles de {n}", text, "abc"[n]),
                publisher=outlets[n] if named else None,
                agency=agency,
                published=days[n] if days else DAY,
            )
            for n, text in enumerate(texts)
        ]
    )


def asked(generation: Generation, question: str, language: Language | None = None) -> Answer:
    """The answer, held to what every answer keeps to."""
    reply = answer(generation, question, language=language)
    check(generation, reply)
    assert isinstance(reply, Answer)
    return reply


WIRE = (
    "Le tribunal de Brévan a suspendu jeudi la vente de l'ancienne caserne des pompiers à un "
    "promoteur immobilier, estimant que les élus n'avaient pas été informés de son prix."
)


def test_one_wire_is_one_quote_with_its_sources() -> None:
    """The same agency copy in two outlets is shown once, and said to be one wire."""
    generation = told(
        f"{WIRE} La mairie ne commente pas.",
        f"{WIRE} Un recours est déposé.",
        agency="AFP",
    )
    reply = asked(generation, "Qu'a suspendu le tribunal de Brévan ?")
    assert len(reply.evidence) == 1
    assert [twin.same_wire for twin in reply.evidence[0].also] == [True]
    assert not any("indépendantes" in note for note in reply.notes)


def test_what_agrees_in_other_words_is_a_second_quote() -> None:
    """Two outlets that tell one fact in their own words are two independent sources."""
    generation = told(
        "La maire Élodie Marchandeau a inauguré mardi le tramway de Brévan. La fanfare jouait.",
        "Le tramway de Brévan roule : Élodie Marchandeau l'a inauguré mardi devant les curieux.",
    )
    reply = asked(generation, "Qui a inauguré le tramway de Brévan ?")
    assert {cited.article for cited in reply.evidence} == {"a", "b"}
    assert "2 sources indépendantes." in reply.notes
    assert "selon" not in reply.headline


@pytest.mark.parametrize("one", ["unnamed", "agency"])
def test_independence_is_claimed_only_where_it_is_known(one: str) -> None:
    """Outlets without a name, or behind which one agency stands, are not called independent."""
    generation = told(
        "La maire Élodie Marchandeau a inauguré mardi le tramway de Brévan. La fanfare jouait.",
        "Le tramway de Brévan roule : Élodie Marchandeau l'a inauguré mardi devant les curieux.",
        agency="AFP" if one == "agency" else None,
        named=one == "agency",
    )
    reply = asked(generation, "Qui a inauguré le tramway de Brévan ?")
    assert len(reply.evidence) == 2
    assert reply.notes == ()


COUNTED = (
    "Quelque 12 000 manifestants ont défilé samedi à Brévan contre la fermeture de la maternité.",
    "À Brévan, 7 000 manifestants ont défilé samedi contre la fermeture, selon la préfecture.",
)


@pytest.mark.parametrize(
    ("language", "note"),
    [
        (None, "Les sources diffèrent : "),
        ("en", "The sources differ: "),
        ("ru", "Источники расходятся: "),
    ],
)
def test_numbers_that_differ_stand_side_by_side(language: Language | None, note: str) -> None:
    """Two numbers of one thing are both in the headline and the evidence; nobody wins."""
    reply = asked(told(*COUNTED), MARCH, language)
    assert "12 000 manifestants (Le Fanal)" in reply.headline
    assert "7 000 manifestants, selon la préfecture (Radio Corniche)" in reply.headline
    assert {cited.article for cited in reply.evidence} == {"a", "b"}
    assert any(line.startswith(note) and "Radio Corniche" in line for line in reply.notes)


@pytest.mark.parametrize(
    "other",
    [
        "À Brévan, plus de 10.000 manifestants ont défilé samedi contre cette fermeture.",
        "À Brévan, 12.000 manifestants ont défilé samedi contre cette fermeture.",
        "À Brévan, 11 980 manifestants ont défilé samedi contre cette fermeture.",
        "À Brévan, les manifestants ont défilé samedi contre cette fermeture devant 90 gendarmes.",
        "À Lorgnac, 3 000 manifestants ont défilé samedi contre une autre fermeture.",
        "À Brévan, 12 000 manifestants ont défilé samedi, contre 7 000 manifestants en mars.",
    ],
)
def test_what_is_no_contradiction_is_not_called_one(other: str) -> None:
    """Rounding, a hedge, another thing counted, another place, a change: no difference is told."""
    reply = asked(told(COUNTED[0], other), MARCH)
    assert "(" not in reply.headline
    assert not any("diffèrent" in note for note in reply.notes)


def test_numbers_months_apart_are_told_with_their_months() -> None:
    """Where the articles lie far apart in time the reader sees from when each number is."""
    generation = told(
        "Le pont de Lorgnac coûtera 18,4 millions d'euros. Les travaux dureront deux ans.",
        "Le pont de Lorgnac coûtera finalement 21,7 millions d'euros, dit la cour des comptes.",
        days=(date(2024, 3, 1), date(2024, 9, 1)),
    )
    reply = asked(generation, "Combien coûtera le pont de Lorgnac ?")
    assert "18,4 millions d'euros (Le Fanal, mars 2024)" in reply.headline
    assert "21,7 millions d'euros" in reply.headline
    assert "(Radio Corniche, septembre 2024)" in reply.headline


def test_dates_that_differ_stand_side_by_side() -> None:
    """Two certain days of one event are both told."""
    generation = told(
        "Le festival des Voiles ouvrira ses portes le 14 juin 2024. L'entrée sera libre.",
        "Le festival des Voiles ouvrira ses portes le 15 juin 2024. Trente groupes joueront.",
    )
    reply = asked(generation, "Quand le festival des Voiles ouvrira-t-il ?")
    assert "14 juin 2024 (Le Fanal)" in reply.headline
    assert "15 juin 2024 (Radio Corniche)" in reply.headline


def test_positions_that_differ_get_neither_yes_nor_no_alone() -> None:
    """Where one source affirms what another denies, both are told with their names."""
    generation = told(
        "La région a financé la criée de Brévan. Elle ouvrira en mars.",
        "La région n'a pas financé la criée de Brévan. Les pêcheurs le regrettent.",
    )
    reply = asked(generation, "La région a-t-elle financé la criée de Brévan ?")
    assert sorted(reply.headline.strip(".").lower().split(" ; ")) == [
        "non (radio corniche)", "oui (le fanal)",
    ]  # fmt: skip
    assert len(reply.evidence) == 2


def test_a_hedge_is_no_position() -> None:
    """A conditional neither affirms nor denies."""
    generation = told(
        "La région a financé la criée de Brévan. Elle ouvrira en mars.",
        "La région n'aurait pas financé la criée de Brévan. Les pêcheurs le regrettent.",
    )
    reply = asked(generation, "La région a-t-elle financé la criée de Brévan ?")
    assert not any("diffèrent" in note for note in reply.notes)


def test_nothing_weaker_stands_beside_an_answer() -> None:
    """A sentence of another article that shares words but does not answer is not quoted."""
    generation = told(
        "La conserverie Delombre employait 85 salariés à Brévan. Elle fermera en mars.",
        "La conserverie Delombre de Brévan avait reçu une aide pour ses salariés en 2019.",
    )
    reply = asked(generation, "Combien de salariés la conserverie Delombre employait-elle ?")
    assert [cited.article for cited in reply.evidence] == ["a"]


def test_other_words_for_one_number_are_heard() -> None:
    """A price told in other words is set beside, when both speak of the thing asked about."""
    generation = told(
        "Le pont de Lorgnac coûtera 18,4 millions d'euros. Il ouvrira en mars.",
        "Le pont de Lorgnac divise. La facture atteint désormais 21,7 millions d'euros, selon la "
        "chambre des comptes.",
        "La piscine de Lorgnac coûtera 20 millions d'euros. Elle ouvrira en mai.",
        days=(date(2024, 3, 1), date(2024, 9, 1), date(2024, 9, 1)),
    )
    reply = asked(generation, "Combien coûtera le pont de Lorgnac ?")
    assert reply.headline.startswith("18,4 millions d'euros (Le Fanal, mars 2024) ; 21,7 millions")
    assert [cited.article for cited in reply.evidence] == ["a", "b"]


def test_limits_hold_for_what_differs() -> None:
    """Another outlet's number is not set beside where the question asks for one outlet."""
    reply = answer(told(*COUNTED), MARCH, limits=Limits(outlets=("le fanal",)))
    assert isinstance(reply, Answer)
    assert {cited.article for cited in reply.evidence} == {"a"}


def test_burnt_areas_are_set_side_by_side() -> None:
    """Two surfaces that one fire burnt are both told, in whatever verb the articles use."""
    generation = told(
        "Le feu de la forêt de Brévan a brûlé 2.300 hectares, a annoncé la préfète.",
        "Les crêtes de Brévan rougeoient. Le feu a déjà parcouru 2 100 hectares de pins.",
    )
    reply = asked(generation, "Combien d'hectares ont brûlé à Brévan ?")
    assert "2.300 hectares" in reply.headline
    assert "2 100 hectares" in reply.headline
