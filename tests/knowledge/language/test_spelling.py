"""Typing errors are corrected, real words are not."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.spelling import Corrector

WORDS = {
    "ministre": 9, "affaires": 7, "kazakh": 12, "tokaiev": 20, "blinken": 15, "pays": 11,
    "voisin": 3, "solaire": 1, "surface": 2, "soutien": 6, "soutient": 2, "midi": 2,
    "etrangeres": 6, "rencontre": 8, "gouvernement": 4, "visite": 9, "1991": 1, "superviser": 1,
    "chercheurs": 2, "telescope": 3, "marees": 1, "restriction": 4,
}  # fmt: skip
CORRECTOR = Corrector(WORDS, names={"kazakh", "tokaiev", "blinken"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("minstre", "ministre"), ("afaires", "affaires"), ("kazak", "kazakh"),
        ("tokaief", "tokaiev"), ("blinquen", "blinken"), ("Blinquen", "blinken"),
        ("rencontrre", "rencontre"), ("gouvernemnet", "gouvernement"), ("visit", "visite"),
        ("pyas", "pays"), ("étranjères", "etrangeres"), ("tellescope", "telescope"),
        ("chercheus", "chercheurs"), ("inistre", "ministre"), ("souttien", "soutien"),
    ],
)  # fmt: skip
def test_typing_errors_lead_to_the_word_meant(typed: str, meant: str) -> None:
    """One error, or two in a long word, is mended by the dossier's vocabulary."""
    assert CORRECTOR.correct(typed) == meant


@pytest.mark.parametrize(
    "word",
    [
        "pape", "vaccin", "salaire", "superficie", "ministre", "ministres", "Pays", "marée",
        "resurection", "OTSC", "ONU", "1992", "B52", "roi", "министр", "modi", "Modi", "Visita",
        "élection",
    ],
)  # fmt: skip
def test_real_words_and_what_is_no_word_stay(word: str) -> None:
    """A word of French, a known one, a number, an acronym, a short or foreign one stays."""
    assert CORRECTOR.correct(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bato", "bateau"), ("manifestassion", "manifestation"), ("gouverneman", "gouvernement"),
        ("otaje", "otage"), ("kaisse", "caisse"), ("insandie", "incendie"),
    ],
)  # fmt: skip
def test_a_word_spelled_by_ear(typed: str, meant: str) -> None:
    """What sounds like one word of the dossier is that word, however it is spelled."""
    words = {"bateau": 3, "manifestation": 5, "otage": 2, "caisse": 1, "bas": 4,
             "gouvernement": 2, "incendie": 3}  # fmt: skip
    assert Corrector(words).correct(typed) == meant


def test_one_real_word_for_another_of_the_same_sound() -> None:
    """Who types carelessly may write a rare word for a common one; a common word stays."""
    corrector = Corrector({"police": 3, "gand": 2, "maire": 9, "compte": 4}, names={"gand"})
    assert corrector.correct("polisse") is None
    assert corrector.correct("polisse", careless=True) == "police"
    assert corrector.correct("gant", careless=True) == "gand"
    assert corrector.correct("mère", careless=True) is None


def test_an_english_question_is_corrected_to_names_only() -> None:
    """English words do not become French ones, a mistyped name becomes the name."""
    assert CORRECTOR.correct("minister", "en") is None
    assert CORRECTOR.correct("suport", "en") is None
    assert CORRECTOR.correct("blinkn", "en") == "blinken"


def test_the_more_frequent_word_wins() -> None:
    """Of two words at one distance the more frequent one is meant, then the name."""
    assert Corrector({"marcheva": 1, "marchevi": 5}).correct("marchevo") == "marchevi"
    even = Corrector({"marcheva": 1, "marchevi": 1}, names={"marchevi"})
    assert even.correct("marchevo") == "marchevi"


@given(st.text(max_size=20))
def test_an_answer_is_a_word_of_the_vocabulary(word: str) -> None:
    """Whatever is typed, the answer is None or a word of the vocabulary."""
    answer = CORRECTOR.correct(word)
    assert answer is None or answer in WORDS


def test_sixty_thousand_words_take_milliseconds() -> None:
    """A word is corrected in 5 ms of the processor (here: 15) with a large vocabulary."""
    draw = random.Random(7)
    letters = "eaisnrtoludcmpvfbghqxyzjkw"
    vocabulary = {
        "".join(draw.choices(letters, range(26, 0, -1), k=draw.randint(4, 13))): 1
        for _ in range(60_000)
    }
    corrector = Corrector(vocabulary, names=frozenset(list(vocabulary)[:10_000]))
    corrector.correct("zzzzzzzz")
    typed = ["".join(draw.sample(word, len(word))) for word in list(vocabulary)[:60]]
    started = time.process_time()
    for word in typed:
        corrector.correct(word)
    assert (time.process_time() - started) / len(typed) < 0.015
