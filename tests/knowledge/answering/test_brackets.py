"""Names in brackets: in the headline only, and only where they are certain."""

import pytest

from knowledge.answering import answer
from knowledge.answering.brackets import bracketed
from knowledge.answering.slices import Span
from knowledge.corpus import parse
from knowledge.model import Answer
from tests.knowledge.answering.replies import check
from tests.knowledge.answering.town import generation_of

KOSTAL = "Mirna Kostal a remercié les pêcheurs. Elle a promis une nouvelle criée avant l'été."


def headline_of(text: str, sentence: str) -> str:
    """The headline that is this sentence of an article with this text, after bracketing."""
    article = parse("Brévan", text, "a")
    start = article.text.index(sentence)
    found = bracketed(generation_of([article]), Span("a", start, start + len(sentence)), sentence)
    return found.text if found else sentence


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        (KOSTAL, "[Mirna Kostal] a promis"),
        (
            "Armand Kerviel a rencontré la maire Mirna Kostal. Cette dernière a promis une criée.",
            "[Mirna Kostal] a promis",
        ),
        (
            "Le président Armand Kerviel est venu. Il pleuvait. Le président a promis une criée.",
            "[Armand Kerviel] a promis",
        ),
    ],
)
def test_a_sure_name_stands_for_the_pronoun(text: str, opening: str) -> None:
    """A pronoun or a bare office with one possible bearer gives way to the name."""
    sentence = text[text.rindex(". ", 0, -1) + 2 :]
    assert headline_of(text, sentence).startswith(opening)


@pytest.mark.parametrize(
    "text",
    [
        "Armand Kerviel a rencontré Bastien Morvel. Il a promis une criée.",
        "Armand Kerviel est venu à Brévan. Il faut une criée.",
        "Armand Kerviel est venu à Brévan. Il a fallu attendre une heure.",
        "Armand Kerviel est venu à Brévan. Il s'agit de sa première visite.",
        "Les pêcheurs chantent. Il a promis une criée.",
        "Le président Armand Kerviel a reçu le président Bastien Morvel. Le président a dit non.",
        "Le président Armand Kerviel est venu. Le président du syndicat a dit non.",
    ],
)
def test_an_unsure_one_is_left(text: str) -> None:
    """Two who fit, nobody, an "il" of nobody, somebody else's office: the words stay."""
    sentence = text[text.rindex(". ", 0, -1) + 2 :]
    assert headline_of(text, sentence) == sentence


def test_the_quote_keeps_its_words() -> None:
    """The headline names who is meant and a note says so; the quote is as printed."""
    generation = generation_of([parse("Brévan", KOSTAL, "a")])
    reply = answer(generation, "Qu'a promis Mirna Kostal avant l'été ?")
    check(generation, reply)
    assert isinstance(reply, Answer)
    if reply.headline.startswith("["):
        assert reply.headline.startswith("[Mirna Kostal] a promis")
        assert any("« Elle » désigne Mirna Kostal" in note for note in reply.notes)
    assert "Elle a promis" in reply.evidence[0].quote
