"""Exports of press databases, several articles in one file; our own samples in their forms."""

from datetime import date
from pathlib import Path

from knowledge.corpus import load

FACTIVA = """
La passerelle du canal sera construite

SOCIÉTÉ
Anne Durand
412 mots
28 février 2023
14:33
La Gazette du Port
GAZPOR
4
Français
Copyright 2023 La Gazette du Port. Tous droits réservés.

Le conseil municipal a voté jeudi la construction d'une passerelle au-dessus du canal du port.

La maire a assuré que les riverains seraient consultés avant chaque étape du long chantier.

Document GAZPOR0020230228ej2s0001a

Le stade ferme pour six mois
98 mots
1 mars 2023
Le Courrier des Sables
COUSAB
Français
© 2023 Le Courrier des Sables

Le stade municipal fermera lundi pour six mois de travaux, a annoncé la mairie dans une lettre.

Document COUSAB0020230301ej310002b

Search Summary
Text passerelle
"""

CODED = """
HD La passerelle du canal sera construite
BY Anne Durand
WC 412 mots
PD 28 février 2023
SN La Gazette du Port
SC GAZPOR
LA Français
CY Copyright 2023
LP Le conseil municipal a voté jeudi la construction d'une passerelle au-dessus du canal du port.
TD La maire a assuré que les riverains seraient consultés avant chaque étape du long chantier.
AN Document GAZPOR0020230228ej2s0001a
Document GAZPOR0020230228ej2s0001a
HD Le stade ferme pour six mois
WC 98 mots
PD 1 mars 2023
SN Le Courrier des Sables
LP Le stade municipal fermera lundi pour six mois de travaux, a annoncé la mairie dans une lettre.
Document COUSAB0020230301ej310002b
"""

EUROPRESSE = """
La Gazette du Port, no. 1234
Société, mardi 28 février 2023, 412 mots, p. 4

La passerelle du canal sera construite
Anne Durand

Le conseil municipal a voté jeudi la construction d'une passerelle au-dessus du canal du port.

La maire a assuré que les riverains seraient consultés avant chaque étape du long chantier.

© 2023 La Gazette du Port. Tous droits réservés.
news·20230228·GP·0004321

Le Courrier des Sables
mercredi 1 mars 2023, p. SAB2

Le stade ferme pour six mois

Le stade municipal fermera lundi pour six mois de travaux, a annoncé la mairie dans une lettre.

Le présent document est protégé par les lois et conventions internationales.
news·20230301·CS·20230301·x42
"""

EUROPRESSE_HTML = """<html><head><title>Europresse</title></head><body>
<article><header>
<div class="rdp__DocPublicationName"><span class="DocPublicationName">La Gazette du Port, no. 1
</span></div><span class="DocHeader">Société, mardi 28 février 2023, p. 4</span>
<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">La passerelle du canal sera
construite</p></div><div class="docAuthors">Anne Durand</div></header>
<section><div class="docOcurrContainer"><div class="DocText clearfix">
<p>Le conseil municipal a voté jeudi la construction d'une passerelle au-dessus du canal.</p>
<p>La maire a assuré que les riverains seraient <b>consultés</b> avant chaque étape du chantier.</p>
</div></div></section><footer><div class="publiC-lblNodoc">news·20230228·GP·0004321</div></footer>
</article>
<article><header><span class="DocPublicationName">Le Courrier des Sables</span>
<span class="DocHeader">mercredi 1 mars 2023</span>
<div class="titreArticle"><p class="titreArticleVisu">Le stade ferme pour six mois</p></div>
</header>
<div class="docOcurrContainer"><p>Le stade municipal fermera lundi pour six mois de travaux.</p>
</div></article></body></html>"""

FACTIVA_HTML = """<html><body><div class="article frArticle">
<div id="hd"><span class="frHeadline">La passerelle du canal sera construite</span></div>
<div class="author">Anne Durand</div><div>412 mots</div><div>28 février 2023</div>
<div>La Gazette du Port</div><div>GAZPOR</div><div>Français</div>
<div>Copyright 2023 La Gazette du Port</div>
<p class="articleParagraph frarticleParagraph">Le conseil municipal a voté jeudi la construction
d'une passerelle au-dessus du canal du port.</p>
<p class="articleParagraph frarticleParagraph">La maire a assuré que les riverains seraient
consultés avant chaque étape.</p><p>Document GAZPOR0020230228ej2s0001a</p></div>
<div class="article frArticle"><table>
<tr><td class="index"><b>HD</b></td><td>Le stade ferme pour six mois</td></tr>
<tr><td class="index"><b>PD</b></td><td>1 mars 2023</td></tr>
<tr><td class="index"><b>SN</b></td><td>Le Courrier des Sables</td></tr>
<tr><td class="index"><b>LP</b></td><td><p>Le stade municipal fermera lundi.</p></td></tr>
</table></div></body></html>"""

SAMPLES = {
    "factiva.txt": FACTIVA,
    "coded.txt": CODED,
    "europresse.txt": EUROPRESSE,
    "europresse.html": EUROPRESSE_HTML,
    "factiva.html": FACTIVA_HTML,
}


def check(folder: Path, stem: str) -> None:
    """Two articles with title, outlet, date, and text without the database's own lines."""
    first, second = load(folder).articles
    assert (first.id, second.id) == (f"exports/{stem}-01", f"exports/{stem}-02")
    assert first.title == "La passerelle du canal sera construite"
    assert second.title == "Le stade ferme pour six mois"
    assert (first.publisher, second.publisher) == ("La Gazette du Port", "Le Courrier des Sables")
    assert (first.published, second.published) == (date(2023, 2, 28), date(2023, 3, 1))
    assert first.published_from == "export"
    assert first.authors == ("Anne Durand",)
    assert [p.number for p in first.paragraphs] == [1, 2]
    assert first.text.startswith("Le conseil municipal a voté")
    assert [p.number for p in second.paragraphs] == [1]
    assert second.text.startswith("Le stade municipal fermera")
    for word in ("Document", "Copyright", "protégé", "mots", "news"):
        assert word not in first.text + second.text
    assert any("0004321" in d.text or "GAZPOR" in d.text for d in first.dropped)


def test_each_form(tmp_path: Path) -> None:
    """Each form of export is split into its articles, with the facts of each."""
    for name, sample in SAMPLES.items():
        folder = tmp_path / name / "exports"
        folder.mkdir(parents=True)
        (folder / name).write_text(sample, encoding="utf-8")
        check(folder.parent, name.split(".")[0])


def test_one_article(tmp_path: Path) -> None:
    """An export of one article keeps the file's own name as its id."""
    (tmp_path / "un.txt").write_text(FACTIVA.split("Le stade", maxsplit=1)[0], encoding="utf-8")
    assert [article.id for article in load(tmp_path).articles] == ["un"]


def test_article_that_mentions_a_document(tmp_path: Path) -> None:
    """An article in which a line looks like a reference is no export."""
    text = "Le rapport caché\n\nLe rapport a été rendu au ministre lundi.\n\nDocument SECRET0042\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert [article.title for article in load(tmp_path).articles] == ["Le rapport caché"]
