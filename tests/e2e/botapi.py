"""A stand-in for Telegram's Bot API server: HTTP on 127.0.0.1, refusing what Telegram refuses.

The bot under test talks to `BotApi.url`; a test speaks as people through `tests.e2e.people`.
Everything asked is kept in `requests`, everything refused without being asked to in `refusals`.
`python -m tests.e2e.botapi --port 8081` serves it alone, with /control/… for other programs.
"""

import asyncio
import json
from typing import Any, Self

from aiohttp import web

from tests.e2e import telegram_rules as rules
from tests.e2e.botapi_base import DEFAULT_TOKEN, Fault, Request
from tests.e2e.botapi_messages import MessageMethods
from tests.e2e.botapi_profile import ProfileMethods
from tests.e2e.botapi_updates import UpdateMethods
from tests.e2e.people import JSON
from tests.e2e.telegram_rules import Refused


class BotApi(UpdateMethods, MessageMethods, ProfileMethods):
    """The server; use it as an async context manager."""

    def __init__(self, token: str = DEFAULT_TOKEN, *, port: int = 0, strict: bool = False) -> None:
        super().__init__(token)
        self.strict = strict
        """Whether parameters are held against aiogram (its import takes seconds)."""
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        app.router.add_route("*", "/control/{act}", self._control)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._postman is not None:
            self._postman.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._served(request)
        finally:
            async with self._news:
                self._news.notify_all()

    async def _served(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        parameters = await self._parameters(request)
        if request.match_info["token"] != self.token:
            return self._answer(method, parameters, Refused("Unauthorized", 401))
        fault = self._fault(method)
        if fault is not None and not fault.after:
            if fault.cut:
                return self._cut(request)
            extra = {} if fault.retry_after is None else {"retry_after": fault.retry_after}
            refusal = Refused(fault.description, fault.code, **extra)
            return self._answer(method, parameters, refusal, asked=True)
        act = getattr(self, f"_do_{method.lower()}", None)
        if act is None:
            return self._answer(method, parameters, Refused("Not Found: method not found", 404))
        try:
            if self.strict:
                complaints = rules.check_parameters(method, _plain(parameters))
                if complaints:
                    raise Refused(f"Bad Request: {'; '.join(complaints)}")
            decoded = {name: rules.decode(value) for name, value in parameters.items()}
            decoded |= {name: parameters[name] for name in _STRINGS if name in parameters}
            result = await act(decoded)
        except Refused as refusal:
            return self._answer(method, parameters, refusal)
        if fault is not None:
            return self._cut(request)
        return self._answer(method, parameters, result)

    async def _parameters(self, request: web.Request) -> JSON:
        if request.content_type == "application/json":
            body = await request.text()
            return dict(json.loads(body)) if body else {}
        found: JSON = dict(request.query)
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                found[name] = self.add_file(value.filename, value.file.read())
            else:
                found[name] = value
        return found

    def _fault(self, method: str) -> Fault | None:
        for fault in self.faults:
            if fault.method in ("*", method):
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def _cut(self, request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _answer(
        self, method: str, parameters: JSON, result: Any, *, asked: bool = False
    ) -> web.Response:
        if not isinstance(result, Refused):
            self.requests.append(Request(method, parameters, 200))
            return web.json_response({"ok": True, "result": result})
        made = Request(method, parameters, result.code, result.description)
        self.requests.append(made)
        if not asked:
            self.refusals.append(made)
        body: JSON = {"ok": False, "error_code": result.code, "description": result.description}
        if result.parameters:
            body["parameters"] = result.parameters
        return web.json_response(body, status=result.code)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        found = self.files.get(request.match_info["path"].split("/")[-1])
        if request.match_info["token"] != self.token or found is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"})
        return web.Response(body=found[1])

    async def _control(self, request: web.Request) -> web.StreamResponse:
        from tests.e2e.control import control

        body = await request.json() if request.can_read_body else dict(request.query)
        try:
            return web.json_response(await control(self, request.match_info["act"], body))
        except (KeyError, ValueError, TypeError, AssertionError) as error:
            return web.json_response({"error": repr(error)}, status=400)


# Parameters that are text even when they look like JSON.
_STRINGS = (
    "text", "caption", "callback_query_id", "inline_query_id", "description",
    "short_description", "name", "secret_token", "file_id",
)  # fmt: skip


def _plain(parameters: JSON) -> JSON:
    return {name: value for name, value in parameters.items() if not name.startswith("attached")}


def main() -> None:
    """Serves the stand-in until interrupted."""
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    arguments = parser.parse_args()

    async def serve() -> None:
        async with BotApi(arguments.token, port=arguments.port) as api:
            print(f"BOT_API_URL={api.url} BOT_TOKEN={api.token}", flush=True)  # noqa: T201
            await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
