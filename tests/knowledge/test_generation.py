"""A generation, and what is worked out once in its life."""

import gc
import weakref

from knowledge.answering import answer, find, select
from tests.knowledge.answering.town import articles, generation_of, valmeur


def test_once_is_once() -> None:
    """What is worked out under a name is worked out once for a generation, None too."""
    generation, other = valmeur(), generation_of(articles()[:1])
    worked: list[int] = []

    def work() -> int | None:
        worked.append(1)
        return len(worked) if len(worked) > 1 else None

    assert generation.once("name", work) is None
    assert generation.once("name", work) is None
    assert generation.once(("name", 2), work) == 2
    assert other.once("name", work) == 3


def test_a_retired_generation_is_let_go() -> None:
    """Nothing that was asked of a generation keeps its index in memory afterwards."""
    generation = valmeur()
    answer(generation, "Qui a inauguré le tramway ?")
    answer(generation, "Qui a inventé le xylophone ?")
    find(generation, "tramway")
    select(generation, "Qui a fermé la rue ?", "La rue", "La maire a fermé la rue Haute.")
    retired, index = weakref.ref(generation), weakref.ref(generation.index)
    del generation
    gc.collect()
    assert retired() is None
    assert index() is None
