"""The dossiers that we own, opened once, and small ones made of a few sentences."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from knowledge.annotations import annotate
from knowledge.corpus import parse, passages
from knowledge.generation import Generation
from knowledge.library import Library
from knowledge.model import Dossier
from knowledge.retrieval import build
from tests.quality.sets import FOLDERS


@cache
def opened(folder: Path) -> Generation:
    """The dossier in this folder, nothing stored."""
    return Library.open(folder, None).current


def own() -> Mapping[str, Generation]:
    """Our four dossiers by name."""
    return {name: opened(folder) for name, folder in FOLDERS.items()}


def dossier_of(*texts: str, aliases: Mapping[str, tuple[str, ...]] | None = None) -> Generation:
    """A generation of articles with these texts, called "a", "b" and so on."""
    articles = tuple(
        parse(f"Titre {n}", text, "abcdefghijklmnopqrstuvwxyz"[n]) for n, text in enumerate(texts)
    )
    dossier = Dossier("Essai", "fr", articles, aliases or {})
    found = passages(dossier)
    return Generation(1, "essai", dossier, found, build(dossier, found), annotate(dossier))


@pytest.fixture(scope="session")
def real(shared: Path) -> Generation:
    """The real articles; skips where they are not at hand."""
    return opened(shared / "dossier")
