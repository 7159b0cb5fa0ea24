"""`dossier export`, and /garder in the conversation."""

from pathlib import Path

from tests.bot.cli.conftest import Run


def test_the_format_is_that_of_the_file(run: Run, city: Path, tmp_path: Path) -> None:
    """--format stands above the file's name; without a file, Markdown goes to standard output."""
    page, text = tmp_path / "d.HTML", tmp_path / "d.txt"
    outcome = run("export", "--output", str(page), "--dossier", str(city))
    assert (outcome.status, outcome.out) == (0, f"{page} est écrit.\n")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    run("export", "--output", str(text), "--format", "html", "--dossier", str(city))
    assert text.read_bytes() == page.read_bytes()
    plain = run("export", "--dossier", str(city)).out
    assert plain.startswith("# La ville en chantier\n")
    assert "> « Mardi, la maire Jeanne Morvan a inauguré" in plain
    run("export", "-o", str(text), "--dossier", str(city))
    assert text.read_text(encoding="utf-8") == plain


def test_what_cannot_be_written_is_told(run: Run, city: Path, tmp_path: Path) -> None:
    """A folder that is not there and a format that is none: one sentence, status 2."""
    outcome = run("export", "-o", str(tmp_path / "no" / "d.md"), "--dossier", str(city))
    assert (outcome.status, outcome.out) == (2, "")
    assert "ne peut pas être écrit" in outcome.err
    outcome = run("export", "--format", "pdf", "--dossier", str(city))
    assert outcome.status == 2
    assert "choisissez parmi md, html" in outcome.err


def test_a_conversation_is_taken_away(run: Run, city: Path, tmp_path: Path) -> None:
    """/garder writes what was asked until then, as a page or as Markdown by the file's name."""
    page = tmp_path / "talk.html"
    stdin = (
        f"/garder {page}\n/garder\nQui a inauguré le nouveau pont de la gare ?\nmerci\n"
        f"/garder {page}\n/keep {tmp_path}\n"
    )
    out = run("chat", "--dossier", str(city), stdin=stdin.encode()).out
    assert "Il n'y a rien à garder" in out
    assert "Il faut écrire : /garder FICHIER.html (ou .md)" in out
    assert f"{page} est écrit." in out
    assert "ne peut pas être écrit" in out
    text = page.read_text(encoding="utf-8")
    assert "Conversation sur « La ville en chantier »" in text
    assert "1 question" in text
    assert "merci" not in text
