"""The clock of the measurements: processor time, so that a busy machine gives the same figures."""

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Windows counts processor time in steps of 16 ms: there the wall clock has to do.
_FINE = time.get_clock_info("process_time").resolution < 1e-4
seconds = time.process_time if _FINE else time.perf_counter


def timed(call: Callable[P, T], *given: P.args, **named: P.kwargs) -> tuple[float, T]:
    """(milliseconds of all threads of this process, what the call gave)."""
    began = seconds()
    found = call(*given, **named)
    return (seconds() - began) * 1000, found
