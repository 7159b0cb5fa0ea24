"""Plain text -> lines that are paragraphs: wrapped lines joined, broken quotation joined; pure.

DESIGN.md: a line break inside a paragraph is a space when the lines are wrapped, a new paragraph
when each line is one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.corpus.article import squeeze
from knowledge.corpus.draft import Line
from knowledge.corpus.wordlists import fold, words

MAX_WRAP = 132
"""No text is wrapped wider (132 is the widest terminal); pasted paragraphs are longer."""

_TOLERANCE = 8
"""Ragged wrapping (mail programs, PDF) leaves up to one short word of room at the end of a line."""

_SHARE = 0.6
"""Share of line pairs that must look wrapped; short last lines of paragraphs are the rest."""

_FINAL = re.compile(r"[.!?…][\s\"”»’')\]]*$")
_CLOSES = re.compile(r"[\"”»]$")
_CONTINUES = re.compile(r"[,;.)\]…]|[:?!»]\s|[a-zà-öø-ÿœ]")
_TAIL = 80
"""Characters of a paragraph's end that are looked at: a page of fragments stays linear."""

_PUNCTUATION = re.compile(r"[,;.)\]…]")
_QUOTE = re.compile(r"[\"“«]")
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)['’]?$")
_LIST_ITEM = re.compile(r"(?:[-–—•*▪●]|\d{1,2}[.)])\s")
_HYPHENATED = re.compile(r"[^\W\d_]-$")


def read(text: str) -> tuple[Line, ...]:
    """The paragraphs of a text, in order, each on one line; `gap` tells blank lines before it."""
    raw = text.splitlines()
    width = _wrap_width(raw)
    lines = _unwrap(raw, width) if width else one_each(text)
    return tuple(join_fragments(lines))


def one_each(text: str) -> list[Line]:
    """The lines of a text in which each line is a paragraph."""
    lines: list[Line] = []
    gap = False
    for line in text.splitlines():
        if squeezed := squeeze(line):
            lines.append(Line(squeezed, gap))
            gap = False
        else:
            gap = True
    return lines


def _pairs(raw: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Lines that follow each other without a blank line between them."""
    for first, second in pairwise(raw):
        if first.strip() and second.strip():
            yield first.rstrip(), second


def _wrap_width(raw: Sequence[str]) -> int:
    """The width at which the text was wrapped, 0 when each line is a paragraph."""
    lengths = sorted(len(line.rstrip()) for line in raw if line.strip())
    if not lengths:
        return 0
    # A few longer lines (a title, a URL) do not make a wrapped text another kind of text.
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if width > MAX_WRAP or width < 40:
        return 0
    pairs = list(_pairs(raw))
    wrapped = sum(_is_full(first, second, width) for first, second in pairs)
    return width if len(pairs) >= 3 and wrapped >= _SHARE * len(pairs) else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word had no room on this line."""
    first_word = following.split(maxsplit=1)[0]
    return len(line) + 1 + len(first_word) + _TOLERANCE > width


def _unwrap(raw: Sequence[str], width: int) -> list[Line]:
    lines: list[Line] = []
    gap = False
    previous = ""
    for text in raw:
        stripped = text.strip()
        if not stripped:
            gap, previous = True, ""
            continue
        indented = text[:1] in " \t" and not previous[:1].isspace()
        if previous and not indented and _goes_on(previous, stripped, width):
            glue = "" if _HYPHENATED.search(lines[-1].text) else " "
            lines[-1] = Line(squeeze(lines[-1].text + glue + stripped), lines[-1].gap)
        else:
            lines.append(Line(squeeze(stripped), gap))
        gap, previous = False, text.rstrip()
    return lines


def _goes_on(line: str, following: str, width: int) -> bool:
    if _LIST_ITEM.match(following):
        return False
    if _is_full(line, following, width):
        return True
    return not _FINAL.search(line) and bool(_CONTINUES.match(following))


def join_fragments(lines: Sequence[Line]) -> Iterator[Line]:
    """Joins what a page broke around links and quotations (`Le pays` / `"accueille…"` / `.`)."""
    pieces: list[Line] = []
    ending = ""
    for line in lines:
        if pieces and _is_fragment(ending, line):
            pieces.append(line)
            ending = _glue(ending, line.text)[-_TAIL:]
            continue
        if pieces:
            yield _joined(pieces)
        pieces = [line]
        ending = line.text[-_TAIL:]
    if pieces:
        yield _joined(pieces)


def _joined(pieces: Sequence[Line]) -> Line:
    if len(pieces) == 1:
        return pieces[0]
    texts = [piece.text for piece in pieces]
    glued = (("" if _is_attached(text) else " ") + text for text in texts[1:])
    return Line(texts[0] + "".join(glued), pieces[0].gap)


def _is_attached(text: str) -> bool:
    return text.startswith((",", ".", ")", "]"))


def _glue(before: str, after: str) -> str:
    return before + after if _is_attached(after) else f"{before} {after}"


def _is_fragment(before: str, line: Line) -> bool:
    """Whether a line goes on with the paragraph before it rather than opens another."""
    after = line.text
    if _LIST_ITEM.match(after) or after.startswith("#"):
        return False
    if _PUNCTUATION.match(after):
        return not after.startswith(("...", "…"))
    if _FINAL.search(before):
        return False
    if line.gap and not (before.endswith(",") or _CLOSES.search(before)):
        return False
    if _CONTINUES.match(after):
        return not before.endswith(":")
    if not _QUOTE.match(after):
        return not line.gap and before.endswith(",") and _is_sentence_part(before)
    inside = after.lstrip('"“« \xa0\u202f')[:1]
    return inside.islower() or _hangs(before)


def _is_sentence_part(before: str) -> bool:
    """A long line that ends with a comma was cut; a short one may be an item of a list."""
    return len(before) >= 40


def _hangs(before: str) -> bool:
    """Whether a line cannot end where it ends: a comma, a colon, a word that needs another."""
    if before.endswith((",", ":")):
        return True
    word = _LAST_WORD.search(before)
    return bool(word) and fold(word.group(1) if word else "") in words("hanging_words.txt")
