"""`dossier backup --restore FILE`: a backup takes the place of what is there, which is kept."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.backup import ADDED, INDEX, STATE, Places, Told, opened, parts_of
from bot.cli.status import UsageError
from bot.texts import Texts


def restore(words: Texts, places: Places, name: str | None) -> Told:
    """Puts a backup back, all of it or nothing; what was there lies in a folder beside.

    Raises: UsageError, StateError, OSError.
    """
    if name is None:
        raise UsageError(words["backup.which"])
    file = Path(name).expanduser()
    if not file.is_file():
        raise UsageError(words["backup.no_file"].format(file=file))
    from bot.telegram.alone import Occupied, alone_in

    try:
        with alone_in(places.data):
            return _restore(words, places, file)
    except Occupied as error:
        raise UsageError(words["backup.in_use"].format(file=error.folder)) from error


def _restore(words: Texts, places: Places, file: Path) -> Told:
    with opened(words, file, places.data) as parts:
        _check_age(words, parts.folder / STATE)
        _check_rest(words, places)
        aside = _new_folder(places.data / f"before-restore-{datetime.now(UTC):%Y-%m-%d-%H%M%S}")
        kept = _swap(places, parts.folder, aside)
        row = {**parts.row, "file": str(file), "kept": str(aside) if kept else None}
    text = words["backup.restored"].format(
        file=file, made=row["made"], parts=parts_of(words, row["parts"])
    )
    if kept:
        text += "\n" + words["backup.kept"].format(folder=aside)
    return Told(text, row)


def _check_age(words: Texts, state: Path) -> None:
    from bot.state.schema import STEPS
    from bot.state.snapshot import steps_of

    if state.exists() and steps_of(state) - {name for name, _ in STEPS}:
        raise UsageError(words["backup.state_too_new"])


def _check_rest(words: Texts, places: Places) -> None:
    from bot.state.snapshot import is_free

    # Folds the -wal file in, too, so that what is kept aside is whole.
    for path in places.databases().values():
        if not is_free(path):
            raise UsageError(words["backup.in_use"].format(file=path))


def _new_folder(wanted: Path) -> Path:
    """A folder that is not there yet: what an earlier restore kept is never replaced."""
    found, n = wanted, 1
    while found.exists():
        n += 1
        found = wanted.with_name(f"{wanted.name}-{n}")
    return found


def _swap(places: Places, folder: Path, aside: Path) -> bool:
    """Moves what is there to `aside` and the parts in its place; whether there was anything."""
    moved: list[tuple[Path, Path]] = []
    try:
        for name, place in _whole(places):
            for old in (place, *(place.with_name(place.name + end) for end in ("-wal", "-shm"))):
                if old.exists():
                    aside.mkdir(exist_ok=True, mode=0o700)
                    _move(old, aside / (name + old.name.removeprefix(place.name)), moved)
        kept = bool(moved)
        for name, place in _whole(places):
            if (folder / name).exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                _move(folder / name, place, moved)
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
        if aside.exists():
            aside.rmdir()
        raise
    return kept


def _move(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    source.rename(target)
    moved.append((source, target))


def _whole(places: Places) -> Iterator[tuple[str, Path]]:
    yield from ((STATE, places.state), (INDEX, places.index), (ADDED, places.added))
