"""dossier.toml and corrections.toml -> Manifest; every key is checked, errors say where."""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from knowledge.corpus import messages
from knowledge.corpus.draft import Facts
from knowledge.corpus.encoding import normalize
from knowledge.errors import BrokenManifest
from knowledge.model import ReferenceQuestion

Table = Mapping[str, object]

_TOP_KEYS = ("title", "language", "reference_date", "articles", "aliases", "questions", "removed")
_ARTICLE_KEYS = (
    "title", "publisher", "agency", "authors", "published", "url", "language", "note",
)  # fmt: skip
_QUESTION_KEYS = ("question", "expect", "articles", "refuse")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_SYNTAX_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an admin wrote about a dossier; empty where nothing was written."""

    title: str | None = None
    language: str | None = None
    reference_date: date | None = None
    articles: Mapping[str, Facts] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[ReferenceQuestion, ...] = ()
    removed: tuple[str, ...] = ()


def load(path: Path, origin: str = "manifest") -> Manifest:
    """The manifest in this file, an empty one when there is no file.

    `origin` is what `published_from` will say of its dates. Raises BrokenManifest.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        text = messages.MANIFEST_UNREADABLE.format(path=path, reason=error.strerror)
        raise BrokenManifest(path, text) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenManifest(path, messages.MANIFEST_UTF8.format(path=path)) from error
    try:
        top = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, str(error), text) from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, brackets within brackets: no line is told.
        reason = str(error).partition(":")[0]
        sentence = messages.MANIFEST_SYNTAX_NO_LINE.format(path=path, reason=reason)
        raise BrokenManifest(path, sentence) from error
    return _Checker(path, text, origin).manifest(top)


def closest(wanted: str, known: list[str]) -> str:
    """A hint that names the most similar known name, "" when none is similar."""
    found = difflib.get_close_matches(wanted, known, n=1, cutoff=0.6)
    return messages.HINT.format(id=found[0]) if found else ""


def _syntax_error(path: Path, reason: str, text: str) -> BrokenManifest:
    found = _SYNTAX_LINE.search(reason)
    line = int(found.group(1)) if found and found.group(1) else text.count("\n") + 1
    reason = _SYNTAX_LINE.sub("", reason)
    sentence = messages.MANIFEST_SYNTAX.format(path=path, line=line, reason=reason)
    return BrokenManifest(path, sentence, line=line)


