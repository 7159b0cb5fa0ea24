"""The vectors of passages and sentences: worked out at indexing, kept with the generation.

Encoding is the slow part of indexing (0.3 s a passage on one thread), so a text that was encoded
before keeps its vector: a reload encodes only what changed.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from knowledge.model import Dossier, Encoder, Hit, Passage

if TYPE_CHECKING:
    import numpy as np

Report = Callable[[str, int, int], None]

RERANKED = 50
"""Passages found by words that meaning may reorder: they hold 95 % of PIAF's gold passages."""
PASSAGE_WEIGHT = 15.5
SENTENCE_WEIGHT = 12.3
"""What a cosine of 1 with the passage and with the nearest of its sentences weighs against all the
idf mass of the question. Learned on PIAF, five-fold by article: recall@1 .749 by words, .793 with
the passage, .789 with the sentence, .800 with both; recall@5 .888, .916, .917, .921."""
_FLOOR = 0.7
"""Hardly any two texts of this encoder have a lower cosine."""

_KEY = 16
"""Bytes of a text's hash: two texts of one dossier never share it."""
_AT_ONCE = 16
"""Texts between two words on progress: about three seconds."""


@dataclass(frozen=True, eq=False)
class Vectors:
    """Unit vectors as float16: a row a passage, and the rows of its sentences in order.

    The sentences of passage n are rows `starts[n]` to `starts[n + 1]`. `keys` holds the hash of
    each encoded text, passages first. Half precision moves a cosine by less than .001.
    """

    encoder: str
    passages: "np.ndarray"
    sentences: "np.ndarray"
    starts: "np.ndarray"
    keys: bytes

    def near(self, question: "np.ndarray", passages: Sequence[int]) -> "np.ndarray":
        """The cosine of the question with each of these passages."""
        return _cosines(self.passages[list(passages)], question)

    def near_sentences(self, question: "np.ndarray", passage: int) -> "np.ndarray":
        """The cosine of the question with each sentence of the passage, in order."""
        rows = slice(int(self.starts[passage]), int(self.starts[passage + 1]))
        return _cosines(self.sentences[rows], question)

    def nearest(
        self, question: "np.ndarray", k: int, *, allowed: Callable[[int], bool] | None = None
    ) -> tuple[int, ...]:
        """The k allowed passages nearest to the question, best first, ties in corpus order."""
        import numpy as np

        order = np.argsort(-_cosines(self.passages, question), kind="stable").tolist()
        return tuple(islice((n for n in order if allowed is None or allowed(n)), k))

    def to_blobs(self) -> dict[str, bytes]:
        """What `from_blobs` reads."""
        return {
            "encoder": self.encoder.encode(),
            "passages": self.passages.tobytes(),
            "sentences": self.sentences.tobytes(),
            "starts": self.starts.tobytes(),
            "keys": self.keys,
        }

    @classmethod
    def from_blobs(cls, blobs: Mapping[str, bytes]) -> "Vectors":
        """The vectors that `to_blobs` stored.

        Raises:
            LookupError, ValueError: these blobs are not what `to_blobs` gives.
        """
        import numpy as np

        starts = np.frombuffer(blobs["starts"], dtype=np.int64)
        counts = len(starts) - 1, int(starts[-1])
        rows = [np.frombuffer(blobs[name], np.float16) for name in ("passages", "sentences")]
        wide = len(rows[0]) // max(1, counts[0])
        if len(blobs["keys"]) != _KEY * sum(counts) or [len(r) for r in rows] != [
            wide * count for count in counts
        ]:
            raise ValueError("as many vectors as keys, all of one length")
        whole, parts = (r.reshape(n, wide) for r, n in zip(rows, counts, strict=True))
        return cls(blobs["encoder"].decode(), whole, parts, starts, blobs["keys"])

    @cached_property
    def known(self) -> "dict[bytes, np.ndarray]":
        """Hash of a text -> its vector."""
        keys = [self.keys[at : at + _KEY] for at in range(0, len(self.keys), _KEY)]
        return dict(zip(keys, [*self.passages, *self.sentences], strict=True))


