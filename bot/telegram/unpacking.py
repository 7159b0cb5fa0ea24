"""What an admin sends -> plain files with safe names; pure.

UnusableUpload   a key of the texts and its fields
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from knowledge.language.composing import nfc

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf")
"""What the corpus reads, but for zip, which is unpacked here."""

MOST_FILES = 200
RATIO = 5
"""A zip may unpack to so many times the limit of one file."""

_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 10_000
"""Entries of a zip's directory, folders and those of Word files inside it included: 20 MB may hold
400,000, which take 2 s and 200 MB to be listed."""

_LONGEST = 80
_UNSAFE = re.compile(r"[^\w .,'()\[\]+-]")


class UnusableUpload(Exception):
    """An upload that gives no file: `key` of the texts, `fields` to fill in."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields


def unpack(name: str, content: bytes, limit_mb: int) -> tuple[tuple[str, bytes], ...]:
    """The files of an upload as (safe name, content), in order; a zip's are taken out of it.

    Raises: UnusableUpload for a type that is not read, too much, or a broken zip.
    """
    if PurePosixPath(name.lower()).suffix == ".zip":
        files = tuple(_unzipped(content, limit_mb * 1_000_000))
        if not files:
            raise UnusableUpload("telegram.add.empty_zip")
        return _distinct(files)
    safe = safe_name(name)
    if safe is None:
        suffix = PurePosixPath(name).suffix[:12] or "?"
        raise UnusableUpload("telegram.add.bad_type", suffix=suffix)
    return ((safe, content),)


def safe_name(name: str) -> str | None:
    """The name without folders, odd characters and leading dots; None for a type not read."""
    last = nfc(name).replace("\\", "/").rpartition("/")[2]
    path = PurePosixPath(last.encode("utf-8", "replace").decode())
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES or path.name.startswith((".", "~$")):
        return None
    stem = _UNSAFE.sub("_", path.stem).strip(" ._")[:_LONGEST].strip(" ._")
    return f"{stem or 'article'}{suffix}"


def _unzipped(content: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    if content.count(_ENTRY) > _MOST_ENTRIES:
        raise UnusableUpload("telegram.add.too_many", most=MOST_FILES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = [one for one in package.infolist() if not one.is_dir()]
            wanted = [(safe, one) for one in members if (safe := _member(one.filename))]
            _check_count(len(wanted))
            left = limit * RATIO
            for safe, one in wanted:
                # What the directory says of sizes may be a lie: read one byte past the limit.
                with package.open(one) as member:
                    text = member.read(min(limit, left) + 1)
                left -= len(text)
                _check_size(len(text), left, limit)
                yield safe, text
    # RuntimeError: a password; IndexError and struct.error: zipfile on a damaged extra field.
    except (
        zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError,
        RuntimeError, OSError, ValueError, IndexError, struct.error,
    ) as error:  # fmt: skip
        raise UnusableUpload("telegram.add.bad_zip") from error


def _check_count(count: int) -> None:
    if count > MOST_FILES:
        raise UnusableUpload("telegram.add.too_many", most=MOST_FILES)


def _check_size(size: int, left: int, limit: int) -> None:
    if size > limit or left < 0:
        raise UnusableUpload("telegram.add.too_big", limit=limit // 1_000_000)


def _member(name: str) -> str | None:
    # macOS keeps a shadow of every file there.
    return None if name.startswith("__MACOSX/") else safe_name(name)


def _distinct(files: tuple[tuple[str, bytes], ...]) -> tuple[tuple[str, bytes], ...]:
    """The files with a number behind names that occur twice."""
    seen: set[str] = set()
    made = []
    for name, content in files:
        path, n = PurePosixPath(name), 1
        stem = path.stem
        while stem.casefold() in seen:
            n += 1
            stem = f"{path.stem}-{n}"
        seen.add(stem.casefold())
        made.append((f"{stem}{path.suffix}", content))
    return tuple(made)
