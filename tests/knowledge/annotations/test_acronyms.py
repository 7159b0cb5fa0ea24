"""Which name an acronym stands for in a whole dossier."""

from knowledge.annotations import Annotations, annotate
from knowledge.annotations.acronyms import LongName
from knowledge.corpus import parse
from knowledge.model import Dossier


def read(*texts: str) -> Annotations:
    """The annotations of one article a text."""
    listed = tuple(parse("Nouvelles", text, f"a{n}") for n, text in enumerate(texts))
    return annotate(Dossier("essai", "fr", listed))


FINANCE = "Le Parquet national financier (PNF) a ouvert une enquête."
FOREST = "Le Pacte national forestier (PNF) plante des chênes."


def test_an_acronym_stands_for_its_name() -> None:
    """The folded acronym is found with the name as printed and the stems of its words."""
    assert dict(read(FINANCE).acronyms) == {
        "pnf": LongName("PNF", "Parquet national financier", ("parquet", "national", "financi"))
    }


def test_most_articles_decide() -> None:
    """Of two names that begin otherwise the one that more articles give wins; a tie has none."""
    assert read(FINANCE, FOREST).acronyms == {}
    assert read(FINANCE, FOREST, FINANCE).acronyms["pnf"].text == "Parquet national financier"


def test_a_common_word_is_no_acronym() -> None:
    """An acronym that is a common word too counts where the dossier hardly prints the word."""
    given = "Le Comité d'aide aux pêcheurs (Cap) se réunit."
    assert "cap" in read(given).acronyms
    assert "cap" not in read(given, "Le bateau double le cap. Un cap se perd.").acronyms


def test_what_is_stored_is_read_back() -> None:
    """Acronyms survive the way to the store and back."""
    found = read(FINANCE)
    again = Annotations.from_blobs(found.to_blobs())
    assert again.acronyms == found.acronyms
    assert again.to_blobs() == found.to_blobs()
