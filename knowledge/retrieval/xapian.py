"""Xapian, on disk or on other machines: the only module that knows the package.

It holds the stems of each passage and a record of its terms; it picks the passages that score
best by stems, and `knowledge.retrieval.large` scores them over all fields.
"""

import hashlib
import math
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, Self

from knowledge.errors import DossierError, ShardSilent, StoreDamaged, StoreLocked
from knowledge.retrieval.bm25 import K1, B
from knowledge.retrieval.records import RecordFile

_LONGEST = 200
"""Bytes of a term; Xapian takes 245."""
_COMPACTED_FROM = 20_000
"""Passages from which the file is written again without gaps: half the size."""

_ABSENT = (
    "RETRIEVAL_ENGINE=xapian demande l'extra [scale] : installez dossier-bot[scale], ou choisissez"
    " RETRIEVAL_ENGINE=memory."
)


_BUSY = (
    "L'index {folder} est occupé par un autre programme : attendez qu'il ait fini, puis"
    " recommencez."
)


@dataclass(frozen=True, slots=True)
class Server:
    """A machine that serves passages; times in seconds."""

    host: str
    port: int
    connect_within: float = 1.0
    answer_within: float = 1.5

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form that is looked for: its stems, which all have to stand there.

    `weight`: the idf that Xapian shall give it; `leads`: whether a passage may be a candidate for
    this form alone.
    """

    stems: tuple[str, ...]
    weight: float
    leads: bool = True


def is_installed() -> bool:
    """Whether the extra [scale] is there."""
    return find_spec("xapian") is not None


def require() -> None:
    """Raises: DossierError when the extra [scale] is not installed."""
    if not is_installed():
        raise DossierError(_ABSENT)


class Writer:
    """Writes passages into a database; a context manager, committed at its end.

    Every method raises OSError when the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        """Raises: StoreLocked when another process writes to it."""
        import xapian

        self._xapian: Any = xapian
        self._folder = folder
        with _written(folder):
            self._db: Any = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        with _written(self._folder):
            if kind is None:
                self._db.commit()
            self._db.close()

    def add(self, stems: Iterable[str], record: bytes = b"", owner: str = "") -> None:
        """Adds one passage; `owner`: what `remove` finds it by."""
        document = self._xapian.Document()
        for stem in stems:
            document.add_term(_term(stem))
        if owner:
            document.add_boolean_term(_owner(owner))
        document.set_data(record)
        with _written(self._folder):
            self._db.add_document(document)

    def remove(self, owner: str) -> None:
        """Removes all passages of the owner."""
        with _written(self._folder):
            self._db.delete_document(_owner(owner))

    def set(self, key: str, value: bytes) -> None:
        """Stores a value in the same commit as the passages."""
        with _written(self._folder):
            self._db.set_metadata(key, value)


def compact(folder: Path) -> None:
    """Writes a database again without gaps, when it is large enough for that to matter.

    Raises: OSError when the disk refuses.
    """
    import xapian

    with _written(folder):
        db = xapian.Database(str(folder))
        if db.get_doccount() < _COMPACTED_FROM:
            return
        whole = folder.with_name(f"{folder.name}.compact")
        db.compact(str(whole))
        db.close()
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
        whole.rename(folder)


