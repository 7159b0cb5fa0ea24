"""How search grows with the dossier when its index stays on disk: from a folder to a library.

Run as `python -m bot.bench.growth`, one measurement in a process of its own: writing, then asking
of what was written, so that memory is that of a bot which only answers.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Any

from bot.bench import material
from bot.bench.clock import timed
from bot.bench.measuring import BenchFailed, percentiles, worked
from bot.bench.worker import BEST, peak_mb
from knowledge.corpus import parse
from knowledge.model import Article

SIZES = (40, 1_500, 15_000)
"""What is measured when nothing else is asked: a minute. 100,000 and a million take three minutes
and half an hour."""

Report = Callable[[str, int, int], None]


def grow(
    sizes: Sequence[int], questions: int, shared: Path | None, report: Report
) -> list[dict[str, Any]]:
    """A row of figures a size; milliseconds of processor time, megabytes, passages a second.

    Raises: BenchFailed when a measurement does.
    """
    rows = []
    for done, size in enumerate(sizes):
        report("bench", done, len(sizes))
        with tempfile.TemporaryDirectory(prefix="dossier-growth-") as place:
            task = {"folder": place, "size": size, "questions": questions,
                    "shared": None if shared is None else str(shared)}  # fmt: skip
            written, asked = (worked("bot.bench.growth", step, **task) for step in ("write", "ask"))
            rows.append({"passages": size, **written, **asked})
    return rows


def curves(rows: Sequence[dict[str, Any]]) -> list[dict[str, list[tuple[float, float]]]]:
    """Three panels, each name -> points: a search, memory of who asks, opening the index."""
    panels: tuple[tuple[str, ...], ...] = (("p50", "p99"), ("peak_mb",), ("open_ms",))
    return [
        {name: [(row["passages"], row[name]) for row in rows] for name in panel} for panel in panels
    ]


def articles(made_of: material.Material, passages: int) -> Iterator[Article]:
    """The articles of `material.write`, one by one, without files."""
    for number, (title, body) in enumerate(material.articles(made_of, passages)):
        yield parse(title, body, f"article-{number:07}")


def write(task: dict[str, Any]) -> dict[str, float]:
    """Writes the index of a dossier; passages a second, memory at most, size on disk."""
    from knowledge.store.codec import encode_article
    from knowledge.store.layout import Layout
    from knowledge.store.segments import key_of, write_segment

    folder = Path(task["folder"])
    ids: list[str] = []
    keys: list[int] = []

    def noted() -> Iterator[Article]:
        for article in articles(_material(task), task["size"]):
            ids.append(article.id)
            keys.append(key_of(encode_article(article)))
            yield article

    start = process_time()
    segment = write_segment(folder / "segments", noted())
    spent = process_time() - start
    if segment is None:
        raise BenchFailed("no passages")
    layout = Layout.of((segment,), ids, keys)
    for name, blob in layout.to_blobs().items():
        (folder / name).write_bytes(blob)
    disk = sum(file.stat().st_size for file in segment.folder.rglob("*") if file.is_file())
    return {"per_second": task["size"] / spent, "write_mb": peak_mb(), "disk_mb": disk / 1e6}


def ask(task: dict[str, Any]) -> dict[str, float]:
    """Opens the index and searches it: ten passages a question."""
    from knowledge.store.layout import Layout
    from knowledge.store.reading import LargeArticles, index_of

    folder = Path(task["folder"])
    names = ("about", "ids", "keys", "passages", "retired")
    blobs = {name: (folder / name).read_bytes() for name in names}

    def opened() -> Any:
        layout = Layout.from_blobs(blobs)
        return index_of(LargeArticles(folder / "segments", layout), layout)

    opening, index = timed(opened)
    questions = material.sample(_material(task), task["questions"])
    for question in questions[:5]:
        index.search(question, BEST)
    p50, p99 = percentiles([timed(index.search, question, BEST)[0] for question in questions])
    return {"open_ms": opening, "p50": p50, "p99": p99, "peak_mb": peak_mb()}


def _material(task: dict[str, Any]) -> material.Material:
    return material.material(None if task["shared"] is None else Path(task["shared"]))


if __name__ == "__main__":
    steps = {"write": write, "ask": ask}
    print(json.dumps(steps[sys.argv[1]](json.load(sys.stdin))))  # noqa: T201 - read by `worked`
