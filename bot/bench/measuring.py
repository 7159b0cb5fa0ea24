"""All measurements in one run: the figures of `dossier bench`."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.bench import material, startup

SIZES = (40, 1_500)
"""What is measured when nothing else is asked: a minute and a half on two cores."""
QUESTIONS = 100
MOST_STARTED = 20_000
"""The largest dossier that is opened from the shell: each start reads the whole index."""

_WORKER = "bot.bench.worker"

Figures = dict[str, Any]
Report = Callable[[str, int, int], None]


class BenchFailed(Exception):
    """A measurement ended with an error; its text is the last line of what went wrong."""


def measure(sizes: Sequence[int], questions: int, shared: Path | None, report: Report) -> Figures:
    """The figures of every size and engine.

    Raises: BenchFailed when one of Dossier's own measurements does; a peer that fails is left out.
    """
    from bot.bench.peers import installed

    made_of = material.material(shared)
    asked = material.sample(made_of, questions)
    engines = installed()
    steps, done = len(sizes) * (len(engines) + 2), 0
    rows: list[Figures] = []
    imports: list[tuple[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as place:
        data = Path(place) / "data"
        nothing = startup.start_of(["-c", "pass"], data)
        for size in sizes:
            folder = Path(place) / str(size)
            material.write(made_of, size, folder / "dossier")
            report("bench", done, steps)
            row = _of_dossier(folder, asked)
            done += 1
            row["engines"] = {}
            for engine in engines:
                report("bench", done, steps)
                found = _of_engine(engine, folder, asked, row["passages"])
                if found is not None:
                    row["engines"][engine] = found
                done += 1
            report("bench", done, steps)
            words = startup.asking(asked[0], folder / "dossier")
            started = size <= MOST_STARTED
            row["start"] = startup.start_of(words, data) if started else None
            if started and size == min(sizes):
                imports = startup.imports_of(words, data)
            done += 1
            rows.append(row)
    return {
        "material": made_of.source,
        "questions": len(asked),
        "machine": _machine(),
        "start": {"python -c pass": nothing, "imports": imports},
        "sizes": rows,
    }


def percentiles(spent: Sequence[float]) -> tuple[float, float]:
    """(the median, the 99th percentile); both are measured values."""
    ordered = sorted(spent)
    return ordered[(len(ordered) - 1) // 2], ordered[int(0.99 * (len(ordered) - 1))]


def _of_dossier(folder: Path, asked: Sequence[str]) -> Figures:
    found = worked(_WORKER, "dossier", dossier=str(folder / "dossier"),
                   terms=str(folder / "terms"), questions=asked)  # fmt: skip
    found["questions"] = percentiles(found["questions"])
    found["stages"] = {stage: percentiles(spent) for stage, spent in found["stages"].items()}
    return found


def _of_engine(name: str, folder: Path, asked: Sequence[str], passages: int) -> Figures | None:
    kept = folder / "engines" / name.replace(" ", "-")
    kept.mkdir(parents=True)
    try:
        found = worked(_WORKER, "engine", engine=name, terms=str(folder / "terms"),
                       folder=str(kept), questions=asked)  # fmt: skip
    except BenchFailed:
        return None
    p50, p99 = percentiles(found["questions"])
    return {
        "per_second": passages / max(found["seconds"], 1e-9),
        "peak_mb": found["peak_mb"],
        "p50": p50,
        "p99": p99,
    }


def worked(module: str, task: str, **given: object) -> Figures:
    """What a task of one of our modules gives, run in a process of its own.

    Raises: BenchFailed.
    """
    done = subprocess.run(  # noqa: S603 - this interpreter and our own module
        [sys.executable, "-m", module, task],
        input=json.dumps(given), env=startup.surroundings(Path(tempfile.gettempdir())),
        capture_output=True, check=False, text=True, encoding="utf-8",
    )  # fmt: skip
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise BenchFailed(lines[-1] if lines else f"status {done.returncode}")
    found: Figures = json.loads(done.stdout)
    return found


def _machine() -> Figures:
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "cores": os.cpu_count() or 1,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }
