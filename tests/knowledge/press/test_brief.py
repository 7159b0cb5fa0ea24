"""The brief: half a page of extracts under headings, each verbatim and each saying its own."""

import pytest

from knowledge.press import brief
from tests.knowledge.press.conftest import dossier_of, own

TRAM = """\
La maire de Valmeur, Élodie Sarrazin, a inauguré mardi 14 mai la première ligne de tramway de \
la ville.

Longue de près de 12 kilomètres, la ligne relie la gare au quartier des Tanneries. Elle a \
coûté 340 millions d'euros.

« Ce tramway rend la ville à ses habitants, et c'est heureux », a déclaré Élodie Sarrazin \
sur la place du Marché.

Une deuxième ligne pourrait ouvrir en 2027, mais le syndicat des transports n'a pas encore \
voté son financement.
"""
NAMES = tuple(own())


@pytest.mark.parametrize("name", NAMES)
def test_a_brief_fits_half_a_page_and_quotes_letter_for_letter(name: str) -> None:
    """Quotes and headings stay under 1,800 characters, 700 for one article, all of them slices."""
    generation = own()[name]
    for article_id in (None, *(a.id for a in generation.dossier.articles)):
        found = brief(generation, article_id)
        cited = [c for part in found.parts for c in part.evidence]
        assert found
        assert sum(len(c.quote) for c in cited) < (700 if article_id else 1800)
        for c in cited:
            assert c.quote == generation.article(c.article).text[c.start : c.end]
            assert len(c.quote) <= 300
            assert article_id in (None, c.article)


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_stands_twice_in_a_brief(name: str) -> None:
    """What one part quotes no other part quotes again."""
    cited = [c for part in brief(own()[name]).parts for c in part.evidence]
    for n, one in enumerate(cited):
        for other in cited[n + 1 :]:
            apart = one.end <= other.start or other.end <= one.start
            assert one.article != other.article or apart


def test_the_parts_tell_what_who_figures_and_what_is_open() -> None:
    """Each part holds what its heading promises, in the order of the page."""
    parts = {p.heading: [c.quote for c in p.evidence] for p in brief(dossier_of(TRAM)).parts}
    assert list(parts) == [h for h in ("what", "who", "when_where", "positions", "figures", "open")
                           if h in parts]  # fmt: skip
    assert parts["what"][0].startswith("La maire de Valmeur")
    assert "rend la ville" in parts["positions"][0]
    assert "340 millions" in " ".join(parts["figures"])
    assert "n'a pas encore voté" in parts["open"][0]


def test_a_brief_of_many_articles_tells_the_latest_news() -> None:
    """Where things stand is part of what happened."""
    generation = own()["conseil"]
    what = brief(generation).parts[0]
    assert what.heading == "what"
    latest = max(a.published for a in generation.dossier.articles if a.published)
    assert what.evidence[-1].published == latest


def test_an_unknown_article_has_no_brief() -> None:
    """An id that no article has is a KeyError, and no empty brief."""
    with pytest.raises(KeyError):
        brief(dossier_of(TRAM), "zzz")


def test_a_dossier_without_a_sentence_has_an_empty_brief() -> None:
    """Nothing to quote, nothing told, and no fault."""
    assert not brief(dossier_of("Lire aussi"))
