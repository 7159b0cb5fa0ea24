"""Files of an upload are read in a process of their own, with limits: a parser may run wild.

What comes back is plain JSON. The child knows no token, may write no file, and is killed when it
takes too much time or memory; then nothing of the upload is kept.
"""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from bot.telegram.unpacking import UnusableUpload
from knowledge.errors import UnusableDossier
from knowledge.model import Dossier

SECONDS = 20
"""Of processor time: a PDF of 300 pages takes about 10."""

MEGABYTES = 1024
"""Of memory: the interpreter and its readers take about 150, a PDF of 20 MB about 400."""

_LOG = logging.getLogger(__name__)
_running: set["subprocess.Popen[bytes]"] = set()
_stopped: set["subprocess.Popen[bytes]"] = set()


def read_apart(
    folder: Path, max_file_mb: int, *, seconds: int = SECONDS, megabytes: int = MEGABYTES
) -> Dossier:
    """The dossier in this folder, read by a process with limits.

    Raises: UnusableDossier; UnusableUpload when it takes too much, or the bot stops.
    """
    limits = [str(number) for number in (max_file_mb, seconds, megabytes)]
    child = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", __name__, str(folder), *limits],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
    )
    _running.add(child)
    try:
        # Twice the processor's time: the machine may be busy.
        found, _ = child.communicate(timeout=2 * seconds)
    except subprocess.TimeoutExpired:
        found = b""
    finally:
        child.kill()
        child.communicate()
        _running.discard(child)
    if child in _stopped:
        _stopped.discard(child)
        raise UnusableUpload("telegram.add.stopped")
    if child.returncode:
        _LOG.warning("reading %s ended with status %s", folder.name, child.returncode)
        raise UnusableUpload("telegram.add.too_hard")
    return _dossier(folder, found)


def stop_reading() -> None:
    """Ends the processes that are still reading: the bot stops."""
    for child in tuple(_running):
        _stopped.add(child)
        child.kill()


def _environment(folder: Path) -> dict[str, str]:
    """What the child needs of ours: where the code lies. No setting, no token."""
    code = str(Path(__file__).resolve().parents[2])
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": code, "PYTHONUTF8": "1", "HOME": str(folder)}


def _dossier(folder: Path, found: bytes) -> Dossier:
    from knowledge.store.codec import decode_article, decode_head

    try:
        kind, *rest = found.split(b"\n")
        if kind == b"error":
            raise UnusableDossier(folder, json.loads(rest[0]))
        head, *articles = rest
        return decode_head(head, tuple(decode_article(one) for one in articles if one))
    except (ValueError, TypeError, LookupError) as error:
        raise UnusableUpload("telegram.add.too_hard") from error


# The child


def _limit(seconds: int, megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows: the parent's clock alone
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(folder: str, max_file_mb: str, seconds: str, megabytes: str) -> None:
    _limit(int(seconds), int(megabytes))
    # Answers come first.
    getattr(os, "nice", int)(10)
    from knowledge import corpus
    from knowledge.errors import DossierError
    from knowledge.store.codec import encode_article, encode_head

    # What a parser prints must not stand between our lines.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        dossier = corpus.load(Path(folder), max_file_mb=int(max_file_mb))
    except DossierError as error:
        out.write(b"error\n" + json.dumps(str(error)).encode())
        out.close()
        return
    # JSON has no line breaks of its own.
    out.write(b"dossier\n" + encode_head(dossier) + b"\n")
    for article in dossier.articles:
        out.write(encode_article(article) + b"\n")
    out.close()


if __name__ == "__main__":
    _main(*sys.argv[1:])
