"""A dossier on several machines: two shards with two replicas each, on loopback."""

import os
from bisect import bisect_right
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

pytest.importorskip("xapian", reason="the extra [scale] is not installed")

from knowledge.errors import ShardSilent
from knowledge.retrieval.gaps import tolerated
from knowledge.retrieval.large import LargeIndex
from knowledge.retrieval.shards import Shards, shard_of
from knowledge.retrieval.xapian import Reader, Server
from knowledge.store.layout import Layout
from knowledge.store.reading import LargeArticles, index_of
from knowledge.store.sharding import project, shards_in
from tests.cluster import HISTORY, Cluster, Replica, missing_programs
from tests.knowledge.retrieval.coast import article, articles, questions
from tests.knowledge.store.test_layout import arranged

needs_servers = pytest.mark.skipif(
    bool(missing_programs()),
    reason=f"not installed: {', '.join(missing_programs())} (Debian: xapian-tools haproxy)",
)

QUESTION = questions(1)[0]


class Town:
    """A dossier on one machine and the same on a cluster."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in HISTORY.items():
            monkeypatch.setenv(name, value)
        self.folder = folder
        self.layout: Layout = arranged(folder / "segments", articles(80))
        self.publish("one")
        (folder / "work").mkdir()
        self.cluster = Cluster(folder / "shards", folder / "work", count=2)

    def publish(self, digest: str) -> None:
        """Brings the shards, not their replicas, to the present layout."""
        self.articles = LargeArticles(self.folder / "segments", self.layout)
        project(self.folder / "shards", 2, self.articles, digest)

    def servers(self) -> list[Server]:
        """The shards, with less patience than in earnest."""
        found = [address.rpartition(":") for address in self.cluster.addresses]
        return [Server(host, int(port), 0.5, 0.5) for host, _, port in found]

    def replicas(self) -> Iterator[Replica]:
        """Every server of every shard."""
        yield from (replica for copies in self.cluster.replicas for replica in copies)

    def index(self, digest: str = "one") -> LargeIndex:
        """The index on the cluster."""
        return index_of(self.articles, self.layout, self.servers(), digest)

    def alone(self) -> LargeIndex:
        """The index on this machine."""
        return index_of(self.articles, self.layout)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A running cluster."""
    made = Town(tmp_path, monkeypatch)
    with made.cluster:
        yield made


@needs_servers
def test_ranking_of_one_machine(town: Town) -> None:
    """Passages, order, scores and matches are those of one machine."""
    here, there = town.alone(), town.index()
    for question in questions(40):
        assert there.search(question, 10) == here.search(question, 10)


@needs_servers
def test_a_killed_replica_costs_one_query_again(town: Town) -> None:
    """When a replica dies in the middle, the other one answers; nobody is told of anything."""
    index, expected = town.index(), town.alone().search(QUESTION, 10)
    assert index.search(QUESTION, 10) == expected
    for copies in town.cluster.replicas:
        copies[0].stop()
    for _ in range(8):  # whichever thread of the shard is asked, and through whichever replica
        assert index.search(QUESTION, 10) == expected


@needs_servers
def test_a_dead_shard_is_told_of(town: Town) -> None:
    """Without a shard a search fails with a sentence; who undertakes to say so gets the rest."""
    index, whole = town.index(), town.alone().search(QUESTION, 10)
    for replica in town.cluster.replicas[1]:
        replica.stop()
    with pytest.raises(ShardSilent, match="momentanément incomplet"):
        index.search(QUESTION, 10)
    with tolerated() as gaps:
        found = index.search(QUESTION, 10)
    assert gaps == [town.cluster.addresses[1]]
    ids = town.articles.ids
    places = [bisect_right(town.articles.starts, h.passage) - 1 for h in found]
    assert found
    assert {shard_of(ids[place], 2) for place in places} == {0}
    assert {hit.passage for hit in found} != {hit.passage for hit in whole}
    with pytest.raises(ShardSilent):
        index.search(QUESTION, 10)


@needs_servers
def test_a_hung_server_holds_nobody_for_long(town: Town) -> None:
    """Servers that accept and say nothing: the search gives up, and other threads run meanwhile."""
    index = town.index()
    index.search(QUESTION, 10)
    for replica in town.replicas():
        replica.hang()
    ticks = []
    with ThreadPoolExecutor(1) as apart:
        searching = apart.submit(index.search, QUESTION, 10)
        while not wait((searching,), timeout=0.01).done:
            ticks.append(1)
    assert isinstance(searching.exception(), ShardSilent)
    # The search waits for half a second at least; one that kept the others waiting gives one tick.
    assert len(ticks) > 1


@needs_servers
def test_a_silent_shard_rests_for_a_while(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a silence a shard is not asked: not even when it would answer, until it has rested."""
    monkeypatch.setattr("knowledge.retrieval.shards._REST", 3600.0)
    index = town.index()
    whole = index.search(QUESTION, 10)
    for replica in town.replicas():
        replica.hang()
    with pytest.raises(ShardSilent):
        index.search(QUESTION, 10)
    for replica in town.replicas():
        replica.go_on()
    with pytest.raises(ShardSilent):
        index.search(QUESTION, 10)
    assert town.index().search(QUESTION, 10) == whole


@needs_servers
def test_replicas_get_what_changed(town: Town) -> None:
    """A changed article reaches the replicas; until then the shards are of another state."""
    listed = [*town.articles]
    listed[7] = article(7, seed=5)
    town.layout = arranged(town.folder / "segments", listed, town.layout)
    town.publish("two")
    with pytest.raises(ShardSilent):
        town.index("two").search(QUESTION, 10)
    town.cluster.replicate()
    here, there = town.alone(), town.index("two")
    for question in questions(25):
        assert there.search(question, 10) == here.search(question, 10)


def test_shards_are_changed_in_place(tmp_path: Path) -> None:
    """Each passage is in one shard, told by its article's id; a change leaves no copies."""
    layout = arranged(tmp_path / "segments", articles(30))
    found = LargeArticles(tmp_path / "segments", layout)
    for digest, count in (("one", 3), ("one", 3), ("two", 2)):
        project(tmp_path / "shards", count, found, digest)
        sizes = [Reader([tmp_path / "shards" / str(n)]).size() for n in range(count)]
        assert shards_in(tmp_path / "shards") == count
        assert sum(sizes) == int(found.starts[-1])
        for number, size in enumerate(sizes):
            ids = [one for one in found.ids if shard_of(one, count) == number]
            assert size == sum(int(layout.passages[found.ids.index(one)]) for one in ids)


def test_a_shard_without_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nobody listens is a silent shard, at once."""
    assert "XAPIAN_MAX_CHANGESETS" not in os.environ
    shards = Shards([Server("127.0.0.1", 1, 0.5, 0.5)], "one")
    with pytest.raises(ShardSilent), tolerated():
        raise ShardSilent("x")
    assert shards.silent() == ("127.0.0.1:1",)
    with tolerated() as gaps:
        assert shards.best((), 0, 10) == ([], False)
    assert gaps == ["127.0.0.1:1"]
