"""A quote is cut where a clause ends, and nothing that stands alone badly begins or ends it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering.slices import best_clause, hangs
from tests.knowledge.answering.town import PORT, TRAM

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
