"""Replies as Telegram shows them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.render.markup import PAGE_LIMIT, length, plain, visible
from bot.render.passages import FoundPassage
from bot.render.telegram import (
    article_page,
    found_page,
    passage_pages,
    reply_pages,
    sources_page,
)
from knowledge.model import Abstention, Answer, Article, Citation, Paragraph, Reply, Sentence
from tests.e2e.telegram_rules import FormattedText, format_text

FIRST = "La maire a rouvert le pont mardi."
SECOND = "Le chantier a duré onze mois, « trop longtemps » selon elle."
TEXT = f"{FIRST}\n\n{SECOND}\n\nCrédit photo : personne"
PLACES = (
    Paragraph(1, "body", 0, len(FIRST)),
    Paragraph(2, "body", len(FIRST) + 2, len(FIRST) + 2 + len(SECOND)),
    Paragraph(1, "caption", len(FIRST) + len(SECOND) + 4, len(TEXT)),
)
ARTICLE = Article(
    "pont",
    "Le pont <rouvre> & vit",
    TEXT,
    PLACES,
    tuple(Sentence("pont", n, one.start, one.end) for n, one in enumerate(PLACES)),
    publisher="Le Courrier",
    published=date(2024, 3, 12),
    url="https://courrier.example/pont?a=1&b=2",
)


def cited(start: int, end: int, article: Article = ARTICLE, **more: object) -> Citation:
    """A slice of the article."""
    paragraph = article.paragraph_at(start)
    made = Citation(
        article.text[start:end], article.id, article.title, article.publisher, article.agency,
        article.published, article.url, paragraph.number, paragraph.kind, start, end,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def answered(*evidence: Citation, **more: object) -> Answer:
    """An answer with this evidence."""
    made = Answer("Qui ?", "Qui ?", "fr", "who", "La maire.", evidence, 0.9, "c")
    return replace(made, **more)  # type: ignore[arg-type]


def refused(**more: object) -> Abstention:
    """A refusal."""
    made = Abstention("Quoi ?", "Quoi ?", "fr", "what", "no_match", "Rien là-dessus.", 0.1, "d")
    return replace(made, **more)  # type: ignore[arg-type]


def shown(reply: Reply, asked: str | None = None) -> FormattedText:
    """The only page of a reply, as Telegram reads it."""
    (page,) = reply_pages(reply, {"pont": ARTICLE}.__getitem__, asked=asked)
    return format_text(page, "HTML")


def marked(text: FormattedText, kind: str) -> list[str]:
    """The parts that carry entities of this kind."""
    units = text.text.encode("utf-16-le")
    return [
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in text.entities
        if one["type"] == kind
    ]


def test_an_answer_has_headline_quotes_and_sources() -> None:
    """The whole message: bold headline, quotes set apart with numbers, linked sources."""
    start = TEXT.index("onze")
    reply = answered(cited(0, len(FIRST)), cited(start, start + 9), notes=("Une note.",))
    message = shown(reply)
    assert message.text == (
        "La maire.\n"
        "\n"
        "« La maire a rouvert le pont mardi. » [1]\n"
        "« […] onze mois […] » [2]\n"
        "\n"
        "[1] Le pont <rouvre> & vit, Le Courrier, 12 mars 2024, § 1\n"
        "[2] Le pont <rouvre> & vit, Le Courrier, 12 mars 2024, § 2\n"
        "\n"
        "Une note."
    )
    assert marked(message, "bold") == ["La maire."]
    assert len(marked(message, "blockquote")) == 2
    assert len(marked(message, "text_link")) == 2
    assert marked(message, "italic") == ["Une note."]


def test_a_refusal_marks_what_is_near() -> None:
    """The nearest quote stands under words that say that it is not the answer."""
    message = shown(refused(nearest=cited(0, len(FIRST)), suggestions=("Où ?",)))
    assert message.text == (
        "Rien là-dessus.\n"
        "\n"
        "Ce qu'il contient de plus proche :\n"
        "« La maire a rouvert le pont mardi. » [1]\n"
        "\n"
        "[1] Le pont <rouvre> & vit, Le Courrier, 12 mars 2024, § 1"
    )
    assert not marked(message, "bold")


def test_small_talk_is_one_line() -> None:
    """A greeting gets the friendly line and no citation."""
    assert shown(refused(reason="small_talk", message="Bonjour !")).text == "Bonjour !"


def test_what_was_understood_and_corrected_is_told() -> None:
    """Filled-in questions, corrected words and an admin's note each get a line in italics."""
    reply = answered(
        cited(0, len(FIRST), note="Article rectifié."),
        understood="Qui a rouvert le pont ?",
        corrections=(("pontt", "pont"),),
    )
    message = shown(reply, asked="Qui ?")
    assert marked(message, "italic") == [
        "Qui ?",
        "Note sur cet article : Article rectifié.",
        "(compris : Qui a rouvert le pont ?)",
        "Corrigé : « pontt » → « pont »",
    ]


