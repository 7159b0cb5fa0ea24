"""What only a process of its own can show: encodings, pipes, signals, what is imported."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

QUESTION = "Qui a inauguré le nouveau pont de la gare ?"
ROOT = Path(__file__).resolve().parents[3]


def start(*words: str, **surroundings: str) -> "subprocess.Popen[bytes]":
    """The command line as a process."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
        # A suite run in the background ignores SIGINT, and its children would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "utf-8"])
def test_output_never_fails_on_an_encoding(city: Path, encoding: str) -> None:
    """What an old encoding lacks is written plainly, in text and in JSON."""
    for extra in ([], ["--json"]):
        process = start("ask", QUESTION, *extra, "--dossier", str(city), PYTHONIOENCODING=encoding)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, b"")
        assert "Jeanne Morvan" in out.decode(encoding)


def test_a_reader_that_goes_away_is_no_error(city: Path) -> None:
    """A closed pipe ends the program silently, as SIGPIPE would."""
    process = start("batch", "--dossier", str(city))
    assert process.stdin
    assert process.stdout
    process.stdout.close()
    line = f'{{"id": 1, "question": "{QUESTION}"}}\n'.encode()
    process.stdin.write(line)
    process.stdin.close()
    assert process.stderr
    err = process.stderr.read()
    assert (process.wait(timeout=30), err) == (141, b"")


def test_ctrl_c_ends_without_a_traceback(city: Path) -> None:
    """SIGINT gives status 130 and says nothing."""
    process = start("batch", "--dossier", str(city))
    assert process.stdin
    assert process.stdout
    process.stdin.write(b'{"id": 1, "question": "x"}\n')
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"")


def test_it_runs_without_a_home(city: Path) -> None:
    """Without HOME, and where nothing can be written, a question is still answered."""
    surroundings = {k: v for k, v in os.environ.items() if k not in ("HOME", "DATA_DIR")}
    process = subprocess.run(
        [sys.executable, "-m", "bot", "ask", QUESTION, "--dossier", str(city)],
        env={**surroundings, "PYTHONPATH": str(ROOT), "DATA_DIR": "/dev/null/data"},
        capture_output=True, check=False, timeout=30,
    )  # fmt: skip
    assert process.returncode == 0
    assert b"Traceback" not in process.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_one_sentence(city: Path) -> None:
    """Output that cannot be written ends with 3 and says why."""
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [sys.executable, "-m", "bot", "ask", QUESTION, "--dossier", str(city)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full, stderr=subprocess.PIPE, check=False, timeout=30,
        )  # fmt: skip
    assert process.returncode == 3
    assert b"Traceback" not in process.stderr
    assert process.stderr.count(b"\n") == 1


def test_a_question_imports_only_what_it_needs(city: Path) -> None:
    """Start-up stays quick: colours, line editing, HTML, arrays, tables are not imported."""
    script = (
        "import sys; from bot.cli import main; main(sys.argv[1:]);"
        "heavy = {'rich', 'prompt_toolkit', 'trafilatura', 'telegram', 'lxml', 'asyncio',"
        " 'babel', 'bot.texts.telegram', 'knowledge.evaluation', 'numpy', 'sqlite_utils',"
        " 'rank_bm25', 'knowledge.corpus.cleaning'};"
        "print('|', *sorted(heavy & set(sys.modules)))"
    )
    words = ["ask", QUESTION, "--dossier", str(city)]
    for _ in range(2):
        # The second run finds the dossier indexed: that is the start that must be quick.
        process = subprocess.run(
            [sys.executable, "-c", script, *words],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, check=True, timeout=30, text=True,
        )  # fmt: skip
    assert process.stdout.splitlines()[-1].strip() == "|"
