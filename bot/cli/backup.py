"""`dossier backup`: what cannot be made again in one file, and back.

A backup is a zip of the bot's state, the index with its last generations, and what admins added in
the chat. The folder of articles, .env and the token are not in it.
"""

import argparse
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.cli.session import Session
from bot.cli.status import DONE, UsageError
from bot.cli.streams import tell
from bot.state.errors import StateDamaged, StateError, StateUnwritable
from bot.texts import Texts

FORM = 1
"""The form of a backup; a later one that this program cannot read counts higher."""

HEAD, STATE, INDEX, ADDED = "backup.json", "state.db", "index.db", "added"


@dataclass(frozen=True, slots=True)
class Places:
    """Where what is backed up lies; none of it need exist."""

    data: Path
    state: Path
    index: Path
    added: Path

    @classmethod
    def of(cls, session: Session) -> "Places":
        """The places of DATA_DIR for the dossier that is served."""
        from knowledge.library import BUILT_IN
        from knowledge.store import dossier_home

        data = session.settings.data_dir
        home = dossier_home(data, session.settings.dossier_dir or BUILT_IN)
        return cls(data, data / STATE, home / INDEX, home / ADDED)

    def databases(self) -> dict[str, Path]:
        """The databases that exist, by their name in a backup."""
        return {n: p for n, p in ((STATE, self.state), (INDEX, self.index)) if p.exists()}

    def files(self) -> dict[str, Path]:
        """The files that admins added, by their name in a backup."""
        found = sorted(p for p in self.added.rglob("*") if p.is_file() and not p.is_symlink())
        return {f"{ADDED}/{path.relative_to(self.added).as_posix()}": path for path in found}


def backup(session: Session, arguments: argparse.Namespace) -> int:
    """Makes a backup, or puts one back: 0. Raises: UsageError when it cannot."""
    from bot.cli.restoring import restore

    act = restore if arguments.restore else save
    try:
        told = act(session.words, Places.of(session), arguments.file)
    except StateUnwritable as error:
        file = arguments.file or session.settings.data_dir
        why = session.words["backup.no_room"]
        raise UsageError(session.words["backup.failed"].format(file=file, why=why)) from error
    except StateError as error:
        raise UsageError(str(error)) from error
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        name = getattr(error, "filename", None) or arguments.file or session.settings.data_dir
        raise UsageError(session.words["backup.failed"].format(file=name, why=why)) from error
    if arguments.json:
        print(json.dumps(told.row, ensure_ascii=False))
    else:
        print(told.text)
    return DONE


@dataclass(frozen=True, slots=True)
class Told:
    """What a backup says when it is done: for people, and for programs."""

    text: str
    row: dict[str, Any]


