"""One bot a DATA_DIR: a lock that the system lets go of when the process ends, however it ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

NAME = "bot.lock"


class Occupied(Exception):
    """Another bot works in this folder; `owner` is its process, None when it cannot be read."""

    def __init__(self, folder: Path, owner: int | None) -> None:
        super().__init__(f"{folder} is in use")
        self.folder = folder
        self.owner = owner


@contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Holds the folder's lock; False where it cannot be had (a folder that cannot be written).

    Raises: Occupied.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / NAME).open("a+", encoding="ascii")
    except OSError:
        yield False
        return
    with file:
        if not _take(file):
            file.seek(0)
            owner = file.read(20).strip()
            raise Occupied(folder, int(owner) if owner.isdecimal() else None)
        try:
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
        except OSError:
            pass  # a full disk: the lock holds without our number in it
        yield True


def _take(file: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:
        return _take_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: as before
    return True


def _take_on_windows(file: IO[str]) -> bool:
    import msvcrt

    try:
        # Far behind the number, which others may read.
        file.seek(1000)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True
