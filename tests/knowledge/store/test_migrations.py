"""A database of generations that any older version left is opened and written on.

Each file in `schemas` is a database as one migration left it; a new migration brings a new file.
"""

import sqlite3
from pathlib import Path

import pytest

from knowledge.store import Store
from knowledge.store.schema import SCHEMA

FILES = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


def test_every_version_has_its_file() -> None:
    """For each version of the schema there is a database of that version."""
    assert [int(file.stem.partition("-")[0]) for file in FILES] == list(range(1, SCHEMA + 1))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_older_index_is_brought_forward(file: Path, tmp_path: Path) -> None:
    """What it holds is read with its checksums, and the next generation is stored beside it."""
    path = tmp_path / "index.db"
    connection = sqlite3.connect(path)
    connection.executescript(file.read_text(encoding="utf-8"))
    connection.close()
    store = Store(path)
    assert store.check() == ()
    stored = store.load(stamp="s1")
    assert stored is not None
    assert dict(stored.articles) == {"pont": b"le pont", "port": b"le port"}
    assert stored.blobs == {"index": b"postings"}
    info = store.publish("b" * 64, b"head", [("pont", b"le pont")], {}, recipe="r2")
    assert [info.number for info in store.generations()] == [info.number, 1]
    assert store.check() == ()
    fresh = Store(tmp_path / "fresh.db")
    fresh.publish("b" * 64, b"head", [], {})
    assert tables(path) == tables(fresh.path)


def tables(path: Path) -> list[tuple[str, str]]:
    """Names and statements of all tables and indexes."""
    connection = sqlite3.connect(path)
    found = list(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name"))
    connection.close()
    return found
