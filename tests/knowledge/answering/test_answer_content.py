"""What an answer says, what it quotes, and what it refuses to say."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering import answer, cite, select
from knowledge.corpus import parse
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Abstention, Answer, Limits
from tests.knowledge.answering.replies import QUESTIONS, answered, citations, refused
from tests.knowledge.answering.town import articles, generation_of, valmeur


@pytest.fixture(scope="module")
def town() -> Generation:
    """The small dossier."""
    return valmeur()


@pytest.mark.parametrize(
    ("question", "headline", "article"),
    [
        ("Qui a inauguré la première ligne de tramway de Valmeur ?",
         "Élodie Marchandeau", "tramway"),
        ("Combien de salariés la conserverie Delombre employait-elle ?",
         "85 salariés", "conserverie"),
        ("Pourquoi les pêcheurs ont-ils bloqué le chenal ?", "la hausse du prix du gazole", "port"),
        ("Où Bastien Korvel a-t-il présenté son projet de criée ?", "À Lorgnac", "port"),
        ("Qui parle d'un « conflit inutile » ?", "Bastien Korvel", "port"),
        ("Quels bateaux n'ont pas pris la mer ?",
         "Lorgnac, de Pierrefonte et de Saint-Aubier", "port"),
        ("Que regrette Bastien Korvel ?", "« regrette un conflit inutile »", "port"),
    ],
)  # fmt: skip
def test_headlines(town: Generation, question: str, headline: str, article: str) -> None:
    """The headline is the slice that answers, and the first quote proves it."""
    reply = answered(town, question)
    assert headline in reply.headline
    assert reply.evidence[0].article == article


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Combien a coûté le chantier du tramway ?", "plus de 340 millions d'euros"),
        ("Combien de kilomètres mesure la première ligne de tramway ?", "près de 12 kilomètres"),
        ("Combien de pêcheurs vendraient leur poisson à la criée ?", "environ 60"),
        ("La région a-t-elle financé les stations ?", "n'a pas financé"),
        ("Le conseil municipal a-t-il voté l'aide ?", "n'a jamais voté"),
        ("Une deuxième ligne va-t-elle ouvrir ?", "pourrait"),
        ("Une deuxième ligne de tramway ouvrira-t-elle ?", "pourrait"),
        ("Les bateaux de Pierrefonte ont-ils pris la mer ?", "n'ont pas"),
    ],
)
def test_hedges_negations_and_conditionals_stay(town: Generation, question: str, kept: str) -> None:
    """A headline keeps "près de", "plus de", "n'a pas" and "pourrait" of its sentence."""
    assert fold(kept) in fold(answered(town, question).headline)


def test_a_weekday_is_worked_out_from_the_publication(town: Generation) -> None:
    """With a publication date "mardi" is that very day, and a note says how."""
    reply = answered(town, "Quand Élodie Marchandeau a-t-elle inauguré le tramway ?")
    assert reply.headline == "Mardi 14 mai 2024."
    assert [(d.text, d.date) for d in reply.evidence[0].dates] == [("mardi", "2024-05-14")]
    assert any("mardi 14 mai 2024" in note for note in reply.notes)
    english = answered(town, reply.question, language="en")
    assert english.headline == "Tuesday 14 May 2024."


def test_a_weekday_without_a_publication_stays_open(town: Generation) -> None:
    """Without a publication date the weekday stands as printed, and says that it is open."""
    undated = generation_of([replace(one, published=None) for one in articles()])
    reply = answered(undated, "Quand Élodie Marchandeau a-t-elle inauguré le tramway ?")
    assert reply.headline == "Mardi (date de l'article inconnue)"
    assert reply.evidence[0].dates == ()
    assert "2024" not in reply.headline


@pytest.mark.parametrize(
    "question",
    [
        "Quel vaccin utilise-t-on à Valmeur ?",
        "Qui a gagné le championnat de badminton de Sydney ?",
        "Combien de girafes vivent au zoo ?",
        "Qui est Gontran Vasselier ?",
    ],
)
def test_what_the_dossier_does_not_hold_is_refused(town: Generation, question: str) -> None:
    """A question on something else is refused, with what is missing."""
    reply = refused(town, question)
    assert reply.reason in ("off_topic", "low_coverage", "no_match")
    assert reply.missing
    assert all(word in question for word in reply.missing)


def test_offered_questions_are_answered(town: Generation) -> None:
    """Every question that a refusal offers has an answer."""
    reply = refused(town, "Quel vaccin utilise-t-on à Valmeur ?")
    for question in reply.suggestions:
        answered(town, question)


def test_what_is_excluded_is_never_cited(town: Generation) -> None:
    """Whatever paragraph answered is left out in turn, until nothing is left to cite."""
    question = "Qui a inauguré la première ligne de tramway de Valmeur ?"
    left: set[tuple[str, int]] = set()
    for _ in range(20):
        reply = answer(town, question, exclude=frozenset(left))
        cited = {(one.article, one.paragraph) for one in citations(reply)}
        starts = {(p.article, p.paragraph) for p in town.passages}
        assert not cited & starts & left
        if not cited & starts:
            break
        left |= cited & starts
    assert ("tramway", 1) in left


def test_limits_hold(town: Generation) -> None:
    """Outlets and periods narrow what is cited; none left is said, with the limits."""
    question = "Qui a inauguré la première ligne de tramway de Valmeur ?"
    day = date(2024, 5, 16)
    for limits in (
        Limits(outlets=("fanal",)),
        Limits(since=day, until=day),
        Limits(articles=("tramway",)),
    ):
        assert answered(town, question, limits=limits).evidence[0].article == "tramway"
    for limits in (
        Limits(outlets=("corniche",)),
        Limits(since=date(2024, 6, 1)),
        Limits(articles=("port",)),
    ):
        assert {c.article for c in citations(answer(town, question, limits=limits))} <= {"port"}
    none = refused(town, question, limits=Limits(outlets=("nulle part",), until=date(2020, 1, 2)))
    assert none.reason == "no_match"
    assert "nulle part" in none.message
    assert "2020" in none.message


def test_select_quotes_the_text_given(town: Generation) -> None:
    """select answers from one text alone, with offsets in that text as it is parsed."""
    text = (
        "Le moulin de Granvelle date de 1742. Il a brûlé deux fois.\n\n"
        "Un meunier, Anselme Tabourin, l'a racheté pour moudre du sarrasin."
    )
    article = parse("Le moulin", text)
    reply = select(town, "Qui a racheté le moulin ?", "Le moulin", text)
    assert isinstance(reply, Answer)
    assert "Anselme Tabourin" in reply.headline
    first = reply.evidence[0]
    assert first.quote == article.text[first.start : first.end]
    assert "Anselme Tabourin" in first.quote
    for question in ("Où est le phare ?", "Qui est Bastien Korvel ?", "", "\0 🚋"):
        other = select(town, question, "Le moulin", text)
        for citation in citations(other):
            assert citation.quote == article.text[citation.start : citation.end]
            assert len(citation.quote) <= 300
    assert isinstance(select(town, "Qui chante ?", "Rien", ""), Abstention)
    assert select(town, "Qui ?", "Le moulin", text) == select(town, "Qui ?", "Le moulin", text)


def test_cite(town: Generation) -> None:
    """A citation is the slice with its source; an unknown article is a KeyError."""
    citation = cite(town, "tramway", 0, 20, score=0.12345)
    assert citation.quote == town.article("tramway").text[:20]
    assert citation.score == round(0.12345, 4)
    assert (citation.publisher, citation.agency) == ("Le Fanal", "AFP")
    with pytest.raises(KeyError):
        cite(town, "nulle part", 0, 1)


def test_an_admins_note_is_shown_with_the_citation() -> None:
    """A correction noted on an article travels with every citation of it."""
    noted = [replace(one, note="Article corrigé le 20 mai.") for one in articles()]
    reply = answered(generation_of(noted), QUESTIONS[0])
    assert reply.evidence[0].note == "Article corrigé le 20 mai."
