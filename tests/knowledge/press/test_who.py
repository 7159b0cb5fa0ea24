"""Who somebody is and what they said, on a few sentences of our own."""

import pytest

from knowledge.generation import Generation
from knowledge.press import who
from tests.knowledge.press.conftest import dossier_of

PORT = """\
Le maire de Lens, Paul Kessler, a visité le port. « Nous rouvrirons le quai nord », a déclaré \
M. Kessler devant les pêcheurs.

La ministre Claire Roux est attendue jeudi. Elle a annoncé un plan d'urgence. Selon Paul Kessler, \
l'État a trop tardé.
"""
PLAN = """\
Claire Roux n'a pas rencontré Paul Kesler à Lens. « Le plan sera financé », a promis la \
ministre Claire Roux. « Rien n'est réglé », a dit un pêcheur.
"""


@pytest.fixture(scope="module")
def port() -> Generation:
    """Two articles, one of which spells a name otherwise."""
    return dossier_of(PORT, PLAN)


def said(generation: Generation, name: str) -> list[tuple[str, str, str]]:
    """(kind, speaker, article) of each statement."""
    return [(s.kind, s.speaker, s.evidence[0].article) for s in who(generation, name).statements]


@pytest.mark.parametrize("name", ["Paul Kessler", "kessler", "M. Kessler", "Paul Kesler", "Kessle"])
def test_a_person_is_found_by_any_spelling(port: Generation, name: str) -> None:
    """Surname, title, other spelling and typing errors lead to one page."""
    found = who(port, name)
    assert found.name == "Paul Kessler"
    assert {"Kessler", "Paul Kesler"} <= set(found.aliases)


def test_roles_stand_beside_the_name(port: Generation) -> None:
    """A role before a name or in apposition behind it is somebody's role, and finds them."""
    assert "maire de Lens" in who(port, "Paul Kessler").roles
    assert who(port, "le maire de Lens").name == "Paul Kessler"
    assert "ministre" in who(port, "Claire Roux").roles


def test_direct_and_indirect_speech_are_told_apart(port: Generation) -> None:
    """Quotation marks make it direct, the article's own words indirect."""
    assert said(port, "Kessler") == [
        ("direct", "M. Kessler", "a"),
        ("indirect", "Paul Kessler", "a"),
    ]
    kinds = [(kind, article) for kind, _, article in said(port, "Claire Roux")]
    assert ("indirect", "a") in kinds
    assert ("direct", "b") in kinds


def test_what_is_said_of_somebody_is_no_statement(port: Generation) -> None:
    """A sentence that names a person who does not speak in it is a mention."""
    found = who(port, "Paul Kessler")
    assert [cited.quote for cited in found.mentions] == [
        "Le maire de Lens, Paul Kessler, a visité le port.",
        "Claire Roux n'a pas rencontré Paul Kesler à Lens.",
    ]


def test_somebody_else_s_words_are_not_theirs(port: Generation) -> None:
    """Words of an unnamed speaker are nobody's."""
    assert all("Rien n'est" not in s.evidence[0].quote
               for name in ("Kessler", "Roux") for s in who(port, name).statements)  # fmt: skip


def test_an_unknown_name_gives_an_empty_page(port: Generation) -> None:
    """Nobody of the dossier sounds like that."""
    found = who(port, "Xylophène Zwicker")
    assert not found
    assert (found.name, found.statements, found.mentions) == ("Xylophène Zwicker", (), ())


def test_one_sentence_in_two_outlets_is_one_statement() -> None:
    """A statement that two articles print alike has one citation with the other beside it."""
    text = "« Nous rouvrirons le quai nord avant la fin de l'été », a déclaré Paul Kessler au port."
    (statement,) = who(dossier_of(text, text), "Kessler").statements
    (cited,) = statement.evidence
    assert [(twin.article, twin.same_wire) for twin in cited.also] == [("b", True)]


def test_a_statement_keeps_its_speaker_and_tells_who_carries_it() -> None:
    """The page of who speaks names through whom the words came; a carrier says nothing itself."""
    text = (
        "Le maire de Lens, Paul Kessler, cité par l'agence Tass, a assuré que le quai rouvrirait."
        " « Le budget est prêt », a-t-il confié au Monde."
    )
    found = who(dossier_of(text), "Kessler")
    assert [[(r.how, r.name) for r in s.relays] for s in found.statements] == [
        [("cited", "Tass")],
        [("told", "Le Monde")],
    ]
    assert who(dossier_of(text), "Tass").statements == ()


REAL = (
    # dossier's article, first words of a quote, who says it: checked by hand, one line each.
    ("004", "Pour le Kazakhstan, la", "Tokaïev"),
    ("004", "relations profondes", "Tokaïev"),
    ("004", "a une signification", "Tokaïev"),
    ("004", "caractère spécial", "Poutine"),
    ("004", "des recherches collectives", "Tokaïev"),
    ("004", "Nous ne devons", "Tokaïev"),
    ("001", "Comme vous le", "Blinken"),
    ("001", "En cette période", "Blinken"),
    ("001", "particulièrement importante pour", "Tokaïev"),
    ("001", "soutien constant et", "Tokaïev"),
    ("001", "approfondir et renforcer", "Tokaïev"),
    ("002", "Depuis qu’ils ont", "Blinken"),
    ("002", "Au cours de", "Blinken"),
    ("002", "la situation internationale", "Tileuberdi"),
    ("002", "Notre pays poursuit", "Tileuberdi"),
    ("002", "C’est une recette", "Blinken"),
    ("002", "C’est pourquoi il", "Blinken"),
    ("003", "Quelle que soit", "Xi Jinping"),
    ("000", "partager les considérations", "Moscou"),
)


def test_quotes_of_the_real_articles_have_their_speakers(real: Generation) -> None:
    """Of the quotes that are given to somebody nine in ten are theirs, three quarters are given."""
    right = wrong = 0
    names = sorted({name for _, _, name in REAL})
    pages = {name: who(real, name).statements for name in names}
    for article, words, speaker in REAL:
        for name in names:
            holds = any(
                cited.article.startswith(article) and words in cited.quote
                for statement in pages[name]
                for cited in statement.evidence
            )
            right += holds and name == speaker
            wrong += holds and name != speaker
    assert right >= 0.75 * len(REAL)
    assert right >= 0.90 * (right + wrong)
