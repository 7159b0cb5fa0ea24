"""A value that never shows itself: in a log, an error, a repr or a crash it reads «•••»."""

import re
from typing import NoReturn

# The form that @BotFather gives: the bot's number, a colon, 35 characters; with a little room on
# both sides, because Telegram promises no length. In a URL the colon may be percent-encoded.
_TOKEN = re.compile(r"\d{6,15}(?::|%3A)[A-Za-z0-9_-]{30,60}", re.IGNORECASE)

STRUCK = "«•••»"


def looks_like_a_token(text: str) -> bool:
    """Whether the whole text has the form of a bot token; nothing is asked of Telegram."""
    return ":" in text and _TOKEN.fullmatch(text) is not None


def redact(text: str) -> str:
    """The text with anything like a bot token struck out."""
    return _TOKEN.sub(STRUCK, text)


class Secret:
    """A token or password; only `reveal()` gives it back."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself: pass it on at once, never keep or print it."""
        return self._value

    def __repr__(self) -> str:
        return STRUCK

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        # pickle and copy would write the value out.
        message = "a secret is not copied or stored"
        raise TypeError(message)
