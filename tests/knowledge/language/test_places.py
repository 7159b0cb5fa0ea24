"""All that names a country has one key."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.places import PlaceMention, expand_places, french_forms, place_keys
from knowledge.language.terms import tokenize
from knowledge.model import Language


def mentions(text: str, language: Language = "fr") -> list[tuple[str, str, str]]:
    """(key, relation, surface) of the places of a text."""
    tokens = [token.text for token in tokenize(text)]
    return [(m.key, m.relation, m.surface) for m in expand_places(tokens, language)]


@pytest.mark.parametrize(
    ("key", "country", "demonyms"),
    [
        ("kz", "Kazakhstan", "kazakh kazakhs kazakhe Kazakhes казахский казахстанец казахи"),
        ("no", "Norvège", "norvégien norvégiens norvégienne Norvégiennes норвежская"),
        ("pt", "Portugal", "portugais portugaise portugaises португальского"),
        ("cn", "Chine", "chinois chinoise chinoises китайский китаец китайцами"),
        ("tr", "Turquie", "turc turcs turque turques турецких"),
        ("za", "Afrique du Sud", "sud-africain sud-africaine sud-africaines"),
        ("eu", "Union européenne", "européen européenne европейскому"),
        ("us", "États-Unis", "américain Américaines американец американская"),
    ],
)
def test_country_and_people_have_one_key(key: str, country: str, demonyms: str) -> None:
    """A country and its demonym meet, in every gender, number and case."""
    assert place_keys(country) == ((key, "country"),)
    for demonym in demonyms.split():
        assert (key, "demonym") in place_keys(demonym), demonym


def test_capitals_and_seats_are_weaker_links() -> None:
    """A capital or a seat of government leads to its country and says that it is one."""
    assert place_keys("Pékin") == (("cn", "capital"),)
    assert place_keys("Maison-Blanche") == (("us", "seat"),)
    assert place_keys("Кремле") == (("ru", "seat"),)


def test_names_of_several_words() -> None:
    """The longest name counts; hyphens, accents and elisions may miss."""
    text = "La Corée du Nord, l'O.N.U. et la Côte d'Ivoire ; etats unis, Guinée équatoriale."
    assert [key for key, _, _ in mentions(text)] == ["kp", "un", "ci", "us", "gq"]
    assert expand_places(["Les", "États", "Unis"]) == (
        PlaceMention(1, 3, "us", "country", "États Unis"),
    )


def test_a_form_of_two_countries_names_both() -> None:
    """Where a word does not tell which country, both are given."""
    assert {key for key, _ in place_keys("Congo")} == {"cd", "cg"}


def test_common_words_and_first_names_are_no_countries() -> None:
    """A form that is a common word needs its capital; English first names need English."""
    assert mentions("qu'il vienne boire de l'eau") == []
    assert mentions("À Vienne, Jordan et Chad parlent.") == [("at", "capital", "Vienne")]
    assert mentions("Jordan told us", "en") == [("jo", "country", "Jordan")]


def test_english_and_russian_questions() -> None:
    """English names and Russian cases lead to the same keys."""
    asked = mentions("Did North Koreans meet the UN in South Africa?", "en")
    assert [key for key, _, _ in asked] == ["kp", "un", "za"]
    asked = mentions("Кто президент Соединённых Штатов Америки и Саудовской Аравии?", "ru")
    assert [key for key, _, _ in asked] == ["us", "sa"]


def test_french_forms_of_a_key() -> None:
    """A key leads back to what is printed in French."""
    assert french_forms("uz", "country") == ("Ouzbékistan",)
    assert french_forms("uz", "demonym") == ("ouzbek",)
    assert french_forms("nowhere", "country") == ()


def test_every_table_knows_the_same_keys() -> None:
    """English and Russian tables hold no key that the French one does not hold, once each."""
    keys = {}
    for language in ("fr", "en", "ru"):
        table = files("knowledge.language").joinpath(language, "places.tsv")
        lines = table.read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        assert all(2 <= len(row) <= 5 for row in rows)
        keys[language] = [row[0] for row in rows]
        assert len(set(keys[language])) == len(rows)
    assert len([key for key in keys["fr"] if len(key) == 2]) >= 195
    assert set(keys["en"]) <= set(keys["fr"])
    assert set(keys["ru"]) <= set(keys["fr"])


@given(st.lists(st.text(max_size=8), max_size=12))
def test_mentions_lie_within_the_tokens(tokens: list[str]) -> None:
    """Whatever the tokens, mentions are slices of them."""
    for mention in expand_places(tokens):
        assert 0 <= mention.start_token < mention.end_token <= len(tokens)
        assert mention.surface == " ".join(tokens[mention.start_token : mention.end_token])
