"""The front door: opens a dossier, holds its current generation and swaps it."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from knowledge.errors import DossierError
from knowledge.generation import Generation, Shelved
from knowledge.model import Encoder, SetAside
from knowledge.recipe import DEFAULT_OPTIONS, Options, exact_recipe, mixed, quick_recipe
from knowledge.shelf import Shelf, with_meaning
from knowledge.store import GenerationInfo, Store, dossier_home

if TYPE_CHECKING:
    from knowledge.corpus.ledger import Ledger

__all__ = ["Draft", "GenerationInfo", "Library", "Options", "Publication"]

Report = Callable[[str, int, int], None]
"""Told how far long work is: "read", "index", "encode" or "store", steps done, steps in all."""

BUILT_IN = Path(__file__).parent / "dossier"

_LAST_GOOD = "{error} La dernière version utilisable du dossier continue de répondre."
_WORDS_ALONE = (
    "RETRIEVAL=semantic : ce dossier est gardé sur disque, où la recherche se fait sur les mots"
    " seuls ; RETRIEVAL_ENGINE=memory le garde en mémoire."
)
_UNKNOWN = "Il n'y a pas de génération {number} : choisissez parmi {numbers}."
_PATIENCE = 3
"""How often a folder that changes under our eyes is read again before it is taken as it is."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is current now, and what changed against the generation before; ids sorted."""

    generation: Generation
    changed: bool
    added: tuple[str, ...] = ()
    changed_ids: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The folder's present state, ready to be published; its generation may have no number yet."""

    publication: Publication
    stamp: str | None
    work: Literal["store", "restamp", "none"]
    """What publishing has to write."""