class _Checker:
    """Reads the tables of one file; knows where it is, so that an error can say so."""

    def __init__(self, path: Path, text: str, origin: str) -> None:
        self._path = path
        self._text = text
        self._origin = origin

    def manifest(self, top: Table) -> Manifest:
        self._only(top, _TOP_KEYS, "")
        return Manifest(
            title=self._text_at(top, "title", ""),
            language=self._language(top, ""),
            reference_date=self._date(top, "reference_date", ""),
            articles={
                normalize(key): self._article(value, f'articles."{key}"')
                for key, value in self._table(top, "articles").items()
            },
            aliases={
                normalize(key): self._texts(self._table(top, "aliases"), key, "aliases.")
                for key in self._table(top, "aliases")
            },
            questions=self._questions(top),
            removed=self._texts(top, "removed", ""),
        )

    def _article(self, value: object, where: str) -> Facts:
        if not isinstance(value, dict):
            raise self._error(where, messages.WANT_TABLE)
        prefix = f"{where}."
        self._only(value, _ARTICLE_KEYS, prefix)
        published = self._date(value, "published", prefix)
        return Facts(
            title=self._text_at(value, "title", prefix),
            publisher=self._text_at(value, "publisher", prefix),
            agency=self._text_at(value, "agency", prefix),
            authors=self._texts(value, "authors", prefix),
            published=published,
            published_from=self._origin if published else None,
            url=self._text_at(value, "url", prefix),
            language=self._language(value, prefix),
            note=self._text_at(value, "note", prefix),
        )

    def _questions(self, top: Table) -> tuple[ReferenceQuestion, ...]:
        value = top.get("questions", [])
        if not isinstance(value, list):
            raise self._error("questions", messages.WANT_TABLES)
        return tuple(self._question(item, number) for number, item in enumerate(value, start=1))

    def _question(self, value: object, number: int) -> ReferenceQuestion:
        prefix = f"questions[{number}]."
        if not isinstance(value, dict):
            raise self._error(f"questions[{number}]", messages.WANT_TABLES)
        self._only(value, _QUESTION_KEYS, prefix)
        question = self._text_at(value, "question", prefix)
        if not question:
            raise self._error(f"{prefix}question", messages.WANT_QUESTION)
        refuse = value.get("refuse", False)
        if not isinstance(refuse, bool):
            raise self._error(f"{prefix}refuse", messages.WANT_BOOL)
        expect = self._texts(value, "expect", prefix)
        for pattern in expect:
            try:
                re.compile(pattern)
            except re.error as error:
                reason = messages.WANT_PATTERN.format(pattern=pattern, reason=error)
                raise self._error(f"{prefix}expect", reason) from error
        if refuse and expect:
            raise self._error(f"{prefix}refuse", messages.REFUSE_AND_EXPECT)
        articles = self._texts(value, "articles", prefix)
        return ReferenceQuestion(question, expect, articles, refuse)

    def _only(self, table: Table, keys: tuple[str, ...], prefix: str) -> None:
        for key in table:
            if key not in keys:
                hint = closest(key, list(keys))
                raise self._error(f"{prefix}{key}", messages.UNKNOWN_KEY.format(hint=hint))

    def _table(self, top: Table, key: str) -> Table:
        value = top.get(key, {})
        if not isinstance(value, dict):
            raise self._error(key, messages.WANT_TABLE)
        return value

    def _text_at(self, table: Table, key: str, prefix: str) -> str | None:
        value = table.get(key)
        if value is not None and not isinstance(value, str):
            raise self._error(f"{prefix}{key}", messages.WANT_TEXT)
        # An empty text clears nothing and says nothing: it counts as not written.
        return " ".join(normalize(value).split()) or None if value else None

    def _texts(self, table: Table, key: str, prefix: str) -> tuple[str, ...]:
        value = table.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            raise self._error(f"{prefix}{key}", messages.WANT_TEXTS)
        return tuple(normalize(item).strip() for item in values if item.strip())

    def _date(self, table: Table, key: str, prefix: str) -> date | None:
        value = table.get(key)
        match value:
            case None | "":
                return None
            case datetime():
                return value.date()
            case date():
                return value
            case str():
                try:
                    return date.fromisoformat(value.strip()[:10])
                except ValueError as error:
                    raise self._error(f"{prefix}{key}", messages.WANT_DATE) from error
        raise self._error(f"{prefix}{key}", messages.WANT_DATE)

    def _language(self, table: Table, prefix: str) -> str | None:
        value = self._text_at(table, "language", prefix)
        if value is not None and not _LANGUAGE.fullmatch(value):
            raise self._error(f"{prefix}language", messages.WANT_LANGUAGE)
        return value[:2] if value else None

    def _error(self, where: str, reason: str) -> BrokenManifest:
        line = self._line_of(where)
        template = messages.MANIFEST_AT if line else messages.MANIFEST_KEY
        sentence = template.format(path=self._path, line=line, key=where, reason=reason)
        return BrokenManifest(self._path, sentence, line=line, key=where)

    def _line_of(self, where: str) -> int | None:
        """The line of a key: its table's header is looked up first, then the key below it."""
        table, _, key = where.rpartition(".")
        is_key: Callable[[str, str], bool] = lambda line, name: bool(  # noqa: E731
            re.match(rf"""\s*["']?{re.escape(name)}["']?\s*=""", line)
        )
        lines = self._text.splitlines()
        start = self._header_line(lines, table) if table else 0
        if start is None:
            start = 0
        for number, line in enumerate(lines[start:], start=start + 1):
            if is_key(line, key):
                return number
        return start or self._header_line(lines, where)

    def _header_line(self, lines: list[str], table: str) -> int | None:
        numbered = re.fullmatch(r"questions\[(\d+)\]", table)
        name, wanted = ("questions", int(numbered.group(1))) if numbered else (table, 1)
        plain = name.replace('"', "")
        seen = 0
        for number, line in enumerate(lines, start=1):
            header = line.strip().split("#")[0].strip()
            if header.startswith("[") and re.sub(r"[\"'\[\] ]", "", header) == plain:
                seen += 1
                if seen == wanted:
                    return number
        return None
