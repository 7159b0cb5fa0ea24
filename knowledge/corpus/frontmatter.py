"""The front matter of a Markdown file, the small part of YAML that people write there; pure."""

import json
import re

from knowledge.corpus.dates import parse_date
from knowledge.corpus.draft import Facts
from knowledge.corpus.wordlists import fold

_FENCE = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"([^\s:#=\-][^:=\n]{0,60}?)\s*[:=](?:\s+|$)(.*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_MAX_LENGTH = 20_000
_KEYS = {
    "title": ("title", "titre"),
    "publisher": ("publisher", "source", "outlet", "journal", "media", "site", "publication"),
    "agency": ("agency", "agence"),
    "authors": ("authors", "author", "auteur", "auteurs", "by"),
    "published": ("published", "date", "publie", "date de publication", "publish date"),
    "url": ("url", "link", "lien", "canonical"),
    "language": ("language", "lang", "langue"),
}


def split(text: str) -> tuple[Facts, str]:
    """The facts of the front matter and the text after it; no facts when there is none."""
    fence = _FENCE.match(text) if text.lstrip()[:3] in ("---", "+++") else None
    if not fence or len(fence.group(2)) > _MAX_LENGTH:
        return Facts(), text
    entries = _entries(fence.group(2))
    if not entries and fence.group(2).strip():
        return Facts(), text
    return _facts(entries), text[fence.end() :]


def _entries(block: str) -> dict[str, tuple[str, ...]]:
    entries: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in block.splitlines():
        if (item := _ITEM.fullmatch(line)) and key:
            entries[key] += _values(item.group(1))
        elif entry := _ENTRY.fullmatch(line):
            key = fold(entry.group(1).strip().strip("\"'"))
            entries[key] = _values(entry.group(2))
        elif line.startswith((" ", "\t")) and key and line.strip():
            # A folded scalar: the value goes on, on indented lines.
            folded = " ".join((*entries[key], line.strip()))
            entries[key] = (folded.removeprefix("> ").removeprefix("| "),)
    return entries


def _values(raw: str) -> tuple[str, ...]:
    raw = raw.strip()
    if raw.startswith("[") and raw.endswith("]"):
        return tuple(value for part in raw[1:-1].split(",") for value in _values(part))
    value = _scalar(raw)
    return (value,) if value else ()


def _scalar(raw: str) -> str:
    if raw.startswith('"'):
        try:
            value, _ = json.JSONDecoder().raw_decode(raw)
        except ValueError:
            return raw.strip('"')
        return value if isinstance(value, str) else raw
    if len(raw) > 1 and raw.startswith("'") and raw.endswith("'"):
        return raw[1:-1].replace("''", "'")
    return raw.split(" #", 1)[0].strip()


def _facts(entries: dict[str, tuple[str, ...]]) -> Facts:
    def found(field: str) -> tuple[str, ...]:
        return next((entries[key] for key in _KEYS[field] if entries.get(key)), ())

    def text(field: str) -> str | None:
        return " ".join(found(field)) or None

    published = parse_date(text("published") or "")
    language = text("language")
    return Facts(
        title=text("title"),
        publisher=text("publisher"),
        agency=text("agency"),
        authors=found("authors"),
        published=published,
        published_from="front matter" if published else None,
        url=text("url"),
        language=language[:2].lower() if language else None,
    )
