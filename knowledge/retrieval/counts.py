"""How many passages hold each term, as two sorted columns: read from disk, term by term.

A dossier of a million passages has some 20 million terms in its four fields; a dictionary of them
would take gigabytes, two columns of 12 bytes a term stay on disk and are mapped.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge.language.terms import Fields

FIELDS = ("stems", "surfaces", "bigrams", "grams")
_AT_ONCE = 1_000_000
"""Terms counted as text before they are packed: about 100 MB."""


def key_of(field: str, form: str) -> int:
    """The 64-bit key of a term; two terms of one dossier share it about once in a million."""
    text = f"{field[:2]}{form}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


class Counts:
    """Term -> number of passages, for all fields; the keys ascend, each stands once."""

    def __init__(self, keys: np.ndarray, numbers: np.ndarray) -> None:
        self.keys = keys
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, key: int) -> int:
        """The number of passages of the term with this key; 0 for one never seen."""
        at = int(np.searchsorted(self.keys, np.uint64(key)))
        return int(self.numbers[at]) if at < len(self.keys) and self.keys[at] == key else 0

    def to_bytes(self) -> bytes:
        """What `from_bytes` reads."""
        return bytes(self.keys.astype("<u8").tobytes() + self.numbers.astype("<i4").tobytes())

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Counts":
        """The counts that `to_bytes` gave."""
        size = len(stored) // 12
        return cls(
            np.frombuffer(stored, "<u8", size), np.frombuffer(stored, "<i4", size, offset=8 * size)
        )

    def save(self, path: Path) -> None:
        """Writes the file that `mapped` opens."""
        with path.open("wb") as stream:
            self.keys.astype("<u8").tofile(stream)
            self.numbers.astype("<i4").tofile(stream)

    @classmethod
    def mapped(cls, path: Path) -> "Counts":
        """The counts of a file; pages are read as they are asked for."""
        size = path.stat().st_size // 12
        if not size:
            return NO_COUNTS
        return cls(
            np.asarray(np.memmap(path, "<u8", "r", 0, (size,))),
            np.asarray(np.memmap(path, "<i4", "r", 8 * size, (size,))),
        )

    @classmethod
    def summed(cls, parts: Sequence["Counts"]) -> "Counts":
        """All parts added up; what adds up to nothing is left out."""
        keys = np.concatenate([part.keys for part in parts] or [NO_COUNTS.keys])
        numbers = np.concatenate([part.numbers for part in parts] or [NO_COUNTS.numbers])
        if not len(keys):
            return NO_COUNTS
        order = np.argsort(keys, kind="stable")
        keys, numbers = keys[order], numbers[order]
        starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        totals = np.add.reduceat(numbers, starts)
        kept = totals != 0
        return cls(keys[starts][kept], totals[kept].astype(np.int32))

    def negated(self) -> "Counts":
        """The same terms with their numbers below zero."""
        return Counts(self.keys, -self.numbers)


NO_COUNTS = Counts(np.zeros(0, np.uint64), np.zeros(0, np.int32))


class Tally:
    """Counts the terms of passages, and how many there are in all."""

    def __init__(self) -> None:
        self.passages = 0
        self.lengths = dict.fromkeys(FIELDS, 0)
        self._running: dict[str, Counter[str]] = {name: Counter() for name in FIELDS}
        self._packed: list[Counts] = []

    def add(self, terms: Fields) -> None:
        """Counts one passage."""
        self.passages += 1
        for name, running in self._running.items():
            listed: tuple[str, ...] = getattr(terms, name)
            self.lengths[name] += len(listed)
            running.update(set(listed))
        if sum(map(len, self._running.values())) > _AT_ONCE:
            self._pack()

    def counts(self) -> Counts:
        """What was counted."""
        self._pack()
        return self._packed[0]

    def _pack(self) -> None:
        packed = [_columns(name, running) for name, running in self._running.items()]
        self._packed = [Counts.summed([*self._packed, *packed])]
        for running in self._running.values():
            running.clear()


def _columns(name: str, numbers: Mapping[str, int]) -> Counts:
    keys: Iterable[int] = (key_of(name, form) for form in numbers)
    return Counts(
        np.fromiter(keys, np.uint64, len(numbers)),
        np.fromiter(numbers.values(), np.int32, len(numbers)),
    )
