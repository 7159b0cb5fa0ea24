"""A progress bar on standard error for long work, when somebody watches."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot.texts import Texts

if TYPE_CHECKING:
    from bot.render.terminal import Bar

PATIENCE = 0.5
"""Seconds of work before a bar appears: a flash of a bar is worse than none."""


class Progress:
    """Takes (stage, done, total) reports; draws a bar once the work has taken a while."""

    def __init__(self, words: Texts) -> None:
        self._words = words
        self._began = time.monotonic()
        self._watched = sys.stderr.isatty()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def report(self, stage: str, done: int, total: int) -> None:
        """Shows how far the work is; nothing when nobody watches or it is quick."""
        if not self._watched:
            return
        if self._bar is None:
            if time.monotonic() - self._began < PATIENCE or done >= total:
                return
            from bot.render.terminal import Bar

            self._bar = Bar()
        self._bar.show(self._words.get(f"cli.stage_{stage}", stage), done, total)
