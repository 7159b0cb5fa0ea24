"""A stand-in for Telegram's Bot API server: HTTP on 127.0.0.1, refusing what Telegram refuses.

The bot under test talks to `BotApi.url`; a test speaks as people through `tests.e2e.people`.
Everything asked is kept in `requests`, everything refused without being asked to in `refusals`.
`python -m tests.e2e.botapi --port 8081` serves it alone, with /control/… for other programs.
"""

import asyncio
import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.e2e import telegram_rules as rules
from tests.e2e.people import JSON, PATIENCE, Chat, Event, Person
from tests.e2e.telegram_rules import Refused

DEFAULT_TOKEN = "424242424:stand-in-token-of-the-tests-0000000"
LONG_POLL_MAX = 50


@dataclass(frozen=True, slots=True)
class Request:
    """One call of the bot, and how it was answered."""

    method: str
    parameters: Mapping[str, Any]
    status: int
    description: str = ""


@dataclass(slots=True)
class Fault:
    """A failure on demand for the next `times` calls of `method` ("*": of any)."""

    method: str
    times: int
    code: int
    description: str
    retry_after: int | None = None
    cut: bool = False
    after: bool = False
    """The act is done, then the answer is lost."""


class BotApi:
    """The server; use it as an async context manager."""

    def __init__(self, token: str = DEFAULT_TOKEN, *, port: int = 0, strict: bool = False) -> None:
        self.token = token
        self.strict = strict
        """Whether parameters are held against aiogram (its import takes seconds)."""
        self.bot: JSON = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Dossier",
            "username": "dossier_test_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }
        self.url = ""
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.requests: list[Request] = []
        self.refusals: list[Request] = []
        self.faults: list[Fault] = []
        self.commands: dict[tuple[str, str], list[JSON]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.webhook: JSON = {"url": ""}
        self.pending: dict[str, asyncio.Future[JSON]] = {}
        """Callback and inline queries that wait for the bot's answer, by their id."""
        self.polls = 0
        """Long polls that have begun; a bot that has polled is up."""
        self._port = port
        self._updates: list[JSON] = []
        self._numbers = itertools.count(1)
        self._update_ids = itertools.count(900_001)
        self._allowed: list[str] = []
        self._news = asyncio.Condition()
        self._poller: object | None = None
        self._runner: web.AppRunner | None = None
        self._postman: asyncio.Task[None] | None = None

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

    # People and chats

    def person(self, name: str = "Alice", language: str = "fr") -> Person:
        """A new person with a private chat that is not started yet."""
        person = Person(self, next(self._numbers) + 1000, name, language)
        self.people[person.id] = person
        self.chats[person.id] = person.private
        return person

    def group(self, title: str = "Rédaction", *, forum: bool = False) -> Chat:
        """A supergroup that the bot is a member of."""
        number = -1_000_000_000_000 - next(self._numbers)
        chat = Chat(self, number, "supergroup", title=title, is_forum=forum)
        self.chats[number] = chat
        return chat

    def add_file(self, name: str, content: bytes) -> str:
        """The file_id of a file that somebody uploads."""
        file_id = f"file-{next(self._numbers)}"
        self.files[file_id] = (name, content)
        return file_id

    def new_number(self) -> int:
        """A number never given before, for messages and queries."""
        return next(self._numbers)

    async def post(self, kind: str, content: JSON) -> int:
        """Queues an update for the bot; the update's id."""
        number = next(self._update_ids)
        if not self._allowed or kind in self._allowed:
            self._updates.append({"update_id": number, kind: content})
            async with self._news:
                self._news.notify_all()
        return number

    def unread(self) -> int:
        """How many updates the bot has not acknowledged."""
        return len(self._updates)

    def called(self, method: str) -> list[Request]:
        """The calls of this method, oldest first."""
        return [request for request in self.requests if request.method.lower() == method.lower()]

    def fail(
        self,
        method: str,
        code: int = 500,
        *,
        times: int = 1,
        description: str = "",
        retry_after: int | None = None,
        cut: bool = False,
        after: bool = False,
    ) -> None:
        """Makes the next calls of this method fail; `cut` drops the connection instead."""
        words = {401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}
        text = description or words.get(code, "Internal Server Error")
        if retry_after is not None:
            text = f"{text}: retry after {retry_after}"
        self.faults.append(Fault(method, times, code, text, retry_after, cut, after))

    # The HTTP side

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

    # Receiving updates

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

    async def until(self, true: Callable[[], bool], within: float = PATIENCE) -> None:
        """Returns once this is true; it is looked at again after each request."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(true), within)

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

    # Who the bot is

    async def _do_getme(self, _given: JSON) -> JSON:
        return self.bot

    async def _do_setmycommands(self, given: JSON) -> bool:
        for command in given["commands"]:
            name, words = command["command"], command["description"]
            if not (1 <= len(name) <= 32 and name.replace("_", "a").isalnum() and name.islower()):
                raise Refused("Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(words) <= 256:
                raise Refused("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        if len(given["commands"]) > 100:
            raise Refused("Bad Request: BOT_COMMANDS_TOO_MUCH")
        self.commands[_scope(given)] = given["commands"]
        return True

    async def _do_deletemycommands(self, given: JSON) -> bool:
        self.commands.pop(_scope(given), None)
        return True

    async def _do_getmycommands(self, given: JSON) -> list[JSON]:
        return self.commands.get(_scope(given), [])

    async def _do_setmydescription(self, given: JSON) -> bool:
        return self._describe("description", given, 512)

    async def _do_setmyshortdescription(self, given: JSON) -> bool:
        return self._describe("short_description", given, 120)

    async def _do_setmyname(self, given: JSON) -> bool:
        return self._describe("name", given, 64)

    def _describe(self, what: str, given: JSON, limit: int) -> bool:
        words = given.get(what) or ""
        if len(words) > limit:
            raise Refused(f"Bad Request: {what} is too long")
        self.descriptions[what, given.get("language_code") or ""] = words
        return True

    # Sending

    async def _do_sendmessage(self, given: JSON) -> JSON:
        chat, message = self._draft(given)
        shown = rules.format_text(str(given.get("text", "")), given.get("parse_mode"))
        message |= {"text": shown.text}
        if shown.entities:
            message["entities"] = list(shown.entities)
        if given.get("link_preview_options"):
            message["link_preview_options"] = given["link_preview_options"]
        return await self._publish(chat, message)

    async def _do_senddocument(self, given: JSON) -> JSON:
        return await self._send_file(given, "document")

    async def _do_sendphoto(self, given: JSON) -> JSON:
        return await self._send_file(given, "photo")

    async def _send_file(self, given: JSON, kind: str) -> JSON:
        chat, message = self._draft(given)
        reference = str(given[kind]).removeprefix("attach://")
        file_id = str(given.get(reference, reference))
        if file_id not in self.files:
            raise Refused("Bad Request: wrong file identifier/HTTP URL specified")
        name, content = self.files[file_id]
        made = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content)}
        if kind == "photo":
            message["photo"] = [{**made, "width": 800, "height": 600}]
        else:
            message["document"] = {**made, "file_name": name}
        if given.get("caption"):
            shown = rules.format_text(
                given["caption"], given.get("parse_mode"), rules.CAPTION_LIMIT
            )
            message |= {"caption": shown.text, "caption_entities": list(shown.entities)}
        return await self._publish(chat, message)

    def _draft(self, given: JSON) -> tuple[Chat, JSON]:
        chat = self._chat(given)
        rules.check_keyboard(given.get("reply_markup"))
        message: JSON = {
            "message_id": self.new_number(),
            "date": int(time.time()),
            "from": self.bot,
            "chat": chat.card,
        }
        thread = given.get("message_thread_id")
        if thread is not None:
            if thread not in chat.topics:
                raise Refused("Bad Request: message thread not found")
            message |= {"message_thread_id": thread, "is_topic_message": True}
        reply = given.get("reply_parameters")
        if reply:
            target = chat.messages.get(reply["message_id"])
            if target is not None:
                said = target.get("text") or target.get("caption") or ""
                if reply.get("quote") and reply["quote"] not in said:
                    raise Refused("Bad Request: QUOTE_TEXT_INVALID")
                message["reply_to_message"] = _without_reply(target)
            elif not reply.get("allow_sending_without_reply"):
                raise Refused("Bad Request: message to be replied not found")
        # Other markups (a forced reply) are for the app and do not stand in the message.
        if "inline_keyboard" in (given.get("reply_markup") or {}):
            message["reply_markup"] = given["reply_markup"]
        return chat, message

    def _chat(self, given: JSON) -> Chat:
        try:
            chat = self.chats[int(given["chat_id"])]
        except (KeyError, ValueError):
            raise Refused("Bad Request: chat not found") from None
        if chat.migrated_to is not None:
            raise Refused(
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if chat.blocked:
            raise Refused("Forbidden: bot was blocked by the user", 403)
        if not chat.started:
            raise Refused("Forbidden: bot can't initiate conversation with a user", 403)
        return chat

    async def _publish(self, chat: Chat, message: JSON) -> JSON:
        chat.messages[message["message_id"]] = message
        await chat.show(Event("sent", message))
        return message

    async def _do_editmessagetext(self, given: JSON) -> JSON | bool:
        return await self._edit(given, "text")

    async def _do_editmessagereplymarkup(self, given: JSON) -> JSON | bool:
        return await self._edit(given, "markup")

    async def _edit(self, given: JSON, what: str) -> JSON | bool:
        if given.get("inline_message_id"):
            return True
        chat = self._chat(given)
        old = chat.messages.get(given["message_id"])
        if old is None:
            raise Refused("Bad Request: message to edit not found")
        if old["from"]["id"] != self.bot["id"]:
            raise Refused("Bad Request: message can't be edited")
        rules.check_keyboard(given.get("reply_markup"))
        new = {name: value for name, value in old.items() if name != "reply_markup"}
        if what == "text":
            shown = rules.format_text(str(given.get("text", "")), given.get("parse_mode"))
            new.pop("entities", None)
            new |= {"text": shown.text}
            if shown.entities:
                new["entities"] = list(shown.entities)
        if given.get("reply_markup"):
            new["reply_markup"] = given["reply_markup"]
        if all(old.get(key) == new.get(key) for key in ("text", "entities", "reply_markup")):
            raise Refused(
                "Bad Request: message is not modified: specified new message content and reply "
                "markup are exactly the same as a current content and reply markup of the message"
            )
        new["edit_date"] = int(time.time())
        chat.messages[old["message_id"]] = new
        await chat.show(Event("edited", new))
        return new

    async def _do_deletemessage(self, given: JSON) -> bool:
        chat = self._chat(given)
        message = chat.messages.pop(given["message_id"], None)
        if message is None:
            raise Refused("Bad Request: message to delete not found")
        await chat.show(Event("deleted", message))
        return True

    async def _do_sendchataction(self, given: JSON) -> bool:
        await self._chat(given).show(Event("action", {"action": given["action"]}))
        return True

    # Answering queries

    async def _do_answercallbackquery(self, given: JSON) -> bool:
        if len(given.get("text") or "") > 200:
            raise Refused("Bad Request: MESSAGE_TOO_LONG")
        return self._settle(str(given["callback_query_id"]), given)

    async def _do_answerinlinequery(self, given: JSON) -> bool:
        results = given["results"]
        if len(results) > 50:
            raise Refused("Bad Request: RESULTS_TOO_MUCH")
        names = [str(result["id"]) for result in results]
        if len(set(names)) < len(names) or any(not 1 <= len(n.encode()) <= 64 for n in names):
            raise Refused("Bad Request: RESULT_ID_INVALID")
        for result in results:
            content = result.get("input_message_content")
            if content:
                shown = rules.format_text(content["message_text"], content.get("parse_mode"))
                result["shown"] = {"text": shown.text, "entities": list(shown.entities)}
            rules.check_keyboard(result.get("reply_markup"))
        return self._settle(str(given["inline_query_id"]), given)

    def _settle(self, number: str, given: JSON) -> bool:
        waiting = self.pending.pop(number, None)
        if waiting is None or waiting.done():
            raise Refused(
                "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        waiting.set_result(given)
        return True

    # Files

    async def _do_getfile(self, given: JSON) -> JSON:
        found = self.files.get(given["file_id"])
        if found is None:
            raise Refused("Bad Request: invalid file_id")
        if len(found[1]) > 20 * 1024 * 1024:
            raise Refused("Bad Request: file is too big")
        return {
            "file_id": given["file_id"],
            "file_unique_id": given["file_id"],
            "file_size": len(found[1]),
            "file_path": f"documents/{given['file_id']}",
        }


# Parameters that are text even when they look like JSON.
_STRINGS = (
    "text", "caption", "callback_query_id", "inline_query_id", "description",
    "short_description", "name", "secret_token", "file_id",
)  # fmt: skip


def _plain(parameters: JSON) -> JSON:
    return {name: value for name, value in parameters.items() if not name.startswith("attached")}


def _scope(given: JSON) -> tuple[str, str]:
    scope = given.get("scope") or {"type": "default"}
    name = ":".join(str(scope[key]) for key in ("type", "chat_id") if key in scope)
    return name, given.get("language_code") or ""


def _without_reply(message: JSON) -> JSON:
    return {name: value for name, value in message.items() if name != "reply_to_message"}


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
