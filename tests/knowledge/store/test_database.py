"""The database of generations keeps the last good ones, whatever happens."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.errors import StoreDamaged, StoreError, StoreFull, StoreLocked, StoreTooNew
from knowledge.store import KEPT, GenerationInfo, Store

ROOT = Path(__file__).resolve().parents[3]
ARTICLES = [("un", b'["un"]'), ("deux", b'["deux"]')]
BLOBS = {"index": b"\0\1\2", "annotations": b"{}"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that does not exist yet."""
    return Store(tmp_path / "deep" / "index.db", busy_seconds=0.1)


def publish(store: Store, digest: str, **more: str) -> GenerationInfo:
    """A small generation of this digest."""
    return store.publish(digest, b"head", ARTICLES, BLOBS, recipe="r", stamp=more.get("stamp"))


def child(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Another process that runs this program with the store's module at hand."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


def test_nothing_stored_is_no_error(store: Store) -> None:
    """A store without a file has no generation, and reading does not make the file."""
    assert store.generations() == ()
    assert store.load() is None
    assert store.check() == ()
    assert not store.path.exists()


def test_what_is_published_comes_back(store: Store) -> None:
    """Head, articles in order and blobs come back byte for byte."""
    info = publish(store, "d1")
    stored = store.load(number=info.number)
    assert stored is not None
    assert stored.info == info
    assert (info.number, info.digest, info.articles, info.recipe) == (1, "d1", 2, "r")
    assert info.created.endswith("Z")
    assert stored.head == b"head"
    assert list(stored.articles) == ARTICLES
    assert dict(stored.blobs) == BLOBS
    assert store.check() == ()


def test_a_generation_is_found_by_digest_and_stamp(store: Store) -> None:
    """A stamp belongs to one generation: the last that was given it."""
    publish(store, "d1", stamp="s1")
    publish(store, "d2", stamp="s2")
    by_stamp, by_digest = store.load(stamp="s1"), store.load(digest="d2")
    assert by_stamp is not None
    assert by_digest is not None
    assert by_stamp.info.digest == "d1"
    assert by_digest.info.number == 2
    store.set_stamp(2, "s1")
    moved = store.load(stamp="s1")
    assert moved is not None
    assert moved.info.number == 2
    assert store.load(stamp="s2") is None


def test_one_digest_is_stored_once(store: Store) -> None:
    """Publishing what is stored already gives its number back."""
    assert publish(store, "d1").number == publish(store, "d1").number == 1


def test_the_last_five_stay(store: Store) -> None:
    """Older generations go, with all that only they held; numbers are never given twice."""
    for number in range(1, 9):
        body = b"[%d]" % number
        store.publish(f"d{number}", b"", [("un", body), *ARTICLES[1:]], BLOBS)
    assert [info.number for info in store.generations()] == [8, 7, 6, 5, 4][:KEPT]
    assert store.load(number=3) is None
    connection = sqlite3.connect(store.path)
    counts = [
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("articles", "blobs", "bodies")
    ]
    connection.close()
    assert counts == [10, 10, 6]  # "deux" never changed, and is stored once


def test_a_number_above_those_seen_is_kept(store: Store) -> None:
    """A generation that was only in memory does not lend its number to another."""
    assert store.publish("d1", b"", ARTICLES, BLOBS, above=7).number == 8


def test_migrations_are_recorded(store: Store) -> None:
    """Each migration stands in a table, with the time it was made; the file is in WAL mode."""
    publish(store, "d1")
    publish(store, "d2")
    connection = sqlite3.connect(store.path)
    rows = connection.execute("SELECT version, name FROM migrations").fetchall()
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    assert rows == [(1, "first_schema")]
    assert mode == "wal"


def test_a_newer_version_is_told(store: Store) -> None:
    """A database of a later schema is neither read nor written; the sentence says what to do."""
    publish(store, "d1")
    with sqlite3.connect(store.path) as connection:
        connection.execute("INSERT INTO migrations VALUES (99, 'later', '')")
    connection.close()
    with pytest.raises(StoreTooNew, match=r"index\.db") as caught:
        store.load()
    with pytest.raises(StoreTooNew):
        publish(store, "d2")
    assert "mettez Dossier à jour" in str(caught.value)


def test_a_locked_database_is_told(store: Store) -> None:
    """While another process writes, publishing says so after the busy timeout; reading works."""
    publish(store, "d1")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked, match="occupé"):
        publish(store, "d2")
    assert store.load(digest="d1") is not None
    other.execute("ROLLBACK")
    other.close()
    assert publish(store, "d2").number == 2


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 300, b"\0" * 5000, b"SQLite format 3"]
)
def test_garbage_is_damaged(store: Store, content: bytes) -> None:
    """A file that is no database is told as damaged, for reading and for writing."""
    store.path.parent.mkdir()
    store.path.write_bytes(content)
    with pytest.raises(StoreDamaged, match="endommagé"):
        store.load()
    with pytest.raises(StoreDamaged):
        publish(store, "d1")


