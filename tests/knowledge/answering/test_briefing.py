"""Summaries and comparisons as answers: several extracts, one headline that says what it is."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.annotations import annotate
from knowledge.answering import answer
from knowledge.corpus import parse, passages
from knowledge.generation import Generation
from knowledge.model import Answer, Dossier, Reply
from knowledge.retrieval import build
from tests.knowledge.answering.replies import check

STRIKE = """\
Les éboueurs de Brémont ont entamé mardi une grève pour dénoncer leurs horaires.

Quelque 300 grévistes ont défilé devant la mairie de Brémont, et la grève doit durer.

« Cette grève est la nôtre, et nous irons au bout », a déclaré Solange Perrec, porte-parole \
de la grève.

La piscine de Brémont rouvrira en juin, avec un bassin plus profond.
"""
END = """\
La grève des éboueurs de Brémont a pris fin jeudi après trois jours de discussions.

Le ramassage a coûté 90 000 euros à la ville de Brémont, selon la mairie.
"""
OTHER = """\
La grève des éboueurs de Brémont s'achève, et la facture est salée.

Le ramassage aura coûté 140 000 euros à la ville, affirme l'opposition de Brémont.
"""


@pytest.fixture(scope="module")
def strike() -> Generation:
    """Three articles of three outlets on one strike."""
    listed = (
        ("a", "Grève des éboueurs", STRIKE, "Le Fanal", date(2024, 5, 15)),
        ("b", "Fin de la grève", END, "Radio Corniche", date(2024, 5, 17)),
        ("c", "La facture de la grève", OTHER, "L'Écho", date(2024, 5, 17)),
    )
    articles = tuple(
        replace(parse(title, text, name), publisher=outlet, published=day)
        for name, title, text, outlet, day in listed
    )
    dossier = Dossier("La grève de Brémont", "fr", articles)
    found = passages(dossier)
    return Generation(1, "0" * 64, dossier, found, build(dossier, found), annotate(dossier))


def told(generation: Generation, question: str) -> Answer:
    """The answer to a question that has one, held to what every reply keeps to."""
    reply: Reply = answer(generation, question)
    check(generation, reply)
    assert isinstance(reply, Answer), reply
    assert len(reply.headline) + sum(len(c.quote) for c in reply.evidence) <= 700
    return reply


@pytest.mark.parametrize(
    "question",
    [
        "résume le conflit des éboueurs", "fais le point sur la crise autour du ramassage",
        "résume la situation",
    ],
)  # fmt: skip
def test_a_subject_called_a_crisis_is_told(strike: Generation, question: str) -> None:
    """What no article calls so is told by what it is about."""
    assert isinstance(answer(strike, question), Answer)


@pytest.mark.parametrize("question", ["résume le conflit des bus", "résume la crise laitière"])
def test_a_crisis_of_something_else_is_refused(strike: Generation, question: str) -> None:
    """The rest of the subject has to be in print."""
    assert not isinstance(answer(strike, question), Answer)


@pytest.mark.parametrize(
    "question",
    ["Résume la grève des éboueurs", "Fais le point sur la grève", "En bref, la grève ?"],
)
def test_a_subject_is_summed_up_in_order_of_date(strike: Generation, question: str) -> None:
    """Two extracts or more, by date and then text, under a headline that names the subject."""
    reply = told(strike, question)
    assert reply.kind == "brief"
    assert reply.headline.startswith("En bref, la grève")
    places = [(c.published, c.article, c.start) for c in reply.evidence]
    assert len(places) >= 2
    assert places == sorted(places)
    assert not any("piscine" in c.quote for c in reply.evidence)


@pytest.mark.parametrize("question", ["Résume le dossier", "De quoi parle le dossier ?"])
def test_the_dossier_is_summed_up_with_an_extract_of_each_article(
    strike: Generation, question: str
) -> None:
    """The whole dossier: its title, and at most one extract an article."""
    reply = told(strike, question)
    assert reply.headline == "En bref : La grève de Brémont (3 articles)."
    assert len({c.article for c in reply.evidence}) == len(reply.evidence) > 1


def test_an_outlet_s_article_is_summed_up_alone(strike: Generation) -> None:
    """The article of the outlet that the question names, and no other."""
    reply = told(strike, "Résumé de l'article de Radio Corniche")
    assert {c.article for c in reply.evidence} == {"b"}
    assert "Fin de la grève" in reply.headline


def test_a_comparison_says_what_each_side_gives(strike: Generation) -> None:
    """Numbers that differ stand in the headline with their outlets, and nobody wins."""
    reply = told(strike, "Compare ce que disent les sources du coût de la grève")
    assert reply.kind == "compare"
    assert "(Radio Corniche)" in reply.headline
    assert "140 000 euros (L'Écho)" in reply.headline
    assert {"b", "c"} <= {c.article for c in reply.evidence}


@pytest.mark.parametrize(
    "question",
    ["Résume la visite du pape", "Fais le point sur le football", "Compare Zurich et Osaka"],
)
def test_what_the_dossier_does_not_hold_is_refused(strike: Generation, question: str) -> None:
    """No summary is made of a subject that no article holds."""
    assert not isinstance(answer(strike, question), Answer)


def test_the_headline_claims_no_more_than_the_extracts(strike: Generation) -> None:
    """A word of the question that no article holds does not stand in the headline."""
    reply = answer(strike, "Résume la grève victorieuse des éboueurs de Brémont")
    assert not isinstance(reply, Answer) or "victorieuse" not in reply.headline
