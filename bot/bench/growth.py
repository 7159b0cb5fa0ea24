"""How search and answers grow with the dossier when its index stays on disk.

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
from bot.bench.stages import asked
from bot.bench.worker import BEST, peak_mb
from bot.garbage import spare_questions
from knowledge.corpus import parse
from knowledge.model import Article, Dossier

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
            written, told = (worked("bot.bench.growth", step, **task) for step in ("write", "ask"))
            rows.append({"passages": size, **written, **told})
    return rows


def curves(rows: Sequence[dict[str, Any]]) -> list[dict[str, list[tuple[float, float]]]]:
    """Four panels, each name -> points: search, whole answers, memory of who asks, opening."""
    panels: tuple[tuple[str, ...], ...] = (
        ("p50", "p99"), ("answer_p50", "answer_p99"), ("peak_mb",), ("open_ms",),
    )  # fmt: skip
    return [
        {name: [(row["passages"], row[name]) for row in rows] for name in panel} for panel in panels
    ]


def articles(made_of: material.Material, passages: int) -> Iterator[Article]:
    """The articles of `material.write`, one by one, without files."""
    for number, (title, body) in enumerate(material.articles(made_of, passages)):
        yield parse(title, body, f"article-{number:07}")


def write(task: dict[str, Any]) -> dict[str, float]:
    """Writes the index of a dossier; passages a second, memory at most, size on disk."""
    from knowledge.annotations.census import Census
    from knowledge.store.codec import encode_article
    from knowledge.store.layout import Layout
    from knowledge.store.segments import key_of, write_segment

    folder = Path(task["folder"])
    ids: list[str] = []
    keys: list[int] = []
    census = Census()

    def noted() -> Iterator[Article]:
        for article in articles(_material(task), task["size"]):
            ids.append(article.id)
            keys.append(key_of(encode_article(article)))
            census.add(article)
            yield article

    start = process_time()
    segment = write_segment(folder / "segments", noted())
    spent = process_time() - start
    if segment is None:
        raise BenchFailed("no passages")
    layout = Layout.of((segment,), ids, keys)
    parts = {"layout": layout.to_blobs(), "annotations": census.annotations().to_blobs()}
    for part, blobs in parts.items():
        (folder / part).mkdir()
        for name, blob in blobs.items():
            (folder / part / name).write_bytes(blob)
    disk = sum(file.stat().st_size for file in segment.folder.rglob("*") if file.is_file())
    return {"per_second": task["size"] / spent, "write_mb": peak_mb(), "disk_mb": disk / 1e6}


def ask(task: dict[str, Any]) -> dict[str, float]:
    """Opens the index, searches it for ten passages a question, and answers the questions."""
    from knowledge.annotations import Annotations
    from knowledge.large import generation_of
    from knowledge.store.layout import Layout
    from knowledge.store.reading import LargeArticles

    folder = Path(task["folder"])
    blobs = {
        part: {file.name: file.read_bytes() for file in (folder / part).iterdir()}
        for part in ("layout", "annotations")
    }

    def opened() -> Any:
        articles = LargeArticles(folder / "segments", Layout.from_blobs(blobs["layout"]))
        return generation_of(
            Dossier("", "fr", ()), (1, ""), articles, Annotations.from_blobs(blobs["annotations"])
        )

    opening, generation = timed(opened)
    index = generation.index
    spare_questions()
    questions = material.sample(_material(task), task["questions"])
    for question in questions[:5]:
        index.search(question, BEST)
    p50, p99 = percentiles([timed(index.search, question, BEST)[0] for question in questions])
    asked(generation, questions[:5])
    answers = percentiles(asked(generation, questions))
    return {
        "open_ms": opening, "p50": p50, "p99": p99,
        "answer_p50": answers[0], "answer_p99": answers[1], "peak_mb": peak_mb(),
    }  # fmt: skip


def _material(task: dict[str, Any]) -> material.Material:
    return material.material(None if task["shared"] is None else Path(task["shared"]))


if __name__ == "__main__":
    steps = {"write": write, "ask": ask}
    print(json.dumps(steps[sys.argv[1]](json.load(sys.stdin))))  # noqa: T201 - read by `worked`
