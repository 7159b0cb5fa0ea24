"""The JSON objects are those of the contract."""

import json
from dataclasses import replace

from bot.render.json import article_object, cited_object, reply_object, selection_object
from bot.render.plain import reply_text
from tests.bot.render.values import ANSWER, ARTICLE, COST, PART, REFUSAL, WHOLE, articles

KEYS = [
    "question", "language", "understood", "kind", "status", "headline", "evidence", "nearest",
    "confidence", "reason", "missing", "notes", "corrections", "suggestions", "text",
    "generation", "code", "elapsed_ms", "added",
]  # fmt: skip
CITED = [
    "quote", "article", "title", "publisher", "agency", "published", "url", "paragraph", "kind",
    "start", "end", "score", "dates", "also",
]  # fmt: skip


def test_the_answer_object_has_the_contract_s_keys_in_order() -> None:
    """Keys, their order and their types are those of the contract."""
    found = reply_object(ANSWER, 7, 1.23456, articles)
    assert list(found) == KEYS
    assert [list(cited) for cited in found["evidence"]] == [CITED, CITED]
    assert found["status"] == "answered"
    assert found["reason"] is None
    assert found["nearest"] is None
    assert found["confidence"] == 0.8124
    assert found["generation"] == 7
    assert found["elapsed_ms"] == 1.235
    assert found["text"] == reply_text(ANSWER, articles)
    assert json.loads(json.dumps(found)) == found


def test_a_refusal_has_no_headline_and_no_evidence() -> None:
    """When abstained, headline is "" and evidence []; nearest is what comes closest."""
    found = reply_object(REFUSAL, 1, 0.0)
    assert list(found) == KEYS
    assert (found["status"], found["headline"], found["evidence"]) == ("abstained", "", [])
    assert found["nearest"]["quote"] == COST.quote
    assert found["reason"] == "low_coverage"


def test_a_cited_quote_tells_its_dates_and_its_twins() -> None:
    """A resolved date has its words, day and rule; a twin says whether it is the same wire."""
    cited = cited_object(replace(PART, also=(replace(WHOLE, same_wire=True),)))
    assert cited["published"] == "2023-02-28"
    assert cited["dates"] == [
        {"text": "Mardi", "date": "2023-02-28", "rule": "jour de la semaine avant la parution"}
    ]
    assert [list(twin) for twin in cited["also"]] == [[*CITED, "same_wire"]]
    assert cited["also"][0]["same_wire"] is True


def test_a_selection_is_evidence_and_confidence() -> None:
    """The select task gives [] when nothing in the text answers."""
    assert list(selection_object(ANSWER)) == ["evidence", "confidence"]
    assert selection_object(REFUSAL) == {"evidence": [], "confidence": 0.2}


def test_a_source_is_the_article_without_its_text() -> None:
    """The list of sources counts paragraphs and what was dropped, and holds no text."""
    found = article_object(ARTICLE)
    assert (found["id"], found["paragraphs"], found["dropped"]) == ("pont", 2, 0)
    assert "text" not in found
