"""The stand-in's methods that bring updates: long polling and the webhook."""

import asyncio
import time

from tests.e2e.botapi_base import StandIn
from tests.e2e.people import JSON
from tests.e2e.telegram_rules import Refused

LONG_POLL_MAX = 50


class UpdateMethods(StandIn):
    """getUpdates and the webhook; at most one of them at a time, as the real server."""

    def __init__(self, token: str) -> None:
        super().__init__(token)
        self.webhook: JSON = {"url": ""}
        self.polls = 0
        """Long polls that have begun; a bot that has polled is up."""
        self._poller: object | None = None
        self._postman: asyncio.Task[None] | None = None

    async def _do_getupdates(self, given: JSON) -> list[JSON]:
        if self.webhook["url"]:
            raise Refused(
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
                409,
            )
        if given.get("allowed_updates") is not None:
            self._allowed = given["allowed_updates"]
        offset = int(given.get("offset") or 0)
        if offset > 0:
            self._updates = [one for one in self._updates if one["update_id"] >= offset]
        elif offset < 0:
            self._updates = self._updates[offset:]
        limit = int(given.get("limit") or 100)
        # As the real server does: the newer poll ends the older one.
        me = self._poller = object()
        self.polls += 1
        until = time.monotonic() + min(int(given.get("timeout") or 0), LONG_POLL_MAX)
        async with self._news:
            self._news.notify_all()  # the poll that this one ends
            while not self._updates and self._poller is me:
                left = until - time.monotonic()
                if left <= 0:
                    break
                try:
                    await asyncio.wait_for(self._news.wait(), left)
                except TimeoutError:
                    break
        if self._poller is not me:
            raise Refused(
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
                409,
            )
        return self._updates[:limit]

    async def _do_setwebhook(self, given: JSON) -> bool:
        self.webhook = {
            "url": given.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
            "secret_token": given.get("secret_token", ""),
        }
        if given.get("allowed_updates") is not None:
            self._allowed = given["allowed_updates"]
        if self._postman is not None:
            self._postman.cancel()
            self._postman = None
        if given.get("drop_pending_updates"):
            self._updates.clear()
        if self.webhook["url"]:
            self._postman = asyncio.create_task(self._deliver())
        return True

    async def _do_deletewebhook(self, given: JSON) -> bool:
        return await self._do_setwebhook(
            {"url": "", "drop_pending_updates": given.get("drop_pending_updates")}
        )

    async def _do_getwebhookinfo(self, _given: JSON) -> JSON:
        shown = {name: value for name, value in self.webhook.items() if name != "secret_token"}
        return {"has_custom_certificate": False, "pending_update_count": 0, **shown}

    async def _deliver(self) -> None:
        import aiohttp

        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        async with aiohttp.ClientSession() as session:
            while True:
                async with self._news:
                    await self._news.wait_for(lambda: bool(self._updates))
                update = self._updates[0]
                delivered = False
                try:
                    async with session.post(
                        self.webhook["url"], json=update, headers=headers
                    ) as answer:
                        delivered = answer.status // 100 == 2
                        self.webhook["last_error_message"] = f"{answer.status} {answer.reason}"
                except aiohttp.ClientError as error:
                    self.webhook["last_error_message"] = str(error)
                if delivered:
                    self._updates.remove(update)
                else:
                    self.webhook["last_error_date"] = int(time.time())
                    await asyncio.sleep(0.05)
