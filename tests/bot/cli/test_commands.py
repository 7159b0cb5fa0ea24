"""The commands on a small dossier: what they print and the status they end with."""

import json
from pathlib import Path

import pytest

from bot.cli import main
from knowledge import answering
from tests.bot.cli.conftest import BRIDGE, Run
from tests.bot.render.test_json import KEYS

QUESTION = "Qui a inauguré le nouveau pont de la gare ?"


def test_ask_prints_the_answer_and_stops(run: Run, city: Path) -> None:
    """A question that the dossier answers ends with 0 and shows its quote and source."""
    outcome = run("ask", QUESTION, "--dossier", str(city))
    assert (outcome.status, outcome.err) == (0, "")
    assert "Jeanne Morvan" in outcome.out
    assert "[1] Le pont de la gare rouvre enfin, Le Journal avec AFP, 28 févr. 2023, § 1" in (
        outcome.out
    )


def test_ask_json_is_the_contract(run: Run, city: Path) -> None:
    """--json prints the answer object, and "text" is what a reader without colours sees."""
    found = json.loads(run("ask", QUESTION, "--json", "--dossier", str(city)).out)
    assert list(found) == KEYS
    assert found["text"] + "\n" == run("ask", QUESTION, "--dossier", str(city)).out
    (cited, *_) = found["evidence"]
    text = run("sources", "--text", cited["article"], "--dossier", str(city)).out
    assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_ask_ends_with_1_when_the_dossier_does_not_say(run: Run, city: Path) -> None:
    """An honest refusal is no error: status 1, and nothing on standard error."""
    outcome = run("ask", "Quel vaccin les zèbres préfèrent-ils ?", "--dossier", str(city))
    assert (outcome.status, outcome.err) == (1, "")
    assert outcome.out.strip()


@pytest.mark.parametrize("question", ["", "  ", "\u200b\u00a0"])
def test_an_empty_question_is_wrong_usage(run: Run, city: Path, question: str) -> None:
    """Nothing that can be seen is no question."""
    outcome = run("ask", question, "--dossier", str(city))
    assert outcome.status == 2
    assert "la question est vide" in outcome.err


def test_words_in_an_old_encoding_are_understood(run: Run, city: Path) -> None:
    """Bytes that are no UTF-8 reach us as surrogates and are read as Windows-1252."""
    old = "Qui a inaugur\udce9 le nouveau pont de la gare ?"
    found = json.loads(run("ask", old, "--json", "--dossier", str(city)).out)
    assert found["question"] == QUESTION


def test_limits_narrow_what_is_searched(run: Run, city: Path) -> None:
    """--source, --from and --to leave articles out, for ask and search alike."""
    words = ("search", "ville conseil chantier tramway pont", "--json", "--dossier", str(city))

    def articles(*limits: str) -> set[str]:
        return {hit["article"] for hit in json.loads(run(*words, *limits).out)["hits"]}

    assert articles() == {"pont", "tram"}
    assert articles("--source", "gazette") == {"tram"}
    assert articles("--to", "2023-02") == {"pont"}
    assert articles("--from", "2023-03-01") == {"tram"}
    limited = run("ask", QUESTION, "--json", "--source", "gazette", "--dossier", str(city))
    assert all(cited["article"] == "tram" for cited in json.loads(limited.out)["evidence"])


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_limit_that_is_no_date_is_wrong_usage(run: Run, city: Path, option: str) -> None:
    """The sentence names the option and shows the form of a date."""
    outcome = run("ask", QUESTION, option, "hier", "--dossier", str(city))
    assert outcome.status == 2
    assert f"{option} : « hier » n'est pas une date" in outcome.err


def test_search_ends_with_1_when_nothing_is_found(run: Run, city: Path) -> None:
    """Found passages end with 0, none with 1; both print something."""
    assert run("search", "pont", "--dossier", str(city)).status == 0
    outcome = run("search", "zèbre", "--dossier", str(city))
    assert (outcome.status, outcome.out) == (1, "Aucun passage ne contient ces mots.\n")


