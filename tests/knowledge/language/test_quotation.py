"""Quotations, their speakers, negation, hedges, and where a quotation may be cut."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.quotation import (
    Quotation,
    attribute,
    clauses,
    find_quotations,
    hedged,
    negated,
)
from knowledge.language.quote_marks import find_marked

TABLE = Path(__file__).with_name("quotation_cases.tsv")


def _cases() -> list[tuple[str, str]]:
    cases = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "set\t")):
            paragraphs, _, expected = line.partition("\t")
            cases.append((paragraphs, expected))
    return cases


def _short(paragraph: str, quotation: Quotation) -> str:
    words = " ".join(paragraph[quotation.inner_start : quotation.inner_end].split()[:3])
    speaker = quotation.speaker_text or "-"
    unsure = "" if quotation.certain or speaker == "-" else "?"
    return f"{quotation.form[0].upper()} {words} = {speaker}{unsure}"


@pytest.mark.parametrize(("text", "expected"), _cases())
def test_attribution(text: str, expected: str) -> None:
    """Each text of the table gives its quotations with form, first words, speaker, certainty."""
    paragraphs = [paragraph.strip() for paragraph in text.split("¶")]
    found = [
        _short(paragraph, quotation)
        for paragraph, quotations in zip(paragraphs, attribute(paragraphs), strict=True)
        for quotation in quotations
    ]
    assert " ; ".join(found) == expected.strip()


def test_spans_hold_the_words() -> None:
    """The spans slice back to marks, inner words, speaker and verb."""
    text = "« Nous rouvrirons le pont », a déclaré M. Durand."
    (quotation,) = find_quotations(text)
    assert text[quotation.start : quotation.end] == "« Nous rouvrirons le pont »"
    assert text[quotation.inner_start : quotation.inner_end] == "Nous rouvrirons le pont"
    assert text[quotation.speaker_start : quotation.speaker_end] == "M. Durand"
    assert quotation.verb == "déclarer"


def test_a_pronoun_keeps_its_place_and_gets_its_name() -> None:
    """The speaker's span is the pronoun, its text the name the pronoun stands for."""
    paragraphs = ("Claire Roux a visité le port.", "« Il vivra », a-t-elle dit.")
    ((), (quotation,)) = attribute(paragraphs)
    assert paragraphs[1][quotation.speaker_start : quotation.speaker_end] == "elle"
    assert (quotation.speaker_text, quotation.certain) == ("Claire Roux", True)


def test_a_pronoun_of_the_other_gender_stays_unknown() -> None:
    """« elle » is not resolved to « M. Blanc »."""
    ((), (quotation,)) = attribute(("M. Blanc est venu.", "« Bien », a-t-elle dit."))
    assert quotation.speaker_text is None
    assert not quotation.certain


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('Il dit « oui, "peut-être" », puis part.', ['oui, "peut-être"', "peut-être"]),
        ("“un” et ”", ["un"]),
        ("Elle crie « au feu", ["au feu"]),
        ('« un » et “deux” et "trois"', ["un", "deux", "trois"]),
        ("“mal fermé », dit-il", ["mal fermé"]),
        ("« a\n\nb »", ["a"]),
        ('«» ""', []),
    ],
)
def test_marks(text: str, inner: list[str]) -> None:
    """Marks of any kind pair up, nested or mixed; one left open ends with its paragraph."""
    assert [text[m.inner_start : m.inner_end] for m in find_marked(text)] == inner


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("Le maire n'a pas signé.", True),
        ("Le pays a refusé de livrer des armes.", True),
        ("Aucun élu n'est venu.", True),
        ("Elle est partie sans un mot.", True),
        ("Il ne soutient ni l'un ni l'autre.", True),
        ("Le maire a signé.", False),
        ("Il n'a que deux voix.", False),
        ("Le plus grand pont du pays.", False),
        ("Avant qu'il ne parte, il a signé.", False),
    ],
)
def test_negated(text: str, *, turned: bool) -> None:
    """A statement is turned by ne … pas and its like, and by verbs such as refuser."""
    assert negated(text) is turned


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("Selon la police, il aurait fui près de Lens.", ("Selon", "aurait", "près de")),
        ("Le plan semble presque prêt.", ("semble", "presque")),
        ("Elle pourrait revenir.", ("pourrait",)),
        ("Il rencontrait le maire dans un retrait.", ()),
        ("Le pont est ouvert.", ()),
    ],
)
def test_hedged(text: str, hedges: tuple[str, ...]) -> None:
    """The words that weaken a statement come back as printed, in order."""
    assert hedged(text) == hedges


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "Le maire, qui était absent, a voté contre, mais le budget passe.",
            ["Le maire", "qui était absent, a voté contre", "mais le budget passe."],
        ),
        ("Il a dit « oui, mais plus tard » ; elle est partie.",
         ["Il a dit « oui, mais plus tard »", "elle est partie."]),
        ("Le taux est de 7,5 % (hier, et demain) à Lens.",
         ["Le taux est de 7,5 % (hier, et demain) à Lens."]),
        ("Le pont ferme.", ["Le pont ferme."]),
        ("", []),
    ],
)  # fmt: skip
def test_clauses(sentence: str, parts: list[str]) -> None:
    """A sentence is cut at clause borders, never inside marks, brackets or numbers."""
    assert [sentence[start:end] for start, end in clauses(sentence)] == parts


@given(st.text(alphabet='« »“”"a dit,.Il-’Xqu\n', max_size=80))
def test_any_text_is_read(text: str) -> None:
    """Whatever the text, spans are in bounds, inner inside outer, and clauses in order."""
    for quotation in find_quotations(text):
        assert 0 <= quotation.start <= quotation.inner_start < quotation.inner_end
        assert quotation.inner_end <= quotation.end <= len(text)
    last = 0
    for start, end in clauses(text):
        assert last <= start < end <= len(text)
        last = end


@pytest.mark.parametrize(
    "piece", ['"', "« ", "il a dit que ", "selon X, ", "a, ", "M. X a dit « a » "]
)
def test_a_text_without_paragraphs_is_read_in_linear_time(piece: str) -> None:
    """A long hostile text is read piece by piece, and its spans stay in bounds."""
    text = piece * (8000 // len(piece))
    for quotation in find_quotations(text):
        assert 0 <= quotation.start < quotation.end <= len(text)
