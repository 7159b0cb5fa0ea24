"""Who speaks in a dossier, and what the dates of a quote mean."""

from dataclasses import replace
from datetime import date

from knowledge.press.actors import actors, speakers
from knowledge.press.dating import dates_within
from tests.knowledge.press.conftest import dossier_of

HARBOUR = """\
Le maire de Lens, Paul Kessler, a visité le port mardi. « Nous rouvrirons le quai nord », a \
déclaré Paul Kessler. La Belgique est voisine. Selon Paul Kessler, l'État a trop tardé.

La ministre Claire Roux est attendue jeudi. Les travaux dureront de mars à mai 2024.
"""


def test_those_who_speak_come_first_and_places_are_left_out() -> None:
    """Most statements first, then offices; a country that says nothing has no page."""
    generation = dossier_of(HARBOUR)
    names = [page.name for page in actors(generation)]
    assert tuple(names) == speakers(generation)
    assert names[0] == "Paul Kessler"
    assert "Claire Roux" in names
    assert "Belgique" not in names


def test_the_pages_are_worked_out_once_a_generation() -> None:
    """The second call gives the same object."""
    generation = dossier_of(HARBOUR)
    assert actors(generation) is actors(generation)


def test_a_date_within_a_slice_is_resolved_with_its_rule() -> None:
    """What stands outside the slice is left out; the rule names the words."""
    article = replace(dossier_of(HARBOUR).dossier.articles[0], published=date(2024, 2, 28))
    everything = dates_within(article, 0, len(article.text))
    assert [one.text for one in everything][:2] == ["mardi", "jeudi"]
    (one,) = dates_within(article, 0, article.text.index("."))
    assert one.text == "mardi"
    assert one.date.count("-") == 2
    assert "mardi" in one.rule
    assert dates_within(article, 0, 5) == ()
