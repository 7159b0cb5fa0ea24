"""Folders to dossiers: files, manifest, overlay, and every bad input."""

import os
import stat
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus import content_digest, fingerprint, load, manifest_text
from knowledge.errors import BrokenManifest, UnusableDossier

TEXT = (
    "La passerelle du canal sera construite\n\n"
    "Le conseil municipal a voté jeudi la construction d'une passerelle au-dessus du canal.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dossier of one good article."""
    place = tmp_path / "dossier du canal"
    place.mkdir()
    (place / "bon.txt").write_text(TEXT, encoding="utf-8")
    return place


def why(folder: Path, path: str) -> str:
    """The sentence that says why a file was set aside; the good article is still served."""
    dossier = load(folder)
    assert "bon" in [article.id for article in dossier.articles]
    (found,) = [item.why for item in dossier.set_aside if item.path == path]
    assert found.endswith(".")
    assert "\n" not in found
    assert str(folder) not in found
    return found


def test_articles_of_a_folder(folder: Path) -> None:
    """Ids are paths without suffix, in order; hidden files and the manifest are no articles."""
    (folder / "sous" / "dossier").mkdir(parents=True)
    (folder / "sous" / "dossier" / "b.md").write_text("# Titre\n\nDu texte.", encoding="utf-8")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "x.txt").write_text(TEXT, encoding="utf-8")
    (folder / ".x.txt").write_text(TEXT, encoding="utf-8")
    (folder / "dossier.toml").write_text("", encoding="utf-8")
    dossier = load(folder)
    assert [article.id for article in dossier.articles] == ["bon", "sous/dossier/b"]
    assert dossier.set_aside == ()
    assert dossier.title == "dossier du canal"


def test_article_text(folder: Path) -> None:
    """Paragraphs and sentences slice the text, which does not hold the title."""
    (article,) = load(folder).articles
    assert article.title == "La passerelle du canal sera construite"
    assert article.title not in article.text
    (paragraph,) = article.paragraphs
    assert article.text[paragraph.start : paragraph.end] == article.text
    assert [(s.start, s.end, s.paragraph) for s in article.sentences] == [(0, len(article.text), 0)]


def test_empty_file(folder: Path) -> None:
    """A file of 0 bytes, or of white space, is set aside."""
    (folder / "vide.txt").touch()
    assert "vide" in why(folder, "vide.txt")
    (folder / "vide.txt").write_text(" \n\n ", encoding="utf-8")
    assert "vide" in why(folder, "vide.txt")


def test_furniture_alone(folder: Path) -> None:
    """A page of furniture without text is set aside."""
    (folder / "menu.txt").write_text("Rechercher\nPartager\nFacebook\n", encoding="utf-8")
    assert "menu.txt" in why(folder, "menu.txt")


def test_binary_named_text(folder: Path) -> None:
    """Binary garbage named .txt is set aside."""
    (folder / "image.txt").write_bytes(bytes(range(256)) * 50)
    assert "texte" in why(folder, "image.txt")


def test_too_big(folder: Path) -> None:
    """A file over the limit is set aside without being read."""
    with (folder / "gros.txt").open("wb") as stream:
        stream.truncate(21_000_000)
    assert "MAX_FILE_MB" in why(folder, "gros.txt")


def test_unknown_type(folder: Path) -> None:
    """A file of another type is told about."""
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    assert ".txt" in why(folder, "photo.jpg")


@pytest.mark.parametrize("name", ["faux.pdf", "faux.docx"])
def test_damaged_documents(folder: Path, name: str) -> None:
    """A damaged PDF or Word document is set aside."""
    (folder / name).write_bytes(b"%PDF-1.4 nothing of the sort" * 10)
    assert name in why(folder, name)


def test_empty_page(folder: Path) -> None:
    """An HTML page without an article is set aside."""
    (folder / "page.html").write_text("<html><body></body></html>", encoding="utf-8")
    assert "page.html" in why(folder, "page.html")


def test_same_name(folder: Path) -> None:
    """Of two files that differ in suffix alone the first is read, the other set aside."""
    (folder / "bon.md").write_text("# Autre\n\nAutre texte.", encoding="utf-8")
    assert "bon.txt" in why(folder, "bon.md")
    assert load(folder).articles[0].title.startswith("La passerelle")


