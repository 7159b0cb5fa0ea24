"""Articles to passages: one paragraph each, short ones joined."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.corpus import parse, passages
from knowledge.corpus.article import build
from knowledge.corpus.draft import Cleaned, Facts
from knowledge.corpus.passages import split
from knowledge.model import Dossier, ParagraphKind

LONG = "Le conseil a voté la construction d'une passerelle au-dessus du canal, a-t-on appris jeudi."
SHORT = "« C'est fait », dit-il."
HEADING = "Un chantier contesté"


def spans(*paragraphs: tuple[ParagraphKind, str]) -> list[tuple[str, int, str]]:
    """Kind, number of the main paragraph and text of each passage."""
    article = build("a", Cleaned(paragraphs, Facts(title="T")))
    return [(p.kind, p.paragraph, article.text[p.start : p.end]) for p in split(article)]


def test_one_paragraph_a_passage() -> None:
    """A long paragraph is a passage."""
    assert spans(("body", LONG), ("body", LONG)) == [("body", 1, LONG), ("body", 2, LONG)]


def test_heading_joins_what_follows() -> None:
    """A heading joins the paragraph after it, whose number the passage has."""
    assert spans(("body", LONG), ("body", HEADING), ("body", LONG)) == [
        ("body", 1, LONG),
        ("body", 3, f"{HEADING}\n\n{LONG}"),
    ]


def test_short_paragraph_joins_the_one_before() -> None:
    """A short paragraph joins the one before it, or else the one after."""
    assert spans(("body", LONG), ("body", SHORT)) == [("body", 1, f"{LONG}\n\n{SHORT}")]
    assert spans(("body", SHORT), ("body", LONG)) == [("body", 2, f"{SHORT}\n\n{LONG}")]


def test_kinds_stay_apart() -> None:
    """A caption is a passage of its own, numbered apart, and parts what stands around it."""
    caption = "Le port. © Anne Durand"
    assert spans(("body", LONG), ("caption", caption), ("body", LONG)) == [
        ("body", 1, LONG),
        ("caption", 1, caption),
        ("body", 2, LONG),
    ]


def test_articles_stay_apart() -> None:
    """Passages never cross from one article to the next, and come in corpus order."""
    articles = (parse("A", SHORT, "a"), parse("B", LONG, "b"))
    found = passages(Dossier("D", "fr", articles))
    assert [passage.article for passage in found] == ["a", "b"]


@given(st.lists(st.sampled_from([LONG, SHORT, HEADING]), min_size=1, max_size=8))
def test_every_paragraph_once(paragraphs: list[str]) -> None:
    """Each paragraph stands in exactly one passage; passages are in order."""
    article = parse("T", "\n\n".join(paragraphs))
    found = split(article)
    assert "\n\n".join(article.text[p.start : p.end] for p in found) == article.text


def test_parse() -> None:
    """Clean text becomes an article: NFC, paragraphs at blank lines, sentences that slice it."""
    article = parse("Un titre", "Une phrase. Une e\u0301tude\nsuit.\n\n\nFin.\r\n\r\nEncore.", "x")
    assert (article.id, article.title) == ("x", "Un titre")
    assert article.text == "Une phrase. Une étude suit.\n\nFin.\n\nEncore."
    assert [(p.number, p.kind) for p in article.paragraphs] == [
        (1, "body"),
        (2, "body"),
        (3, "body"),
    ]
    assert [article.text[s.start : s.end] for s in article.sentences] == [
        "Une phrase.", "Une étude suit.", "Fin.", "Encore.",
    ]  # fmt: skip
    assert [s.paragraph for s in article.sentences] == [0, 0, 1, 2]


def test_parse_empty_text() -> None:
    """An empty text is an article without paragraphs."""
    article = parse("T", "")
    assert (article.text, article.paragraphs, article.sentences) == ("", (), ())
