"""The connection that long polls: it watches what python-telegram-bot would pass over.

On 401 or 404 the library stops polling in silence while the process lives on; an update that it
cannot parse is fetched again without end. Both are seen here, where the answers come in.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.request import HTTPXRequest

WANTED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
)
"""The kinds of updates that are asked for: what is not handled need not come."""

Fatal = Callable[[int], None]
Skipped = Callable[[int, Exception], None]

_LOG = logging.getLogger(__name__)


class PollingRequest(HTTPXRequest):
    """Reports a token that is no longer known, and blanks updates that cannot be parsed."""

    def __init__(self, fatal: Fatal, skipped: Skipped) -> None:
        super().__init__(connection_pool_size=2)
        self._fatal = fatal
        self._skipped = skipped
        self._ended = False
        self.succeeded = False
        """Whether any poll was ever answered."""
        self.answered = 0.0
        """When one was answered last, by the monotonic clock."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The answer's status and body, as the library asks for it."""
        status, body = await super().do_request(*args, **kwargs)
        if status in (401, 404) and not self._ended:
            self._ended = True
            self._fatal(status)
            # The library would stop polling in silence; being waited for, it is stopped in order.
            await asyncio.Event().wait()
        elif status == 200:
            self.succeeded = True
            self.answered = time.monotonic()
            body = self._parseable(body)
        return status, body

    def _parseable(self, body: bytes) -> bytes:
        try:
            answer = json.loads(body)
            updates = answer["result"]
        except (ValueError, KeyError, TypeError):
            return body
        if not isinstance(updates, list) or not updates:
            return body
        kept = [self._checked(update) for update in updates]
        if kept == updates:
            return body
        return json.dumps({**answer, "result": [one for one in kept if one]}).encode()

    def _checked(self, update: Any) -> Any:
        number = update.get("update_id") if isinstance(update, dict) else None
        try:
            Update.de_json(update, None)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it must be passed
            self._skipped(number or 0, error)
            # An update with nothing in it is acknowledged, and no handler wants it.
            return {"update_id": number} if isinstance(number, int) else None
        return update
