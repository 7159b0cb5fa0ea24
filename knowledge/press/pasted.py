"""A pasted text as what can be checked in it: sentences, the quoted words in them, a speaker."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.corpus.sentences import split
from knowledge.language.names import find_names
from knowledge.language.quotation import Quotation, find_quotations
from knowledge.language.quote_marks import Marked, find_marked
from knowledge.language.reporting import find_reporting_verbs
from knowledge.language.terms import stop_words
from knowledge.press.truncation import is_negation
from knowledge.press.words import Word, has_digit, read, visible

_ELLIPSIS = re.compile(r"[\[(]\s*(?:…|\.{3,})\s*[\])]|…|\.{3,}")
_SIGNED = re.compile(r"[\s»”\"]*(?:(?:[—–(-]+|,)\s*)?([^\s—–()][^—–()\n]{1,59}?)(?:\s*\))?[\s.]*")
_MOST_WORDS = 150
"""A longer sentence is checked in pieces: the time of an alignment grows with its length."""

_LEFT_OVER = 1
"""Words of a frame beside speaker, verb and stop words: "lundi" in "a déclaré lundi X"."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of the pasted text; `breaks`: the numbers of the words behind an ellipsis.

    `quoted`: its parts in quotation marks, when there is more around them; `only_attributes`:
    what is around them only says who said it.
    """

    text: str
    start: int
    breaks: tuple[int, ...] = ()
    quoted: tuple["Fragment", ...] = ()
    only_attributes: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the pasted text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Pasted:
    """The pasted text, what is to be checked in it, and what it says of who said it."""

    text: str
    parts: tuple[Fragment, ...]
    quotations: tuple[Quotation, ...]
    signed: str | None

    def speaker_of(self, part: Fragment) -> str | None:
        """Who the pasted text says has said this part; None when it does not tell."""
        best: Quotation | None = None
        for quotation in self.quotations:
            shared = min(part.end, quotation.end) - max(part.start, quotation.start)
            if (
                quotation.speaker_text
                and shared > 0
                and (best is None or quotation.form == "direct")
            ):
                best = quotation
        return best.speaker_text if best else self.signed


def paste(text: str) -> Pasted:
    """Read a pasted text in NFC: its sentences without what is nothing but a signature."""
    text = re.sub(r"\s", " ", visible(text))
    marked = [m for m in find_marked(text) if m.depth == 0]
    quotations = find_quotations(text)
    parts: list[Fragment] = []
    signed: str | None = None
    for start, end in (piece for span in split(text) for piece in _pieces(text, *span)):
        words = read(text[start:end])
        if not words:
            continue
        name = _signature(text[start:end]) if parts else None
        if name is not None:
            signed = name
            continue
        parts.append(_part(text, start, end, marked, quotations))
    if signed is None and len(parts) == 1 and parts[0].only_attributes:
        signed = _only_name(text, parts[0])
    return Pasted(text, tuple(parts), quotations, signed)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = read(text[start:end])
    if len(words) <= _MOST_WORDS:
        return [(start, end)]
    cuts = [start + words[n].start for n in range(0, len(words), _MOST_WORDS)]
    return list(pairwise([*cuts, end]))


def _fragment(text: str, start: int, end: int) -> Fragment:
    inside = text[start:end]
    return Fragment(inside, start, _breaks(inside, read(inside)))


def _breaks(text: str, words: Sequence[Word]) -> tuple[int, ...]:
    found = []
    for mark in _ELLIPSIS.finditer(text):
        behind = next((n for n, word in enumerate(words) if word.start >= mark.end()), 0)
        if behind:
            found.append(behind)
    return tuple(dict.fromkeys(found))


def _part(
    text: str,
    start: int,
    end: int,
    marked: Sequence[Marked],
    quotations: Sequence[Quotation],
) -> Fragment:
    whole = _fragment(text, start, end)
    inner = [
        _fragment(text, max(start, m.inner_start), min(end, m.inner_end))
        for m in marked
        if m.inner_start < end and m.inner_end > start
    ]
    quoted = tuple(fragment for fragment in inner if len(read(fragment.text)) > 1)
    frame = [
        Word(word.form, start + word.start, start + word.end)
        for word in read(whole.text)
        if not any(q.start <= start + word.start < q.end for q in inner)
    ]
    if not quoted or not frame:
        return whole
    return Fragment(
        whole.text, start, whole.breaks, quoted, _only_attributes(text, frame, quotations)
    )


def _only_attributes(text: str, frame: Sequence[Word], quotations: Sequence[Quotation]) -> bool:
    """Whether a frame is a speaker and a reporting verb, with nothing to check in it."""
    known = [(v.start, v.end) for v in find_reporting_verbs(text)]
    known += [(name.start, name.end) for name in find_names(text)]
    known += [
        (q.speaker_start, q.speaker_end)
        for q in quotations
        if q.speaker_start is not None and q.speaker_end is not None
    ]
    rest = [
        word
        for word in frame
        if word.form not in stop_words()
        and not any(start <= word.start < end for start, end in known)
    ]
    checked = any(has_digit(word.form) or is_negation(word.form) for word in frame)
    return len(rest) <= _LEFT_OVER and not checked


def _signature(text: str) -> str | None:
    """The name in "— Jeanne Morvan", None when a sentence is more than that."""
    found = _SIGNED.fullmatch(text)
    names = find_names(found.group(1)) if found else ()
    if found and len(names) == 1 and len(read(found.group(1))) <= 6:
        inside = found.group(1)
        # A short word with a capital ("Xi") is no name where a sentence begins.
        rest = inside[: names[0].start] + inside[names[0].end :]
        if all(inside[: names[0].start][w.start : w.end].istitle() or w.form in stop_words()
               for w in read(rest)):  # fmt: skip
            return inside
    return None


def _only_name(text: str, part: Fragment) -> str | None:
    """The one name in a frame, for « … » (Jeanne Morvan)."""
    bracketed = re.search(r"[(—–]\s*([^()—–]{2,60}?)\s*\)?\W*\Z", text)
    if bracketed and find_names(bracketed.group(1)):
        return bracketed.group(1)
    outside = [
        name.text
        for name in find_names(text)
        if not any(q.start <= name.start < q.end for q in part.quoted)
    ]
    return outside[0] if len(outside) == 1 else None
