"""HTML, Markdown, Word and PDF files; our own samples, made in the test."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus import load
from knowledge.corpus.pdf import join_hyphenated, without_running_heads
from knowledge.model import Article

ONE = (
    "Le conseil municipal a voté jeudi soir la construction d'une passerelle au-dessus du canal, "
    "après trois heures de débats et malgré l'opposition de deux élus du quartier."
)
TWO = (
    "La maire a assuré que les riverains seraient consultés avant chaque étape du chantier, qui "
    "doit durer six mois et coûter deux millions d'euros."
)
THREE = "Une réunion publique est prévue en octobre dans la salle des fêtes, a précisé la mairie."

PAGE = """<!DOCTYPE html><html lang="fr-FR"><head><meta charset="utf-8">
<title>La passerelle sera construite - La Gazette du Port</title>
<meta property="og:title" content="La passerelle sera construite - La Gazette du Port">
<meta property="og:site_name" content="La Gazette du Port">
{head}
<link rel="canonical" href="https://exemple.fr/passerelle"></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>La passerelle sera construite</h1>
<p class="date">{date}</p>
<figure><img src="a.jpg"><figcaption>Le canal vu du pont de pierre. Anne DURAND / AFP</figcaption>
</figure><p>{one}</p><p>{two}</p><div class="pub">Publicité</div><p>{three}</p></article></main>
<aside><h2>Les plus lus</h2><ul><li><a href="/b">Un incendie dans le port</a></li></ul></aside>
<footer><p>Mentions légales</p></footer></body></html>"""


def read(folder: Path, name: str, content: str | bytes) -> Article:
    """The article of a file."""
    raw = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(raw)
    (article,) = load(folder).articles
    return article


def body(article: Article) -> list[str]:
    """Its body paragraphs."""
    return [article.text[p.start : p.end] for p in article.paragraphs if p.kind == "body"]


def page(head: str = "", printed: str = "") -> str:
    """A news page with this in its head and this printed date."""
    return PAGE.format(head=head, date=printed, one=ONE, two=TWO, three=THREE)


def test_page(tmp_path: Path) -> None:
    """A saved page gives its article, its facts, its captions; the rest is dropped, not lost."""
    article = read(
        tmp_path,
        "a.html",
        page('<meta property="article:published_time" content="2023-03-02T10:00:00+01:00">'
             '<meta name="author" content="Anne Durand">'),
    )  # fmt: skip
    assert body(article) == [ONE, TWO, THREE]
    assert article.title == "La passerelle sera construite"
    assert article.publisher == "La Gazette du Port"
    assert article.authors == ("Anne Durand",)
    assert (article.published, article.published_from) == (date(2023, 3, 2), "metadata")
    assert article.url == "https://exemple.fr/passerelle"
    assert article.language == "fr"
    assert article.agency is None
    captions = [article.text[p.start : p.end] for p in article.paragraphs if p.kind == "caption"]
    assert captions == ["Le canal vu du pont de pierre. Anne DURAND / AFP"]
    dropped = [item.text for item in article.dropped]
    assert "Un incendie dans le port" in dropped
    assert "Mentions légales" in dropped


def test_page_date_in_words(tmp_path: Path) -> None:
    """A printed "1er mars 2023" on a page is the first of March."""
    article = read(tmp_path, "a.html", page(printed="Publié le 1er mars 2023 à 10h12"))
    assert article.published == date(2023, 3, 1)


def test_page_without_date(tmp_path: Path) -> None:
    """Nothing is made up for a page without a date."""
    article = read(tmp_path, "a.html", page())
    assert (article.published, article.published_from) == (None, None)


def test_page_with_linked_data(tmp_path: Path) -> None:
    """JSON-LD gives title, outlet, authors, agency and date."""
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": '
        '"La passerelle", "datePublished": "2023-03-03T08:00:00Z", "author": [{"@type": "Person", '
        '"name": "Anne Durand"}, {"name": "AFP"}], "publisher": {"name": "La Gazette"}}]}</script>'
    )
    article = read(tmp_path, "a.html", page(linked))
    assert (article.title, article.publisher) == ("La passerelle", "La Gazette")
    assert (article.authors, article.agency) == (("Anne Durand",), "AFP")
    assert article.published == date(2023, 3, 3)


def test_page_in_another_encoding(tmp_path: Path) -> None:
    """A page in cp1252 is read as it declares itself."""
    html = page().replace("utf-8", "windows-1252").encode("cp1252")
    assert body(read(tmp_path, "a.html", html)) == [ONE, TWO, THREE]


def test_short_page(tmp_path: Path) -> None:
    """A page with one short paragraph still gives it."""
    html = "<html><body><h1>Titre du jour</h1><p>Le maire est parti hier soir.</p></body></html>"
    article = read(tmp_path, "a.html", html)
    assert "Le maire est parti hier soir." in article.text


def test_markdown(tmp_path: Path) -> None:
    """Front matter gives the facts; the text keeps its paragraphs, links and bold type undone."""
    article = read(
        tmp_path,
        "a.md",
        "---\ntitle: 'La passerelle'\nsource: La Gazette\n"
        "auteurs:\n  - Anne Durand\n  - Jean Petit\n"
        "date: 2023-03-02\nurl: https://exemple.fr/a  # vérifié\n---\n\n# La passerelle\n\n"
        f"Le **conseil** a voté [la passerelle](https://exemple.fr/b).\nC'est fait.\n\n"
        f"## Un chantier\n\n{TWO}\n\n- un pont\n- une route\n",
    )
    assert (article.title, article.publisher) == ("La passerelle", "La Gazette")
    assert article.authors == ("Anne Durand", "Jean Petit")
    assert (article.published, article.published_from) == (date(2023, 3, 2), "front matter")
    assert article.url == "https://exemple.fr/a"
    assert body(article) == [
        "Le conseil a voté la passerelle. C'est fait.", "Un chantier", TWO, "- un pont",
        "- une route",
    ]  # fmt: skip


def test_front_matter_in_text(tmp_path: Path) -> None:
    """A .txt file may have front matter too; one that is not closed is text."""
    assert read(tmp_path, "a.txt", f"---\ntitle: Oui\n---\n{ONE}").title == "Oui"
    article = read(tmp_path, "a.txt", f"---\n{ONE}\n\n{TWO}")
    assert body(article) == [ONE, TWO]


def docx(*paragraphs: tuple[str, str]) -> bytes:
    """A Word document of these (style, text) paragraphs."""
    xml = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}'
        "</w:t></w:r></w:p>"
        for style, text in paragraphs
    )
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document {ns}><w:body>{xml}</w:body></w:document>"
        )
    return stream.getvalue()


def test_word(tmp_path: Path) -> None:
    """A Word document gives its paragraphs; the one in the title style is the title."""
    content = docx(("Titre", "La passerelle"), ("Normal", ONE), ("Normal", TWO))
    article = read(tmp_path, "a.docx", content)
    assert article.title == "La passerelle"
    assert body(article) == [ONE, TWO]


def test_word_bomb(tmp_path: Path) -> None:
    """A document that defines entities is refused."""
    bomb = docx(("Normal", ONE)).replace(b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", 1)
    (tmp_path / "a.docx").write_bytes(bomb)
    (tmp_path / "b.txt").write_text(ONE, encoding="utf-8")
    assert [item.path for item in load(tmp_path).set_aside] == ["a.docx"]


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines, written by hand."""
    shown = b" T* ".join(
        b"(" + line.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj"
        for line in lines
    )
    stream = b"BT /F1 10 Tf 14 TL 50 780 Td " + shown + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            b"/Resources << /Font << /F1 4 0 R >> >> >>"
        ),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream),
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    return (
        out + head + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_pdf(tmp_path: Path) -> None:
    """A PDF's wrapped lines are paragraphs again, its cut words whole."""
    pytest.importorskip("pypdf")
    lines = (
        "La passerelle du canal sera construite",
        "Le conseil municipal a voté jeudi soir la construction d'une passerelle au-dessus du ca-",
        "nal, après trois heures de débats et malgré l'opposition de deux élus du quartier, a-t-on",
        "appris vendredi.",
        "La maire a assuré que les riverains seraient consultés avant chaque étape du projet, qui",
        "doit durer six mois et coûter deux millions d'euros à la commune et au département.",
    )
    article = read(tmp_path, "a.pdf", pdf(*lines))
    assert article.title == "La passerelle du canal sera construite"
    assert len(body(article)) == 2
    assert "du canal, après" in body(article)[0]
    assert "a-t-on appris vendredi." in body(article)[0]


def test_pdf_without_text(tmp_path: Path) -> None:
    """A PDF of images says that its text is needed."""
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(pdf(""))
    (tmp_path / "b.txt").write_text(ONE, encoding="utf-8")
    (item,) = load(tmp_path).set_aside
    assert "sans texte" in item.why


def test_export_in_pdf(tmp_path: Path) -> None:
    """A press database's PDF is split into its articles."""
    pytest.importorskip("pypdf")
    lines = (
        "La Gazette du Port", "Société, mardi 28 février 2023, p. 4",
        "La passerelle du canal sera construite", "Anne Durand",
        "Le conseil municipal a voté jeudi soir la construction d'une passerelle.",
        "news·20230228·GP·0004321",
        "Le Courrier des Sables", "mercredi 1 mars 2023", "Le stade ferme pour six mois",
        "Le stade municipal fermera lundi pour six mois de travaux, selon la mairie.",
        "news·20230301·CS·0000042",
    )  # fmt: skip
    (tmp_path / "a.pdf").write_bytes(pdf(*lines))
    articles = load(tmp_path).articles
    assert [article.id for article in articles] == ["a-01", "a-02"]
    assert [article.publisher for article in articles] == [
        "La Gazette du Port", "Le Courrier des Sables",
    ]  # fmt: skip


def test_hyphens() -> None:
    """Cut words are joined; verbs with their pronoun and compounds keep the hyphen."""
    assert join_hyphenated("le gou-\nvernement") == "le gouvernement"
    assert join_hyphenated("dit-\nil") == "dit-il"
    assert join_hyphenated("Jean-\nPaul") == "Jean-Paul"
    assert join_hyphenated("un porte-parole et un porte-\nparole").endswith("porte-parole")


def test_running_heads() -> None:
    """Lines that head or end most pages, numbers apart, are left out."""
    words = ("un", "deux", "trois", "quatre")
    pages = [
        f"La Gazette\nligne {word}\nsuite {word}\npage {number}/4"
        for number, word in enumerate(words)
    ]
    assert without_running_heads(pages) == [f"ligne {word}\nsuite {word}" for word in words]
