"""A citation is a slice with its source, and the sentence around a slice is cut at words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.citing import MAX_QUOTE, _word_end, _word_start, cite_slice, sentence_around
from knowledge.corpus import parse

WORD = st.text("abcdé", min_size=1, max_size=12)
TEXT = st.lists(WORD, min_size=1, max_size=120).map(" ".join)


def test_a_citation_names_its_place() -> None:
    """Quote, paragraph and score are those of the slice; the score has four decimals."""
    article = parse("Le pont", "Le pont a rouvert.\n\nLe port a fermé lundi.", "pont")
    start = article.text.index("port")
    cited = cite_slice(article, start, start + 4, score=0.123456)
    assert (cited.quote, cited.paragraph, cited.kind) == ("port", 2, "body")
    assert (cited.start, cited.end, cited.score) == (start, start + 4, 0.1235)


def test_a_short_sentence_is_whole() -> None:
    """The sentences that a slice touches are given whole, its neighbours are not."""
    article = parse("Le pont", "Le pont a rouvert. Le port a fermé. La gare attend.", "pont")
    text = article.text
    start = text.index("port")
    assert text[slice(*sentence_around(article, start, start + 4))] == "Le port a fermé."
    across = sentence_around(article, text.index("rouvert"), start)
    assert text[slice(*across)] == "Le pont a rouvert. Le port a fermé."
    # The space between two sentences belongs to neither.
    gap = text.index(" Le port")
    assert sentence_around(article, gap, gap + 1) == (gap, gap + 1)


@pytest.mark.parametrize("length", [299, 300, 301])
def test_the_limit_is_exact(length: int) -> None:
    """A sentence of 300 characters stays whole; one of 301 loses its last word."""
    text = ("abcd " * 100)[: length - 1].rstrip() + "z" * 10
    text = text[: length - 1] + "."
    article = parse("Titre", text, "t")
    start, end = sentence_around(article, 0, 4)
    assert (start, end) == (0, length) if length <= 300 else end < 300


def test_as_much_stands_before_as_after() -> None:
    """In a long sentence the slice is in the middle, unless one side has less to give."""
    article = parse("Titre", "mot " * 299 + "fin.", "t")
    for at in (0, 400, 600, 800, 1190):
        start, end = sentence_around(article, at, at + 3)
        assert MAX_QUOTE - 8 <= end - start <= MAX_QUOTE
        if 300 < at < 900:
            assert abs((at - start) - (end - at - 3)) <= 8
    assert sentence_around(article, 0, 3)[0] == 0
    assert sentence_around(article, 1190, 1193)[1] == len(article.text)


@pytest.mark.parametrize("at", [*range(8, 30, 3), *range(400, 422), *range(1030, 1052, 3)])
def test_a_cut_is_between_words(at: int) -> None:
    """Wherever the slice lies in a long sentence, the cut is before a word and after one."""
    article = parse("Titre", "Bref. La " + "maison " * 149 + "finale.", "t")
    text = article.text
    start, end = sentence_around(article, at, at + 4)
    assert 6 <= start <= at < at + 4 <= end <= len(text)
    assert start == at or text[start - 1] == " "
    assert text[start] != " " or start == at
    assert end in (at + 4, len(text)) or text[end] == " "
    assert MAX_QUOTE - 14 <= end - start <= MAX_QUOTE


@given(TEXT, st.data())
@settings(max_examples=150, deadline=None)
def test_what_stands_around_a_slice(text: str, data: st.DataObject) -> None:
    """It holds the slice, is no longer than a quote, and begins and ends where words do."""
    article = parse("Titre", text, "t")
    size = len(article.text)
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, min(size, start + 250)))
    low, high = sentence_around(article, start, end)
    assert low <= start < end <= high or article.text[end - 1 : end].isspace()
    assert high - low <= MAX_QUOTE
    assert low in (start, 0) or article.text[low - 1].isspace()
    assert high in (end, size) or article.text[high].isspace()


@given(st.integers(300, 700), st.integers(0, 100))
@settings(max_examples=50, deadline=None)
def test_a_slice_longer_than_a_quote_is_cut(length: int, start: int) -> None:
    """Of a slice of 300 characters and more, the beginning is given, cut after a word."""
    article = parse("Titre", "abcde " * 200, "t")
    low, high = sentence_around(article, start, start + length)
    assert low == start
    assert MAX_QUOTE - 6 <= high - low <= MAX_QUOTE
    assert article.text[high].isspace()


def test_the_beginning_of_an_article_is_kept() -> None:
    """Where there is room for all that stands before, the first word is not lost."""
    article = parse("Titre", "mot " * 299 + "fin.", "t")
    assert sentence_around(article, 100, 103)[0] == 0


def test_an_endless_word_is_cut_at_the_slice() -> None:
    """Where no word begins or ends within reach, the slice itself is the border."""
    article = parse("Titre", "a" * 900, "t")
    assert sentence_around(article, 450, 454) == (450, 454)


@given(st.text("ab \u00a0", min_size=1, max_size=40), st.data())
def test_words_begin_and_end_at_blanks(text: str, data: st.DataObject) -> None:
    """The nearest border on the way to the slice; the slice itself where there is none."""
    at = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(at, len(text)))
    begins = (p for p in range(at, last) if p == 0 or text[p - 1].isspace())
    assert _word_start(text, at, last) == next(begins, last)
    ends = (p for p in range(last, at, -1) if p == len(text) or text[p].isspace())
    end = next(ends, None)
    expected = at if end is None else len(text[:end].rstrip())
    assert _word_end(text, at, last) == expected
