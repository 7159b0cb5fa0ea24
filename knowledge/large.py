"""A large dossier as a generation: made, revised by what changed, and taken from disk.

Articles, terms and records lie in segments (knowledge.store.segments); the database of
generations holds which segments, which articles, and the annotations.
"""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.annotations import Annotations
from knowledge.annotations.census import Census
from knowledge.generation import Generation
from knowledge.model import Article, Dossier
from knowledge.store import Store, Stored
from knowledge.store.codec import decode_head, encode_article
from knowledge.store.layout import Layout, arrange, segments_of
from knowledge.store.reading import LargeArticles, LargePassages, index_of
from knowledge.store.segments import key_of, listed

PREFIX = "large."
"""Under this the database of generations holds what a large one is read with."""
_FILES = "files"
_SEGMENTS = "segments"
SHARDS = "shards"
_YOUNG = 3600.0
"""Seconds, before the newest one, in which a segment that no stored generation reads may belong to
one under way."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the large generations of one dossier are kept, and who serves them.

    `servers`: "host:port" of each shard; none: this machine.
    """

    home: Path
    servers: tuple[str, ...] = ()

    @property
    def segments(self) -> Path:
        """The folder of the segments."""
        return self.home / _SEGMENTS

    @property
    def shards(self) -> Path:
        """The folder of the shards, where this machine makes them."""
        return self.home / SHARDS


def make(
    place: Place, dossier: Dossier, digest: str, number: int = 0, ledger: bytes = b""
) -> Generation:
    """A large generation of a dossier, all of it written anew.

    `ledger`: what `ledger_of` gives back.
    Raises: StoreError, OSError when it cannot be written.
    """
    census = Census()
    keys = []
    for article in dossier.articles:
        census.add(article)
        keys.append(key_of(encode_article(article)))
    places = {key: at for at, key in enumerate(keys)}
    articles = dossier.articles
    ids = _ids(articles)
    layout = arrange(place.segments, ids, keys, lambda key: articles[places[key]])
    return _counted(dossier, (number, digest), _shelved(place, layout, census, ledger), census)


def revise(
    place: Place,
    before: Generation,
    dossier: Dossier,
    digest: str,
    *,
    gone: Iterable[str],
    come: Sequence[Article],
    ledger: bytes = b"",
) -> Generation:
    """The generation after `before`, without the articles `gone` and with those that `come`.

    An article that changed is in both. Of `dossier` all counts but its articles. The cost is that
    of what changed.
    Raises: StoreError, OSError when it cannot be written.
    """
    old = _articles(before)
    census = Census.from_blobs(before.annotations, old.extras)
    keys = dict(old.versions())
    for article_id in gone:
        census.remove(old.named(article_id))
        del keys[article_id]
    fresh: dict[int, Article] = {}
    for article in come:
        census.add(article)
        key = key_of(encode_article(article))
        keys[article.id] = key
        fresh[key] = article
    ids = sorted(keys)
    layout = arrange(place.segments, ids, [keys[one] for one in ids], fresh.__getitem__, old.layout)
    return _counted(dossier, (0, digest), _shelved(place, layout, census, ledger), census)


def renew(
    place: Place, before: Generation, dossier: Dossier, digest: str, ledger: bytes = b""
) -> Generation:
    """The generation of a dossier that was read anew, sharing with `before` what did not change."""
    known = _articles(before).versions()
    now = versions(dossier.articles)
    gone = [one for one, key in known.items() if now.get(one) != key]
    come = [article for article in dossier.articles if known.get(article.id) != now[article.id]]
    return revise(place, before, dossier, digest, gone=gone, come=come, ledger=ledger)


def versions(articles: Iterable[Article]) -> dict[str, int]:
    """Id -> key: what tells this version of an article from others."""
    return {article.id: key_of(encode_article(article)) for article in articles}


def ledger_of(generation: Generation) -> bytes:
    """What was read of the folder, as given when the generation was made; b"" for nothing."""
    return _articles(generation).extras.get(_FILES, b"")


def blobs_of(generation: Generation) -> dict[str, bytes]:
    """What `take` reads, but for the head of the dossier and the annotations."""
    articles = _articles(generation)
    return {f"{PREFIX}{name}": blob for name, blob in articles.layout.to_blobs().items()} | {
        f"{PREFIX}{name}": blob for name, blob in articles.extras.items()
    }


