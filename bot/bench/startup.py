"""How long `dossier ask` takes from the shell, against an interpreter that does nothing."""

import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

REPEATS = 7
_IMPORT = re.compile(r"import time: +(\d+) \| +\d+ \| +([^\s.]+)")


def processor_seconds(words: list[str], data: Path) -> tuple[float, float]:
    """(wall seconds, processor seconds) of one run of Python with these words."""
    before = os.times()
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - this interpreter and our own module
        [sys.executable, *words], env=surroundings(data), capture_output=True, check=False
    )
    wall, after = time.perf_counter() - began, os.times()
    children = (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )
    return wall, children


def start_of(words: list[str], data: Path) -> dict[str, float]:
    """Seconds of a run: "best" and "median" on the wall, "processor" the least of the processor.

    The first of the runs is not counted: it indexes the dossier and compiles the modules.
    """
    processor_seconds(words, data)
    runs = [processor_seconds(words, data) for _ in range(REPEATS)]
    return {
        "best": min(wall for wall, _ in runs),
        "median": median(wall for wall, _ in runs),
        "processor": min(spent for _, spent in runs),
    }


def asking(question: str, dossier: Path) -> list[str]:
    """The words of `dossier ask` for Python."""
    return ["-m", "bot", "ask", question, "--dossier", str(dossier)]


def imports_of(words: list[str], data: Path) -> list[tuple[str, float]]:
    """(package, milliseconds of its imports), the ten dearest first, by -X importtime."""
    found = subprocess.run(  # noqa: S603 - this interpreter and our own module
        [sys.executable, "-X", "importtime", *words],
        env=surroundings(data), capture_output=True, check=False, text=True, errors="replace",
    ).stderr  # fmt: skip
    spent: defaultdict[str, float] = defaultdict(float)
    for microseconds, package in _IMPORT.findall(found):
        spent[package] += int(microseconds) / 1000
    return sorted(spent.items(), key=lambda pair: (-pair[1], pair[0]))[:10]


def surroundings(data: Path) -> dict[str, str]:
    """The environment of a measured run: this very code, nothing of the user's settings."""
    # Compiled modules are kept, as they are wherever Dossier is installed.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    code = [str(Path(__file__).parents[2]), *filter(None, [kept.get("PYTHONPATH")])]
    return kept | {
        "DATA_DIR": str(data),
        "PYTHONPATH": os.pathsep.join(code),
        "RETRIEVAL": "lexical",
        "RETRIEVAL_ENGINE": "memory",
    }