def test_a_search_with_a_broken_limit_is_wrong_usage(run: Run, city: Path) -> None:
    """One sentence on standard error names the operator and shows an example."""
    outcome = run("search", "pont", "from:abc", "--dossier", str(city))
    assert (outcome.status, outcome.out) == (2, "")
    assert "from: « abc » n'est pas une date ; écrivez par exemple from:2023-02-28." in outcome.err
    assert outcome.err.count("\n") == 1


def test_limits_hold_whatever_is_searched(run: Run, city: Path) -> None:
    """An open quotation mark or a very long search does not undo --source."""
    limit = ("--source", "gazette", "--json", "--dossier", str(city))
    for words in ('pont tramway "ville', "tramway " + "pont ville " * 1000):
        hits = json.loads(run("search", words, *limit).out)["hits"]
        assert {hit["article"] for hit in hits} == {"tram"}


def test_sources_lists_articles_with_what_was_found(run: Run, city: Path) -> None:
    """Title, outlet, date with how it was found, and size; files set aside say why."""
    (city / "vide.txt").write_bytes(b"")
    outcome = run("sources", "--dossier", str(city))
    assert "pont  Le pont de la gare rouvre enfin\n" in outcome.out
    assert "Le Journal avec AFP · 28 févr. 2023 (dossier.toml) · 2 paragraphes" in outcome.out
    assert "1 fichier mis de côté :" in outcome.out
    assert "vide.txt" in outcome.out
    found = json.loads(run("sources", "--json", "--dossier", str(city)).out)
    assert [article["id"] for article in found["articles"]] == ["pont", "tram"]
    assert "vide.txt" in found["set_aside"][0]["path"]


def test_sources_shows_a_text_and_what_was_dropped(run: Run, city: Path) -> None:
    """--text prints the article's text alone; --dropped what cleaning took out, with its rule."""
    text = run("sources", "--text", "pont", "--dossier", str(city)).out
    assert text == "\n\n".join(BRIDGE.split("\n\n")[1:])
    (city / "pont.txt").write_text(BRIDGE + "\nPartager cet article\n", encoding="utf-8")
    dropped = run("sources", "--dropped", "po", "--dossier", str(city)).out
    assert "Partager cet article" in dropped


def test_an_article_is_named_by_the_start_of_its_id(run: Run, city: Path) -> None:
    """A start that only one id has is enough; none and several are wrong usage."""
    assert run("passage", "po", "1", "--dossier", str(city)).status == 0
    assert "aucun article" in run("passage", "x", "1", "--dossier", str(city)).err
    (city / "pont2.txt").write_text(BRIDGE.replace("nouveau", "vieux"), encoding="utf-8")
    assert "pont, pont2" in run("passage", "po", "1", "--dossier", str(city)).err
    assert run("passage", "pont", "1", "--dossier", str(city)).status == 0


def test_passage_shows_a_paragraph_between_its_neighbours(run: Run, city: Path) -> None:
    """The JSON object is that of the contract; a paragraph that is not there is wrong usage."""
    found = json.loads(run("passage", "pont", "2", "--json", "--dossier", str(city)).out)
    assert list(found)[:5] == ["article", "paragraph", "text", "before", "after"]
    assert found["text"].startswith("Le chantier")
    assert found["before"].startswith("Mardi")
    assert found["after"] is None
    outcome = run("passage", "pont", "9", "--dossier", str(city))
    assert outcome.status == 2
    assert "ses paragraphes vont de 1 à 2" in outcome.err


def test_index_says_what_is_there(run: Run, city: Path) -> None:
    """An unchanged dossier keeps its generation; a changed one gets the next."""
    first = run("index", "--dossier", str(city))
    assert first.status == 0
    assert "« La ville en chantier » : 2 articles" in first.out
    again = json.loads(run("index", "--json", "--dossier", str(city)).out)
    (city / "tram.txt").unlink()
    changed = json.loads(run("index", "--json", "--dossier", str(city)).out)
    assert again["generation"] == 1
    assert (changed["generation"], changed["articles"]) == (2, 1)


