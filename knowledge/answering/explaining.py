"""The tables that `--explain` shows."""

from collections.abc import Sequence

from knowledge.answering import refusal
from knowledge.answering.asking import Asking
from knowledge.answering.evidence import Candidate
from knowledge.answering.features import FEATURES
from knowledge.answering.refusal import Judged
from knowledge.generation import Generation
from knowledge.model import Explanation

Row = tuple[str, ...]


def explain(
    generation: Generation,
    asking: Asking,
    candidates: Sequence[Candidate],
    judged: Judged | None,
) -> Explanation:
    """The query's concepts, the best sentences with their features, and the verdict."""
    concepts: list[Row] = [("mot", "poids", "formes")]
    for concept in asking.concepts:
        forms = " ".join(f"{form}:{share:g}" for form, share in concept.forms)
        concepts.append((asking.printed(concept), f"{concept.weight:.2f}", forms))
    sentences: list[Row] = [("article", "score", "part", "phrase")]
    for candidate in candidates[:8]:
        sentence = candidate.sentence
        text = generation.article(sentence.article).text[sentence.start : sentence.end]
        sentences.append(
            (sentence.article, f"{candidate.score:.2f}", f"{candidate.probability:.3f}", text[:120])
        )
    tables = [
        ("question", (("type", asking.asked.kind), ("attendu", asking.asked.wanted))),
        ("concepts", tuple(concepts)),
        ("phrases", tuple(sentences)),
    ]
    if candidates:
        row = candidates[0].row
        tables.append(
            ("traits", tuple((n, f"{v:.3f}") for n, v in zip(FEATURES, row, strict=True) if v))
        )
    if judged is not None:
        values = refusal.signals(judged, asking.concepts)
        shown = tuple(
            (n, f"{v:.3f}") for n, v in zip(refusal.names_of(values), values, strict=True) if v
        )
        tables.append(
            (
                "confiance",
                (*shown, ("total", f"{refusal.confidence(values, generation.index.size):.3f}")),
            )
        )
    return Explanation(tuple(tables))
