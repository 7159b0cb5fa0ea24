"""Logging to standard error, with every bot token struck out."""

import logging
from collections.abc import Iterable

from config.secret import STRUCK, Secret, redact


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
        return True


def configure_logging(level: str = "INFO", secrets: Iterable[Secret] = ()) -> None:
    """Sends the log to standard error from this level up; calling again replaces the first."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redaction(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # httpx and httpcore log each URL, and the URL holds the token.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
