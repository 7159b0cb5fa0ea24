"""Which segments a generation reads, and its articles in order: all that one generation adds."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from knowledge.model import Article
from knowledge.retrieval.counts import NO_COUNTS, Counts
from knowledge.store.segments import (
    NO_TOTALS,
    Segment,
    Totals,
    owner_of,
    tally_of,
    write_segment,
)

MOST = 8
"""Segments of a generation; past that the small ones are written again as one."""
_ALIKE = 4
"""A segment up to so many times as large as all smaller ones together is written again with them,
so that each article is written again a few times in all (the logarithm of the dossier)."""
_RETIRED_SHARE = 0.25
"""Share of passages that are no longer there from which everything is written again: candidates
are chosen among them too."""


@dataclass(frozen=True, eq=False)
class Layout:
    """A generation on disk: names of segments; ids, keys and numbers of passages by position.

    `retired`: the terms of what the segments hold besides, below zero, and its totals.
    """

    segments: tuple[str, ...]
    ids: tuple[str, ...]
    keys: np.ndarray
    passages: np.ndarray
    retired: Counts = NO_COUNTS
    retired_totals: Totals = NO_TOTALS

    @classmethod
    def of(cls, segments: Sequence[Segment], ids: Sequence[str], keys: Sequence[int]) -> "Layout":
        """The layout of articles that these segments hold, as if they held nothing else."""
        wanted = np.array(keys, np.uint64)
        none = np.zeros(len(wanted), np.int64)
        passages = sum((segment.passages_of(wanted) for segment in segments), none)
        return cls(tuple(segment.name for segment in segments), tuple(ids), wanted, passages)

    def to_blobs(self) -> dict[str, bytes]:
        """What `from_blobs` reads."""
        about = {
            "segments": self.segments,
            "passages": self.retired_totals.passages,
            "lengths": dict(self.retired_totals.lengths),
        }
        return {
            "about": json.dumps(about).encode(),
            "ids": "\n".join(self.ids).encode("utf-8", "surrogatepass"),
            "keys": self.keys.astype("<u8").tobytes(),
            "passages": self.passages.astype("<u4").tobytes(),
            "retired": self.retired.to_bytes(),
        }

    @classmethod
    def from_blobs(cls, blobs: Mapping[str, bytes]) -> "Layout":
        """The layout that `to_blobs` stored.

        Raises:
            LookupError, ValueError: these blobs are not what `to_blobs` gives.
        """
        about = json.loads(blobs["about"])
        ids = tuple(blobs["ids"].decode("utf-8", "surrogatepass").split("\n"))
        keys = np.frombuffer(blobs["keys"], "<u8")
        if len(ids) != len(keys):
            raise ValueError("as many ids as keys")
        return cls(
            tuple(about["segments"]),
            ids,
            keys,
            np.frombuffer(blobs["passages"], "<u4").astype(np.int64),
            Counts.from_bytes(blobs["retired"]),
            Totals(about["passages"], about["lengths"]),
        )


def arrange(
    home: Path,
    ids: Sequence[str],
    keys: Sequence[int],
    fresh: Callable[[int], Article],
    before: Layout | None = None,
) -> Layout:
    """The layout of these articles, with a new segment of what `before` does not hold.

    `fresh` gives the article of a key that no segment has.
    Raises: StoreDamaged when a segment of `before` cannot be read.
    """
    wanted = np.array(keys, np.uint64)
    segments = [Segment(home / name) for name in before.segments] if before else []
    held = _keys(segments)
    missing = frozenset(np.setdiff1d(wanted, held).tolist())
    added = write_segment(home, (fresh(key) for key in keys if key in missing))
    gone = np.setdiff1d(held, wanted)
    gone_before = np.setdiff1d(held, before.keys) if before else held[:0]
    retired = before.retired if before else NO_COUNTS
    totals = before.retired_totals if before else NO_TOTALS
    for changed, leaves in (
        (np.setdiff1d(gone, gone_before), True),
        (np.setdiff1d(gone_before, gone), False),
    ):
        counts, size = tally_of(owner_of(segments, int(k)).article(int(k)) for k in changed)
        retired = Counts.summed([retired, counts.negated() if leaves else counts])
        totals += size.negated() if leaves else size
    if added is not None:
        segments.append(added)
    layout = replace(Layout.of(segments, ids, keys), retired=retired, retired_totals=totals)
    return _tidied(home, layout, segments)


def _tidied(home: Path, layout: Layout, segments: list[Segment]) -> Layout:
    """The same with fewer segments, where there are too many or too much in them is retired."""
    if -layout.retired_totals.passages > _RETIRED_SHARE * int(layout.passages.sum()):
        merged = list(segments)
    elif len(segments) > MOST:
        merged = _small(segments)
    else:
        return layout
    held = _keys(merged)
    live = layout.keys[np.isin(layout.keys, held)]
    one = write_segment(home, (owner_of(merged, int(k)).article(int(k)) for k in live))
    gone = np.setdiff1d(held, layout.keys)
    counts, size = tally_of(owner_of(merged, int(k)).article(int(k)) for k in gone)
    kept = [segment.name for segment in segments if segment not in merged]
    return replace(
        layout,
        segments=(*kept, one.name) if one is not None else tuple(kept),
        retired=Counts.summed([layout.retired, counts]),
        retired_totals=layout.retired_totals + size,
    )


def _small(segments: Sequence[Segment]) -> list[Segment]:
    """The segments to write again as one: the smallest, and each next one that is alike."""
    ordered = sorted(segments, key=lambda segment: segment.totals.passages)
    taken = 2
    total = sum(segment.totals.passages for segment in ordered[:taken])
    while taken < len(ordered) and ordered[taken].totals.passages <= _ALIKE * total:
        total += ordered[taken].totals.passages
        taken += 1
    return ordered[:taken]


def segments_of(about: bytes) -> tuple[str, ...]:
    """The names of the segments that a stored layout's "about" tells of."""
    return tuple(json.loads(about)["segments"])


def _keys(segments: Sequence[Segment]) -> np.ndarray:
    none = np.zeros(0, np.uint64)
    return np.concatenate([none, *(segment.keys for segment in segments)])
