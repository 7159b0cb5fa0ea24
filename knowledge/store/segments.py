"""The articles of a large dossier on disk, in parts that are written once and never changed.

A part ("segment") holds articles as the database of generations does, the records of their
passages in Xapian, and how many passages hold each term. A generation is a list of segments and
the keys of its articles: a reload writes a segment of what changed and shares the others, so that
an older generation stays as it was, at the cost of the change.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.corpus.passages import split
from knowledge.errors import StoreDamaged
from knowledge.model import Article
from knowledge.retrieval.counts import Counts, Tally
from knowledge.retrieval.memory import terms_of
from knowledge.retrieval.records import RecordFile, encode_record
from knowledge.store.codec import decode_article, encode_article

_ABOUT, _BODIES, _KEYS, _COUNTS, TERMS = "about.json", "bodies", "keys", "counts", "terms"
_RECORDS, _BORDERS = "records", "borders"


@dataclass(frozen=True, slots=True)
class Totals:
    """Passages, and the terms in each field of them all."""

    passages: int
    lengths: Mapping[str, int]

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            self.passages + other.passages,
            {name: length + other.lengths[name] for name, length in self.lengths.items()},
        )

    def negated(self) -> "Totals":
        """The same numbers below zero."""
        return Totals(-self.passages, {name: -length for name, length in self.lengths.items()})


NO_TOTALS = Totals(0, Tally().lengths)


def key_of(body: bytes) -> int:
    """The key of an encoded article; another version of it has another one."""
    return int.from_bytes(hashlib.sha256(body).digest()[:8], "little")


class Segment:
    """One part on disk, open for reading by any thread."""

    def __init__(self, folder: Path) -> None:
        """Raises: StoreDamaged when the folder is no segment."""
        self.folder = folder
        self.name = folder.name
        try:
            about = json.loads((folder / _ABOUT).read_bytes())
            self.totals = Totals(about["passages"], about["lengths"])
            self.counts = Counts.mapped(folder / _COUNTS)
            self.outlets = [(publisher, agency) for publisher, agency in about["outlets"]]
            self.records = RecordFile(folder / _RECORDS, folder / _BORDERS)
            columns = _columns(folder, self.totals.passages)
            self._bodies = os.open(folder / _BODIES, os.O_RDONLY)
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise damaged(folder) from error
        self.keys, self._starts, self._ends, self._passages, self._days, self._from = columns
        """Keys ascend; where each body lies, its passages, when and where it appeared."""

    def __del__(self) -> None:
        if hasattr(self, "_bodies"):
            os.close(self._bodies)

    def __contains__(self, key: int) -> bool:
        at = int(np.searchsorted(self.keys, np.uint64(key)))
        return at < len(self.keys) and int(self.keys[at]) == key

    def passages_of(self, keys: np.ndarray) -> np.ndarray:
        """How many passages the article of each key has; 0 for one that is not here."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        counts: np.ndarray = np.where(self.keys[at] == keys, self._passages[at], 0)
        return counts.astype(np.int64)

    def origins_of(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(positions among these keys of those that are here, their days, their outlets).

        Days as ordinals, 0 where unknown; outlets as positions in `outlets`.
        """
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        here = np.flatnonzero(self.keys[at] == keys)
        return here, self._days[at[here]].astype(np.int64), self._from[at[here]].astype(np.int64)

    def article(self, key: int) -> Article:
        """The article of a key that is here.

        Raises: StoreDamaged; the segment then cannot be opened again, and will be written anew.
        """
        at = int(np.searchsorted(self.keys, np.uint64(key)))
        start, end = int(self._starts[at]), int(self._ends[at])
        body = b""
        with suppress(OSError):
            body = os.pread(self._bodies, end - start, start)
        # A flipped bit would be served as a quote "letter for letter".
        if key_of(body) != key:
            with suppress(OSError):
                (self.folder / _ABOUT).replace(self.folder / f"{_ABOUT}.damaged")
            raise damaged(self.folder)
        return decode_article(body)


def _columns(folder: Path, passages: int) -> np.ndarray:
    columns = np.fromfile(folder / _KEYS, "<u8").reshape(6, -1)
    if int(columns[3].sum()) != passages:
        raise ValueError("as many passages as the articles have")
    if int(columns[2].max()) != (folder / _BODIES).stat().st_size or not (folder / TERMS).is_dir():
        raise ValueError("all that was written")
    return columns


def write_segment(home: Path, articles: Iterable[Article]) -> Segment | None:
    """A new segment of these articles in the folder; None when there are none.

    Raises: OSError when it cannot be written.
    """
    home.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(p.name.split("-")[1]) for p in listed(home)), default=0)
    folder = home / f"{_UNFINISHED}{number}-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        filled = _fill(folder, articles)
    except BaseException:
        # Each try would leave another part of a segment on a disk that is full.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not filled:
        shutil.rmtree(folder)
        return None
    return Segment(_named(home, folder, number))


def _fill(folder: Path, articles: Iterable[Article]) -> bool:
    """Writes the files of a segment; whether there was any article."""
    from knowledge.retrieval.xapian import Writer, compact

    tally = Tally()
    rows: list[tuple[int, ...]] = []
    outlets: dict[tuple[str | None, str | None], int] = {}
    at = 0
    borders = [0]
    with (
        (folder / _BODIES).open("wb") as bodies,
        (folder / _RECORDS).open("wb") as records,
        Writer(folder / TERMS) as writer,
    ):
        for article in articles:
            body = encode_article(article)
            key = key_of(body)
            bodies.write(body)
            parts = split(article)
            day = article.published.toordinal() if article.published else 0
            outlet = outlets.setdefault((article.publisher, article.agency), len(outlets))
            rows.append((key, at, at + len(body), len(parts), day, outlet))
            at += len(body)
            for ordinal, passage in enumerate(parts):
                found = terms_of(article, passage)
                tally.add(found)
                written = records.write(encode_record(key, ordinal, passage.kind, found))
                borders.append(borders[-1] + written)
                writer.add(found.stems)
        for file in (bodies, records):
            file.flush()
            os.fsync(file.fileno())
    if not rows:
        return False
    compact(folder / TERMS)
    np.array(sorted(rows), "<u8").T.tofile(folder / _KEYS)
    np.array(borders, "<u8").tofile(folder / _BORDERS)
    tally.counts().save(folder / _COUNTS)
    about = {"passages": tally.passages, "lengths": tally.lengths, "outlets": list(outlets)}
    (folder / _ABOUT).write_text(json.dumps(about), encoding="ascii")
    return True


_UNFINISHED = "unfinished-"
_FINISHED = "segment-"


def listed(home: Path) -> list[Path]:
    """The finished segments in a folder."""
    return sorted(home.glob(f"{_FINISHED}*")) if home.is_dir() else []


def _named(home: Path, folder: Path, number: int) -> Path:
    # Another process may have taken the number meanwhile: a rename onto it fails.
    while True:
        place = home / f"{_FINISHED}{number}"
        try:
            return folder.rename(place)
        except OSError:
            if not place.exists():
                raise
            number += 1


def tally_of(articles: Iterable[Article]) -> tuple[Counts, Totals]:
    """How many passages of these articles hold each term, and their totals."""
    tally = Tally()
    for article in articles:
        for passage in split(article):
            tally.add(terms_of(article, passage))
    return tally.counts(), Totals(tally.passages, tally.lengths)


def damaged(folder: Path) -> StoreDamaged:
    """The error for a segment that is missing or does not add up."""
    return StoreDamaged(folder, f"L'index {folder} est endommagé : il est mis de côté et refait.")


def owner_of(segments: Sequence[Segment], key: int) -> Segment:
    """The segment that holds an article. Raises: KeyError."""
    for segment in segments:
        if key in segment:
            return segment
    raise KeyError(key)
