"""An "il" that stands for nobody."""

import pytest

from knowledge.language.impersonal import is_impersonal


@pytest.mark.parametrize(
    "text",
    [
        "Il faut partir", "Il ne faudra pas attendre", "Il s'agit d'un pont", "Il y a dix ans",
        "Il n'y a là ni fraude", "Il a fallu attendre", "Il aura suffi d'un tube",
        "Il est possible que le pont ferme", "Il était près de minuit", "Il reste deux jours",
        "il semble que", "Il n'est pas certain que la criée rouvre",
    ],
)  # fmt: skip
def test_nobody_is_meant(text: str) -> None:
    """Verbs and adjectives that take an empty "il"."""
    assert is_impersonal(text, 0)


@pytest.mark.parametrize(
    "text",
    ["Il a promis un pont", "Il est parti à midi", "Il est prêt", "Elle faut", "Il se dit prêt"],
)
def test_somebody_is_meant(text: str) -> None:
    """Any other verb has a subject, and "elle" always has."""
    assert not is_impersonal(text, 0)
