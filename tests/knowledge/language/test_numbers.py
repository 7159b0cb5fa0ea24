"""Numbers: found with unit and hedge, valued, compared."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.numbers import NumberMention, find_numbers, same_number

TABLE = Path(__file__).with_name("numbers_cases.tsv")


def _cases() -> list[tuple[str, str]]:
    cases = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "set\t")):
            sentence, expected = line.split("\t")
            cases.append((sentence, expected))
    return cases


def _short(mention: NumberMention) -> str:
    if mention.value is not None:
        value = f"{round(mention.value, 4):.15g}"
    elif mention.low is not None:
        value = f"{mention.low:.15g}..{mention.high:.15g}"
    else:
        value = "~"
    hedge = f"[{mention.hedge}]" if mention.hedge else ""
    kind = f"{{{mention.kind}}}" if mention.kind != "cardinal" else ""
    return " ".join(
        part for part in (f"{mention.text} = {value}", mention.unit, hedge, kind) if part
    )


@pytest.mark.parametrize(("sentence", "expected"), _cases())
def test_number(sentence: str, expected: str) -> None:
    """Each sentence of the table gives its numbers with span, value, unit, hedge and kind."""
    assert " ; ".join(_short(m) for m in find_numbers(sentence)) == expected.strip()


def _only(text: str) -> NumberMention:
    (mention,) = find_numbers(text)
    return mention


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("7.500", "7 500", True),
        ("7 500", "7500", True),
        ("7\u202f500 kilomètres", "7.500 km", True),
        ("1,2 million", "1 200 000", True),
        ("trois ambulances", "3 véhicules", True),
        ("2 tonnes", "2 000 kilos", True),
        ("3 M€", "3 millions d'euros", True),
        ("81 %", "81 pour cent", True),
        ("plus de 81 %", "81 %", True),
        ("une vingtaine", "une vingtaine", True),
        ("62 ans", "64 ans", False),
        ("40 tonnes", "40 kilos", False),
        ("81 %", "81 euros", False),
        ("1,2 million", "1,2 milliard", False),
        ("une dizaine", "une vingtaine", False),
        ("3-1", "3-2", False),
        ("trois", "troisième", False),
    ],
)
def test_same_number(one: str, other: str, *, same: bool) -> None:
    """Two numbers are the same when value and unit are, whatever their print."""
    assert same_number(_only(one), _only(other)) is same
    assert same_number(_only(other), _only(one)) is same


def test_hedges_bound_the_value() -> None:
    """« plus de » leaves the upper end open, « moins de » the lower one."""
    more, less = _only("plus de 50 élus"), _only("moins de 50 élus")
    assert (more.low, more.high, less.low, less.high) == (50, None, None, 50)


def test_core_is_the_number_alone() -> None:
    """The core leaves out hedge and unit."""
    text = "Le navire a livré près de 40 tonnes de riz."
    (mention,) = find_numbers(text)
    assert text[mention.core_start : mention.core_end] == "40"


def test_flags() -> None:
    """Years, scores and ranks can be told from quantities."""
    year, score, rank = (find_numbers(t)[0] for t in ("en 1998", "2-1 à Nantes", "le deuxième"))
    assert year.is_year
    assert score.kind == "score"
    assert rank.is_ordinal


@given(st.text(alphabet="un deux100.,-% milleenviron de€'et\u00a0", max_size=60))
def test_spans_slice_back(text: str) -> None:
    """Spans are in order, do not overlap, and slice back to their words, whatever the text."""
    last = 0
    for mention in find_numbers(text):
        assert last <= mention.start <= mention.core_start < mention.core_end <= mention.end
        assert text[mention.start : mention.end] == mention.text
        last = mention.end
