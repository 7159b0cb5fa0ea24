"""A dossier kept on disk answers as one in memory does, and its reloads cost what changed."""

import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

pytest.importorskip("xapian", reason="the extra [scale] is not installed")

from bot.render.press import profile_lines
from knowledge import large, ondisk
from knowledge.annotations import annotate
from knowledge.annotations.census import Census
from knowledge.answering import answer
from knowledge.answering.search import find
from knowledge.corpus import files, parse
from knowledge.errors import DossierError, ShardSilent, StoreDamaged
from knowledge.library import Library, Options
from knowledge.model import Article, Dossier, Reply
from knowledge.press.actors import speakers
from knowledge.press.timeline import needs_a_name, timeline
from knowledge.press.who import who
from knowledge.store.reading import LargeArticles
from tests.cluster import Cluster, missing_programs
from tests.knowledge.retrieval.coast import article, articles, questions

ON_DISK = Options(engine="xapian")


def write(folder: Path, one: Article) -> None:
    """Writes an article as a file of the dossier."""
    folder.mkdir(exist_ok=True)
    outlet = "La Vigie" if int(one.id[1:]) % 2 else "Le Littoral"
    day = f"2021-03-0{int(one.id[1:]) % 9 + 1}"
    head = f"---\ntitle: {one.title}\npublisher: {outlet}\ndate: {day}\n---"
    (folder / f"{one.id}.md").write_text(f"{head}\n\n{one.text}\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of twelve articles."""
    for one in articles(12):
        write(tmp_path / "littoral", one)
    return tmp_path / "littoral"


def replies(library: Library) -> list[Reply]:
    """Replies to some questions, without the codes, which tell generations apart."""
    asked = [
        *questions(6),
        "Que dit La Vigie de la digue ?",
        "Quel est le dernier article actuel ?",
    ]
    return [replace(answer(library.current, question), code="") for question in asked]


def test_answers_of_a_dossier_in_memory(folder: Path, tmp_path: Path) -> None:
    """Every reply is the same, whichever engine found the passages; also after a restart."""
    memory = Library.open(folder, tmp_path / "a", options=Options(engine="memory"))
    disk = Library.open(folder, tmp_path / "b", options=ON_DISK)
    again = Library.open(folder, tmp_path / "b", options=ON_DISK)
    assert isinstance(disk.current.dossier.articles, LargeArticles)
    assert disk.notices == again.notices == ()
    assert disk.current.number == again.current.number == 1
    assert disk.current.outlets() == memory.current.outlets() == ("Le Littoral", "La Vigie")
    assert disk.current.last_day() == memory.current.last_day()
    assert replies(disk) == replies(again) == replies(memory)
    assert list(again.current.passages) == list(memory.current.passages)
    for words in ("digue outlet:Vigie", '"a promis" -digue', "phare from:2021-03-05"):
        found = [(hit.passage, hit.rank) for hit in find(disk.current, words)]
        assert found == [(hit.passage, hit.rank) for hit in find(memory.current, words)]


def test_light_words_alone_find_nothing_in_a_crowd(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where many passages hold the rare words, those are the candidates; limits look at all."""
    disk = Library.open(folder, tmp_path / "b", options=ON_DISK).current
    listed = [(hit.passage, hit.rank) for question in questions(6) for hit in find(disk, question)]
    monkeypatch.setattr("knowledge.retrieval.large.LEADING", 1)
    best = [find(disk, question)[0].passage for question in questions(6)]
    assert best == [passage for passage, rank in listed if rank == 0]
    led = {hit.passage for hit in disk.index.search(questions(1)[0], 100)}
    every = {h.passage for h in disk.index.search(questions(1)[0], 100, allowed=lambda _: True)}
    assert led < every


def test_the_page_of_a_person_is_read_where_they_are_spoken_of(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as from memory; of a dossier with more such articles the best, and it is told."""
    memory = Library.open(folder, tmp_path / "a", options=Options(engine="memory")).current
    disk = Library.open(folder, tmp_path / "b", options=ON_DISK).current
    whole = who(memory, "Dorvault")
    assert len(whole.mentions) + len(whole.statements) > 2
    assert whole.read is None
    found = who(disk, "Dorvault")
    assert (found.name, found.statements, found.mentions) == (
        whole.name, whole.statements, whole.mentions,
    )  # fmt: skip
    monkeypatch.setattr(import_module("knowledge.press.who"), "MOST_READ", 2)
    few = who(disk, "Dorvault")
    assert few.read == 2
    assert 0 < len(few.mentions) + len(few.statements) < len(whole.mentions + whole.statements)
    assert "lu dans les 2 articles" in "\n".join(line.text for line in profile_lines(few, "fr"))
    assert speakers(disk)
    assert needs_a_name(disk)
    assert timeline(disk, "Dorvault") == timeline(memory, "Dorvault")


def test_a_reload_says_what_changed_and_a_rollback_returns(folder: Path, tmp_path: Path) -> None:
    """Added, changed and removed articles are named; an older generation answers as it did."""
    library = Library.open(folder, tmp_path / "data", options=ON_DISK)
    before = replies(library)
    first = library.current
    write(folder, article(3, seed=4))
    write(folder, article(40))
    (folder / "a00005.md").unlink()
    done = library.reload()
    assert (done.added, done.changed_ids, done.removed) == (("a00040",), ("a00003",), ("a00005",))
    assert library.current.number == 2
    fresh = Library.open(folder, tmp_path / "other", options=ON_DISK)
    assert replies(library) == replies(fresh)
    assert dict(library.current.annotations.vocabulary) == dict(
        fresh.current.annotations.vocabulary
    )
    assert library.current.annotations.roles == fresh.current.annotations.roles
    back = library.rollback(1)
    assert (back.added, back.removed) == (("a00005",), ("a00040",))
    assert replies(library) == before
    assert first.article("a00003") == library.current.article("a00003")


def test_a_reload_reads_what_changed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only files that changed are read again, by a bot that runs and by one that starts."""
    for name in ("running", "starting"):
        Library.open(folder, tmp_path / name, options=ON_DISK)
    running = Library.open(folder, tmp_path / "running", options=ON_DISK)
    read: list[str] = []
    real = files.read_bytes

    def noted(file: files.File, limit_mb: int) -> bytes:
        read.append(file.id)
        return real(file, limit_mb)

    monkeypatch.setattr(files, "read_bytes", noted)
    write(folder, article(3, seed=4))
    write(folder, article(40))
    (folder / "a00005.md").unlink()
    running.reload()
    assert read == ["a00003", "a00040"]
    starting = Library.open(folder, tmp_path / "starting", options=ON_DISK)
    assert read == ["a00003", "a00040"] * 2
    # What is said of all articles may concern each: everything is read.
    (folder / "dossier.toml").write_text('title = "Le littoral"', encoding="utf-8")
    running.reload()
    assert len(read) == 4 + 12
    assert running.current.dossier.title == "Le littoral"
    monkeypatch.undo()
    whole = Library.open(folder, tmp_path / "other", options=ON_DISK)
    assert running.current.digest == whole.current.digest
    assert replies(running) == replies(whole)
    assert list(starting.current.dossier.articles) == list(whole.current.dossier.articles)


def test_a_file_that_cannot_be_read_is_named_until_it_can(folder: Path, tmp_path: Path) -> None:
    """A file set aside is told of after later reloads too, and no longer once it is mended."""
    (folder / "a00099.md").write_text("", encoding="utf-8")
    library = Library.open(folder, tmp_path / "data", options=ON_DISK)
    write(folder, article(2, seed=8))
    library.reload()
    assert [one.path for one in library.current.dossier.set_aside] == ["a00099.md"]
    write(folder, article(99))
    assert library.reload().added == ("a00099",)
    assert not library.current.dossier.set_aside
    (folder / "a00001.md").write_text("", encoding="utf-8")
    assert library.reload().removed == ("a00001",)
    assert [one.path for one in library.current.dossier.set_aside] == ["a00001.md"]


def test_a_census_is_what_annotating_anew_gives() -> None:
    """Counting one by one, and taking away again, ends where reading all at once does.

    An office that two articles give to two people stands for neither, with one of them it does;
    so does an acronym that two articles explain otherwise.
    """
    mayor = parse("Le port", f"{_PORT} Le Syndicat mixte du port (SMP) paie.", "m1")
    other = parse("Le pont", f"{_BRIDGE} Le Service des marchés publics (SMP) paie.", "m2")
    third = parse("Le quai", "La ministre du Kazakhstan, Ana Delcourt, a vu le quai.", "m3")
    for listed in ((*articles(20), mayor, other, third), (*articles(20), mayor, third)):
        check_census(listed, (other, article(50), article(3, seed=9)))


_PORT = "La maire de Lorgnac, Maud Sorgues, a inauguré le port."
_BRIDGE = "La maire de Valmeur, Jeanne Morvan, a fermé le pont."


def check_census(listed: tuple[Article, ...], passing: tuple[Article, ...]) -> None:
    """Counts the articles and others that are taken away again, and annotates the articles."""
    census = Census()
    for one in (*listed, *passing):
        census.add(one)
    for one in passing:
        census.remove(one)
    whole, counted = annotate(Dossier("", "fr", listed)), census.annotations()
    assert dict(counted.vocabulary) == dict(whole.vocabulary)
    assert dict(counted.names) == dict(whole.names)
    assert counted.roles == whole.roles
    assert counted.lemmas == whole.lemmas
    assert counted.acronyms == whole.acronyms
    assert ("smp" in whole.acronyms) is ("m2" not in {one.id for one in listed})
    again = Census.from_blobs(counted, census.to_blobs())
    assert (again.roles, again.acronyms) == (census.roles, census.acronyms)
    assert again.annotations().to_blobs() == counted.to_blobs()


def test_auto_is_by_size(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small dossier is kept in memory, one past the measured size on disk; "memory" forces."""
    assert not is_on_disk(Library.open(folder, tmp_path / "a"))
    monkeypatch.setattr(ondisk, "LARGE_FROM", 12)
    assert is_on_disk(Library.open(folder, tmp_path / "b"))
    assert not is_on_disk(Library.open(folder, tmp_path / "c", options=Options(engine="memory")))
    # Without a place to write to, memory is all there is.
    assert not is_on_disk(Library.open(folder, None))


def is_on_disk(library: Library) -> bool:
    """Whether the current generation stays on disk."""
    return isinstance(library.current.dossier.articles, LargeArticles)


def test_without_the_extra(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Demanding Xapian without it is one sentence; "auto" goes on in memory."""
    monkeypatch.setitem(sys.modules, "xapian", None)
    with pytest.raises(DossierError, match=r"\[scale\]"):
        Library.open(folder, tmp_path / "a", options=ON_DISK)
    monkeypatch.setattr(ondisk, "LARGE_FROM", 12)
    assert not is_on_disk(Library.open(folder, tmp_path / "b"))


def test_an_older_version_left_its_articles(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation that other code made is indexed anew from its articles, without a notice."""
    library = Library.open(folder, tmp_path / "data", options=ON_DISK)
    before = replies(library)
    (database,) = (tmp_path / "data").rglob("index.db")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM blobs WHERE name LIKE 'annotations.%'")
        connection.execute("UPDATE generations SET recipe = 'older', stamp = NULL")
    again = Library.open(folder, tmp_path / "data", options=ON_DISK)
    assert again.notices == ()
    assert replies(again) == before


@pytest.mark.parametrize("lost", ["about.json", "keys", "bodies", "terms", "records", "borders"])
def test_a_lost_segment_is_made_again(folder: Path, tmp_path: Path, lost: str) -> None:
    """An index that cannot be read is set aside with a notice, and the folder is read again."""
    library = Library.open(folder, tmp_path / "data", options=ON_DISK)
    before = replies(library)
    (segment,) = (tmp_path / "data").rglob("segment-1")
    if lost == "terms":
        shutil.rmtree(segment / lost)
    else:
        (segment / lost).write_bytes(b"")
    again = Library.open(folder, tmp_path / "data", options=ON_DISK)
    assert len(again.notices) == 1
    assert "endommagé" in again.notices[0]
    assert replies(again) == before


def test_a_flipped_bit_is_found_once(folder: Path, tmp_path: Path) -> None:
    """What is no longer what was written is never quoted, and the next start writes it anew."""
    before = replies(Library.open(folder, tmp_path / "data", options=ON_DISK))
    (bodies,) = (tmp_path / "data").rglob("segment-1/bodies")
    bodies.write_bytes(b"x" * bodies.stat().st_size)
    library = Library.open(folder, tmp_path / "data", options=ON_DISK)
    with pytest.raises(StoreDamaged, match="endommagé"):
        replies(library)
    again = Library.open(folder, tmp_path / "data", options=ON_DISK)
    assert len(again.notices) == 1
    assert replies(again) == before


def test_a_damaged_segment_is_written_anew_at_a_reload(folder: Path, tmp_path: Path) -> None:
    """A reload that finds damage is told of it, shares nothing and stays on disk."""
    library = Library.open(folder, tmp_path / "data", options=ON_DISK)
    (bodies,) = (tmp_path / "data").rglob("segment-1/bodies")
    bodies.write_bytes(b"x" * bodies.stat().st_size)
    write(folder, article(3, seed=4))
    library.reload()
    assert is_on_disk(library)
    assert len(library.notices) == 1
    assert "endommagé" in library.notices[0]
    assert replies(library) == replies(Library.open(folder, tmp_path / "other", options=ON_DISK))


def test_a_file_that_comes_while_others_are_read(folder: Path, tmp_path: Path) -> None:
    """A folder that never holds still is served as it was read; what came is read next time."""
    came: list[str] = []

    def copying(stage: str, done: int, _total: int) -> None:
        if stage == "index" and not done:
            one = article(40 + len(came))
            write(folder, one)
            came.append(one.id)

    library = Library.open(folder, tmp_path / "data", options=ON_DISK, progress=copying)
    library.reload()
    assert len(came) > 1
    assert set(came) <= {one.id for one in library.current.dossier.articles}


def test_rubbish_that_cannot_be_swept_stops_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stored generation is published, though old segments cannot be removed."""
    library = Library.open(folder, tmp_path / "data", options=ON_DISK)

    def refused(*_: object) -> None:
        raise OSError("refused")

    monkeypatch.setattr(large, "sweep", refused)
    write(folder, article(3, seed=4))
    assert library.reload().changed_ids == ("a00003",)
    assert library.current.number == 2


def test_a_reload_of_what_did_not_change_keeps_the_shards(folder: Path, tmp_path: Path) -> None:
    """Connections and what is remembered of silent shards stay when there is nothing new."""
    options = Options(engine="xapian", shards=("127.0.0.1:1",))
    library = Library.open(folder, tmp_path / "data", options=options)
    before = library.current
    assert not library.reload().changed
    assert library.current is before


def test_a_dead_shard_is_told_in_the_reply(folder: Path, tmp_path: Path) -> None:
    """A reply without a shard carries a note; a search, which has no room for one, is an error."""
    options = Options(engine="xapian", shards=("127.0.0.1:1",))
    library = Library.open(folder, tmp_path / "data", options=options)
    reply = answer(library.current, questions(1)[0])
    assert reply.notes[0].startswith("Le dossier est momentanément incomplet")
    with pytest.raises(ShardSilent, match="momentanément incomplet"):
        find(library.current, "digue")


@pytest.mark.skipif(
    bool(missing_programs()),
    reason=f"not installed: {', '.join(missing_programs())} (Debian: xapian-tools haproxy)",
)
def test_a_cluster_answers_and_follows(folder: Path, tmp_path: Path) -> None:
    """Shards answer as this machine does; a reload reaches them, and so does a rollback."""
    library = Library.open(folder, tmp_path / "data", options=ON_DISK)
    before = replies(library)
    shards = library.write_shards(2)
    (tmp_path / "work").mkdir()
    with Cluster(shards, tmp_path / "work", count=2, replicas=1) as cluster:
        served = Options(shards=cluster.addresses)
        reader = Library.open(folder, tmp_path / "data", options=served)
        assert replies(reader) == before
        write(folder, article(3, seed=4))
        library.reload()
        cluster.replicate()
        reader.reload()
        alone = Library.open(folder, tmp_path / "other", options=ON_DISK)
        assert replies(reader) == replies(alone) != before
        library.rollback(1)
        cluster.replicate()
        reader.rollback(1)
        assert replies(reader) == before


def test_shards_need_an_index_on_disk(folder: Path, tmp_path: Path) -> None:
    """What is kept in memory has no shards, and one sentence says so."""
    library = Library.open(folder, tmp_path / "data")
    with pytest.raises(DossierError, match="RETRIEVAL_ENGINE=xapian"):
        library.write_shards(2)
