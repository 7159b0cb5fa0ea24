"""What answering does with a case when weights are tried, and the figures that come of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.answering import conversation, refusal, training
from knowledge.answering.asking import ask_of
from knowledge.answering.cases import NO_FOLD, Case, text_of
from knowledge.answering.choosing import choose
from knowledge.answering.engine import _last_named, answer
from knowledge.evaluation import calibration_error, score


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


def trial_of(case: Case) -> Trial:
    """What the engine with its stored weights chooses, were nothing refused."""
    generation, asking, q = case.generation, case.asking, case.press
    reply = answer(generation, q.question, history=q.history) if q else None
    if q:
        actor = _last_named(generation, q.question, q.history)[0]
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


def judged(trial: Trial) -> Trial:
    """The trial with the confidence that the weights of now give."""
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
