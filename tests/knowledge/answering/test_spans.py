"""Which words of a sentence answer: numbers, people, places."""

from collections.abc import Callable, Sequence

import pytest

from knowledge.answering import accounts, answer, naming, quantities, whereabouts
from knowledge.answering.concepts import Concept, read
from knowledge.answering.found import Found
from knowledge.answering.question import understand
from knowledge.corpus import parse
from knowledge.language.terms import stem
from tests.knowledge.answering.town import generation_of


def numbers(question: str, sentence: str) -> list[str]:
    """The numbers of the sentence that may answer, as printed, the nearest first."""
    town = generation_of((parse("Brèves", sentence, "breves"),))
    concepts = read(town, question, understand(question)).concepts
    return [sentence[found.start : found.end] for found in quantities.numbers(sentence, concepts)]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        (
            "Combien coûtera la location du chapiteau ?",
            "Le chapiteau, loué pour trois semaines, revient à 4 200 euros.",
            "4 200 euros",
        ),
        (
            "À combien le rapport chiffrait-il les dégâts ?",
            "Le rapport, long de 84 pages, estimait les dégâts à plus de 2 millions d'euros.",
            "plus de 2 millions d'euros",
        ),
        (
            "Combien d'eau le réservoir perd-il ?",
            "Le réservoir perd près de 30 mètres cubes d'eau par jour depuis deux hivers.",
            "près de 30 mètres cubes d'eau",
        ),
        (
            "Quelle quantité de farine la ville a-t-elle envoyée ?",
            "La ville a envoyé cinq camions et 12 tonnes de farine.",
            "12 tonnes",
        ),
        (
            "Combien de gamins vont à la cantine ?",
            "La cantine reçoit 240 écoliers dans trois salles.",
            "240 écoliers",
        ),
        (
            "Combien le pays compte-t-il d'habitants ?",
            "Le pays compte neuf provinces et 3 millions d'habitants.",
            "3 millions d'habitants",
        ),
        (
            "Quel score pour la maire sortante ?",
            "La maire sortante l'emporte avec 61 % des suffrages dans quatre bureaux.",
            "61 %",
        ),
    ],
)
def test_a_number_of_what_is_counted_or_measured(
    question: str, sentence: str, expected: str
) -> None:
    """The number answers whose unit or noun is what the question counts or measures."""
    assert numbers(question, sentence)[:1] == [expected]


def test_a_number_of_another_thing_is_no_answer() -> None:
    """What counts something else is not offered, however near it stands."""
    sentence = "La cantine sert 240 repas dans trois salles."
    assert numbers("Combien de cuisiniers la cantine emploie-t-elle ?", sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("À 58 ans, Bastien Korvel dirige le port depuis douze ans.", ["58 ans"]),
        ("Bastien Korvel, 58 ans, a dirigé le port pendant 12 ans.", ["58 ans"]),
        ("Bastien Korvel, le directeur du port, âgé de 58 ans, part en mai.", ["58 ans"]),
        ("Un docker de 58 ans, Bastien Korvel, a été élu.", ["58 ans"]),
        ("Âgé de 58 ans, le directeur Bastien Korvel a démissionné.", ["58 ans"]),
        ("Bastien Korvel (58 ans) succède à Maud Sorgues, 44 ans.", ["58 ans"]),
        ("Bastien Korvel veut une limite d'âge de 70 ans pour les élus.", []),
        ("Bastien Korvel, condamné à 12 ans de prison, a fait appel.", []),
        ("Bastien Korvel dirige le port depuis 12 ans.", []),
        ("Maud Sorgues, 44 ans, succède à Bastien Korvel.", []),
        ("L'âge moyen des dockers de Bastien Korvel est de 51 ans.", []),
    ],
)
def test_an_age_stands_beside_its_person(sentence: str, expected: list[str]) -> None:
    """Years in apposition are an age; a limit, an average, a length of time and a term are none."""
    assert numbers("Quel âge a Bastien Korvel ?", sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Combien de postes sont menacés ?",
         "Le syndicat craint 640 suppressions de postes à Lorgnac.", "640 suppressions de postes"),
        ("Combien de gens sont venus ?",
         "La mairie a tenu trois réunions, 240 personnes sont venues.", "240 personnes"),
    ],
)  # fmt: skip
def test_a_number_comes_with_what_it_counts(question: str, sentence: str, expected: str) -> None:
    """The thing counted stays with its number; what stands behind a mark is another's."""
    assert numbers(question, sentence)[:1] == [expected]