class Library:
    """One dossier and its generations; any thread may read `current` while another publishes."""

    def __init__(
        self,
        folder: Path,
        overlay: Path | None,
        shelf: Shelf,
        options: Options,
        warning: str | None = None,
    ) -> None:
        self.folder = folder
        self.overlay = overlay
        """Where files added in the chat and corrections.toml are kept; it may not exist."""
        self._options = options
        self._warning = warning
        self._shelf = shelf
        self._publishing = threading.RLock()
        self._current: Generation | None = None
        self._stamp: str | None = None
        self._notices: tuple[str, ...] = ()

    @classmethod
    def open(
        cls,
        folder: Path | None,
        data_dir: Path | None,
        *,
        serve_last_good: bool = False,
        progress: Report | None = None,
        options: Options = DEFAULT_OPTIONS,
        encoder: Encoder | None = None,
        busy_seconds: float = 5.0,
    ) -> "Library":
        """The dossier as its folder is now; indexed when it changed since the last time.

        `folder` None: the built-in dossier. `data_dir` None: nothing is stored. `encoder`: used
        in place of the one that `options.retrieval` asks for.
        `serve_last_good`: a folder that cannot be used is no error while an older generation is
        stored; `notices` then says so.
        Raises: DossierError when there is nothing to serve.
        """
        place = BUILT_IN if folder is None else folder
        home = None if data_dir is None else dossier_home(data_dir, place)
        store = None if home is None else Store(home / "index.db", busy_seconds=busy_seconds)
        from knowledge.retrieval.encoder import Choice, choose

        choice = Choice(encoder) if encoder is not None else choose(options.retrieval)
        library = cls(
            place,
            None if home is None else home / "added",
            Shelf(store, choice.encoder, options),
            options,
            choice.notice,
        )
        try:
            library.reload(progress)
        except DossierError as error:
            last = library._shelf.take() if serve_last_good else None
            if last is None:
                raise
            library._current = last
            library._notices = (_LAST_GOOD.format(error=error), *library._told())
        return library

    @property
    def current(self) -> Generation:
        """The generation to answer from; take it once for one answer."""
        assert self._current is not None, "a library is made by Library.open"  # noqa: S101
        return self._current

    @property
    def notices(self) -> tuple[str, ...]:
        """What the last opening, reload or rollback has to say, one sentence each."""
        return self._notices

    def generations(self) -> tuple[GenerationInfo, ...]:
        """The generations that a rollback can choose, newest first."""
        return self._shelf.infos()

    def reload(self, progress: Report | None = None) -> Publication:
        """Publishes the folder's present state; nothing changes when it is current already.

        Raises: DossierError; the current generation then stays.
        """
        with self._publishing:
            return self.publish(self.prepare(progress), progress)

    def prepare(self, progress: Report | None = None) -> Draft:
        """The folder's present state and what would change, without publishing it.

        Raises: DossierError when the folder cannot be used.
        """
        from knowledge import corpus

        with self._publishing:
            self._shelf.begin()
            current, attempts = self._current, 0
            while True:
                attempts += 1
                before = corpus.fingerprint(self.folder, self._laid_over)
                stamp = self._mixed(before, quick_recipe())
                if current is not None and stamp == self._stamp:
                    return Draft(_publication(current, current), stamp, "none")
                found = self._shelf.take(stamp=stamp)
                if found is not None:
                    return Draft(_publication(current, found), stamp, "none")
                shared = self._shelf.shared(current)
                ledger = None if shared is None else _ledger(shared)
                known = None if ledger is None else ledger.digests()
                content = corpus.content_digest(self.folder, self._laid_over, known)
                digest = self._mixed(content, exact_recipe())
                found = self._with_digest(digest)
                draft = Draft(
                    _publication(current, found or self._index(digest, before, shared, progress)),
                    stamp,
                    "store" if found is None else "restamp",
                )
                # A file that changed while we read: what was read may not be what was digested.
                if corpus.fingerprint(self.folder, self._laid_over) == before:
                    return draft
                if attempts == _PATIENCE:
                    return replace(draft, stamp=None)

    def publish(self, draft: Draft, progress: Report | None = None) -> Publication:
        """Makes a draft current: readers that come now get it, those that hold another keep it."""
        with self._publishing:
            publication, stamp = draft.publication, draft.stamp
            generation = publication.generation
            if draft.work == "store":
                _tell(progress, "store", 0)
                generation = self._shelf.put(generation, stamp)
                _tell(progress, "store", 1)
            elif draft.work == "restamp" and stamp is not None:
                self._shelf.restamp(generation, stamp)
            return self._swap(generation, stamp)

    def rollback(self, number: int) -> Publication:
        """Makes an older generation current, until the next reload or start.

        Raises: DossierError when no generation with this number is kept.
        """
        with self._publishing:
            self._shelf.begin()
            generation = self._shelf.take(number=number)
            if generation is None:
                numbers = ", ".join(str(info.number) for info in self.generations()) or "aucune"
                raise DossierError(_UNKNOWN.format(number=number, numbers=numbers))
            self._shelf.follow(generation)
            return self._swap(generation, None)

    def write_shards(self, count: int) -> Path:
        """Writes the current generation as so many shards; the folder that holds them.

        From then on reloads and rollbacks bring them up to date. Only a generation kept on disk
        has shards. Raises: DossierError.
        """
        with self._publishing:
            return self._shelf.disk.write_shards(self.current, count)

    @property
    def _laid_over(self) -> Path | None:
        return self.overlay if self.overlay is not None and self.overlay.is_dir() else None

    def _mixed(self, content: str, recipe: str) -> str:
        encoder = self._shelf.encoder
        return mixed(content, recipe, self._options, encoder.name if encoder else None)

    def _with_digest(self, digest: str) -> Generation | None:
        current = self._current
        if current is not None and current.digest == digest:
            return current
        return self._shelf.take(digest=digest)

    def _index(
        self, digest: str, looked: str, shared: Generation | None, progress: Report | None
    ) -> Generation:
        from knowledge import corpus

        _tell(progress, "read", 0)
        revised = None if shared is None else self._revised(shared, digest)
        if revised is not None:
            _tell(progress, "read", 1)
            return revised
        sources: dict[str, tuple[str, ...]] = {}
        dossier = corpus.load(
            self.folder,
            overlay=self._laid_over,
            max_file_mb=self._options.max_file_mb,
            sources=sources,
        )
        _tell(progress, "read", 1)
        _tell(progress, "index", 0)
        encoder, current = self._shelf.encoder, self._current
        generation = self._shelf.make(
            dossier, digest, shared, lambda: self._written(looked, sources)
        )
        _tell(progress, "index", 1)
        if encoder is None or isinstance(generation.dossier.articles, Shelved):
            return generation
        known = current.meaning.vectors if current and current.meaning else self._shelf.vectors()
        return with_meaning(generation, encoder, known, progress)

    def _revised(self, shared: Generation, digest: str) -> Generation | None:
        """The generation after one on disk, only what changed read; None where all has to be."""
        from knowledge.corpus.ledger import changes

        before = _ledger(shared)
        if before is None:
            return None
        found = changes(
            self.folder, before, overlay=self._laid_over, max_file_mb=self._options.max_file_mb
        )
        return None if found is None else self._shelf.revise(shared, digest, found)

    def _written(self, looked: str, sources: Mapping[str, tuple[str, ...]]) -> bytes:
        """The ledger of the files read; b"" when the folder is no longer as it looked before."""
        from knowledge import corpus
        from knowledge.corpus import ledger

        written = ledger.write(self.folder, self._laid_over, sources)
        # What came or changed while we read would pass for read, and never be read.
        same = corpus.fingerprint(self.folder, self._laid_over) == looked
        return written.to_blob() if same else b""

    def _swap(self, generation: Generation, stamp: str | None) -> Publication:
        publication = _publication(self._current, generation)
        if publication.changed:
            # One assignment: a reader sees the old generation or the new one, nothing between.
            self._current = self._shelf.disk.served(publication.generation)
        self._stamp = stamp
        self._notices = self._told()
        return publication

    def _told(self) -> tuple[str, ...]:
        own = () if self._warning is None else (self._warning,)
        if self._options.retrieval == "semantic" and self._shelf.encoder is not None:
            kept = self._current is not None and isinstance(self._current.dossier.articles, Shelved)
            own = (*own, _WORDS_ALONE) if kept else own
        return (*own, *self._shelf.notices)


