"""The files of a dossier's folder and of the folder laid over it; everything that touches the disk.

Hidden files, dossier.toml and corrections.toml are no articles; what cannot be one is set aside.
"""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.corpus import messages
from knowledge.corpus.encoding import normalize
from knowledge.errors import UnreadableArticle, UnusableDossier
from knowledge.model import SetAside

MANIFEST = "dossier.toml"
CORRECTIONS = "corrections.toml"
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf")
"""Files of the same name are preferred in this order."""

QUESTIONS = "questions.jsonl"
"""The questions that `dossier eval` asks may lie beside the articles."""

_IGNORED_NAMES = frozenset(
    {MANIFEST, CORRECTIONS, QUESTIONS, "Thumbs.db", "desktop.ini", "__MACOSX"}
)


@dataclass(frozen=True, slots=True)
class File:
    """A file that may hold articles: its id is `name`, its path without suffix."""

    path: Path
    relative: str
    id: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder in the order of their ids, and what was set aside."""

    files: tuple[File, ...]
    set_aside: tuple[SetAside, ...] = ()


def printable(name: str) -> str:
    """A file name that can be shown even when it is not UTF-8."""
    if name.isascii() and name.isprintable():
        return name
    return normalize(os.fsencode(name).decode("utf-8", errors="replace"))


def check_folder(folder: Path) -> None:
    """Raises UnusableDossier when the folder is missing, is a file, or may not be read."""
    shown = printable(str(folder))
    try:
        mode = folder.stat().st_mode
        if not stat.S_ISDIR(mode):
            raise UnusableDossier(folder, messages.NOT_A_FOLDER.format(path=shown))
        with os.scandir(folder):
            pass
    except FileNotFoundError as error:
        raise UnusableDossier(folder, messages.NO_FOLDER.format(path=shown)) from error
    except OSError as error:
        raise UnusableDossier(folder, messages.NO_PERMISSION.format(path=shown)) from error


def listing(folder: Path, overlay: Path | None = None) -> Listing:
    """What both folders hold; a file of the overlay takes the place of one with the same id."""
    base = _list(folder)
    if overlay is None or not overlay.is_dir():
        return base
    over = _list(overlay)
    replaced = {file.id for file in over.files}
    kept = [file for file in base.files if file.id not in replaced]
    files = sorted([*kept, *over.files], key=lambda file: file.id)
    return Listing(tuple(files), base.set_aside + over.set_aside)


def read_bytes(file: File, limit_mb: int) -> bytes:
    """The bytes of a file. Raises UnreadableArticle: too big, empty, no permission, gone."""
    if file.size > limit_mb * 1_000_000:
        raise UnreadableArticle(
            file.path,
            messages.TOO_BIG.format(path=file.relative, size=file.size / 1e6, limit=limit_mb),
        )
    try:
        content = file.path.read_bytes()
    except PermissionError as error:
        text = messages.NO_FILE_PERMISSION.format(path=file.relative)
        raise UnreadableArticle(file.path, text) from error
    except OSError as error:
        text = messages.CANNOT_READ.format(path=file.relative, reason=error.strerror)
        raise UnreadableArticle(file.path, text) from error
    if not content.strip():
        raise UnreadableArticle(file.path, messages.EMPTY_FILE.format(path=file.relative))
    return content


def fingerprint(folder: Path, overlay: Path | None = None) -> str:
    """A digest of names, sizes and times of change; cheap, for "has anything changed?"."""
    digest = hashlib.sha256()
    for label, relative, path in _digested(folder, overlay):
        try:
            status = path.stat()
            size, mtime = status.st_size, status.st_mtime_ns
        except OSError:
            size = mtime = -1
        digest.update(f"{label}\0{relative}\0{size}\0{mtime}\n".encode())
    return digest.hexdigest()


Known = tuple[int, int, str]
"""Size, time of change and SHA-256 of a file whose bytes were read."""


def content_digest(
    folder: Path, overlay: Path | None = None, known: Mapping[str, Known] | None = None
) -> str:
    """A digest of relative names and bytes; the same for the same content, whatever the times.

    `known`: path -> what a file of this size and time held.
    """
    digest = hashlib.sha256()
    for label, relative, path in _digested(folder, overlay):
        content = (_remembered(path, known) if known else None) or digest_of(path)
        digest.update(f"{label}\0{relative}\0{content}\n".encode())
    return digest.hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes; "unreadable" for one that is not there or cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def _remembered(path: Path, known: Mapping[str, Known]) -> str | None:
    found = known.get(str(path))
    try:
        status = path.stat()
    except OSError:
        return None
    same = found is not None and found[:2] == (status.st_size, status.st_mtime_ns)
    return found[2] if found is not None and same else None


def _digested(folder: Path, overlay: Path | None) -> Iterator[tuple[str, str, Path]]:
    """Label, relative name and path of all that a dossier is made of, sorted by name."""
    check_folder(folder)
    for label, place in (("base", folder), ("overlay", overlay)):
        if place is None or not place.is_dir():
            continue
        found = [(file.relative, file.path) for file in _list(place).files]
        manifests = ((name, place / name) for name in (MANIFEST, CORRECTIONS))
        found.extend(item for item in manifests if item[1].is_file())
        for relative, path in sorted(found):
            yield label, relative, path


def _list(folder: Path) -> Listing:
    files: list[File] = []
    set_aside: list[SetAside] = []
    _walk(folder, "", frozenset({_identity(folder)}), files, set_aside)
    files.sort(key=lambda file: (file.id, _rank(file), file.relative))
    kept: dict[str, File] = {}
    for file in files:
        if file.id in kept:
            why = messages.SAME_ID.format(path=file.relative, kept=kept[file.id].relative)
            set_aside.append(SetAside(file.relative, why))
        else:
            kept[file.id] = file
    return Listing(tuple(kept.values()), tuple(sorted(set_aside, key=lambda item: item.path)))


def _rank(file: File) -> int:
    return SUFFIXES.index(_suffix(file.relative))


def _suffix(relative: str) -> str:
    """The ending of a file's name with its dot, in lower case."""
    return "." + relative.rpartition(".")[2].lower()


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _walk(
    folder: Path,
    prefix: str,
    parents: frozenset[tuple[int, int]],
    files: list[File],
    set_aside: list[SetAside],
) -> None:
    """Collects the files below a folder; links are followed, but never back to a parent.

    `prefix`: what stands before their names in the dossier, "" or with a slash at its end.
    """
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError:
        shown = printable(prefix.rstrip("/") or ".")
        set_aside.append(SetAside(shown, messages.NO_PERMISSION.format(path=shown)))
        return
    for name in names:
        if name.startswith((".", "~$")) or name in _IGNORED_NAMES:
            continue
        relative = prefix + name
        shown = printable(relative)
        path = folder / name
        try:
            status = _checked(path, relative, shown, parents)
            if stat.S_ISDIR(status.st_mode):
                inside = parents | {(status.st_dev, status.st_ino)}
                _walk(path, f"{relative}/", inside, files, set_aside)
            else:
                files.append(_file(path, shown, status))
        except UnreadableArticle as error:
            set_aside.append(SetAside(shown, str(error)))


