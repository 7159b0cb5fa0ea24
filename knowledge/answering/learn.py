"""Learns weights.json and tells how good the weights are: `python -m knowledge.answering.learn`.

All tables come from the real engine, and each figure from weights that saw neither the article of
the question (PIAF, five folds) nor its dossier (press). The questions of SHARED/eval are never
learned from. Only what the confidence and passage weights of a fold are learned on, the signals
of the other folds, comes from sentence weights that saw the fold, as in stacking (Wolpert, 1992).

The same input gives the same bytes. knowledge reads no environment: where DOSSIER_SHARED is set,
pass --shared "$DOSSIER_SHARED".
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.answering import conversation, refusal, training
from knowledge.answering.asking import ask_of
from knowledge.answering.cases import NO_FOLD, Case, piaf_cases, press_cases, text_of
from knowledge.answering.choosing import choose
from knowledge.answering.engine import _actor, answer
from knowledge.answering.evidence import PASSAGES, gather
from knowledge.answering.features import FEATURES
from knowledge.answering.refusal import SIGNALS
from knowledge.answering.search import RERANKED
from knowledge.answering.training import FOLDS, Choice, Floats, learn_choices, place_of_gold
from knowledge.answering.weights import GROUPS, forget, sentence_scores, stored
from knowledge.errors import DossierError
from knowledge.evaluation import calibration_error, score

GROUP_NAMES = ("other", *sorted(set(GROUPS.values())))
RERANKING, SCALE = ("best", "together", "retrieved"), np.array([5.0, 5.0, 1.0])
"""What `evidence.rerank` weighs, and how large each is: one penalty then suits all three."""
PRESS_EMPHASIS = 5.0
"""How much a press question counts beside a PIAF question in the weights of small dossiers. Right
sentences in the dossier left out (built-in, conseil, corail, handball): 0 gives .685 .612 .676
.592, 2 .694 .621 .686 .612, 5 .710 .621 .705 .612."""
CERTAIN = {size: {SIGNALS[0]: 30.0} for size in ("small", "large")}
"""Confidence weights with which everything is answered that no rule refuses."""
Weights = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is chosen for a case; `ceiling` is the confidence that the rules allow."""

    case: Case
    right: bool = False
    signals: tuple[float, ...] = ()
    ceiling: float = 0.0
    confidence: float = 0.0

    @property
    def answered(self) -> bool:
        """Whether the confidence suffices."""
        return self.confidence >= refusal.threshold(self.case.generation.index.size)


def choice_of(case: Case) -> Choice:
    """The sentences of the passages that search ranks, in the order of reading."""
    asking, press = case.asking, case.press
    found = gather(
        case.generation, asking.text, asking.concepts, asking.asked,
        allowed=case.allowed, count=RERANKED,
    )  # fmt: skip
    found = tuple(sorted(found, key=lambda c: (c.hit.rank, c.sentence.start)))
    gold = [
        (c.sentence.article.startswith(press.sources) if press else c.hit.passage == case.gold)
        and case.proof(text_of(case.generation, c.sentence))
        for c in found
    ]
    group = GROUP_NAMES.index(GROUPS.get(asking.asked.wanted, "other"))
    rows = np.array([c.row for c in found], float).reshape(-1, len(FEATURES))
    ranks = np.array([c.hit.rank for c in found], int)
    home = next((c.hit.rank for c in found if c.hit.passage == case.gold), -1)
    emphasis = PRESS_EMPHASIS if press else 1.0
    return Choice(rows, np.array(gold, bool), ranks, home, group, emphasis)


def passage_choice(choice: Choice, scores: Floats) -> Choice:
    """The passages of a choice as rows of what `evidence.rerank` weighs."""
    ranks, rows = np.unique(choice.ranks), []
    for inside in (choice.ranks == rank for rank in ranks):
        best = scores[inside].max()
        together = best + np.log(np.exp(scores[inside] - best).sum())
        rows.append((best, together, choice.rows[inside][0, FEATURES.index("retrieved")]))
    return Choice(np.array(rows).reshape(-1, 3) / SCALE, ranks == choice.home, ranks)


