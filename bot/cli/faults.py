"""What is told when a command cannot go on: a sentence for people, the details for the log."""

import sys
import traceback
from pathlib import Path

from bot.cli.streams import language, tell
from bot.texts import texts


def sentence_of(error: Exception) -> str | None:
    """The error's own sentence when it is about settings or the dossier; None for a fault."""
    from config.settings import SettingsError
    from knowledge.errors import DossierError

    return str(error) if isinstance(error, SettingsError | DossierError) else None


def report(error: Exception) -> None:
    """One line on standard error; the traceback goes where `note` puts it."""
    if isinstance(error, OSError) and error.filename is None and error.strerror:
        # No file is named, so it is our own output: a full disk, a device that is gone.
        tell("cli.error", message=_sentence("cli.cannot_write", why=error.strerror))
        return
    log, kind = note(error), type(error).__name__
    if log is None:
        tell("cli.error", message=_sentence("cli.fault_unlogged", kind=kind))
    else:
        tell("cli.error", message=_sentence("cli.fault", kind=kind, log=log))


def note(error: Exception) -> Path | None:
    """The log file that now holds the traceback (DATA_DIR/dossier.log); None when it cannot.

    With LOG_LEVEL=DEBUG it is shown on standard error too. Tokens are struck out of it.
    """
    from config.secret import redact
    from config.settings import check_settings

    details = redact("".join(traceback.format_exception(error)))
    settings, _ = check_settings()
    if settings.log_level == "DEBUG":
        print(details, file=sys.stderr)
    log = settings.data_dir / "dossier.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        # A traceback may show what was asked: for its owner's eyes only.
        log.touch(mode=0o600)
        with log.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{details}\n")
    except OSError:
        return None
    return log


def _sentence(key: str, **fields: object) -> str:
    return texts(language())[key].format(**fields)
