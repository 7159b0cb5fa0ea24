"""JSON lines in, JSON lines out."""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge import answering
from tests.bot.cli.conftest import Run
from tests.bot.render.test_json import KEYS

QUESTION = "Qui a inauguré le nouveau pont de la gare ?"


def lines(*rows: object) -> bytes:
    """The rows as JSON lines; bytes stand for a line as they are."""
    return b"\n".join(
        row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode()
        for row in rows
    )


def read(out: str) -> list[Any]:
    """The JSON values of the lines."""
    return [json.loads(line) for line in out.splitlines()]


def test_answers_come_in_the_order_of_the_questions(run: Run, city: Path) -> None:
    """Each line gives one answer object, with the id that it gave, whatever its type."""
    ids = ["b", 7, None, {"x": 1}]
    stdin = lines(*({"id": i, "question": QUESTION} for i in ids))
    outcome = run("batch", "--dossier", str(city), stdin=stdin)
    found = read(outcome.out)
    assert (outcome.status, outcome.err) == (0, "")
    assert [row["id"] for row in found] == ids
    assert all(list(row) == ["id", *KEYS] for row in found)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"not json", "objet JSON"),
        (b"[1, 2]", "objet JSON"),
        (b'"text"', "objet JSON"),
        (b"\xff\xfe{}", "objet JSON"),
        (b"[" * 100_000, "objet JSON"),
        (b'{"id": 1}', "question"),
        (b'{"id": 1, "question": "  "}', "question"),
        (b'{"id": 1, "question": 5}', "question"),
        (b'{"id": 1, "question": "x", "history": "y"}', "history"),
        (b'{"id": 1, "question": "x", "exclude": [["a"]]}', "exclude"),
        (b'{"id": 1, "question": "x", "exclude": [["a", true]]}', "exclude"),
        (b'{"id": 1, "question": "x", "lang": "de"}', "lang"),
        (b'{"id": 1, "question": "x", "lang": ["fr"]}', "lang"),
    ],
)
def test_a_bad_line_stops_nothing(run: Run, city: Path, line: bytes, error: str) -> None:
    """It gives {"id", "error"}, the next line its answer, and the end status 2."""
    stdin = lines(line, {"id": "next", "question": QUESTION})
    outcome = run("batch", "--dossier", str(city), stdin=stdin)
    bad, good = read(outcome.out)
    assert list(bad) == ["id", "error"]
    assert error in bad["error"]
    assert bad["id"] == (1 if line.startswith(b"{") else None)
    assert good["id"] == "next"
    assert outcome.status == 2


def test_empty_lines_and_a_byte_order_mark_are_passed_over(run: Run, city: Path) -> None:
    """Files written on other systems are read, too."""
    stdin = b"\xef\xbb\xbf" + lines({"id": 1, "question": QUESTION}, b"\r", b"")
    outcome = run("batch", "--dossier", str(city), stdin=stdin)
    assert [row["id"] for row in read(outcome.out)] == [1]
    assert outcome.status == 0


def test_excluded_paragraphs_are_not_quoted(run: Run, city: Path) -> None:
    """`exclude` leaves paragraphs out, for measuring refusals."""
    row = {"id": 1, "question": QUESTION, "exclude": [["pont", 1]]}
    (found,) = read(run("batch", "--dossier", str(city), stdin=lines(row)).out)
    places = [(cited["article"], cited["paragraph"]) for cited in found["evidence"]]
    assert ("pont", 1) not in places


def test_a_row_s_language_stands_above_the_command_s(run: Run, city: Path) -> None:
    """`lang` of a row, else --lang, else the question's own language."""
    stdin = lines({"id": 1, "question": QUESTION, "lang": "ru"}, {"id": 2, "question": QUESTION})
    found = read(run("batch", "--lang", "en", "--dossier", str(city), stdin=stdin).out)
    assert [row["language"] for row in found] == ["ru", "en"]


def test_search_rows_give_hits(run: Run, city: Path) -> None:
    """The search task gives the contract's object, at most k hits, best first."""
    stdin = lines({"id": 1, "question": "pont ville", "k": 1}, {"id": 2, "question": "x", "k": 0})
    outcome = run("batch", "--task", "search", "--dossier", str(city), stdin=stdin)
    good, bad = read(outcome.out)
    assert list(good) == ["id", "question", "hits"]
    assert len(good["hits"]) == 1
    assert list(good["hits"][0]) == ["article", "paragraph", "start", "end", "score", "matched"]
    assert "« k »" in bad["error"]


def test_a_search_row_with_a_broken_limit_is_told(run: Run, city: Path) -> None:
    """A limit that is none is the reader's mistake: one sentence on its line, status 2."""
    stdin = lines({"id": 1, "question": "pont from:abc"}, {"id": 2, "question": "pont"})
    outcome = run("batch", "--task", "search", "--dossier", str(city), stdin=stdin)
    bad, good = read(outcome.out)
    assert list(bad) == ["id", "error"]
    assert "« abc » n'est pas une date" in bad["error"]
    assert good["hits"]
    assert (outcome.status, outcome.err) == (2, "")


def test_select_rows_give_evidence_of_their_text(run: Run, city: Path) -> None:
    """The select task quotes the given text alone."""
    text = "Le marché ouvre à huit heures. Il ferme à midi."
    row = {"id": 1, "question": "À quelle heure ouvre le marché ?", "title": "", "text": text}
    stdin = lines(row, {"id": 2, "question": "x"})
    outcome = run("batch", "--task", "select", "--dossier", str(city), stdin=stdin)
    good, bad = read(outcome.out)
    assert list(good) == ["id", "evidence", "confidence"]
    assert all(cited["quote"] in text for cited in good["evidence"])
    assert "« text »" in bad["error"]


def test_verify_rows_give_verdicts(run: Run, city: Path) -> None:
    """The verify task gives the object of `verify --json`; `speaker` may be left out."""
    quote = "a annoncé le conseil municipal jeudi soir"
    stdin = lines(
        {"id": 1, "quote": quote},
        {"id": 2, "quote": "ouvrira en 2031"},
        {"id": 3, "quote": ""},
        {"id": 4, "quote": quote, "speaker": 5},
    )
    outcome = run("batch", "--task", "verify", "--dossier", str(city), stdin=stdin)
    first, second, *bad = read(outcome.out)
    assert list(first) == ["id", "quote", "verdict", "sentences"]
    assert (first["verdict"], second["verdict"]) == ("exact", "altered")
    assert [list(row) for row in bad] == [["id", "error"]] * 2
    assert outcome.status == 2


def test_a_fault_in_one_line_stops_no_other(
    run: Run, city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is told on its line, the next line is answered, and the end status is 3."""
    whole = answering.answer

    def broken(generation: Any, question: str, **given: Any) -> Any:
        if question == "boum":
            raise ZeroDivisionError
        return whole(generation, question, **given)

    monkeypatch.setattr(answering, "answer", broken)
    stdin = lines({"id": 1, "question": "boum"}, {"id": 2, "question": QUESTION})
    outcome = run("batch", "--dossier", str(city), stdin=stdin)
    bad, good = read(outcome.out)
    assert "ZeroDivisionError" in bad["error"]
    assert good["status"] == "answered"
    assert outcome.status == 3
