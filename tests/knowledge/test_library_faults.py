"""A library never stops answering: broken folders, damaged and locked databases, many readers."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.answering import answer
from knowledge.errors import BrokenManifest, UnusableDossier
from knowledge.model import Answer
from tests.knowledge.two_articles import TROIS, UN, ids, index_of, make_folder, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dossier of two articles."""
    return make_folder(tmp_path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A DATA_DIR that does not exist yet."""
    return tmp_path / "data"


def test_a_broken_reload_keeps_the_current_one(folder: Path, data: Path) -> None:
    """A dossier.toml that breaks is told, and the generation before goes on answering."""
    library, _ = opened(folder, data)
    before = library.current
    (folder / "dossier.toml").write_text("title = \n")
    with pytest.raises(BrokenManifest, match=r"dossier\.toml"):
        library.reload()
    assert library.current is before


def test_a_bot_starts_with_the_last_good_one(folder: Path, data: Path) -> None:
    """A folder that cannot be used at start is told, and the last good generation is served."""
    opened(folder, data)
    (folder / "dossier.toml").write_text("title = \n")
    with pytest.raises(UnusableDossier):
        opened(folder, data)
    library, _ = opened(folder, data, serve_last_good=True)
    assert ids(library) == ["deux", "un"]
    assert len(library.notices) == 1
    assert "dossier.toml" in library.notices[0]
    assert library.notices[0].count("\n") == 0


def test_without_a_last_good_one_the_error_is_told(tmp_path: Path, data: Path) -> None:
    """A folder that does not exist and was never indexed is an error even for the bot."""
    with pytest.raises(UnusableDossier):
        opened(tmp_path / "absent", data, serve_last_good=True)
    assert not data.exists()


@pytest.mark.parametrize("damage", ["garbage", "empty", "blobs", "payload"])
def test_a_damaged_index_is_rebuilt(folder: Path, data: Path, damage: str) -> None:
    """A damaged index is set aside with a notice, and the dossier is indexed again."""
    opened(folder, data)
    path = index_of(folder, data)
    if damage == "garbage":
        path.write_bytes(b"garbage" * 2000)
    elif damage == "empty":
        path.write_bytes(b"")
    else:
        with sqlite3.connect(path) as connection:
            if damage == "blobs":
                connection.execute("DELETE FROM blobs")
            else:
                connection.execute("UPDATE generations SET head = x'00'")
        connection.close()
    library, stages = opened(folder, data)
    assert stages == ["read", "index", "store"]
    if damage != "empty":
        assert "endommagé" in library.notices[0] or "ne se lit plus" in library.notices[0]
        assert path.with_name("index.db.damaged").exists()
    again, idle = opened(folder, data)
    assert (again.notices, idle) == ((), [])


def test_a_locked_index_is_answered_from_memory(folder: Path, data: Path) -> None:
    """While another process holds the index, the changed dossier is served from memory."""
    opened(folder, data)
    other = sqlite3.connect(index_of(folder, data), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    (folder / "trois.txt").write_text(TROIS, encoding="utf-8")
    library, _ = opened(folder, data)
    assert ids(library) == ["deux", "trois", "un"]
    assert library.current.number == 2
    assert len(library.notices) == 1
    assert "occupé" in library.notices[0]
    assert [info.number for info in library.generations()] == [2, 1]
    other.execute("ROLLBACK")
    other.close()


def test_an_index_of_a_newer_version_is_left_alone(folder: Path, data: Path) -> None:
    """A database of a later version is told and not touched; the dossier is served from memory."""
    opened(folder, data)
    path = index_of(folder, data)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES (99, 'later', '')")
    connection.close()
    before = path.read_bytes()
    library, _ = opened(folder, data)
    assert ids(library) == ["deux", "un"]
    assert len(library.notices) == 1
    assert "plus récente" in library.notices[0]
    assert path.read_bytes() == before


def test_a_data_folder_that_cannot_be_made_is_told(folder: Path, tmp_path: Path) -> None:
    """When DATA_DIR is a file, the dossier is served from memory, reloaded and rolled back too."""
    place = tmp_path / "file"
    place.write_text("")
    library, _ = opened(folder, place)
    assert "DATA_DIR" in library.notices[0]
    (folder / "trois.txt").write_text(TROIS, encoding="utf-8")
    assert library.reload().generation.number == 2
    assert library.rollback(1).generation.number == 1
    assert [info.number for info in library.generations()] == [2, 1]


def test_readers_never_see_two_generations_at_once(folder: Path, data: Path) -> None:
    """While another thread reloads, each reader's passages, articles and index belong together."""
    library, _ = opened(folder, data)
    done = threading.Event()
    wrong: list[str] = []
    seen: set[int] = set()

    def read() -> None:
        while not done.is_set():
            generation = library.current
            seen.add(generation.number)
            count = len(generation.dossier.articles)
            hits = generation.index.search("visiteurs", 20)
            if generation.index.size != len(generation.passages):
                wrong.append("index of another generation")
            if len(hits) != count - 2:
                wrong.append(f"{len(hits)} hits for {count} articles")
            texts = [generation.text_of(hit.passage) for hit in hits]
            wrong.extend(text for text in texts if "visiteurs" not in text)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(6):
            text = f"Titre {number}\n\nIl y eut {number} visiteurs lundi, selon la mairie.\n"
            (folder / f"n{number}.txt").write_text(text, encoding="utf-8")
            library.reload()
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert wrong == []
    assert len(seen) > 1
    assert library.current.number == 7


def test_reloads_at_once_publish_once(folder: Path, data: Path) -> None:
    """Four threads that reload the same change publish one generation."""
    library, _ = opened(folder, data)
    (folder / "trois.txt").write_text(TROIS, encoding="utf-8")
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda: numbers.append(library.reload().generation.number))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == [2, 2, 2, 2]


def test_five_hundred_questions_during_reloads(folder: Path, data: Path) -> None:
    """Every answer given while the dossier is reloaded quotes the generation it was asked of."""
    library, _ = opened(folder, data)
    wrong: list[str] = []
    answered = 0
    lock = threading.Lock()
    reloaded = threading.Event()

    def ask(least: int) -> None:
        nonlocal answered
        asked = 0
        while asked < least or not reloaded.is_set():
            asked += 1
            generation = library.current
            reply = answer(generation, "Combien y eut-il de visiteurs au marché couvert ?")
            if isinstance(reply, Answer):
                cited = reply.evidence
            else:
                cited = () if reply.nearest is None else (reply.nearest,)
            with lock:
                answered += 1
                wrong.extend(
                    citation.quote
                    for citation in cited
                    if generation.article(citation.article).text[citation.start : citation.end]
                    != citation.quote
                )

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask, 125) for _ in range(4)]
        try:
            for number in range(5):
                text = f"{'Bref. ' * number}Il y eut {number} visiteurs au marché couvert."
                (folder / "un.txt").write_text(f"{UN}\n{text}\n", encoding="utf-8")
                library.reload()
        finally:
            reloaded.set()
        for task in asking:
            task.result()
    assert answered >= 500
    assert wrong == []
