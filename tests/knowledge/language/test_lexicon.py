"""English and Russian questions find French words."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.lexicon import Bridged, question_kind, to_french
from knowledge.language.terms import fold, tokenize
from knowledge.language.wordset import is_french, is_proper


def french(question: str, language: Bridged) -> list[tuple[str, ...]]:
    """The translations of the tokens that carry a topic."""
    tokens = [token.text for token in tokenize(question)]
    return [words for words in to_french(tokens, language) if words]


@pytest.mark.parametrize(
    ("question", "language", "firsts"),
    [
        ("Who is the mayor of Nantes?", "en", ["maire", "Nantes"]),
        ("Why did the Russians flee?", "en", ["russe", "fuir"]),
        ("What did the foreign minister say?", "en", ["ministre affaires étrangères", "dire"]),
        ("How many countries abstained?", "en", ["pays", "abstenir"]),
        ("Norway's sovereignty", "en", ["Norvège", "souveraineté"]),
        ("Theresa May told us", "en", ["Theresa", "May", "dire"]),
        ("territory and democracy", "en", ["territoire", "démocratie"]),
        ("the ceo was charged", "en", ["PDG", "examen"]),
        ("Which reactors were shut down?", "en", ["réacteur", "fermeture"]),
        ("the takeover and the strike", "en", ["rachat", "grève"]),
        ("How many ballots were counted?", "en", ["bulletins", "compter"]),
        ("Кто пострадал при обрушении?", "ru", ["blessé", "effondrement"]),
        ("Когда начнётся второй тур?", "ru", ["commencer", "second tour"]),
        ("Где прошёл форум Норвегии?", "ru", ["tenir", "forum", "Norvège"]),
        ("Почему норвежцы бежали в Швецию?", "ru", ["norvégien", "fuir", "Suède"]),
        ("Сколько машин скорой помощи?", "ru", ["voiture", "ambulance"]),
        ("Что сказал Столтенберг о войне?", "ru", ["dire", "Столтенберг", "guerre"]),
        ("Кто посетил Пекин?", "ru", ["visite", "Pékin"]),
    ],
)
def test_topics_become_french_words(question: str, language: Bridged, firsts: list[str]) -> None:
    """Words of the lexicon, places and names lead to French, words without a topic to nothing."""
    assert [words[0] for words in french(question, language)] == firsts


def test_verbs_and_their_nouns_are_alternatives() -> None:
    """A verb leads to the noun that an article may print for it."""
    assert {"rencontrer", "rencontre"} <= set(french("they met", "en")[0])
    assert {"soutenir", "soutien"} <= set(french("поддержали", "ru")[0])


def test_tokens_of_a_french_question_stay() -> None:
    """French needs no translation."""
    assert to_french(["Qui", "vote"], "fr") == (("Qui",), ("vote",))


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("Who is the mayor?", "en", "who"),
        ("Who said that the bridge is safe?", "en", "who_said"),
        ("What did the mayor say about housing?", "en", "said"),
        ("What does the club promise?", "en", "said"),
        ("What does the law change?", "en", "what"),
        ("When was the vote?", "en", "when"),
        ("Which year did it open?", "en", "when"),
        ("Where is the telescope?", "en", "where"),
        ("Why did they leave?", "en", "why"),
        ("How many goals?", "en", "how_many"),
        ("How did they win?", "en", "how"),
        ("Which teams qualified?", "en", "list"),
        ("Is the bridge open?", "en", "yes_no"),
        ("What is NATO?", "en", "define"),
        ("Summarize the visit", "en", "brief"),
        ("Кто мэр?", "ru", "who"),
        ("Кто сказал, что мост открыт?", "ru", "who_said"),
        ("Что сказал мэр о жилье?", "ru", "said"),
        ("Когда было голосование?", "ru", "when"),
        ("В каком году открыли мост?", "ru", "when"),
        ("Где телескоп?", "ru", "where"),
        ("Почему они уехали?", "ru", "why"),
        ("Сколько голов?", "ru", "how_many"),
        ("Как они победили?", "ru", "how"),
        ("Какие страны воздержались?", "ru", "list"),
        ("Открыт ли мост?", "ru", "yes_no"),
        ("Что такое НАТО?", "ru", "define"),
        ("Расскажи о визите", "ru", "brief"),
    ],
)
def test_the_kind_of_a_question(question: str, language: Bridged, kind: str) -> None:
    """Question words tell the kind as they do in French."""
    found = question_kind(question, language)
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_translation_is_french(language: str) -> None:
    """Each word offered is in a French dictionary or an acronym, and each row is whole."""
    table = files("knowledge.language").joinpath(language, "lexicon.tsv")
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) > 300
    assert all(len(row) == 2 for row in rows)
    words = [token.text for row in rows for token in tokenize(row[1].replace("|", " "))]
    folded = [fold(w) for w in words if w.isalpha() and len(w) > 2 and not w.isupper()]
    assert [word for word in folded if not (is_french(word) or is_proper(word))] == []


@given(st.lists(st.text(max_size=8), max_size=8), st.sampled_from(["en", "ru"]))
def test_every_token_has_its_alternatives(tokens: list[str], language: Bridged) -> None:
    """Whatever the tokens, there is one tuple of words for each."""
    assert len(to_french(tokens, language)) == len(tokens)
