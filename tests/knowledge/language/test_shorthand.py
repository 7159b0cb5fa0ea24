"""What hurried readers write short is read as what it stands for."""

import pytest

from knowledge.language.shorthand import same, spell_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pk le maire est parti", "pourquoi le maire est parti"),
        ("qd ouvre la piscine", "quand ouvre la piscine"),
        ("cb de morts", "combien de morts"),
        ("cb ya de grévistes", "combien il y a de grévistes"),
        ("c koi l'otan", "c'est quoi l'otan"),
        ("c ki le maire", "qui est le maire"),
        ("c'est qui le maire ?", "qui est le maire ?"),
        ("c koi le nom du port", "quel est le nom du port"),
        ("c'est quoi le budget du club ?", "quel est le budget du club ?"),
        ("c'est quoi l'otan ?", "c'est quoi l'otan ?"),
        ("le maire c ki", "le maire c'est qui"),
        ("keske dit le préfet", "qu'est-ce que dit le préfet"),
        ("ki a gagné", "qui a gagné"),
        ("kel est le score ds le groupe", "quel est le score dans le groupe"),
        ("que se passe-t-il mtn", "que se passe-t-il maintenant"),
    ],
)
def test_little_words_are_written_out(typed: str, meant: str) -> None:
    """Text-message spellings of the words that ask are put right."""
    assert spell_out(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Qui est Ban Ki-moon ?", "Que fait le PK Lannevern ?", "Paiement par cb accepté ?",
        "Qui préside le PQ ?", "Où est Kan ?", "Pourquoi la ministre part-elle ?", "",
        "Combien d'AVC par an ?", "Quand se réunit l'AG de la SNCF ?",
    ],
)  # fmt: skip
def test_names_and_full_words_stay(question: str) -> None:
    """A word with a capital may be a name, and what is written out stays as it is."""
    assert spell_out(question) == question


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("manif", "manifestation"), ("manifs", "manifestations"), ("gouv", "gouvernement"),
        ("gouvernement", "gouv"), ("labo", "laboratoire"), ("laboratoires", "labos"),
        ("flics", "policiers"), ("prez", "président"), ("presidents", "prez"),
    ],
)  # fmt: skip
def test_short_and_whole_words_are_one(one: str, other: str) -> None:
    """Each finds the other, in the plural too."""
    assert other in same(one)


def test_most_words_are_not_short_for_anything() -> None:
    """A word that is in no row has nothing else to it."""
    assert same("ministre") == same("zzz") == ()
