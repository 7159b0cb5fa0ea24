"""How many questions somebody may ask in a minute; in memory, for it is forgotten in a minute."""

import time
from collections import deque
from collections.abc import Callable, Hashable

MINUTE = 60.0
MOST_WATCHED = 10_000
"""People watched at once; beyond that those who asked longest ago are let go."""


class Pace:
    """Lets so many questions a minute through for each person; 0: any number."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = a_minute
        self._clock = clock
        self._asked: dict[Hashable, deque[float]] = {}

    def take(self, who: Hashable) -> float:
        """0 when the question may be asked, and counts it; else the seconds to wait."""
        if not self._most:
            return 0.0
        now = self._clock()
        asked = self._asked.pop(who, None) or deque()
        while asked and asked[0] <= now - MINUTE:
            asked.popleft()
        # Put back at the end: the dictionary is in the order of the last question.
        self._asked[who] = asked
        while len(self._asked) > MOST_WATCHED:
            del self._asked[next(iter(self._asked))]
        if len(asked) >= self._most:
            return asked[0] + MINUTE - now
        asked.append(now)
        return 0.0
