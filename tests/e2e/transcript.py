"""What people saw, as text to compare and as a page to look at; pure."""

import html
from collections.abc import Iterator, Mapping
from typing import Any

JSON = Mapping[str, Any]

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "text_link": "a",
}


def marked_up(text: str, entities: list[JSON]) -> str:
    """A message's text with its entities as HTML, outer ones first."""
    units = text.encode("utf-16-le")
    opening: dict[int, list[JSON]] = {}
    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        if entity["type"] in _TAGS:
            opening.setdefault(entity["offset"], []).append(entity)
    edges = sorted(
        {0, len(units) // 2}
        | {e["offset"] for e in entities}
        | {e["offset"] + e["length"] for e in entities}
    )
    made, open_now = "", list[JSON]()
    for start, end in zip(edges, [*edges[1:], None], strict=True):
        while open_now and open_now[-1]["offset"] + open_now[-1]["length"] <= start:
            made += f"</{_TAGS[open_now.pop()['type']]}>"
        for entity in opening.get(start, []):
            made += _opened(entity)
            open_now.append(entity)
        if end is not None:
            made += html.escape(units[2 * start : 2 * end].decode("utf-16-le"), quote=False)
    return made


def _opened(entity: JSON) -> str:
    tag = _TAGS[entity["type"]]
    match entity["type"]:
        case "text_link":
            return f'<a href="{html.escape(entity["url"])}">'
        case "expandable_blockquote":
            return "<blockquote expandable>"
        case _:
            return f"<{tag}>"


def message_html(message: JSON) -> str:
    """A message (or caption) as HTML."""
    if "text" in message:
        return marked_up(message["text"], list(message.get("entities", [])))
    return marked_up(message.get("caption", ""), list(message.get("caption_entities", [])))


def rows_of(message: JSON) -> list[list[JSON]]:
    """The buttons below a message, row by row."""
    markup: JSON = message.get("reply_markup") or {}
    return list(markup.get("inline_keyboard", []))


def lines_of(entry: JSON) -> Iterator[str]:
    """An entry of a transcript as lines of text."""
    match entry["kind"]:
        case "said":
            yield f"## {entry['who']} : {entry['text']}"
        case "pressed":
            yield f"## {entry['who']} touche [{entry['text']}]"
        case "toast":
            yield f"-- {entry['text']}"
        case "offered":
            yield f"-- proposé : {entry['title']} / {entry['about']}"
            yield entry["html"]
        case kind:
            message = entry["message"]
            reply = message.get("reply_to_message", {}).get("text", "")
            head = {"sent": "bot", "edited": "bot (modifié)", "deleted": "bot (effacé)"}[kind]
            yield f"-- {head}" + (f" ↩ {reply.splitlines()[0][:60]}" if reply else "")
            yield message_html(message)
            for row in rows_of(message):
                yield " ".join(f"[{_button(button)}]" for button in row)


def _button(button: JSON) -> str:
    if "url" in button:
        return f"{button['text']} → lien"
    return f"{button['text']} → copie" if "copy_text" in button else str(button["text"])
