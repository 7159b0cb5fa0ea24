"""The database of generations: what was indexed once is read at the next start.

Nothing here is precious: all of it can be rebuilt from the dossier's folder. So a file that
cannot be used is never repaired, it is set aside. Reading uses the standard library alone,
because importing sqlite_utils takes 0.21 s; it is imported when there is something to write.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from knowledge.store.faults import damaged, primary_code, translated
from knowledge.store.schema import migrate, schema_version
from knowledge.store.values import ELSEWHERE, GenerationInfo, Stored

if TYPE_CHECKING:
    from sqlite_utils import Database

KEPT = 5
"""How many generations stay for a rollback."""


class Store:
    """The generations of one dossier, in one SQLite file that need not exist yet.

    Each call opens and closes its own connection: any thread and any process may call.
    Every method raises a StoreError when the file cannot be used.
    """

    def __init__(self, path: Path, *, busy_seconds: float = 5.0) -> None:
        self.path = path
        self.busy_seconds = busy_seconds

    def generations(self) -> tuple[GenerationInfo, ...]:
        """What is stored, newest first."""
        with self._reading() as connection:
            if connection is None:
                return ()
            return tuple(_info(row) for row in connection.execute(f"{_INFO} ORDER BY number DESC"))

    def load(
        self,
        *,
        number: int | None = None,
        digest: str | None = None,
        stamp: str | None = None,
    ) -> Stored | None:
        """The newest generation with this number, digest or stamp; without any, the newest."""
        wanted = {"number": number, "digest": digest, "stamp": stamp}
        where = [name for name, value in wanted.items() if value is not None]
        condition = " AND ".join(f"{name} = :{name}" for name in where) or "1"
        with self._reading() as connection:
            if connection is None:
                return None
            row = connection.execute(
                f"{_INFO} WHERE {condition} ORDER BY number DESC LIMIT 1", wanted
            ).fetchone()
            if row is None:
                return None
            info = _info(row)
            (head,) = connection.execute(
                "SELECT head FROM generations WHERE number = ?", [info.number]
            ).fetchone()
            blobs = dict(self._blobs(connection, info))
            articles = () if ELSEWHERE in blobs else tuple(self._articles(connection, info))
            return Stored(info, head, articles, blobs)

    def publish(
        self,
        digest: str,
        head: bytes,
        articles: Iterable[tuple[str, bytes]],
        blobs: Mapping[str, bytes],
        *,
        recipe: str = "",
        stamp: str | None = None,
        above: int = 0,
        elsewhere: int = 0,
    ) -> GenerationInfo:
        """Stores a generation in one transaction and gives back its number, above `above`.

        When another process stored the same digest meanwhile, that one is given back. The
        newest five are kept. `stamp`: what `load` finds it by without reading the dossier.
        `elsewhere`: how many articles are kept in other files, instead of `articles`.
        """
        with self._writing() as db:
            found = db.execute(
                f"{_INFO} WHERE digest = ? ORDER BY number DESC LIMIT 1", [digest]
            ).fetchone()
            if found is None:
                number = self._insert(
                    db,
                    digest=digest,
                    head=head,
                    articles=articles,
                    blobs=blobs,
                    recipe=recipe,
                    above=above,
                    elsewhere=elsewhere,
                )
                found = db.execute(f"{_INFO} WHERE number = ?", [number]).fetchone()
            info = _info(found)
            if stamp is not None:
                _stamp(db, info.number, stamp)
            return info

    def every(self, name: str) -> tuple[bytes, ...]:
        """The blob of this name of each generation that has one."""
        with self._reading() as connection:
            if connection is None:
                return ()
            rows = connection.execute("SELECT body FROM blobs WHERE name = ?", [name])
            return tuple(body for (body,) in rows)

    def set_stamp(self, number: int, stamp: str) -> None:
        """From now on `load` finds the generation by this stamp."""
        with self._writing() as db:
            _stamp(db, number, stamp)

    def check(self) -> tuple[str, ...]:
        """What SQLite's own integrity check and our checksums complain of; nothing when sound."""
        with self._reading() as connection:
            if connection is None:
                return ()
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
        if found != ["ok"]:
            return tuple(found)
        for info in self.generations():
            self.load(number=info.number)
        return ()

    def set_aside(self) -> Path | None:
        """Renames a damaged file so that a new one can be built; its new path.

        None when there is nothing to rename, or another process has done so.
        """
        aside = self.path.with_name(f"{self.path.name}.damaged")
        with translated(self.path):
            try:
                self.path.replace(aside)
            except FileNotFoundError:
                return None
        for suffix in ("-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(f"{self.path.name}{suffix}").unlink()
        return aside

    def _articles(
        self, connection: sqlite3.Connection, info: GenerationInfo
    ) -> Iterator[tuple[str, bytes]]:
        rows = connection.execute(
            "SELECT id, hash, body FROM articles JOIN bodies USING (hash)"
            " WHERE generation = ? ORDER BY position",
            [info.number],
        ).fetchall()
        if len(rows) != info.articles:
            raise damaged(self.path)
        for identity, digest, body in rows:
            # A flipped bit would be served as a quote "letter for letter".
            if hashlib.sha256(body).digest() != digest:
                raise damaged(self.path)
            yield identity, body

    def _blobs(
        self, connection: sqlite3.Connection, info: GenerationInfo
    ) -> Iterator[tuple[str, bytes]]:
        for name, digest, body in connection.execute(
            "SELECT name, hash, body FROM blobs WHERE generation = ? ORDER BY name", [info.number]
        ):
            if hashlib.sha256(body).digest() != digest:
                raise damaged(self.path)
            yield name, body

    def _insert(
        self,
        db: "Database",
        *,
        digest: str,
        head: bytes,
        articles: Iterable[tuple[str, bytes]],
        blobs: Mapping[str, bytes],
        recipe: str,
        above: int,
        elsewhere: int,
    ) -> int:
        (highest,) = db.execute("SELECT coalesce(max(number), 0) FROM generations").fetchone()
        number = int(max(highest, above)) + 1
        listed: list[dict[str, object]] = []

        def bodies() -> Iterator[dict[str, object]]:
            for position, (identity, body) in enumerate(articles):
                key = hashlib.sha256(body).digest()
                listed.append(
                    {"generation": number, "position": position, "id": identity, "hash": key}
                )
                yield {"hash": key, "body": body}

        # An article that did not change since an older generation is stored once.
        db.table("bodies").insert_all(bodies(), ignore=True)
        db.table("articles").insert_all(listed)
        db.table("blobs").insert_all(
            {
                "generation": number,
                "name": name,
                "hash": hashlib.sha256(body).digest(),
                "body": body,
            }
            for name, body in blobs.items()
        )
        (now,) = db.execute("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')").fetchone()
        db.table("generations").insert(
            {
                "number": number,
                "digest": digest,
                "stamp": None,
                "recipe": recipe,
                "created": now,
                "articles": elsewhere or len(listed),
                "head": head,
            }
        )
        self._prune(db)
        return number

    def _prune(self, db: "Database") -> None:
        db.table("generations").delete_where(
            "number NOT IN (SELECT number FROM generations ORDER BY number DESC LIMIT ?)", [KEPT]
        )
        for table in ("articles", "blobs"):
            db.table(table).delete_where("generation NOT IN (SELECT number FROM generations)")
        db.table("bodies").delete_where("hash NOT IN (SELECT hash FROM articles)")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection inside one read transaction; None when nothing was ever stored."""
        with translated(self.path):
            if not self.path.exists():
                yield None
                return
            with closing(self._open_to_read()) as connection:
                connection.execute("BEGIN")
                version = schema_version(connection, self.path)
                yield connection if version else None

    def _open_to_read(self) -> sqlite3.Connection:
        address = f"file:{quote(os.fspath(self.path.resolve()))}"
        connection = self._connect(f"{address}?mode=ro")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            if primary_code(error) not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
                raise
            # A file system that nobody can write to: SQLite needs no lock there, and gets none.
            return self._connect(f"{address}?mode=ro&immutable=1")
        return connection

    def _connect(self, address: str) -> sqlite3.Connection:
        return sqlite3.connect(address, timeout=self.busy_seconds, uri=True, isolation_level=None)

    @contextmanager
    def _writing(self) -> Iterator["Database"]:
        """One write transaction on a database of the newest schema; all of it or nothing."""
        from sqlite_utils import Database

        with translated(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            address = f"file:{quote(os.fspath(self.path.resolve()))}"
            with closing(self._connect(address)) as connection:
                _use_wal(connection)
                # NORMAL survives a killed process; after a power cut the last generation may be
                # gone, and is rebuilt.
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("BEGIN IMMEDIATE")
                try:
                    db = Database(connection)
                    migrate(db, self.path)
                    yield db
                    connection.execute("COMMIT")
                except BaseException:
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                    raise


_INFO = "SELECT number, digest, created, articles, recipe FROM generations"


def _info(row: tuple[int, str, str, int, str]) -> GenerationInfo:
    return GenerationInfo(*row)


def _stamp(db: "Database", number: int, stamp: str) -> None:
    db.execute("UPDATE generations SET stamp = NULL WHERE stamp = ?", [stamp])
    db.execute("UPDATE generations SET stamp = ? WHERE number = ?", [stamp, number])


def _use_wal(connection: sqlite3.Connection) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal":
        # Two processes that create the file at once: one of them is told that it is locked, and
        # goes on, because the other has switched.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
