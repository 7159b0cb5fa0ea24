"""The errors of the knowledge package.

DossierError                 one sentence for people (`str(error)`): the thing and what to do
├── UnusableDossier          no article left, no folder, no permission             (path)
│   └── BrokenManifest       dossier.toml cannot be used                           (path, line, key)
├── UnreadableArticle        one file cannot become an article; it is set aside    (path)
├── UnusableSearch           an operator of the search syntax without what it needs
├── UnusableQuestions        a file of questions to score cannot be used           (path, line)
├── ShardSilent              a part of a dossier on several machines is missing     (shard)
└── StoreError               the database of generations                           (path)
    ├── StoreLocked          another process holds it
    ├── StoreTooNew          written by a later version of Dossier
    ├── StoreDamaged         not a database, or failing its integrity check
    └── StoreFull            no space left, or a read-only file system

Abstaining is a value (`knowledge.model.Abstention`), never an error.
"""

from pathlib import Path


class DossierError(Exception):
    """The root of the tree; its text is one sentence that a user can act on."""


class PathError(DossierError):
    """An error about one file or folder."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class UnusableDossier(PathError):
    """The folder holds nothing that can be asked."""


class BrokenManifest(UnusableDossier):
    """dossier.toml is broken: `line` (from 1) or `key` say where, as far as known."""

    def __init__(
        self, path: Path, message: str, *, line: int | None = None, key: str | None = None
    ) -> None:
        super().__init__(path, message)
        self.line = line
        self.key = key


class UnreadableArticle(PathError):
    """One file that cannot become an article."""


class UnusableSearch(DossierError):
    """A search whose outlet:, from: or to: says nothing that can be used."""


class UnusableQuestions(PathError):
    """A file of questions that cannot be scored: `line` (from 1) says where, as far as known."""

    def __init__(self, path: Path, message: str, *, line: int | None = None) -> None:
        super().__init__(path, message)
        self.line = line


class ShardSilent(DossierError):
    """A machine that holds a part of the dossier does not answer, or holds another state of it."""

    def __init__(self, shard: str) -> None:
        super().__init__(
            f"Le dossier est momentanément incomplet : {shard} ne répond pas. Réessayez dans un"
            " instant."
        )
        self.shard = shard


class StoreError(PathError):
    """The database of generations cannot be used as asked."""


class StoreLocked(StoreError):
    """Another process is writing to the database."""


class StoreTooNew(StoreError):
    """The database was written by a later version of Dossier."""


class StoreDamaged(StoreError):
    """The file is no SQLite database or fails its integrity check."""


class StoreFull(StoreError):
    """The database cannot grow: disk full or read-only."""
