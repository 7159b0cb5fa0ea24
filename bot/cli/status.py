"""Exit statuses, and the error of somebody who uses the command line wrongly."""

DONE = 0
"""Answered, or done; small talk too."""

ABSTAINED = 1
"""The dossier does not say, nothing was found, or a check failed."""

USAGE = 2
"""Wrong usage or an unusable dossier: one sentence on standard error says what to do."""

FAULT = 3
"""A fault of ours, or output that cannot be written."""

INTERRUPTED = 130
"""Ctrl-C: what a shell gives a program that SIGINT stopped."""

CUT_OFF = 141
"""The reader of our output went away: what a shell gives a program that SIGPIPE stopped."""


class UsageError(Exception):
    """Wrong usage; its text is one sentence for people, without the name of the program."""
