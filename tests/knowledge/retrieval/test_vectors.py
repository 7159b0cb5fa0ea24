"""The vectors of a dossier: one a passage and one a sentence, encoded once."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.corpus import parse, passages
from knowledge.model import Dossier, Hit
from knowledge.retrieval.vectors import Meaning, Vectors, encode

FIRST = "Le tramway ouvre mardi. La mairie offre le trajet.\n\nLa piscine ferme en mai."
SECOND = "Le festival accueille quarante groupes. Les billets sont en vente."


class Letters:
    """A small encoder: a text's vector is drawn from its own hash."""

    def __init__(self, name: str = "letters") -> None:
        self.name = name
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str], *, query: bool) -> Sequence[Sequence[float]]:
        """Unit vectors; `seen` keeps the texts."""
        self.seen += texts
        rows: list[list[float]] = []
        for text in texts:
            seed = int.from_bytes(hashlib.sha256(f"{query}{text}".encode()).digest()[:8])
            row = np.random.default_rng(seed).normal(size=8)
            rows.append((row / np.linalg.norm(row)).tolist())
        return rows


def _dossier(*texts: str) -> Dossier:
    return Dossier(
        "essai", "fr", tuple(parse(f"Titre {n}", text, f"a{n}") for n, text in enumerate(texts))
    )


def _made(dossier: Dossier, encoder: Letters, before: Vectors | None = None) -> Vectors:
    return encode(dossier, passages(dossier), encoder, before=before)


def test_a_row_for_each_text() -> None:
    """Every passage and every sentence has its own vector, in the order of the corpus."""
    dossier, encoder = _dossier(FIRST, SECOND), Letters()
    listed = passages(dossier)
    found = _made(dossier, encoder)
    assert len(found.passages) == len(listed)
    assert len(found.starts) == len(listed) + 1
    article = dossier.articles[1]
    sentence = article.text[article.sentences[1].start : article.sentences[1].end]
    question = np.asarray(encoder.encode([sentence], query=False)[0], dtype=np.float32)
    near = found.near_sentences(question, len(listed) - 1)
    assert int(near.argmax()) == len(near) - 1
    assert near.max() == pytest.approx(1.0, abs=2e-3)


def test_stored_and_read_back() -> None:
    """What is stored gives the same cosines when it is read back."""
    encoder = Letters()
    found = _made(_dossier(FIRST, SECOND), encoder)
    again = Vectors.from_blobs(found.to_blobs())
    question = Meaning(encoder, found).question("Quand ouvre le tramway ?")
    every = range(len(found.passages))
    assert again.encoder == encoder.name
    assert np.array_equal(again.near(question, every), found.near(question, every))
    assert np.array_equal(again.near_sentences(question, 0), found.near_sentences(question, 0))
    assert again.nearest(question, 2) == found.nearest(question, 2)


def test_only_new_texts_are_encoded() -> None:
    """After a change only the texts that are new are encoded, wherever they stand."""
    first = Letters()
    old = _made(_dossier(FIRST, SECOND), first)
    unchanged = Letters()
    same = _made(_dossier(FIRST, SECOND), unchanged, Vectors.from_blobs(old.to_blobs()))
    assert unchanged.seen == []
    assert np.array_equal(same.sentences, old.sentences)
    longer = _dossier(FIRST, SECOND + "\n\nLe maire a parlé.")
    second = Letters()
    new = _made(longer, second, old)
    assert second.seen
    assert not set(second.seen) & set(first.seen)
    assert new.keys == _made(longer, Letters()).keys
    assert np.array_equal(new.passages, _made(longer, Letters()).passages)


def test_a_text_is_encoded_once() -> None:
    """A sentence that stands in two articles is encoded once."""
    encoder = Letters()
    _made(_dossier(SECOND, SECOND), encoder)
    assert len(encoder.seen) == len(set(encoder.seen))


