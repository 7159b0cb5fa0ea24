"""The question sets of the quality gate: each a folder of articles and a file of questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.evaluation import EvalQuestion, default_questions, load_questions

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A dossier (`folder`) and the questions on it."""

    name: str
    folder: Path
    questions: Path


BUILT_IN = QuestionSet("builtin", default_questions().parent, default_questions())

OWN = (
    BUILT_IN,
    *(
        QuestionSet(name, HERE / "dossiers" / name, HERE / "questions" / f"{name}.jsonl")
        for name in ("conseil", "handball", "corail")
    ),
)
"""The sets in the repository, in the order of the report."""

FOLDERS: Mapping[str, Path] = {own.name: own.folder for own in OWN}


NEAR_MISSES = HERE / "questions" / "nearmiss.jsonl"
"""Pairs on the four dossiers: a question that the article answers, and one that it only grazes.

Ids begin with the name of the dossier; they are there for learning to refuse.
"""


def near_misses() -> tuple[tuple[str, EvalQuestion], ...]:
    """The name of the dossier and the question, in the order of the file."""
    return tuple((q.id.split("-")[0], q) for q in load_questions(NEAR_MISSES))


def shared_set(shared: Path) -> QuestionSet:
    """The questions handed to us on the real articles."""
    return QuestionSet("shared", shared / "dossier", shared / "eval" / "questions.jsonl")
