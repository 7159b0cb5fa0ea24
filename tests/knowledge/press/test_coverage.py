"""What a dossier covers: period, outlets, who is heard, and who is only spoken of."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.annotations import annotate
from knowledge.corpus import parse, passages
from knowledge.generation import Generation
from knowledge.model import Dossier
from knowledge.press import coverage
from knowledge.retrieval import build
from tests.knowledge.press.conftest import own

FIRST = """\
La ministre Maud Sorgues a reçu mardi le maire de Valmeur, Bastien Korvel.

« La ville aura son tramway, je m'y engage », a déclaré la ministre Maud Sorgues après la rencontre.
"""
SECOND = """\
Le maire de Valmeur, Bastien Korvel, a quitté la réunion avec la ministre Maud Sorgues sans un mot.

Le projet de tramway sera présenté au conseil municipal en juin.
"""


def made(*texts: str) -> Generation:
    """A dossier of these texts; the last one has no date and no outlet."""
    articles = [parse(f"Titre {n}", text, "abc"[n]) for n, text in enumerate(texts)]
    articles[:-1] = [
        replace(a, publisher="Le Fanal", published=date(2024, 5, 14 + n))
        for n, a in enumerate(articles[:-1])
    ]
    dossier = Dossier("Essai", "fr", tuple(articles))
    found = passages(dossier)
    return Generation(1, "0" * 64, dossier, found, build(dossier, found), annotate(dossier))


def test_period_and_outlets_come_from_the_articles() -> None:
    """First and last day, articles without a date, and how many articles an outlet has."""
    found = coverage(made(FIRST, SECOND, "La criée rouvrira en juin."))
    assert (found.articles, found.undated) == (3, 1)
    assert (found.first, found.last) == (date(2024, 5, 14), date(2024, 5, 15))
    assert [(o.name, o.articles) for o in found.outlets] == [("Le Fanal", 2), ("", 1)]


def test_who_is_quoted_is_told_from_who_is_only_spoken_of() -> None:
    """Named in two articles: quoted directly, or without a word of their own."""
    found = coverage(made(FIRST, SECOND))
    assert [actor.name for actor in found.quoted] == ["Maud Sorgues"]
    assert [actor.quoted_in for actor in found.quoted] == [("a",)]
    assert [actor.name for actor in found.spoken_of] == ["Bastien Korvel"]


def test_words_of_an_unknown_speaker_may_be_anybody_s() -> None:
    """Who stands beside words without a sure speaker is not called silent."""
    unsure = SECOND + "\nBastien Korvel marchait vite. « Tout cela ne mène à rien du tout. »\n"
    assert coverage(made(FIRST, unsure)).spoken_of == ()


def test_a_dossier_without_dates_ends_nowhere() -> None:
    """No date is made up."""
    found = coverage(made("La criée rouvrira en juin."))
    assert (found.first, found.last, found.undated) == (None, None, 1)


def spots(*texts: str) -> list[tuple[str, str, bool]]:
    """(name, adjective, whether reported) of each blind spot."""
    return [(s.name, s.adjective, s.reported) for s in coverage(made(*texts)).unheard]


HEARD = "« Nous voulons un accord », a déclaré le président kazakh. Le Kazakhstan attend.\n\n"
TALK = "L'Ukraine refuse. L'Ukraine attend, dit-on. En Ukraine, on s'inquiète beaucoup.\n"


def test_a_country_that_is_never_heard_is_a_blind_spot() -> None:
    """Spoken of again and again in two articles, and nobody of it is quoted directly."""
    assert spots(HEARD + TALK, TALK) == [("Ukraine", "ukrainienne", False)]


@pytest.mark.parametrize(
    "voice",
    [
        "« Jamais », a répondu le ministre ukrainien.\n",
        "« Jamais », a répondu Kiev.\n",
        "« Jamais », a répondu l'ambassadeur d'Ukraine en Chine.\n",
        "La présidente ukrainienne Oksana Veres est venue. « Jamais », a répondu Oksana Veres.\n",
        "« Jamais », a répondu un habitant de Lviv, en Ukraine.\n",
        "Les Ukrainiens ont parlé.\n\n« Jamais », a-t-elle répondu.\n",
    ],
)
def test_whoever_may_be_of_a_country_makes_it_heard(voice: str) -> None:
    """By office, capital, role elsewhere; and who may be of it is enough, sure or not."""
    assert spots(HEARD + TALK, f"{TALK}\n{voice}") == []


def test_an_ambassador_speaks_for_the_country_that_sent_them() -> None:
    """The country that an office is held in is not heard through it."""
    voice = "« Jamais », a répondu l'ambassadeur de France en Ukraine.\n"
    assert spots(HEARD + TALK, f"{TALK}\n{voice}") == [("Ukraine", "ukrainienne", False)]


def test_reported_words_are_told_from_silence() -> None:
    """Indirect speech is no quotation, but more than nothing."""
    voice = "Le ministre ukrainien a affirmé que son pays tiendrait.\n"
    assert spots(HEARD + TALK, f"{TALK}\n{voice}") == [("Ukraine", "ukrainienne", True)]


def test_a_country_named_in_passing_is_no_blind_spot() -> None:
    """In one article alone, or rarely beside the country that the dossier is about."""
    assert spots(HEARD + TALK + TALK, "La criée rouvrira en juin.") == []
    often = "Le Kazakhstan attend. Au Kazakhstan, on attend. " * 20
    assert spots(HEARD + often + TALK, often + TALK) == []


def test_a_story_inside_one_country_has_none() -> None:
    """Where no speaker says which country is theirs, nothing is claimed of any."""
    local = "« Nous rouvrirons le quai », a dit la maire. En France, la France attend la France.\n"
    assert spots(local, local) == []


def test_an_office_has_the_country_that_it_bears_elsewhere() -> None:
    """« Le ministre » of an article is its « ministre kazakh », and of no other country near."""
    voice = "Le ministre kazakh est à Kiev. « L'Ukraine tiendra », a déclaré le ministre.\n"
    assert spots(HEARD + TALK, f"{TALK}\n{voice}") == [("Ukraine", "ukrainienne", False)]


def test_nothing_is_claimed_where_speakers_countries_are_not_printed() -> None:
    """In our own dossiers some words have a speaker who may be of any country named there."""
    assert {name: coverage(g).unheard for name, g in own().items()} == dict.fromkeys(own(), ())


def test_nobody_of_ukraine_is_quoted_in_the_real_articles(real: Generation) -> None:
    """Ukraine is spoken of everywhere; Russia, China, Kazakhstan and America are heard."""
    found = {spot.name: spot.reported for spot in coverage(real).unheard}
    assert "Ukraine" in found
    assert not {"Russie", "Chine", "Kazakhstan", "États-Unis"} & set(found)