def test_a_score_answers_for_a_score_alone() -> None:
    """The result of a match has no unit, and counts nothing else."""
    sentence = "Lorgnac a battu Orlec 31-22 (mi-temps : 17-9) devant 400 spectateurs."
    assert numbers("Quel est le score du match de Lorgnac ?", sentence)[0] == "31-22"
    assert numbers("Combien a payé Lorgnac ?", sentence) == []


def test_an_age_of_somebody_without_a_name() -> None:
    """Whoever is asked about by a noun has no name to stand beside."""
    sentence = "La doyenne, venue de Lorgnac, a 101 ans."
    assert numbers("Quel âge a la doyenne venue de Lorgnac ?", sentence) == ["101 ans"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Quel est le montant de l'amende ?",
         "L'amende frappe 14 entreprises, dont le chiffre d'affaires dépasse 3 millions d'euros."),
        ("Quel est le montant de l'offre ?", "L'offre vise 900 sites, dont 40 en France."),
        ("Combien de temps a duré la panne ?", "La panne a touché 300 foyers et coûté 20 euros."),
        ("Quelle est la superficie du parc ?", "Le parc, long de 12 km, attire 400 visiteurs."),
    ],
)  # fmt: skip
def test_a_number_of_another_dimension_is_no_answer(question: str, sentence: str) -> None:
    """A sum answers in money, a duration in time, a surface in hectares: nothing else does."""
    assert all("euros" in one for one in numbers(question, sentence) if "montant" in question)
    assert "montant" in question or not numbers(question, sentence)


def test_a_name_without_plural_is_counted() -> None:
    """A thing counted by its name needs no unit, however its number stands."""
    sentence = "Sur les neuf Velmar de la flotte, quatre étaient à quai."
    assert numbers("Combien de Velmar sont en panne ?", sentence)[0] == "quatre"


Finder = Callable[[str, Sequence[Concept]], list[Found]]


def first(find: Finder, question: str, sentence: str) -> str | None:
    """What is offered first for the question, as printed."""
    town = generation_of((parse("Brèves", sentence, "breves"),))
    concepts = read(town, question, understand(question)).concepts
    found = find(sentence, concepts)
    return sentence[found[0].start : found[0].end] if found else None


def test_who_acts_in_the_passive() -> None:
    """Whoever stands behind "par" after the participle did it, a country too."""
    sentence = "L'Alliance des ports, coalition menée par la Norvège, siège à Lorgnac."
    assert first(naming.agents, "Qui mène l'Alliance des ports ?", sentence) == "la Norvège"
    assert first(naming.agents, "Qui finance l'Alliance des ports ?", sentence) is None


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("Le forum se tient à Orlec, non loin de la frontière.", "non loin de la frontière"),
        ("Il habite Orlec, ville proche de Lorgnac.", "ville proche de Lorgnac"),
        ("Orlec (nord-ouest du pays) accueille le forum.", "nord-ouest du pays"),
        ("Le forum d'Orlec, ouvert mardi, réunit des ministres.", None),
    ],
)
def test_where_a_place_lies(sentence: str, where: str | None) -> None:
    """What locates a place stands beside its name; a town named elsewhere locates nothing."""
    assert first(whereabouts.situations, "Où se trouve Orlec ?", sentence) == where


def test_a_reason_is_not_what_is_to_be_explained() -> None:
    """A clause of purpose that holds what is asked about is no reason for it."""
    sentence = "Des familles sont parties pour échapper à la réquisition décrétée par le préfet."
    asked = "Pourquoi la réquisition a-t-elle été décrétée par le préfet ?"
    assert first(accounts.reasons, asked, sentence) is None
    found = first(accounts.reasons, "Pourquoi des familles sont-elles parties ?", sentence)
    assert found is not None
    assert found.startswith("pour échapper")


def test_a_place_that_is_left_is_no_place_reached() -> None:
    """The name behind "hors de" or "exilé de" tells where somebody is not."""
    sentence = "Pour son premier voyage hors de Valdie, Korvel a choisi la Merenne."
    town = generation_of((parse("Brèves", sentence, "breves"),))
    question = "Où Korvel s'est-il rendu ?"
    concepts = read(town, question, understand(question)).concepts
    kept = whereabouts.named_alone(sentence, concepts)
    assert [sentence[found.start : found.end] for found in kept] == ["Merenne"]


@pytest.mark.parametrize(
    ("question", "sentence", "where"),
    [
        ("Où les évacués ont-ils passé la nuit ?",
         "Le préfet de Lorgnac, Bastien Korvel, a remercié les évacués de la nuit.", None),
        ("Où les évacués ont-ils passé la nuit ?",
         "Les évacués ont passé la nuit dans la ville de Lorgnac.", "dans la ville de Lorgnac"),
        ("Où les évacués ont-ils passé la nuit ?",
         "Le préfet, Bastien Korvel, a aidé les évacués toute la nuit.", None),
        ("Où sera le siège du nouveau club ?",
         "Le nouveau club compte 40 adhérents en Valdie et à Lorgnac.", None),
        ("Où sera le siège du nouveau club ?",
         "Le siège du nouveau club sera transféré à Lorgnac.", "à Lorgnac"),
    ],
)  # fmt: skip
def test_where_is_no_title_and_no_other_thing(
    question: str, sentence: str, where: str | None
) -> None:
    """The town in a title puts nothing there, nor does a sentence without the thing asked for."""
    town = generation_of((parse("Brèves", sentence, "breves"),))
    concepts = read(town, question, understand(question)).concepts
    found = whereabouts.places(sentence, concepts) or whereabouts.named_alone(sentence, concepts)
    assert (sentence[found[0].start : found[0].end] if found else None) == where


def test_a_hedge_weakens_its_own_number_alone() -> None:
    """The hedge of "près de 40 tonnes" leaves "trois camions" sure, and stays with its number."""
    text = "La ville a envoyé près de 40 tonnes de farine et trois camions aux sinistrés."
    town = generation_of((parse("Brèves", text, "breves"),))
    reply = answer(town, "Combien de camions la ville a-t-elle envoyés ?")
    assert getattr(reply, "headline", "") == "Trois camions."
    reply = answer(town, "Combien de tonnes de farine la ville a-t-elle envoyées ?")
    assert getattr(reply, "headline", "").startswith("Près de 40 tonnes")


MINISTERS = (
    "Le ministre Bastien Korvel doit rencontrer ses homologues de la région (Valdie, Merenne et "
    "Orsenne) dans la capitale de Lorgnac, Port-Orlec."
)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Quelle est la capitale de Lorgnac ?", "Port-Orlec."),
        ("Où Bastien Korvel est-il allé après Port-Orlec ?", None),
    ],
)
def test_a_list_in_brackets_is_nowhere_reached(question: str, headline: str | None) -> None:
    """A place asked for is answered by its name; names of a list in brackets put nobody there."""
    town = generation_of((parse("Une tournée", MINISTERS, "tournee"),))
    found = getattr(answer(town, question), "headline", "")
    if headline is None:
        assert not found.startswith(("Valdie", "Merenne", "Orsenne"))
    else:
        assert found == headline


