"""The search syntax: words, phrases, words left out, outlets and periods."""

import unicodedata
from datetime import date

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from knowledge.answering import find
from knowledge.answering.search import parse_search, period, within
from knowledge.errors import DossierError, UnusableSearch
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Limits
from tests.knowledge.answering.town import articles, valmeur


@pytest.fixture(scope="module")
def town() -> Generation:
    """The small dossier."""
    return valmeur()


def found(town: Generation, words: str) -> list[str]:
    """The articles found, in the order of the best hit of each."""
    return list(dict.fromkeys(town.passages[hit.passage].article for hit in find(town, words)))


def texts(town: Generation, words: str) -> list[str]:
    """The folded texts of the passages found."""
    return [fold(town.text_of(hit.passage)) for hit in find(town, words)]


@pytest.mark.parametrize(
    ("text", "words", "phrases", "without"),
    [
        ("tramway gare", "tramway gare", (), ()),
        ('"première ligne" gare', "gare première ligne", ("première ligne",), ()),
        ("« première ligne »", "première ligne", ("première ligne",), ()),
        ("“première ligne”", "première ligne", ("première ligne",), ()),
        ("tramway -gare", "tramway", (), ("gare",)),
        ("tramway -Saint-Aubier -l'aide", "tramway", (), ("Saint-Aubier", "l'aide")),
        ("peut-être", "peut-être", (), ()),
        ("ressource:eau", "ressource:eau", (), ()),
        ('tramway "gare', 'tramway "gare', (), ()),
        ("-", "-", (), ()),
        ("", "", (), ()),
    ],
)
def test_words_phrases_and_words_left_out(
    text: str, words: str, phrases: tuple[str, ...], without: tuple[str, ...]
) -> None:
    """Quotation marks of any kind hold a phrase, a minus leaves out; the rest are words."""
    query = parse_search(text)
    assert (query.words, query.phrases, query.without) == (words, phrases, without)
    assert query.without_phrases == ()
    assert not query.limits


@pytest.mark.parametrize("text", ['tramway -"rue Haute"', "tramway -« rue Haute »"])
def test_phrases_left_out(text: str) -> None:
    """A minus before quotation marks leaves out the phrase, which is no word to rank by."""
    query = parse_search(text)
    assert (query.words, query.phrases, query.without) == ("tramway", (), ())
    assert query.without_phrases == ("rue Haute",)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("outlet:fanal", Limits(outlets=("fanal",))),
        ('outlet:"Radio Corniche"', Limits(outlets=("radio corniche",))),
        ("outlet:« Le Fanal »", Limits(outlets=("le fanal",))),
        ("OUTLET:AFP outlet:Fanal", Limits(outlets=("afp", "fanal"))),
        ("from:2024", Limits(since=date(2024, 1, 1))),
        ("to:2024", Limits(until=date(2024, 12, 31))),
        ("from:2024-02 to:2024-02", Limits(since=date(2024, 2, 1), until=date(2024, 2, 29))),
        ("from:2024-05-16", Limits(since=date(2024, 5, 16))),
        ("to:2024-12", Limits(until=date(2024, 12, 31))),
        ("from:9999 to:9999", Limits(since=date(9999, 1, 1), until=date(9999, 12, 31))),
        ("to:9999-12", Limits(until=date(9999, 12, 31))),
        ("from:2024 from:2023 to:2025 to:2026", Limits((), date(2024, 1, 1), date(2025, 12, 31))),
        ("depuis : 2024", Limits(since=date(2024, 1, 1))),
    ],
)
def test_limits(text: str, limits: Limits) -> None:
    """Outlets are folded; a year or a month stands for all its days."""
    assert parse_search(f"tramway {text}").limits == limits
    assert parse_search(f"tramway {text}").words.split()[0] == "tramway"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("from:abc", "from: « abc » n'est pas une date ; écrivez par exemple from:2023-02-28."),
        ("TO:2024-13", "to: « 2024-13 » n'est pas une date ; écrivez par exemple to:2023-02-28."),
        ("to:2024-00", "to: « 2024-00 » n'est pas"),
        ("to:2024-02-30", "to: « 2024-02-30 » n'est pas"),
        ("from:0000", "from: « 0000 » n'est pas"),
        ("depuis:hier", "écrivez par exemple depuis:2023-02-28."),
        ("from:", "from: il manque une date ; écrivez par exemple from:2023-02-28."),
        ("outlet:", 'outlet: il manque un nom ; écrivez par exemple outlet:"Le Journal".'),
        ('outlet:""', "outlet: il manque un nom"),
        ("from:" + "x" * 500, f"« {'x' * 40} » n'est pas"),
    ],
)
def test_a_limit_that_is_none_is_told(town: Generation, text: str, sentence: str) -> None:
    """An operator without a value that fits is one clear sentence with an example, not dropped."""
    with pytest.raises(UnusableSearch) as told:
        find(town, f"tramway {text}")
    assert sentence in str(told.value)
    assert isinstance(told.value, DossierError)


@given(st.dates())
def test_a_day_is_its_own_period(day: date) -> None:
    """An ISO day is read back as that day, both ends."""
    assert period(day.isoformat()) == (day, day)


@given(st.dates())
def test_a_month_holds_its_days(day: date) -> None:
    """Every day lies in the period of its month, which begins on the first."""
    first, last = period(day.isoformat()[:7])
    assert first is not None
    assert last is not None
    assert first <= day <= last
    assert first.day == 1
    assert last.toordinal() - first.toordinal() in (27, 28, 29, 30)
    assert last == date.max or date.fromordinal(last.toordinal() + 1).day == 1