def take(place: Place, stored: Stored) -> Generation:
    """A stored large generation.

    Raises: StoreDamaged when a segment is missing; DossierError without the extra [scale].
    """
    from knowledge.retrieval.xapian import require

    require()
    blobs = stored.under(PREFIX)
    layout = Layout.from_blobs(blobs)
    dossier = decode_head(stored.head, ())
    annotations = Annotations.from_blobs(stored.under("annotations."))
    info = stored.info
    own = layout.to_blobs().keys()
    extras = {name: blob for name, blob in blobs.items() if name not in own}
    articles = LargeArticles(place.segments, layout, extras)
    return generation_of(dossier, (info.number, info.digest), articles, annotations)


def remake(place: Place, stored: Stored) -> Generation:
    """A stored large generation that another version of the code made: its articles, indexed anew.

    Raises: StoreDamaged when a segment is missing; StoreError, OSError when it cannot be written.
    """
    layout = Layout.from_blobs(stored.under(PREFIX))
    articles = LargeArticles(place.segments, layout)
    dossier = replace(decode_head(stored.head, ()), articles=articles)
    # Without a ledger: what the new version makes of the same files is not known.
    return make(place, dossier, stored.info.digest, stored.info.number)


def served(place: Place, generation: Generation) -> Generation:
    """The generation with its passages asked of the shards, where `place` names some."""
    articles = generation.dossier.articles
    if not place.servers or not isinstance(articles, LargeArticles):
        return generation
    from knowledge.retrieval.xapian import Server

    servers = []
    for address in place.servers:
        host, _, port = address.rpartition(":")
        servers.append(Server(host.strip("[]"), int(port)))
    index = index_of(articles, articles.layout, servers, generation.digest)
    return replace(generation, index=index)


def publish_shards(place: Place, generation: Generation, count: int | None = None) -> int:
    """Brings the shards of this machine to the generation; how many there are.

    `count` None: as many as there were, perhaps none.
    Raises: StoreLocked when another program writes to them.
    """
    from knowledge.store.sharding import project, shards_in

    articles = generation.dossier.articles
    shards = shards_in(place.shards) if count is None else count
    if shards and isinstance(articles, LargeArticles):
        project(place.shards, shards, articles, generation.digest)
    return shards


def sweep(place: Place, store: Store, held: Generation) -> None:
    """Removes the segments that no stored generation reads, but for young ones and those held."""
    used = {name for about in store.every(f"{PREFIX}about") for name in segments_of(about)}
    articles = held.dossier.articles
    if isinstance(articles, LargeArticles):
        used |= set(articles.layout.segments)
    found = [*listed(place.segments), *place.segments.glob("unfinished-*")]
    written = {folder: folder.stat().st_mtime for folder in found}
    for folder, at in written.items():
        if folder.name not in used and max(written.values()) - at > _YOUNG:
            shutil.rmtree(folder, ignore_errors=True)


_Name = tuple[int, str]
"""Number and digest of a generation."""


def _counted(dossier: Dossier, name: _Name, articles: LargeArticles, census: Census) -> Generation:
    return generation_of(dossier, name, articles, census.annotations())


def _shelved(place: Place, layout: Layout, census: Census, ledger: bytes) -> LargeArticles:
    return LargeArticles(place.segments, layout, census.to_blobs() | {_FILES: ledger})


def generation_of(
    dossier: Dossier, name: tuple[int, str], articles: LargeArticles, annotations: Annotations
) -> Generation:
    """The generation of articles that are on disk; `name`: its number and digest."""
    number, digest = name
    return Generation(
        number,
        digest,
        replace(dossier, articles=articles),
        LargePassages(articles),
        index_of(articles, articles.layout),
        annotations,
    )


def _articles(generation: Generation) -> LargeArticles:
    articles = generation.dossier.articles
    if not isinstance(articles, LargeArticles):
        raise TypeError("a large generation is needed")
    return articles


def _ids(articles: Iterable[Article]) -> list[str]:
    if isinstance(articles, LargeArticles):
        return list(articles.ids)
    return [article.id for article in articles]