def test_another_programs_database_is_damaged(store: Store) -> None:
    """A database with other tables is not ours to write into."""
    store.path.parent.mkdir()
    with sqlite3.connect(store.path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(StoreDamaged):
        publish(store, "d1")


def test_a_flipped_bit_is_noticed(store: Store) -> None:
    """An article or blob that is not what was stored is never served."""
    publish(store, "d1")
    for table, column in (("bodies", "body"), ("blobs", "body")):
        with sqlite3.connect(store.path) as connection:
            (before,) = connection.execute(f"SELECT {column} FROM {table}").fetchone()
            connection.execute(f"UPDATE {table} SET {column} = x'00' WHERE {column} = ?", [before])
        connection.close()
        with pytest.raises(StoreDamaged):
            store.load()
        with pytest.raises(StoreDamaged):
            store.check()
        store.set_aside()
        publish(store, "d1")


def test_a_truncated_file_is_noticed(store: Store) -> None:
    """A file cut at any page is damaged or empty, never half a generation."""
    store.publish("d1", b"h" * 9000, [("un", b"[" + b"1" * 9000 + b"]")], {"index": b"x" * 20_000})
    whole = store.path.read_bytes()
    for size in range(0, len(whole), 4096):
        store.path.write_bytes(whole[:size])
        try:
            stored = store.load()
        except StoreDamaged:
            continue
        assert stored is None


def test_a_damaged_file_is_set_aside(store: Store) -> None:
    """A damaged file is renamed, kept for who wants to look, and a new one is built."""
    store.path.parent.mkdir()
    store.path.write_bytes(b"garbage" * 1000)
    aside = store.set_aside()
    assert aside is not None
    assert aside.name == "index.db.damaged"
    assert aside.read_bytes().startswith(b"garbage")
    assert store.set_aside() is None
    assert publish(store, "d1").number == 1


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """When DATA_DIR is a file, the sentence says that nothing can be written."""
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreFull, match="DATA_DIR"):
        publish(Store(tmp_path / "data" / "index.db"), "d1")


def test_a_directory_in_its_place_is_told(tmp_path: Path) -> None:
    """A folder where the file should be is a StoreError, not a traceback."""
    (tmp_path / "index.db").mkdir()
    with pytest.raises(StoreError):
        Store(tmp_path / "index.db").load()


PUBLISH_LIMITED = """
import resource, sys
from pathlib import Path
from knowledge.errors import StoreFull
from knowledge.store import Store
store = Store(Path(sys.argv[1]))
size = 300_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    store.publish("d2", b"", [("un", b"x" * 1_000_000)], {"index": b"y" * 1_000_000})
except StoreFull as error:
    print(error)
    stored = store.load()
    sys.exit(0 if stored and stored.info.digest == "d1" else 4)
sys.exit(5)
"""


