"""Whatever is typed comes in clean, and is never too long to be read."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering import answer, find, select
from knowledge.answering.door import LONGEST, clean, clean_question
from knowledge.generation import Generation
from knowledge.model import Limits
from tests.knowledge.answering.town import valmeur

ANY = st.text(st.characters(codec=None) | st.sampled_from("\0\ud800\udfff e\u0301"), max_size=60)


@pytest.fixture(scope="module")
def town() -> Generation:
    """The small dossier."""
    return valmeur()


@given(ANY)
def test_clean_text_can_be_written(text: str) -> None:
    """Clean text is encodable, holds no NUL, and cleaning it again changes nothing."""
    found = clean(text)
    assert "\0" not in found
    assert found.encode().decode() == found
    assert clean(found) == found
    assert clean_question(clean_question(text)) == clean_question(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Où \n est\u00a0 la gare ? ", "Où est la gare ?"),
        ("Ou\u0300 est la gare ?", "Où est la gare ?"),
        ("la\0gare \ud83d", "la gare"),
        ("mot " * 2000, ("mot " * 1024).strip()),
        ("a" * 5000, "a" * LONGEST),
        ("e\u0301" * LONGEST, "é" * LONGEST),
        ("gare " + "a" * 5000, "gare"),
        (" " * 9000 + "gare", "gare"),
    ],
)
def test_a_question_is_one_line_cut_between_words(text: str, expected: str) -> None:
    """A question is one line in NFC; what is too long ends after a whole word, if it can."""
    assert clean_question(text) == expected


@pytest.mark.parametrize("odd", ["\ud83d", "\0"])
def test_half_characters_change_nothing(town: Generation, odd: str) -> None:
    """A lone surrogate or NUL in a question, its history or a text counts as a space."""
    question = "Qui a inauguré le tramway ?"
    assert answer(town, f"{question}{odd}") == answer(town, question)
    told = answer(town, "Et quand ?", history=[f"{question}{odd}"])
    assert told == answer(town, "Et quand ?", history=[question])
    assert find(town, f"tramway{odd}gare") == find(town, "tramway gare")
    chosen = select(town, f"{question}{odd}", f"Titre{odd}", f"La maire{odd}inaugure le tramway.")
    assert chosen == select(town, question, "Titre ", "La maire inaugure le tramway.")
    code = answer(town, question, exclude={(f"a{odd}", 1)}, limits=Limits(outlets=(odd,))).code
    assert len(code) == 6


def test_what_is_too_long_is_not_read(town: Generation) -> None:
    """What stands after the first 4,096 characters of a question or a search plays no part."""
    long = "Qui a inauguré le tramway ?" + " gare" * 1000
    assert answer(town, f"{long} conserverie") == answer(town, long)
    assert find(town, f"{long} conserverie") == find(town, long)


LONG: tuple[str, ...] = (
    "a" * 100_000, "tramway " * 12_500, "1" * 100_000, "d'" * 50_000, "e\u0301\u0323" * 30_000,
    '"' * 100_000, "Le maire dit : « Oui. » " * 4_000, "-a " * 30_000, "en 1 " * 20_000,
)  # fmt: skip


@pytest.mark.parametrize("long", LONG, ids=lambda text: repr(text[:8]))
@pytest.mark.parametrize(
    "act",
    [
        answer,
        lambda town, text: answer(town, "Et quand ?", history=[text] * 5),
        find,
    ],
    ids=["answer", "history", "find"],
)
def test_long_questions_are_read_quickly(
    town: Generation, act: Callable[[Generation, str], object], long: str
) -> None:
    """A question, history or search of any length takes less than a second."""
    answer(town, "Qui a inauguré le tramway ?")  # word lists are read once
    began = time.process_time()
    act(town, long)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("long", ["1" * 100_000, "a" * 100_000, "«" * 100_000])
def test_long_texts_are_read_quickly(town: Generation, long: str) -> None:
    """Evidence is chosen in a text of 100,000 characters, however odd, in less than a second."""
    began = time.process_time()
    select(town, "Quand a-t-il fermé ?", "Titre", long)
    assert time.process_time() - began < 1
