"""Learning the weights: from tables made up here, and from a town of three articles."""

import json
import math
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from knowledge.answering import learn
from knowledge.answering.asking import ask_of
from knowledge.answering.cases import NO_FOLD, Case, press_cases
from knowledge.answering.engine import answer
from knowledge.answering.features import FEATURES, NEARNESS
from knowledge.answering.refusal import MEANT
from knowledge.answering.training import (
    FOLDS,
    Choice,
    Floats,
    auroc,
    fold_of,
    learn_choices,
    learn_confidence,
    logistic,
    place_of_gold,
)
from knowledge.answering.weights import stored
from knowledge.errors import DossierError
from knowledge.evaluation import EvalQuestion, holds
from knowledge.model import Answer
from knowledge.shelf import with_meaning
from tests.knowledge.answering.town import valmeur
from tests.knowledge.bagged import Bagged

TELLING, MISLEADING, NOISE = range(3)


def made_up(count: int = 60) -> list[Choice]:
    """Choices of five rows: one column tells in group 0, another in group 1, the third nothing."""
    chance = np.random.default_rng(7)
    found = []
    for number in range(count):
        group = number % 2
        rows = chance.random((5, 3))
        gold = np.arange(5) == rows[:, TELLING if group == 0 else MISLEADING].argmax()
        found.append(Choice(rows, gold, np.arange(5), home=int(gold.argmax()), group=group))
    return found


def test_learning_finds_the_feature_that_tells() -> None:
    """A column that marks the gold row gets the weight, one of noise next to none."""
    common, own = learn_choices([c for c in made_up() if c.group == 0], 1)
    weights = common + own
    assert weights[TELLING] > 3
    assert abs(weights[NOISE]) < weights[TELLING] / 4


def test_a_group_learns_its_own_weights() -> None:
    """Each of two groups prefers the column that tells in it."""
    common, *own = learn_choices(made_up(400), 2)
    assert common[TELLING] + own[0][TELLING] > common[MISLEADING] + own[0][MISLEADING]
    assert common[TELLING] + own[1][TELLING] < common[MISLEADING] + own[1][MISLEADING]


def test_a_choice_without_an_answer_teaches_nothing() -> None:
    """Choices without a gold row, empty ones too, change no weight; alone they are an error."""
    silent = [
        Choice(np.ones((2, 3)), np.zeros(2, bool), np.arange(2)),
        Choice(np.zeros((0, 3)), np.zeros(0, bool), np.arange(0)),
    ]
    assert (learn_choices([*made_up(), *silent], 2) == learn_choices(made_up(), 2)).all()
    with pytest.raises(ValueError, match="no choice"):
        learn_choices(silent, 2)


def test_emphasis_counts_as_so_many_copies() -> None:
    """A choice of emphasis 2 pulls as two equal choices do."""
    twice = [Choice(c.rows, c.gold, c.ranks, emphasis=2.0) for c in made_up()]
    copies = [Choice(c.rows, c.gold, c.ranks) for c in made_up() for _ in range(2)]
    assert np.allclose(learn_choices(twice, 1), learn_choices(copies, 1), atol=1e-6)


def test_the_place_of_the_gold_row() -> None:
    """Places count from 0, a tie keeps the order, and without a gold row the place is infinite."""
    rows, ranks = np.zeros((3, 1)), np.arange(3)
    second = Choice(rows, np.array([False, True, False]), ranks)
    assert place_of_gold(second, np.array([0.0, 5.0, 1.0])) == 0
    assert place_of_gold(second, np.array([1.0, 1.0, 1.0])) == 1
    assert place_of_gold(Choice(rows, np.zeros(3, bool), ranks), np.zeros(3)) == math.inf


def test_passages_are_weighed_by_their_sentences() -> None:
    """A passage's row holds its best score, the log of the summed powers, and how it was found."""
    width = len(FEATURES)
    choice = Choice(np.full((3, width), 0.5), np.zeros(3, bool), np.array([0, 0, 1]), home=1)
    found = learn.passage_choice(choice, np.array([2.0, 2.0, 1.0]))
    assert np.allclose(found.rows * learn.SCALE[:3], [[2, 2 + math.log(2), 0.5], [1, 1, 0.5]])
    assert found.gold.tolist() == [False, True]


def signals(count: int, shift: float) -> tuple[Floats, Floats]:
    """Rows of a 1, a signal and noise, and whether the signal is above the shift."""
    chance = np.random.default_rng(11)
    rows = np.hstack([np.ones((count, 1)), chance.random((count, 2))])
    return rows, np.array(rows[:, 1] > shift, np.float64)


def test_confidence_follows_the_signal() -> None:
    """Small and large dossiers learn the signal, and the mean chance is the share that is right."""
    small, large = signals(200, 0.5), signals(300, 0.7)
    for weights, (rows, right) in zip(
        learn_confidence(small, large, large[1]), (small, large), strict=True
    ):
        assert weights[1] > 3 * abs(weights[2])
        assert float((1 / (1 + np.exp(-rows @ weights))).mean()) == pytest.approx(
            right.mean(), abs=0.02
        )


def test_logistic_regression_without_a_signal_gives_the_share() -> None:
    """With a constant alone the chance is the share of the labels."""
    weights = logistic(np.ones((10, 1)), np.array([0.0] * 7 + [1.0] * 3), 1e-9)
    assert 1 / (1 + math.exp(-weights[0])) == pytest.approx(0.3)