def test_another_encoder_starts_anew() -> None:
    """Vectors of another encoder are never mixed in."""
    old = _made(_dossier(FIRST), Letters("one"))
    second = Letters("two")
    assert _made(_dossier(FIRST), second, old).encoder == "two"
    assert second.seen


def test_progress_counts_to_the_end() -> None:
    """Progress starts at 0, never falls and ends at the number of texts encoded."""
    told: list[tuple[str, int, int]] = []
    encoder = Letters()
    dossier = _dossier(FIRST, SECOND)
    encode(dossier, passages(dossier), encoder, progress=lambda *step: told.append(step))
    assert told[0] == ("encode", 0, len(encoder.seen))
    assert told[-1] == ("encode", len(encoder.seen), len(encoder.seen))
    assert told == sorted(told)


def test_no_passage_no_vector() -> None:
    """A dossier without passages has no vectors, and can be stored all the same."""
    empty = encode(Dossier("vide", "fr", ()), (), Letters())
    again = Vectors.from_blobs(empty.to_blobs())
    assert len(again.passages) == 0
    assert again.nearest(np.ones(8, dtype=np.float32), 3) == ()


@pytest.mark.parametrize("name", ["starts", "keys", "passages", "sentences"])
def test_broken_blobs_are_refused(name: str) -> None:
    """Blobs that were cut short are refused, not served."""
    blobs = _made(_dossier(FIRST), Letters()).to_blobs()
    with pytest.raises(ValueError):  # noqa: PT011
        Vectors.from_blobs({**blobs, name: blobs[name][:-8]})


class Same(Letters):
    """An encoder that takes a question for a passage: what is asked word for word is nearest."""

    def encode(
        self,
        texts: Sequence[str],
        *,
        query: bool,  # noqa: ARG002
    ) -> Sequence[Sequence[float]]:
        """As `Letters`, whatever `query` says."""
        return super().encode(texts, query=False)


def _hits(*scores: float) -> tuple[Hit, ...]:
    return tuple(Hit(n, score, n, ("mot",)) for n, score in enumerate(scores))


def test_meaning_breaks_a_tie_of_words() -> None:
    """Of two passages with the same words the one that means what is asked comes first."""
    dossier, encoder = _dossier("Le tramway ouvre mardi.", SECOND), Same()
    meaning = Meaning(encoder, _made(dossier, encoder))
    found = meaning.rerank("Les billets sont en vente.", _hits(3.0, 3.0), 3.0)
    assert [(hit.passage, hit.rank, hit.score) for hit in found] == [(1, 0, 3.0), (0, 1, 3.0)]


def test_same_meaning_keeps_the_order_of_words() -> None:
    """Where meaning tells nothing, hits stay in the order in which they came."""
    dossier, encoder = _dossier(SECOND, SECOND), Letters()
    made = _made(dossier, encoder)
    made = Vectors(made.encoder, made.passages[[1, 1]], made.sentences, made.starts, made.keys)
    found = Meaning(encoder, made).rerank("Quand ?", _hits(3.0, 3.0), 3.0)
    assert [hit.passage for hit in found] == [0, 1]


def test_no_hit_no_rerank() -> None:
    """Nothing found stays nothing."""
    dossier, encoder = _dossier(FIRST), Letters()
    assert Meaning(encoder, _made(dossier, encoder)).rerank("Quand ?", (), 0.0) == ()


def test_a_text_outside_the_dossier() -> None:
    """Another text gets vectors of its own, and sentences known already cost nothing."""
    dossier, encoder = _dossier(FIRST, SECOND), Same()
    meaning = Meaning(encoder, _made(dossier, encoder))
    encoder.seen.clear()
    alone = Dossier("seul", "fr", (parse("Autre titre", SECOND, "text"),))
    other = meaning.over(alone, passages(alone))
    sentences = [SECOND[: SECOND.index(".") + 1], SECOND[SECOND.index(".") + 2 :]]
    assert not set(encoder.seen) & set(sentences)
    _, near = other.near(sentences[1], 0)
    assert near[1] == pytest.approx(1.0, abs=2e-3)
    assert near[1] > near[0]
