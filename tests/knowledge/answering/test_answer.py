"""What every answer keeps to, whatever is asked."""

import json
import os
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering import answer, cite, select
from knowledge.corpus import parse
from knowledge.generation import Generation
from knowledge.language.dates import spell_date
from knowledge.language.terms import fold, tokenize
from knowledge.library import Library
from knowledge.model import Abstention, Answer, Citation, Language, Limits, Reply
from tests.knowledge.answering.town import PORT, TRAM, articles, generation_of, valmeur

ROOT = Path(__file__).resolve().parents[3]

QUESTIONS = (
    "Qui a inauguré la première ligne de tramway de Valmeur ?",
    "Quand Élodie Marchandeau a-t-elle inauguré le tramway ?",
    "Combien a coûté le chantier du tramway ?",
    "Combien de salariés la conserverie Delombre employait-elle ?",
    "La région a-t-elle financé les stations ?",
    "Pourquoi les pêcheurs ont-ils bloqué le chenal ?",
    "Où Bastien Korvel a-t-il présenté son projet de criée ?",
    "Que dit Élodie Marchandeau du tramway ?",
    "Qui parle d'un « conflit inutile » ?",
    "Une deuxième ligne va-t-elle ouvrir ?",
    "Quels bateaux n'ont pas pris la mer ?",
    "Qui est Bastien Korvel ?",
    "tramway Valmeur",
    "Elodie Marchandau a inauguré quoi ?",
    "Quel vaccin utilise-t-on à Valmeur ?",
    "Bonjour",
    "",
)
LANGUAGES: tuple[Language, ...] = ("fr", "en", "ru")


@pytest.fixture(scope="module")
def town() -> Generation:
    """The small dossier."""
    return valmeur()


def answered(town: Generation, question: str, **more: object) -> Answer:
    """The answer to a question that has one."""
    reply = answer(town, question, **more)  # type: ignore[arg-type]
    assert isinstance(reply, Answer), reply
    return reply


def refused(town: Generation, question: str, **more: object) -> Abstention:
    """The refusal of a question that has no answer."""
    reply = answer(town, question, **more)  # type: ignore[arg-type]
    assert isinstance(reply, Abstention), reply
    return reply


def citations(reply: Reply) -> Iterator[Citation]:
    """Every citation of a reply."""
    first = reply.evidence if isinstance(reply, Answer) else (reply.nearest,)
    for citation in first:
        if citation is not None:
            yield citation
            yield from citation.also


def words(text: str) -> set[str]:
    """The folded words of a text."""
    return {fold(token.text) for token in tokenize(text)}


@cache
def template_words(language: Language) -> frozenset[str]:
    """The words that the template file holds."""
    file = resources.files("knowledge.answering.templates") / f"{language}.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(
        words(" ".join(text for section in table.values() for text in section.values()))
    )


def check(town: Generation, reply: Reply) -> None:
    """Hold a reply to what every reply keeps to."""
    for citation in citations(reply):
        article = town.article(citation.article)
        assert citation.quote == article.text[citation.start : citation.end]
        assert 0 < len(citation.quote) <= 300
        assert citation.quote == citation.quote.strip()
        assert 0 <= citation.score <= 1
        paragraph = article.paragraph_at(citation.start)
        assert (citation.paragraph, citation.kind) == (paragraph.number, paragraph.kind)
        assert (citation.title, citation.publisher) == (article.title, article.publisher)
        assert (citation.agency, citation.published) == (article.agency, article.published)
    assert 0 <= reply.confidence <= 1
    assert len(reply.suggestions) <= 2
    if isinstance(reply, Abstention):
        assert reply.message.strip()
        return
    assert 1 <= len(reply.evidence) <= 5
    assert 1 <= len(reply.headline) <= 240
    assert reply.headline == reply.headline.strip()
    assert "\n" not in reply.headline
    allowed = set(template_words(reply.language))
    for citation in citations(reply):
        allowed |= words(citation.quote)
        for resolved in citation.dates:
            allowed |= words(spell_date(resolved.date, reply.language))
    for note in reply.notes:
        allowed |= words(note)
    assert words(reply.headline) <= allowed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_every_reply_keeps_to(town: Generation, question: str, language: Language) -> None:
    """Quotes are slices, lengths are kept, and headlines say nothing that is not proved."""
    reply = answer(town, question, language=language)
    check(town, reply)
    assert reply.language == language
    assert reply.question == question
    assert len(reply.code) == 6


