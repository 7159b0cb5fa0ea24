"""What each question cost, stage by stage: a line in the log, and figures for /metrics.

No word of a question is in either, but at LOG_LEVEL=DEBUG.
"""

import logging
import time
from collections.abc import Callable

from bot.telegram.metrics import Metrics, NoMetrics
from config.logging import facts
from knowledge.model import Abstention, Reply

_LOG = logging.getLogger(__name__)


class Stages:
    """The milliseconds of each stage of a question, from the moment its update came."""

    def __init__(self, came: float | None, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        now = clock()
        self._began = now if came is None else came
        self.milliseconds: dict[str, float] = {"wait": (now - self._began) * 1000}
        self._last = now

    def end(self, stage: str) -> float:
        """The milliseconds since the stage before; this one ends now."""
        now = self._clock()
        spent = self.milliseconds[stage] = (now - self._last) * 1000
        self._last = now
        return spent

    @property
    def total(self) -> float:
        """Milliseconds from the update to the end of the last stage."""
        return (self._last - self._began) * 1000


class Meter:
    """Where questions are counted."""

    def __init__(self, metrics: Metrics | NoMetrics) -> None:
        self.metrics = metrics
        self._came: dict[int, float] = {}

    def came(self, update: int) -> None:
        """An update came in; remembered until its question is answered."""
        self._came[update] = time.perf_counter()
        while len(self._came) > MOST_WAITING:
            del self._came[next(iter(self._came))]

    def stages(self, update: int) -> Stages:
        """The stages of the question that came in this update."""
        return Stages(self._came.pop(update, None))

    def answered(self, reply: Reply, number: int, generation: int, stages: Stages) -> None:
        """A question was answered and the answer sent."""
        outcome = reply.reason if isinstance(reply, Abstention) else "answered"
        spent = {f"{stage}_ms": round(ms, 1) for stage, ms in stages.milliseconds.items()}
        _LOG.info(
            "question",
            extra=facts(
                number=number,
                status=outcome,
                kind=reply.kind,
                language=reply.language,
                generation=generation,
                **spent,
                ms=round(stages.total, 1),
            ),
        )
        _LOG.debug("words", extra=facts(number=number, question=reply.question))
        self.metrics.answered(outcome, stages.milliseconds, stages.total)


MOST_WAITING = 10_000
"""Updates whose coming is remembered: those that are no question are never asked for."""
