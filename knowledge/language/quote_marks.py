"""Quotation marks of a French text, paired: « », “ ”, straight ones, nested and unclosed."""

import re
from dataclasses import dataclass, replace

_OPENING = "«“„‟"
_CLOSING = "»”"
_MARK = re.compile(r"[«»“”„‟\"]")
_MOST = 60
"""More marks than this, closer than one in twenty characters, are no quotations."""
_PARTNER = {"»": "«", "”": "“"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A quoted stretch with its marks; the inner span leaves out marks and padding spaces.

    `depth` counts from 0; `closed` is False when the paragraph ends before a closing mark.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    closed: bool


def find_marked(text: str) -> tuple[Marked, ...]:
    """The quoted stretches of a text in order of their start; none crosses a paragraph."""
    found: list[Marked] = []
    start = 0
    for border in [*(m.start() for m in re.finditer(r"\n\s*\n", text)), len(text)]:
        found.extend(_paragraph(text, start, border))
        start = border
    return tuple(sorted(found, key=lambda marked: (marked.start, -marked.end)))


def _opens(text: str, at: int, stack: list[tuple[int, str]]) -> bool:
    """Whether a straight mark opens: by the characters beside it, then by what is open."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    straight_open = any(mark == '"' for _, mark in stack)
    if not straight_open:
        return True
    return (
        before in " \n\u00a0\u202f(«“"
        and after.isalnum()
        and text[max(0, at - 9) : at].rstrip()[-1:] in ":,"
    )


def _paragraph(text: str, start: int, stop: int) -> list[Marked]:
    stack: list[tuple[int, str]] = []
    found: list[Marked] = []
    matches = list(_MARK.finditer(text, start, stop))
    if len(matches) > _MOST and len(matches) * 20 > stop - start:
        return []
    for match in matches:
        at, mark = match.start(), match.group()
        if mark in _OPENING or (mark == '"' and _opens(text, at, stack)):
            stack.append((at, mark))
            continue
        if not stack:
            continue
        partner = _PARTNER.get(mark, mark)
        same = [i for i, (_, opening) in enumerate(stack) if opening == partner]
        # Marks of two kinds are mixed now and then: “ … ». The innermost one is closed then.
        level = same[-1] if same else len(stack) - 1
        opened, _ = stack[level]
        del stack[level:]
        found.append(_marked(text, opened, at, level, closed=True))
    for level, (opened, _) in enumerate(stack):
        # One mark closes both when a quotation ends inside another of the same kind.
        inner = [m for m in found if m.start > opened and m.depth == level + 1]
        if inner:
            found.append(_marked(text, opened, inner[0].end - 1, level, closed=True))
        else:
            found.append(_marked(text, opened, stop, level, closed=False))
    found = [m for m in found if m.inner_start < m.inner_end]
    return [
        replace(m, depth=sum(1 for o in found if o.start < m.start and m.end <= o.end))
        for m in found
    ]


def _marked(text: str, opened: int, closing: int, depth: int, *, closed: bool) -> Marked:
    inner_start, inner_end = opened + 1, closing
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    return Marked(
        opened, closing + 1 if closed else inner_end, inner_start, inner_end, depth, closed
    )
