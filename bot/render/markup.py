"""Telegram's HTML: escaping, what people see of it, pages that cut no word and no tag."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PAGE_LIMIT = 4096
"""Visible characters of a message. Telegram counts code points; we count UTF-16 units, of which
there are never fewer."""

_ENTITY_LIMIT = 100
_BYTE_LIMIT = 32_000
"""The Bot API server refuses 32,768 bytes before it parses them."""

_BLOCK_GAP = "\n\n"
_PIECE = re.compile(r"<[^<>]*>|&[#\w]{1,10};|\s+|[^<>&\s]+|.", re.DOTALL)
# Telegram drops or blanks these; lone surrogates cannot be sent at all. Marks of direction would
# let a title turn the line around it.
_UNSEEN: dict[int, str | None] = {
    0x09: " ",
    0x2028: " ",
    0x2029: " ",
    **dict.fromkeys(range(0x09)),
    **dict.fromkeys(range(0x0B, 0x20)),
    **dict.fromkeys((0x7F, 0x061C, 0x200E, 0x200F, 0xFEFF)),
    **dict.fromkeys(range(0x202A, 0x202F)),
    **dict.fromkeys(range(0x2066, 0x206A)),
    **dict.fromkeys(range(0xD800, 0xE000)),
}


def escape(text: str) -> str:
    """The text as HTML that shows it letter for letter, without invisible control characters."""
    return html.escape(visible(text), quote=False)


def visible(text: str) -> str:
    """The text without characters that nobody sees; a tab is a space."""
    return text.translate(_UNSEEN)


def bold(text: str) -> str:
    """Plain text in bold."""
    return f"<b>{escape(text)}</b>" if text.strip() else escape(text)


def italic(text: str) -> str:
    """Plain text in italics."""
    return f"<i>{escape(text)}</i>" if text.strip() else escape(text)


def link(text: str, url: str | None) -> str:
    """Plain text that opens the address; the text alone when it is no web address."""
    if url is None or not re.fullmatch(r"https?://[^\s<>\"]{1,2000}", url):
        return escape(text)
    return f'<a href="{html.escape(visible(url), quote=True)}">{escape(text)}</a>'


def blockquote(inner: str, *, expandable: bool = False) -> str:
    """HTML set apart as a quotation; an expandable one shows three lines until tapped."""
    return f"<blockquote{' expandable' if expandable else ''}>{inner}</blockquote>"


def fill(template: str, **inner: str) -> str:
    """A sentence of the texts with its fields filled by HTML."""
    return escape(template).format(**inner)


def plain(page: str) -> str:
    """What people see of a page, without its tags."""
    return html.unescape(re.sub(r"<[^<>]*>", "", page))


def length(text: str) -> int:
    """The number of UTF-16 units, as Telegram counts offsets."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(frozen=True, slots=True)
class _Size:
    shown: int = 0
    tags: int = 0
    bytes: int = 0

    def __add__(self, other: "_Size") -> "_Size":
        return _Size(self.shown + other.shown, self.tags + other.tags, self.bytes + other.bytes)

    def fits(self, limit: int) -> bool:
        return self.shown <= limit and self.tags <= _ENTITY_LIMIT and self.bytes <= _BYTE_LIMIT


def paginate(blocks: Iterable[str], limit: int = PAGE_LIMIT) -> tuple[str, ...]:
    """The blocks on as few pages as their order allows, each whole unless it is too long alone.

    Each page has balanced tags and at most `limit` visible characters; a block that does not fit
    is cut between words, a word only when it fills a page by itself. Empty blocks are left out.
    """
    pages: list[str] = []
    gap = _Size(len(_BLOCK_GAP), 0, len(_BLOCK_GAP))
    page, held = "", _Size()
    for block in blocks:
        if not plain(block).strip():
            continue
        size = _size(block)
        if page and (held + gap + size).fits(limit):
            page, held = page + _BLOCK_GAP + block, held + gap + size
            continue
        if page:
            pages.append(page)
        *full, page = [block] if size.fits(limit) else _split(block, limit)
        pages.extend(full)
        held = _size(page)
    return (*pages, page) if page else tuple(pages)


def _size(fragment: str) -> _Size:
    pieces = _PIECE.findall(fragment)
    opened = sum(piece.startswith("<") and not piece.startswith("</") for piece in pieces)
    return _Size(length(plain(fragment)), opened, len(fragment.encode("utf-8", "replace")))


def _split(block: str, limit: int) -> list[str]:
    pages: list[str] = []
    open_tags: list[str] = []
    page, held = "", _Size()
    for piece in _pieces(block, limit):
        if piece.startswith("</"):
            open_tags.pop()
            page += piece
            continue
        size = _size(piece)
        closing = _Size(0, 0, sum(len(tag) + 3 for tag in open_tags))
        if page and not (held + size + closing).fits(limit):
            pages.append(page.rstrip() + _closed(open_tags))
            page = "".join(open_tags)
            held = _size(page)
            if piece.isspace():
                continue
        if piece.startswith("<"):
            open_tags.append(piece)
        page, held = page + piece, held + size
    if plain(page).strip():
        pages.append(page)
    return pages or [block]


def _pieces(block: str, limit: int) -> Iterator[str]:
    """Tags, white space and words; words with the entities in them, cut when above the limit."""
    word: list[str] = []
    width = 0
    for piece in _PIECE.findall(block):
        if piece.startswith("<") or piece.isspace():
            if word:
                yield "".join(word)
            word, width = [], 0
            yield piece
            continue
        # An entity stands for one character and is never cut.
        for part in [piece] if piece.startswith("&") else _lengths(piece, limit):
            size = length(html.unescape(part))
            if width + size > limit:
                yield "".join(word)
                word, width = [], 0
            word.append(part)
            width += size
    if word:
        yield "".join(word)


def _lengths(word: str, limit: int) -> Iterator[str]:
    # Half the limit, so that a character outside the plane, two units wide, still fits.
    step = max(limit // 2, 1)
    for start in range(0, len(word), step):
        yield word[start : start + step]


def _closed(open_tags: list[str]) -> str:
    return "".join(f"</{re.split(r'[ >]', tag[1:])[0]}>" for tag in reversed(open_tags))