def _checked(
    path: Path, name: str, shown: str, parents: frozenset[tuple[int, int]]
) -> os.stat_result:
    """The status of a file or folder. Raises UnreadableArticle when it cannot be used."""
    if shown != name and shown != normalize(name):
        raise UnreadableArticle(path, messages.BAD_NAME.format(path=shown))
    if not shown.isprintable():
        raise UnreadableArticle(path, messages.BAD_ID.format(path=ascii(shown)))
    status = _status(path, shown)
    if (status.st_dev, status.st_ino) in parents:
        raise UnreadableArticle(path, messages.LINK_LOOP.format(path=shown))
    return status


def _status(path: Path, shown: str) -> os.stat_result:
    try:
        return path.stat()
    except FileNotFoundError as error:
        raise UnreadableArticle(path, messages.DEAD_LINK.format(path=shown)) from error
    except PermissionError as error:
        raise UnreadableArticle(path, messages.NO_FILE_PERMISSION.format(path=shown)) from error
    except OSError as error:
        raise UnreadableArticle(path, messages.LINK_LOOP.format(path=shown)) from error


def _file(path: Path, shown: str, status: os.stat_result) -> File:
    suffix = _suffix(shown)
    if suffix not in SUFFIXES or not stat.S_ISREG(status.st_mode):
        raise UnreadableArticle(path, messages.UNKNOWN_SUFFIX.format(path=shown))
    return File(path, shown, shown[: -len(suffix)], status.st_size, status.st_mtime_ns)
