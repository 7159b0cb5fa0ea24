"""The doors of the command line: words come in clean, output never fails on an encoding."""

import codecs
import os
import re
import sys
import unicodedata

from bot.texts import texts
from knowledge.language.composing import nfc
from knowledge.model import Language

# What old encodings lack and French print uses; everything else becomes "?".
_PLAIN = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "…": "...", "–": "-",
    "—": "-", "œ": "oe", "Œ": "OE", "\u202f": " ", "\u00a0": " ", "→": "->", "§": "par.", "·": "-",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_language: Language = "fr"


def prepare() -> None:
    """Makes standard output and error write whatever text they get, in their own encoding."""
    codecs.register_error("dossier", _plainly)
    for stream in (sys.stdout, sys.stderr):
        # A stream that a test or a closed descriptor put there has no encoding to change.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="dossier")


def clean(text: str) -> str:
    """The text as the core wants it: NFC, no control characters, no surrogates.

    Bytes of the command line that are no UTF-8 are read as Windows-1252, the usual other one.
    """
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = _decoded(text)
        text = nfc(text)
    return _CONTROL.sub("", text)


def is_empty(text: str) -> bool:
    """Whether nothing that can be seen stands in the text."""
    return not any(unicodedata.category(c)[0] not in "ZC" for c in text)


def speak(language: Language) -> None:
    """Sets the language of errors and warnings; French until then."""
    global _language  # noqa: PLW0603 - one process, one command line
    _language = language


def language() -> Language:
    """The language of errors and warnings."""
    return _language


def tell(key: str, **fields: object) -> None:
    """One sentence on standard error."""
    print(texts(_language)[key].format(**fields), file=sys.stderr, flush=True)


def drop_output() -> None:
    """Sends what is still to be written nowhere, so that the interpreter's end is silent."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _decoded(text: str) -> str:
    try:
        raw = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return raw.decode("cp1252", "replace")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    hard = error.object[error.start : error.end]
    return "".join(_PLAIN.get(c) or _bare(c) for c in hard), error.end


def _bare(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[:1]
    return base if base.isascii() else "?"
