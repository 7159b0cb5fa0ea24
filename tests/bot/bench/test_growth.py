"""`dossier bench --growth`: figures of the index on disk, a row a size."""

import pytest

pytest.importorskip("xapian", reason="the extra [scale] is not installed")

from bot.bench.growth import curves, grow


def test_a_row_a_size() -> None:
    """Each size is written and asked in processes of their own, and gives all figures."""
    told: list[tuple[str, int, int]] = []
    rows = grow([20, 40], 10, None, lambda *words: told.append(words))
    assert [row["passages"] for row in rows] == [20, 40]
    assert told == [("bench", 0, 2), ("bench", 1, 2)]
    for row in rows:
        assert 0 < row["p50"] <= row["p99"]
        assert 0 < row["answer_p50"] <= row["answer_p99"]
        assert min(row["per_second"], row["open_ms"], row["disk_mb"], row["peak_mb"]) > 0
    assert [set(panel) for panel in curves(rows)] == [
        {"p50", "p99"}, {"answer_p50", "answer_p99"}, {"peak_mb"}, {"open_ms"},
    ]  # fmt: skip
