"""What Telegram accepts and refuses, for the stand-in: texts, keyboards, parameters.

Texts are parsed by TDLib itself (tdjson, offline), so entities and error texts are Telegram's own.
Parameter names and types are held against aiogram's model of the Bot API.
Error texts and limits: core.telegram.org/bots/api and the open-source tdlib/telegram-bot-api.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import tdjson

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
BUTTON_LIMIT = 100
CALLBACK_LIMIT = 64
COPY_LIMIT = 256
UNPARSED_BYTES = 1 << 15

_TYPES = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeStrikethrough": "strikethrough",
    "textEntityTypeSpoiler": "spoiler",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypePreCode": "pre",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
    "textEntityTypeMention": "mention",
    "textEntityTypeHashtag": "hashtag",
    "textEntityTypeBotCommand": "bot_command",
    "textEntityTypeUrl": "url",
    "textEntityTypeEmailAddress": "email",
}
_MODES = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
# TDLib's clean_input_string: control characters become spaces, these vanish.
_VANISHING = dict.fromkeys([0x0D, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F)])
_BLANKED = {code: " " for code in range(0x20) if code not in (0x0A, 0x0D)}

JSON = dict[str, Any]


class Refused(Exception):
    """An answer with ok=false: its HTTP status, its words, its parameters."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.description = description
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text as Telegram keeps it; entity offsets and lengths count UTF-16 units."""

    text: str
    entities: tuple[JSON, ...] = ()


def format_text(text: str, parse_mode: str | None, limit: int = TEXT_LIMIT) -> FormattedText:
    """The text as it would be shown. Raises: Refused, in Telegram's words."""
    if len(text.encode("utf-8", "replace")) > UNPARSED_BYTES:
        raise Refused("Bad Request: text is too long")
    if parse_mode:
        mode = _MODES.get(parse_mode.lower())
        if mode is None:
            raise Refused("Bad Request: unsupported parse_mode")
        parsed = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
        if parsed["@type"] == "error":
            message = parsed["message"]
            raise Refused(f"Bad Request: {message[0].lower()}{message[1:]}", parsed["code"])
        shown = FormattedText(parsed["text"], tuple(_entities(parsed["entities"])))
    else:
        shown = FormattedText(text, message_entities(text))
    shown = _trimmed(shown)
    if len(shown.text) > limit:
        what = "message" if limit == TEXT_LIMIT else "message caption"
        raise Refused(f"Bad Request: {what} is too long")
    if len(shown.entities) > ENTITY_LIMIT:
        # Telegram drops the rest without a word; here it is an error, so that it is seen.
        raise Refused(f"Bad Request: more than {ENTITY_LIMIT} entities")
    return shown


def message_entities(text: str) -> tuple[JSON, ...]:
    """The entities that Telegram finds in a text typed by hand: commands, mentions, addresses."""
    found = _execute({"@type": "getTextEntities", "text": text})
    return tuple(_entities(found["entities"]))


def check_keyboard(markup: Mapping[str, Any] | None) -> None:
    """Raises: Refused for a keyboard that Telegram would not show."""
    if not markup or "inline_keyboard" not in markup:
        return
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > BUTTON_LIMIT:
        raise Refused("Bad Request: reply markup is too long")
    for button in buttons:
        if not button.get("text"):
            raise Refused("Bad Request: inline keyboard button text is empty")
        actions = [key for key in button if key not in ("text", "style", "icon_custom_emoji_id")]
        if len(actions) != 1:
            raise Refused("Bad Request: text buttons are unallowed in the inline keyboard")
        if "callback_data" in button:
            size = len(str(button["callback_data"]).encode())
            if not 1 <= size <= CALLBACK_LIMIT:
                raise Refused("Bad Request: BUTTON_DATA_INVALID")
        if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= COPY_LIMIT:
            raise Refused("Bad Request: BUTTON_COPY_TEXT_INVALID")


def check_parameters(method: str, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """What aiogram's model of the Bot API finds wrong with these parameters."""
    model = _models().get(method.lower())
    if model is None:
        return (f"method not known: {method}",)
    unknown = [
        f"unknown parameter: {name}" for name in parameters if name not in model.model_fields
    ]
    values = {name: value for name, value in parameters.items() if name in model.model_fields}
    wrong = _wrong(model, values)
    for name in {str(place[0]) for place, _ in wrong if place}:
        values[name] = decode(values.get(name))
    wrong = _wrong(model, values)
    return (*unknown, *(f"{'.'.join(map(str, place))}: {why}" for place, why in wrong))


def decode(value: Any) -> Any:
    """A form field's value: JSON where it is JSON, else as it came."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _wrong(model: Any, values: JSON) -> Sequence[tuple[tuple[Any, ...], str]]:
    import pydantic

    try:
        made = model.model_validate(values)
    except pydantic.ValidationError as error:
        return [(tuple(one["loc"]), one["msg"]) for one in error.errors()]
    return [((name,), "unknown key") for name in _extras(made)]


def _extras(made: Any) -> Iterator[str]:
    yield from getattr(made, "model_extra", None) or ()
    for name in getattr(type(made), "model_fields", ()):
        value = getattr(made, name)
        for one in value if isinstance(value, list) else [value]:
            for inner in one if isinstance(one, list) else [one]:
                if hasattr(inner, "model_fields_set"):
                    yield from (f"{name}.{extra}" for extra in _extras(inner))


@cache
def _models() -> Mapping[str, Any]:
    from aiogram import methods

    named = [getattr(methods, name) for name in methods.__all__ if hasattr(methods, name)]
    return {
        model.__api_method__.lower(): model
        for model in named
        if isinstance(getattr(model, "__api_method__", None), str)
    }


def _entities(found: Sequence[JSON]) -> Iterator[JSON]:
    for entity in found:
        kind = _TYPES.get(entity["type"]["@type"])
        if kind is None:
            continue
        made: JSON = {"type": kind, "offset": entity["offset"], "length": entity["length"]}
        if kind == "text_link":
            made["url"] = entity["type"]["url"]
        yield made


def _trimmed(shown: FormattedText) -> FormattedText:
    text = shown.text.translate(_BLANKED)
    if text.translate(_VANISHING) != text:
        # Shifting entities over vanished characters is TDLib's business; no text of ours has any.
        raise Refused("Bad Request: control characters in the text")
    lead = len(text) - len(text.lstrip())
    body = text.strip()
    if not body:
        raise Refused("Bad Request: message text is empty")
    shift, size = _utf16(text[:lead]), _utf16(body)
    entities = []
    for entity in shown.entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, size)
        if start < end:
            entities.append({**entity, "offset": start, "length": end - start})
    return FormattedText(body, tuple(entities))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _execute(request: JSON) -> JSON:
    _quiet()
    answer = tdjson.td_execute(json.dumps(request).encode())
    return json.loads(answer or b"{}")  # type: ignore[no-any-return]


@cache
def _quiet() -> None:
    tdjson.td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')
