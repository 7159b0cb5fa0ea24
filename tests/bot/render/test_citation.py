"""Sources, quotes and their numbers, on an article of our own."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.citation import (
    cuts,
    footnote,
    number,
    one_line,
    quotation,
    short_date,
    short_title,
    source_line,
    wire_line,
)
from bot.render.markup import length
from knowledge.model import Language
from tests.bot.render.values import ARTICLE, COST, PART, TEXT, WHOLE, citation


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "Le Journal avec AFP, 28 févr. 2023, § 1"),
        ("en", "Le Journal with AFP, 28 Feb 2023, § 1"),
        ("ru", "Le Journal по материалам AFP, 28 февр. 2023, § 1"),
    ],
)
def test_a_source_is_one_line_in_the_frame_s_language(language: Language, expected: str) -> None:
    """Title, outlet with its agency, date and paragraph stand on one line."""
    title = "Un pont neuf relie enfin les deux rives…"
    assert source_line(WHOLE, language) == f"{title}, {expected}"


def test_what_is_unknown_is_left_out_but_an_unknown_date_is_told() -> None:
    """No outlet: nothing; no date: "date inconnue"; a caption is called one."""
    bare = replace(
        WHOLE, title="Le pont", publisher=None, agency=None, published=None, kind="caption"
    )
    assert source_line(bare, "fr") == "Le pont, date inconnue, légende 1"
    assert (
        source_line(replace(bare, agency="AFP"), "fr") == "Le pont, AFP, date inconnue, légende 1"
    )


def test_an_agency_that_publishes_itself_is_named_once() -> None:
    """An outlet that is its own agency is not "with" itself."""
    assert "AFP avec" not in source_line(replace(WHOLE, publisher="AFP"), "fr")


def test_the_first_of_a_month_is_premier_in_french() -> None:
    """French writes 1er and 2; English and Russian write 1."""
    day = date(2023, 3, 1)
    assert short_date(day, "fr") == "1er mars 2023"
    assert short_date(day, "en") == "1 Mar 2023"
    assert short_date(day, "ru") == "1 мар. 2023"


@given(st.text(min_size=1, max_size=120).map(one_line).filter(bool), st.integers(5, 60))
def test_a_short_title_never_grows(title: str, length: int) -> None:
    """A shortened title is at most one character (…) longer than the limit, and a fit stays."""
    short = short_title(title, length)
    assert len(short) <= max(length + 1, 1)
    assert short == title if len(title) <= length else short.endswith("…")


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Mardi, la maire de Brest a inauguré le nouveau pont.", (False, False)),
        ("la maire de Brest a inauguré le nouveau pont.", (True, False)),
        ("Mardi, la maire de Brest", (False, True)),
        # A slice may leave out the mark that opens its sentence, and the point that ends it.
        ("Il durera un siècle », a-t-elle dit.", (False, False)),
        ("« Il durera un siècle », a-t-elle dit.", (False, False)),
        ("« Il durera un siècle »", (False, True)),
        ("Le chantier a coûté 12 millions", (False, False)),
    ],
)
def test_cuts_are_told_at_sentence_borders(quote: str, expected: tuple[bool, bool]) -> None:
    """A quote is cut where it does not start or end as a sentence of its article does."""
    assert cuts(citation(quote), ARTICLE) == expected


def test_an_article_tells_a_cut_that_looks_cannot_tell() -> None:
    """A slice that starts at a name looks whole; only the article tells that it is not."""
    part = citation("Brest a inauguré le nouveau pont.")
    assert cuts(part) == (False, False)
    assert cuts(part, ARTICLE) == (True, False)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("la maire de Brest", "« […] la maire de Brest […] »"),
        ("« Il durera un siècle »", "« Il durera un siècle » […]"),
        (
            "« Il durera un siècle », a-t-elle dit.",
            "« « Il durera un siècle », a-t-elle dit. »",
        ),
        ('"Pas un euro de trop", assure la ville.', '« "Pas un euro de trop", assure la ville. »'),
    ],
)
def test_a_quote_keeps_its_own_marks(quote: str, expected: str) -> None:
    """[…] stands around the slice, never inside, and « » are not doubled around a whole « … »."""
    assert quotation(citation(quote), ARTICLE) == expected


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 80))
def test_the_slice_stands_whole_in_its_rendering(start: int, length: int) -> None:
    """Whatever the slice, its words are there letter for letter, white space apart."""
    end = min(len(TEXT), start + length)
    slice_ = replace(WHOLE, quote=TEXT[start:end], start=start, end=end)
    assert one_line(TEXT[start:end]) in quotation(slice_, ARTICLE)


def test_quotes_of_one_paragraph_share_a_number() -> None:
    """A source is numbered once, however many quotes come from it."""
    numbered = number((PART, COST, WHOLE))
    assert [numbers for _, numbers in numbered.quotes] == [(1,), (2,), (1,)]
    assert numbered.sources == (PART, COST)


def test_a_statement_in_two_outlets_has_both_numbers() -> None:
    """The same wire in two outlets is one quote with two sources, and said to be one wire."""
    twin = replace(WHOLE, article="autre", publisher="La Gazette", agency=None, same_wire=True)
    numbered = number((replace(WHOLE, also=(twin,)), COST))
    (wire, numbers), _ = numbered.quotes
    assert numbers == (1, 3)
    assert wire_line(wire, numbers, "fr") == "[1, 3] : 2 titres, une seule dépêche AFP"
    nobody = replace(wire, agency=None)
    assert wire_line(nobody, numbers, "fr") == "[1, 3] : 2 titres, un seul texte d'origine"
    assert [source.article for source in numbered.sources] == ["pont", "pont", "autre"]
    assert wire_line(COST, (2,), "fr") is None


def test_one_line_keeps_no_break_spaces() -> None:
    """Runs of white space become one space; the no-break spaces of print stay."""
    assert one_line("a\n\n b\u00a0: c\u202f! ") == "a b\u00a0: c\u202f!"


def test_a_footnote_names_author_title_outlet_date_and_place() -> None:
    """In that order, with inner marks inside the title's; what is unknown is left out."""
    titled = replace(WHOLE, title="Le « grand » pont")
    assert footnote(titled, "fr", ("Anne Le Goff", "Yves Caro")) == (
        "Anne Le Goff, Yves Caro, « Le “grand” pont », Le Journal avec AFP, 28 févr. 2023, § 1"
    )
    bare = replace(titled, publisher=None, agency=None, published=None)
    assert footnote(bare, "en") == "« Le “grand” pont », § 1"


@given(st.text(max_size=600), st.lists(st.text(max_size=90), max_size=5), st.text(max_size=200))
def test_a_footnote_fits_a_button(title: str, authors: list[str], outlet: str) -> None:
    """Telegram lets a button copy 256 units: whatever the article is called, it fits."""
    cited = replace(WHOLE, title=title, publisher=outlet)
    made = footnote(cited, "ru", authors, fits=lambda text: length(text) <= 256)
    assert length(made) <= 256
    assert "\n" not in made
