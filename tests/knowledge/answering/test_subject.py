"""Who acts in a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.subject import subject_span
from knowledge.language.terms import tokenize


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Combien d'autobus la région a-t-elle offerts à la ville ?", "la région"),
        ("Qui Bastien Korvel a-t-il rencontré à Lorgnac ?", "Bastien Korvel"),
        ("Pourquoi le directeur du port s'est-il rendu à Lorgnac ?", "le directeur du port"),
        ("Où Korvel et Marchandeau se sont-ils vus ?", "Korvel et Marchandeau"),
        ("Quelle aide Korvel a-t-il donnée aux pêcheurs ?", "Korvel"),
        ("Qu'a dit Korvel de la criée ?", "Korvel"),
        ("Que dit la maire du tramway ?", "la maire"),
        ("Depuis quand Lorgnac soutient-elle la criée ?", "Lorgnac"),
        ("L'avis du maire sur la criée ?", "maire"),
        ("Quelle est la position de la région sur le tramway ?", "la région"),
        ("What did Korvel say of the market?", "Korvel"),
        ("What does the mayor want?", "the mayor"),
        ("Что сказал Корвел о рынке?", "Корвел"),
        ("Qui dirige le port ?", None),
        ("Quel avocat défend la commune ?", None),
    ],
)
def test_the_subject_by_word_order(question: str, subject: str | None) -> None:
    """The subject stands before an inverted verb, or behind a question word and its verb."""
    span = subject_span(question, tokenize(question))
    assert (question[span[0] : span[1]] if span else None) == subject


@given(st.text(max_size=200))
def test_any_text_has_a_subject_or_none(text: str) -> None:
    """A subject is a slice of the text, whatever is asked."""
    span = subject_span(text, tokenize(text))
    assert span is None or 0 <= span[0] < span[1] <= len(text)
