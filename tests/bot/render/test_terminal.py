"""What a terminal shows holds the same words as plain text."""

import re
from dataclasses import replace

import pytest

from bot.render.passages import FoundPassage, matched_spans, passages_text
from bot.render.plain import reply_text
from bot.render.terminal import (
    Bar,
    show_explanation,
    show_paragraphs,
    show_passages,
    show_reply,
    show_table,
)
from knowledge.language.terms import stem
from knowledge.model import Explanation, Reply
from tests.bot.render.values import ANSWER, COST, REFUSAL, articles


def words(text: str) -> list[str]:
    """The words of a text, however it is broken into lines."""
    return re.sub(r"\s+", " ", text).split()


@pytest.mark.parametrize(
    "reply",
    [
        ANSWER,
        REFUSAL,
        replace(ANSWER, evidence=(replace(COST, note="Rectifié."),), notes=("Une note.",)),
        replace(REFUSAL, reason="small_talk", message="Bonjour !", nearest=None, suggestions=()),
    ],
)
def test_a_terminal_shows_the_words_of_the_plain_text(
    reply: Reply, capsys: pytest.CaptureFixture[str]
) -> None:
    """Colours and indents add no word and lose none; only their order by lines may differ."""
    show_reply(reply, articles)
    assert sorted(words(capsys.readouterr().out)) == sorted(words(reply_text(reply, articles)))


def test_brackets_of_a_quote_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    """[bold] and :smile: in an article are text like any other."""
    odd = replace(ANSWER, headline="Il a dit [bold]non[/bold] :smile: [1]")
    show_reply(odd, articles)
    assert "[bold]non[/bold] :smile: [1]" in capsys.readouterr().out


def test_matched_words_are_found_by_their_stems() -> None:
    """Spans slice the text back to words that have a matched term."""
    text = "Le chantier du pont ; les chantiers, l'Ukraine."
    spans = matched_spans(text, [stem("chantier"), stem("Ukraine")])
    assert [text[start:end] for start, end in spans] == ["chantier", "chantiers", "Ukraine"]


def test_passages_are_numbered_under_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal shows the words of the plain list, the full title included."""
    found = (FoundPassage(COST, ((3, 11),)), FoundPassage(ANSWER.evidence[0], ()))
    show_passages(found, "fr")
    plain = passages_text(found, "fr")
    assert plain.startswith("1. " + COST.title)
    assert words(capsys.readouterr().out) == words(plain)


def test_tables_and_paragraphs_print_their_cells(capsys: pytest.CaptureFixture[str]) -> None:
    """The reasoning, a table of figures and a passage print what they are given."""
    show_explanation(Explanation((("Termes", (("pont", "2.1"),)),)))
    show_table(("genre", "juste"), (("fait", "1/2"),))
    show_paragraphs("Titre", [("§ 1", "Un texte.", True)])
    out = capsys.readouterr().out
    for cell in ("Termes", "pont", "2.1", "genre", "1/2", "Titre", "§ 1", "Un texte."):
        assert cell in out


def test_a_bar_is_gone_when_closed(capsys: pytest.CaptureFixture[str]) -> None:
    """A bar writes nothing on standard output and can change its stage."""
    bar = Bar()
    bar.show("lecture", 0, 2).show("lecture", 1, 2).show("index", 0, 1)
    bar.close()
    assert capsys.readouterr().out == ""
