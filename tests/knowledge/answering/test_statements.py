"""Yes and no: only where the quote states or denies just what is asked."""

import pytest

from knowledge.answering import answer
from knowledge.corpus import parse
from knowledge.generation import Generation
from tests.knowledge.answering.town import generation_of

ISLANDS = """\
La principauté d'Orlec, alliée de la Valdie, a soutenu samedi le plan de paix, un an après \
l'invasion de la Merenne.

La Valdie a envahi la Merenne en mars. Orlec a refusé de fournir des troupes à la Valdie.

Orlec a également acheté trois hélicoptères pour la Merenne.

La Valdie pourrait racheter le port d'Orlec.
"""


@pytest.fixture(scope="module")
def islands() -> Generation:
    """Who did what to whom, and who refused."""
    return generation_of((parse("Un an de guerre", ISLANDS, "guerre"),))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("La Valdie a-t-elle envahi la Merenne ?", "Oui"),
        ("Orlec a-t-elle acheté des hélicoptères ?", "Oui"),
        ("Orlec a-t-elle fourni des troupes ?", "Non"),
        ("La Valdie a-t-elle envahi Orlec ?", None),
        ("La Merenne a-t-elle envahi la Valdie ?", None),
        ("La Valdie a-t-elle racheté le port d'Orlec ?", None),
    ],
)
def test_yes_and_no(islands: Generation, question: str, first: str | None) -> None:
    """Subject, verb and object must stand so in the quote; a mere plan is no yes."""
    headline = getattr(answer(islands, question), "headline", "")
    if first is None:
        assert not headline.startswith(("Oui", "Non"))
    else:
        assert headline.startswith(f"{first} : ")


def test_the_thing_asked_about_is_in_the_quote(islands: Generation) -> None:
    """A sentence on something else of the same actor is no answer to a yes-or-no question."""
    reply = answer(islands, "La Valdie a-t-elle envahi la Merenne ?")
    assert getattr(reply, "headline", "") == "Oui : la Valdie a envahi la Merenne en mars."


@pytest.mark.parametrize(
    ("text", "question", "headline"),
    [
        ("Alcor et Dunor ont signé l'accord ; Velmar, elle, n'a pas signé.",
         "Velmar a-t-elle signé ?", "Non : "),
        ("Alcor et Dunor ont signé l'accord ; Velmar, elle, n'a pas signé.",
         "Alcor a-t-elle signé ?", "Oui : Alcor et Dunor ont signé l'accord"),
        ("Alcor a signé l'accord, mais pas Velmar.", "Velmar a-t-elle signé l'accord ?",
         "Non : Alcor a signé l'accord, mais pas Velmar."),
        ("Alcor a signé l'accord, mais pas Velmar.", "Alcor a-t-elle signé l'accord ?",
         "Oui : Alcor a signé l'accord"),
        ("Valdie a envoyé son aide, qui a été rejetée par Lorgnac.",
         "Valdie a-t-elle envoyé son aide ?",
         "Oui : Valdie a envoyé son aide, qui a été rejetée par Lorgnac."),
        ("Selon le maire, Alcor a signé l'accord.", "Alcor a-t-elle signé l'accord ?", "Selon"),
        ("Alcor a signé l'accord, assure le maire.", "Alcor a-t-elle signé l'accord ?", "Alcor"),
        ("A Lorgnac, Alcor a signé l'accord.", "Alcor a-t-elle signé l'accord ?",
         "Oui : à Lorgnac, Alcor a signé l'accord."),
    ],
)  # fmt: skip
def test_the_clause_of_the_verb_decides(text: str, question: str, headline: str) -> None:
    """Oui and Non come from the clause of the verb; what reverses it stays in the headline."""
    generation = generation_of((parse("Accord", text, "accord"),))
    assert getattr(answer(generation, question), "headline", "").startswith(headline)
