"""Inputs that fuzzing starts from: some of everything that is read, and what often breaks it."""

import io
import zipfile

ARTICLE = """\
Le pont de la gare rouvre enfin
Par Jeanne Morvan, publié le 28 février 2023 à 18h30
LIRE AUSSI : les travaux
Mardi dernier, près de 3,5 millions d'euros - soit 12 % du budget - ont été « votés » par l'AFP.
« Nous n'avons jamais dit cela », a assuré M. Le Goff, 1er adjoint, qui ajoute : "C'est faux".
Quelque 1 200 habitants (dont quatre-vingt-dix-sept élus) vivent là depuis le 14/05/2024.
Photo : La gare, en mai 2021. © Reuters
"""
QUESTIONS = (
    "Qui a inauguré le tramway de Valmeur, et quand ?",
    "Combien d'habitants, selon l'AFP, en mars 2023 ?",
    '"une phrase exacte" -sans outlet:fanal from:2023-01 to:2024 le port',
    "r-1-abcdef12-a-z-123456",
    "Что сказала мэр? What did the mayor say about 1,5 million?",
)
HOSTILE = (
    "\0", "\u202eabc\u2066", "e\u0301\u0301\u0301", "\ud83d\ude00".encode("utf-16", "surrogatepass")
    .decode("utf-16"), "ﬁ İ ß ǆ", "<b>&amp;<script>", "« « « » \" ' ’", "1" * 300, "((((((((((",
    "31 février 0000", "le 99 juin 99999", "1e999 ²³ ½ Ⅻ ٣", "a" * 500, "\r\n\t\v\f\x85\u2028",
)  # fmt: skip
HTML = """<html><head><title>Titre</title><meta charset="utf-8">
<meta property="article:published_time" content="2023-02-28T10:00:00Z">
<script type="application/ld+json">{"@type":"NewsArticle",
"headline":"Titre","datePublished":"2023-02-28","author":[{"name":"A"}]}</script></head><body>
<article><h1>Titre</h1><p>Une phrase assez longue pour un article, dit-on.</p><table><tr><td>1</td>
</tr></table></article></body></html>"""
MANIFEST = """title = "La ville"
language = "fr"
reference_date = 2023-03-31
removed = ["a"]
[articles."2023/pont"]
title = "Le pont"
authors = ["A"]
published = 2023-02-28
[aliases]
"Jeanne Morvan" = ["la maire"]
[[questions]]
question = "Qui ?"
expect = ["morvan"]
"""
MARKDOWN = "---\ntitle: Titre\ndate: 2023-02-28\nauthors:\n  - A\n---\n# Titre\n\n> cité\n- *un*\n"
EXPORT = """SE Le Journal
HD Le pont rouvre
BY Jeanne Morvan
PD 28 février 2023
LP Le pont a rouvert.
TD La suite du texte.
"""
XML = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>Un texte.</w:t></w:r></w:p></w:body></w:document>"
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1"
    b">>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font"
    b"<</F 5 0 R>>>>>>endobj 4 0 obj<</Length 33>>stream\nBT /F 9 Tf 9 9 Td (Bonjour) Tj ET\n"
    b"endstream endobj 5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


def _zipped(*members: tuple[str, str]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return whole.getvalue()


ZIP = _zipped(("a.txt", ARTICLE), ("../b.md", MARKDOWN), ("c/d.html", HTML))
DOCX = _zipped(("word/document.xml", XML))

SEEDS: tuple[bytes, ...] = (
    *(
        text.encode("utf-8", "surrogatepass")
        for text in (ARTICLE, *QUESTIONS, *HOSTILE, HTML, MANIFEST, MARKDOWN, EXPORT, XML)
    ),
    PDF,
    ZIP,
    DOCX,
)
