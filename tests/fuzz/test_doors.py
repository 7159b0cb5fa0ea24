"""Whatever comes through a door, it is read or refused in one sentence, and in time.

The short form of `make fuzz`: the same doors, with texts made by hypothesis and damaged files.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.doors import BYTES, TEXTS, in_time
from tests.fuzz.seeds import SEEDS

PIECES = [text for seed in SEEDS if (text := seed.decode("utf-8", "ignore"))]
TEXT = st.text(max_size=200) | st.lists(
    st.sampled_from(PIECES) | st.text(max_size=8), max_size=5
).map(" ".join)
DAMAGE = st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=4)), min_size=1, max_size=4)
BRIEF = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def damaged(seed: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    """The seed with some bytes written over, or cut where there is nothing to write."""
    for place, piece in changes:
        at = place % (len(seed) + 1)
        seed = seed[:at] + piece + seed[at + len(piece) :] if piece else seed[:at]
    return seed


@pytest.mark.parametrize("door", TEXTS)
@BRIEF
@given(text=TEXT)
def test_any_text_comes_through(door: str, text: str) -> None:
    """Any text, with halves of characters, NUL and marks of direction, breaks no rule."""
    with in_time(door):
        TEXTS[door](text)


@pytest.mark.parametrize("door", BYTES)
@BRIEF
@given(content=st.binary(max_size=300) | st.builds(damaged, st.sampled_from(SEEDS), DAMAGE))
def test_any_file_comes_through(door: str, content: bytes) -> None:
    """Any bytes, and each kind of file damaged anywhere, are read or set aside."""
    with in_time(door):
        BYTES[door](content)


@pytest.mark.parametrize("door", [*TEXTS, *BYTES])
def test_the_seeds_come_through(door: str) -> None:
    """What fuzzing starts from is no finding."""
    for seed in SEEDS:
        if door in TEXTS:
            TEXTS[door](seed.decode("utf-8", "surrogateescape"))
        else:
            BYTES[door](seed)
