"""What decides what an index holds is part of its digest."""

import shutil
from pathlib import Path

import pytest

from knowledge import recipe


@pytest.mark.parametrize(
    "name",
    [
        "annotations/roles.py",
        "corpus/cleaning.py",
        "language/fr/weak.txt",
        "model.py",
        "recipe.py",
        "retrieval/records.py",
        "store/codec.py",
        "store/layout.py",
        "store/segments.py",
    ],
)
def test_another_version_of_a_file_is_another_recipe(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of code or of a word list changes the digest of contents; other times do not."""
    ours = tmp_path / "knowledge"
    shutil.copytree(Path(recipe.__file__).parent, ours, ignore=shutil.ignore_patterns("dossier"))
    monkeypatch.setattr(recipe, "_HERE", ours)
    exact = recipe.exact_recipe.__wrapped__
    assert exact() == recipe.exact_recipe()
    with (ours / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert exact() != recipe.exact_recipe()
