"""The quality gate: what is right, refused and verbatim never falls under its floor."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from knowledge.answering import answer
from knowledge.evaluation import EvalQuestion, Outcome, Tally, load_questions, score
from knowledge.generation import Generation
from knowledge.library import Library
from knowledge.model import Abstention, Article, Reply
from tests.quality.sets import FOLDERS, HERE, OWN, QuestionSet, near_misses, shared_set

FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


@cache
def generation_of(folder: Path) -> Generation:
    """The folder's generation, indexed once and stored nowhere."""
    return Library.open(folder, None).current


def replies(generation: Generation, questions: Iterable[EvalQuestion]) -> dict[str, Reply]:
    """The replies by question id, each asked in a chat of its own."""
    return {q.id: answer(generation, q.question, history=q.history) for q in questions}


def line(outcome: Outcome) -> str:
    """How a question failed, to be read in a terminal."""
    question, reply = outcome.question, outcome.reply
    if reply is None:
        said = "-"
    elif isinstance(reply, Abstention):
        said = f"{reply.reason}, near {reply.nearest.quote[:120] if reply.nearest else '-'!r}"
    else:
        first = reply.evidence[0] if reply.evidence else None
        proof = f"{first.article}: {first.quote[:120]!r}" if first else "no quote"
        said = f"{reply.headline[:120]!r}, {proof}"
    asked = " / ".join((*question.history, question.question))
    return f"  {outcome.fault:13} {question.id:18} {asked} -> {said}"


def hold(name: str, total: Tally, failed: Iterable[Outcome]) -> None:
    """Fails with every question that went wrong when a figure is under the set's floor."""
    floor = FLOORS[name]
    right = 100 * total.right / total.answerable
    refused = 100 * total.refused / total.unanswerable
    figures = (
        f"{name}: right {total.right}/{total.answerable} = {right:.1f} % (floor {floor['right']}), "
        f"refused {total.refused}/{total.unanswerable} = {refused:.1f} % "
        f"(floor {floor['refused']}), verbatim {total.verbatim}/{total.quotes} (floor: all)"
    )
    kept = right >= floor["right"] and refused >= floor["refused"]
    if not kept or total.verbatim != total.quotes:
        pytest.fail("\n".join((figures, *map(line, failed))), pytrace=False)


def gate(own: QuestionSet) -> None:
    """Asks the set's questions and holds the figures against its floor."""
    generation = generation_of(own.folder)
    questions = load_questions(own.questions)
    report = score(questions, replies(generation, questions), generation.article)
    hold(own.name, report.total, report.failed)


@pytest.mark.parametrize("own", OWN, ids=lambda own: own.name)
def test_own_questions_keep_their_floor(own: QuestionSet) -> None:
    """Each set of ours is answered and refused as well as its floor says, every quote verbatim."""
    gate(own)


def test_shared_questions_keep_their_floor(shared: Path) -> None:
    """The questions on the real articles keep their floor, when they are there."""
    gate(shared_set(shared))


def test_near_misses_keep_their_floor() -> None:
    """Pairs of a question answered and one only grazed keep their floor, on all dossiers."""
    said: dict[str, Reply] = {}
    articles: dict[str, Article] = {}
    for name, folder in FOLDERS.items():
        generation = generation_of(folder)
        said |= replies(generation, (q for dossier, q in near_misses() if dossier == name))
        articles |= {article.id: article for article in generation.dossier.articles}
    questions = [question for _, question in near_misses()]
    report = score(questions, said, articles.__getitem__)
    hold("nearmiss", report.total, report.failed)


def test_every_set_has_its_floor() -> None:
    """The floors file names every set once, with right and refused between 0 and 100."""
    assert set(FLOORS) == {*FOLDERS, "nearmiss", "shared"}
    for floor in FLOORS.values():
        assert set(floor) == {"right", "refused"}
        assert all(0 <= value <= 100 for value in floor.values())
