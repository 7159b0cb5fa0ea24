"""Learns weights.json and tells how good the weights are: `python -m knowledge.answering.learn`.

All tables come from the real engine, and each figure from weights that saw neither the article of
the question (PIAF, five folds) nor its dossier (press). The questions of SHARED/eval are never
learned from. Only what the confidence and passage weights of a fold are learned on, the signals
of the other folds, comes from sentence weights that saw the fold, as in stacking (Wolpert, 1992).

The same input gives the same bytes. knowledge reads no environment: where DOSSIER_SHARED is set,
pass --shared "$DOSSIER_SHARED".

With --retrieval semantic the key "semantic" is learned in the same way on generations with vectors,
which the first run encodes for half an hour; with --vectors FILE the next one takes minutes.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from knowledge.answering import training
from knowledge.answering.cases import NO_FOLD, Case, piaf_cases, press_cases, text_of
from knowledge.answering.evidence import PASSAGES, gather
from knowledge.answering.features import FEATURES, NEARNESS
from knowledge.answering.merits import VETOED_CONFIDENCE
from knowledge.answering.refusal import LARGE_ONLY, SIGNALS, names_of
from knowledge.answering.search import RERANKED
from knowledge.answering.training import FOLDS, Choice, Floats, learn_choices, place_of_gold
from knowledge.answering.trials import Trial, report, trial_of
from knowledge.answering.trials import judged as judge
from knowledge.answering.weights import GROUPS, forget, sentence_scores, stored
from knowledge.errors import DossierError
from knowledge.retrieval.encoder import choose
from knowledge.retrieval.remembering import Remembering

GROUP_NAMES = ("other", *sorted(set(GROUPS.values())))
RERANKING = ("best", "together", "retrieved", "near", "near_passage")
SCALE = np.array([5.0, 5.0, 1.0, 0.2, 0.2])
"""What `evidence.rerank` weighs, and how large each is: one penalty then suits all. The last two
need vectors."""
PRESS_EMPHASIS = 5.0
"""How much a press question counts beside a PIAF question in the weights of small dossiers. Right
sentences in the dossier left out (built-in, conseil, corail, handball): 0 gives .685 .612 .676
.592, 2 .694 .621 .686 .612, 5 .710 .621 .705 .612."""
CERTAIN = {size: {SIGNALS[0]: 30.0} for size in ("small", "large")}
"""Confidence weights with which everything is answered that no rule refuses."""
Weights = dict[str, Any]


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
    width = len(FEATURES) + len(NEARNESS) * (case.generation.meaning is not None)
    rows = np.array([c.row + c.near for c in found], float).reshape(-1, width)
    ranks = np.array([c.hit.rank for c in found], int)
    home = next((c.hit.rank for c in found if c.hit.passage == case.gold), -1)
    emphasis = PRESS_EMPHASIS if press else 1.0
    return Choice(rows, np.array(gold, bool), ranks, home, group, emphasis)


def passage_choice(choice: Choice, scores: Floats) -> Choice:
    """The passages of a choice as rows of what `evidence.rerank` weighs."""
    ranks, rows = np.unique(choice.ranks), []
    wide = choice.rows.shape[1]
    names, scale = (RERANKING, SCALE) if wide > len(FEATURES) else (RERANKING[:3], SCALE[:3])
    for inside in (choice.ranks == rank for rank in ranks):
        best = scores[inside].max()
        together = best + np.log(np.exp(scores[inside] - best).sum())
        row = [best, together, choice.rows[inside][0, FEATURES.index("retrieved")]]
        if len(names) > len(row):
            near = choice.rows[inside][:, len(FEATURES) :]
            row += [near[:, NEARNESS.index("near")].max(), near[0, NEARNESS.index("near_passage")]]
        rows.append(row)
    return Choice(np.array(rows).reshape(-1, len(names)) / scale, ranks == choice.home, ranks)


@contextmanager
def adopted(weights: Weights, *, semantic: bool = False) -> Iterator[None]:
    """The engine uses these weights in place of the stored ones of the same key."""
    kept = dict(stored())
    _install({"semantic": {**kept.get("semantic", {}), **weights}} if semantic else weights)
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
        names = (*FEATURES, *NEARNESS)[: part[0].rows.shape[1]]
        common, *own = learn_choices(part, len(GROUP_NAMES))
        learned[size] = {"all": _named(names, common)}
        for name, extra in zip(GROUP_NAMES, own, strict=True):
            learned[size][name] = {k: v for k, v in _named(names, extra).items() if v}
    return learned


def confidence_weights(trials: Sequence[Trial]) -> Weights:
    """The key "confidence" of weights.json; what a rule vetoes says nothing of the signals."""
    kept = [
        t
        for t in trials
        if t.signals
        and t.case.view != "gold"
        and not (t.case.press and t.ceiling <= VETOED_CONFIDENCE)
    ]
    signals, right = np.array([t.signals for t in kept]), np.array([float(t.right) for t in kept])
    press = np.array([t.case.press is not None for t in kept])
    present = np.array([float(t.case.present) for t in kept])[~press]
    names = names_of(kept[0].signals)
    apart = np.array([n for n, name in enumerate(names) if name in LARGE_ONLY], int)
    signals[np.ix_(press, apart)] = 0.0
    tables = [(signals[part], right[part]) for part in (press, ~press)]
    few, many = training.learn_confidence(tables[0], tables[1], present)
    few[apart] = 0.0
    return {"small": _named(names, few), "large": _named(names, many)}


def learn(cases: Sequence[Case]) -> tuple[Weights, list[str]]:
    """The keys of weights.json, learned from every fold, and the lines of the report.

    Where the generations of the cases have vectors, these are the keys of its "semantic".
    """
    semantic = cases[0].generation.meaning is not None
    tables = [(c, choice_of(c)) for c in cases if c.view not in {"hidden", "half"}]
    first = defaultdict[str, list[bool]](list)
    passages: list[tuple[int, Choice]] = []
    trials: list[Trial] = []
    # The last round leaves out nothing but what is in no fold: its weights are kept.
    for out in (*range(FOLDS), NO_FOLD):
        sentence = sentence_weights([_near(x) for c, x in tables if c.fold not in {out, NO_FOLD}])
        with adopted({"sentence": sentence, "confidence": CERTAIN}, semantic=semantic):
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
        with adopted({"confidence": sure}, semantic=semantic):
            judged += [judge(t) for t in trials if t.case.fold == out]
    scale = SCALE[: len(passage)]
    reranking = _named(RERANKING[: len(passage)], passage / scale)
    learned = {"sentence": sentence, "passage": reranking, "confidence": sure}
    return learned, report(first, places, judged)


def _near(choice: Choice) -> Choice:
    """What answering sees of what search sees."""
    end = int(np.searchsorted(choice.ranks, PASSAGES))
    return replace(choice, rows=choice.rows[:end], gold=choice.gold[:end])


def _scores(case: Case, choice: Choice) -> Floats:
    wanted, size = case.asking.asked.wanted, case.generation.index.size
    if not len(choice.rows):
        return np.zeros(0)
    rows, near = choice.rows[:, : len(FEATURES)].tolist(), choice.rows[:, len(FEATURES) :].tolist()
    return np.array(sentence_scores(rows, wanted, size, near if near[0] else ())[0])


def written(weights: Mapping[str, Any]) -> str:
    """The text of weights.json."""
    return json.dumps(weights, indent=1, sort_keys=True) + "\n"


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    # Adding 0.0 makes 0.0 of -0.0.
    return {name: round(float(v), 3) + 0.0 for name, v in zip(names, values, strict=True)}


def _encoder(retrieval: Literal["lexical", "semantic"], file: Path | None) -> Remembering | None:
    choice = choose(retrieval)
    if choice.notice is not None:
        raise DossierError(choice.notice)
    return None if choice.encoder is None else Remembering(choice.encoder, file)


def main(arguments: Sequence[str] | None = None) -> int:
    """Learns, reports and writes; 2 with one sentence when something cannot be read or written."""
    parser = argparse.ArgumentParser(prog="knowledge.answering.learn", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--quality", type=Path, default=Path("tests/quality"))
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("weights.json"))
    parser.add_argument("--retrieval", choices=("lexical", "semantic"), default="lexical")
    parser.add_argument("--vectors", type=Path, help="where encoded texts are kept for next time")
    parser.add_argument("--report", action="store_true", help="write nothing")
    given = parser.parse_args(arguments)
    try:
        encoder = _encoder(given.retrieval, given.vectors)
        piaf = piaf_cases(given.shared / "piaf", encoder)
        cases = [*piaf, *press_cases(given.shared, given.quality, encoder)]
        learned, lines = learn(cases)
        if encoder is not None:
            encoder.save()
            learned = {"semantic": learned}
        sys.stdout.write("\n".join(lines) + "\n")
        if not given.report:
            given.output.write_text(written({**stored(), **learned}), encoding="utf-8")
    except (DossierError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
