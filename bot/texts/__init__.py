"""Every sentence of the interface, one TOML file per language, all with the same keys.

Keys are dotted: `texts("fr")["render.unknown_date"]`. A value is a sentence with `{name}` fields
for `str.format`, or a list: month names (`lines`), or the plural forms of one sentence (`count`).
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.model import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en", "ru")


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences of one language."""

    language: Language
    entries: Mapping[str, str | tuple[str, ...]]

    def __getitem__(self, key: str) -> str:
        """The sentence of this key. Raises: KeyError for an unknown key or a list."""
        entry = self.entries[key]
        if not isinstance(entry, str):
            raise KeyError(f"{key} is a list in {self.language}.toml")
        return entry

    def get(self, key: str, default: str) -> str:
        """The sentence of this key, or the default where there is none."""
        return self[key] if key in self.entries else default

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def lines(self, key: str) -> tuple[str, ...]:
        """The list of this key, in the file's order. Raises: KeyError when it is a sentence."""
        entry = self.entries[key]
        if isinstance(entry, str):
            raise KeyError(f"{key} is a sentence in {self.language}.toml")
        return entry

    def count(self, key: str, n: int, **fields: object) -> str:
        """The sentence in the plural form that n takes, with {n} and the other fields filled in."""
        return self.lines(key)[_plural_form(self.language, n)].format(n=n, **fields)


@cache
def texts(language: Language) -> Texts:
    """The sentences of this language, read once."""
    source = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return Texts(language, dict(_flat(tomllib.loads(source), "")))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key, value in table.items():
        match value:
            case dict():
                yield from _flat(value, f"{prefix}{key}.")
            case list():
                yield prefix + key, tuple(value)
            case _:
                yield prefix + key, value


def _plural_form(language: Language, n: int) -> int:
    # The cardinal rules of CLDR for whole numbers.
    match language:
        case "fr":
            return int(n > 1)
        case "en":
            return int(n != 1)
        case "ru":
            if n % 10 == 1 and n % 100 != 11:
                return 0
            return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2
