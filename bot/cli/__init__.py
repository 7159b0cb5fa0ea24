"""The command line: `main` reads the arguments, runs one command, and turns errors into codes.

Each command is a function `run(session, arguments) -> int` of a module that is imported when that
command is asked for: what `ask` does not need must not cost it start-up time.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

from bot.cli.status import CUT_OFF, FAULT, INTERRUPTED, USAGE, UsageError


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status of the command line (see `bot.cli.status`)."""
    from bot.cli.streams import drop_output, prepare, tell

    prepare()
    try:
        status = _run(sys.argv[1:] if argv is None else argv)
        # Here and not at the interpreter's end, where an error could no longer be caught.
        sys.stdout.flush()
    except UsageError as error:
        tell("cli.error", message=str(error))
        return USAGE
    except BrokenPipeError:
        drop_output()
        return CUT_OFF
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door before a traceback
        from bot.cli.faults import report, sentence_of

        sentence = sentence_of(error)
        if sentence is not None:
            tell("cli.error", message=sentence)
            return USAGE
        drop_output()
        report(error)
        return FAULT
    else:
        return status


def _run(argv: Sequence[str]) -> int:
    from bot.cli.arguments import COMMANDS, read
    from bot.cli.session import Session
    from bot.cli.streams import clean, speak

    arguments = read([clean(word) for word in argv])
    if arguments.lang is not None:
        speak(arguments.lang)
    module, function = COMMANDS[arguments.command]
    run = getattr(import_module(module), function)
    status: int = run(Session.of(arguments), arguments)
    return status
