"""A dossier on several machines: each holds a part of its articles, all are asked at once.

A shard is one address; behind it HAProxy spreads the replicas. What a shard gives are candidates:
they are scored with the statistics of the whole dossier, so the order is that of one machine.
"""

import hashlib
import math
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from knowledge.errors import ShardSilent
from knowledge.retrieval.gaps import missing
from knowledge.retrieval.xapian import Reader, Server, Wanted

DIGEST = "digest"
"""Under this key a shard says of which state of the dossier it is."""
_AT_ONCE = 4
"""Questions that a shard is asked at the same time."""
_REST = 5.0
"""Seconds before a silent shard is asked again: meanwhile questions do not wait for it."""
_SPREAD = 4.0
"""Standard deviations between what a shard is asked for and its even share of the best."""


def shard_of(article_id: str, shards: int) -> int:
    """The shard where an article's passages are."""
    digest = hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") % shards


class Shards:
    """The passages of all shards; any thread may ask."""

    def __init__(self, servers: Sequence[Server], digest: str) -> None:
        """`digest`: of the generation; a shard of another state is as good as silent."""
        self._shards = tuple(_Shard(server, digest) for server in servers)

    def best(
        self, wanted: Sequence[Wanted], first: int, count: int
    ) -> tuple[Sequence[bytes], bool]:
        """(records of the best passages by stems from the rank `first` on, whether more follow).

        Ranks are those of all shards together, more or less: with articles spread by a hash each
        shard has its share of the best, give or take `_SPREAD`.
        Raises: ShardSilent when a shard is missing and the caller does not tell of it.
        """
        start, stop = self._share(first), self._share(first + count)
        asked = [shard.ask(wanted, start, stop - start) for shard in self._shards]
        records: list[bytes] = []
        more, silent = False, []
        for shard, future in zip(self._shards, asked, strict=True):
            try:
                found, further = future.result(timeout=shard.patience)
            except (ShardSilent, TimeoutError):
                silent.append(shard.name)
            else:
                records.extend(found)
                more = more or further
        if silent:
            missing(silent)
        return records, more

    def silent(self) -> tuple[str, ...]:
        """The shards that do not answer now."""
        asked = [(shard, shard.check()) for shard in self._shards]
        return tuple(shard.name for shard, found in asked if found.exception() is not None)

    def _share(self, rank: int) -> int:
        even = rank / len(self._shards)
        alone = len(self._shards) == 1
        return math.ceil(even if alone else even + _SPREAD * math.sqrt(even))


class _Shard:
    """One address, asked in threads of its own."""

    def __init__(self, server: Server, digest: str) -> None:
        self.name = str(server)
        self.patience = 2 * (server.connect_within + 2 * server.answer_within)
        self._reader = Reader([server], expects=(DIGEST, digest.encode()))
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix=f"shard-{server}")
        self._rests_until = 0.0

    def ask(
        self, wanted: Sequence[Wanted], first: int, count: int
    ) -> Future[tuple[Sequence[bytes], bool]]:
        return self._threads.submit(self._best, wanted, first, count)

    def check(self) -> Future[int]:
        return self._threads.submit(self._reader.size)

    def _best(
        self, wanted: Sequence[Wanted], first: int, count: int
    ) -> tuple[Sequence[bytes], bool]:
        if time.monotonic() < self._rests_until:
            raise ShardSilent(self.name)
        try:
            found = self._reader.best(wanted, first, count)
        except ShardSilent:
            # The replica is gone, or its connection: a new one leads to another replica.
            self._reader.close()
            try:
                found = self._reader.best(wanted, first, count)
            except ShardSilent:
                self._reader.close()
                self._rests_until = time.monotonic() + _REST
                raise
        self._rests_until = 0.0
        return found
