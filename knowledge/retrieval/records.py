"""The terms of one passage as bytes, and exact BM25 scores over the four fields.

An engine on disk picks a few hundred candidates by their stems; what decides is computed here,
from what the candidates themselves say, with the formula and the weights of the index in memory.
"""

import os
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from knowledge.language.terms import Fields
from knowledge.model import ParagraphKind
from knowledge.retrieval.bm25 import K1, B
from knowledge.retrieval.memory import CAPTION_WEIGHT, FIELD_WEIGHTS, SearchTerm

_HEAD = struct.Struct("<QIIII")
_CAPTION = 1 << 31
"""The bit of a place that says: a caption."""


@dataclass(frozen=True, slots=True)
class Record:
    """A passage as an engine keeps it: whose it is, and its terms.

    `article`: the key of the article's text, so that a record of another version is told from
    this one; `ordinal`: which of its passages; `grams`: how many; `stems` and `surfaces`:
    `code_of` each, in order; `text`: the surface forms as "_un_ _deux_", in UTF-8.
    """

    article: int
    ordinal: int
    caption: bool
    grams: int
    stems: np.ndarray
    surfaces: np.ndarray
    text: bytes


@lru_cache(maxsize=50_000)
def code_of(term: str) -> int:
    """32 bits for a term: one word in 100 million is taken for another that is asked."""
    return zlib.crc32(term.encode("utf-8", "replace"))


class Statistics(Protocol):
    """What BM25 has to know of all passages."""

    def idf(self, form: str, field: str = "stems") -> float:
        """The idf of a term in a field."""

    def mean_length(self, field: str) -> float:
        """How many terms a passage has in the field, on average; above 0."""


def encode_record(article: int, ordinal: int, kind: ParagraphKind, terms: Fields) -> bytes:
    """What `decode_record` reads."""
    place = ordinal | (_CAPTION if kind == "caption" else 0)
    head = _HEAD.pack(article, place, len(terms.grams), len(terms.stems), len(terms.surfaces))
    codes = np.array([*map(code_of, terms.stems), *map(code_of, terms.surfaces)], "<u4")
    text = " ".join(f"_{surface}_" for surface in terms.surfaces)
    return head + codes.tobytes() + text.encode("utf-8", "replace")


