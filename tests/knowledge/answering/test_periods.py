"""The words behind /chronologie."""

from datetime import date

import pytest

from knowledge.answering.periods import Span, span_of
from knowledge.errors import UnusableSearch
from knowledge.model import Limits

YEAR = Limits(since=date(2022, 1, 1), until=date(2022, 12, 31))
FEBRUARY = Limits(since=date(2023, 2, 1), until=date(2023, 2, 28))
SINCE = Limits(since=date(2023, 1, 1))


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("", Span()),
        ("Morvan", Span("Morvan")),
        ("de la maire ?", Span("maire")),
        ("d'Anne Le Goff", Span("Anne Le Goff")),
        ("2022", Span("", YEAR)),
        ("Morvan 2022", Span("Morvan", YEAR)),
        ("Morvan en février 2023", Span("Morvan", FEBRUARY)),
        ("2023-02", Span("", FEBRUARY)),
        ("depuis janvier 2023", Span("", SINCE)),
        ("Morvan depuis:2023", Span("Morvan", SINCE)),
        ("outlet:gazette", Span("", Limits(outlets=("gazette",)))),
    ],
)
def test_a_name_and_a_period_are_told_apart(words: str, span: Span) -> None:
    """Dates in words or ISO limit the period, the rest is the name."""
    assert span_of(words) == span


def test_what_is_relative_counts_from_today() -> None:
    """Last week needs a day to count from."""
    found = span_of("la semaine dernière", date(2023, 3, 5)).limits
    assert (found.since, found.until) == (date(2023, 2, 20), date(2023, 2, 26))


def test_an_operator_without_a_date_is_told() -> None:
    """As in a search."""
    with pytest.raises(UnusableSearch):
        span_of("from:demain")
