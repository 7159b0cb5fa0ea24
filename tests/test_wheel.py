"""What is installed holds all that answering needs."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "config", "knowledge")

pytestmark = pytest.mark.slow


def _sh(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources without a network."""
    if int(version("setuptools").split(".")[0]) < 77:
        pytest.skip("building needs setuptools 77 or later in this environment")
    place = tmp_path_factory.mktemp("wheel")
    source = place / "source"
    source.mkdir()
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__", ".*")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    _sh(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index",
        "--no-build-isolation", "--wheel-dir", place, source,
        cwd=place,
    )  # fmt: skip
    (found,) = place.glob("dossier_bot-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment with the wheel; its dependencies are borrowed."""
    place = tmp_path_factory.mktemp("fresh")
    _sh(sys.executable, "-m", "venv", "--without-pip", place / "venv", cwd=place)
    python = place / "venv" / "bin" / "python"
    _sh(
        sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
        "--no-index", wheel,
        cwd=place,
    )  # fmt: skip
    # A path in a .pth file brings the packages there, but not that folder's own .pth files: an
    # editable Dossier stays out.
    purelib = _sh(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place
    ).strip()
    (Path(purelib) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def test_the_wheel_holds_every_file(wheel: Path) -> None:
    """Built-in dossier, texts, word lists and templates are in the wheel, tests are not."""
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    there = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert sorted(there - packed) == []
    assert sorted(packed - there) == []
    assert "knowledge/dossier/dossier.toml" in packed
    assert "bot/texts/fr.toml" in packed


def _ask(bin_: Path, place: Path, *words: str) -> str:
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(place),
        "DATA_DIR": str(place / "data"),
        "PYTHONIOENCODING": "utf-8",
    }
    command = [str(bin_ / "dossier"), *words]
    # Where we may, the network is taken away altogether.
    if shutil.which("unshare") and os.geteuid() == 0:
        probe = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
        if probe.returncode == 0:
            command = ["unshare", "--net", *command]
    return _sh(*command, cwd=place, env=env)


def test_the_installed_command_answers_offline(installed: Path, tmp_path: Path) -> None:
    """From the wheel alone, without a network, the built-in dossier answers with a citation."""
    where = _sh(
        installed / "python", "-c", "import knowledge; print(knowledge.__file__)", cwd=tmp_path
    )
    assert where.startswith(str(installed.parent))
    question = "Qui a reçu Antony Blinken à Astana ?"
    for _ in range(2):
        reply = json.loads(_ask(installed, tmp_path, "ask", "--json", question))
        assert reply["status"] == "answered"
        assert reply["evidence"]


def test_the_installed_command_checks_itself(installed: Path, tmp_path: Path) -> None:
    """The doctor finds nothing wrong with a fresh installation."""
    report = json.loads(_ask(installed, tmp_path, "doctor", "--json"))
    assert report["ok"] is True
