"""Bylines, date lines, datelines, signatures, dated captions: what a text says of itself."""

from datetime import date

import pytest

from knowledge.corpus import lines
from knowledge.corpus.cleaning import clean
from knowledge.corpus.dates import parse_date
from knowledge.corpus.draft import Draft, Facts

TITLE = "La passerelle du canal sera construite au printemps"
TEXT = "Le conseil municipal a voté jeudi la construction d'une passerelle au-dessus du canal."


def facts(*paragraphs: str, reference: date | None = None) -> Facts:
    """The facts of a page of these paragraphs."""
    page = clean(Draft(lines.read("\n\n".join(paragraphs))), reference=reference)
    assert [text for kind, text in page.paragraphs if kind == "body"][-1].endswith(TEXT[-20:])
    return page.facts


@pytest.mark.parametrize(
    ("line", "publisher", "authors", "agency"),
    [
        ("Par Anne Durand", None, ("Anne Durand",), None),
        ("Par Anne Durand et Jean-Paul Le Goff", None, ("Anne Durand", "Jean-Paul Le Goff"), None),
        ("Par Gazetteville avec AFP", "Gazetteville", (), "AFP"),
        ("Par La Gazette du Port avec Reuters", "La Gazette du Port", (), "Reuters"),
        ("Par Anne Durand (avec AFP)", None, ("Anne Durand",), "AFP"),
        ("Par AFP", None, (), "AFP"),
        ("AFP", None, (), "AFP"),
        ("(AFP)", None, (), "AFP"),
        ("Avec AFP", None, (), "AFP"),
        ("Source : Reuters", None, (), "Reuters"),
        ("Par Anne Durand, envoyée spéciale à Brest", None, ("Anne Durand",), None),
        ("Par Anne Durand (Brest, Finistère, envoyée spéciale)", None, ("Anne Durand",), None),
        ("Par Anne Durand (Londres, correspondante)", None, ("Anne Durand",), None),
        ("Par la rédaction avec AFP", None, (), "AFP"),
        ("R.D. avec AFP", None, (), "AFP"),
        ("Avec notre correspondante à Brest, Anne Durand", None, ("Anne Durand",), None),
        ("Envoyée spéciale à Brest, Anne Durand", None, ("Anne Durand",), None),
        ("par Anne Durand, le 3 mars 2024", None, ("Anne Durand",), None),
    ],
)
def test_byline(
    line: str, publisher: str | None, authors: tuple[str, ...], agency: str | None
) -> None:
    """A byline gives the outlet, the authors and the agency, and is no paragraph."""
    found = facts(TITLE, line, TEXT)
    assert (found.publisher, found.authors, found.agency) == (publisher, authors, agency)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Publié le 1er mars 2023 à 10h12", date(2023, 3, 1)),
        ("Publié le mardi 28 février 2023 à 14 h 05, mis à jour le 2 mars 2023", date(2023, 2, 28)),
        ("28/02/2023 14:33", date(2023, 2, 28)),
        ("28 févr. 2023", date(2023, 2, 28)),
        ("Par Anne Durand | 28/02/2023", date(2023, 2, 28)),
        ("Par Anne Durand, le 28 février 2023", date(2023, 2, 28)),
    ],
)
def test_date_line(line: str, published: date) -> None:
    """A printed date line gives the date, the first of "published" and "updated"."""
    found = facts(TITLE, line, TEXT)
    assert (found.published, found.published_from) == (published, "text")


def test_date_in_the_text_is_no_date_line() -> None:
    """A date inside the text is not the date of the article."""
    text = f"Le 3 mars 2023, tout a commencé. {TEXT}"
    assert facts(TITLE, text).published is None


@pytest.mark.parametrize(
    ("line", "agency", "published"),
    [
        ("PARIS, 3 mars 2023 (Reuters) - ", "Reuters", date(2023, 3, 3)),
        ("Brest (France), 1er mars 2023 (AFP) – ", "AFP", date(2023, 3, 1)),
        ("PARIS (Reuters) - ", "Reuters", None),
        ("PARIS, 3 mars (Reuters) - ", "Reuters", None),
        ("(AFP) - ", "AFP", None),
        ("Le maire (sans étiquette) - ", None, None),
    ],
)
def test_dateline(line: str, agency: str | None, published: date | None) -> None:
    """A dateline gives the agency, and the date when it has a year; it stays in the text."""
    found = facts(TITLE, line + TEXT)
    assert (found.agency, found.published) == (agency, published)
    assert found.published_from == ("dateline" if published else None)


def test_dateline_without_year() -> None:
    """Without a year the day is the last such day before the dossier's reference date."""
    line = f"PARIS, 20 décembre (Reuters) - {TEXT}"
    assert facts(TITLE, line, reference=date(2023, 3, 1)).published == date(2022, 12, 20)


def test_final_agency() -> None:
    """An agency in brackets at the end of the text is its agency."""
    page = clean(Draft(lines.read(f"{TITLE}\n\n{TEXT} (AFP)")))
    assert page.facts.agency == "AFP"
    assert page.paragraphs[-1][1].endswith("(AFP)")


def test_dated_caption() -> None:
    """A dated caption gives the date only when the text names its weekday."""
    caption = "Le port de Brest, le 2 mars 2023. Photo Anne DURAND / AFP"
    assert facts(TITLE, caption, TEXT).published == date(2023, 3, 2)
    assert facts(TITLE, caption, TEXT).published_from == "caption"
    assert facts(TITLE, caption, TEXT.replace("jeudi", "mardi")).published is None
    assert facts(TITLE, caption, TEXT).agency is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1er mars 2023", date(2023, 3, 1)),
        ("le 15 août 2022.", date(2022, 8, 15)),
        ("2023-02-28T14:05:00+01:00", date(2023, 2, 28)),
        ("March 3, 2023", date(2023, 3, 3)),
        ("3 March 2023", date(2023, 3, 3)),
        ("28/02/2023", date(2023, 2, 28)),
        ("31 février 2023", None),
        ("mars 2023", None),
        ("12345/02/2023", None),
        ("", None),
    ],
)
def test_full_dates(text: str, found: date | None) -> None:
    """A date needs its day, month and year, and must exist."""
    assert parse_date(text) == found


def test_a_signature_tells_where_the_reporter_was() -> None:
    """A name with "(Brest, envoyée spéciale)" behind it under an article is no sentence of it."""
    found = facts(TITLE, TEXT, "Anne Durand (Brest, envoyée spéciale)")
    assert found.authors == ("Anne Durand",)
