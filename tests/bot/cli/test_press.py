"""The press desk on the command line."""

import json
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Run
from tests.quality.sets import FOLDERS

COPY = """Une école ferme à Lannevern

L'école maternelle des Tilleuls fermera mardi ses portes à Lannevern après la découverte d'amiante \
dans le plafond du dortoir. Ses quatre-vingts élèves seront accueillis au collège voisin.
"""


@pytest.mark.parametrize(
    ("quote", "status", "shown"),
    [
        ("Le chantier a coûté 12 millions d'euros", 0, "Exact"),
        ("Le chantier a coûté 13 millions d'euros", 1, "nombre : « 13 » au lieu de « 12 »"),
        ("Des zèbres traversent la savane en courant", 1, "Absent"),
    ],
)
def test_verify_ends_with_0_only_when_exact(
    run: Run, city: Path, quote: str, status: int, shown: str
) -> None:
    """Exact is 0, everything else 1, and the first line is the verdict."""
    outcome = run("verify", quote, "--dossier", str(city))
    assert (outcome.status, outcome.err) == (status, "")
    assert shown in outcome.out


def test_verify_prints_the_object_of_the_contract(run: Run, city: Path) -> None:
    """Each sentence has its verdict, its differences and its evidence, cut from the text."""
    outcome = run("verify", "coûté 13 millions d'euros", "--json", "--dossier", str(city))
    found = json.loads(outcome.out)
    assert list(found) == ["quote", "verdict", "sentences"]
    (sentence,) = found["sentences"]
    assert list(sentence)[:4] == ["text", "verdict", "differences", "evidence"]
    assert sentence["differences"] == [{"kind": "number", "yours": "13", "source_text": "12"}]
    (cited,) = sentence["evidence"]
    text = run("sources", "--text", cited["article"], "--dossier", str(city)).out
    assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_verify_compares_the_speaker(run: Run, city: Path) -> None:
    """--speaker names who is said to have said it."""
    quote = ("verify", "Le chantier a coûté 12 millions d'euros", "--dossier", str(city))
    assert run(*quote, "--speaker", "la mairie").status == 0
    outcome = run(*quote, "--speaker", "Paul Keller")
    assert outcome.status == 1
    assert "Mal attribué" in outcome.out


@pytest.mark.parametrize("language", ["fr", "en", "ru"])
def test_verify_speaks_three_languages(run: Run, city: Path, language: str) -> None:
    """Verdict and differences are told in the interface's language, the quote stays French."""
    words = ("--lang", language, "--dossier", str(city))
    outcome = run("verify", "Le chantier a coûté 13 millions d'euros. Rien.", *words)
    assert outcome.status == 1
    assert "Le chantier a coûté 12 millions" in outcome.out


def test_an_empty_quote_is_wrong_usage(run: Run, city: Path) -> None:
    """Nothing to check is told in one sentence."""
    outcome = run("verify", "  ", "--dossier", str(city))
    assert outcome.status == 2
    assert "rien à vérifier" in outcome.err


def test_the_timeline_is_drawn(run: Run, city: Path, tmp_path: Path) -> None:
    """--picture writes a PNG, light or dark; a file that cannot be written is told."""
    pytest.importorskip("matplotlib")
    light, dark = tmp_path / "clair.png", tmp_path / "sombre.png"
    outcome = run("timeline", "--picture", str(light), "--dossier", str(city))
    assert (outcome.status, outcome.out) == (0, f"{light} est écrit.\n")
    run("timeline", "--picture", str(dark), "--dark", "--name", "Morvan", "--dossier", str(city))
    assert light.read_bytes()[:4] == dark.read_bytes()[:4] == b"\x89PNG"
    assert light.read_bytes() != dark.read_bytes()
    outcome = run("timeline", "--picture", str(tmp_path / "x" / "y.png"), "--dossier", str(city))
    assert outcome.status == 2
    assert "ne peut pas être écrit" in outcome.err


def test_the_picture_is_told_to_programs_as_json(run: Run, city: Path, tmp_path: Path) -> None:
    """--picture with --json: the picture is written, and the object says where."""
    pytest.importorskip("matplotlib")
    file = tmp_path / "image.png"
    outcome = run("timeline", "--picture", str(file), "--json", "--dossier", str(city))
    told = json.loads(outcome.out)
    assert outcome.status == 0
    assert told["picture"] == str(file)
    plain = json.loads(run("timeline", "--json", "--dossier", str(city)).out)
    assert {**plain, "picture": str(file)} == told
    assert file.read_bytes()[:4] == b"\x89PNG"


