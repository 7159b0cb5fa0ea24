"""What a dossier covers: period, outlets, who is heard, and who is only spoken of."""

from dataclasses import replace
from datetime import date

from knowledge.annotations import annotate
from knowledge.corpus import parse, passages
from knowledge.generation import Generation
from knowledge.model import Dossier
from knowledge.press import coverage
from knowledge.retrieval import build

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


def test_a_country_that_is_never_heard_is_a_blind_spot() -> None:
    """Spoken of again and again in two articles, and nobody of it is quoted directly."""
    speech = "« Nous voulons un accord », a déclaré le président kazakh. Le Kazakhstan attend.\n\n"
    talk = "L'Ukraine refuse. L'Ukraine attend, dit-on. En Ukraine, on s'inquiète beaucoup.\n"
    found = coverage(made(speech + talk, talk))
    assert found.unheard == ("Ukraine",)
