"""Figures -> curves: how time and memory grow with the dossier, an engine a curve."""

from collections.abc import Sequence

from bot.bench.measuring import Figures

Curves = list[dict[str, list[tuple[float, float]]]]


def curves(rows: Sequence[Figures]) -> Curves:
    """Three panels, each name -> points: p99 of a search, peak memory, p99 of whole answers."""
    search: dict[str, list[tuple[float, float]]] = {}
    memory: dict[str, list[tuple[float, float]]] = {}
    answers: dict[str, list[tuple[float, float]]] = {"p50": [], "p99": []}
    for row in rows:
        size = row["passages"]
        for name, found in row["engines"].items():
            search.setdefault(name, []).append((size, found["p99"]))
            memory.setdefault(name, []).append((size, found["peak_mb"]))
        for name, value in zip(("p50", "p99"), row["questions"], strict=True):
            answers[name].append((size, value))
    return [search, memory, answers]
