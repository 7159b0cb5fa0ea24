"""`dossier replay`: the same answer, or what changed."""

import json
import sqlite3
import stat
from pathlib import Path

import pytest

from bot.state import State
from tests.bot.cli.conftest import Run

QUESTION = "Qui a inauguré le nouveau pont de la gare ?"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A DATA_DIR of its own."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DATA_DIR", str(folder))
    return folder


def asked(run: Run, city: Path, *words: str) -> str:
    """Asks the question; the answer's code."""
    found = json.loads(run("ask", QUESTION, "--json", *words, "--dossier", str(city)).out)
    return str(found["code"])


def test_an_unchanged_dossier_gives_the_same_answer(run: Run, city: Path, data: Path) -> None:
    """0, the day and the question, and the answer; small letters will do."""
    code = asked(run, city)
    outcome = run("replay", code.lower(), "--dossier", str(city))
    assert (outcome.status, outcome.err) == (0, "")
    assert QUESTION in outcome.out
    assert "Le dossier n'a pas changé : la réponse est la même." in outcome.out
    assert "« Mardi, la maire Jeanne Morvan a inauguré" in outcome.out
    assert stat.S_IMODE((data / "asked.db").stat().st_mode) == 0o600


def test_a_changed_dossier_is_told_with_its_articles(run: Run, city: Path) -> None:
    """1, which articles, then and now; an article that another answer rests on changes nothing."""
    code = asked(run, city)
    (city / "parc.txt").write_text("Un parc\n\nLe parc ouvrira un jour.\n", encoding="utf-8")
    outcome = run("replay", code, "--dossier", str(city))
    assert outcome.status == 0
    assert "Le dossier a changé depuis, mais la réponse est la même.\nAjoutés : parc" in outcome.out
    bridge = (city / "pont.txt").read_text(encoding="utf-8")
    changed = bridge.replace("Jeanne Morvan", "Claire Roux")
    (city / "pont.txt").write_text(changed, encoding="utf-8")
    (city / "tram.txt").unlink()
    outcome = run("replay", code, "--dossier", str(city))
    assert outcome.status == 1
    assert "Le dossier a changé depuis, et la réponse aussi." in outcome.out
    assert "Ajoutés : parc\nChangés : pont\nRetirés : tram" in outcome.out
    then, now = outcome.out.split("Maintenant :")
    assert "Jeanne Morvan" in then.split("Alors :")[1]
    assert "Claire Roux" in now
    found = json.loads(run("replay", code, "--json", "--dossier", str(city)).out)
    assert not found["same"]
    assert found["changes"] == {"added": ["parc"], "changed": ["pont"], "removed": ["tram"]}
    assert "Jeanne Morvan" in found["then"]["text"]
    assert "Claire Roux" in found["now"]["text"]


def test_an_unknown_code_is_one_sentence(run: Run, city: Path) -> None:
    """1, on standard error, whether anything is kept or not."""
    outcome = run("replay", "ABCDEF", "--dossier", str(city))
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert "« ABCDEF »" in outcome.err


def test_the_last_questions_are_listed_with_their_codes(run: Run, city: Path) -> None:
    """Newest first, each code once."""
    assert "Aucune question" in run("replay", "--dossier", str(city)).out
    first = asked(run, city)
    second = asked(run, city, "--lang", "en")
    asked(run, city)
    listed = run("replay", "--dossier", str(city)).out.splitlines()
    assert [line.split()[0] for line in listed] == [first, second]
    found = json.loads(run("replay", "--json", "--dossier", str(city)).out)
    assert [one["code"] for one in found["questions"]] == [first, second]


def test_options_and_follow_ups_are_asked_again_as_they_were(run: Run, city: Path) -> None:
    """Limits, language, what was left out, and the questions before belong to the question."""
    code = asked(run, city, "--lang", "en", "--from", "2023-03", "--to", "2023-03")
    assert (
        "the answer is the same" in run("replay", code, "--lang", "en", "--dossier", str(city)).out
    )
    row = {"question": "Et combien a-t-il coûté ?", "history": [QUESTION], "exclude": [["pont", 1]]}
    line = json.loads(run("batch", "--dossier", str(city), stdin=json.dumps(row).encode()).out)
    assert run("replay", line["code"], "--dossier", str(city)).status == 0
    run("chat", "--dossier", str(city), stdin=f"{QUESTION}\nEt combien a-t-il coûté ?\n".encode())
    for told in json.loads(run("replay", "--json", "--dossier", str(city)).out)["questions"]:
        assert run("replay", told["code"], "--dossier", str(city)).status == 0


def test_an_answer_of_the_bot_is_found_too(run: Run, city: Path, data: Path) -> None:
    """The bot's state is looked through as well; a damaged one is told and passed over."""
    code = asked(run, city)
    own = State.open(data / "asked.db")
    told = own.told(code)
    assert told is not None
    edition = own.edition(told.digest)
    assert edition is not None
    own.close()
    (data / "asked.db").unlink()
    bots = State.open(data / "state.db")
    number = bots.record(told.reply, chat=1, reader=2, generation=1, milliseconds=1.0)
    bots.keep_reply(number, told.reply, told.terms, edition)
    bots.close()
    assert run("replay", code, "--dossier", str(city)).status == 0
    (data / "state.db").write_bytes(b"no database" * 100)
    outcome = run("replay", code, "--dossier", str(city))
    assert outcome.status == 1
    assert "abîmé" in outcome.err


def test_a_locked_file_is_no_reason_not_to_answer(
    run: Run, city: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is said, and nothing is waited for more than once."""
    asked(run, city)
    monkeypatch.setattr("bot.state.database.BUSY_MILLISECONDS", 1)
    with sqlite3.connect(data / "asked.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        lines = "".join(json.dumps({"question": QUESTION}) + "\n" for _ in range(3))
        outcome = run("batch", "--dossier", str(city), stdin=lines.encode())
        assert (outcome.status, outcome.err) == (0, "")
        assert outcome.out.count("Jeanne Morvan") >= 3


def test_an_answer_is_given_where_nothing_can_be_kept(run: Run, city: Path, data: Path) -> None:
    """A folder in the place of the file: the answer comes, and nothing is said."""
    (data / "asked.db").mkdir(parents=True)
    outcome = run("ask", QUESTION, "--dossier", str(city))
    assert (outcome.status, outcome.err) == (0, "")
