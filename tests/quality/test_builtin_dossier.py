"""The built-in dossier keeps to its own words."""

import re
import tomllib
import unicodedata
from importlib.resources import as_file, files
from pathlib import Path

RUN = 8
"""A run of this many words in common with an original article counts as copying."""


def words(text: str) -> list[str]:
    """The folded words of a text: lower case, no accents; an apostrophe splits."""
    flat = unicodedata.normalize("NFKD", text.replace("œ", "oe").lower())
    return re.findall(r"[a-z0-9]+", "".join(c for c in flat if not unicodedata.combining(c)))


def built_in() -> dict[str, str]:
    """Every text of the built-in folder that readers can meet, by file name."""
    with as_file(files("knowledge").joinpath("dossier")) as folder:
        names = sorted(p for p in folder.iterdir() if p.suffix in {".txt", ".md", ".toml"})
        return {p.name: p.read_text(encoding="utf-8") for p in names}


def originals(shared: Path) -> list[list[str]]:
    """The words of the articles whose facts the built-in ones tell."""
    return [words(p.read_text(encoding="utf-8")) for p in sorted(shared.glob("dossier/0*.txt"))]


def test_five_articles_of_250_to_400_words() -> None:
    """The built-in dossier has five articles of 250 to 400 words, each described."""
    texts = built_in()
    articles = {name: text for name, text in texts.items() if name.endswith(".txt")}
    described = tomllib.loads(texts["dossier.toml"])["articles"]
    assert len(articles) == 5
    assert {name.removesuffix(".txt") for name in articles} == set(described)
    assert all(250 <= len(text.split()) <= 400 for text in articles.values())
    assert all(entry["publisher"].startswith("D'après") for entry in described.values())
    assert all({"title", "published"} <= set(entry) for entry in described.values())


def test_no_run_of_eight_words_is_shared_with_the_originals(shared: Path) -> None:
    """No eight words in a row stand both in the built-in dossier and in an original article."""
    theirs = {
        tuple(text[i : i + RUN]) for text in originals(shared) for i in range(len(text) - RUN + 1)
    }
    copied = [
        (name, " ".join(ours[i : i + RUN]))
        for name, text in built_in().items()
        for ours in [words(text)]
        for i in range(len(ours) - RUN + 1)
        if tuple(ours[i : i + RUN]) in theirs
    ]
    assert theirs
    assert copied == []


def test_quotation_marks_hold_only_what_the_originals_print(shared: Path) -> None:
    """What stands between « and » is under eight words and stands in an original article."""
    theirs = [" " + " ".join(text) + " " for text in originals(shared)]
    quotes = [
        (name, quote)
        for name, text in built_in().items()
        if name.endswith(".txt")
        for quote in re.findall(r"«([^»]*)»", text)
    ]
    assert quotes
    assert [q for q in quotes if len(words(q[1])) >= RUN] == []
    missing = [q for q in quotes if not any(f" {' '.join(words(q[1]))} " in t for t in theirs)]
    assert missing == []


def test_no_other_quotation_marks() -> None:
    """Articles quote between « and » only, so that the rule above sees every quotation."""
    articles = [text for name, text in built_in().items() if name.endswith(".txt")]
    assert [text for text in articles if re.search('["“”‹›]', text)] == []
    assert [text for text in articles if text.count("«") != text.count("»")] == []
