"""The generations of one dossier that stay on disk: which dossiers, and what is done with them.

Light to import: `knowledge.large`, which does the work, comes with numpy when there is some.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import DossierError
from knowledge.generation import Generation, Shelved
from knowledge.model import Dossier
from knowledge.recipe import Options, exact_recipe
from knowledge.store import ELSEWHERE, Store, Stored
from knowledge.store.faults import unwritable

if TYPE_CHECKING:
    from knowledge.corpus.ledger import Changes
    from knowledge.large import Place

LARGE_FROM = 30_000
"""Passages from which "auto" keeps a dossier on disk."""

_NO_SHARDS = (
    "Seul un dossier gardé sur disque a des parts : choisissez RETRIEVAL_ENGINE=xapian et un"
    " DATA_DIR où l'on peut écrire."
)


class OnDisk:
    """The large generations beside a database of generations.

    Every method raises StoreError when the disk cannot be used.
    """

    def __init__(self, store: Store | None, options: Options) -> None:
        self._store = store
        self._options = options

    def is_for(self, passages: int) -> bool:
        """Whether a dossier of so many passages is to stay on disk.

        Raises: DossierError when Xapian is demanded and missing.
        """
        engine = self._options.engine
        if engine == "memory" or (engine == "auto" and passages < LARGE_FROM):
            return False
        from knowledge.retrieval.xapian import is_installed, require

        if engine == "xapian":
            require()
        return self._store is not None and is_installed()

    def make(
        self, dossier: Dossier, digest: str, before: Generation | None, ledger: bytes
    ) -> Generation:
        """A large generation; what `before` holds on disk is shared."""
        from knowledge import large

        with self._place() as place:
            if before is not None and isinstance(before.dossier.articles, Shelved):
                return large.renew(place, before, dossier, digest, ledger)
            return large.make(place, dossier, digest, ledger=ledger)

    def revise(self, before: Generation, digest: str, changes: "Changes") -> Generation:
        """The generation after one kept on disk."""
        from knowledge import large

        with self._place() as place:
            return large.revise(
                place, before, before.dossier, digest,
                gone=changes.gone, come=changes.come, ledger=changes.ledger.to_blob(),
            )  # fmt: skip

    def take(self, stored: Stored, *, fresh: bool) -> Generation | None:
        """A stored large generation; None where it cannot be served. `fresh`: made by our code."""
        from knowledge.retrieval.xapian import is_installed

        if self._options.engine == "memory" or not is_installed():
            return None
        from knowledge import large

        with self._place() as place:
            if fresh or stored.info.recipe == exact_recipe():
                return large.take(place, stored)
            return large.remake(place, stored)

    def served(self, generation: Generation) -> Generation:
        """The generation, its passages asked of the machines that serve them, if there are any."""
        if self._store is None or not self._options.shards:
            return generation
        from knowledge import large

        with self._place() as place:
            return large.served(place, generation)

    def write_shards(self, generation: Generation, count: int) -> Path:
        """Writes so many shards of a large generation; the folder that holds them.

        Raises: DossierError when it is none.
        """
        if self._store is None or not isinstance(generation.dossier.articles, Shelved):
            raise DossierError(_NO_SHARDS)
        from knowledge import large

        with self._place() as place:
            large.publish_shards(place, generation, count)
            return place.shards

    def follow(self, generation: Generation) -> None:
        """Brings the shards that this machine makes, if any, to a generation."""
        if self._store is None or not isinstance(generation.dossier.articles, Shelved):
            return
        from knowledge import large

        with self._place() as place:
            large.publish_shards(place, generation)

    def sweep(self, held: Generation) -> None:
        """Removes what no stored generation reads."""
        if self._store is None or not isinstance(held.dossier.articles, Shelved):
            return
        from knowledge import large

        with self._place() as place:
            large.sweep(place, self._store, held)

    def blobs_of(self, generation: Generation) -> dict[str, bytes]:
        """What the database of generations keeps of a large one."""
        from knowledge import large

        return large.blobs_of(generation)

    @contextmanager
    def _place(self) -> Iterator["Place"]:
        """Where the files are; what the disk refuses becomes a StoreError."""
        from knowledge.large import Place

        if self._store is None:
            raise DossierError(_NO_SHARDS)
        place = Place(self._store.path.parent, self._options.shards)
        try:
            yield place
        except OSError as error:
            raise unwritable(place.segments) from error


def newest_on_disk(store: Store) -> int | None:
    """The number of the newest generation if it is a large one of our own code."""
    newest = store.generations()[:1]
    if not newest or newest[0].recipe != exact_recipe() or not store.every(ELSEWHERE):
        return None
    return newest[0].number