def _publication(before: Generation | None, after: Generation) -> Publication:
    if before is not None and before.digest == after.digest:
        return Publication(before, changed=False, set_aside=before.dossier.set_aside)
    old, new = _versions(before, after), _versions(after, before)
    return Publication(
        after,
        changed=True,
        added=tuple(sorted(new.keys() - old.keys())),
        changed_ids=tuple(sorted(i for i in new.keys() & old.keys() if new[i] != old[i])),
        removed=tuple(sorted(old.keys() - new.keys())),
        set_aside=after.dossier.set_aside,
    )


def _ledger(generation: Generation) -> "Ledger | None":
    """What was read of the folder for a generation kept on disk; None when that is not known."""
    from knowledge.corpus.ledger import Ledger
    from knowledge.large import ledger_of

    blob = ledger_of(generation)
    return Ledger.from_blob(blob) if blob else None


def _versions(generation: Generation | None, beside: Generation | None) -> Mapping[str, object]:
    """Id -> what tells whether an article is the same in the generation beside."""
    if generation is None:
        return {}
    articles = generation.dossier.articles
    if isinstance(articles, Shelved):
        return articles.versions()
    if beside is not None and isinstance(beside.dossier.articles, Shelved):
        from knowledge.large import versions

        return versions(articles)
    return {article.id: article for article in articles}


def _tell(progress: Report | None, stage: str, done: int) -> None:
    if progress is not None:
        progress(stage, done, 1)
