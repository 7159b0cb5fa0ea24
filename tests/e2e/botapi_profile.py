"""The stand-in's methods about the bot itself, its files, and the queries that it answers."""

from tests.e2e import telegram_rules as rules
from tests.e2e.botapi_base import StandIn
from tests.e2e.people import JSON
from tests.e2e.telegram_rules import Refused


class ProfileMethods(StandIn):
    """Who the bot is, its commands and descriptions; answers to queries; getFile."""

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


def _scope(given: JSON) -> tuple[str, str]:
    scope = given.get("scope") or {"type": "default"}
    name = ":".join(str(scope[key]) for key in ("type", "chat_id") if key in scope)
    return name, given.get("language_code") or ""
