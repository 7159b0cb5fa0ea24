"""Periods in the words of a question: they speak of the event, not of the article."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering import answer
from knowledge.corpus import parse
from knowledge.generation import Generation
from knowledge.model import Abstention, Answer, Limits
from tests.knowledge.answering.replies import check
from tests.knowledge.answering.town import generation_of

SEPTEMBER = """\
La maire Élodie Marchandeau a reçu mercredi le ministre Armand Kerviel à Brévan. Ils ont visité \
la criée, dont le toit s'est envolé en juin.
"""
NOVEMBER = """\
Élodie Marchandeau a reçu lundi la préfète Solange Ardouin à Brévan. « Le port doit rester \
ouvert », a déclaré Élodie Marchandeau devant les pêcheurs.
"""
MARCH = """\
Le conseil de Brévan a voté mardi la reconstruction de la criée. Le chantier finira à l'automne \
2025. La criée avait été bâtie en 1911 par la famille Delombre.
"""
TEXTS = (
    (date(2022, 9, 15), SEPTEMBER),
    (date(2022, 11, 28), NOVEMBER),
    (date(2023, 3, 1), MARCH),
)


@pytest.fixture(scope="module")
def brevan() -> Generation:
    """Three articles of one outlet, six months apart."""
    return generation_of(
        [
            replace(parse(f"Brévan {n}", text, "abc"[n]), publisher="Le Fanal", published=day)
            for n, (day, text) in enumerate(TEXTS)
        ]
    )


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Qui Élodie Marchandeau a-t-elle reçu en septembre 2022 ?", "Armand Kerviel"),
        ("Qui Élodie Marchandeau a-t-elle reçu en novembre 2022 ?", "Solange Ardouin"),
        ("Qui Élodie Marchandeau a-t-elle reçu depuis novembre 2022 ?", "Solange Ardouin"),
        ("Qui Élodie Marchandeau a-t-elle reçu avant le 1er novembre 2022 ?", "Armand Kerviel"),
        ("Qui Élodie Marchandeau a-t-elle reçu entre août et octobre 2022 ?", "Armand Kerviel"),
        ("Qu'a déclaré Élodie Marchandeau en novembre 2022 ?", "Le port doit rester ouvert"),
        ("Qu'a voté le conseil de Brévan en février 2023 ?", "reconstruction de la criée"),
        ("Qui a bâti la criée en 1911 ?", "Delombre"),
        ("Quand finira le chantier de la criée ?", "2025"),
    ],
)
def test_a_period_is_that_of_the_event(brevan: Generation, question: str, headline: str) -> None:
    """The sentence whose own date, or else whose article's, falls into the period answers."""
    reply = answer(brevan, question)
    check(brevan, reply)
    assert isinstance(reply, Answer)
    assert headline in reply.headline


def test_the_date_that_was_worked_out_is_told(brevan: Generation) -> None:
    """Where "mercredi" puts a sentence into the period, a note says which day that was."""
    reply = answer(brevan, "Qui Élodie Marchandeau a-t-elle reçu en septembre 2022 ?")
    assert any("mercredi 14 septembre 2022" in note for note in reply.notes)


@pytest.mark.parametrize(
    "question",
    [
        "Qui Élodie Marchandeau a-t-elle reçu en 2021 ?",
        "Qui Élodie Marchandeau a-t-elle reçu depuis mars 2024 ?",
        "Que s'est-il passé en 1980 ?",
    ],
)
def test_what_happened_at_another_time_is_no_answer(brevan: Generation, question: str) -> None:
    """Evidence dated outside the period is not given, and the refusal names the period."""
    reply = answer(brevan, question)
    check(brevan, reply)
    assert isinstance(reply, Abstention)
    assert any("période" in note for note in reply.notes)
    assert not any(word.isdigit() for word in reply.missing)


def test_hard_limits_stay_hard(brevan: Generation) -> None:
    """--from and --to narrow to articles printed then, whatever the question says."""
    limits = Limits(since=date(2022, 11, 1), until=date(2022, 11, 30))
    reply = answer(brevan, "Qui Élodie Marchandeau a-t-elle reçu en 2022 ?", limits=limits)
    assert isinstance(reply, Answer)
    assert {cited.article for cited in reply.evidence} == {"b"}


@pytest.mark.parametrize(
    ("question", "day", "words"),
    [
        ("Que s'est-il passé en septembre 2022 ?", "Mercredi 14 septembre 2022", "Kerviel"),
        ("Quels événements ont eu lieu en novembre 2022 ?", "Lundi 28 novembre 2022", "Ardouin"),
        ("Que s'est-il passé entre janvier et mars 2023 ?", "Mardi 28 février 2023", "voté"),
        ("Que doit-il se passer en 2025 ?", "Automne 2025", "chantier"),
    ],
)
def test_what_happened_is_told_with_its_day(
    brevan: Generation, question: str, day: str, words: str
) -> None:
    """A question of a period alone gets the dated sentences of it, the headline with the day."""
    reply = answer(brevan, question)
    check(brevan, reply)
    assert isinstance(reply, Answer)
    assert reply.headline.startswith(day)
    assert words in reply.headline


def test_articles_of_a_period_answer_where_no_sentence_is_dated() -> None:
    """Without a dated sentence the leads of the articles printed then tell what happened."""
    article = replace(
        parse("Brévan", "La criée de Brévan rouvre ses portes. Les pêcheurs chantent.", "a"),
        published=date(2023, 5, 2),
    )
    reply = answer(generation_of([article]), "Que s'est-il passé en mai 2023 ?")
    assert isinstance(reply, Answer)
    assert reply.headline == "La criée de Brévan rouvre ses portes."
