"""`dossier brief`, `compare` and the coverage that `sources` tells."""

import json
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Run

FIRST = """Le nouveau pont de Kervon ouvert

Le pont de Kervon a été inauguré lundi par la préfète, Jeanne Quéméner, devant 3 000 personnes.

« Ce pont rapproche deux rives qui s'ignoraient », a déclaré Jeanne Quéméner pendant l'inauguration.

Le pont a coûté 42 millions d'euros, selon le département.
"""
SECOND = """Pont de Kervon : la foule et la facture

Quelque 4 500 personnes se sont pressées lundi à l'inauguration du pont de Kervon.

La facture du pont atteint 57 millions d'euros, affirme la chambre des comptes.

Le péage du pont sera décidé en mars, et nul ne sait encore à quel prix.
"""
MANIFEST = """title = "Le pont de Kervon"
[articles."a"]
publisher = "Le Fanal"
published = 2024-05-14
[articles."b"]
publisher = "Radio Corniche"
published = 2024-05-15
"""


@pytest.fixture
def bridge(tmp_path: Path) -> str:
    """Two articles of two days on one bridge."""
    folder = tmp_path / "pont"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "b.txt").write_text(SECOND, encoding="utf-8")
    (folder / "dossier.toml").write_text(MANIFEST, encoding="utf-8")
    return str(folder)


def test_brief_shows_headings_quotes_and_sources(run: Run, bridge: str) -> None:
    """The page starts with what happened and ends with where the dossier ends."""
    outcome = run("brief", "--dossier", bridge)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("En bref : Le pont de Kervon\n\nCe qui s'est passé\n")
    assert "Le dossier s'arrête au 15 mai 2024." in outcome.out
    one = run("brief", "a", "--dossier", bridge)
    assert "En bref : Le nouveau pont de Kervon ouvert" in one.out
    assert "Radio Corniche" not in one.out
    assert run("brief", "zzz", "--dossier", bridge).status == 2


def test_brief_prints_the_object_of_the_contract(run: Run, bridge: str) -> None:
    """Parts with a heading and citations cut from the text; coverage beside them."""
    found = json.loads(run("brief", "--json", "--dossier", bridge).out)
    assert list(found) == ["parts", "article", "coverage"]
    for part in found["parts"]:
        assert list(part) == ["heading", "kind", "evidence"]
        for cited in part["evidence"]:
            text = run("sources", "--text", cited["article"], "--dossier", bridge).out
            assert text[cited["start"] : cited["end"]] == cited["quote"]
    assert found["coverage"]["last"] == "2024-05-15"


def test_compare_shows_sources_side_by_side_and_what_differs(run: Run, bridge: str) -> None:
    """Sources in order of publication; numbers of one day contradict each other."""
    outcome = run("compare", "inauguration", "du", "pont", "--dossier", bridge)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.index("Le Fanal, 14 mai 2024") < outcome.out.index("Radio Corniche, 15 mai")
    assert "se contredisent" in outcome.out
    assert "« Quelque 4 500 personnes » : Radio Corniche, 15 mai 2024" in outcome.out


def test_compare_prints_the_object_of_the_contract(run: Run, bridge: str) -> None:
    """Subject, sources, differences with sides; the relation tells how the dates lie."""
    found = json.loads(run("compare", "pont de Kervon", "--json", "--dossier", bridge).out)
    assert list(found)[:3] == ["subject", "sources", "differences"]
    assert [source["article"] for source in found["sources"]] == ["a", "b"]
    kinds = {(d["kind"], d["relation"], tuple(d["words"])) for d in found["differences"]}
    assert ("number", "contradiction", ("42 millions d'euros", "57 millions d'euros")) in kinds
    for difference in found["differences"]:
        assert list(difference)[:2] == ["kind", "sides"]
        assert len(difference["sides"]) == len(difference["words"]) == 2


def test_an_unknown_subject_gets_an_honest_sentence(run: Run, bridge: str) -> None:
    """What the dossier does not hold ends with 1, nothing to compare with 2."""
    outcome = run("compare", "tramway", "--dossier", bridge)
    assert outcome.status == 1
    assert outcome.out.startswith("Le dossier ne dit rien de « tramway ».")
    assert run("compare", " ", "--dossier", bridge).status == 2


def test_sources_tells_what_the_dossier_covers(run: Run, bridge: str) -> None:
    """Period, outlets and voices below the list, and under "coverage" in the object."""
    outcome = run("sources", "--dossier", bridge)
    assert "2 articles, du 14 mai 2024 au 15 mai 2024." in outcome.out
    assert "Médias : Le Fanal (1), Radio Corniche (1)." in outcome.out
    found = json.loads(run("sources", "--json", "--dossier", bridge).out)
    assert found["coverage"]["outlets"][0] == {"name": "Le Fanal", "articles": 1}


@pytest.mark.parametrize("language", ["fr", "en", "ru"])
def test_brief_and_compare_speak_three_languages(run: Run, bridge: str, language: str) -> None:
    """The frame is in the interface's language, the quotes stay French."""
    words = ("--lang", language, "--dossier", bridge)
    assert "pont de Kervon" in run("brief", *words).out
    assert "pont de Kervon" in run("compare", "pont", *words).out
