"""An encoder of words: small, quick, the same everywhere; texts that share words are near."""

import hashlib
from collections.abc import Sequence

import numpy as np

from knowledge.language.terms import fold, tokenize

WIDE = 32


class Bagged:
    """The vector of a text is the sum of a common one and of one for each of its words.

    `meant` gives words that count as others, as a translation does; `seen` keeps what was
    encoded.
    """

    def __init__(self, name: str = "bagged", meant: dict[str, str] | None = None) -> None:
        self.name = name
        self.meant = meant or {}
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str], *, query: bool) -> Sequence[Sequence[float]]:
        """Unit vectors of WIDE numbers, the same for a question and for a passage."""
        self.seen += [] if query else texts
        return [self._vector(text).tolist() for text in texts]

    def _vector(self, text: str) -> np.ndarray:
        total = 2 * _drawn("")
        for token in tokenize(text):
            word = fold(token.text)
            total += _drawn(self.meant.get(word, word))
        return np.asarray(total / np.linalg.norm(total))


def _drawn(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
    row = np.random.default_rng(seed).normal(size=WIDE)
    return np.asarray(row / np.linalg.norm(row))
