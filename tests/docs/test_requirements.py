"""The lock files agree with pyproject.toml: `make lock` after a change there."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PINNED = re.compile(r"^([a-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)


def text(name: str) -> str:
    """A lock file."""
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pinned(*names: str) -> dict[str, set[str]]:
    """The versions that these lock files hold (several where platforms differ)."""
    found: dict[str, set[str]] = {}
    for name in names:
        for package, version in PINNED.findall(text(name)):
            found.setdefault(canonicalize_name(package), set()).add(version)
    return found


def wanted(extra: str) -> list[Requirement]:
    """What an extra asks for, with what the extras that it names ask for."""
    found: list[Requirement] = []
    for line in EXTRAS[extra]:
        requirement = Requirement(line)
        if requirement.name == PROJECT["name"]:
            found += [one for inner in sorted(requirement.extras) for one in wanted(inner)]
        else:
            found.append(requirement)
    return found


def test_there_is_a_lock_file_for_each_extra() -> None:
    """default.txt and one file an extra; no other."""
    there = {path.stem for path in (ROOT / "requirements").glob("*.txt")}
    assert there == {"default", *EXTRAS}


@pytest.mark.parametrize("extra", [None, *EXTRAS])
def test_the_locked_versions_are_those_asked_for(extra: str | None) -> None:
    """Each requirement is locked, to a version that it allows."""
    if extra is None:
        asked, locked = [Requirement(line) for line in PROJECT["dependencies"]], pinned("default")
    else:
        asked, locked = wanted(extra), pinned("default", extra)
    for requirement in asked:
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement} is not locked: make lock"
        assert all(requirement.specifier.contains(one) for one in versions), requirement


@pytest.mark.parametrize("name", ["default", *EXTRAS])
def test_every_package_has_its_hashes_and_no_address(name: str) -> None:
    """Each entry has a hash, and no file names a registry."""
    entries = re.split(r"^(?=[a-z0-9])", text(name), flags=re.MULTILINE)[1:]
    assert entries
    for entry in entries:
        assert "--hash=sha256:" in entry
    assert "://" not in text(name)
    assert "index-url" not in text(name)
    assert "find-links" not in text(name)


def test_an_extra_changes_nothing_of_the_default() -> None:
    """A package of default.txt has the same version elsewhere: both are installed together."""
    default = pinned("default")
    for extra in EXTRAS:
        for package, versions in pinned(extra).items():
            assert versions <= default.get(package, versions), (extra, package)
