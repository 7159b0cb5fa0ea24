"""A library answers from what the folder holds now."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import DossierError
from knowledge.library import BUILT_IN, Library, Options
from tests.knowledge.two_articles import DEUX, TROIS, UN, ids, index_of, make_folder, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dossier of two articles."""
    return make_folder(tmp_path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A DATA_DIR that does not exist yet."""
    return tmp_path / "data"


def test_the_first_opening_indexes_and_the_second_reads(folder: Path, data: Path) -> None:
    """An unchanged folder is read from the database: same number, same digest, same ranking."""
    first, worked = opened(folder, data)
    second, idle = opened(folder, data)
    assert worked == ["read", "index", "store"]
    assert idle == []
    assert first.current.number == second.current.number == 1
    assert first.current.digest == second.current.digest
    assert first.current.dossier == second.current.dossier
    assert first.current.passages == second.current.passages
    search = "marché couvert"
    assert first.current.index.search(search, 5) == second.current.index.search(search, 5)
    assert first.notices == second.notices == ()


def test_an_unchanged_start_writes_nothing(folder: Path, data: Path) -> None:
    """A start on an unchanged dossier imports nothing that writes: importing it takes 0.2 s."""
    opened(folder, data)
    program = (
        "import sys; from pathlib import Path; from knowledge.library import Library;"
        "Library.open(Path(sys.argv[1]), Path(sys.argv[2]));"
        "print(*sorted({'sqlite_utils', 'trafilatura', 'rich', 'telegram'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder), str(data)],
        capture_output=True,
        text=True,
        cwd=BUILT_IN.parents[1],
        check=True,
    )
    assert done.stdout.strip() == ""


def test_the_built_in_dossier_opens(data: Path) -> None:
    """Without a folder the built-in dossier is served."""
    library = Library.open(None, data)
    assert library.folder == BUILT_IN
    assert len(library.current.dossier.articles) == 5


def test_nothing_is_stored_without_a_place(folder: Path) -> None:
    """With no data folder at all, the generation is in memory and no notice is due."""
    library, worked = opened(folder, None)
    assert library.current.number == 1
    assert library.notices == ()
    assert library.overlay is None
    assert "store" in worked


def test_a_touched_file_is_not_indexed_again(folder: Path, data: Path) -> None:
    """Another time of change with the same content is noted, and read straight the next time."""
    opened(folder, data)
    os.utime(folder / "un.txt", (1, 1))
    library, stages = opened(folder, data)
    assert (library.current.number, stages) == (1, [])
    connection = sqlite3.connect(index_of(folder, data))
    (stamps,) = connection.execute("SELECT count(stamp) FROM generations").fetchone()
    connection.close()
    assert stamps == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "un.txt").write_text(TROIS, encoding="utf-8"),
        lambda folder: (folder / "trois.txt").write_text(TROIS, encoding="utf-8"),
        lambda folder: (folder / "un.txt").unlink(),
        lambda folder: (folder / "un.txt").rename(folder / "autre.txt"),
        lambda folder: (folder / "dossier.toml").write_text('title = "Ma ville"\n'),
    ],
)
def test_any_change_is_a_new_generation(
    folder: Path, data: Path, change: Callable[[Path], object]
) -> None:
    """A changed, added, removed or renamed file and a changed dossier.toml are indexed."""
    opened(folder, data)
    change(folder)
    library, stages = opened(folder, data)
    assert stages == ["read", "index", "store"]
    assert library.current.number == 2


def test_the_same_size_and_time_is_no_excuse_for_a_reload_of_other_bytes(
    folder: Path, data: Path
) -> None:
    """A folder that becomes again what it was is found by its digest, not indexed again."""
    opened(folder, data)
    (folder / "un.txt").write_text(TROIS, encoding="utf-8")
    opened(folder, data)
    (folder / "un.txt").write_text(UN, encoding="utf-8")
    library, stages = opened(folder, data)
    assert (library.current.number, stages) == (1, [])


def test_an_option_that_matters_is_part_of_the_digest(folder: Path, data: Path) -> None:
    """With another MAX_FILE_MB the dossier is read again."""
    first = Library.open(folder, data)
    second = Library.open(folder, data, options=Options(max_file_mb=1))
    assert first.current.digest != second.current.digest


def test_the_digest_is_the_same_everywhere(folder: Path, data: Path, tmp_path: Path) -> None:
    """The same files in another place and another order of writing have the same digest."""
    other = tmp_path / "ailleurs"
    other.mkdir()
    (other / "deux.txt").write_text(DEUX, encoding="utf-8")
    (other / "un.txt").write_text(UN, encoding="utf-8")
    assert opened(folder, data)[0].current.digest == opened(other, data)[0].current.digest


def test_a_reload_tells_what_changed(folder: Path, data: Path) -> None:
    """A publication names the articles added, changed and removed, and the files set aside."""
    library, _ = opened(folder, data)
    assert library.reload().changed is False
    (folder / "un.txt").write_text(UN + "\nUne phrase de plus, écrite mardi.\n", encoding="utf-8")
    (folder / "deux.txt").unlink()
    (folder / "trois.txt").write_text(TROIS, encoding="utf-8")
    (folder / "vide.txt").write_bytes(b"")
    publication = library.reload()
    assert publication.changed
    assert (publication.added, publication.changed_ids, publication.removed) == (
        ("trois",),
        ("un",),
        ("deux",),
    )
    assert [file.path for file in publication.set_aside] == ["vide.txt"]
    assert publication.generation is library.current
    assert library.current.number == 2


def test_a_draft_changes_nothing_until_it_is_published(folder: Path, data: Path) -> None:
    """A prepared state can be looked at; the current one answers until it is published."""
    library, _ = opened(folder, data)
    (folder / "trois.txt").write_text(TROIS, encoding="utf-8")
    draft = library.prepare()
    assert draft.publication.added == ("trois",)
    assert draft.publication.generation.index.search("pont", 3)
    assert ids(library) == ["deux", "un"]
    assert len(library.generations()) == 1
    assert library.publish(draft).generation.number == 2
    assert ids(library) == ["deux", "trois", "un"]


def test_the_overlay_is_laid_over_the_folder(folder: Path, data: Path) -> None:
    """Files added beside the index are served with the folder's."""
    library, _ = opened(folder, data)
    assert library.overlay is not None
    library.overlay.mkdir(parents=True)
    (library.overlay / "trois.txt").write_text(TROIS, encoding="utf-8")
    assert library.reload().added == ("trois",)
    assert opened(folder, data)[1] == []


def test_a_rollback_lasts_until_the_next_reload(folder: Path, data: Path) -> None:
    """An older generation becomes current under its own number; a reload brings the folder back."""
    library, _ = opened(folder, data)
    (folder / "trois.txt").write_text(TROIS, encoding="utf-8")
    library.reload()
    publication = library.rollback(1)
    assert (publication.generation.number, publication.removed) == (1, ("trois",))
    assert library.current.index.search("marché", 3)
    assert not library.current.index.search("pont", 3)
    assert library.reload().generation.number == 2
    with pytest.raises(DossierError, match="2, 1"):
        library.rollback(9)


def test_the_last_five_can_be_chosen(folder: Path, data: Path) -> None:
    """After seven changes the last five are offered, newest first."""
    library, _ = opened(folder, data)
    for number in range(6):
        (folder / "un.txt").write_text(f"{UN}\nIl y eut {number} visiteurs.\n", encoding="utf-8")
        library.reload()
    assert [info.number for info in library.generations()] == [7, 6, 5, 4, 3]
    assert all(info.created for info in library.generations())


def test_a_generation_of_another_version_is_indexed_again(folder: Path, data: Path) -> None:
    """The last good generation that other code stored is served with an index of our own."""
    opened(folder, data)
    with sqlite3.connect(index_of(folder, data)) as connection:
        connection.execute("UPDATE generations SET recipe = 'older', stamp = NULL, digest = 'old'")
        connection.execute("DELETE FROM blobs")
    connection.close()
    (folder / "dossier.toml").write_text("title = \n")
    library, _ = opened(folder, data, serve_last_good=True)
    assert library.current.index.search("marché couvert", 3)