def save(words: Texts, places: Places, name: str | None) -> Told:
    """Writes a backup that was read again before it got its name.

    Raises: UsageError, StateError, OSError.
    """
    if not places.databases() and not places.files():
        raise UsageError(words["backup.nothing"].format(folder=places.data))
    made = datetime.now(UTC)
    target = _target(words, places, name, made)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        whole = Path(folder) / "whole.zip"
        _write(words, whole, places, made, Path(folder))
        with opened(words, whole) as parts:
            row = {**parts.row, "file": str(target), "bytes": whole.stat().st_size}
        _name(words, whole, target)
    text = words["backup.saved"].format(
        file=target, size=-(-row["bytes"] // 1000), parts=parts_of(words, row["parts"])
    )
    return Told(text, row)


def _target(words: Texts, places: Places, name: str | None, made: datetime) -> Path:
    plain = f"dossier-{made:%Y-%m-%d-%H%M%S}.zip"
    if name is None:
        target = places.data / "backups" / plain
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    else:
        given = Path(name).expanduser()
        target = given / plain if given.is_dir() else given
    # Looked at first, so that a long copy is not made in vain, and once more when it gets its name.
    if target.exists():
        raise UsageError(words["backup.exists"].format(file=target))
    if not target.parent.is_dir():
        raise UsageError(words["backup.no_folder"].format(folder=target.parent))
    return target


def _write(words: Texts, whole: Path, places: Places, made: datetime, folder: Path) -> None:
    from bot.state.snapshot import copy

    names: list[str] = []
    with zipfile.ZipFile(whole, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, database in places.databases().items():
            try:
                copy(database, folder / name)
            except StateDamaged:
                if name == STATE:
                    raise
                # The index can be made again from the articles.
                tell("backup.index_left", file=database)
                continue
            archive.write(folder / name, name)
            (folder / name).unlink()
            names.append(name)
        for name, path in places.files().items():
            # One that was taken away meanwhile is not missed.
            with suppress(FileNotFoundError):
                archive.write(path, name)
                names.append(name)
        if not names:
            raise UsageError(words["backup.nothing"].format(folder=places.data))
        head = {"form": FORM, "made": made.isoformat(timespec="seconds"), "parts": names}
        archive.writestr(HEAD, json.dumps(head, ensure_ascii=False))


def _name(words: Texts, whole: Path, target: Path) -> None:
    # What readers asked is in it: for its owner's eyes only.
    whole.chmod(0o600)
    with whole.open("rb") as file:
        os.fsync(file.fileno())
    try:
        # A link never replaces what is there, and a move would.
        os.link(whole, target)
    except FileExistsError:
        raise UsageError(words["backup.exists"].format(file=target)) from None
    except OSError:
        # A file system without links: the name is taken first, so that nothing is replaced.
        target.touch(mode=0o600, exist_ok=False)
        whole.replace(target)


@dataclass(frozen=True, slots=True)
class Parts:
    """A backup taken apart in a folder of its own, its databases checked."""

    folder: Path
    row: dict[str, Any]


@contextmanager
def opened(words: Texts, file: Path, beside: Path | None = None) -> Iterator[Parts]:
    """The parts of a backup, in a folder (inside `beside`) that goes away afterwards.

    Raises: UsageError for what is no backup of ours; StateError for a broken database; OSError.
    """
    from bot.state.snapshot import check

    if not zipfile.is_zipfile(file):
        raise UsageError(words["backup.not_ours"].format(file=file))
    with (
        tempfile.TemporaryDirectory(dir=beside or file.parent, prefix=".opened-") as folder,
        zipfile.ZipFile(file) as archive,
    ):
        row = _head(words, archive, file)
        for name in row["parts"]:
            place = Path(folder) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            # Read to its end, so that zipfile holds it against its checksum.
            with archive.open(name) as packed, place.open("wb") as plain:
                shutil.copyfileobj(packed, plain)
            if name in (STATE, INDEX):
                check(place)
            if name == STATE:
                place.chmod(0o600)
        yield Parts(Path(folder), row)


def _head(words: Texts, archive: zipfile.ZipFile, file: Path) -> dict[str, Any]:
    try:
        head = json.loads(archive.read(HEAD))
        form, names = head["form"], [str(n) for n in head["parts"]]
        made = f"{datetime.fromisoformat(head['made']).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        fits = set(names) | {HEAD} == set(archive.namelist()) and all(map(_is_ours, names))
    except (KeyError, TypeError, ValueError, RecursionError):
        fits = False
    if not fits:
        raise UsageError(words["backup.not_ours"].format(file=file))
    if form != FORM:
        raise UsageError(words["backup.too_new"].format(file=file))
    return {"made": made, "parts": names}


def _is_ours(name: str) -> bool:
    folder, *rest = name.split("/")
    if name in (STATE, INDEX):
        return True
    # A name with a way out of the folder is no backup of ours.
    plain = all(part.strip() and part not in (".", "..") for part in rest)
    return folder == ADDED and bool(rest) and plain and not set("\\:\0") & set(name)


def parts_of(words: Texts, names: list[str]) -> str:
    """The parts of a backup as people read them, in one line."""
    found = [words[f"backup.{name[:-3]}"] for name in (STATE, INDEX) if name in names]
    added = sum(name.startswith(f"{ADDED}/") for name in names)
    if added:
        found.append(words.count("backup.added", added))
    return ", ".join(found)
