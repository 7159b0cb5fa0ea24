"""The queue of updates, durable: an update is on the disk before Telegram is told that it came.

The library acknowledges updates before they are handled, so a killed process would lose them.
"""

import asyncio
import json
import logging
from collections.abc import Callable

from telegram import Bot, Update

from bot.state.inbox import Inbox

_LOG = logging.getLogger(__name__)


class DurableQueue(asyncio.Queue[object]):
    """A queue whose updates are committed in `put`, and replayed after a fall."""

    def __init__(self, inbox: Inbox, came: Callable[[int], None] = lambda _: None) -> None:
        super().__init__()
        self.inbox = inbox
        self._came = came

    async def put(self, item: object) -> None:
        """Commits the update, then queues it; one that is known already is let go.

        Raises nothing of the database's: an update that cannot be kept is still answered.
        """
        if isinstance(item, Update) and not self.inbox.receive(item.update_id, item.to_json()):
            _LOG.info("update %s came again", item.update_id)
            return
        if isinstance(item, Update):
            self._came(item.update_id)
        await super().put(item)

    async def replay(self, bot: Bot) -> int:
        """Queues what was not done when the process ended, in order; how many."""
        waiting = self.inbox.waiting()
        for number, body in waiting:
            await super().put(Update.de_json(json.loads(body), bot))
            _LOG.info("update %s is taken up again", number)
        for number in self.inbox.aside():
            _LOG.error("update %s was set aside: the bot died of it again and again", number)
        self.inbox.tidy()
        return len(waiting)
