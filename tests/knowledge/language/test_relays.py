"""Through whom words came: the chain from who said them to who prints them."""

from pathlib import Path

import pytest

from knowledge.language.quotation import Quotation, attribute, find_quotations

TABLE = Path(__file__).with_name("relay_cases.tsv")


def _cases() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(text, expected) for text, expected in rows[1:]]


def _short(quotation: Quotation) -> str:
    links = [f" < {relay.how} {relay.name}" for relay in quotation.relays]
    return (quotation.speaker_text or "-") + "".join(links)


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_chain(text: str, expected: str) -> None:
    """Each text of the table gives its speakers, and the chain behind each."""
    paragraphs = [paragraph.strip() for paragraph in text.split("¶")]
    found = [_short(q) for quotations in attribute(paragraphs) for q in quotations]
    assert " ; ".join(found) == expected


@pytest.mark.parametrize(
    ("text", "inner", "speaker"),
    [
        ("Varsin, cité par Tass, dit que le port vit.", "que le port vit", "Varsin"),
        ("Selon Varsin, rapporte l'AFP, le port vit.", "le port vit", "Varsin"),
        ("Le port vit, selon Tass, qui cite M. Orlan.", "Le port vit", "M. Orlan"),
        ("« Il vit », a dit à l'AFP M. Orlan, lundi.", "Il vit", "M. Orlan"),
    ],
)
def test_spans_are_those_of_the_text(text: str, inner: str, speaker: str) -> None:
    """What was set apart while reading moves no offset."""
    (quotation,) = find_quotations(text)
    assert text[quotation.inner_start : quotation.inner_end] == inner
    assert text[quotation.speaker_start : quotation.speaker_end] == speaker