def test_no_space_left_keeps_the_last_good_one(store: Store) -> None:
    """When the file cannot grow, publishing says so and the generation before is still read."""
    publish(store, "d1")
    done = child(PUBLISH_LIMITED, str(store.path))
    assert done.returncode == 0, done.stderr
    assert "DATA_DIR" in done.stdout
    assert store.check() == ()
    assert publish(store, "d3").number == 2


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root on Linux")
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount a small file system")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_keeps_the_last_good_one(tiny_disk: Path) -> None:
    """On a full disk publishing says so, and the generation before is still read."""
    store = Store(tiny_disk / "index.db")
    publish(store, "d1")
    with pytest.raises(StoreFull, match="disque plein"):
        store.publish("d2", b"", [("un", b"x" * 1_000_000)], BLOBS)
    stored = store.load()
    assert stored is not None
    assert stored.info.digest == "d1"
    (tiny_disk / "rest").write_bytes(b"")
    assert publish(store, "d3").number == 2


def test_a_read_only_disk_is_still_read(tiny_disk: Path) -> None:
    """On a read-only file system the index is read without a lock, and publishing is told."""
    store = Store(tiny_disk / "index.db")
    publish(store, "d1")
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    stored = store.load()
    assert stored is not None
    assert stored.info.digest == "d1"
    with pytest.raises(StoreFull):
        publish(store, "d2")


KILLED = """
import os, signal, sys
from pathlib import Path
from knowledge.store import Store

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def articles():
    for number in range(2000):
        if sys.argv[2] == str(number):
            die()
        yield f"a{number}", os.urandom(2000)
    if sys.argv[2] == "articles":
        die()

class Blobs(dict):
    def items(self):
        yield from super().items()
        if sys.argv[2] == "blobs":
            die()

Store(Path(sys.argv[1])).publish("new", b"", articles(), Blobs(index=os.urandom(3_000_000)))
"""


@pytest.mark.parametrize("moment", ["0", "50", "1999", "articles", "blobs"])
@pytest.mark.parametrize("fresh", [True, False])
def test_a_killed_process_leaves_the_last_good_one(
    store: Store, moment: str, *, fresh: bool
) -> None:
    """A process killed while it publishes leaves what was there, and the next one publishes."""
    if not fresh:
        publish(store, "d1")
    done = child(KILLED, str(store.path), moment)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert store.load(digest="new") is None
    assert (store.load(digest="d1") is None) == fresh
    assert store.check() == ()
    assert publish(store, "d2").number == (1 if fresh else 2)


PUBLISH_MANY = """
import sys
from pathlib import Path
from knowledge.store import Store
store = Store(Path(sys.argv[1]), busy_seconds=30)
for number in range(6):
    digest = f"shared{number}" if number % 2 else f"{sys.argv[2]}-{number}"
    print(store.publish(digest, b"", [("un", digest.encode())], {"index": b"x" * 50_000}).number)
"""


def test_processes_that_publish_at_once_never_number_twice(store: Store) -> None:
    """Three processes on a new file: each digest has one number, each number one digest."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PUBLISH_MANY, str(store.path), name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for name in "abc"
    ]
    own: list[str] = []
    for process in started:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        own += out.split()[::2]
    assert len(own) == len(set(own)) == 9
    assert store.check() == ()
    assert len(store.generations()) == KEPT


def test_threads_read_while_another_publishes(store: Store) -> None:
    """A reader gets a whole generation: head, articles and blobs of one number."""
    store.busy_seconds = 10

    def made_of(digest: str) -> bool:
        body = digest.encode()
        stored = store.load()
        assert stored is not None
        return {stored.head, *dict(stored.articles).values(), *stored.blobs.values()} == {
            stored.info.digest.encode()
        } and bool(body)

    def write(digest: str) -> bool:
        body = digest.encode()
        store.publish(digest, body, [("un", body), ("deux", body)], {"a": body, "b": body})
        return True

    write("d0")
    with ThreadPoolExecutor(4) as pool:
        results = [
            pool.submit(write if number % 4 == 0 else made_of, f"d{number}")
            for number in range(1, 60)
        ]
        assert all(result.result() for result in results)
