"""Periods in English and Russian questions."""

from datetime import date

import pytest

from knowledge.language.foreign_periods import find_foreign_period
from knowledge.model import Language


@pytest.mark.parametrize(
    ("language", "question", "span", "since", "until"),
    [
        ("en", "Who came in February 2023?", "in February 2023",
         date(2023, 2, 1), date(2023, 2, 28)),
        ("en", "What happened between January and March 2023?", "between January and March 2023",
         date(2023, 1, 1), date(2023, 3, 31)),
        ("en", "What happened from January to March 2023?", "from January to March 2023",
         date(2023, 1, 1), date(2023, 3, 31)),
        ("en", "Who came before March 1, 2023?", "before March 1, 2023", None, date(2023, 2, 28)),
        ("en", "Who came since 28 November 2022?", "since 28 November 2022",
         date(2022, 11, 28), None),
        ("ru", "Что произошло в сентябре 2022 года?", "в сентябре 2022 года",
         date(2022, 9, 1), date(2022, 9, 30)),
        ("ru", "Что было до 1 марта 2023 года?", "до 1 марта 2023 года", None, date(2023, 2, 28)),
        ("fr", "Qui est venu en 2022 ?", "en 2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)  # fmt: skip
def test_a_period_with_its_year_is_found(
    language: Language, question: str, span: str, since: date | None, until: date | None
) -> None:
    """Months, days and years with their prepositions, and where they stand in the question."""
    found = find_foreign_period(question, language, None)
    assert found is not None
    assert question[found.start : found.end] == span
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "How many people may come?"), ("en", "Who came in May?"), ("ru", "Кто президент?")],
)
def test_no_year_is_no_period(language: Language, question: str) -> None:
    """A month alone, or a word that only looks like one, limits nothing."""
    assert find_foreign_period(question, language, None) is None
