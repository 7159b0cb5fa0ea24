"""Sending with patience: Telegram's limits kept, its bad moments waited out."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram.error import BadRequest, NetworkError
from telegram.ext import AIORateLimiter

from bot.state.inbox import Inbox
from bot.telegram.order import UNDER_WAY

FLOOD_RETRIES = 20
"""Times a message is tried again after Telegram said how long to wait."""

NETWORK_RETRIES = 12
"""Times a message is tried again when Telegram cannot be reached: 1, 2, 4… 30 s, five minutes."""

FIRST_SECONDS = 1.0
"""The first wait; each is twice the one before."""

MESSAGES = ("sendMessage", "editMessageText", "sendDocument", "sendPhoto")
"""What must arrive. The rest (typing, a button's light) is worth nothing later."""

DOOR_SECONDS = 1.0
"""How long a message waits for the one before it."""

_LOG = logging.getLogger(__name__)

Call = Callable[..., Coroutine[Any, Any, Any]]


class PatientRateLimiter(AIORateLimiter):
    """Keeps Telegram's limits, and tries messages again after a network's or server's fault.

    A message whose answer was lost may be sent twice: better twice than never. Messages go out
    one at a time, each checked off in the inbox before the next, so that a killed process leaves
    one at most that may have arrived and will be sent again.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(max_retries=FLOOD_RETRIES)
        self._inbox = inbox
        self._door = asyncio.Lock()

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """The request's result. Raises: TelegramError when patience is at its end."""
        if endpoint == "sendChatAction":
            # "Typing" is no message: counted as one it halves what a burst is answered with.
            return await callback(*args, **kwargs)
        if endpoint not in MESSAGES:
            return await super().process_request(
                callback, args, kwargs, endpoint, data, rate_limit_args
            )
        seconds = FIRST_SECONDS
        for again in range(NETWORK_RETRIES + 1):
            try:
                return await super().process_request(
                    partial(self._alone, callback), args, kwargs, endpoint, data, rate_limit_args
                )
            except BadRequest:
                # The library calls it a network error; asking again will not help.
                raise
            except NetworkError as error:
                if again == NETWORK_RETRIES:
                    raise
                _LOG.warning("%s: %s; again in %.0f s", endpoint, error, seconds)
            await asyncio.sleep(seconds)
            seconds = min(30.0, seconds * 2)
        raise AssertionError("unreachable")

    async def _alone(self, callback: Call, *args: Any, **kwargs: Any) -> Any:
        held = await self._enter()
        try:
            result = await callback(*args, **kwargs)
            if UNDER_WAY.get():
                self._inbox.done(UNDER_WAY.get())
            return result
        finally:
            if held:
                self._door.release()

    async def _enter(self) -> bool:
        """Whether the door is ours; a message that hangs does not hold up the others for long."""
        try:
            await asyncio.wait_for(self._door.acquire(), DOOR_SECONDS)
        except TimeoutError:
            return False
        return True
