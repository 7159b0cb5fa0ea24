"""Composition is NFC for every real text, and quick for every other."""

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.door import clean
from knowledge.corpus.article import parse
from knowledge.corpus.encoding import normalize
from knowledge.language.composing import MOST_MARKS, nfc

MARKS = "\u0301\u0316\u0323\u0308\u0344\u0958\u1f82"


@given(st.text())
def test_a_real_text_is_in_nfc(text: str) -> None:
    """Wherever no letter has more than thirty marks it is NFC and nothing else."""
    assert nfc(text) == unicodedata.normalize("NFC", text)


@given(st.lists(st.text(MARKS, min_size=20, max_size=90) | st.text(max_size=3), max_size=4))
def test_marks_are_separated_once(parts: list[str]) -> None:
    """Doing it twice changes nothing, no letter keeps more than thirty, none gets lost."""
    text = "".join(parts)
    made = nfc(text)
    assert nfc(made) == made
    assert unicodedata.is_normalized("NFC", made)
    longest = run = 0
    for character in unicodedata.normalize("NFD", made):
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    assert longest <= MOST_MARKS
    kept = unicodedata.normalize("NFD", made).replace("\u034f", "")
    assert sorted(kept) == sorted(unicodedata.normalize("NFD", text).replace("\u034f", ""))


def test_endless_marks_take_no_time() -> None:
    """100,000 marks on one letter, at every door: files, questions, texts to select from."""
    text = "Une phrase e" + "\u0301\u0316" * 50_000 + " finit."
    began = time.process_time()
    for door in (nfc, normalize, clean):
        assert door(text).endswith(" finit.")
    article = parse("Titre", text)
    assert article.text.endswith(" finit.")
    # 15 s each before.
    assert time.process_time() - began < 5
