"""Telegram's HTML, held against Telegram's own parser."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.markup import (
    PAGE_LIMIT,
    blockquote,
    bold,
    escape,
    fill,
    italic,
    length,
    link,
    paginate,
    plain,
    visible,
)
from tests.e2e.telegram_rules import format_text

# What people write and what attackers write, short and long.
MARKUP = st.sampled_from(
    ["<b>", "</b>", "&amp;", "&", "<", ">", '"', "<a href='x'>", "\u202e", "\0"]
)
WORDS = st.text(max_size=30)
HOSTILE = st.lists(MARKUP | WORDS | st.just("mot ") | st.just("😀"), max_size=30).map("".join)


@given(HOSTILE)
@settings(max_examples=100)
def test_any_text_is_shown_letter_for_letter(text: str) -> None:
    """Telegram's parser gives back the text that was escaped, whatever is in it."""
    shown = visible(text).strip()
    if shown:
        assert format_text(escape(text), "HTML").text == shown


@given(HOSTILE, HOSTILE, st.one_of(st.none(), HOSTILE, st.just('https://a.fr/?b=1&c="2"')))
@settings(max_examples=100)
def test_styles_never_break_the_markup(text: str, other: str, url: str | None) -> None:
    """Bold, italics, links and quotes of any text are accepted."""
    page = "\n".join(["x", bold(text), italic(other), link(text, url), blockquote(bold(other))])
    assert format_text(page, "HTML").text


@given(
    st.lists(
        st.tuples(
            st.sampled_from([bold, italic, escape, lambda text: blockquote(bold(text))]),
            st.one_of(HOSTILE, st.lists(WORDS | st.just("mot"), max_size=60).map(" ".join)),
        ),
        max_size=12,
    ),
    st.integers(20, 200),
)
@settings(max_examples=100)
def test_pages_are_whole_and_within_the_limit(
    blocks: list[tuple[Callable[[str], str], str]], limit: int
) -> None:
    """Each page is accepted, fits, and all pages together hold the text, letter for letter."""
    pages = paginate([style(text) for style, text in blocks], limit)
    joined = "".join("".join(visible(text).split()) for _, text in blocks)
    assert "".join("".join(plain(page).split()) for page in pages) == joined
    for page in pages:
        assert 0 < length(plain(page)) <= limit
        format_text(page, "HTML")


@given(st.lists(st.text("abcdef", min_size=1, max_size=19), min_size=1, max_size=80))
def test_no_word_is_cut(words: list[str]) -> None:
    """Words that fit on a page stand on one page, inside tags too."""
    pages = paginate([blockquote(f"<b>{' '.join(words)}</b>")], 20)
    assert [word for page in pages for word in plain(page).split()] == words


def test_a_word_longer_than_a_page_is_cut() -> None:
    """Ten thousand letters without a space still come out."""
    pages = paginate([bold("a" * 10_000)])
    assert "".join(map(plain, pages)) == "a" * 10_000
    assert all(page.startswith("<b>") and page.endswith("</b>") for page in pages)


def test_an_entity_is_never_cut() -> None:
    """&lt; stands for one character, on one page."""
    pages = paginate([escape("<" * 50)], 20)
    assert "".join(pages) == "&lt;" * 50
    assert max(length(plain(page)) for page in pages) <= 20


def test_more_than_a_hundred_styles_make_a_second_page() -> None:
    """Telegram shows a hundred entities a message: the rest goes to the next page."""
    pages = paginate([bold(str(n)) for n in range(150)])
    assert len(pages) == 2
    for page in pages:
        assert len(format_text(page, "HTML").entities) <= 100


def test_blocks_share_pages_in_order() -> None:
    """Blocks are parted by a blank line and fill a page before the next begins."""
    assert paginate(["a", "", " ", "b"]) == ("a\n\nb",)
    assert paginate(["a" * 15, "b" * 4, "c"], 20) == ("a" * 15, "bbbb\n\nc")
    assert paginate([]) == ()
    assert PAGE_LIMIT == 4096


def test_no_mark_of_direction_is_sent() -> None:
    """Whatever turns a line around is left out; letters of every direction stay."""
    marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert visible("a\u2028b\u2029c\td\ne\x0b") == "a b c d\ne"
    assert visible(f"un{marks} pont, \u05d2\u05e9\u05e8") == "un pont, \u05d2\u05e9\u05e8"


def test_each_style_is_its_tag() -> None:
    """The markup letter for letter; nothing but blanks gets no tag, for Telegram refuses it."""
    assert bold("a<b & c") == "<b>a&lt;b &amp; c</b>"
    assert italic('"a"\t') == '<i>"a" </i>'
    assert (bold(" "), italic("\n")) == (" ", "\n")
    assert blockquote("<b>a</b>") == "<blockquote><b>a</b></blockquote>"
    assert blockquote("a", expandable=True) == "<blockquote expandable>a</blockquote>"
    assert fill("{who} & <co>", who="<b>A</b>") == "<b>A</b> &amp; &lt;co&gt;"


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://a.fr/?b=1&c=2", "https://a.fr/?b=1&amp;c=2"),
        ("http://a.fr/'", "http://a.fr/&#x27;"),
        ("https://a.fr/\u202e", "https://a.fr/"),
        ("https://" + "a" * 2000, "https://" + "a" * 2000),
        ("https://" + "a" * 2001, None),
        ("https://a.fr/\n", None),
        ("https://a b.fr", None),
        ('https://a.fr/"', None),
        ("https://a.fr/<b>", None),
        ("javascript:alert(1)", None),
        ("tg://user?id=1", None),
        ("xhttps://a.fr", None),
        ("https://", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_web_address_is_a_link(url: str | None, opens: str | None) -> None:
    """Anything else is its text alone."""
    assert link("<x>", url) == (f'<a href="{opens}">&lt;x&gt;</a>' if opens else "&lt;x&gt;")