def test_wires_tells_independent_sources(run: Run, city: Path) -> None:
    """Two articles of one text are one source; the object is that of the contract."""
    plain = run("wires", "--dossier", str(city))
    assert "2 sources indépendantes" in plain.out
    text = COPY.replace("mardi", "ce mardi")
    (city / "copie.txt").write_text(COPY, encoding="utf-8")
    (city / "copie2.txt").write_text(text, encoding="utf-8")
    found = json.loads(run("wires", "--json", "--dossier", str(city)).out)
    assert found["independent"] == 3
    (group,) = found["groups"]
    assert list(group)[:3] == ["agency", "articles", "pairs"]
    assert (group["agency"], group["articles"]) == (None, ["copie", "copie2"])
    assert list(group["pairs"][0]) == ["a", "b", "similarity"]
    assert "un seul texte d'origine" in run("wires", "--dossier", str(city)).out


def test_who_prints_the_object_of_the_contract(run: Run, city: Path) -> None:
    """Names, roles, statements and mentions; a name that is not there ends with 1."""
    found = json.loads(run("who", "morvan", "--json", "--dossier", str(city)).out)
    assert list(found) == ["name", "aliases", "roles", "statements", "mentions"]
    assert found["name"] == "Jeanne Morvan"
    assert "maire" in found["roles"]
    assert found["mentions"][0]["article"] == "pont"
    spoken = json.loads(run("who", "conseil municipal", "--json", "--dossier", str(city)).out)
    (statement,) = spoken["statements"]
    assert list(statement) == ["kind", "speaker", "certain", "evidence", "reported_by"]
    outcome = run("who", "Zwicker", "--dossier", str(city))
    assert outcome.status == 1
    assert "ne nomme pas « Zwicker »" in outcome.out
    assert run("who", " ", "--dossier", str(city)).status == 2


def test_a_large_dossier_has_a_timeline_of_a_name_only(
    run: Run, city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would take minutes is not begun: the sentence says how to ask, and 2 ends it."""
    pytest.importorskip("xapian", reason="the extra [scale] is not installed")
    monkeypatch.setenv("RETRIEVAL_ENGINE", "xapian")
    outcome = run("timeline", "--dossier", str(city))
    assert (outcome.status, outcome.out) == (2, "")
    assert "dossier timeline --name NOM" in outcome.err
    assert run("timeline", "--name", "pont", "--dossier", str(city)).status == 0
    outcome = run("chat", "--dossier", str(city), stdin=b"/timeline\n")
    assert "dossier timeline --name NOM" in outcome.out


def test_timeline_prints_the_object_of_the_contract(run: Run, city: Path) -> None:
    """Events oldest first, narrowed by name and period; none ends with 1."""
    words = ("timeline", "--dossier", str(city))
    found = json.loads(run(*words, "--json").out)
    # "fermé depuis deux ans" is an event of 2021.
    dates = [event["date"] for event in found["events"]]
    assert dates == ["2021", "2023-02-28", "2023-03-02", "2030"]
    assert list(found["events"][0]) == ["date", "end", "certain", "rule", "text", "evidence"]
    plain = run(*words, "--name", "Morvan")
    assert plain.status == 0
    assert "28 févr. 2023" in plain.out
    assert "tramway" not in plain.out
    assert run(*words, "--to", "2020").status == 1


@pytest.mark.parametrize("language", ["fr", "en", "ru"])
def test_who_and_timeline_speak_three_languages(run: Run, city: Path, language: str) -> None:
    """The frame is in the interface's language, the quotes stay French."""
    words = ("--lang", language, "--dossier", str(city))
    assert "Jeanne Morvan" in run("who", "Morvan", *words).out
    assert "pont de la gare" in run("timeline", *words).out


def test_an_answer_from_one_wire_tells_what_each_outlet_adds(run: Run) -> None:
    """Below the answer a slice an outlet, with its paragraph; in JSON a few, cited."""
    asked = ("ask", "Qu'a décidé le tribunal administratif de Valmorin ?")
    dossier = ("--dossier", str(FOLDERS["conseil"]))
    shown = run(*asked, *dossier).out
    assert "2 titres, une seule dépêche AFP" in shown
    assert "Seulement dans Radio Avelle : « Invitée de notre matinale, Hélène Marchandeau" in shown
    assert "(§ 4)" in shown
    found = json.loads(run(*asked, "--json", *dossier).out)
    assert set(found["added"]) == {"04-tribunal-courrier", "05-tribunal-radio"}
    for article, cited in found["added"].items():
        text = run("sources", "--text", article, *dossier).out
        assert cited
        assert all(text[c["start"] : c["end"]] == c["quote"] for c in cited)
