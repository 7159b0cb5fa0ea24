"""The stand-in's control over HTTP, for programs that are not these tests.

POST /control/<act> with a JSON object:
say {name, text, chat?, thread?} -> {message_id}; press {name, chat?, message_id, button};
inline {name, query}; edit {name, message_id, text}; wait {name or chat, within?} -> the next event;
requests {} and refusals {} -> lists; fail {method, code?, times?, retry_after?, cut?, after?};
group {title, forum?} -> {chat}; topic {chat, name} -> {thread}.
A person is known by name and made when first named.
"""

from typing import TYPE_CHECKING, Any

from tests.e2e.people import PATIENCE, Chat, Event, Person

if TYPE_CHECKING:
    from tests.e2e.botapi import BotApi


async def control(api: "BotApi", act: str, given: dict[str, Any]) -> Any:
    """The answer of one act. Raises: KeyError, ValueError for what is unknown or missing."""
    match act:
        case "requests" | "refusals":
            made = api.requests if act == "requests" else api.refusals
            return [[one.method, dict(one.parameters), one.status, one.description] for one in made]
        case "fail":
            api.fail(given.pop("method"), **given)
            return True
        case "group":
            return {"chat": api.group(given["title"], forum=bool(given.get("forum"))).id}
        case "topic":
            return {"thread": api.chats[given["chat"]].topic(given["name"])}
    person = _person(api, given["name"]) if "name" in given else None
    chat = _chat(api, given, person)
    if act == "wait":
        event = await chat.next(within=float(given.get("within", PATIENCE)))
        return {"kind": event.kind, "message": event.message}
    if person is None:
        raise KeyError("name")
    match act:
        case "say":
            options = {k: given[k] for k in ("thread", "reply_to") if k in given}
            return {"message_id": await person.say(given["text"], chat, **options)}
        case "edit":
            await person.edit(given["message_id"], given["text"], chat)
            return True
        case "press":
            event = Event("sent", chat.messages[given["message_id"]])
            return await person.press(event, given["button"])
        case "inline":
            return await person.inline(given["query"])
    raise ValueError(f"no such act: {act}")


def _person(api: "BotApi", name: str) -> Person:
    for person in api.people.values():
        if person.card["first_name"] == name:
            return person
    return api.person(name)


def _chat(api: "BotApi", given: dict[str, Any], person: Person | None) -> Chat:
    if "chat" in given:
        return api.chats[given["chat"]]
    if person is None:
        raise KeyError("chat")
    return person.private