WORDS = st.sampled_from(sorted({token.text for token in tokenize(TRAM + PORT)}))
OPENERS = st.sampled_from(
    ["Qui", "Quand", "Où", "Combien de", "Pourquoi", "Comment", "Quels", "Que dit", "Est-ce que",
     "Qui a dit", "Quelle est", "Résume", "Compare", "Qu'est-ce que", "Et", ""]
)  # fmt: skip
ASKED = st.builds(
    lambda opener, rest: f"{opener} {' '.join(rest)} ?",
    OPENERS,
    st.lists(WORDS, min_size=1, max_size=6),
)


@given(ASKED)
@settings(max_examples=100, deadline=None)
def test_whatever_is_asked_of_it(town: Generation, question: str) -> None:
    """The same holds for questions made of the dossier's own words in any order."""
    check(town, answer(town, question))


@given(ASKED, ASKED)
@settings(max_examples=25, deadline=None)
def test_whatever_was_asked_before(town: Generation, earlier: str, question: str) -> None:
    """The same holds in a dialogue."""
    check(town, answer(town, question, history=(earlier,)))


@given(
    st.text(max_size=100)
    | st.lists(
        st.sampled_from(
            ["\0", "\u202e", "\u2066", "🚋", "\U0001f468\u200d\U0001f467", "مرحبا", "e\u0301",
             "\ufeff", "Qui", "tramway", "«",
             '"', "'", "’", "?", "-", "\n", "7.500", "\ufb01", "İ", "ß"]
        ),
        max_size=12,
    ).map(" ".join)
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_odd_text_is_answered(town: Generation, text: str) -> None:
    """Control characters, right-to-left marks, emoji and broken punctuation raise nothing."""
    check(town, answer(town, text))
    check(town, answer(town, "Et à Lorgnac ?", history=(text, "")))


@pytest.mark.parametrize(
    "text", [" " * 100_000, "?" * 100_000, "\n" * 100_000, "🚋" * 100_000, "\u202e" * 100_000]
)
def test_long_emptiness_is_quick(town: Generation, text: str) -> None:
    """A hundred thousand characters without a word are an empty question."""
    assert refused(town, text).reason == "no_match"


def test_the_same_answer_a_hundred_times(town: Generation) -> None:
    """The same question gives the same reply, explanation aside, every time."""
    for question in (QUESTIONS[0], QUESTIONS[4], QUESTIONS[14]):
        first = answer(town, question)
        assert all(answer(town, question) == first for _ in range(100))


def test_the_same_answer_after_a_rebuild(town: Generation) -> None:
    """A generation made again gives the same replies, whatever its number."""
    again = generation_of(articles(), number=7)
    for question in QUESTIONS:
        assert answer(again, question) == answer(town, question)


def test_the_same_answer_whatever_order_the_files_were_written_in(tmp_path: Path) -> None:
    """Two folders with the same files, written in another order, give the same replies."""
    replies: list[list[Reply]] = []
    for name, listed in (("one", articles()), ("two", articles()[::-1])):
        folder = tmp_path / name
        folder.mkdir()
        for article in listed:
            text = f"{article.title}\n\n{article.text}\n"
            (folder / f"{article.id}.txt").write_text(text, encoding="utf-8")
            os.utime(folder / f"{article.id}.txt", (len(name), len(replies) + 1))
        (folder / "dossier.toml").write_text('title = "Valmeur"\n', encoding="utf-8")
        generation = Library.open(folder, None).current
        replies.append([answer(generation, question) for question in QUESTIONS])
    assert replies[0] == replies[1]


PRINT_REPLIES = """
import json, sys
from knowledge.answering import answer
from tests.knowledge.answering.town import valmeur
town = valmeur()
print(json.dumps([repr(answer(town, question)) for question in json.load(sys.stdin)]))
"""


def test_the_same_answer_in_every_process(town: Generation) -> None:
    """Hash seeds and locales change nothing of a reply."""
    running = []
    for seed, locale in (("1", "C"), ("2", "C.UTF-8"), ("random", "fr_FR.ISO-8859-1")):
        process = subprocess.Popen(
            [sys.executable, "-c", PRINT_REPLIES],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        running.append(process)
    told = [one.communicate(json.dumps(QUESTIONS).encode(), timeout=60)[0] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0]
    here = [repr(answer(town, question)) for question in QUESTIONS]
    assert [json.loads(one) for one in told] == [here, here, here]


def test_either_apostrophe_and_either_form_of_accents(town: Generation) -> None:
    """A question typed in NFD, with curly apostrophes or more spaces has the same answer."""
    for question in QUESTIONS[:12]:
        reply = answer(town, question)
        assert answer(town, unicodedata.normalize("NFD", question)) == reply
        assert answer(town, f"  {question} \n") == reply
        curly = answer(town, question.replace("'", "’"))
        assert list(citations(curly)) == list(citations(reply))


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


@pytest.mark.parametrize(
    ("question", "language"),
    [("Bonjour", "fr"), ("Merci beaucoup !", "fr"), ("Qui es-tu ?", "fr"), ("Hello!", "en"),
     ("Who are you?", "en"), ("Привет", "ru")],
)  # fmt: skip
def test_small_talk(town: Generation, question: str, language: Language) -> None:
    """Small talk gets one friendly line in its own language, and cites nothing."""
    reply = refused(town, question)
    assert (reply.kind, reply.reason, reply.language) == ("small_talk", "small_talk", language)
    assert list(citations(reply)) == []
    assert reply.message


@pytest.mark.parametrize("question", ["", "   ", "???", "« »", "🚋", "\0", "-"])
def test_nothing_to_look_for(town: Generation, question: str) -> None:
    """A question without a word says so."""
    reply = refused(town, question)
    assert reply.reason == "no_match"
    assert reply.message == "Je n'ai pas trouvé de mots à chercher dans cette question."


@pytest.mark.parametrize(
    "question",
    [
        "Wer hat die Straßenbahn eröffnet und warum ist das so wichtig?",
        "¿Quién inauguró el tranvía de la ciudad?",
        "谁为电车剪彩？",
    ],
)
def test_another_language(town: Generation, question: str) -> None:
    """A question in a language that is none of ours is told which are, in French."""
    reply = refused(town, question)
    assert reply.language == "fr"
    assert "français" in reply.message
    assert "Я" in refused(town, question, language="ru").message


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Qui a inauguré le tramway de Valmeur ?", "fr"),
        ("Who opened the tramway of Valmeur?", "en"),
        ("Кто открыл трамвай?", "ru"),
        ("Korvel Valmeur", "fr"),
    ],
)
def test_the_language_of_the_frame(town: Generation, question: str, language: Language) -> None:
    """The frame speaks the question's language, or French, unless another is set."""
    assert answer(town, question).language == language
    for other in LANGUAGES:
        assert answer(town, question, language=other).language == other


