"""A small dossier of our own, and a way to run the command line in this process."""

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.streams import speak

BRIDGE = """Le pont de la gare rouvre enfin

Mardi, la maire Jeanne Morvan a inauguré le nouveau pont de la gare, fermé depuis deux ans.

Le chantier a coûté 12 millions d'euros à la ville, selon la mairie.
"""
TRAM = """Le tramway attendra 2030

La deuxième ligne de tramway ouvrira en 2030, a annoncé le conseil municipal jeudi soir.
"""
MANIFEST = """title = "La ville en chantier"

[articles.pont]
publisher = "Le Journal"
agency = "AFP"
published = 2023-02-28

[articles.tram]
publisher = "La Gazette"
published = 2023-03-02
"""


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line gave back."""

    status: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "ville"
    folder.mkdir()
    (folder / "pont.txt").write_text(BRIDGE, encoding="utf-8")
    (folder / "tram.txt").write_text(TRAM, encoding="utf-8")
    (folder / "dossier.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Run]:
    """Runs the command line with these words, and with this standard input."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        speak("fr")
        try:
            status = main(words)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
        seen = capsys.readouterr()
        return Outcome(status, seen.out, seen.err)

    yield run
    speak("fr")
