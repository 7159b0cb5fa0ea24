"""Updates side by side, but one after the other inside a chat."""

import asyncio
from collections.abc import Awaitable
from contextvars import ContextVar
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.state import Inbox

AT_ONCE = 1024
"""Updates held at once, waiting ones included: one busy chat must not keep the others out."""


UNDER_WAY: ContextVar[int] = ContextVar("update under way", default=0)
"""The update that this task works on; 0 outside of any."""


class ChatOrder(BaseUpdateProcessor):
    """Lets the updates of a chat through in the order in which they came.

    Each is checked off in the inbox: begun, and done once its handlers have returned. One that
    is cancelled (the bot stops) is not done, and is taken up again after the next start.
    """

    def __init__(self, inbox: Inbox | None = None, at_once: int = AT_ONCE) -> None:
        super().__init__(at_once)
        self._inbox = inbox
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Awaits the coroutine when the updates of the same chat before it are done."""
        key = _key(update)
        if key is None:
            await self._work(update, coroutine)
            return
        lock, waiting = self._turns.get(key, (asyncio.Lock(), 0))
        self._turns[key] = (lock, waiting + 1)
        try:
            # asyncio's locks are fair: they open in the order in which they were asked for.
            async with lock:
                await self._work(update, coroutine)
        finally:
            lock, waiting = self._turns[key]
            if waiting == 1:
                del self._turns[key]
            else:
                self._turns[key] = (lock, waiting - 1)

    async def _work(self, update: object, coroutine: Awaitable[Any]) -> None:
        if self._inbox is None or not isinstance(update, Update):
            await coroutine
            return
        self._inbox.begin(update.update_id)
        UNDER_WAY.set(update.update_id)
        try:
            await coroutine
        except Exception:
            self._inbox.done(update.update_id)
            raise
        self._inbox.done(update.update_id)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""


def _key(update: object) -> int | None:
    """The chat, or the user where there is no chat (inline queries); None for anything else."""
    if not isinstance(update, Update):
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else None