@pytest.mark.parametrize(
    ("history", "question", "headline", "understood"),
    [
        (["Qui est Élodie Marchandeau ?"], "Et Bastien Korvel ?",
         "Le directeur du port de Valmeur", "Qui est Bastien Korvel ?"),
        (["Les pêcheurs ont-ils bloqué le chenal ?"], "Pourquoi ?", "gazole", None),
        (["Élodie Marchandeau a-t-elle fermé la rue Haute ?"], "Et pourquoi ?", "les écoles", None),
        (["Bonjour", "Qui est Élodie Marchandeau ?"], "Qu'a-t-elle déclaré ?",
         "« Ce tramway", None),
        (["Une ligne de tramway a-t-elle ouvert en 2024 ?"], "Et en 2027 ?",
         "pourrait", "Une ligne de tramway a-t-elle ouvert en 2027 ?"),
    ],
)  # fmt: skip
def test_follow_ups(
    town: Generation, history: list[str], question: str, headline: str, understood: str | None
) -> None:
    """A question that leans on the one before is completed, and a note says how."""
    reply = answered(town, question, history=history)
    assert headline in reply.headline
    assert reply.question == question
    assert reply.understood != question
    if understood is not None:
        assert reply.understood == understood


def test_a_whole_question_leans_on_nothing(town: Generation) -> None:
    """A question that stands alone has the same answer whatever was asked before."""
    for question in (QUESTIONS[0], QUESTIONS[2], QUESTIONS[10]):
        alone = answer(town, question)
        later = answer(town, question, history=("Qui est Bastien Korvel ?", "Bonjour"))
        assert replace(later, code=alone.code) == alone


def test_the_code_stands_for_what_was_asked(town: Generation) -> None:
    """The code is the same for the same question, another for another asking."""
    question = QUESTIONS[0]
    code = answer(town, question).code
    assert answer(town, question).code == code
    assert answer(town, QUESTIONS[1]).code != code
    assert answer(town, question, history=("Bonjour",)).code != code
    assert answer(town, question, limits=Limits(outlets=("fanal",))).code != code
    assert answer(town, question, language="en").code != code
    assert answer(town, question, exclude={("port", 1)}).code != code
    assert answer(generation_of(articles(), digest="1" * 64), question).code != code


def test_a_typing_error_is_told(town: Generation) -> None:
    """A misspelt name is corrected by the dossier's words, and the reply tells it."""
    reply = answered(town, "Qui est Bastien Korvell ?")
    assert [(fold(a), fold(b)) for a, b in reply.corrections] == [("korvell", "korvel")]
    assert reply.question == "Qui est Bastien Korvell ?"


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
