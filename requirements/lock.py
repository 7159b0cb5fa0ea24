"""Writes requirements/*.txt: exact versions with hashes of the default install and each extra.

`make lock`, with uv. A file of an extra holds what it adds to default.txt, so both are installed:
pip install --require-hashes -r requirements/default.txt -r requirements/pdf.txt
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYPROJECT = HERE.parent / "pyproject.toml"
HEAD = "# Made by `make lock` from pyproject.toml; Python 3.11 and later, every platform.\n"
ENTRY = re.compile(r"^[a-z0-9][^\n]*(?:\n    [^\n]*)*", re.MULTILINE)


def compiled(*options: str) -> list[str]:
    """The entries that uv finds: one package, its version, marker and hashes each."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.txt"
        subprocess.run(
            [
                *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", str(PYPROJECT)),
                *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"),
                *("--no-annotate", "--no-emit-index-url", "--output-file", str(found), *options),
            ],
            check=True,
        )
        return ENTRY.findall(found.read_text(encoding="utf-8"))


def main() -> None:
    """Writes every file anew."""
    default = HERE / "default.txt"
    entries = compiled()
    default.write_text(HEAD + "\n".join(entries) + "\n", encoding="utf-8")
    with PYPROJECT.open("rb") as file:
        extras = tomllib.load(file)["project"]["optional-dependencies"]
    for extra in extras:
        # Held to the versions of the default install, which is then left out.
        found = compiled("--extra", extra, "--constraint", str(default))
        added = [entry for entry in found if entry not in entries]
        text = HEAD + "# Beside default.txt.\n" + "\n".join(added) + "\n"
        (HERE / f"{extra}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
