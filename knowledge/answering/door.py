"""What people type, made fit to be analysed."""

import re

from knowledge.language.composing import nfc

LONGEST = 4096
"""Characters of a question that are read, as many as a Telegram message holds."""

_UNFIT = re.compile("[\0\ud800-\udfff]")
"""What no text holds and no encoding takes: NUL, and halves of characters."""


def clean(text: str) -> str:
    """The text in NFC, a space for each NUL and lone surrogate."""
    return nfc(_UNFIT.sub(" ", text))


def clean_question(text: str) -> str:
    """The question on one line, cut after its last whole word within LONGEST characters."""
    # Twice as much is enough to compose accents from.
    line = " ".join(clean(" ".join(text.split())[: 2 * LONGEST]).split())
    if len(line) <= LONGEST:
        return line
    border = line.rfind(" ", 0, LONGEST + 1)
    return line[: border if border > 0 else LONGEST]