def decode_record(stored: bytes) -> Record:
    """The record that `encode_record` gave.

    Raises:
        ValueError: these bytes are something else.
    """
    try:
        article, place, grams, stems, surfaces = _HEAD.unpack_from(stored)
        codes = np.frombuffer(stored, "<u4", stems + surfaces, _HEAD.size)
    except (struct.error, ValueError) as error:
        raise ValueError("no record of a passage") from error
    return Record(
        article, place & ~_CAPTION, bool(place & _CAPTION), grams, codes[:stems], codes[stems:],
        stored[_HEAD.size + codes.nbytes :],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Term:
    """A form, or a pair of them with a space between, and what it weighs: share, idf and field."""

    form: str
    weight: float
    column: int


class Scorer:
    """Scores records for one question, as the index in memory scores passages."""

    def __init__(self, terms: Sequence[SearchTerm], statistics: Statistics) -> None:
        self._means = {name: statistics.mean_length(name) for name in FIELD_WEIGHTS}
        self._stems, self._surfaces = _Columns(), _Columns()
        self._groups: list[tuple[_Term, ...]] = []
        plain: dict[str, dict[str, float]] = {name: {} for name in FIELD_WEIGHTS}
        for term in terms:
            factor = FIELD_WEIGHTS[term.field] * (K1 + 1)
            weighed = tuple(
                (form, factor * share * statistics.idf(form, _field_of(form, term.field)))
                for form, share in term.alternatives
            )
            if term.field == "stems":
                self._groups.append(tuple(_Term(f, w, self._stems.of(f)) for f, w in weighed))
                continue
            known = plain[term.field]
            for form, weight in weighed:
                known[form] = known.get(form, 0.0) + weight
        self._pairs = [(w, self._stems.of(pair)) for pair, w in plain["bigrams"].items()]
        self._words = [
            (plain["surfaces"][f], self._surfaces.of(f)) for f in sorted(plain["surfaces"])
        ]
        self._grams = [
            (gram, weight, any(gram.startswith(gram[at:]) for at in range(1, len(gram))))
            for gram, weight in plain["grams"].items()
        ]

    def by_words(self, records: Sequence[Record]) -> tuple[np.ndarray, list[tuple[str, ...]]]:
        """Of each: (score of stems, pairs and surface forms; the forms of stems held, as asked)."""
        counts = self._stems.counted([record.stems for record in records])
        lengths = np.array([len(record.stems) for record in records], float)
        single = self._norm("stems", lengths)
        double = self._norm("bigrams", np.maximum(0, lengths - 1))
        total = np.zeros(len(records))
        for group in self._groups:
            best = np.zeros(len(records))
            for term in group:
                norm = double if " " in term.form else single
                np.maximum(best, _saturated(term.weight, counts[term.column], norm), out=best)
            total += best
        for weight, column in self._pairs:
            total += _saturated(weight, counts[column], double)
        counted = self._surfaces.counted([record.surfaces for record in records])
        lengths = np.array([len(record.surfaces) for record in records], float)
        worded = self._norm("surfaces", lengths)
        for weight, column in self._words:
            total += _saturated(weight, counted[column], worded)
        total *= np.array([_prior(record) for record in records])
        asked = {term.form: term.column for group in self._groups for term in group}
        held = counts[list(asked.values())].T > 0
        forms = np.array(list(asked), object)
        return total, [tuple(forms[row]) for row in held]

    def by_letters(self, record: Record) -> float:
        """What the 4-grams of the surface forms add to the score."""
        norm = float(self._norm("grams", np.array(record.grams)))
        text = str(record.text, "utf-8")
        total = 0.0
        for gram, weight, overlaps in self._grams:
            if count := text.count(gram):
                if overlaps:
                    count = _occurrences(gram, text)
                total += weight * count / (count + norm)
        return total * _prior(record)

    def _norm(self, field: str, length: np.ndarray) -> np.ndarray:
        return K1 * (1 - B + B * length / self._means[field])


class _Columns:
    """Forms and pairs of forms looked for together, each with the number of its column."""

    def __init__(self) -> None:
        self._columns: dict[str, int] = {}

    def of(self, form: str) -> int:
        """The column of a form, or of a pair with a space between."""
        return self._columns.setdefault(form, len(self._columns))

    def counted(self, passages: Sequence[np.ndarray]) -> np.ndarray:
        """How often each form stands in each passage, given as codes: (columns, passages)."""
        size = len(passages)
        counts = np.zeros((len(self._columns), size))
        parts = {form: [code_of(part) for part in form.split(" ")] for form in self._columns}
        codes = np.unique(np.array([code for known in parts.values() for code in known], "<u4"))
        if not len(codes):
            return counts
        words = np.concatenate(passages)
        owners = np.repeat(np.arange(size), [len(passage) for passage in passages])
        nearest = np.minimum(np.searchsorted(codes, words), len(codes) - 1)
        places = np.flatnonzero(codes[nearest] == words)
        code, owner = nearest[places], owners[places]
        single = np.bincount(code * size + owner, minlength=len(codes) * size).reshape(-1, size)
        beside = (np.diff(places) == 1) & (np.diff(owner) == 0)
        link, linked = (code[:-1] * len(codes) + code[1:])[beside], owner[:-1][beside]
        for form, column in self._columns.items():
            at = np.searchsorted(codes, parts[form])
            if len(at) == 1:
                counts[column] = single[at[0]]
            else:
                pair = link == at[0] * len(codes) + at[1]
                counts[column] = np.bincount(linked[pair], minlength=size)
        return counts


def _saturated(weight: float, counts: np.ndarray, norm: np.ndarray) -> np.ndarray:
    found: np.ndarray = weight * counts / (counts + norm)
    return found


def _prior(record: Record) -> float:
    return CAPTION_WEIGHT if record.caption else 1.0


def _field_of(form: str, field: str) -> str:
    return "bigrams" if " " in form else field


def _occurrences(gram: str, text: str) -> int:
    """How often the gram stands in the text, overlaps counted ("abab" twice in "ababab")."""
    count, at = 0, text.find(gram)
    while at >= 0:
        count += 1
        at = text.find(gram, at + 1)
    return count


class RecordFile:
    """Records of passages in a file, in the order in which they were written; any thread may read.

    Read, not mapped: what is mapped of a large dossier soon counts as gigabytes of memory.
    """

    def __init__(self, path: Path, borders: Path) -> None:
        """`borders`: where each begins, and where the last ends.

        Raises: OSError, ValueError when they do not belong together.
        """
        # As a plain array, which gives its numbers in a quarter of the time.
        self._borders = np.asarray(np.memmap(borders, "<u8", "r"))
        if int(self._borders[-1]) != path.stat().st_size:
            raise ValueError("all that was written")
        self._file = os.open(path, os.O_RDONLY)

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            os.close(self._file)

    def __getitem__(self, number: int) -> bytes:
        start, end = self._borders[number : number + 2].tolist()
        return os.pread(self._file, end - start, start)
