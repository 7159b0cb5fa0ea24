"""The articles and passages of a large dossier, read from disk one by one as they are asked for."""

import threading
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, reduce
from operator import add
from pathlib import Path
from typing import overload

import numpy as np

from knowledge.corpus.passages import split
from knowledge.model import Article, Passage
from knowledge.retrieval.large import LargeIndex, Statistics
from knowledge.retrieval.shards import Shards
from knowledge.retrieval.xapian import Reader, Server
from knowledge.store.layout import Layout
from knowledge.store.segments import TERMS, Segment, damaged, owner_of

_KEPT = 512
"""Articles kept in memory: some 5 MB."""

_Read = tuple[Article, tuple[Passage, ...]]


class LargeArticles(Sequence[Article]):
    """The articles in the order of their ids; any thread may read."""

    def __init__(
        self, home: Path, layout: Layout, extras: Mapping[str, bytes] | None = None
    ) -> None:
        """`extras`: what else is stored with the layout. Raises: StoreDamaged."""
        self.extras = dict(extras or {})
        self.layout = layout
        self.segments = tuple(Segment(home / name) for name in layout.segments)
        self.ids = layout.ids
        self.keys = layout.keys
        self._places = {key: place for place, key in enumerate(layout.keys.tolist())}
        self.starts: list[int] = np.concatenate([[0], np.cumsum(layout.passages)]).tolist()
        """The number of each article's first passage, and how many there are in all."""
        self._kept: OrderedDict[int, _Read] = OrderedDict()
        self._keeping = threading.Lock()

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Article]: ...
    def __getitem__(self, place: int | slice) -> Article | Sequence[Article]:
        if isinstance(place, slice):
            return tuple(self.read(at)[0] for at in range(*place.indices(len(self))))
        return self.read(range(len(self))[place])[0]

    def __iter__(self) -> Iterator[Article]:
        # Not through what is kept: reading all would put out what is read again and again.
        return (self._load(at) for at in range(len(self)))

    def cards(self) -> Iterator[Article]:
        """The articles without titles and texts: a hundred times faster to go through."""
        days, outlets, named = self._origins
        for article_id, day, outlet in zip(self.ids, days.tolist(), outlets.tolist(), strict=True):
            publisher, agency = named[outlet]
            published = date.fromordinal(day) if day else None
            yield Article(
                article_id, "", "", (), (), publisher=publisher, agency=agency, published=published
            )

    def last_day(self) -> date | None:
        """The day of the newest article; None when no day is known."""
        day = int(self._origins[0].max(initial=0))
        return date.fromordinal(day) if day else None

    def origins(self) -> tuple[tuple[str | None, str | None], ...]:
        """Each (publisher, agency) once, in the order of the articles."""
        _, outlets, named = self._origins
        _, first = np.unique(outlets, return_index=True)
        return tuple(dict.fromkeys(named[int(outlets[at])] for at in sorted(first)))

    @cached_property
    def _origins(self) -> tuple[np.ndarray, np.ndarray, list[tuple[str | None, str | None]]]:
        """(day of each article as an ordinal, where its outlet stands in the list, the list)."""
        days = np.zeros(len(self.keys), np.int64)
        outlets = np.full(len(self.keys), -1, np.int64)
        named: list[tuple[str | None, str | None]] = []
        for segment in self.segments:
            at, segment_days, segment_outlets = segment.origins_of(self.keys)
            days[at], outlets[at] = segment_days, segment_outlets + len(named)
            named += segment.outlets
        if len(outlets) and int(outlets.min()) < 0:
            raise damaged(self.segments[0].folder)
        return days, outlets, named

    def versions(self) -> Mapping[str, int]:
        """Id -> key: what tells this version of the article from others."""
        return dict(zip(self.ids, self.keys.tolist(), strict=True))

    def named(self, article_id: str) -> Article:
        """The article of this id. Raises: KeyError."""
        at = bisect_left(self.ids, article_id)
        if at == len(self.ids) or self.ids[at] != article_id:
            raise KeyError(article_id)
        return self.read(at)[0]

    def read(self, at: int) -> _Read:
        """The article at a position, and its passages. Raises: StoreDamaged."""
        with self._keeping:
            found = self._kept.get(at)
            if found is not None:
                self._kept.move_to_end(at)
                return found
        article = self._load(at)
        found = (article, split(article))
        with self._keeping:
            self._kept[at] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def locate(self, key: int, ordinal: int) -> int | None:
        """The number of a passage by its article's key; None when that is not of now."""
        place = self._places.get(key)
        if place is None:
            return None
        number = self.starts[place] + ordinal
        return number if number < self.starts[place + 1] else None

    def _load(self, at: int) -> Article:
        key = int(self.keys[at])
        try:
            return owner_of(self.segments, key).article(key)
        except KeyError as error:
            raise damaged(self.segments[0].folder) from error


class LargePassages(Sequence[Passage]):
    """The passages in corpus order, each split off its article when it is asked for."""

    def __init__(self, articles: LargeArticles) -> None:
        self._articles = articles
        self._starts = articles.starts

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, place: int) -> Passage: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Passage]: ...
    def __getitem__(self, place: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        number = range(len(self))[place]
        # In a list of Python, where one number is looked for, ten times as fast as in an array.
        at = bisect_right(self._starts, number) - 1
        return self._articles.read(at)[1][number - self._starts[at]]

    def __iter__(self) -> Iterator[Passage]:
        return (passage for article in self._articles for passage in split(article))


def index_of(
    articles: LargeArticles,
    layout: Layout,
    servers: Sequence[Server] = (),
    digest: str = "",
) -> LargeIndex:
    """The index of these articles, on disk or, with `servers`, on the machines that serve it.

    `digest`: of the generation, which the servers have to be of.
    """
    parts = articles.segments
    totals = reduce(add, (part.totals for part in parts), layout.retired_totals)
    counts = [*(part.counts for part in parts), layout.retired]
    return LargeIndex(
        Shards(servers, digest)
        if servers
        else Reader([part.folder / TERMS for part in parts], [part.records for part in parts]),
        Statistics(totals.passages, totals.lengths, counts),
        articles.locate,
    )
