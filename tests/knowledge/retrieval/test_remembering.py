"""An encoder that remembers gives what the other gave, and asks it once."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import DossierError
from knowledge.retrieval.remembering import Remembering
from tests.knowledge.bagged import Bagged

TEXTS = ["Le tramway ouvre mardi.", "La piscine ferme en mai.", "Le tramway ouvre mardi."]


def test_what_is_known_is_not_encoded_again(tmp_path: Path) -> None:
    """The same vectors come from the file, in another process as well, without the encoder."""
    file = tmp_path / "vectors.npz"
    first = Remembering(Bagged(), file)
    made = np.asarray(first.encode(TEXTS, query=False))
    first.save()
    inner = Bagged()
    second = Remembering(inner, file)
    assert np.array_equal(np.asarray(second.encode(TEXTS, query=False)), made)
    assert inner.seen == []
    assert np.allclose(made, np.asarray(Bagged().encode(TEXTS, query=False)), atol=1e-6)


def test_a_question_is_no_passage() -> None:
    """A text is remembered as a question and as a passage apart."""
    inner = Bagged()
    encoder = Remembering(inner, None)
    encoder.encode(TEXTS, query=True)
    assert inner.seen == []
    encoder.encode(TEXTS, query=False)
    assert inner.seen == TEXTS[:2]


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    """Without a file, or without a new text, nothing is written."""
    file = tmp_path / "vectors.npz"
    Remembering(Bagged(), file).save()
    assert not file.exists()
    Remembering(Bagged(), None).save()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 garbage", b"some text"])
def test_another_file_is_told(tmp_path: Path, content: bytes) -> None:
    """A file that is none of ours, or another encoder's, is one sentence with its name."""
    file = tmp_path / "vectors.npz"
    file.write_bytes(content)
    with pytest.raises(DossierError, match=r"vectors\.npz: cannot be read"):
        Remembering(Bagged(), file)
    file.unlink()
    encoder = Remembering(Bagged("one"), file)
    encoder.encode(TEXTS, query=False)
    encoder.save()
    with pytest.raises(DossierError, match="vectors of one, not of two"):
        Remembering(Bagged("two"), file)
