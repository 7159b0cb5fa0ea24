"""HTML -> its blocks of text and what its head says, by the standard library; pure.

trafilatura finds the article (webpage.py); this finds what it leaves out: captions, dates as the
page gives them, the marks of press databases, and the blocks that go to Dropped.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from knowledge.corpus.article import squeeze

_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "select", "iframe", "head"})
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "button", "caption", "dd",
     "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
     "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option",
     "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "title", "tr", "ul"),
)  # fmt: skip
_BLOCK_CLASSES = frozenset({"DocPublicationName", "DocHeader", "frHeadline", "enHeadline"})
"""Spans of press databases that stand for lines of their own."""

_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "source", "col", "area"})
_UNCLOSED = frozenset({"p", "li", "dt", "dd", "td", "tr", "option"})
"""Tags that need no end: another of the same ends them."""

_MAX_DEPTH = 500


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one block element; `marks`: tag, id and classes of all elements around it."""

    text: str
    marks: frozenset[str]
    article: int
    """The number of the <article> (or database record) around it, 0 outside of any."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A page taken apart."""

    blocks: tuple[Block, ...]
    metas: dict[str, str]
    """Names and properties of <meta>, lower case, first value; also "lang", "canonical", "time"."""
    linked: tuple[dict[str, object], ...]
    """The objects of JSON-LD scripts."""


def parse(html: str) -> Markup:
    """The blocks of a page in order, and its metadata; broken markup is read as far as it goes."""
    scanner = _Scanner()
    scanner.feed(html)
    scanner.close()
    scanner.flush()
    return Markup(tuple(scanner.blocks), scanner.metas, tuple(_linked(scanner.scripts)))


def _linked(scripts: list[str]) -> Iterator[dict[str, object]]:
    for script in scripts:
        try:
            found = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield item
                if isinstance(graph, list):
                    yield from (part for part in graph if isinstance(part, dict))


@dataclass
class _Open:
    tag: str
    marks: frozenset[str]
    article: int = 0
    is_block: bool = False


@dataclass
class _State:
    stack: list[_Open] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    articles: int = 0


class _Scanner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.metas: dict[str, str] = {}
        self.scripts: list[str] = []
        self._state = _State()
        self._silent = 0
        self._in_linked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._read_head(tag, given)
        if tag == "script" and "ld+json" in given.get("type", ""):
            self._in_linked = True
            self.scripts.append("")
        classes = set(given.get("class", "").split())
        is_block = tag in _BLOCKS or not classes.isdisjoint(_BLOCK_CLASSES)
        if is_block:
            self.flush()
        if tag in _VOID or len(self._state.stack) >= _MAX_DEPTH:
            return
        if tag in _UNCLOSED and self._state.stack and self._state.stack[-1].tag == tag:
            self._state.stack.pop()
        if tag in _SILENT:
            self._silent += 1
        around = self._state.stack[-1] if self._state.stack else _Open("", frozenset())
        marks = {tag, given.get("id", ""), *classes} - {""}
        number = around.article
        if (tag == "article" or "article" in marks) and not number:
            self._state.articles += 1
            number = self._state.articles
        self._state.stack.append(_Open(tag, around.marks | marks, number, is_block))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_linked = False
        stack = self._state.stack
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth].tag == tag:
                if any(item.is_block for item in stack[depth:]):
                    self.flush()
                self._silent -= sum(item.tag in _SILENT for item in stack[depth:])
                del stack[depth:]
                return

    def handle_data(self, data: str) -> None:
        if self._in_linked:
            self.scripts[-1] += data
        elif not self._silent:
            self._state.text.append(data)
        elif self._state.stack and self._state.stack[-1].tag == "title":
            self.metas.setdefault("title", squeeze(data))

    def flush(self) -> None:
        """Ends the block that is being read."""
        text = squeeze("".join(self._state.text))
        self._state.text.clear()
        if text:
            around = self._state.stack[-1] if self._state.stack else _Open("", frozenset())
            self.blocks.append(Block(text, around.marks, around.article))

    def _read_head(self, tag: str, given: dict[str, str]) -> None:
        match tag:
            case "meta":
                name = given.get("property") or given.get("name") or given.get("itemprop") or ""
                if name and given.get("content", "").strip():
                    self.metas.setdefault(name.lower(), squeeze(given["content"]))
            case "html" if given.get("lang"):
                self.metas.setdefault("lang", given["lang"])
            case "link" if given.get("rel", "").lower() == "canonical" and given.get("href"):
                self.metas.setdefault("canonical", given["href"])
            case "time" if given.get("datetime"):
                self.metas.setdefault("time", given["datetime"])
