"""Questions a minute."""

from bot.telegram import pace
from bot.telegram.pace import Pace


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        """The time that was set."""
        return self.now


def test_each_person_has_their_own_minute() -> None:
    """So many a minute each; then the seconds to wait; an old question is forgotten."""
    clock = Clock()
    watch = Pace(2, clock)
    assert watch.take("a") == 0
    clock.now += 10
    assert watch.take("a") == 0
    assert watch.take("a") == 50
    assert watch.take("b") == 0
    clock.now += 50
    assert watch.take("a") == 0
    assert watch.take("a") == 10


def test_none_means_any_number() -> None:
    """0 a minute: nobody waits."""
    assert not any(Pace(0, Clock()).take("a") for _ in range(1000))


def test_memory_stays_small() -> None:
    """Only so many people are watched; those who asked longest ago are let go."""
    watch = Pace(1, Clock())
    for person in range(pace.MOST_WATCHED + 5):
        watch.take(person)
    assert len(watch._asked) == pace.MOST_WATCHED
    assert watch.take(0) == 0
