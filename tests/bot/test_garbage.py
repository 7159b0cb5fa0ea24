"""When the process looks for garbage."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot import garbage


class Knot:
    """What refers to itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_what_is_old_goes_between_questions_only() -> None:
    """It is there until `collect`, however much is made meanwhile."""
    garbage.spare_questions()
    old = Knot()
    gc.collect()
    seen = weakref.ref(old)
    del old
    made = [[] for _ in range(100_000)]  # type: ignore[var-annotated]
    assert seen() is not None
    assert len(made) == 100_000
    garbage.collect()
    assert seen() is None


def test_what_is_young_goes_by_itself() -> None:
    """What a question leaves behind does not add up."""
    garbage.spare_questions()
    young = Knot()
    seen = weakref.ref(young)
    del young
    made = [[] for _ in range(10_000)]  # type: ignore[var-annotated]
    assert seen() is None
    assert len(made) == 10_000
