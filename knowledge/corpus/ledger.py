"""What was read of a folder, file by file, so that the next reading is of what changed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.corpus import files, loading
from knowledge.errors import UnreadableArticle
from knowledge.model import Article


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was read: size, time, SHA-256 of its bytes, ids of its articles."""

    size: int
    mtime_ns: int
    digest: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The files of a dossier by path, and a digest of all else that decides how they are read."""

    entries: Mapping[str, Entry]
    around: str

    def digests(self) -> dict[str, files.Known]:
        """What `content_digest` need not read again."""
        return {
            path: (entry.size, entry.mtime_ns, entry.digest) for path, entry in self.entries.items()
        }

    def to_blob(self) -> bytes:
        """What `from_blob` reads."""
        rows = {p: [e.size, e.mtime_ns, e.digest, e.articles] for p, e in self.entries.items()}
        return json.dumps([self.around, rows], ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def from_blob(cls, blob: bytes) -> "Ledger":
        """The ledger that `to_blob` stored."""
        around, rows = json.loads(blob)
        return cls({p: Entry(s, t, d, tuple(ids)) for p, (s, t, d, ids) in rows.items()}, around)


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of articles that are gone, articles that came; one that changed is in both."""

    gone: tuple[str, ...]
    come: tuple[Article, ...]
    ledger: Ledger


def write(folder: Path, overlay: Path | None, found: Mapping[str, tuple[str, ...]]) -> Ledger:
    """The ledger of a folder just read; `found`: path of each file read -> ids of its articles."""
    listing = files.listing(folder, overlay)
    return Ledger(
        {str(file.path): _entry(file, found.get(str(file.path), ())) for file in listing.files},
        _around(folder, overlay, listing),
    )


def changes(
    folder: Path, before: Ledger, *, overlay: Path | None, max_file_mb: int
) -> Changes | None:
    """What changed since `before`; None when only reading all of it anew can tell.

    That is so when dossier.toml or corrections.toml changed, or a file cannot be read.
    """
    listing = files.listing(folder, overlay)
    if _around(folder, overlay, listing) != before.around:
        return None
    there = {str(file.path): file for file in listing.files}
    lost = before.entries.keys() - there.keys()
    new = [file for path, file in there.items() if not _same(before.entries.get(path), file)]
    untold = [path for path in (*lost, *(str(file.path) for file in new))
              if path in before.entries and not before.entries[path].articles]  # fmt: skip
    if untold:
        # It could not be read, or was left out: what was said of it no longer holds.
        return None
    try:
        read = loading.load_files(folder, new, overlay=overlay, max_file_mb=max_file_mb)
    except UnreadableArticle:
        return None
    gone = [i for path in lost for i in before.entries[path].articles]
    gone += [i for file in new for i in _ids_before(before, file)]
    come = [article for articles in read.values() for article in articles]
    entries = {path: before.entries[path] for path in there if path not in read}
    entries |= {
        str(file.path): _entry(file, tuple(a.id for a in read[str(file.path)])) for file in new
    }
    ids = [i for entry in entries.values() for i in entry.articles]
    if len(ids) != len(set(ids)) or not ids or _named(folder, overlay, gone, come):
        return None
    return Changes(tuple(gone), tuple(come), Ledger(entries, before.around))


def _ids_before(before: Ledger, file: files.File) -> tuple[str, ...]:
    entry = before.entries.get(str(file.path))
    return () if entry is None else entry.articles


def _same(entry: Entry | None, file: files.File) -> bool:
    return entry is not None and (entry.size, entry.mtime_ns) == (file.size, file.mtime_ns)


def _entry(file: files.File, articles: tuple[str, ...]) -> Entry:
    return Entry(file.size, file.mtime_ns, files.digest_of(file.path), articles)


def _around(folder: Path, overlay: Path | None, listing: files.Listing) -> str:
    """A digest of the manifests and of what was set aside."""
    digest = hashlib.sha256(repr(listing.set_aside).encode("utf-8", "surrogatepass"))
    corrections = [] if overlay is None else [overlay / files.CORRECTIONS]
    for path in (folder / files.MANIFEST, *corrections):
        digest.update(files.digest_of(path).encode())
    return digest.hexdigest()


def _named(folder: Path, overlay: Path | None, gone: list[str], come: list[Article]) -> bool:
    """Whether a manifest speaks of an article that came or went: what it says may be missing."""
    moved = {*gone} ^ {article.id for article in come}
    return any(
        moved & {*written.articles, *written.removed}
        for written in loading.manifests(folder, overlay)
    )
