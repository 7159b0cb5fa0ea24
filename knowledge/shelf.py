"""The stored generations as generations; trouble with the database becomes a notice.

A dossier must be answered from even when nothing can be stored: then it is held in memory.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from knowledge.annotations import Annotations, annotate
from knowledge.errors import StoreDamaged, StoreError
from knowledge.generation import Generation, Shelved
from knowledge.model import Dossier, Encoder, Passage
from knowledge.ondisk import OnDisk, newest_on_disk
from knowledge.recipe import DEFAULT_OPTIONS, Options, exact_recipe
from knowledge.retrieval import Index, build
from knowledge.retrieval.vectors import Meaning, Vectors, encode
from knowledge.store import ELSEWHERE, KEPT, GenerationInfo, Store, Stored
from knowledge.store.codec import (
    decode_article,
    decode_head,
    decode_passages,
    encode_article,
    encode_head,
    encode_passages,
)

if TYPE_CHECKING:
    from knowledge.corpus.ledger import Changes

T = TypeVar("T")

_IN_MEMORY = "{error} En attendant, Dossier travaille en mémoire."

_UNDECODABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a payload that is not ours makes the decoders raise."""


class Shelf:
    """Takes generations from the database and puts them there.

    `store` None: nothing is stored. `encoder`: what made the vectors that generations are taken
    with; without it they are taken without. `notices` gathers what went wrong, one sentence each.
    """

    def __init__(
        self,
        store: Store | None,
        encoder: Encoder | None = None,
        options: Options = DEFAULT_OPTIONS,
    ) -> None:
        self.store = store
        self.encoder = encoder
        self.options = options
        self.disk = OnDisk(store, options)
        self.notices: list[str] = []
        self._unstored: dict[int, Generation] = {}
        self._highest = 0
        self._resting = False

    def begin(self) -> None:
        """Forgets the notices and tries the database again."""
        self.notices.clear()
        self._resting = False

    @property
    def _usable(self) -> Store | None:
        return None if self._resting else self.store

    def take(
        self, *, number: int | None = None, digest: str | None = None, stamp: str | None = None
    ) -> Generation | None:
        """The newest generation with this number, digest or stamp; without any, the newest.

        None when there is none or the database cannot be used. A damaged one is set aside.
        """
        if number in self._unstored:
            return self._unstored[number]
        for generation in reversed(self._unstored.values()):
            if stamp is None and number is None and digest in {None, generation.digest}:
                return generation
        store = self._usable
        if store is None:
            return None
        try:
            stored = store.load(number=number, digest=digest, stamp=stamp)
            if stored is None:
                return None
            self._highest = max(self._highest, stored.info.number)
            with _without_collections():
                # A stamp vouches for the code, too.
                fresh = stamp is not None
                if ELSEWHERE in stored.blobs:
                    return self.disk.take(stored, fresh=fresh)
                return _thaw(stored, self.encoder, fresh=fresh)
        except StoreError as error:
            self._note(error)
        except _UNDECODABLE as error:
            path = store.path
            self._note(StoreDamaged(path, f"L'index {path} ne se lit plus ({error!r}) : il est"
                                    " mis de côté et refait."))  # fmt: skip
        return None

    def make(
        self,
        dossier: Dossier,
        digest: str,
        before: Generation | None,
        ledger: Callable[[], bytes],
    ) -> Generation:
        """A dossier made ready for questions, in memory or, when it is large, on disk.

        `before`: what it can share with; `ledger`: what was read of the folder.
        Raises: DossierError when Xapian is demanded and missing.
        """
        from knowledge.corpus import passages

        listed = passages(dossier)

        def on_disk(shared: Generation | None) -> Generation | None:
            if self._usable is None:
                return None
            return self._noting(lambda: self.disk.make(dossier, digest, shared, ledger()))

        made = None
        if self.disk.is_for(len(listed)):
            # What it would share with may be damaged: then all of it is written anew.
            made = on_disk(before) or (on_disk(None) if before else None)
        return made or _in_memory(dossier, listed, digest)

    def shared(self, current: Generation | None) -> Generation | None:
        """The generation on disk that the next one can share with: this one or the newest."""
        if current is not None:
            return current if isinstance(current.dossier.articles, Shelved) else None
        store = self._usable
        if store is None or self.options.engine == "memory":
            return None
        number = self._noting(lambda: newest_on_disk(store))
        found = None if number is None else self.take(number=number)
        return found if found and isinstance(found.dossier.articles, Shelved) else None

    def revise(self, before: Generation, digest: str, changes: "Changes") -> Generation | None:
        """The generation after one kept on disk; None when it cannot be written."""
        if self._usable is None:
            return None
        return self._noting(lambda: self.disk.revise(before, digest, changes))

    def follow(self, generation: Generation) -> None:
        """Brings the shards that this machine makes, if any, to a generation."""
        try:
            self.disk.follow(generation)
        except StoreError as error:
            # The shards stay of another state, and replies say that the dossier is incomplete.
            self._add(str(error))

    def _noting(self, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except StoreError as error:
            self._note(error)
            return None

    def vectors(self) -> Vectors | None:
        """The newest stored vectors of our encoder, whatever generation they belong to."""
        store = self._usable
        if store is None or self.encoder is None:
            return None
        try:
            for info in store.generations():
                stored = store.load(number=info.number)
                found = None if stored is None else _vectors(stored, self.encoder)
                if found is not None:
                    return found
        except (StoreError, *_UNDECODABLE):
            # Only slower: every text is encoded anew, and `take` and `put` say what is wrong.
            return None
        return None

    def put(self, generation: Generation, stamp: str | None) -> Generation:
        """The generation with its number; stored when that can be."""
        # A damaged file is set aside at the first try, and a new one made at the second.
        for _ in range(2):
            store = self._usable
            if store is None:
                break
            try:
                info = self._store(store, generation, stamp)
            except StoreError as error:
                self._note(error)
            else:
                self._highest = info.number
                self.follow(generation)
                with suppress(StoreError):
                    # Only disk space: the next publication sweeps again.
                    self.disk.sweep(generation)
                return replace(generation, number=info.number)
        return self._hold(generation)

    def restamp(self, generation: Generation, stamp: str) -> None:
        """From now on the generation is found by this stamp, if it is stored."""
        store = self._usable
        if store is None or generation.number in self._unstored:
            return
        try:
            store.set_stamp(generation.number, stamp)
        except StoreError:
            # Only the next start is slower: it reads the folder again.
            return

    def infos(self) -> tuple[GenerationInfo, ...]:
        """What can be taken by number, newest first, at most five."""
        found = [
            GenerationInfo(g.number, g.digest, "", len(g.dossier.articles))
            for g in self._unstored.values()
        ]
        if self.store is not None:
            try:
                found += self.store.generations()
            except StoreError as error:
                self._note(error)
        return tuple(sorted(found, key=lambda info: -info.number)[:KEPT])

    def _store(self, store: Store, generation: Generation, stamp: str | None) -> GenerationInfo:
        dossier, elsewhere = generation.dossier, 0
        blobs: dict[str, bytes] = {}
        bodies: Iterable[tuple[str, bytes]] = ()
        if isinstance(generation.index, Index):
            blobs["passages"] = encode_passages(generation.passages, dossier.articles)
            blobs |= {f"index.{name}": blob for name, blob in generation.index.to_blobs().items()}
            bodies = ((article.id, encode_article(article)) for article in dossier.articles)
        else:
            blobs |= self.disk.blobs_of(generation)
            elsewhere = len(dossier.articles)
        blobs |= {
            f"annotations.{name}": blob for name, blob in generation.annotations.to_blobs().items()
        }
        if generation.meaning is not None:
            made = generation.meaning.vectors.to_blobs()
            blobs |= {f"vectors.{name}": blob for name, blob in made.items()}
        return store.publish(
            generation.digest,
            encode_head(dossier),
            bodies,
            blobs,
            recipe=exact_recipe(),
            stamp=stamp,
            above=self._highest,
            elsewhere=elsewhere,
        )

    def _hold(self, generation: Generation) -> Generation:
        self._highest = max(self._highest, self._newest_number()) + 1
        numbered = replace(generation, number=self._highest)
        self._unstored[numbered.number] = numbered
        for number in sorted(self._unstored)[:-KEPT]:
            del self._unstored[number]
        return numbered

    def _newest_number(self) -> int:
        if self.store is None:
            return 0
        try:
            stored = Store(self.store.path, busy_seconds=0).generations()
        except StoreError:
            return 0
        return stored[0].number if stored else 0

    def _note(self, error: StoreError) -> None:
        """Keeps what went wrong; a damaged file is set aside, any other is left alone.

        What is locked or full now is not tried again before the next `begin`: each try waits.
        """
        if self.store is not None and isinstance(error, StoreDamaged):
            try:
                self.store.set_aside()
            except StoreError as stuck:
                error = stuck
            else:
                self._add(str(error))
                return
        self._resting = True
        self._add(_IN_MEMORY.format(error=error))

    def _add(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)


def generation_of(dossier: Dossier, digest: str, number: int = 0) -> Generation:
    """A dossier made ready for questions: passages, annotations and index worked out anew."""
    from knowledge.corpus import passages

    return _in_memory(dossier, passages(dossier), digest, number)


def _in_memory(
    dossier: Dossier, listed: tuple[Passage, ...], digest: str, number: int = 0
) -> Generation:
    return Generation(number, digest, dossier, listed, build(dossier, listed), annotate(dossier))


def with_meaning(
    generation: Generation,
    encoder: Encoder,
    before: Vectors | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Generation:
    """The generation with its vectors; texts that `before` knows are not encoded again."""
    made = encode(
        generation.dossier, generation.passages, encoder, before=before, progress=progress
    )
    return replace(generation, meaning=Meaning(encoder, made))


def _thaw(stored: Stored, encoder: Encoder | None, *, fresh: bool) -> Generation:
    articles = tuple(decode_article(body) for _, body in stored.articles)
    dossier = decode_head(stored.head, articles)
    if not fresh and stored.info.recipe != exact_recipe():
        # Stored by another version: its articles are good, its index is not ours.
        anew = generation_of(dossier, stored.info.digest, stored.info.number)
        known = _vectors(stored, encoder)
        return anew if encoder is None or known is None else with_meaning(anew, encoder, known)
    made = _vectors(stored, encoder)
    return Generation(
        number=stored.info.number,
        digest=stored.info.digest,
        dossier=dossier,
        passages=decode_passages(stored.blobs["passages"], articles),
        index=Index.from_blobs(stored.under("index.")),
        annotations=Annotations.from_blobs(stored.under("annotations.")),
        # An older generation may have been indexed without vectors, or by another encoder.
        meaning=None if encoder is None or made is None else Meaning(encoder, made),
    )


def _vectors(stored: Stored, encoder: Encoder | None) -> Vectors | None:
    blobs = {} if encoder is None else stored.under("vectors.")
    found = Vectors.from_blobs(blobs) if blobs else None
    return found if found and encoder and found.encoder == encoder.name else None


@contextmanager
def _without_collections() -> Iterator[None]:
    # Decoding makes 100,000 small values that all stay: looking for garbage among them is a
    # third of the time.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
