"""A library answers from what the folder holds now, and never stops answering."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.answering import answer
from knowledge.errors import BrokenManifest, DossierError, UnusableDossier
from knowledge.library import BUILT_IN, Library, Options
from knowledge.model import Answer
from knowledge.store import dossier_home

UN = "Le marché a ouvert\n\nLe marché couvert a ouvert ses portes lundi. La maire l'a inauguré.\n"
DEUX = "La piscine ferme\n\nLa piscine municipale fermera en mars. Les travaux dureront un an.\n"
TROIS = "Un pont neuf\n\nLe pont neuf coûtera deux millions d'euros. Il sera livré en mai.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dossier of two articles."""
    folder = tmp_path / "Mon dossier"
    folder.mkdir()
    (folder / "un.txt").write_text(UN, encoding="utf-8")
    (folder / "deux.txt").write_text(DEUX, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A DATA_DIR that does not exist yet."""
    return tmp_path / "data"


class Watch:
    """Notes the stages of the work."""

    def __init__(self) -> None:
        self.stages: list[str] = []

    def report(self, stage: str, done: int, total: int) -> None:
        """What a library tells its progress to."""
        assert 0 <= done <= total
        if not done:
            self.stages.append(stage)


def opened(folder: Path, data: Path | None, **more: bool) -> tuple[Library, list[str]]:
    """The library, and the stages that opening it took."""
    watch = Watch()
    library = Library.open(
        folder,
        data,
        progress=watch.report,
        busy_seconds=0.1,
        serve_last_good=more.get("serve_last_good", False),
    )
    return library, watch.stages


def index_of(folder: Path, data: Path) -> Path:
    """Where the index of this dossier is kept."""
    return dossier_home(data, folder) / "index.db"


def ids(library: Library) -> list[str]:
    """The articles that are served."""
    return [article.id for article in library.current.dossier.articles]


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

    def ask(count: int) -> None:
        nonlocal answered
        for _ in range(count):
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
        number = 0
        while not all(task.done() for task in asking):
            number += 1
            text = f"{'Bref. ' * (number % 7)}Il y eut {number} visiteurs au marché couvert."
            (folder / "un.txt").write_text(f"{UN}\n{text}\n", encoding="utf-8")
            library.reload()
        for task in asking:
            task.result()
    assert answered == 500
    assert number > 1
    assert wrong == []
