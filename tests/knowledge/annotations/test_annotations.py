"""What is read once of a dossier: its words and names, in a steady order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.annotations import Annotations, annotate
from knowledge.corpus import parse
from knowledge.language.terms import normal_form, tokenize
from knowledge.model import Dossier

PORT = "Hier, Bastien Korvel a rouvert la criée de Lorgnac. Bastien Korvel s'en réjouit."
MILL = "Le moulin de Lorgnac tournera, assure Maud Sorgues."


def read(*texts: str, title: str = "Nouvelles") -> Annotations:
    """The annotations of one article a text."""
    listed = tuple(parse(title, text, f"a{n}") for n, text in enumerate(texts))
    return annotate(Dossier("essai", "fr", listed))


def test_words_are_counted_folded() -> None:
    """The vocabulary counts folded words of texts and titles, stop words included."""
    found = read(PORT, MILL, title="La criée")
    assert found.vocabulary["lorgnac"] == 2
    assert found.vocabulary["criee"] == 3
    assert found.vocabulary["la"] == 3
    assert "Lorgnac" not in found.vocabulary


def test_names_are_counted_as_printed() -> None:
    """Names stand as printed, with how often they occur; their words are folded."""
    found = read(PORT, MILL)
    assert found.names["Bastien Korvel"] == 2
    assert found.names["Lorgnac"] == 2
    assert {"bastien", "korvel", "maud", "sorgues", "lorgnac"} <= found.name_words
    assert "moulin" not in found.name_words


def test_the_order_is_the_alphabet() -> None:
    """Words and names come in alphabetical order, whatever order the articles have."""
    one, other = read(PORT, MILL), read(MILL, PORT)
    assert list(one.vocabulary) == sorted(one.vocabulary)
    assert list(one.vocabulary.items()) == list(other.vocabulary.items())
    assert list(one.names.items()) == list(other.names.items())


@given(st.lists(st.text(alphabet="aéœ ’'.\n\0🚋ABpré-7", max_size=40), max_size=4))
@settings(deadline=None)
def test_every_word_once_and_back(texts: list[str]) -> None:
    """Each token is counted, and what is stored is read back the same."""
    found = read(*texts)
    listed = [parse("Nouvelles", text) for text in texts]
    tokens = [t for a in listed for part in (a.title, a.text) for t in tokenize(part)]
    assert sum(found.vocabulary.values()) == len(tokens)
    assert {normal_form(token.text) for token in tokens} == set(found.vocabulary)
    again = Annotations.from_blobs(found.to_blobs())
    assert dict(again.vocabulary) == dict(found.vocabulary)
    assert dict(again.names) == dict(found.names)
    assert again.name_words == found.name_words
    assert again.sounds.table == found.sounds.table
    assert again.to_blobs() == found.to_blobs()


def test_a_dossier_without_articles() -> None:
    """No article, no word."""
    assert dict(read().vocabulary) == {}
    assert read().name_words == frozenset()
