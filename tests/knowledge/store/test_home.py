"""Each dossier has a place of its own."""

from pathlib import Path

from knowledge.store import dossier_home


def test_the_place_is_named_after_the_folder(tmp_path: Path) -> None:
    """The place holds the folder's name in plain letters and eight characters of its path."""
    home = dossier_home(tmp_path, Path("/srv/Été à Paris"))
    assert home.parent == tmp_path / "dossiers"
    assert home.name.startswith("ete-a-paris-")
    assert len(home.name) == len("ete-a-paris-") + 8


def test_two_folders_of_one_name_do_not_meet(tmp_path: Path) -> None:
    """Folders that differ in their parent alone have two places; one folder has one place."""
    assert dossier_home(tmp_path, Path("/a/x")) != dossier_home(tmp_path, Path("/b/x"))
    assert dossier_home(tmp_path, Path("/a/x")) == dossier_home(tmp_path, Path("/a/y/../x"))


def test_a_name_without_plain_letters_has_a_place(tmp_path: Path) -> None:
    """A folder whose name gives no slug is called dossier."""
    assert dossier_home(tmp_path, Path("/srv/Досье")).name.startswith("dossier-")
