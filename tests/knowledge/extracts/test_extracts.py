"""Extracts: verbatim slices that stand alone, chosen so that each says something else."""

import pytest

from knowledge.extracts import by_date, choose, cited, extracts
from knowledge.generation import Generation
from tests.knowledge.press.conftest import dossier_of, own

PORT = """\
Le port de Lorgnac ferme mercredi pour trois mois de travaux.

Cependant, les bateaux de pêche de Lorgnac pourront décharger au quai nord. Ils paieront \
moitié prix.

Partager cet article

« Ces travaux sauveront le port de Lorgnac », a déclaré la directrice Maud Sorgues.

Le port de Lorgnac sera fermé trois mois pour des travaux à partir de mercredi.
"""
COPY = """\
Le port de Lorgnac ferme mercredi pour trois mois de travaux.

La mairie de Brémont a acheté un bus électrique.
"""


def test_every_extract_is_a_slice_that_ends_as_a_sentence() -> None:
    """Cut from the article by offsets; labels and lines of the page are none."""
    generation = dossier_of(PORT)
    (article,) = generation.dossier.articles
    found = extracts(generation, (article,))
    assert found
    for one in found:
        assert one.text == article.text[one.start : one.end]
        assert "Partager" not in one.text
        assert one.score >= 0


def test_joining_words_are_left_out_at_the_start() -> None:
    """A reader who has not read what precedes needs no "Cependant"."""
    generation = dossier_of(PORT)
    texts = [one.text for one in extracts(generation, generation.dossier.articles)]
    assert any(text.startswith("les bateaux de pêche") for text in texts)
    assert not any(text.startswith("Cependant") for text in texts)


def test_a_pronoun_brings_the_sentence_before_it_along() -> None:
    """A pronoun leans wholly on its context; with the sentence before it does not."""
    generation = dossier_of("Les pêcheurs de Lorgnac ont bloqué le port mardi. "
                            "Ils réclament une baisse du prix du gazole.")  # fmt: skip
    found = {one.text: one.leans for one in extracts(generation, generation.dossier.articles)}
    assert found["Ils réclament une baisse du prix du gazole."] == 1
    assert any(leans == 0 and text.endswith("du gazole.") for text, leans in found.items())


def test_no_choice_says_the_same_twice() -> None:
    """Two sentences of one statement: the more telling one alone."""
    generation = dossier_of(PORT)
    chosen = choose(extracts(generation, generation.dossier.articles), 5)
    assert sum("trois mois" in one.text for one in chosen) == 1
    assert len(chosen) >= 2


def test_a_copy_in_another_article_is_a_twin() -> None:
    """The same wire story is one extract with both sources."""
    generation = dossier_of(PORT, COPY)
    found = extracts(generation, generation.dossier.articles)
    (first,) = choose([one for one in found if one.position == 0], 1)
    citation = cited(generation, first)
    assert {citation.article, *(twin.article for twin in citation.also)} == {"a", "b"}


def test_the_room_and_the_share_of_an_article_are_kept() -> None:
    """Characters together, and extracts of one article."""
    generation = dossier_of(PORT, COPY)
    found = extracts(generation, generation.dossier.articles)
    chosen = choose(found, 5, room=150, an_article=1)
    assert sum(len(one.text) for one in chosen) <= 150
    assert len({one.article.id for one in chosen}) == len(chosen)


@pytest.mark.parametrize("name", tuple(own()))
def test_the_same_choice_every_time(name: str) -> None:
    """Ties and order do not depend on anything but the articles."""
    generation = own()[name]

    def once(made: Generation) -> list[tuple[str, int, int]]:
        chosen = choose(extracts(made, made.dossier.articles), 8)
        return [(one.article.id, one.start, one.end) for one in by_date(chosen)]

    assert once(generation) == once(generation)
    for article, start, end in once(generation):
        assert 0 <= start < end <= start + 300
        assert generation.article(article).text[start:end].strip()