def test_links(folder: Path) -> None:
    """A link back to the folder and a dead link are set aside; other links are followed."""
    (folder / "boucle").symlink_to(folder, target_is_directory=True)
    (folder / "soi.txt").symlink_to(folder / "soi.txt")
    (folder / "mort.txt").symlink_to(folder / "absent.txt")
    (folder / "lien.txt").symlink_to(folder / "bon.txt")
    dossier = load(folder)
    assert [article.id for article in dossier.articles] == ["bon", "lien"]
    assert [item.path for item in dossier.set_aside] == ["boucle", "mort.txt", "soi.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_name_not_utf8(folder: Path) -> None:
    """A file name that is not UTF-8 is set aside by a name that can be printed."""
    Path(os.fsdecode(os.fsencode(folder) + b"/\xe9t\xe9.txt")).write_text(TEXT, encoding="utf-8")
    (item,) = load(folder).set_aside
    assert "UTF-8" in item.why
    item.path.encode("utf-8")
    assert fingerprint(folder)
    assert content_digest(folder)


def test_name_in_nfd(folder: Path) -> None:
    """A name in NFD, as macOS writes it, gives an id in NFC."""
    (folder / "e\u0301te\u0301.txt").write_text(TEXT, encoding="utf-8")
    assert [article.id for article in load(folder).articles] == ["bon", "été"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(folder: Path) -> None:
    """A folder or file without read permission says so."""
    (folder / "secret.txt").write_text(TEXT, encoding="utf-8")
    (folder / "secret.txt").chmod(0)
    assert "lecture" in why(folder, "secret.txt")
    folder.chmod(0)
    with pytest.raises(UnusableDossier, match="lecture"):
        load(folder)
    folder.chmod(stat.S_IRWXU)


def test_no_folder(tmp_path: Path) -> None:
    """No folder, a file instead of a folder, and an empty folder are unusable, and say why."""
    with pytest.raises(UnusableDossier, match="n'existe pas"):
        load(tmp_path / "absent")
    (tmp_path / "fichier").touch()
    with pytest.raises(UnusableDossier, match="n'est pas un dossier"):
        load(tmp_path / "fichier")
    (tmp_path / "vide").mkdir()
    with pytest.raises(UnusableDossier, match="aucun article"):
        load(tmp_path / "vide")
    (tmp_path / "vide" / "a.txt").touch()
    (tmp_path / "vide" / "b.txt").touch()
    with pytest.raises(UnusableDossier, match=r"a\.txt.*1 autre"):
        load(tmp_path / "vide")


def test_manifest(folder: Path) -> None:
    """What dossier.toml says comes before what the text says, and says so."""
    (folder / "dossier.toml").write_text(
        'title = "Le canal"\nlanguage = "fr"\nreference_date = 2023-03-05\n'
        '[articles."bon"]\npublisher = "La Gazette"\npublished = 2023-03-02\nauthors = ["A. B."]\n'
        'note = "Corrigé le 4 mars."\n'
        '[aliases]\n"Le Port" = ["Port-Neuf"]\n'
        '[[questions]]\nquestion = "Qui vote ?"\nexpect = ["conseil"]\narticles = ["bon"]\n',
        encoding="utf-8",
    )
    dossier = load(folder)
    (article,) = dossier.articles
    assert (article.publisher, article.published) == ("La Gazette", date(2023, 3, 2))
    assert (article.published_from, article.authors) == ("manifest", ("A. B.",))
    assert article.note == "Corrigé le 4 mars."
    assert (dossier.title, dossier.reference_date) == ("Le canal", date(2023, 3, 5))
    assert dossier.aliases == {"Le Port": ("Port-Neuf",)}
    assert dossier.questions[0].expect == ("conseil",)


def test_a_manifest_gives_a_terminal_no_orders(folder: Path) -> None:
    """An escape sequence in a title or an outlet's name is shown as what is left of it."""
    toml = 'title = "La \\u001b[31mville"\n[articles.bon]\npublisher = "Le \\u009bJour\\u0007"\n'
    (folder / "dossier.toml").write_text(toml, encoding="utf-8")
    dossier = load(folder)
    assert dossier.title == "La [31mville"
    assert dossier.articles[0].publisher == "Le Jour"


def test_manifest_title_does_not_move_paragraphs(folder: Path) -> None:
    """Paragraph numbers are the same whether the admin gave another title or none."""
    before = load(folder).articles[0].paragraphs
    (folder / "dossier.toml").write_text('[articles."bon"]\ntitle = "Autre"\n', encoding="utf-8")
    (article,) = load(folder).articles
    assert (article.title, article.paragraphs) == ("Autre", before)


def test_language_of_an_article(folder: Path) -> None:
    """An article in another language says so; a short text has the dossier's language."""
    english = (
        "The city council voted on Thursday to build a footbridge over the canal, after three "
        "hours of debate. The mayor said that the neighbours would be heard before each step.\n"
    )
    (folder / "anglais.txt").write_text(english, encoding="utf-8")
    (folder / "court.txt").write_text("Bridge\n\nThe bridge is there, it seems to us.\n", "utf-8")
    languages = {article.id: article.language for article in load(folder).articles}
    assert languages == {"anglais": "en", "bon": "fr", "court": "fr"}


def test_unknown_article(folder: Path) -> None:
    """An article that dossier.toml names and the folder lacks is a notice with a suggestion."""
    (folder / "dossier.toml").write_text('[articles."bonn"]\n', encoding="utf-8")
    found = why(folder, "dossier.toml")
    assert "bonn" in found
    assert "peut-être « bon »" in found


@pytest.mark.parametrize(
    ("toml", "line", "key"),
    [
        ('title = "x"\nlanguage = \n', 2, None),
        ('title = "x', 1, None),
        ('titel = "x"\n', 1, "titel"),
        ("title = 3\n", 1, "title"),
        ('\n\n[articles."bon"]\n# ici\npublishd = 2023-01-01\n', 5, 'articles."bon".publishd'),
        ('[articles."bon"]\npublished = "hier"\n', 2, 'articles."bon".published'),
        ('[articles."bon"]\nauthors = [1]\n', 2, 'articles."bon".authors'),
        ('articles = "bon"\n', 1, "articles"),
        ('[[questions]]\nexpect = ["a"]\n', 1, "questions[1].question"),
        ('[[questions]]\nquestion = "a"\n[[questions]]\nquestion = "b"\nexpect = ["("]\n', 5,
         "questions[2].expect"),
        ('[aliases]\n"A" = 3\n', 2, "aliases.A"),
        ('language = "français"\n', 1, "language"),
    ],
)  # fmt: skip
def test_broken_manifest(folder: Path, toml: str, line: int, key: str | None) -> None:
    """A broken dossier.toml is one sentence with file, line and key."""
    (folder / "dossier.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(BrokenManifest) as caught:
        load(folder)
    assert (caught.value.line, caught.value.key) == (line, key)
    assert "dossier.toml" in str(caught.value)
    assert f"ligne {line}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_manifest_not_utf8(folder: Path) -> None:
    """A dossier.toml that is not UTF-8 says so."""
    (folder / "dossier.toml").write_bytes('title = "été"'.encode("cp1252"))
    with pytest.raises(BrokenManifest, match="UTF-8"):
        load(folder)


def test_overlay(folder: Path, tmp_path: Path) -> None:
    """The overlay adds, replaces, corrects and removes; it need not exist."""
    overlay = tmp_path / "overlay"
    assert load(folder, overlay=overlay) == load(folder)
    overlay.mkdir()
    (folder / "autre.txt").write_text(TEXT, encoding="utf-8")
    (overlay / "neuf.md").write_text("# Neuf\n\nUn texte neuf.", encoding="utf-8")
    (overlay / "bon.md").write_text("# Remplacé\n\nUn texte remplacé.", encoding="utf-8")
    (overlay / "corrections.toml").write_text(
        'removed = ["autre"]\n[articles."neuf"]\npublished = 2023-03-02\nnote = "Vérifié."\n',
        encoding="utf-8",
    )
    dossier = load(folder, overlay=overlay)
    assert [(a.id, a.title) for a in dossier.articles] == [("bon", "Remplacé"), ("neuf", "Neuf")]
    neuf = dossier.articles[1]
    assert (neuf.published_from, neuf.note) == ("correction", "Vérifié.")
    assert dossier.set_aside == ()


def test_digests(folder: Path, tmp_path: Path) -> None:
    """The content digest follows the bytes and names, the fingerprint also the times."""
    overlay = tmp_path / "overlay"
    content, cheap = content_digest(folder), fingerprint(folder)
    assert content_digest(folder, overlay) == content
    os.utime(folder / "bon.txt", ns=(1, time.time_ns() + 10**9))
    assert content_digest(folder) == content
    assert fingerprint(folder) != cheap
    (folder / "dossier.toml").write_text("", encoding="utf-8")
    changed = content_digest(folder)
    assert changed != content
    overlay.mkdir()
    (overlay / "b.txt").write_text(TEXT, encoding="utf-8")
    assert content_digest(folder, overlay) != changed
    (folder / "bon.txt").rename(folder / "meilleur.txt")
    assert content_digest(folder) != changed


def test_manifest_text(folder: Path) -> None:
    """What init writes is a manifest that gives the same dossier, and shows what is missing."""
    (folder / "b.txt").write_text(f"{TEXT}\nPar AFP\n\nPublié le 3 mars 2023\n", encoding="utf-8")
    dossier = load(folder)
    text = manifest_text(dossier)
    assert '# publisher = ""' in text
    assert "trouvé : text" in text
    (folder / "dossier.toml").write_text(text, encoding="utf-8")
    again = load(folder)
    assert [a.paragraphs for a in again.articles] == [a.paragraphs for a in dossier.articles]
    assert [a.title for a in again.articles] == [a.title for a in dossier.articles]
    assert [a.published for a in again.articles] == [a.published for a in dossier.articles]
