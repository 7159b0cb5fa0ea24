"""The sentences of the composer, one file per language, all with the same keys."""

import tomllib
from functools import cache
from importlib import resources

from knowledge.model import Language


@cache
def _table(language: Language) -> dict[str, dict[str, str]]:
    text = (resources.files(__package__) / f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def phrase(language: Language, key: str, **slots: object) -> str:
    """The template "section.name" with its slots filled.

    Raises:
        KeyError: no such template, or a slot without a value.
    """
    section, name = key.split(".")
    return _table(language)[section][name].format(**slots)
