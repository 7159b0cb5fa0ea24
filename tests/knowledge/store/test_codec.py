"""What is stored comes back as it was."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Article, Dossier, Passage
from knowledge.store.codec import (
    decode_article,
    decode_head,
    decode_passages,
    encode_article,
    encode_head,
    encode_passages,
)

articles = st.from_type(Article)
dossiers = st.from_type(Dossier)


@given(articles)
def test_an_article_comes_back(article: Article) -> None:
    """Any article is the same after storing, but for its sentences, which take its id."""
    back = decode_article(encode_article(article))
    for field in fields(Article):
        if field.name != "sentences":
            assert getattr(back, field.name) == getattr(article, field.name)
    assert [(s.paragraph, s.start, s.end) for s in back.sentences] == [
        (s.paragraph, s.start, s.end) for s in article.sentences
    ]
    assert all(sentence.article == article.id for sentence in back.sentences)


@given(dossiers)
def test_a_head_comes_back(dossier: Dossier) -> None:
    """Title, aliases, questions, reference date and set-aside files are the same after storing."""
    held = replace(dossier, articles=tuple(dossier.articles))
    assert decode_head(encode_head(dossier), tuple(dossier.articles)) == held


def test_passages_come_back() -> None:
    """Passages are the same after storing, in their order."""
    listed = [
        Article("a", "Un", "Un deux.", (), ()),
        Article("b", "Deux", "Trois.", (), (), published=date(2024, 2, 29)),
    ]
    passages = (Passage("b", 1, "caption", 0, 6), Passage("a", 2, "body", 3, 8))
    assert decode_passages(encode_passages(passages, listed), listed) == passages


def test_half_a_character_is_stored_too() -> None:
    """A lone surrogate in a text does not stop a generation from being stored."""
    article = Article("a", "Un", "mal \ud83d coupé", (), ())
    assert decode_article(encode_article(article)) == article


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b"[1,2]", b"null", b"\xff"])
def test_something_else_is_refused(payload: bytes) -> None:
    """A payload that is no article is an error that the library knows."""
    with pytest.raises((ValueError, TypeError, KeyError, IndexError)):
        decode_article(payload)
