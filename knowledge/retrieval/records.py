"""The terms of one passage as bytes, and its exact BM25 score over the four fields.

An engine on disk picks a few hundred candidates by their stems; what decides is computed here,
from what the candidate itself says, with the formula and the weights of the index in memory.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from knowledge.language.terms import Fields
from knowledge.model import ParagraphKind
from knowledge.retrieval.bm25 import K1, B
from knowledge.retrieval.memory import CAPTION_WEIGHT, FIELD_WEIGHTS, SearchTerm

_HEAD = struct.Struct("<QIBI")


@dataclass(frozen=True, slots=True)
class Record:
    """A passage as an engine keeps it: whose it is, and its terms.

    `article`: the key of the article's text, so that a record of another version is told from
    this one; `ordinal`: which of its passages; `grams`: how many; `surfaces`: "_un_ _deux_".
    """

    article: int
    ordinal: int
    caption: bool
    grams: int
    stems: str
    surfaces: str


class Statistics(Protocol):
    """What BM25 has to know of all passages."""

    def idf(self, form: str, field: str = "stems") -> float:
        """The idf of a term in a field."""

    def mean_length(self, field: str) -> float:
        """How many terms a passage has in the field, on average; above 0."""


def encode_record(article: int, ordinal: int, kind: ParagraphKind, terms: Fields) -> bytes:
    """What `decode_record` reads."""
    surfaces = " ".join(f"_{surface}_" for surface in terms.surfaces)
    text = f"{' '.join(terms.stems)}\n{surfaces}".encode("utf-8", "replace")
    return _HEAD.pack(article, ordinal, kind == "caption", len(terms.grams)) + text


def decode_record(stored: bytes) -> Record:
    """The record that `encode_record` gave.

    Raises:
        ValueError: these bytes are something else.
    """
    try:
        article, ordinal, caption, grams = _HEAD.unpack_from(stored)
    except struct.error as error:
        raise ValueError("no record of a passage") from error
    stems, surfaces = stored[_HEAD.size :].decode("utf-8").split("\n")
    return Record(article, ordinal, bool(caption), grams, stems, surfaces)


_Weighed = tuple[str, float]
"""A form with what it weighs: share, idf and field together."""


class Scorer:
    """Scores records for one question, as the index in memory scores passages."""

    def __init__(self, terms: Sequence[SearchTerm], statistics: Statistics) -> None:
        self._means = {name: statistics.mean_length(name) for name in FIELD_WEIGHTS}
        self._groups: list[tuple[_Weighed, ...]] = []
        plain: dict[str, dict[str, float]] = {name: {} for name in FIELD_WEIGHTS}
        for term in terms:
            factor = FIELD_WEIGHTS[term.field] * (K1 + 1)
            weighed = tuple(
                (form, factor * share * statistics.idf(form, _field_of(form, term.field)))
                for form, share in term.alternatives
            )
            if term.field == "stems":
                self._groups.append(weighed)
                continue
            known = plain[term.field]
            for form, weight in weighed:
                known[form] = known.get(form, 0.0) + weight
        forms = {form for group in self._groups for form, _ in group}
        self._stems = frozenset(form for form in forms if " " not in form)
        self._surfaces = {f"_{form}_": weight for form, weight in plain["surfaces"].items()}
        self._bigrams = plain["bigrams"]
        self._pairs = [
            (pair, *pair.split(" "))
            for pair in dict.fromkeys([*(f for f in forms if " " in f), *self._bigrams])
        ]
        self._grams = [
            (gram, weight, any(gram.startswith(gram[at:]) for at in range(1, len(gram))))
            for gram, weight in plain["grams"].items()
        ]

    def by_words(self, record: Record) -> tuple[float, tuple[str, ...]]:
        """(score of stems, pairs and surface forms; the forms of stems held, as asked)."""
        stems = record.stems.split(" ") if record.stems else []
        there = set(stems)
        held = {form: stems.count(form) for form in self._stems & there}
        for pair, first, second in self._pairs:
            # Cheap, and false of nearly all: a pair is also a piece of the text.
            if pair in record.stems:
                times = sum(1 for found in pairwise(stems) if found == (first, second))
                if times:
                    held[pair] = times
        single = self._norm("stems", len(stems))
        double = self._norm("bigrams", max(0, len(stems) - 1))
        total = 0.0
        for group in self._groups:
            best = 0.0
            for form, weight in group:
                if count := held.get(form):
                    norm = double if " " in form else single
                    best = max(best, weight * count / (count + norm))
            total += best
        for pair, weight in self._bigrams.items():
            if count := held.get(pair):
                total += weight * count / (count + double)
        words = record.surfaces.split(" ") if record.surfaces else []
        norm = self._norm("surfaces", len(words))
        for form in sorted(self._surfaces.keys() & words):
            count = words.count(form)
            total += self._surfaces[form] * count / (count + norm)
        matched = dict.fromkeys(form for group in self._groups for form, _ in group if form in held)
        return total * _prior(record), tuple(matched)

    def by_letters(self, record: Record) -> float:
        """What the 4-grams of the surface forms add to the score."""
        norm = self._norm("grams", record.grams)
        total = 0.0
        for gram, weight, overlaps in self._grams:
            if count := record.surfaces.count(gram):
                if overlaps:
                    count = _occurrences(gram, record.surfaces)
                total += weight * count / (count + norm)
        return total * _prior(record)

    def _norm(self, field: str, length: int) -> float:
        return K1 * (1 - B + B * length / self._means[field])


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
