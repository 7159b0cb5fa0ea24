"""Text to tokens and terms: the analyzer of passages and questions."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.terms import (
    LONGEST,
    analyze,
    bigrams,
    char_grams,
    fields,
    fold,
    is_topical,
    normal_form,
    tokenize,
    topical_tokens,
    words_of,
)

TEXTS = st.text(max_size=200)
FRENCH = st.text(alphabet="aeéèêçœïùlndqutsr'’ʼ-. \u00a0\u202f0123456789,ABÉO«»", max_size=80)


def words(text: str) -> list[str]:
    """The texts of the tokens."""
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize("sign", ["a", "9", "é", "漢", "a'"])
def test_what_is_too_long_is_no_word(sign: str) -> None:
    """What somebody may send to fill the memory gives no term; the longest word gives its own."""
    longest = (sign * LONGEST)[:LONGEST].rstrip("'")
    assert words(f"le {longest} fin") == words_of(f"le {longest} fin") == ["le", longest, "fin"]
    text = f"le {sign * 4000}a fin" if sign == "a'" else f"le {sign * 4000} fin"
    assert words(text) == words_of(text) == ["le", "fin"]
    assert fields(text) == fields("le fin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'Ukraine", ["l", "Ukraine"]),
        ("d’Astana", ["d", "Astana"]),
        ("Qu'il vienne", ["Qu", "il", "vienne"]),
        ("jusqu'au port", ["jusqu", "au", "port"]),
        ("lorsqu’elle", ["lorsqu", "elle"]),
        ("aujourd'hui", ["aujourd'hui"]),
        ("l'O.T.S.C. siège", ["l", "O.T.S.C.", "siège"]),
        ("Saint-Aubier", ["Saint", "Aubier"]),
        ("l\u02bcenquête d\u02bcO.T.S.C.", ["l", "enquête", "d", "O.T.S.C."]),
        ("aujourd\u02bchui", ["aujourd\u02bchui"]),
        ("7.500 euros", ["7.500", "euros"]),
        ("7\u00a0500 euros", ["7\u00a0500", "euros"]),
        ("7\u202f500\u202f000 euros", ["7\u202f500\u202f000", "euros"]),
        ("7\u2009500 euros", ["7\u2009500", "euros"]),
        ("7 500 euros", ["7 500", "euros"]),
        ("2,5 %", ["2,5"]),
        ("en 2024.", ["en", "2024"]),
        ("C5 + 1", ["C5", "1"]),
        ("", []),
        ("… !", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    """Elisions split, hyphens split, thousands and dotted acronyms hold together."""
    assert words(text) == expected


@given(TEXTS | FRENCH)
def test_tokens_are_slices(text: str) -> None:
    """Every token is a slice of its text, in order and without overlap."""
    end = 0
    for token in tokenize(text):
        assert token.text
        assert end <= token.start < token.end
        assert text[token.start : token.end] == token.text
        end = token.end


@given(TEXTS | FRENCH)
def test_composed_and_decomposed_accents_are_one(text: str) -> None:
    """NFC and NFD give the same terms, in every field."""
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    assert analyze(composed) == analyze(decomposed)
    assert fields(composed) == fields(decomposed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l'enquête d'hier", "l’enquête d’hier"),
        ("aujourd'hui la digue", "aujourd’hui la digue"),
        ("L'enquête", "une enquête"),
        ("qu'une digue", "la digue"),
        ("7.500 pêcheurs", "7 500 pêcheurs"),
        ("7 500 pêcheurs", "7500 pêcheurs"),
        ("7\u00a0500 pêcheurs", "7500 pêcheurs"),
        ("7\u202f500\u202f000 pêcheurs", "7.500.000 pêcheurs"),
        ("7\u2009500 pêcheurs", "7500 pêcheurs"),
        ("l'O.T.S.C. siège", "l’O.T.S.C. siège"),
        ("O.T.S.C.", "OTSC"),
        ("le siège de l'O.N.U. ferme", "le siège de l'ONU ferme"),
        ("l\u02bcenquête", "l'enquête"),
        ("aujourd\u02bchui la digue", "aujourd'hui la digue"),
        ("Œuvre", "oeuvre"),
        ("un cœur", "un coeur"),
        ("PÊCHEURS", "pêcheurs"),
        ("pecheurs", "pêcheurs"),
        ("Élodie", "elodie"),
        ("Évêques", "eveque"),
        ("les digues", "une digue"),
    ],
)
def test_spellings_of_one_term(one: str, other: str) -> None:
    """Apostrophes, thousands, dots, ligatures, capitals, accents and endings do not part terms."""
    assert analyze(one) == analyze(other) != ()


@pytest.mark.parametrize("text", ["", "Qui est-ce ?", "Où et quand ?", "Il y a", "l' d' 🚋 \0"])
def test_no_topic_no_term(text: str) -> None:
    """Stop words, question words and marks give no term."""
    assert analyze(text) == ()


def test_different_numbers_stay_apart() -> None:
    """A number is a term of its own, whatever stands around it."""
    assert analyze("62 ans") != analyze("64 ans")
    assert set(analyze("64 ans")) & set(analyze("6 4")) == set()


@given(TEXTS | FRENCH)
def test_fields_agree(text: str) -> None:
    """Stems and surfaces come one a topical token; bigrams and grams are made of them."""
    found = fields(text)
    assert found.stems == analyze(text)
    assert len(found.surfaces) == len(found.stems)
    assert found.bigrams == bigrams(found.stems)
    assert found.grams == char_grams(found.surfaces)
    assert all(found.stems)
    assert all(found.surfaces)


@given(TEXTS)
def test_topical_tokens_are_tokens(text: str) -> None:
    """Topical tokens are those tokens that carry a topic."""
    assert topical_tokens(text) == tuple(t for t in tokenize(text) if is_topical(t.text))


def test_char_grams_mark_the_borders() -> None:
    """Grams of four characters cover a word with its borders; a short word is its own."""
    assert char_grams(["port"]) == ("_por", "port", "ort_")
    assert char_grams(["an"]) == ("_an_",)
    assert char_grams([]) == ()


def test_folding() -> None:
    """Folding lowers, opens ligatures, straightens quotes and drops accents."""
    assert fold("« ŒUVRE » d’Élodie – ça") == '" oeuvre " d\'elodie - ca'
    assert normal_form("O.T.S.C.") == "otsc"
    assert normal_form("12 000") == "12000"


@given(st.text(alphabet="aàâbcçdeéèêëfghiîïjklmnoôœpqrstuùûvwxyzÀÉÈÊÔŒ'’«»–", max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded French text stays as it is when it is folded again."""
    assert fold(fold(text)) == fold(text)
