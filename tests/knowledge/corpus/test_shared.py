"""The real articles and the encyclopaedia, when they are there."""

import json
import re
from pathlib import Path

import pytest

from knowledge.corpus import load, passages
from knowledge.model import Article, Dossier


@pytest.fixture(scope="module")
def press(shared: Path) -> Dossier:
    """The shared dossier."""
    return load(shared / "dossier")


def paragraph(article: Article, number: int, kind: str = "body") -> str:
    """The text of a paragraph."""
    (found,) = [p for p in article.paragraphs if (p.number, p.kind) == (number, kind)]
    return article.text[found.start : found.end]


def test_paragraph_numbers(press: Dossier) -> None:
    """Paragraphs are numbered as UX.md shows them."""
    by_id = {article.id[:3]: article for article in press.articles}
    assert paragraph(by_id["001"], 7).startswith("Anthony Blinken, qui s'envolera")
    assert paragraph(by_id["002"], 4).startswith("“Depuis qu’ils ont été")
    assert paragraph(by_id["004"], 1, "caption").endswith("SPUTNIK / AFP")


def test_verbatim(press: Dossier, shared: Path) -> None:
    """Every paragraph stands letter for letter in its file, white space apart."""
    for article in press.articles:
        raw = "".join((shared / "dossier" / f"{article.id}.txt").read_text("utf-8").split())
        for part in article.paragraphs:
            assert "".join(article.text[part.start : part.end].split()) in raw


def test_furniture_is_gone(press: Dossier) -> None:
    """No furniture is left, and all of it is kept as dropped."""
    text = "\n".join(article.text for article in press.articles)
    words = r"Lire aussi|Partager|Akismet|PUBLICIT|ADVERT|Rechercher|#\w|À découvrir|Facebook"
    assert not re.search(words, text)
    dropped = "\n".join(item.text for article in press.articles for item in article.dropped)
    assert len(set(re.findall(words, dropped))) >= 8


def test_encyclopaedia(shared: Path, tmp_path: Path) -> None:
    """Of encyclopaedic Markdown nothing is cleaned away: same paragraphs, same order."""
    wanted: dict[str, list[str]] = {}
    with (shared / "piaf" / "piaf_passages.jsonl").open(encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            wanted.setdefault(row["article"], []).append(re.sub(r"\s+", " ", row["text"]).strip())
    for name, texts in wanted.items():
        content = f'---\ntitle: "{name}"\n---\n\n' + "\n\n".join(texts) + "\n"
        (tmp_path / f"{name}.md").write_text(content, encoding="utf-8")
    dossier = load(tmp_path)
    assert {article.id: len(article.paragraphs) for article in dossier.articles} == {
        name: len(texts) for name, texts in wanted.items()
    }
    assert sum(len(article.dropped) for article in dossier.articles) == 0
    found = {(p.article, p.paragraph) for p in passages(dossier)}
    assert len(found) == sum(map(len, wanted.values()))
