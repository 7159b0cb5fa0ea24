"""The durable inbox: what is kept of an update, tried, spared, set aside and forgotten."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.state import State
from bot.state.inbox import MOST_TRIES, REMEMBERED


@pytest.fixture
def state(tmp_path: Path) -> State:
    """An empty state on the disk."""
    return State.open(tmp_path / "state.db")


def test_an_update_is_done_once(state: State) -> None:
    """What is done waits no more, its words are gone, and it is known when it comes again."""
    assert state.receive(5, '{"text": "secret"}')
    assert state.waiting() == ((5, '{"text": "secret"}'),)
    assert state.unfinished() == 1
    state.done(5)
    assert state.waiting() == ()
    assert state.aside() == ()
    assert state.unfinished() == 0
    assert [row["body"] for row in state._query("SELECT body FROM inbox")] == [""]
    assert not state.receive(5, "{}")


def test_updates_wait_in_their_order(state: State) -> None:
    """The oldest first, whichever was written first; nothing that is done or aside."""
    for number in (9, 7, 8):
        state.receive(number, str(number))
    state.done(8)
    assert state.waiting() == ((7, "7"), (9, "9"))


@pytest.mark.parametrize(("begun", "waits"), [(0, True), (2, True), (3, False), (4, False)])
def test_the_third_try_is_the_last(state: State, begun: int, waits: bool) -> None:  # noqa: FBT001
    """After three tries an update is set aside, and others go on."""
    state.receive(1, "{}")
    state.receive(2, "{}")
    for _ in range(begun):
        state.begin(1)
    state.begin(2)
    assert [number for number, _ in state.waiting()] == ([1, 2] if waits else [2])
    assert state.aside() == (() if waits else (1,))


def test_an_update_whose_work_is_done_is_spared(state: State) -> None:
    """What dies while its answer is sent is no poison: its tries are forgotten."""
    state.receive(1, "{}")
    for _ in range(MOST_TRIES):
        state.begin(1)
        state.spare(1)
    assert [number for number, _ in state.waiting()] == [1]


def test_an_update_is_on_the_disk_before_it_is_acknowledged(state: State) -> None:
    """It is written with synchronous=FULL (2), the rest without (NORMAL: 1)."""
    levels: list[int] = []
    insert = state._insert

    def watched(table: str, **row: object) -> int:
        levels.extend(row["synchronous"] for row in state._query("PRAGMA synchronous"))
        return insert(table, **row)

    state._insert = watched  # type: ignore[method-assign]
    state.receive(1, "{}")
    assert levels == [2]
    assert [row["synchronous"] for row in state._query("PRAGMA synchronous")] == [1]


@pytest.mark.parametrize("hourly", [False, True])
def test_old_numbers_are_forgotten(state: State, hourly: bool) -> None:  # noqa: FBT001
    """So many updates done are remembered, at a start and each hour; what waits stays."""
    for number, finish in ((1, False), (2, True), (3, True), (REMEMBERED + 2, True)):
        state.receive(number, "{}")
        if finish:
            state.done(number)
    if hourly:
        state.expire(datetime(2024, 3, 12, tzinfo=UTC))
    else:
        state.tidy()
    kept = [row["id"] for row in state._query("SELECT id FROM inbox ORDER BY id")]
    assert kept == [1, 3, REMEMBERED + 2]
