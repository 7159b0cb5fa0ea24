"""Fixtures that every room uses."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared material: DOSSIER_SHARED, else ../shared; skips without it."""
    folder = Path(os.environ.get("DOSSIER_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no shared material at {folder} (set DOSSIER_SHARED)")
    return folder


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the developer's settings or writes into their data folder."""
    from config.settings import SETTINGS

    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    # The same answers where the extra [semantic] is installed and where it is not.
    monkeypatch.setenv("RETRIEVAL", "lexical")
