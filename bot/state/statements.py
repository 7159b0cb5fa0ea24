"""A SQLite connection as sqlite-utils shows it, for what needs no more of it.

Importing sqlite-utils takes 0.2 s, half of what a question on the command line may take; it is
imported where tables are made.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class Statements(Protocol):
    """What the state asks of a database: sqlite-utils' own has it, and `Plain`."""

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection underneath."""

    def execute(self, sql: str, parameters: Sequence[Any] | None = None) -> sqlite3.Cursor:
        """Runs one statement. Raises: sqlite3.Error."""

    def query(self, sql: str, params: Sequence[Any] | None = None) -> Iterator[dict[str, Any]]:
        """The rows, each by the names of its columns. Raises: sqlite3.Error."""


class Plain:
    """The same with the standard library alone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conn = connection

    def execute(self, sql: str, parameters: Sequence[Any] | None = None) -> sqlite3.Cursor:
        """Runs one statement. Raises: sqlite3.Error."""
        return self.conn.execute(sql, parameters or ())

    def query(self, sql: str, params: Sequence[Any] | None = None) -> Iterator[dict[str, Any]]:
        """The rows, each by the names of its columns. Raises: sqlite3.Error."""
        cursor = self.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)
