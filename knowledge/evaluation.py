"""Scoring of question files: what is right, what is refused, and how far confidence can be trusted.

A file holds one question a line (JSON): id, kind, question, history (earlier questions of the
chat), expect (groups of alternatives, regular expressions on folded text; every group must match),
sources (ids, or beginnings of ids, of the articles that may be cited first), refuse (the dossier
does not say). The rules are those of the scorer handed to us with the shared questions:

right     a headline of 1-240 characters and a first quote of 1-300, which together hold what is
          expected (what the question itself says already must stand in the quote), the first
          cited article being one of `sources`
refused   a question with `refuse` was abstained on
verbatim  the quote stands letter for letter in its article, white space apart

Pure: replies come in, a report comes out; who asks the questions is the caller's affair.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from knowledge.errors import UnusableQuestions
from knowledge.language.terms import fold
from knowledge.model import Abstention, Answer, Article, Citation, Reply

HEADLINE = 240
QUOTE = 300
BINS = 10

Fault = Literal["", "wrong answer", "false refusal", "false answer", "no reply"]
"""How a question failed; a false answer is one to a question that the dossier does not answer."""


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question with what a right reply holds; `expect` is empty when it must be refused."""

    id: str
    kind: str
    question: str
    history: tuple[str, ...] = ()
    expect: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went; `proved`: the first quote (or the nearest one) answers by itself."""

    question: EvalQuestion
    reply: Reply | None
    fault: Fault
    by_headline: bool = False
    by_quote: bool = False
    proved: bool = False
    quotes: int = 0
    verbatim: int = 0
    length: int = 0
    """Characters of all its quotes."""

    @property
    def right(self) -> bool:
        """Whether it was answered right, or refused when it had to be."""
        return self.fault == ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over some questions; each is out of `answerable`, `unanswerable` or `quotes`."""

    answerable: int
    unanswerable: int
    right: int
    refused: int
    wrong_answers: int
    false_refusals: int
    false_answers: int
    by_headline: int
    by_quote: int
    quotes: int
    verbatim: int
    quote_length: float
    """Mean characters of a quote; 0.0 without quotes."""


@dataclass(frozen=True, slots=True)
class Report:
    """Outcomes in the order of the file, tallies by kind in order of appearance, and confidence.

    `calibration_error` is the expected calibration error over ten bins of equal width
    (Naeini, Cooper and Hauskrecht, 2015), `brier` the mean squared error of confidence; both
    measure "the first quote, or the nearest one, answers", and are 0.0 without replies.
    """

    outcomes: tuple[Outcome, ...]
    kinds: tuple[tuple[str, Tally], ...]
    total: Tally
    calibration_error: float
    brier: float

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """What went wrong, in the order of the file."""
        return tuple(outcome for outcome in self.outcomes if not outcome.right)


def default_questions() -> Path:
    """The questions on the built-in dossier, as installed."""
    return Path(str(files("knowledge").joinpath("dossier", "questions.jsonl")))