class Reader:
    """The passages of several databases, searched as one; any thread may call.

    A database of Xapian belongs to one thread, so each thread opens its own (a few milliseconds).
    """

    def __init__(
        self,
        places: Sequence[Path | Server],
        records: Sequence[RecordFile] = (),
        *,
        expects: tuple[str, bytes] | None = None,
    ) -> None:
        """`records`: of each place, where it has not written them itself.

        `expects`: (key, value) that a `Writer` has to have set in the first database.
        """
        self.places = tuple(places)
        self._records = tuple(records)
        self._expects = expects
        self._threads = threading.local()

    def best(
        self, wanted: Sequence[Wanted], first: int, count: int
    ) -> tuple[Sequence[bytes], bool]:
        """(records of the best passages by stems from the rank `first` on, whether more follow).

        Raises:
            ShardSilent: a server does not answer.
            StoreDamaged: a database on disk cannot be read.
        """
        import xapian

        query = _query(wanted)
        with _translated(self.places[0]):
            enquire = xapian.Enquire(self._open())
            enquire.set_query(query)
            enquire.set_weighting_scheme(xapian.BM25Weight(K1, 0.0, 0.0, B, 0.0))
            records: list[bytes]
            if self._records:
                records = [self._record(item.docid - 1) for item in enquire.get_mset(first, count)]
            elif isinstance(self.places[0], Path):
                found = enquire.get_mset(first, count)
                records = [bytes(item.document.get_data()) for item in found]
            else:
                # Remote records come in one round trip instead of one each; `fetch` crashes on
                # results that are empty or do not begin with the best (Xapian 1.4.26).
                found = enquire.get_mset(0, first + count)
                if not found.empty():
                    found.fetch()
                whole = (bytes(item.document.get_data()) for item in found)
                records = list(islice(whole, first, None))
            return records, len(records) == count

    def _record(self, number: int) -> bytes:
        # Xapian numbers the passages of several databases in turn.
        return self._records[number % len(self.places)][number // len(self.places)]

    def size(self) -> int:
        """How many passages the databases hold. Raises: as `best`."""
        with _translated(self.places[0]):
            return int(self._open().get_doccount())

    def close(self) -> None:
        """Lets go of this thread's connection; the next call opens another."""
        db = getattr(self._threads, "db", None)
        self._threads.db = None
        if db is not None:
            db.close()

    def _open(self) -> Any:
        import xapian

        db = getattr(self._threads, "db", None)
        if db is None:
            db = xapian.Database()
            for place in self.places:
                db.add_database(_open_one(xapian, place))
            if self._expects is not None and db.get_metadata(self._expects[0]) != self._expects[1]:
                raise xapian.DatabaseVersionError("another state of the dossier")
            self._threads.db = db
        return db


def _open_one(xapian: Any, place: Path | Server) -> Any:
    if isinstance(place, Path):
        return xapian.Database(str(place))
    return xapian.remote_open(
        place.host,
        place.port,
        int(place.answer_within * 1000),
        int(place.connect_within * 1000),
    )


def _query(wanted: Sequence[Wanted]) -> Any:
    import xapian

    # Summed, not the best of each concept: OP_MAX below OP_OR crashes (Xapian 1.4.26). It only
    # widens the choice; what an alternative counts for is decided by the records.
    leading, others = (
        xapian.Query(xapian.Query.OP_OR, [_scaled(one) for one in wanted if one.leads == leads])
        for leads in (True, False)
    )
    if others.empty():
        return leading
    return xapian.Query(xapian.Query.OP_AND_MAYBE, leading, others)


def _scaled(one: Wanted) -> Any:
    import xapian

    query = xapian.Query(xapian.Query.OP_AND, [_term(stem) for stem in one.stems])
    return xapian.Query(xapian.Query.OP_SCALE_WEIGHT, query, one.weight)


def own_idf(size: int, frequency: int) -> float:
    """The idf that Xapian 1.4's BM25Weight gives a term; above 0."""
    weight = (size - frequency + 0.5) / (frequency + 0.5)
    return math.log(weight * 0.5 + 1 if weight < 2 else weight)


def _term(stem: str) -> bytes:
    return b"S" + _bounded(stem)


def _owner(name: str) -> bytes:
    return b"Q" + _bounded(name)


def _bounded(text: str) -> bytes:
    whole = text.encode("utf-8", "replace")
    return whole if len(whole) <= _LONGEST else hashlib.sha256(whole).hexdigest().encode()


@contextmanager
def _translated(place: Path | Server) -> Iterator[None]:
    """Turns what Xapian raises into an error with one sentence."""
    import xapian

    try:
        yield
    except xapian.Error as error:
        if isinstance(place, Server):
            raise ShardSilent(str(place)) from error
        raise StoreDamaged(
            place, f"L'index {place} est endommagé : il est mis de côté et refait."
        ) from error


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Turns what Xapian raises while it writes into what the file system would."""
    import xapian

    try:
        yield
    except xapian.DatabaseLockError as error:
        raise StoreLocked(folder, _BUSY.format(folder=folder)) from error
    except xapian.DatabaseError as error:
        raise OSError(f"{folder}: {error}") from error
