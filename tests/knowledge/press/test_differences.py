"""A number, a name or a negation that one side alone has is told as what it is."""

import pytest

from knowledge.press.aligning import Step, align
from knowledge.press.differences import Side, _paired, differences
from knowledge.press.words import read

SOURCE = "Le maire a promis trois ponts neufs à la ville de Varenne avant mars."


def changed(yours: str, source: str = SOURCE) -> list[tuple[str, str, str]]:
    """Kind and words of both sides of each difference."""
    mine, theirs = Side(yours, read(yours)), Side(source, read(source))
    found = differences(mine, theirs, align(mine.words, theirs.words))
    return [(one.kind, one.yours, one.source_text) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("trois", "des", [("number", "des", "trois")]),
        ("des", "trois", [("number", "trois", "des")]),
        ("trois ", "", [("number", "", "trois")]),
        ("à la", "à 12 la", [("number", "12", "")]),
        ("trois", "3", []),
        ("Varenne", "Lorgnac", [("name", "Lorgnac", "Varenne")]),
        (" de Varenne", "", [("name", "", "Varenne"), ("missing", "", "de")]),
        (" a promis", " n'a pas promis", [("negation", "n'", ""), ("negation", "pas", "")]),
        (" a promis", " aurait promis", [("negation", "aurait", "a")]),
        (" a promis", " avait promis", [("word", "avait", "a")]),
        (
            " trois ponts neufs à la ville de Varenne", "",
            [("missing", "", "trois ponts neufs à la ville de Varenne")],
        ),
        (" avant", " dix jours et plus avant", [("number", "dix jours et plus", "")]),
        (" avant", " dans une salle commune avant", [("added", "dans une salle commune", "")]),
        (
            " avant", " sans aucun retard jamais avant",
            [("negation", "sans aucun retard jamais", "")],
        ),
    ],
)  # fmt: skip
def test_what_one_side_alone_has(before: str, after: str, told: list[tuple[str, str, str]]) -> None:
    """Numbers, names and negations keep their kind in a word for a word and in a longer run."""
    source = SOURCE.replace("trois", "des") if before == "des" else SOURCE
    assert changed(source.replace(before, after), source) == told


@pytest.mark.parametrize(
    ("yours", "source", "same"),
    [
        ("C'est l'homme de la ville", "C'est le homme de la ville", True),
        ("Il vient de la ville d'Arras", "Il vient de la ville de Arras", True),
        ("Il a lancé le weekend un appel", "Il a lancé le week-end un appel", True),
        ("Il dit qu'une rue ferme", "Il dit que une rue ferme", True),
        ("Il va au port ce matin", "Il va aux port ce matin", False),
        ("Il a vu du pain ici", "Il a vu de pain ici", False),
    ],
)
def test_an_elision_is_no_difference(yours: str, source: str, *, same: bool) -> None:
    """A word without its last vowel before an apostrophe is the same; a longer word is not."""
    assert (changed(yours, source) == []) is same


def test_a_word_on_both_sides_of_a_change_is_none() -> None:
    """An alignment that replaced "a" by "n'" and added "a pas" changed but the negation."""
    yours, source = Side("n'a pas", read("n'a pas")), Side("a", read("a"))
    block = (Step("word", 0, 0), Step("added", 1, None), Step("added", 2, None))
    assert _paired(yours, source, block) == [Step("added", 0, None), Step("added", 2, None)]
