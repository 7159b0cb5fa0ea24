"""The errors of the lasting database.

StateError             one French sentence that names the file and what to do   (path)
├── StateLocked        another process holds it
├── StateTooNew        written by a later version of Dossier
├── StateDamaged       not a database, or failing its integrity check
└── StateUnwritable    no space left, a read-only file system, no permission
"""

import sqlite3
from pathlib import Path


class StateError(Exception):
    """The lasting database cannot be used as asked."""

    def __init__(self, path: Path | str, message: str) -> None:
        super().__init__(message)
        self.path = path


class StateLocked(StateError):
    """Another process is writing to it."""


class StateTooNew(StateError):
    """It holds migrations that this version does not know."""


class StateDamaged(StateError):
    """The file is no SQLite database, or a broken one."""


class StateUnwritable(StateError):
    """It cannot grow or be created."""


def translate(error: sqlite3.Error | OSError, path: Path | str) -> StateError:
    """The error of our tree that a library's error means."""
    words = str(error).lower()
    if "locked" in words or "busy" in words:
        return StateLocked(
            path, f"{path} est utilisé par un autre programme ; arrêtez-le, puis recommencez."
        )
    if "not a database" in words or "malformed" in words or "corrupt" in words:
        return StateDamaged(
            path, f"{path} est abîmé ; restaurez une sauvegarde ou mettez ce fichier de côté."
        )
    return StateUnwritable(
        path,
        f"{path} ne peut pas être écrit (disque plein, ou droits) ; libérez de la place ou"
        " changez DATA_DIR.",
    )
