"""Answering with vectors: they reorder and weigh, and words still decide what is said."""

from dataclasses import replace

import pytest

from knowledge.answering import answer, find, select
from knowledge.answering.asking import ask_of
from knowledge.answering.choosing import choose
from knowledge.answering.evidence import gather
from knowledge.answering.features import NEARNESS, nearness
from knowledge.answering.refusal import MEANT, SIGNALS, names_of, signals
from knowledge.generation import Generation
from knowledge.model import Answer
from knowledge.shelf import with_meaning
from tests.knowledge.answering.town import TRAM, valmeur
from tests.knowledge.bagged import Bagged

ENGLISH = {"fishermen": "pêcheurs", "blocked": "bloqué", "price": "prix", "channel": "chenal"}


def meant(encoder: Bagged | None = None) -> Generation:
    """The invented town with vectors."""
    return with_meaning(valmeur(), encoder or Bagged())


def test_without_vectors_nothing_is_near() -> None:
    """Lexical candidates carry no nearness, and their signals are the lexical ones."""
    generation = valmeur()
    asking = ask_of(generation, "Qui a inauguré le tramway ?")
    chosen = choose(generation, asking, None)
    assert chosen is not None
    assert {c.near for c in chosen.candidates} == {()}
    assert names_of(signals(chosen.judged, asking.concepts)) == SIGNALS


def test_with_vectors_each_sentence_is_near_or_far() -> None:
    """Each candidate has its nearness between 0 and 1, and the verdict knows that of the quote."""
    generation = meant()
    asking = ask_of(generation, "Qui a inauguré le tramway de la ville ?")
    chosen = choose(generation, asking, None)
    assert chosen is not None
    rows = [c.near for c in chosen.candidates]
    assert {len(row) for row in rows} == {len(NEARNESS)}
    assert all(0 <= value <= 1 for row in rows for value in row)
    assert sum(row[NEARNESS.index("near_share")] for row in rows) == pytest.approx(1.0)
    values = signals(chosen.judged, asking.concepts)
    assert names_of(values) == (*SIGNALS, *MEANT)
    assert len(values) == len(names_of(values))


def test_nearness_of_nothing() -> None:
    """No sentence, no row."""
    assert nearness([], [], []) == []


def test_meaning_alone_counts_more_where_words_are_missing() -> None:
    """What is near alone is the nearness times what the words do not cover."""
    (bare, full) = nearness([0.85, 0.85], [0.8, 0.8], [0.0, 1.0])
    column = NEARNESS.index("near_alone")
    assert bare[column] == pytest.approx(0.5)
    assert full[column] == 0.0


def test_answers_are_the_same_each_time() -> None:
    """The same question gives the same reply, by another generation of the same articles too."""
    for question in ("Qui a inauguré le tramway ?", "Combien de salariés ?", "Qui a tué Jean ?"):
        assert answer(meant(), question) == answer(meant(), question)


def test_another_language_is_bridged() -> None:
    """An English question that shares no word with the dossier gets the nearest passages."""
    question = "Why have the fishermen blocked the channel?"
    asked = "Why have unknown strangers blurted the xylophone?"
    generation = meant(Bagged(meant=ENGLISH))
    for text in (question, asked):
        asking = ask_of(generation, text)
        found = gather(generation, text, asking.concepts, asking.asked)
        assert found
        assert found == gather(generation, text, asking.concepts, asking.asked)
    best = gather(generation, question, ask_of(generation, question).concepts, asking.asked)[0]
    assert best.sentence.article == "port"


def test_what_is_left_out_stays_out() -> None:
    """The bridge brings back no passage that the limits or `exclude` leave out."""
    generation = meant(Bagged(meant=ENGLISH))
    question = "Why have the fishermen blocked the channel?"
    asking = ask_of(generation, question)
    allowed = {n for n, p in enumerate(generation.passages) if p.article == "tramway"}
    found = gather(
        generation, question, asking.concepts, asking.asked, allowed=allowed.__contains__
    )
    assert {c.hit.passage for c in found} <= allowed


def test_search_keeps_to_what_shares_a_word() -> None:
    """A search result has a matched term, with vectors as without."""
    generation = meant()
    hits = find(generation, "pêcheurs gazole")
    assert hits
    assert all(hit.matched for hit in hits)
    assert [hit.rank for hit in hits] == list(range(len(hits)))
    assert find(generation, "xylophone") == ()


def test_a_text_of_its_own_is_encoded_for_itself() -> None:
    """`select` weighs the sentences of the given text with vectors of that text."""
    generation = meant()
    reply = select(generation, "Qui a fermé la rue Haute ?", "La rue", TRAM)
    assert isinstance(reply, Answer)
    assert "a fermé la rue Haute" in reply.evidence[0].quote
    again = select(replace(generation, meaning=None), "Qui a fermé la rue Haute ?", "La rue", TRAM)
    assert isinstance(again, Answer)
    assert dict(reply.explanation.tables)["confiance"]
