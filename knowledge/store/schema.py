"""The tables of the database of generations, and how older ones become newer ones."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.store.faults import damaged, too_new

if TYPE_CHECKING:
    from sqlite_utils import Database


def _first_schema(db: "Database") -> None:
    db.table("generations").create(
        {
            "number": int,
            "digest": str,
            "stamp": str,
            "recipe": str,
            "created": str,
            "articles": int,
            "head": bytes,
        },
        pk="number",
    )
    db.table("bodies").create({"hash": bytes, "body": bytes}, pk="hash")
    db.table("articles").create(
        {"generation": int, "position": int, "id": str, "hash": bytes},
        pk=("generation", "position"),
    )
    db.table("articles").create_index(["hash"])
    db.table("blobs").create(
        {"generation": int, "name": str, "hash": bytes, "body": bytes}, pk=("generation", "name")
    )


_MIGRATIONS: tuple[Callable[["Database"], None], ...] = (_first_schema,)
"""Applied in order, each recorded in the table `migrations`; never edited once released."""

SCHEMA = len(_MIGRATIONS)


def migrate(db: "Database", path: Path) -> None:
    """Brings the database to the newest schema, inside the caller's transaction."""
    applied = schema_version(db.conn, path)
    if applied == 0:
        db.table("migrations").create(
            {"version": int, "name": str, "applied": str}, pk="version", if_not_exists=True
        )
    for version, change in enumerate(_MIGRATIONS[applied:], start=applied + 1):
        change(db)
        db.execute(
            "INSERT INTO migrations VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
            [version, change.__name__.strip("_")],
        )


def schema_version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version; 0 for an empty database. Raises: StoreTooNew, StoreDamaged."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return 0
    if "migrations" not in tables:
        raise damaged(path)
    (version,) = connection.execute("SELECT coalesce(max(version), 0) FROM migrations").fetchone()
    if version > SCHEMA:
        raise too_new(path)
    return int(version)
