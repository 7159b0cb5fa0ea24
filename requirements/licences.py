"""Prints the licences of the packages that are locked, and of our data files: `make licences`.

Packages of default.txt and of the extras that are installed here; 1 when one names no licence.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAID = re.compile(r"licen[cs]e|permission|public domain|source|copyright", re.IGNORECASE)
KNOWN = {
    # What their projects say where the package says nothing.
    "atheris": "Apache-2.0 (its repository)",
    "xapian-bindings-binary": "GPL-2.0-or-later (Xapian), with the extra [scale] only",
}
NAME = re.compile(r"^([a-z0-9][\w.-]*)==", re.MULTILINE)


def licence_of(name: str) -> str | None:
    """What an installed package says of its licence: the expression, the classifiers, the text."""
    said = metadata(name)
    classified = [
        one.rpartition(" :: ")[2]
        for one in said.get_all("Classifier") or ()
        if one.startswith("License :: ")
    ]
    whole = (said["License"] or "").strip().partition("\n")[0][:60]
    told = said["License-Expression"] or ", ".join(classified) or whole
    return told or KNOWN.get(name)


def packages() -> int:
    """Prints a line a package; how many name no licence."""
    unknown = 0
    for lock in sorted(HERE.glob("*.txt"), key=lambda path: (path.stem != "default", path.stem)):
        print(f"\n{lock.name}")
        for name in sorted(set(NAME.findall(lock.read_text(encoding="utf-8")))):
            try:
                licence = licence_of(name)
            except PackageNotFoundError:
                continue
            unknown += licence is None
            print(f"  {name:<24} {licence or 'says nothing'}")
    return unknown


def lists() -> None:
    """Prints what the first lines of each data file say of their source and licence."""
    print("\nData files")
    for path in sorted((HERE.parent / "knowledge").rglob("*")):
        if path.suffix not in (".bloom", ".toml", ".tsv", ".txt") or "dossier" in path.parts:
            continue
        lines = path.read_bytes()[:2000].decode("utf-8", "replace").splitlines()
        said = [line.lstrip("# ") for line in lines if line.startswith("#") and SAID.search(line)]
        print(f"  {path.relative_to(HERE.parent)}: {' '.join(said)[:200] or 'ours, MIT'}")


if __name__ == "__main__":
    missing = packages()
    lists()
    sys.exit(bool(missing))
