"""A large dossier on disk: what changes is written, the rest is shared, nothing is lost."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from pathlib import Path

import pytest

pytest.importorskip("xapian", reason="the extra [scale] is not installed")

from knowledge.corpus import parse, passages
from knowledge.errors import StoreDamaged
from knowledge.model import Article, Dossier
from knowledge.retrieval import build
from knowledge.retrieval.large import LargeIndex
from knowledge.store.codec import encode_article
from knowledge.store.layout import MOST, Layout, arrange
from knowledge.store.reading import LargeArticles, LargePassages, index_of
from knowledge.store.segments import key_of, write_segment
from tests.knowledge.retrieval.coast import article, articles, questions


def arranged(home: Path, listed: Sequence[Article], before: Layout | None = None) -> Layout:
    """The layout of these articles."""
    keys = [key_of(encode_article(one)) for one in listed]
    fresh: Mapping[int, Article] = dict(zip(keys, listed, strict=True))
    return arrange(home, [one.id for one in listed], keys, fresh.__getitem__, before)


def opened(home: Path, layout: Layout) -> tuple[LargeArticles, LargeIndex]:
    """The articles and the index of a layout."""
    found = LargeArticles(home, layout)
    return found, index_of(found, layout)


def rankings(index: LargeIndex, count: int = 25) -> list[list[tuple[int, float]]]:
    """Passages and scores for some questions."""
    return [
        [(hit.passage, round(hit.score, 4)) for hit in index.search(question, 10)]
        for question in questions(count)
    ]


def test_articles_and_passages_are_read_as_they_were(tmp_path: Path) -> None:
    """Sequences on disk give what the dossier in memory gives, by position, id and slice."""
    listed = articles(40)
    found, index = opened(tmp_path, arranged(tmp_path, listed))
    split = passages(Dossier("", "fr", listed))
    there = LargePassages(found)
    assert tuple(found) == listed == found[:]
    assert found.named("a00007") == listed[7] == found[-33]
    assert tuple(there) == split == there[:]
    assert [there[n] for n in range(len(split))] == list(split)
    assert index.size == len(there) == len(split)
    with pytest.raises(KeyError):
        found.named("a00007x")
    with pytest.raises(IndexError):
        there[len(split)]


def test_ranking_of_the_index_in_memory(tmp_path: Path) -> None:
    """The ten best passages are those of the index in memory, with the same scores."""
    listed = articles(300)
    _, index = opened(tmp_path, arranged(tmp_path, listed))
    dossier = Dossier("", "fr", listed)
    memory = build(dossier, passages(dossier))
    same = total = 0
    for question in questions(60):
        here, there = index.search(question, 10), memory.search(question, 10)
        scores = {hit.passage: hit.score for hit in there}
        same += sum(hit.passage in scores for hit in here)
        total += len(there)
        for hit in here:
            if hit.passage in scores:
                assert hit.score == pytest.approx(scores[hit.passage], abs=1e-3)
    assert same / total >= 0.99
    for form in ("digu", "pont", "chantier naval", "inconnu"):
        assert index.holds(form) == memory.holds(form)
        idf = (index.pair_idf, memory.pair_idf) if " " in form else (index.idf, memory.idf)
        assert idf[0](form) == pytest.approx(idf[1](form))


def test_ranking_on_piaf(shared: Path, tmp_path: Path) -> None:
    """On real text, too, the ten best passages are those of the index in memory."""
    texts: dict[str, list[str]] = {}
    with (shared / "piaf" / "piaf_passages.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, islice(lines, 400)):
            texts.setdefault(row["article"], []).append(row["text"])
    listed = tuple(parse(name, "\n\n".join(found), name) for name, found in texts.items())
    _, index = opened(tmp_path, arranged(tmp_path, listed))
    dossier = Dossier("", "fr", listed)
    memory = build(dossier, passages(dossier))
    same = total = 0
    with (shared / "piaf" / "piaf_dev_questions.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, islice(lines, 60)):
            there = {hit.passage for hit in memory.search(row["question"], 10)}
            same += len(there & {hit.passage for hit in index.search(row["question"], 10)})
            total += len(there)
    assert same / total >= 0.99


def test_a_limited_search_looks_as_far_as_it_has_to(tmp_path: Path) -> None:
    """What may be used is found wherever it ranks among all."""
    _, index = opened(tmp_path, arranged(tmp_path, articles(300)))
    last = {hit.passage for hit in index.search(questions(1)[0], 10_000)[-5:]}
    found = index.search(questions(1)[0], 5, allowed=lambda number: number in last)
    assert {hit.passage for hit in found} == last


def test_a_reload_writes_what_changed(tmp_path: Path) -> None:
    """A changed, a new and a removed article cost one small segment; the ranking is as if new."""
    before = articles(60)
    first = arranged(tmp_path / "a", before)
    after = [*before[:20], article(20, seed=1), *before[21:58], article(99)]
    second = arranged(tmp_path / "a", after, first)
    assert second.segments[:1] == first.segments
    found, index = opened(tmp_path / "a", second)
    assert [len(segment.keys) for segment in found.segments] == [60, 2]
    _, fresh = opened(tmp_path / "b", arranged(tmp_path / "b", after))
    assert rankings(index) == rankings(fresh)


def test_the_generation_before_stays(tmp_path: Path) -> None:
    """After reloads and a return to an older state, each generation finds what it found."""
    states = [list(articles(30))]
    for step in range(4):
        states.append([*states[-1][:step], article(step, seed=7), *states[-1][step + 1 :]])
    states.append(states[1])
    layouts = [arranged(tmp_path, states[0])]
    wanted = [rankings(opened(tmp_path, layouts[0])[1])]
    for state in states[1:]:
        layouts.append(arranged(tmp_path, state, layouts[-1]))
        wanted.append(rankings(opened(tmp_path, layouts[-1])[1]))
    for layout, expected, state in zip(layouts, wanted, states, strict=True):
        found, index = opened(tmp_path, layout)
        assert list(found) == state
        assert rankings(index) == expected
    assert wanted[1] == wanted[-1]
    assert all(a != b for a, b in pairwise(wanted[:5]))


def test_many_changes_stay_in_few_segments(tmp_path: Path) -> None:
    """However often it changes, a generation reads few segments, and ranks as if made anew."""
    draw = random.Random(3)
    listed = list(articles(50))
    layout = arranged(tmp_path / "a", listed)
    for step in range(25):
        changed = draw.randrange(len(listed))
        listed[changed] = article(changed, seed=step + 1)
        layout = arranged(tmp_path / "a", listed, layout)
        assert len(layout.segments) <= MOST
        assert -layout.retired_totals.passages <= 0.25 * layout.passages.sum()
    found, index = opened(tmp_path / "a", layout)
    assert list(found) == listed
    _, fresh = opened(tmp_path / "b", arranged(tmp_path / "b", listed))
    assert rankings(index) == rankings(fresh)
    again = Layout.from_blobs(layout.to_blobs())
    assert rankings(opened(tmp_path / "a", again)[1]) == rankings(index)


def test_a_damaged_segment_is_no_quote(tmp_path: Path) -> None:
    """A flipped bit in an article, a lost or cut file: an error that says so, never a text."""
    layout = arranged(tmp_path, articles(5))
    folder = tmp_path / layout.segments[0]
    body = bytearray((folder / "bodies").read_bytes())
    body[200] ^= 1
    (folder / "bodies").write_bytes(body)
    with pytest.raises(StoreDamaged):
        tuple(LargeArticles(tmp_path, layout))
    (folder / "keys").write_bytes(b"123")
    with pytest.raises(StoreDamaged):
        LargeArticles(tmp_path, layout)
    with pytest.raises(ValueError, match="as many ids as keys"):
        Layout.from_blobs({**layout.to_blobs(), "ids": b"a00000"})


def test_what_is_half_written_goes(tmp_path: Path) -> None:
    """A segment that cannot be finished takes no room on a disk that may be full."""

    def some() -> Iterator[Article]:
        yield article(1)
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_segment(tmp_path, some())
    assert list(tmp_path.iterdir()) == []
    assert write_segment(tmp_path, ()) is None
    assert list(tmp_path.iterdir()) == []
