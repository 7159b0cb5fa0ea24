"""Which questions lean on those before them."""

import pytest

from knowledge.answering.dialogue import complete, leans

BEFORE = ("Xi a-t-il rencontré Poutine ?",)


@pytest.mark.parametrize(
    "question",
    [
        "Que s'est-il passé en septembre 2022 ?",
        "Que se passe-t-il à Brévan ?",
        "Que se passait-il au port ?",
        "Qu'est-il arrivé à la digue ?",
        "Que va-t-il se passer au port ?",
        "Que s’est-il produit en 2022 ?",
        "Y a-t-il eu des sanctions ?",
        "Que faut-il retenir du sommet ?",
    ],
)
def test_il_that_means_nobody_leans_on_nothing(question: str) -> None:
    """Where "il" stands for nobody the question before is not mixed in."""
    assert not leans(question)
    assert complete(question, BEFORE).text == question


@pytest.mark.parametrize(
    "question",
    ["Que va-t-il faire ?", "Que lui est-il arrivé ?", "A-t-il parlé ?", "Faut-il qu'il parte ?"],
)
def test_il_that_means_somebody_leans(question: str) -> None:
    """A pronoun for somebody needs the question before."""
    assert leans(question)
    assert "Poutine" in complete(question, BEFORE).text
