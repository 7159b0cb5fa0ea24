"""The stand-in's methods that send, edit and delete messages."""

import time

from tests.e2e import telegram_rules as rules
from tests.e2e.botapi_base import StandIn
from tests.e2e.people import JSON, Chat, Event
from tests.e2e.telegram_rules import Refused


class MessageMethods(StandIn):
    """What ends in a chat; refused where Telegram refuses it."""

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


def _without_reply(message: JSON) -> JSON:
    return {name: value for name, value in message.items() if name != "reply_to_message"}
