"""What admins add and correct in the chat: files and corrections.toml, laid over the dossier.

The dossier's own folder and its dossier.toml are never written.
"""

import json
import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

CORRECTIONS = "corrections.toml"

Facts = Mapping[str, str | date | None]


class Overlay:
    """A folder of added files with its corrections.toml; made when something is first written."""

    def __init__(self, folder: Path, corrections: str = CORRECTIONS) -> None:
        self.folder = folder
        self._path = folder / corrections

    def correct(self, article_id: str, facts: Facts) -> None:
        """Keeps facts of an article (keys of dossier.toml); None takes a correction back.

        Raises: OSError; tomllib.TOMLDecodeError when somebody broke the file by hand.
        """
        read = self._read()
        kept = {**read.get("articles", {}).get(article_id, {}), **facts}
        kept = {key: value for key, value in kept.items() if value is not None}
        self._write({**read, "articles": {**read.get("articles", {}), article_id: kept}})

    def correction(self, article_id: str) -> dict[str, Any]:
        """What was corrected of an article."""
        return dict(self._read().get("articles", {}).get(article_id, {}))

    def remove(self, article_id: str) -> None:
        """Takes an article out of the dossier; its file stays."""
        read = self._read()
        removed = [*read.get("removed", ()), article_id]
        self._write({**read, "removed": list(dict.fromkeys(removed))})

    def restore(self, article_id: str) -> None:
        """Puts an article back that was removed."""
        read = self._read()
        removed = [one for one in read.get("removed", ()) if one != article_id]
        self._write({**read, "removed": removed})

    def ask(self, question: str) -> bool:
        """Adds a reference question; False when it is one already."""
        read = self._read()
        known = read.get("questions", [])
        if any(one.get("question") == question for one in known):
            return False
        self._write({**read, "questions": [*known, {"question": question}]})
        return True

    def add(self, name: str, content: bytes) -> None:
        """Adds a file under a plain name; one with the same name is replaced. Raises: OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _replace(self.folder / Path(name).name, content)

    def _read(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}

    def _write(self, read: Mapping[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        _replace(self._path, toml_text(read).encode())


def toml_text(read: Mapping[str, Any]) -> str:
    """Manifest values as TOML: texts, dates, flags, lists of texts, tables, lists of tables."""
    return "\n".join(_lines(read)) + "\n"


def _lines(read: Mapping[str, Any]) -> Iterator[str]:
    yield "# Écrit par le bot : ajouts et corrections faits dans la conversation."
    for key, value in read.items():
        if not isinstance(value, dict) and not _is_tables(value):
            yield f"{_quoted(key)} = {_value(value)}"
    for key, value in read.items():
        if isinstance(value, dict):
            plain = {k: v for k, v in value.items() if not isinstance(v, dict)}
            if plain:
                yield f"\n[{_quoted(key)}]"
                yield from (f"{_quoted(k)} = {_value(v)}" for k, v in plain.items())
            for name, facts in value.items():
                if isinstance(facts, dict):
                    yield f"\n[{_quoted(key)}.{_quoted(name)}]"
                    yield from (f"{_quoted(k)} = {_value(v)}" for k, v in facts.items())
        elif _is_tables(value):
            for table in value:
                yield f"\n[[{_quoted(key)}]]"
                yield from (f"{_quoted(k)} = {_value(v)}" for k, v in table.items())


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            return _quoted(str(value))


def _quoted(text: str) -> str:
    # JSON's strings are TOML's, but for DEL, and for surrogates, which TOML cannot hold.
    clean = text.encode("utf-8", "replace").decode()
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, content: bytes) -> None:
    """Writes the whole file or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
