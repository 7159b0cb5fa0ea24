"""What admins add and correct, laid over a dossier that is never written."""

import tomllib
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.overlay import Overlay, toml_text
from knowledge import corpus

ARTICLE = "Le pont\n\nLe pont des Tanneurs a rouvert mardi devant une foule nombreuse.\n"


def test_corrections_are_what_the_corpus_reads(tmp_path: Path) -> None:
    """Facts, notes, removals and questions come back through the corpus's own reader."""
    folder, over = tmp_path / "dossier", tmp_path / "over"
    folder.mkdir()
    for name in ("un", "deux"):
        (folder / f"{name}.txt").write_text(ARTICLE, encoding="utf-8")
    overlay = Overlay(over)
    overlay.add("../trois.txt", ARTICLE.encode())
    overlay.correct("un", {"title": 'Un "titre" \\ <b>', "published": date(2024, 3, 12)})
    overlay.correct("un", {"note": "Rectifié.", "publisher": "Le Courrier"})
    overlay.correct("un", {"publisher": None})
    overlay.remove("deux")
    assert overlay.ask("Qui ?")
    assert not overlay.ask("Qui ?")
    dossier = corpus.load(folder, overlay=over)
    assert [article.id for article in dossier.articles] == ["trois", "un"]
    one = dossier.articles[1]
    assert (one.title, one.published, one.note) == (
        'Un "titre" \\ <b>', date(2024, 3, 12), "Rectifié.",
    )  # fmt: skip
    assert one.publisher is None
    assert dossier.questions[0].question == "Qui ?"
    overlay.restore("deux")
    assert len(corpus.load(folder, overlay=over).articles) == 3
    assert sorted(path.name for path in folder.iterdir()) == ["deux.txt", "un.txt"]


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(
    st.dictionaries(WORDS, st.dictionaries(WORDS, WORDS | st.dates() | st.booleans(), max_size=3)),
    st.lists(WORDS, max_size=4),
    st.lists(st.dictionaries(WORDS, WORDS, min_size=1, max_size=2), max_size=3),
)
def test_any_text_survives_toml(
    articles: dict[str, dict[str, object]], removed: list[str], questions: list[dict[str, str]]
) -> None:
    """Whatever an admin types is read back as it was written."""
    written = {"articles": articles, "removed": removed, "questions": questions}
    read = tomllib.loads(toml_text(written))
    assert read.get("removed") == removed
    assert read.get("articles", {}) == articles
    assert read.get("questions", []) == questions
