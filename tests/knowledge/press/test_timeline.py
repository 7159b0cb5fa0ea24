"""Dated events, on a few sentences of our own."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.generation import Generation
from knowledge.model import Limits
from knowledge.press import timeline
from tests.knowledge.press.conftest import dossier_of, own

BRIDGE = """Mardi, la maire Jeanne Morvan a inauguré le nouveau pont de la gare. Le chantier avait \
commencé en mars 2021, et il s'est arrêté trois mois en juin 2022 faute d'acier.

La région a promis un tramway. Paul Keller avait demandé une enquête le 4 mai 2020.
"""
COPY = "La maire Jeanne Morvan a inauguré mardi le nouveau pont de la gare devant la foule."


@pytest.fixture(scope="module")
def bridge() -> Generation:
    """Two articles of one week."""
    generation = dossier_of(BRIDGE, COPY)
    dated = tuple(
        replace(a, published=date(2023, 3, day), publisher=outlet)
        for a, day, outlet in zip(
            generation.dossier.articles, (1, 2), ("Le Journal", "La Gazette"), strict=True
        )
    )
    return replace(generation, dossier=replace(generation.dossier, articles=dated))


def test_events_come_oldest_first_with_their_own_dates(bridge: Generation) -> None:
    """The date is that of the event, as precise as the words, not that of the article."""
    found = timeline(bridge)
    assert [event.date for event in found] == ["2020-05-04", "2021-03", "2022-06", "2023-02-28"]
    assert all(event.rule and event.certain for event in found)


def test_one_event_in_two_articles_has_both_citations(bridge: Generation) -> None:
    """The same day told alike by two outlets is one line with two sources."""
    last = timeline(bridge)[-1]
    assert [cited.article for cited in last.evidence] == ["a", "b"]
    assert last.evidence[0].dates[0].date == "2023-02-28"


def test_two_dates_of_a_sentence_share_it_out(bridge: Generation) -> None:
    """Each event shows the clauses of its own date."""
    texts = {event.date: event.text for event in timeline(bridge)}
    assert texts["2021-03"] == "Le chantier avait commencé en mars 2021"
    assert "trois mois en juin 2022" in texts["2022-06"]
    assert "mars 2021" not in texts["2022-06"]


def test_a_name_and_a_period_choose(bridge: Generation) -> None:
    """Events are kept by who their sentence names, by their date, and by their outlet."""
    assert [event.date for event in timeline(bridge, "Keller")] == ["2020-05-04"]
    assert [event.date for event in timeline(bridge, "Jeanne Morvan")] == ["2023-02-28"]
    period = Limits(since=date(2021, 3, 15), until=date(2022, 12, 31))
    assert [event.date for event in timeline(bridge, limits=period)] == ["2021-03", "2022-06"]
    gazette = timeline(bridge, limits=Limits(outlets=("gazette",)))
    assert [event.evidence[0].article for event in gazette] == ["b"]


def test_without_a_publication_date_tuesday_is_no_date() -> None:
    """A relative date of an undated article is left out, a written one stays."""
    found = timeline(dossier_of(BRIDGE))
    assert [event.date for event in found] == ["2020-05-04", "2021-03", "2022-06"]


def test_every_event_is_cut_from_its_article() -> None:
    """Text and evidence are verbatim slices, in each of our dossiers."""
    for generation in own().values():
        for event in timeline(generation):
            for cited in event.evidence:
                text = generation.article(cited.article).text
                assert text[cited.start : cited.end] == cited.quote
                assert len(cited.quote) <= 300
            assert event.text in event.evidence[0].quote
