"""Logging to standard error, one line a record, with every bot token struck out.

`log.info("answered", extra=facts(question=3, ms=4.2))` reads `answered question=3 ms=4.2` as text,
and has fields of these names as JSON.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from config.secret import STRUCK, Secret, redact

_FACTS = "facts"


def facts(**values: object) -> dict[str, Any]:
    """What `extra` of a log call takes: values that stand apart from the words."""
    return {_FACTS: values}


class Redaction(logging.Filter):
    """Strikes tokens and the given secrets out of messages, their arguments and tracebacks."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        super().__init__()
        self._values = tuple(secret.reveal() for secret in secrets)

    def redact(self, text: str) -> str:
        """The text without anything like a token and without the secrets."""
        for value in self._values:
            text = text.replace(value, STRUCK)
        return redact(text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the record goes on, its words struck out."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            # A wrong number of arguments: logging would print them raw on its own.
            message = str(record.msg)
        record.msg, record.args = self.redact(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redact(record.stack_info)
        setattr(record, _FACTS, {name: self._plain(v) for name, v in _facts_of(record).items()})
        return True

    def _plain(self, value: object) -> object:
        return value if value is None or isinstance(value, int | float) else self.redact(str(value))


class TextLines(logging.Formatter):
    """Words for people, with the facts behind them as key=value."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s%(pairs)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record on one line; a traceback follows on lines of its own."""
        found = _facts_of(record)
        record.pairs = "".join(f" {name}={_value(value)}" for name, value in found.items())
        return super().format(record)


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, name, message, the facts, a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        row = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_facts_of(record),
        }
        if record.exc_text:
            row["traceback"] = record.exc_text
        return json.dumps(row, ensure_ascii=False, default=str)


def _facts_of(record: logging.LogRecord) -> Mapping[str, object]:
    return getattr(record, _FACTS, {})


def _value(value: object) -> str:
    text = str(value)
    # As in logfmt: what has a space in it stands in quotes.
    return text if text and not set(text) & set(' "=\n') else json.dumps(text, ensure_ascii=False)


def configure_logging(
    level: str = "INFO", secrets: Iterable[Secret] = (), form: str = "text"
) -> None:
    """Sends the log to standard error from this level up; calling again replaces the first."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    handler.addFilter(Redaction(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # httpx and httpcore log each URL, and the URL holds the token.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
