"""The parts of a dossier for several machines: one database of Xapian a shard.

Each is changed in place and keeps its last changes, so that `xapian-replicate` sends replicas
what changed and not all of it.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from knowledge.corpus.passages import split
from knowledge.model import Article
from knowledge.retrieval.memory import terms_of
from knowledge.retrieval.records import encode_record
from knowledge.retrieval.shards import DIGEST, shard_of
from knowledge.retrieval.xapian import Writer
from knowledge.store.reading import LargeArticles


def shards_in(folder: Path) -> int:
    """How many shards were written into the folder."""
    return len(list(folder.glob("*.keys"))) if folder.is_dir() else 0


def project(folder: Path, shards: int, articles: LargeArticles, digest: str) -> None:
    """Brings the shards in the folder (`0`, `1`, …) to the state of these articles.

    Only what changed is written; with another number of shards, all of it.
    Raises: StoreLocked when another program writes to them.
    """
    if shards_in(folder) != shards:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    places: list[list[int]] = [[] for _ in range(shards)]
    for at, article_id in enumerate(articles.ids):
        places[shard_of(article_id, shards)].append(at)
    for number, listed in enumerate(places):
        _project_one(folder, number, articles, np.array(listed, np.int64), digest)


def _project_one(
    folder: Path, number: int, articles: LargeArticles, places: np.ndarray, digest: str
) -> None:
    state = folder / f"{number}.keys"
    before = np.fromfile(state, "<u8") if state.exists() else np.zeros(0, np.uint64)
    now = articles.keys[places]
    with Writer(folder / str(number)) as writer:
        for key in np.setdiff1d(before, now):
            writer.remove(_name(int(key)))
        for at in places[~np.isin(now, before)]:
            key = int(articles.keys[at])
            # Written before a kill, perhaps: the state is saved after the commit.
            writer.remove(_name(key))
            for stems, record in _records(articles[int(at)], key):
                writer.add(stems, record, owner=_name(key))
        writer.set(DIGEST, digest.encode())
    now.astype("<u8").tofile(state)


def _records(article: Article, key: int) -> Iterable[tuple[Iterable[str], bytes]]:
    for ordinal, passage in enumerate(split(article)):
        terms = terms_of(article, passage)
        yield terms.stems, encode_record(key, ordinal, passage.kind, terms)


def _name(key: int) -> str:
    return f"{key:016x}"