def test_a_passage_marks_its_quote_and_shows_its_neighbours() -> None:
    """The quoted words are bold inside their paragraph; the paragraphs beside it are plain."""
    start = TEXT.index("onze mois")
    (page,) = passage_pages(ARTICLE, start, start + 9, "fr")
    message = format_text(page, "HTML")
    assert marked(message, "bold") == ["Le pont <rouvre> & vit", "onze mois"]
    assert marked(message, "blockquote") == [SECOND]
    assert FIRST in message.text
    assert message.text.splitlines()[1] == "Le Courrier, 12 mars 2024, § 2"
    (unmarked,) = passage_pages(ARTICLE, start, start, "en")
    assert len(marked(format_text(unmarked, "HTML"), "bold")) == 1


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    """A quote may be two neighbours: both are set apart and marked."""
    (page,) = passage_pages(ARTICLE, 3, len(FIRST) + 12, "fr")
    message = format_text(page, "HTML")
    assert marked(message, "blockquote") == [FIRST, SECOND]
    assert marked(message, "bold")[1:] == [FIRST[3:], SECOND[:10]]


def test_a_long_passage_is_folded_up() -> None:
    """A paragraph higher than a screen unfolds when tapped."""
    text = "Un mot. " * 200
    long = replace(ARTICLE, text=text, paragraphs=(Paragraph(1, "body", 0, len(text)),))
    (page,) = passage_pages(long, 0, 7, "fr")
    assert marked(format_text(page, "HTML"), "expandable_blockquote")


TEXTS = st.text(st.characters(), min_size=1, max_size=300)
LONG = st.integers(1, 1500).map(lambda n: "mot " * n)
HOSTILE = st.one_of(TEXTS, LONG, st.sampled_from(["<b>", "&lt;", "]]>", "\u202eabc", "{x}", "{}"]))


REPLIES = {
    "title": HOSTILE,
    "publisher": st.none() | HOSTILE,
    "text": HOSTILE,
    "headline": TEXTS,
    "note": st.none() | HOSTILE,
    "url": st.none() | HOSTILE,
    "question": HOSTILE,
    "data": st.data(),
}


@given(**REPLIES)
@settings(max_examples=80, deadline=None)
def test_any_reply_is_a_message_that_telegram_takes(
    title: str,
    publisher: str | None,
    text: str,
    headline: str,
    note: str | None,
    url: str | None,
    question: str,
    data: st.DataObject,
) -> None:
    """Whatever stands in titles, quotes, names and questions: pages fit, quotes stay intact."""
    check_pages(title, publisher, text, headline, note, url, question, data)


@pytest.mark.slow
@given(**REPLIES)
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_two_thousand_replies_are_messages_that_telegram_takes(**made: Any) -> None:
    """The same, two thousand times: no entity error."""
    check_pages(**made)


def check_pages(
    title: str,
    publisher: str | None,
    text: str,
    headline: str,
    note: str | None,
    url: str | None,
    question: str,
    data: st.DataObject,
) -> None:
    """Every page that holds these texts is one that Telegram takes."""
    article = Article(
        "pont", title, text, (Paragraph(1, "body", 0, len(text)),), (),
        publisher=publisher, url=url, note=note,
    )  # fmt: skip
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 300)))
    evidence = cited(start, end, article)
    pages = [
        *reply_pages(
            answered(evidence, headline=headline[:240], understood=question),
            {"pont": article}.__getitem__,
            asked=question,
        ),
        *reply_pages(refused(nearest=evidence, notes=(question,))),
        *passage_pages(article, start, end, "fr"),
        *article_page(article, "ru"),
        *sources_page(title, "1 article", [article] * 8, "fr"),
        *found_page(question[:80], [FoundPassage(evidence, ())] * 5, "en"),
    ]
    for page in pages:
        assert length(plain(page)) <= PAGE_LIMIT
        if visible(plain(page)).strip():
            format_text(page, "HTML")
    quote = "".join(visible(evidence.quote).split())
    everything = "".join("".join(plain(page).split()) for page in pages)
    assert quote in everything
