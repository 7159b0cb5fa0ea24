"""The questions that the weights are learned from, each as it is asked of a generation."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from knowledge.answering.asking import Asking, ask_of
from knowledge.answering.search import permit
from knowledge.answering.slices import Span
from knowledge.answering.training import FOLDS, fold_of
from knowledge.corpus import load, parse
from knowledge.errors import DossierError
from knowledge.evaluation import EvalQuestion, default_questions, holds, load_questions
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Dossier, Encoder, Sentence
from knowledge.shelf import generation_of, with_meaning

NO_FOLD = -1
"""The fold of what is never learned from."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question as it is asked; the views of PIAF are gold, full, hidden and half."""

    view: str
    fold: int
    generation: Generation
    asking: Asking
    allowed: Callable[[int], bool] | None
    present: bool
    proof: Callable[[str], bool]
    gold: int = -1
    press: EvalQuestion | None = None


def piaf_cases(folder: Path, encoder: Encoder | None = None) -> Iterator[Case]:
    """Each PIAF question on its gold passage alone, on all, on all others, on half the articles.

    Halves and proofs are those of piaf/tool.py.
    """
    articles, places = defaultdict[tuple[str, str], list[str]](list), {}
    for row in _rows(folder / "piaf_passages.jsonl"):
        articles[row["article"], row["title"]].append(" ".join(row["text"].split()))
        places[row["id"]] = (row["article"], len(articles[row["article"], row["title"]]))
    parsed = [parse(t.replace("_", " "), "\n\n".join(p), a) for (a, t), p in articles.items()]
    staying = tuple(a for a in parsed if not _gone(a.id))
    whole = _generation(Dossier("PIAF", "fr", tuple(parsed)), "piaf", encoder)
    half = _generation(Dossier("PIAF", "fr", staying), "half of piaf", encoder)
    numbers = {(p.article, p.paragraph): n for n, p in enumerate(whole.passages)}
    for row in _rows(folder / "piaf_dev_questions.jsonl"):
        name, place = row["article"], places[row["passage"]]
        asking = ask_of(whole, row["question"])
        again = ask_of(half, row["question"])
        proof = partial(_holds_one, [_plain(a["text"]) for a in row["answers"]])
        gold, stays = numbers[place], not _gone(name)
        for view, generation, asked, allowed, present in (
            ("gold", whole, asking, gold.__eq__, True),
            ("full", whole, asking, permit(whole, asking.limits), True),
            ("hidden", whole, asking, permit(whole, asking.limits, frozenset([place])), False),
            ("half", half, again, permit(half, again.limits), stays),
        ):
            number = fold_of(name)
            yield Case(view, number, generation, asked, allowed, present, proof, gold)


def press_cases(shared: Path, quality: Path, encoder: Encoder | None = None) -> Iterator[Case]:
    """The questions of QUALITY/questions/NAME.jsonl on QUALITY/dossiers/NAME, and the built-in.

    In a file named after no dossier each id begins with the name of its dossier and a hyphen.
    The questions on one dossier are in one fold, those of SHARED/eval in none.
    """
    folders = {path.name: path for path in sorted((quality / "dossiers").iterdir())}
    folders["builtin"] = default_questions().parent
    folds = {name: number % FOLDS for number, name in enumerate(sorted(folders))}
    files = [("builtin", default_questions())]
    files += [(path.stem, path) for path in sorted((quality / "questions").glob("*.jsonl"))]
    if (shared / "eval").is_dir():
        folders["shared"], folds["shared"] = shared / "dossier", NO_FOLD
        files.append(("shared", shared / "eval" / "questions.jsonl"))
    generations = {name: _generation(load(path), name, encoder) for name, path in folders.items()}
    for stem, path in files:
        for q in load_questions(path):
            name = stem if stem in folders else q.id.split("-")[0]
            if name not in folders:
                raise DossierError(f"{path}: the id {q.id} begins with no dossier's name.")
            generation, number = generations[name], folds[name]
            asking = ask_of(generation, q.question, q.history)
            view, allowed = " ".join(dict.fromkeys((name, stem))), permit(generation, asking.limits)
            proof = partial(holds, q.expect)
            yield Case(view, number, generation, asking, allowed, not q.refuse, proof, press=q)


def _generation(dossier: Dossier, digest: str, encoder: Encoder | None) -> Generation:
    made = generation_of(dossier, digest)
    return made if encoder is None else with_meaning(made, encoder)


def text_of(generation: Generation, part: Sentence | Span) -> str:
    """The text of a part of an article."""
    return generation.article(part.article).text[part.start : part.end]


def _rows(path: Path) -> list[Any]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise DossierError(f"{path}: cannot be read as JSON lines; see --shared.") from error


def _gone(article: str) -> bool:
    return hashlib.sha256(article.encode()).digest()[0] % 2 == 1


def _plain(text: str) -> str:
    return " " + re.sub(r"[\W_]+", " ", fold(text)).strip() + " "


def _holds_one(answers: Sequence[str], text: str) -> bool:
    return any(answer in _plain(text) for answer in answers)