@dataclass(frozen=True, eq=False)
class Meaning:
    """What a generation knows beyond words: its vectors, and the encoder that made them."""

    encoder: Encoder
    vectors: Vectors

    def question(self, text: str) -> "np.ndarray":
        """The vector of a question, float32."""
        import numpy as np

        return np.asarray(self.encoder.encode([text], query=True)[0], dtype=np.float32)

    def fused(self, text: str, hits: Sequence[Hit], mass: float) -> tuple[float, ...]:
        """The score of each hit by words and meaning, on the scale of its own.

        `mass`: the idf mass of the question, which a score by words is measured against.
        """
        question = self.question(text)
        whole = self.vectors.near(question, [hit.passage for hit in hits])
        return tuple(
            hit.score
            + mass * PASSAGE_WEIGHT * (float(near) - _FLOOR)
            + mass * SENTENCE_WEIGHT * (self._nearest_sentence(question, hit.passage) - _FLOOR)
            for hit, near in zip(hits, whole, strict=True)
        )

    def rerank(self, text: str, hits: Sequence[Hit], mass: float) -> tuple[Hit, ...]:
        """The hits by falling fused score, ties as they came; `score` stays that of the words."""
        scores = self.fused(text, hits, mass)
        order = sorted(range(len(hits)), key=lambda n: (-scores[n], n))
        return tuple(replace(hits[n], rank=rank) for rank, n in enumerate(order))

    def bridged(
        self,
        text: str,
        hits: Sequence[Hit],
        k: int,
        *,
        allowed: Callable[[int], bool] | None = None,
    ) -> tuple[Hit, ...]:
        """The hits, and behind them those of the k nearest passages that words did not find."""
        found = {hit.passage for hit in hits}
        close = self.vectors.nearest(self.question(text), k, allowed=allowed)
        new = [passage for passage in close if passage not in found]
        more = (Hit(p, 0.0, rank, ()) for rank, p in enumerate(new, start=len(hits)))
        return (*hits, *more)

    def near(self, text: str, passage: int) -> tuple[float, tuple[float, ...]]:
        """The cosine of the question with the passage, and with each of its sentences in order."""
        question = self.question(text)
        (whole,) = self.vectors.near(question, [passage]).tolist()
        return whole, tuple(self.vectors.near_sentences(question, passage).tolist())

    def over(self, dossier: Dossier, passages: Sequence[Passage]) -> "Meaning":
        """The same encoder over other passages; what is known already is not encoded again."""
        return replace(self, vectors=encode(dossier, passages, self.encoder, before=self.vectors))

    def _nearest_sentence(self, question: "np.ndarray", passage: int) -> float:
        return float(self.vectors.near_sentences(question, passage).max(initial=_FLOOR))


def encode(
    dossier: Dossier,
    passages: Sequence[Passage],
    encoder: Encoder,
    *,
    before: Vectors | None = None,
    progress: Report | None = None,
) -> Vectors:
    """The vectors of the passages, each with its article's title, and of their sentences.

    `before`: vectors whose texts need no second encoding, of any generation; those of another
    encoder are left alone. `progress` is told ("encode", texts done, texts to do).
    """
    import numpy as np

    whole, parts, starts = _texts(dossier, passages)
    texts = [*whole, *parts]
    keys = [_key(text) for text in texts]
    known = before.known if before is not None and before.encoder == encoder.name else {}
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    known = {**known, **_encoded(new, encoder, progress)}
    rows = [known[key] for key in keys]
    return Vectors(
        encoder.name,
        _stacked(rows[: len(whole)]),
        _stacked(rows[len(whole) :]),
        np.array(starts, dtype=np.int64),
        b"".join(keys),
    )


def _texts(dossier: Dossier, passages: Sequence[Passage]) -> tuple[list[str], list[str], list[int]]:
    """(texts of passages, texts of their sentences, where the sentences of each begin)."""
    articles = {article.id: article for article in dossier.articles}
    whole: list[str] = []
    parts: list[str] = []
    starts = [0]
    for passage in passages:
        article = articles[passage.article]
        whole.append(f"{article.title}. {article.text[passage.start : passage.end]}")
        parts += [
            article.text[s.start : s.end]
            for s in article.sentences
            if passage.start <= s.start < passage.end
        ]
        starts.append(len(parts))
    return whole, parts, starts


def _encoded(
    texts: Mapping[bytes, str], encoder: Encoder, progress: Report | None
) -> "dict[bytes, np.ndarray]":
    import numpy as np

    keys = list(texts)
    found: dict[bytes, np.ndarray] = {}
    for at in range(0, len(keys), _AT_ONCE):
        if progress is not None:
            progress("encode", at, len(keys))
        some = keys[at : at + _AT_ONCE]
        rows = np.asarray(encoder.encode([texts[key] for key in some], query=False))
        found |= dict(zip(some, rows.astype(np.float16), strict=True))
    if progress is not None and keys:
        progress("encode", len(keys), len(keys))
    return found


def _cosines(rows: "np.ndarray", question: "np.ndarray") -> "np.ndarray":
    import numpy as np

    # Rounded, so that no answer hangs on the last bit of a sum.
    if not len(rows):
        return np.zeros(0, dtype=np.float64)
    found: np.ndarray = rows.astype(np.float32) @ question
    return found.astype(np.float64).round(5)


def _stacked(rows: "Sequence[np.ndarray]") -> "np.ndarray":
    import numpy as np

    wide = len(rows[0]) if rows else 0
    return np.array(rows, dtype=np.float16).reshape(len(rows), wide)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_KEY).digest()