def trial_of(case: Case) -> Trial:
    """What the engine with its stored weights chooses, were nothing refused."""
    generation, asking, q = case.generation, case.asking, case.press
    reply = answer(generation, q.question, history=q.history) if q else None
    if q:
        actor = _actor(generation, q.question, q.history)
        asking = ask_of(generation, q.question, q.history, actor=actor)
    said = case.view != "gold" and conversation.reply(generation, asking) is not None
    chosen = None if said else choose(generation, asking, case.allowed)
    if chosen is None:
        return Trial(case)
    if q and reply:
        right = bool(score([q], {q.id: reply}, generation.article).total.right)
    else:
        right = case.present and case.proof(text_of(generation, chosen.span))
    signals = refusal.signals(chosen.judged, asking.concepts)
    return Trial(case, right, signals, chosen.confidence)


@contextmanager
def adopted(weights: Weights) -> Iterator[None]:
    """The engine uses these weights in place of the stored ones of the same key."""
    kept = dict(stored())
    _install(weights)
    try:
        yield
    finally:
        _install(kept)


def _install(weights: Weights) -> None:
    stored().update(weights)
    forget()


def sentence_weights(choices: Sequence[Choice]) -> Weights:
    """The key "sentence" of weights.json; small dossiers learn from press questions, too."""
    learned = {}
    for size, part in (("large", [c for c in choices if c.emphasis == 1.0]), ("small", choices)):
        common, *own = learn_choices(part, len(GROUP_NAMES))
        learned[size] = {"all": _named(FEATURES, common)}
        for name, extra in zip(GROUP_NAMES, own, strict=True):
            learned[size][name] = {k: v for k, v in _named(FEATURES, extra).items() if v}
    return learned


def confidence_weights(trials: Sequence[Trial]) -> Weights:
    """The key "confidence" of weights.json."""
    kept = [t for t in trials if t.signals and t.case.view != "gold"]
    signals, right = np.array([t.signals for t in kept]), np.array([float(t.right) for t in kept])
    press = np.array([t.case.press is not None for t in kept])
    present = np.array([float(t.case.present) for t in kept])[~press]
    tables = [(signals[part], right[part]) for part in (press, ~press)]
    few, many = training.learn_confidence(tables[0], tables[1], present)
    return {"small": _named(SIGNALS, few), "large": _named(SIGNALS, many)}


def learn(cases: Sequence[Case]) -> tuple[Weights, list[str]]:
    """The keys of weights.json, learned from every fold, and the lines of the report."""
    tables = [(c, choice_of(c)) for c in cases if c.view not in {"hidden", "half"}]
    first = defaultdict[str, list[bool]](list)
    passages: list[tuple[int, Choice]] = []
    trials: list[Trial] = []
    # The last round leaves out nothing but what is in no fold: its weights are kept.
    for out in (*range(FOLDS), NO_FOLD):
        sentence = sentence_weights([_near(x) for c, x in tables if c.fold not in {out, NO_FOLD}])
        with adopted({"sentence": sentence, "confidence": CERTAIN}):
            for case, choice in ((c, x) for c, x in tables if c.fold == out):
                scores, near = _scores(case, choice), _near(choice)
                first[case.view].append(place_of_gold(near, scores[: len(near.rows)]) == 0)
                if case.view == "full":
                    passages.append((out, passage_choice(choice, scores)))
            trials += [trial_of(case) for case in cases if case.fold == out]
    places: list[float] = []
    judged: list[Trial] = []
    for out in (*range(FOLDS), NO_FOLD):
        passage = learn_choices([x for n, x in passages if n != out], 1).sum(axis=0)
        places += [place_of_gold(x, x.rows @ passage) for n, x in passages if n == out]
        sure = confidence_weights([t for t in trials if t.case.fold not in {out, NO_FOLD}])
        with adopted({"confidence": sure}):
            judged += [_judged(t) for t in trials if t.case.fold == out]
    reranking = _named(RERANKING, passage / SCALE)
    learned = {"sentence": sentence, "passage": reranking, "confidence": sure}
    return learned, report(first, places, judged)