def test_within() -> None:
    """Both ends of a period are in; what has no date or outlet lies in no period and no outlet."""
    factory, port, tram = articles()
    assert within(tram, Limits(since=date(2024, 5, 16), until=date(2024, 5, 16)))
    assert not within(tram, Limits(since=date(2024, 5, 17)))
    assert not within(tram, Limits(until=date(2024, 5, 15)))
    assert within(tram, Limits(outlets=("afp",)))
    assert within(port, Limits(outlets=("fanal", "corniche")))
    assert not within(factory, Limits(since=date(1900, 1, 1)))
    assert not within(factory, Limits(outlets=("fanal",)))
    assert within(factory, Limits())


def test_plain_words(town: Generation) -> None:
    """Words find the passages that speak of them, without accents or capitals too."""
    assert found(town, "pêcheurs")[0] == "port"
    assert found(town, "PECHEURS") == found(town, "pêcheurs")
    assert found(town, "xylophone") == []
    assert found(town, "") == []


def test_a_phrase_is_exact(town: Generation) -> None:
    """A phrase finds only passages that hold its words side by side, whatever marks are used."""
    assert all("premiere ligne" in text for text in texts(town, '"première ligne"'))
    assert texts(town, '"première ligne"') == texts(town, "« Première ligne »") != []
    assert texts(town, '"ligne première"') == []
    assert texts(town, '"tramway de la ville"') != []
    assert texts(town, '"tramway de la vill"') == []
    assert texts(town, '"l’entreprise Ferrandal"') == texts(town, '"l\'entreprise ferrandal"') != []


def test_two_phrases_must_both_be_there(town: Generation) -> None:
    """Several phrases must stand in the same passage."""
    assert texts(town, '"rue Haute" "place du Marché"') != []
    assert texts(town, '"rue Haute" "première ligne"') == []


def test_words_left_out(town: Generation) -> None:
    """A word or phrase after a minus is in no passage found, in any of the word's forms."""
    assert texts(town, "Valmeur") != []
    assert not any("tramway" in text for text in texts(town, "Valmeur ligne -tramways"))
    assert not any("rue haute" in text for text in texts(town, 'tramway -"rue Haute"'))
    assert texts(town, "-tramway") == []


def test_joined_words_left_out(town: Generation) -> None:
    """Words joined by a hyphen are left out side by side, an elided one without its article."""
    assert any("saint-aubier" in text for text in texts(town, "bateaux Lorgnac"))
    assert not any("saint-aubier" in text for text in texts(town, "bateaux Lorgnac -Saint-Aubier"))
    assert texts(town, "bateaux -Aubier-Saint") == texts(town, "bateaux") != []
    assert texts(town, "bateaux -Saint-Lorgnac") == texts(town, "bateaux")
    assert any("l'aide" in text for text in texts(town, "conserverie conseil"))
    for typed in ("-l'aide", "-l’aide", "-aide", "-AIDES"):
        assert not any("l'aide" in text for text in texts(town, f"conserverie conseil {typed}"))


def test_phrases_are_left_out_word_by_word(town: Generation) -> None:
    """A phrase left out begins and ends with a word; marks alone leave nothing out."""
    every = texts(town, "tramway")
    assert any("rue haute" in text for text in every)
    for typed in ('-"rue Hau"', '-"ue Haute"', '-"tramwa"', '-"!"', '-" "', "--", "-'"):
        assert texts(town, f"tramway {typed}") == every
    assert not any("rue haute" in text for text in texts(town, 'tramway -"la RUE, haute"'))
    assert texts(town, 'tramway -"tramway"') == [t for t in every if "tramway" not in t]
    assert not any(" le " in f" {text} " for text in texts(town, "Valmeur tramway -le"))


def test_accents_may_be_typed_apart(town: Generation) -> None:
    """A phrase or a word left out means the same in NFC and NFD."""
    for typed in ('"première ligne"', "Valmeur -pêcheurs", 'tramway -"première ligne"', "criée"):
        assert find(town, unicodedata.normalize("NFD", typed)) == find(town, typed) != ()


def test_outlets_and_periods(town: Generation) -> None:
    """outlet: looks in publisher and agency; from: and to: hold both ends."""
    assert found(town, "Valmeur outlet:corniche") == ["port"]
    assert found(town, "Valmeur outlet:afp") == ["tramway"]
    assert found(town, "Valmeur from:2024-06") == ["port"]
    assert found(town, "Valmeur to:2024-05-16") == ["tramway"]
    assert found(town, "Valmeur from:2025") == []
    assert found(town, "conserverie from:1900") == []
    assert found(town, "conserverie") == ["conserverie"]


def test_k_and_exclude(town: Generation) -> None:
    """At most k hits; an excluded passage is not found, and the others keep their order."""
    every = find(town, "Valmeur tramway")
    assert find(town, "Valmeur tramway", k=1) == every[:1]
    first = town.passages[every[0].passage]
    rest = find(town, "Valmeur tramway", exclude={(first.article, first.paragraph)})
    assert [hit.passage for hit in rest] == [hit.passage for hit in every[1:]]


OPERATORS = st.sampled_from(
    ['"', "«", "»", "“", "-", "--", '-"', "outlet:", "from:", "to:", "2024", "2024-", "abc", " ",
     "tramway", "l'", "’", "\0", "\ud800", "\u202e", "🚋", "é", "e\u0301", "(", "[", "\\", "*"]
)  # fmt: skip


@given(st.lists(OPERATORS, max_size=14).map("".join) | st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_search_is_read(town: Generation, text: str) -> None:
    """Any text is a search, odd characters and all, or is told to hold a broken limit."""
    try:
        hits = find(town, text)
    except UnusableSearch:
        event("told")
        return
    assert hits == find(town, text)
    assert all(hit.matched for hit in hits)