def load_questions(path: Path) -> tuple[EvalQuestion, ...]:
    """The questions of a file, in its order; empty lines are passed over.

    Raises:
        UnusableQuestions: the file cannot be read, a line is no question, or an id comes twice.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        sentence = f"{path} ne se lit pas comme des questions (un objet JSON par ligne, en UTF-8)."
        raise UnusableQuestions(path, sentence) from error
    questions: dict[str, EvalQuestion] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
        except (KeyError, TypeError, ValueError, RecursionError, re.error) as error:
            why = f"ce n'est pas une question ({error}) ; voir eval dans le guide."
            raise UnusableQuestions(path, f"{path}, ligne {number} : {why}", line=number) from error
        if question.id in questions:
            sentence = (
                f"{path}, ligne {number} : l'id {question.id} vient deux fois ; donnez-en un autre."
            )
            raise UnusableQuestions(path, sentence, line=number)
        questions[question.id] = question
    if not questions:
        sentence = f"{path} ne contient aucune question ; écrivez-en une par ligne."
        raise UnusableQuestions(path, sentence)
    return tuple(questions.values())


def line_of(question: EvalQuestion) -> str:
    """The question as a line of a question file, to copy a failing one into a test."""
    fields = {
        "id": question.id,
        "kind": question.kind,
        "question": question.question,
        "history": question.history,
        "expect": question.expect,
        "sources": question.sources,
        "refuse": question.refuse,
    }
    return json.dumps(fields, ensure_ascii=False)


def score(
    questions: Iterable[EvalQuestion],
    replies: Mapping[str, Reply],
    article: Callable[[str], Article],
) -> Report:
    """The report on replies, by question id; a question without a reply counts as failed.

    `article` gives the article of an id or raises KeyError, as `Generation.article` does.
    """
    outcomes = tuple(_outcome(q, replies.get(q.id), article) for q in questions)
    kinds = dict.fromkeys(outcome.question.kind for outcome in outcomes)
    certainty = [(o.reply.confidence, o.proved) for o in outcomes if o.reply is not None]
    return Report(
        outcomes,
        tuple((kind, _tally([o for o in outcomes if o.question.kind == kind])) for kind in kinds),
        _tally(outcomes),
        calibration_error(certainty),
        brier(certainty),
    )


def calibration_error(certainty: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error of (confidence, was it true) pairs, 0 to 1."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, true in certainty:
        bins[min(max(int(confidence * BINS), 0), BINS - 1)].append((confidence, true))
    gaps = (abs(sum(c for c, _ in group) - sum(true for _, true in group)) for group in bins)
    return sum(gaps) / len(certainty) if certainty else 0.0


def brier(certainty: Sequence[tuple[float, bool]]) -> float:
    """The Brier score of (confidence, was it true) pairs: their mean squared difference."""
    if not certainty:
        return 0.0
    return sum((confidence - true) ** 2 for confidence, true in certainty) / len(certainty)


def holds(expect: Sequence[Sequence[str]], text: str) -> bool:
    """Whether every group has an alternative that the text matches."""
    folded = _plain(text)
    return all(any(re.search(option, folded) for option in group) for group in expect)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text))


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def _question(fields: Any) -> EvalQuestion:
    if not isinstance(fields, dict):
        raise TypeError("no object")
    for name in ("id", "question"):
        if not isinstance(fields.get(name), str) or not fields[name].strip():
            raise ValueError(f"{name} is missing")
    refuse = fields.get("refuse", False)
    if not isinstance(refuse, bool):
        raise TypeError("refuse is true or false")
    expect = tuple(_strings("expect", group) for group in fields.get("expect") or ())
    sources = _strings("sources", fields.get("sources") or ())
    if not refuse and not (expect and all(expect) and sources and all(sources)):
        raise ValueError("a question to answer has expect and sources")
    for option in (option for group in expect for option in group):
        re.compile(option)
    return EvalQuestion(
        fields["id"],
        str(fields.get("kind") or "none"),
        unicodedata.normalize("NFC", fields["question"]),
        _strings("history", fields.get("history") or ()),
        expect,
        sources,
        refuse,
    )


def _strings(name: str, values: Any) -> tuple[str, ...]:
    if isinstance(values, str) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"{name} is a list of strings")
    return tuple(unicodedata.normalize("NFC", value) for value in values)


def _outcome(
    question: EvalQuestion, reply: Reply | None, article: Callable[[str], Article]
) -> Outcome:
    if reply is None:
        return Outcome(question, None, "no reply")
    if isinstance(reply, Abstention):
        near = reply.nearest
        proved = near is not None and _proves(question, near)
        return Outcome(question, reply, "" if question.refuse else "false refusal", proved=proved)
    well_formed = _well_formed(question, reply)
    fault: Fault = "" if well_formed and _answers(question, reply) else "wrong answer"
    by_quote = well_formed and _proves(question, reply.evidence[0])
    return Outcome(
        question,
        reply,
        "false answer" if question.refuse else fault,
        by_headline=well_formed and holds(question.expect, reply.headline),
        by_quote=by_quote,
        proved=by_quote,
        quotes=len(reply.evidence),
        verbatim=sum(_is_verbatim(citation, article) for citation in reply.evidence),
        length=sum(len(citation.quote) for citation in reply.evidence),
    )


def _sourced(question: EvalQuestion, citation: Citation) -> bool:
    return not question.refuse and citation.article.startswith(question.sources)


def _proves(question: EvalQuestion, citation: Citation) -> bool:
    return _sourced(question, citation) and holds(question.expect, citation.quote)


def _well_formed(question: EvalQuestion, reply: Answer) -> bool:
    """Headline and first quote have their lengths, and the first source is one that states it."""
    if not 0 < len(reply.headline.strip()) <= HEADLINE or not reply.evidence:
        return False
    first = reply.evidence[0]
    return 0 < len(first.quote) <= QUOTE and _sourced(question, first)


def _answers(question: EvalQuestion, reply: Answer) -> bool:
    quote = reply.evidence[0].quote
    together = f"{reply.headline} {quote}"
    # An answer that only repeats the question's own words proves nothing: the quote must say them.
    return all(
        holds([group], quote if holds([group], question.question) else together)
        for group in question.expect
    )


def _is_verbatim(citation: Citation, article: Callable[[str], Article]) -> bool:
    try:
        text = article(citation.article).text
    except KeyError:
        return False
    return _flat(citation.quote).strip('«»"“”') in _flat(text)


def _tally(outcomes: Sequence[Outcome]) -> Tally:
    faults = [outcome.fault for outcome in outcomes]
    asked = [outcome for outcome in outcomes if not outcome.question.refuse]
    idle = [outcome for outcome in outcomes if outcome.question.refuse]
    quotes = sum(outcome.quotes for outcome in outcomes)
    return Tally(
        answerable=len(asked),
        unanswerable=len(idle),
        right=sum(outcome.right for outcome in asked),
        refused=sum(outcome.right for outcome in idle),
        wrong_answers=faults.count("wrong answer"),
        false_refusals=faults.count("false refusal"),
        false_answers=faults.count("false answer"),
        by_headline=sum(outcome.by_headline for outcome in asked),
        by_quote=sum(outcome.by_quote for outcome in asked),
        quotes=quotes,
        verbatim=sum(outcome.verbatim for outcome in outcomes),
        quote_length=sum(outcome.length for outcome in outcomes) / quotes if quotes else 0.0,
    )