def _near(choice: Choice) -> Choice:
    """What answering sees of what search sees."""
    end = int(np.searchsorted(choice.ranks, PASSAGES))
    return replace(choice, rows=choice.rows[:end], gold=choice.gold[:end])


def _scores(case: Case, choice: Choice) -> Floats:
    wanted, size = case.asking.asked.wanted, case.generation.index.size
    rows = choice.rows.tolist()
    return np.array(sentence_scores(rows, wanted, size)[0] if rows else [])


def _judged(trial: Trial) -> Trial:
    if not trial.signals:
        return trial
    sure = refusal.confidence(trial.signals, trial.case.generation.index.size)
    return replace(trial, confidence=min(trial.ceiling, sure))


def report(
    first: Mapping[str, Sequence[bool]], places: Sequence[float], trials: Sequence[Trial]
) -> list[str]:
    """The figures: what the best sentence and the quote hold, what is found, refused, believed."""
    views = defaultdict[str, list[Trial]](list)
    for trial in trials:
        views[trial.case.view].append(trial)
    gold, full, hidden = views["gold"], views["full"], views["hidden"]
    there, gone = ([t for t in views["half"] if t.case.present == here] for here in (True, False))
    press = {name: part for name, part in views.items() if part[0].case.press}
    own = [t for part in press.values() for t in part if t.case.fold != NO_FOLD]

    def share(values: Sequence[bool]) -> str:
        return f"{sum(values) / max(1, len(values)):.4f}"

    def right(part: Sequence[Trial]) -> str:
        return share([t.right for t in part])

    def apart(present: Sequence[Trial], absent: Sequence[Trial]) -> str:
        found = training.auroc(*([t.confidence for t in part] for part in (present, absent)))
        return f"AUROC {found:.4f}, refused {share([not t.answered for t in absent])}"

    def error(part: Sequence[Trial]) -> str:
        return f"{calibration_error([(t.confidence, t.right) for t in part]):.4f}"

    lines = [
        f"PIAF, {len(full)} questions, five folds by article",
        f"  gold passage      sentence {share(first['gold'])}, quote {right(gold)}",
        f"  end to end        sentence {share(first['full'])}, quote {right(full)}",
        f"  not refused       quote {share([t.right and t.answered for t in full])}",
        f"  search            recall@1 {share([p < 1 for p in places])}",
        f"  search            recall@5 {share([p < 5 for p in places])}",
        f"  article removed   {apart(there, gone)}",
        f"  passage hidden    {apart(full, hidden)}",
        f"  calibration       error {error([*full, *hidden, *there, *gone])}, press {error(own)}",
        "Press, each dossier left out; shared is never learned from",
    ]
    for name, part in press.items():
        asked = [t for t in part if t.case.present]
        lines.append(
            f"  {name:18}right {sum(t.right and t.answered for t in asked)} of {len(asked)}, "
            f"wrong {sum(t.answered and not t.right for t in asked)}, false answers "
            f"{sum(t.answered for t in part if not t.case.present)} of {len(part) - len(asked)}"
        )
    return lines


def written(weights: Mapping[str, Any]) -> str:
    """The text of weights.json."""
    return json.dumps(weights, indent=1, sort_keys=True) + "\n"


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    # Adding 0.0 makes 0.0 of -0.0.
    return {name: round(float(v), 3) + 0.0 for name, v in zip(names, values, strict=True)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Learns, reports and writes; 2 with one sentence when something cannot be read or written."""
    parser = argparse.ArgumentParser(prog="knowledge.answering.learn", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--quality", type=Path, default=Path("tests/quality"))
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("weights.json"))
    parser.add_argument("--report", action="store_true", help="write nothing")
    given = parser.parse_args(arguments)
    try:
        cases = [*piaf_cases(given.shared / "piaf"), *press_cases(given.shared, given.quality)]
        learned, lines = learn(cases)
        sys.stdout.write("\n".join(lines) + "\n")
        if not given.report:
            given.output.write_text(written({**stored(), **learned}), encoding="utf-8")
    except (DossierError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
