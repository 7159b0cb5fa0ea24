"""Question files are read strictly and scored by the stated rules."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import UnusableQuestions
from knowledge.evaluation import (
    EvalQuestion,
    brier,
    calibration_error,
    default_questions,
    holds,
    line_of,
    load_questions,
    score,
)
from knowledge.model import Abstention, Answer, Article, Citation, Paragraph, Reply

TEXT = "Le maire a inauguré « la » halle samedi.\n\nElle a coûté près de 2 millions d'euros."
HALL = Article("01-halle", "La halle", TEXT, (Paragraph(1, "body", 0, len(TEXT)),), ())
ASKED = EvalQuestion(
    "q1", "fact", "Combien a coûté la halle ?", (), (("2 millions",), ("pres de|environ",)), ("01",)
)
REFUSED = EvalQuestion("q2", "none", "Combien a coûté la piscine ?", refuse=True)


def article(article_id: str) -> Article:
    """The one article, as a generation gives it."""
    return {HALL.id: HALL}[article_id]


def cited(quote: str, article_id: str = HALL.id) -> Citation:
    """A citation of this quote."""
    start = max(TEXT.find(quote), 0)
    return Citation(
        quote, article_id, "La halle", None, None, None, None, 1, "body", start, start + len(quote)
    )


def answered(headline: str, *quotes: str, confidence: float = 0.9) -> Answer:
    """An answer with these quotes."""
    return Answer(
        "?", "?", "fr", "how_many", headline, tuple(map(cited, quotes)), confidence, "code"
    )


def abstained(near: str = "", confidence: float = 0.1) -> Abstention:
    """An abstention, with this quote as the nearest."""
    nearest = cited(near) if near else None
    return Abstention("?", "?", "fr", "what", "low_coverage", "Non.", confidence, "code", nearest)


COST = "Elle a coûté près de 2 millions d'euros."


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (answered("Près de 2 millions d'euros", COST), ""),
        (answered("Une belle halle", COST), ""),
        (answered("Près de 2 millions d'euros", "Le maire a inauguré"), ""),
        (answered("2 millions", "Le maire a inauguré"), "wrong answer"),
        (answered("", COST), "wrong answer"),
        (answered("x" * 241, COST), "wrong answer"),
        (answered("Près de 2 millions", COST + " " * 261), "wrong answer"),
        (answered("Près de 2 millions"), "wrong answer"),
        (
            replace(answered("Près de 2 millions", COST), evidence=(cited(COST, "02-autre"),)),
            "wrong answer",
        ),
        (abstained(), "false refusal"),
        (None, "no reply"),
    ],
)
def test_right_needs_headline_quote_and_source(reply: Reply | None, fault: str) -> None:
    """Headline and first quote together hold what is expected, with their lengths and source."""
    report = score([ASKED], {} if reply is None else {"q1": reply}, article)
    assert report.outcomes[0].fault == fault
    assert report.total.right == (fault == "")


def test_what_the_question_says_must_stand_in_the_quote() -> None:
    """A headline cannot prove with words that the question itself already said."""
    asked = EvalQuestion("q1", "fact", "Le maire ?", (), (("maire",),), ("01",))
    assert not score([asked], {"q1": answered("Le maire", COST)}, article).outcomes[0].right
    reply = answered("Lui", "Le maire a inauguré")
    assert score([asked], {"q1": reply}, article).outcomes[0].right


def test_refusals_and_false_answers_are_told_apart() -> None:
    """Unanswerable questions are refused or falsely answered, and counted apart from the others."""
    right = answered("Près de 2 millions", COST)
    good = score([ASKED, REFUSED], {"q1": right, "q2": abstained()}, article)
    assert (good.total.right, good.total.refused, good.failed) == (1, 1, ())
    bad = score([ASKED, REFUSED], {"q1": abstained(), "q2": right}, article)
    assert (bad.total.false_refusals, bad.total.false_answers) == (1, 1)
    assert [outcome.fault for outcome in bad.failed] == ["false refusal", "false answer"]
    assert [kind for kind, _ in bad.kinds] == ["fact", "none"]


def test_quotes_are_counted_letter_for_letter() -> None:
    """A quote is verbatim when it stands in its article, white space and outer quotes apart."""
    reply = answered("Oui", "inauguré « la »\u00a0halle", "« Elle a coûté »", "Elle coûta", COST)
    total = score([ASKED], {"q1": reply}, article).total
    assert (total.verbatim, total.quotes) == (3, 4)
    assert total.quote_length == sum(len(c.quote) for c in reply.evidence) / 4
    unknown = replace(reply, evidence=(cited(COST, "absent"),))
    assert score([ASKED], {"q1": unknown}, article).total.verbatim == 0


def test_headline_and_quote_alone() -> None:
    """The report tells what the headline says by itself and what the first quote proves."""
    total = score([ASKED], {"q1": answered("Près de 2 millions", "Le maire")}, article).total
    assert (total.by_headline, total.by_quote) == (1, 0)
    total = score([ASKED], {"q1": answered("Voilà", COST)}, article).total
    assert (total.by_headline, total.by_quote) == (0, 1)


def test_confidence_is_held_against_the_first_quote_or_the_nearest() -> None:
    """Calibration asks whether the first quote answers; for an abstention, the nearest one."""
    sure = score([ASKED], {"q1": answered("Voilà", COST, confidence=1.0)}, article)
    assert (sure.brier, sure.calibration_error) == (0.0, 0.0)
    shy = score([ASKED], {"q1": abstained(COST, confidence=0.25)}, article)
    assert shy.calibration_error == pytest.approx(0.75)
    assert shy.brier == pytest.approx(0.5625)
    near = score([REFUSED], {"q2": abstained(COST, confidence=0.25)}, article)
    assert near.calibration_error == pytest.approx(0.25)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_calibration_stays_between_zero_and_one(certainty: list[tuple[float, bool]]) -> None:
    """Both measures of confidence lie between 0 and 1, whatever the pairs."""
    assert 0 <= calibration_error(certainty) <= 1
    assert 0 <= brier(certainty) <= 1


def test_a_question_is_written_as_it_is_read(tmp_path: Path) -> None:
    """A line written by line_of reads back as the same question."""
    path = tmp_path / "q.jsonl"
    path.write_text(line_of(ASKED) + "\n\n" + line_of(REFUSED) + "\n", encoding="utf-8")
    assert load_questions(path) == (ASKED, REFUSED)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[1, 2]", "no object"),
        ("{", "ligne 2"),
        ('{"id": "a"}', "question is missing"),
        ('{"id": "a", "question": "?"}', "expect and sources"),
        ('{"id": "a", "question": "?", "expect": ["x"], "sources": ["1"]}', "list of strings"),
        ('{"id": "a", "question": "?", "expect": [["("]], "sources": ["1"]}', "ligne 2"),
        ('{"id": "a", "question": "?", "refuse": 1}', "true or false"),
        ('{"id": "a", "question": "?", "history": [3], "refuse": true}', "history"),
        (line_of(REFUSED), "vient deux fois"),
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str, says: str) -> None:
    """A line that is no question stops the reading with one sentence that names file and line."""
    path = tmp_path / "q.jsonl"
    path.write_text(f"{line_of(REFUSED)}\n{line}\n", encoding="utf-8")
    with pytest.raises(UnusableQuestions, match=r"q\.jsonl, ligne 2") as caught:
        load_questions(path)
    assert says in str(caught.value)
    assert caught.value.line == 2


def test_a_file_without_questions_is_told(tmp_path: Path) -> None:
    """A missing file, an empty one and a binary one give one sentence that names the file."""
    empty, binary = tmp_path / "empty.jsonl", tmp_path / "binary.jsonl"
    empty.write_text("\n")
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "absent.jsonl", empty, binary):
        with pytest.raises(UnusableQuestions, match=path.name):
            load_questions(path)


def test_built_in_questions_are_packaged() -> None:
    """The built-in questions load from the installed package."""
    assert len(load_questions(default_questions())) >= 66


def as_row(question: EvalQuestion, reply: Reply) -> dict[str, Any]:
    """A reply as `dossier batch` gives it, as far as the shared scorer reads it."""
    if isinstance(reply, Abstention):
        return {"id": question.id, "status": "abstained", "headline": "", "evidence": []}
    evidence = [{"quote": c.quote, "article": c.article} for c in reply.evidence]
    return {
        "id": question.id,
        "status": "answered",
        "headline": reply.headline,
        "evidence": evidence,
    }


def test_same_figures_as_the_shared_scorer(shared: Path, tmp_path: Path) -> None:
    """On the shared questions, made-up replies get the same counts as from the shared scorer."""
    articles = {
        path.stem: Article(path.stem, "", text, (Paragraph(1, "body", 0, len(text)),), ())
        for path in sorted((shared / "dossier").glob("0*.txt"))
        for text in [path.read_text(encoding="utf-8")]
    }
    questions = load_questions(shared / "eval" / "questions.jsonl")
    replies: dict[str, Reply] = {}
    for number, question in enumerate(questions):
        # Every fourth is refused; the others get a line that holds the first expected group.
        if number % 4 == 0:
            replies[question.id] = abstained()
            continue
        found = [
            replace(cited(line.strip()[:300]), article=name)
            for name, item in articles.items()
            for line in item.text.splitlines()
            if line.strip() and holds(question.expect[:1], line.strip()[:300])
        ] or [cited(COST)]
        citation = found[number % len(found)]
        headline = ("-", citation.quote[:240])[number % 2]
        replies[question.id] = replace(answered(headline), evidence=(citation,))
    rows = tmp_path / "answers.jsonl"
    lines = [json.dumps(as_row(q, replies[q.id]), ensure_ascii=False) for q in questions]
    rows.write_text("\n".join(lines) + "\n", encoding="utf-8")
    scorer = [sys.executable, str(shared / "eval" / "score.py"), str(rows)]
    printed = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    total = score(questions, replies, articles.__getitem__).total
    ours = (
        f"answered right {total.right}/{total.answerable} = {total.right / total.answerable:.1%}; "
        f"refused {total.refused}/{total.unanswerable}"
    )
    alone = f"headline alone {total.by_headline}/{total.answerable}, quote alone {total.by_quote}/"
    assert ours in printed
    assert alone in printed
    assert 5 < total.right < total.answerable - 5
