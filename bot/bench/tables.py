"""Figures -> rows of text: ours beside the best peer of each line, and how the stages share."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.bench.measuring import Figures
from bot.bench.peers import OURS
from bot.bench.stages import STAGES


@dataclass(frozen=True, slots=True)
class Line:
    """One quantity of one size: ours, the best peer's, and how many times better ours is."""

    passages: int
    quantity: str
    ours: float
    peer: str
    best: float
    ratio: float


_QUANTITIES = (("per_second", True), ("peak_mb", False), ("p50", False), ("p99", False))
"""(quantity, whether more is better)."""


def compared(figures: Figures) -> Iterator[Line]:
    """Every quantity of every size against the best peer of that line; none without a peer."""
    for row in figures["sizes"]:
        engines = row["engines"]
        peers = [name for name in engines if name != OURS]
        if OURS not in engines or not peers:
            continue
        for quantity, more in _QUANTITIES:
            ours = engines[OURS][quantity]
            peer = (max if more else min)(peers, key=lambda name: engines[name][quantity])
            best = engines[peer][quantity]
            ratio = (ours / best if more else best / ours) if ours and best else 0.0
            yield Line(row["passages"], quantity, ours, peer, best, ratio)


def compared_rows(figures: Figures) -> list[tuple[str, ...]]:
    """The lines of `compared` as cells."""
    return [
        (
            _whole(line.passages), line.quantity, _number(line.ours), line.peer,
            _number(line.best), f"{line.ratio:.2f}",
        )
        for line in compared(figures)
    ]  # fmt: skip


def engine_rows(figures: Figures) -> list[tuple[str, ...]]:
    """Passages, engine, passages indexed a second, peak MB, p50 and p99 of a search."""
    return [
        (_whole(row["passages"]), name, *(_number(found[quantity]) for quantity, _ in _QUANTITIES))
        for row in figures["sizes"]
        for name, found in row["engines"].items()
    ]


def stage_rows(figures: Figures) -> list[tuple[str, ...]]:
    """Passages, then "p50 / p99" of each stage and of the whole answer."""
    return [
        (
            _whole(row["passages"]),
            *(_pair(row["stages"][stage]) for stage in STAGES),
            _pair(row["questions"]),
        )
        for row in figures["sizes"]
    ]


def dossier_rows(figures: Figures) -> list[tuple[str, ...]]:
    """Passages, passages read and indexed a second, peak MB, MB of index, seconds of a start.

    A start is told as what it takes beyond an interpreter that does nothing: on the wall, and of
    the processor.
    """
    rows = []
    nothing = figures["start"]["python -c pass"]
    for row in figures["sizes"]:
        start = row["start"]
        beyond = [
            f"{start[key] - nothing[key]:.2f}" if start else "" for key in ("best", "processor")
        ]
        spent = row["read_seconds"] + row["index_seconds"]
        rows.append(
            (
                _whole(row["passages"]), _number(row["passages"] / max(spent, 1e-9)),
                _number(row["peak_mb"]), _number(row["index_mb"]), *beyond,
            )
        )  # fmt: skip
    return rows


def _pair(figures: tuple[float, float]) -> str:
    return " / ".join(map(_number, figures))


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _number(value: float) -> str:
    """Three figures that count: 0.042, 4.21, 153, 12 300."""
    if value >= 1_000:
        return _whole(int(float(f"{value:.3g}")))
    return f"{value:.3g}" if value >= 0.001 else f"{value:.1g}"
