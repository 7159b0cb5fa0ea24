"""Whether a sentence stands alone, where it may start, and where it may be cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.cutting import cuts
from knowledge.language.leaning import HALF, leaning, opening

ALONE = (
    "Le maire de Valmeur a signé l'arrêté.",
    "« Nous n'avons rien à cacher », a déclaré Maud Sorgues.",
    "Il y avait 300 personnes devant la mairie.",
    "Depuis mardi, la rue Haute est fermée.",
    "En juin, Maud Sorgues avait promis une réponse.",
)
LEANING = (
    "Il a signé l'arrêté mardi.",
    "Ce dernier a refusé de répondre.",
    "Celle-ci rouvrira en juin.",
    "« Nous n'avons rien à cacher », a-t-elle ajouté.",
    "Les deux ont quitté la salle.",
    "Il y a rencontré les élus.",
)


@pytest.mark.parametrize("text", ALONE)
def test_a_sentence_with_its_own_subject_stands_alone(text: str) -> None:
    """Names, nouns, circumstances and impersonal verbs need nothing before them."""
    assert leaning(text) == 0


@pytest.mark.parametrize("text", LEANING)
def test_a_pronoun_leans_on_what_precedes(text: str) -> None:
    """Who "il" and "ce dernier" are stands in the sentence before."""
    assert leaning(text) == 1


@pytest.mark.parametrize("text", ["Cette décision a surpris.", "Sa venue a pour but d'apaiser."])
def test_a_demonstrative_or_possessive_leans_by_half(text: str) -> None:
    """The noun behind it still says what is meant."""
    assert leaning(text) == HALF


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Cependant, le port reste fermé.", "le port"),
        ("Mais le port reste fermé.", "le port"),
        ("Par exemple, la criée a rouvert.", "la criée"),
        ("Mais il reste fermé.", "Mais"),
        ("Le port reste fermé.", "Le port"),
        ("Ainsi que le veut l'usage, la criée ouvre.", "Ainsi"),
    ],
)
def test_joining_words_are_left_out_where_the_rest_stands_alone(text: str, start: str) -> None:
    """A slice may start behind "Cependant, ", not before a pronoun."""
    assert text[opening(text) :].startswith(start)


LONG = (
    "Le conseil municipal de Valmeur a adopté mardi soir le budget de la ville pour l'année, alors "
    "que l'opposition avait quitté la salle en signe de protestation contre la hausse des tarifs."
)


def test_a_long_sentence_is_cut_between_clauses() -> None:
    """What is left out is a whole clause."""
    ((start, end),) = cuts(LONG, 130)
    assert LONG[start:end].endswith("pour l'année")


def test_no_cut_loses_whose_word_it_is() -> None:
    """A claim without its "selon" would become a fact."""
    claim = (
        "Le chantier du nouveau tramway de Valmeur coûtera deux fois plus cher que prévu à la "
        "ville et à la région, selon un rapport interne que personne n'a signé."
    )
    assert cuts(claim, 120) == []
    assert (
        cuts("Selon Maud Sorgues, la criée fermera ; les pêcheurs n'en savent rien encore.", 60)
        == []
    )


@given(st.text(alphabet="abc éÉ'’«»\"“”(),;:.!?-–\n AIl", max_size=400), st.integers(40, 300))
def test_every_cut_is_a_slice_within_the_length(text: str, longest: int) -> None:
    """Whatever the text: slices inside it, in order, none longer than asked."""
    for start, end in cuts(text, longest):
        assert 0 <= start < end <= len(text)
        assert end - start <= longest
    assert 0 <= opening(text) <= len(text)
    assert 0 <= leaning(text) <= 1
