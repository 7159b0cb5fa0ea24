"""Measuring: material that is always the same, engines that find the same, figures that add up."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bench import material, measuring, startup, tables
from bot.bench.drawing import curves
from bot.bench.measuring import Figures
from bot.bench.peers import ENGINES, OURS, installed
from bot.bench.stages import STAGES, asked, staged
from bot.render.picture import can_draw, curves_picture
from knowledge import corpus
from knowledge.shelf import generation_of
from tests.bot.cli.conftest import Run

FIGURES: Figures = {
    "start": {"python -c pass": {"best": 0.02, "median": 0.02, "processor": 0.01}, "imports": []},
    "sizes": [
        {
            "passages": 1_500,
            "read_seconds": 1.0,
            "index_seconds": 2.0,
            "peak_mb": 100.0,
            "index_mb": 5.4,
            "stages": dict.fromkeys(STAGES, (1.0, 2.0)),
            "questions": (8.0, 20.0),
            "start": {"best": 0.3, "median": 0.4, "processor": 0.25},
            "engines": {
                "dossier": {"per_second": 300.0, "peak_mb": 40.0, "p50": 0.1, "p99": 0.5},
                "rank_bm25": {"per_second": 600.0, "peak_mb": 80.0, "p50": 1.0, "p99": 2.0},
                "Xapian": {"per_second": 100.0, "peak_mb": 60.0, "p50": 0.2, "p99": 0.25},
            },
        }
    ],
}


def test_the_same_dossier_every_time(tmp_path: Path) -> None:
    """The material of a size is the same on every machine, with as many paragraphs as asked."""
    made_of = material.material(None)
    for name in ("a", "b"):
        material.write(made_of, 25, tmp_path / name)
    assert [p.read_bytes() for p in sorted((tmp_path / "a").iterdir())] == [
        p.read_bytes() for p in sorted((tmp_path / "b").iterdir())
    ]
    read = corpus.load(tmp_path / "a")
    assert sum(len(article.paragraphs) for article in read.articles) == 25
    assert material.sample(made_of, 7) == material.sample(made_of, 7)


def test_the_shared_text_where_there_is_one(shared: Path) -> None:
    """With the shared folder the sentences are real ones, each of them once."""
    found = material.material(shared)
    assert found.source == "PIAF"
    assert len(set(found.sentences)) == len(found.sentences) > 5_000


def _passages() -> list[list[str]]:
    draw = random.Random(11)
    words = [f"mot{number}" for number in range(400)]
    return [draw.choices(words, k=draw.randint(20, 60)) for _ in range(600)]


@pytest.mark.parametrize("name", installed())
def test_engines_find_the_same(name: str, tmp_path: Path) -> None:
    """Every engine finds nearly the ten passages that rank_bm25 finds; ours finds them exactly."""
    passages = _passages()
    reference, engine = ENGINES["rank_bm25"][0](), ENGINES[name][0]()
    reference.build(iter(passages), tmp_path)
    engine.build(iter(passages), tmp_path)
    shared = []
    for number in range(20):
        question = passages[number * 7][:6]
        expected, found = reference.search(question, 10), list(engine.search(question, 10))
        if name == OURS:
            assert found == expected
        shared.append(len(set(found) & set(expected)))
    # Some engines cannot be told k1 and b, and store lengths in one byte.
    assert sum(shared) / len(shared) > 7
    assert list(engine.search([], 10)) in ([], list(range(10)))


def test_percentiles_are_measured_values() -> None:
    """Half of the values are not above the median, one in a hundred is above the 99th."""
    assert measuring.percentiles([5.0]) == (5.0, 5.0)
    assert measuring.percentiles([float(n) for n in range(1, 101)]) == (50.0, 99.0)


def test_lines_tell_the_best_peer() -> None:
    """A ratio above 1 says that ours is better than the best peer of that line, not of another."""
    lines = {line.quantity: line for line in tables.compared(FIGURES)}
    assert (lines["per_second"].peer, lines["per_second"].ratio) == ("rank_bm25", 0.5)
    assert (lines["peak_mb"].peer, lines["peak_mb"].ratio) == ("Xapian", 1.5)
    assert (lines["p99"].peer, lines["p99"].ratio) == ("Xapian", 0.5)


def test_rows_are_as_wide_as_their_columns() -> None:
    """Every table has a heading for each of its cells, in each language."""
    from bot.texts import LANGUAGES, texts

    for language in LANGUAGES:
        words = texts(language)
        for key, rows in (
            ("compared", tables.compared_rows(FIGURES)),
            ("engines", tables.engine_rows(FIGURES)),
            ("stages", tables.stage_rows(FIGURES)),
            ("dossier", tables.dossier_rows(FIGURES)),
        ):
            assert {len(row) for row in rows} == {len(words.lines(f"cli.bench_{key}_columns"))}
        assert len(curves(FIGURES["sizes"])) == len(words.lines("cli.bench_panels"))


def test_stages_of_a_question(tmp_path: Path) -> None:
    """Each question has a time in each stage, none below 0."""
    material.write(material.material(None), 20, tmp_path / "d")
    generation = generation_of(corpus.load(tmp_path / "d"), "d")
    questions = ["Qui a vu le port ?", "Combien de ponts ?"]
    spent = staged(generation, questions)
    assert list(spent) == list(STAGES)
    assert all(len(times) == 2 and min(times) >= 0 for times in spent.values())
    assert all(time > 0 for time in asked(generation, questions))


def test_imports_are_added_up_by_package(tmp_path: Path) -> None:
    """What -X importtime tells is summed by top-level package, the dearest first."""
    found = dict(startup.imports_of(["-c", "import json.decoder, email.message"], tmp_path))
    assert found["email"] > 0
    assert len(found) <= 10


@pytest.mark.skipif(not can_draw(), reason="the extra [plots] is not installed")
def test_a_picture_of_growth() -> None:
    """The curves are drawn as a PNG, the same bytes every time."""
    panels = curves(FIGURES["sizes"])
    drawn = curves_picture(panels, "passages", ["a", "b", "c"])
    assert drawn is not None
    assert drawn.startswith(b"\x89PNG")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One start instead of seven, and no peers."""
    monkeypatch.setattr(startup, "REPEATS", 1)
    monkeypatch.setattr("bot.bench.peers.installed", lambda: (OURS, "rank_bm25"))
    return iter(())


@pytest.mark.slow
def test_one_command_measures(run: Run, quick: None) -> None:
    """`dossier bench --json` gives figures of every size and engine."""
    outcome = run("bench", "--sizes", "12", "--questions", "4", "--json")
    assert (outcome.status, outcome.err) == (0, "")
    figures = json.loads(outcome.out)
    (row,) = figures["sizes"]
    assert row["passages"] == 12
    assert set(row["engines"]) == {OURS, "rank_bm25"}
    assert row["start"]["best"] > figures["start"]["python -c pass"]["best"]


@pytest.mark.parametrize("words", [("--sizes", "0"), ("--sizes", "many"), ("--questions", "-1")])
def test_sizes_are_numbers(run: Run, words: tuple[str, str]) -> None:
    """What is no size is wrong usage, told in one sentence."""
    outcome = run("bench", *words)
    assert outcome.status == 2
    assert len(outcome.err.splitlines()) == 1
