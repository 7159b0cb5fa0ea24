"""A disk that takes no more: real limits of the system on a real process, nothing pretended."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.settings import Settings
from tests.e2e.botapi import BotApi
from tests.e2e.people import Person
from tests.e2e.test_robust import QUESTION, ROOT, ended, start

pytestmark = pytest.mark.anyio


@contextmanager
def no_room(process: "subprocess.Popen[str]") -> Iterator[None]:
    """While inside, no file of the process may grow: each write fails as on a full disk."""
    import resource

    before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prlimit is Linux's")
async def test_a_disk_that_fills_up_stops_no_answer(
    api: BotApi, settings: Settings, alice: Person, admin: Person
) -> None:
    """The admins are told once, everybody is answered; with room again all is as before."""
    process = start(settings, api.token, ADMIN_IDS=str(admin.id))
    try:
        await api.until(lambda: api.polls > 0, within=30)
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        with no_room(process):
            for _ in range(3):
                assert "Louise Perrin" in (await alice.ask(QUESTION)).text
            told = await admin.private.next("sent")
            assert "ne sont plus gardés" in told.text
            assert "DATA_DIR" in told.text
            await admin.upload("a.txt", b"Un titre\n\nUn texte assez long pour un article.\n")
            assert "Ajouter" not in (await admin.private.next("sent")).buttons
            assert "⚠️" in (await admin.ask("/health")).text
            assert "n'ai pas pu" in (await admin.ask("/admins 424200")).text
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        assert "Tout va bien" in (await admin.ask("/health")).text
        kept = (await alice.ask("/mesdonnees")).text
        assert "2 questions, le" in kept
        process.send_signal(signal.SIGTERM)
        status, errors = await ended(process)
    finally:
        process.kill()
    assert status == 0
    assert "Traceback" not in errors
    warned = [event for event in admin.private.events if "ne sont plus gardés" in event.text]
    assert len(warned) == 1
    assert not api.refusals


def _may_mount(folder: Path) -> bool:
    """Whether a folder can be made read-only for one process here."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "mount", "--bind", folder, folder],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


async def test_a_read_only_folder_stops_no_answer(
    api: BotApi, settings: Settings, alice: Person, admin: Person
) -> None:
    """DATA_DIR on a read-only file system, with a state in it or not: told, and answered."""
    folder = settings.data_dir
    folder.mkdir()
    if not _may_mount(folder):
        pytest.skip("no mount namespaces here")
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    process = subprocess.Popen(  # noqa: ASYNC220 - nothing of it is waited for
        [
            *("unshare", "--map-root-user", "--mount", "sh", "-c", script, str(folder)),
            *(sys.executable, "-m", "bot", "bot"),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "BOT_TOKEN": api.token,
            "BOT_API_URL": api.url,
            "DOSSIER_DIR": str(settings.dossier_dir),
            "DATA_DIR": str(folder),
            "ADMIN_IDS": str(admin.id),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        await api.until(lambda: api.polls > 0, within=30)
        assert "Louise Perrin" in (await alice.ask(QUESTION)).text
        told = [(await admin.private.next("sent")).text for _ in range(2)]
        assert any("qu'en mémoire" in text for text in told), told
        assert "1 question, le" in (await alice.ask("/mesdonnees")).text
        process.send_signal(signal.SIGTERM)
        status, errors = await ended(process)
    finally:
        process.kill()
    assert status == 0
    assert "Traceback" not in errors
    assert list(folder.iterdir()) == []
    assert not api.refusals
