"""The log never holds a token."""

import json
import logging
from collections.abc import Iterator

import pytest

from config.logging import Redaction, configure_logging, facts
from config.secret import Secret

TOKEN = "123456789:" + "AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture(autouse=True)
def _root_logger_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


def test_messages_arguments_and_tracebacks_are_struck_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A token in a message, an argument, a traceback or a stack does not reach the log."""
    configure_logging("INFO", [Secret("my webhook secret")])
    log = logging.getLogger("test")
    log.warning("GET https://example.org/bot%s/getMe", TOKEN)
    log.warning("%s and %s", *[TOKEN])  # too few arguments: logging would show them on its own
    log.warning("%(a)s my webhook secret", {"a": TOKEN}, stack_info=True)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        log.exception("failed")
    shown = capsys.readouterr().err
    assert TOKEN[10:] not in shown
    assert "my webhook secret" not in shown
    assert "ValueError" in shown
    assert "/getMe" in shown


def test_httpx_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """httpx and httpcore, which log each URL, speak from WARNING up only."""
    configure_logging("DEBUG")
    logging.getLogger("httpx").info("HTTP Request: GET /bot")
    logging.getLogger("httpcore.http11").debug("send")
    logging.getLogger("mine").debug("heard")
    assert capsys.readouterr().err.count("\n") == 1


def test_the_level_is_kept() -> None:
    """What lies under the level is not written, and configuring twice does not write twice."""
    configure_logging("WARNING")
    configure_logging("WARNING")
    assert len(logging.getLogger().handlers) == 1
    assert not logging.getLogger("mine").isEnabledFor(logging.INFO)


def test_a_record_always_goes_on() -> None:
    """The filter strikes out, it never drops."""
    record = logging.LogRecord("x", logging.INFO, "f", 1, "%s", (TOKEN,), None)
    assert Redaction().filter(record)
    assert TOKEN not in record.getMessage()


def test_facts_stand_behind_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    """As text key=value, in quotes where a value has a space; tokens are struck out of them."""
    configure_logging("INFO")
    logging.getLogger("test").info(
        "answered", extra=facts(ms=1.5, why="pas de mot", ok=None, url=f"/bot{TOKEN}")
    )
    line = capsys.readouterr().err
    assert 'test: answered ms=1.5 why="pas de mot" ok=None url=' in line
    assert TOKEN not in line


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Words, facts and traceback are fields; a line break in them is no line break of the log."""
    configure_logging("INFO", form="json")
    log = logging.getLogger("test")
    log.info("deux\nlignes", extra=facts(ms=1.5, token=TOKEN))
    try:
        raise ValueError(TOKEN)
    except ValueError:
        log.exception("failed")
    shown = capsys.readouterr().err
    first, second = [json.loads(line) for line in shown.splitlines()]
    assert (first["message"], first["ms"], first["level"]) == ("deux\nlignes", 1.5, "INFO")
    assert "ValueError" in second["traceback"]
    assert TOKEN[10:] not in shown
