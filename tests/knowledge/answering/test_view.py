"""A sentence taken apart: where its terms stand and what it holds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.view import view

WORDS = st.lists(st.sampled_from(["digue", "phare", "le", "avec", "7", "Marée"]), max_size=12)


def test_places_are_positions_of_stems_and_pairs() -> None:
    """Each stem and each pair of neighbouring stems has its places, in order."""
    seen = view("La digue et le phare, la digue.")
    assert seen.stems == ("digu", "phar", "digu")
    assert seen.places == {
        "digu": (0, 2), "phar": (1,), "digu phar": (0,), "phar digu": (1,),
    }  # fmt: skip


@given(WORDS.map(" ".join))
def test_every_place_is_one_of_the_tokens(text: str) -> None:
    """The places of the stems are all positions of topical tokens, each once."""
    seen = view(text)
    single = [at for form, places in seen.places.items() if " " not in form for at in places]
    assert sorted(single) == list(range(len(seen.tokens)))


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("Elle a agi rapidement.", True),
        ("En passant par la digue.", True),
        ("À l'aide d'une pompe.", True),
        ("Il a fermé la digue.", False),
        ("Le mot ment", False),
        ("Ils mentent.", False),
    ],
)
def test_how_something_was_done(text: str, *, manner: bool) -> None:
    """An adverb in -ment or a phrase such as "à l'aide de" tells a manner."""
    assert view(text).signs.manner is manner


@pytest.mark.parametrize(
    "piece", ["1", "a", "«", '"', "(", "A ", "IX", "ment ", "en a", "tramway ", "pour ", "A.", "d'"]
)
def test_any_text_is_taken_apart_quickly(piece: str) -> None:
    """The time is in proportion to the length, whatever is repeated."""
    text = piece * (50_000 // len(piece))
    began = time.process_time()
    assert view(text).signs.capitals is not None
    assert time.process_time() - began < 1
