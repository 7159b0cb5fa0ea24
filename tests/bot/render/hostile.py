"""A dossier whose words try to break out of a page."""

from pathlib import Path

from knowledge.generation import Generation
from knowledge.library import Library

BREAK = """\
La maire <b>Jeanne Morvan</b> a inauguré le pont & la gare mardi. « Rien <img src=x \
onerror=alert(1)> ne sera plus *comme* avant », a déclaré Jeanne Morvan.

Le 3 mars 2023, Jeanne Morvan a fermé la rue. [lien](javascript:alert(1)) `code` {{body}} </article>

- Une liste # qui n'en est pas une, selon Jeanne Morvan. Le 4 mars 2023, Jeanne Morvan est partie.
"""
SECOND = """\
Jeanne Morvan est revenue le 9 mars 2023. « Je reviens », a promis Jeanne Morvan.
"""
MANIFEST = """title = '''<script>alert('titre')</script> & «\u202e» {{nav}}'''
[articles.un]
title = '''"><svg onload=alert(2)> *Un* [x](y) </title> {{title}}'''
publisher = "Le <i>Journal</i>"
authors = ["Anne \\"<u>\\" Le Goff"]
published = 2023-02-28
url = "https://example.org/?a=1&b=<2>"
[articles.deux]
title = "Deux"
published = 2023-03-10
url = "javascript:alert(3)"
"""


def hostile(folder: Path) -> Generation:
    """The dossier, made in this folder."""
    source = folder / "hostile"
    source.mkdir()
    (source / "un.txt").write_text(f"Titre\n\n{BREAK}", encoding="utf-8")
    (source / "deux.txt").write_text(f"Titre\n\n{SECOND}", encoding="utf-8")
    (source / "dossier.toml").write_text(MANIFEST, encoding="utf-8")
    return Library.open(source, folder / "data").current