def test_auroc_counts_pairs() -> None:
    """The share of pairs in the right order, ties half; nan without pairs."""
    assert auroc([0.9, 0.4], [0.1, 0.4]) == pytest.approx(3.5 / 4)
    assert math.isnan(auroc([], [0.5]))


def town_cases(encoder: Bagged | None = None) -> Iterator[Case]:
    """Ten questions on the town in five folds, as PIAF's and as a press set's; one set in none."""
    generation = valmeur() if encoder is None else with_meaning(valmeur(), encoder)
    asked = [
        ("Qui a inauguré la ligne de tramway ?", "marchandeau", "tramway"),
        ("Combien a coûté le chantier ?", "340 millions", "tramway"),
        ("Qui a présenté un projet de criée ?", "korvel", "port"),
        ("Pourquoi les pêcheurs ont-ils bloqué le chenal ?", "gazole", "port"),
        ("Combien de salariés la conserverie employait-elle ?", "85", "conserverie"),
    ]
    for number, (question, expected, source) in enumerate(asked):
        asking = ask_of(generation, question)
        proof = partial(holds, ((expected,),))
        gold = next(
            n for n, p in enumerate(generation.passages)
            if p.article == source and proof(generation.text_of(n))
        )  # fmt: skip
        views = (("gold", gold.__eq__, True), ("full", None, True),
                 ("hidden", gold.__ne__, False), ("half", None, True))  # fmt: skip
        for view, allowed, present in views:
            yield Case(view, number, generation, asking, allowed, present, proof, gold)
        press = EvalQuestion(f"v{number}", "what", question, (), ((expected,),), (source,))
        for view, fold in (("valmeur", number), ("shared", NO_FOLD)):
            yield Case(view, fold, generation, asking, None, True, proof, press=press)
        refused = EvalQuestion(f"r{number}", "what", f"Qui est le préfet {number} ?", refuse=True)
        asking = ask_of(generation, refused.question)
        yield Case("valmeur", number, generation, asking, None, False, proof, press=refused)


def test_the_same_cases_give_the_same_bytes() -> None:
    """Learning twice writes the same text, which the engine can use, and leaves its own weights."""
    before = json.dumps(stored())
    learned, lines = learn.learn(list(town_cases()))
    again, lines_again = learn.learn(list(town_cases()))
    assert learn.written(learned) == learn.written(again)
    assert lines == lines_again
    assert json.dumps(stored()) == before
    assert set(learned) == {"sentence", "passage", "confidence"} <= set(stored())
    with learn.adopted(learned):
        reply = answer(valmeur(), "Combien a coûté le chantier du tramway ?")
    assert isinstance(reply, Answer)
    assert "340 millions" in reply.evidence[0].quote


def test_meaning_is_learned_apart() -> None:
    """Cases with vectors teach weights of nearness, which the engine uses with vectors only."""
    before = json.dumps(stored())
    learned, _ = learn.learn(list(town_cases(Bagged())))
    assert json.dumps(stored()) == before
    assert set(NEARNESS) <= set(learned["sentence"]["small"]["all"])
    assert set(MEANT) <= set(learned["confidence"]["large"])
    assert set(learned["passage"]) == set(learn.RERANKING)
    question = "Combien a coûté le chantier du tramway ?"
    plain = answer(valmeur(), question)
    with learn.adopted(learned, semantic=True):
        assert answer(valmeur(), question) == plain
        reply = answer(with_meaning(valmeur(), Bagged()), question)
    assert isinstance(reply, Answer)
    assert "340 millions" in reply.evidence[0].quote


def test_what_is_in_no_fold_is_never_learned_from() -> None:
    """Without the questions in no fold the weights are the same."""
    cases = list(town_cases())
    learned, _ = learn.learn(cases)
    alone, _ = learn.learn([case for case in cases if case.fold != NO_FOLD])
    assert learned == alone


def test_written_weights_are_sorted_and_short() -> None:
    """Keys are sorted, numbers have at most three decimals, and there is no -0.0."""
    named = learn._named(("b", "a"), np.array([-0.0001, 1.23456]))
    assert learn.written({"z": named}) == '{\n "z": {\n  "a": 1.235,\n  "b": 0.0\n }\n}\n'


def test_every_article_has_its_fold() -> None:
    """The fold of an article is always the same number below FOLDS."""
    assert {fold_of(f"article-{n}") for n in range(50)} == set(range(FOLDS))


def test_questions_of_no_dossier_are_told(tmp_path: Path) -> None:
    """A question whose id begins with no dossier's name is an error that names it."""
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "questions").mkdir()
    line = {"id": "nulle-part-1", "question": "Qui ?", "refuse": True}
    (tmp_path / "questions" / "autres.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(DossierError, match="nulle-part-1"):
        list(press_cases(tmp_path, tmp_path))


def test_missing_questions_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without PIAF nothing is written: one sentence names the file, and the exit code is 2."""
    output = tmp_path / "weights.json"
    assert learn.main(["--shared", str(tmp_path), "--output", str(output)]) == 2
    assert "piaf_passages.jsonl: cannot be read" in capsys.readouterr().err
    assert not output.exists()