def test_init_writes_a_manifest_once(run: Run, city: Path) -> None:
    """A dossier.toml is never replaced without --force, and what is written can be read."""
    (city / "dossier.toml").unlink()
    outcome = run("init", "--dossier", str(city))
    assert outcome.status == 0
    assert "Le pont de la gare rouvre enfin" in (city / "dossier.toml").read_text("utf-8")
    assert run("sources", "--dossier", str(city)).status == 0
    again = run("init", "--dossier", str(city))
    assert again.status == 2
    assert "--force" in again.err
    assert run("init", "--force", "--dossier", str(city)).status == 0


def test_init_leaves_the_built_in_dossier_alone(run: Run) -> None:
    """Without a folder there is nothing to write into; --print shows it all the same."""
    assert run("init").status == 2
    assert "[articles." in run("init", "--print").out


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (Path.exists, "n'existe pas"),
        (lambda folder: folder.mkdir(), "aucun article"),
        (lambda folder: folder.write_text("x"), "dossier"),
    ],
)
def test_an_unusable_dossier_is_one_sentence(
    run: Run, tmp_path: Path, make: object, sentence: str
) -> None:
    """A folder that is missing, empty or no folder: status 2 and its name."""
    folder = tmp_path / "rien"
    assert callable(make)
    make(folder)
    outcome = run("ask", QUESTION, "--dossier", str(folder))
    assert outcome.status == 2
    assert sentence in outcome.err
    assert "rien" in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_setting_that_cannot_be_used_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad setting is wrong usage, whatever the command."""
    monkeypatch.setenv("MAX_FILE_MB", "beaucoup")
    outcome = run("ask", QUESTION)
    assert outcome.status == 2
    assert "MAX_FILE_MB" in outcome.err


def test_the_bot_needs_a_token(run: Run) -> None:
    """Without a token `dossier bot` says where to get one."""
    outcome = run("bot")
    assert outcome.status == 2
    assert "BOT_TOKEN" in outcome.err


def test_a_fault_of_ours_is_one_line_and_a_log(
    run: Run, city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The traceback goes to the log file, with tokens struck out, and never to the reader."""
    token = "123456789:" + "A" * 35

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(token)

    monkeypatch.setattr(answering, "answer", broken)
    outcome = run("ask", QUESTION, "--dossier", str(city))
    log = (tmp_path / "data" / "dossier.log").read_text(encoding="utf-8")
    assert outcome.status == 3
    assert outcome.err.count("\n") == 1
    assert "ZeroDivisionError" in outcome.err
    assert "Traceback" in log
    assert token not in log
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    assert "Traceback" in run("ask", QUESTION, "--dossier", str(city)).err


def test_eval_prints_a_table_by_kind(run: Run, city: Path, tmp_path: Path) -> None:
    """Each kind has a line, and a failing question can be copied as a test."""
    questions = tmp_path / "questions.jsonl"
    rows = [
        {"id": "a", "kind": "fait", "question": QUESTION, "expect": [["morvan"]],
         "sources": ["pont"]},
        {"id": "b", "kind": "fait", "question": QUESTION, "expect": [["zebre"]],
         "sources": ["pont"]},
    ]  # fmt: skip
    questions.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    outcome = run("eval", str(questions), "--dossier", str(city))
    assert outcome.status == 0
    assert "fait   1/2" in outcome.out
    assert 'réponse fausse : {"id": "b"' in outcome.out
    found = json.loads(run("eval", str(questions), "--json", "--dossier", str(city)).out)
    assert found["total"]["right"] == 1
    assert run("eval", "absent.jsonl", "--dossier", str(city)).status == 2


def test_eval_asks_the_dossier_s_own_questions(run: Run, city: Path) -> None:
    """A dossier given without a file is asked the questions of its dossier.toml."""
    assert run("eval", "--dossier", str(city)).status == 2
    with (city / "dossier.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(f'\n[[questions]]\nquestion = "{QUESTION}"\nexpect = ["morvan"]\n')
    outcome = run("eval", "--dossier", str(city))
    assert "reference  1/1" in outcome.out


def test_main_takes_its_words_from_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The console script calls main() without arguments."""
    monkeypatch.setattr("sys.argv", ["dossier", "nope"])
    assert main() == 2
    assert "nope" in capsys.readouterr().err
