"""One measurement in a process of its own: a task as JSON on standard input, its figures out.

Run as `python -m bot.bench.worker`, so that what one engine keeps in memory is not counted
against the next.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.bench.clock import timed
from bot.garbage import spare_questions

BEST = 10
BUDGET = 20.0
"""Seconds of questions; a slow engine is asked fewer, at least `FEWEST`."""
FEWEST = 30


def peak_mb() -> float:
    """The most memory that this process ever held, in MB; 0 where the system does not tell."""
    try:
        # Not ru_maxrss: on Linux it starts from what the parent held.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)  # macOS counts bytes


BUILDS, SHORT = 7, 1000.0
"""An index that is built in milliseconds is built so often, or for so many of them, and the least
counts: a single try of some 40 ms differs by a third from the next."""


def engine(task: dict[str, Any]) -> dict[str, Any]:
    """Indexing seconds, peak memory and the milliseconds of each question of one engine."""
    from bot.bench.peers import ENGINES, Engine
    from knowledge.language.terms import analyze

    def passages() -> Iterator[list[str]]:
        with Path(task["terms"]).open(encoding="utf-8") as lines:
            for line in lines:
                yield line.split()

    def built(number: int) -> tuple[float, Engine]:
        folder = Path(task["folder"], str(number))
        folder.mkdir()
        made = ENGINES[task["engine"]][0]()
        return timed(made.build, passages(), folder)[0], made

    first, made = built(0)
    asked = [analyze(question) for question in task["questions"]]
    for terms in asked[:5]:
        made.search(terms, BEST)
    spent: list[float] = []
    for terms in asked:
        spent.append(timed(made.search, terms, BEST)[0])
        if sum(spent) > BUDGET * 1000 and len(spent) >= FEWEST:
            break
    peak, builds = peak_mb(), [first]
    while sum(builds) < SHORT and len(builds) < BUILDS:
        builds.append(built(len(builds))[0])
    return {"seconds": min(builds) / 1000, "peak_mb": peak, "questions": spent}


def dossier(task: dict[str, Any]) -> dict[str, Any]:
    """The figures of a whole dossier: read, indexed, asked, stage by stage.

    Writes the stems of each passage to the file `terms` for the other engines.
    """
    from bot.bench.stages import asked, staged
    from knowledge import corpus
    from knowledge.language.terms import fields
    from knowledge.retrieval import Index
    from knowledge.shelf import generation_of

    read, found = timed(corpus.load, Path(task["dossier"]))
    indexed, generation = timed(generation_of, found, "bench")
    peak = peak_mb()
    with Path(task["terms"]).open("w", encoding="utf-8") as lines:
        for number, passage in enumerate(generation.passages):
            title = generation.article(passage.article).title
            terms = fields(f"{title} . {generation.text_of(number)}").stems
            lines.write(" ".join(terms) + "\n")
    index = generation.index
    blobs = index.to_blobs().values() if isinstance(index, Index) else ()
    index_mb = sum(len(blob) for blob in blobs) / (1 << 20)
    spare_questions()
    half = len(task["questions"]) // 2
    # Apart from what is measured: the first questions load the words of the language.
    first = min(5, half // 2)
    asked(generation, task["questions"][:first])
    return {
        "passages": len(generation.passages),
        "read_seconds": read / 1000,
        "index_seconds": indexed / 1000,
        "peak_mb": peak,
        "index_mb": index_mb,
        "stages": staged(generation, task["questions"][first:half]),
        "questions": asked(generation, task["questions"][half:]),
    }


TASKS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "engine": engine,
    "dossier": dossier,
}


def main(given: Sequence[str]) -> None:
    """Reads one task and writes its figures."""
    task = json.loads(sys.stdin.read())
    # An engine that prints must not spoil the figures.
    out, sys.stdout = sys.stdout, sys.stderr
    json.dump(TASKS[given[0]](task), out)


if __name__ == "__main__":
    main(sys.argv[1:])