def test_times_keep_their_preposition() -> None:
    """How often is answered by "à trois reprises": without its "à" that is no French."""
    sentence = "Bastien Korvel a téléphoné à trois reprises à Maud Sorgues."
    assert numbers("Combien de fois Korvel a-t-il téléphoné ?", sentence) == ["à trois reprises"]


@pytest.mark.parametrize(
    "sentence",
    [
        "La grotte découverte au large de la Kervanie est longue de deux kilomètres.",
        "La grotte découverte dans le canyon de Ploumarec est longue de deux kilomètres.",
    ],
)
def test_a_site_discovers_nothing(sentence: str) -> None:
    """The name of where it was found is nobody's, though no list of places holds it."""
    question = "Qui a découvert la grotte ?"
    town = generation_of((parse("Brèves", sentence, "breves"),))
    concepts = read(town, question, understand(question)).concepts
    assert not naming.names(sentence, concepts, people=True)


def test_who_somebody_is_ends_on_no_article() -> None:
    """An office that the texts give to a name is no name with a title before it."""
    question = "Qui est Claire Vandoeuvre ?"
    sentence = "Une équipe conduite par la biologiste Claire Vandoeuvre a daté le récif."
    town = generation_of((parse("Brèves", sentence, "breves"),))
    concepts = read(town, question, understand(question)).concepts
    told = {sentence[one.start : one.end] for one in accounts.definitions(sentence, concepts)}
    assert told == {"la biologiste"}


@pytest.mark.parametrize(
    "question", ["Quels pays sont membres d'Alcor ?", "Quels pays font partie d'Alcor ?"]
)
def test_members_are_those_that_a_body_gathers(question: str) -> None:
    """A sentence on what a body gathers speaks of its members."""
    town = generation_of((parse("Brève", "Alcor regroupe 18 pays riverains.", "breve"),))
    concepts = read(town, question, understand(question)).concepts
    assert any(form == stem("regroupe") for concept in concepts for form, _ in concept.forms)


def test_a_title_begins_with_its_office() -> None:
    """What stands before the office of a president is no part of who that is."""
    sentence = "La foule protestait contre la réélection du président Yanis Kerbrat, dit-on."
    assert first(naming.names, "Qui est le président ?", sentence) == "Yanis Kerbrat"
    town = generation_of((parse("Brèves", sentence, "breves"),))
    concepts = read(town, "Qui a été réélu ?", understand("Qui a été réélu ?")).concepts
    (found,) = naming.names(sentence, concepts)
    titled = naming.titled(sentence, found, concepts)
    assert sentence[titled.start : titled.end] == "président Yanis Kerbrat"


def test_a_proportion_counts_nobody() -> None:
    """Eight in ten is no number of people."""
    sentence = "Plus de huit pêcheurs sur dix ont bloqué le chenal, où mouillaient 40 bateaux."
    assert numbers("Combien de pêcheurs ont bloqué le chenal ?", sentence) == []


def test_a_place_in_brackets_acts_in_nothing() -> None:
    """The department behind a town is nobody."""
    sentence = "La préfecture a fermé le chenal de Valmeur (Corniche)."
    town = generation_of((parse("Brèves", sentence, "breves"),))
    concepts = read(town, "Qui a fermé le chenal ?", understand("Qui a fermé le chenal ?")).concepts
    found = [sentence[one.start : one.end] for one in naming.names(sentence, concepts, people=True)]
    assert "Corniche" not in found


def test_who_leads_a_thing_is_not_what_it_is() -> None:
    """The boss of the steelmaker X defines the boss, not X."""
    sentence = "L'ancien patron du sidérurgiste Kerfonte, Yanis Morvan, a été entendu jeudi."
    assert first(accounts.definitions, "Qu'est-ce que Kerfonte ?", sentence) is None
    boss = first(accounts.definitions, "Qui est Yanis Morvan ?", sentence)
    assert boss == "L'ancien patron du sidérurgiste Kerfonte"
