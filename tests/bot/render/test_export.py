"""What is taken away: every citation leads to its passage and back, and no word becomes markup."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.export_html import html_page
from bot.render.export_markdown import escaped, markdown
from bot.render.takeaway import (
    Exchange,
    Takeaway,
    conversation_takeaway,
    dossier_takeaway,
    references,
)
from bot.texts import LANGUAGES
from knowledge.answering import answer
from knowledge.generation import Generation
from knowledge.model import Answer
from tests.bot.render.hostile import hostile

VOID = {"meta", "link", "br", "img"}


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: dict[str, str] = {}
        self.open: list[str] = []
        self._within: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes ids and links."""
        given = dict(attrs)
        self.tags.append(tag)
        assert not [name for name in given if name.startswith("on")]
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if "href" in given:
            self.links.append(str(given["href"]))
        if tag not in VOID:
            self.open.append(tag)
            self._within.append(str(given.get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Tags are closed in the order in which they were opened."""
        assert self.open.pop() == tag
        self._within.pop()

    def handle_data(self, data: str) -> None:
        """Collects the words below each id."""
        for name in filter(None, self._within):
            self.words[name] = self.words.get(name, "") + data


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """The hostile dossier."""
    return hostile(tmp_path_factory.mktemp("export"))


@pytest.fixture(scope="module")
def whole(generation: Generation) -> Takeaway:
    """The dossier to take away."""
    return dossier_takeaway(generation, "fr")


def conversation(generation: Generation) -> list[Exchange]:
    """Three questions, one of which the dossier does not answer."""
    asked = (
        "Qui a inauguré le pont ?",
        "Quand la rue a-t-elle été fermée ?",
        "Où est <b>Mars</b> ?",
    )
    day = datetime(2023, 4, 1, tzinfo=UTC)
    return [Exchange(day, text, answer(generation, text)) for text in asked]


def talk(generation: Generation) -> Takeaway:
    """The conversation to take away."""
    dossier = generation.dossier
    return conversation_takeaway(dossier.title, conversation(generation), dossier.articles, "fr")


@pytest.mark.parametrize("kind", ["whole", "talk"])
def test_every_link_of_the_page_leads_somewhere_and_back(generation: Generation, kind: str) -> None:
    """Ids are unique; a citation leads to its passage, a passage to all that cite it."""
    takeaway = dossier_takeaway(generation, "fr") if kind == "whole" else talk(generation)
    page = Page(html_page(takeaway))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inside) <= set(page.ids)
    found = references(takeaway)
    assert found
    for one in found:
        assert f"r{one.number}" in page.ids
        assert f"c{one.number}" in inside
        assert f"r{one.number}" in inside


def test_nothing_that_was_written_becomes_markup(whole: Takeaway) -> None:
    """Titles, outlets, authors, addresses and texts are words; nothing runs, nothing is loaded."""
    text = html_page(whole)
    page = Page(text)
    assert not {"script", "svg", "img", "iframe", "b", "u", "i"} & set(page.tags)
    assert not [link for link in page.links if link.startswith("javascript")]
    assert [link for link in page.links if link.startswith("http")] == []
    assert "Content-Security-Policy" in text
    assert "\u202e" not in text
    assert "*Un* [x](y) </title> {{title}}" in page.words["a2"]
    assert "{{body}} </article>" in page.words["a2"]


def test_the_page_shows_the_articles_letter_for_letter(
    whole: Takeaway, generation: Generation
) -> None:
    """Each paragraph has its number and its own anchor; marks change no letter."""
    page = Page(html_page(whole))
    for number, article in enumerate(generation.dossier.articles, start=1):
        for paragraph in article.paragraphs:
            shown = page.words[f"a{number}-p{paragraph.number}"]
            assert article.text[paragraph.start : paragraph.end] in shown
            assert shown.startswith(f"§ {paragraph.number} ")


def test_a_conversation_brings_the_cited_passages_and_no_more(generation: Generation) -> None:
    """Questions, answers, footnotes and codes; paragraphs around what is quoted."""
    exchanges = conversation(generation)
    page = Page(html_page(talk(generation)))
    assert "<b>Mars</b>" in page.words["q3"]
    assert exchanges[0].reply.code in page.words["q1"]
    assert "1er avr. 2023" in page.words["q1"]
    assert isinstance(exchanges[0].reply, Answer)
    assert exchanges[0].reply.headline in page.words["q1"]
    assert "Le <i>Journal</i>, 28 févr. 2023, § 1" in page.words["q1"]


def test_a_quote_that_is_gone_is_told(generation: Generation) -> None:
    """Of an article that changed since, the footnote stays and says so; one that moved is found."""
    exchanges = conversation(generation)[:1]
    (article,) = {c.article for c in exchanges[0].reply.evidence}  # type: ignore[union-attr]
    old = generation.article(article)
    emptied = replace(old, text="x" * len(old.text))
    for articles in ([emptied], []):
        takeaway = conversation_takeaway("T", exchanges, articles, "fr")
        page, text = Page(html_page(takeaway)), markdown(takeaway)
        assert "Ce passage n'est plus tel quel" in page.words["q1"]
        assert "Ce passage n'est plus tel quel" in text
        assert not [link for link in page.links if link.startswith("#c") and link[2:].isdigit()]


def test_markdown_has_a_footnote_for_each_citation_and_an_anchor_for_each_passage(
    whole: Takeaway,
) -> None:
    """Each footnote leads to its passage, and every anchor is there once."""
    text = markdown(whole)
    used = re.findall(r"(?<!^)\[\^(\d+)\]", text, re.MULTILINE)
    made = re.findall(r"^\[\^(\d+)\]: .*\(#(a\d+-p\d+)\)$", text, re.MULTILINE)
    assert used == [number for number, _ in made]
    anchors = re.findall(r'<a id="([^"]+)"></a>', text)
    assert len(anchors) == len(set(anchors))
    assert {anchor for _, anchor in made} <= set(anchors)
    assert re.findall(r"<(?!/?a[ >])[^>]*>", text) == []
    assert r"\[lien\](javascript:alert(1)) \`code\`" in text
    assert "\n\\- Une liste" not in text.replace("**§ 3** \\- Une liste", "")


@given(st.text(max_size=80))
def test_escaped_markdown_holds_no_markup(text: str) -> None:
    """No tag, no emphasis, no link, one line."""
    made = escaped(text)
    assert "<" not in made
    assert "\n" not in made
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]]", made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_three_languages(generation: Generation, language: str) -> None:
    """The frame changes, the quotes stay."""
    takeaway = dossier_takeaway(generation, language)  # type: ignore[arg-type]
    text = html_page(takeaway)
    assert f'<html lang="{language}">' in text
    assert "Je reviens" in text
    if language != "fr":
        assert '<blockquote lang="fr">' in text
    assert markdown(takeaway) == markdown(takeaway)


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2."""
    channels = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_stand_out_in_every_mode() -> None:
    """Light, dark and print: text, dim text and links on every ground reach 4.5."""
    style = files("bot.render").joinpath("page.html").read_text(encoding="utf-8")
    modes = re.findall(r":root \{([^}]*)\}", style)
    assert len(modes) == 3
    for mode in modes:
        colors = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", mode))
        for ground in ("page", "panel"):
            for words in ("ink", "dim", "link"):
                assert contrast(colors[words], colors[ground]) >= 4.5, (words, ground, mode)
        assert contrast(colors["ink"], colors["mark"]) >= 4.5


def test_the_template_loads_nothing() -> None:
    """No address, no import: the page works without a network."""
    text = (Path(__file__).parents[3] / "bot/render/page.html").read_text(encoding="utf-8")
    assert not re.search(r"https?:|@import|url\(|src=", text)
