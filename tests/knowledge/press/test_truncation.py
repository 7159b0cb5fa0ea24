"""What a cut quote lost."""

import pytest

from knowledge.press.truncation import is_conditional, losses
from knowledge.press.words import read


@pytest.mark.parametrize(
    ("sentence", "kept", "lost"),
    [
        ("La ville n'a pas payé le pont.", "payé le pont", ["n'a pas"]),
        ("La ville n'a pas payé, mais la région a versé sa part.", "la région a versé", []),
        ("La ville, qui n'a pas payé, garde le pont.", "garde le pont", []),
        ("Aucune preuve de fraude n'existe.", "preuve de fraude", ["Aucune", "n"]),
        ("Le maire a refusé de signer la charte.", "signer la charte", ["refusé"]),
        ("Le maire nie que la ville ait payé.", "la ville ait payé", ["nie"]),
        ("Le pont serait ouvert en mai.", "ouvert en mai", ["serait"]),
        ("Si la région paie, le pont ouvrira.", "le pont ouvrira", ["Si"]),
        ("Le pont ouvrira si la région paie.", "Le pont ouvrira", ["si"]),
        ("Le pont est si important pour la ville.", "important pour la ville", []),
        ("On ignore si le pont ouvrira, dit la ville.", "dit la ville", []),
        ("Le pont est ouvert, selon la mairie.", "Le pont est ouvert", []),
    ],
)
def test_only_what_governs_the_kept_words_is_lost(
    sentence: str, kept: str, lost: list[str]
) -> None:
    """Negations of a clause cut in two, and conditions anywhere, are told in order."""
    words = read(sentence)
    forms = [word.form for word in words]
    mine = [word.form for word in read(kept)]
    first = next(n for n in range(len(forms)) if forms[n : n + len(mine)] == mine)
    found = losses(sentence, words, [(first, first + len(mine))])
    assert [sentence[loss.start : loss.end] for loss in found] == lost


@pytest.mark.parametrize("form", ["serait", "pourraient", "donnerait", "finirait", "prendrait"])
def test_the_conditional_mood_is_known(form: str) -> None:
    """Regular and irregular verbs."""
    assert is_conditional(form)


@pytest.mark.parametrize("form", ["montrait", "entraient", "etait", "restait", "ouvrait", "mais"])
def test_the_imperfect_is_no_conditional(form: str) -> None:
    """Verbs in -rer, -trer and words that merely end so."""
    assert not is_conditional(form)
