"""A quote is cut where a clause ends, and nothing that stands alone badly begins or ends it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering.concepts import read
from knowledge.answering.question import understand
from knowledge.answering.slices import best_clause, hangs, last_border
from knowledge.corpus import parse
from tests.knowledge.answering.town import PORT, TRAM, generation_of

RUE = (
    "Le conseil municipal a voté jeudi soir la fermeture de la rue des Tanneurs, où deux écoles"
    " attendent depuis trois ans un passage sûr, et le maire a promis que les travaux"
    " commenceraient avant l'été, tandis que l'opposition demande une étude plus complète des"
    " effets sur la circulation dans tout le quartier de la gare."
)
DATE = (
    "« Nous attendons depuis trois ans », a dit la maire, qui n'a pas donné de date, mais a promis"
    " une réponse avant la fin du mois de juin, si la région donne son accord."
)


@pytest.mark.parametrize(
    ("quote", "limit", "clause"),
    [
        (RUE, 60, "et le maire a promis que les travaux commenceraient"),
        (RUE, 100, "Le conseil municipal a voté jeudi soir la fermeture de la rue des Tanneurs"),
        (RUE, 160, RUE[:132]),
        (RUE, 636, RUE),
        (RUE, 635, RUE[:132]),
        (DATE, 60, "« Nous attendons depuis trois ans », a dit la maire"),
        (DATE, 100, DATE[:78]),
    ],
)
def test_where_a_quote_is_cut(quote: str, limit: int, clause: str) -> None:
    """Whole clauses within the limit, no relative clause alone, quotation marks in pairs."""
    start, end = best_clause(quote, (), limit)
    assert quote[start:end] == clause


@pytest.mark.parametrize(
    ("quote", "end"),
    [("mot" * 100, 50), ("m" * 30 + " " + "n" * 60, 30), (" " + "m" * 90, 50), ("m" * 40, 40)],
)
def test_without_a_clause_it_is_cut_at_a_space(quote: str, end: int) -> None:
    """The last space within the limit ends it; one endless word is cut at the limit, not at 1."""
    assert best_clause(quote, (), 50) == (0, end)


@given(st.sampled_from([RUE, DATE, *TRAM.splitlines(), *PORT.splitlines()]), st.integers(30, 400))
@settings(max_examples=150, deadline=None)
def test_a_clause_keeps_the_limit(quote: str, limit: int) -> None:
    """Whatever the limit, the clause is a slice within it and no relative clause alone."""
    start, end = best_clause(quote, (), limit)
    assert 0 <= start <= end <= len(quote)
    assert end - start <= limit
    assert start == 0 or not hangs(quote[start:])


TWO = (
    "Le club fusionné, qui s'appellera Union Lorgnac, sera présidé par Bastien Korvel jusqu'à l'été"
    " 2031. Maud Sorgues, qui devait en devenir la trésorière, a fait savoir la semaine passée"
    " qu'elle y renonçait pour des raisons de santé et de calendrier, sans en dire davantage."
)
OFFER = (
    "Trois pompiers de Valdie sont arrivés jeudi au port de Lorgnac dans le cadre de l'entraide des"
    " communes de la côte, avec leurs camions. La Merenne a aussi proposé deux bateaux, que Lorgnac"
    " a déclinés."
)
BLAME = (
    "La ministre veut équiper toutes les crèches du pays d'un coin d'ombre avant l'été 2031, un"
    " plan chiffré à 40 millions d'euros que le Parlement doit voter. L'opposition reproche au"
    " gouvernement d'avoir supprimé, au printemps, l'aide versée aux communes."
)
RATE = (
    "La mesure, jugée tardive par les élus du canton, touche 57,9 % des foyers de la vallée haute."
)


@pytest.mark.parametrize(
    ("quote", "question", "expected"),
    [
        (TWO, "fusionné", TWO[: TWO.index(" Maud")]),
        (OFFER, "bateaux", OFFER[OFFER.index("La Merenne") :]),
        (BLAME, "supprimé", BLAME[BLAME.index("L'opposition") :]),
    ],
)
def test_no_stub_of_a_sentence(quote: str, question: str, expected: str) -> None:
    """A slice stops where a sentence does, keeps what reverses it and what an insertion parts."""
    town = generation_of((parse("Brèves", quote, "breves"),))
    concepts = read(town, question, understand(question)).concepts
    start, end = best_clause(quote, concepts, 236)
    assert quote[start:end].strip() == expected


@pytest.mark.parametrize("limit", range(30, 92))
def test_no_number_is_cut(limit: int) -> None:
    """A decimal comma is no border."""
    start, end = best_clause(RATE, (), limit)
    assert not RATE[start:end].endswith(("57", "57,"))


def test_a_quotation_is_not_cut_at_a_word() -> None:
    """Where only a space is left to cut at, one outside quotation marks is taken."""
    text = "Korvel répète « " + "encore " * 12 + "» tous les jours"
    assert text[: last_border(text, 60)] == "Korvel répète"
