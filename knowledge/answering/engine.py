"""First composer: the best sentence of the best passages."""

import hashlib
from collections.abc import Sequence
from datetime import date

from knowledge.answering.citing import MAX_QUOTE, cite
from knowledge.answering.search import permit
from knowledge.generation import Generation
from knowledge.language.terms import analyze
from knowledge.model import Abstention, Answer, Language, Limits, PassageIds, Reply


def answer(
    generation: Generation,
    question: str,
    *,
    history: Sequence[str] = (),
    language: Language | None = None,
    limits: Limits = Limits(),
    exclude: PassageIds = frozenset(),
    today: date | None = None,
) -> Reply:
    """The reply to a question."""
    index = generation.index
    stems = set(analyze(question))
    total = sum(index.idf(s) for s in sorted(stems)) or 1.0
    hits = index.search(question, 8, allowed=permit(generation, limits, exclude))
    code = hashlib.sha256(f"{generation.digest}{question}".encode()).hexdigest()[:6]
    best = None
    for hit in hits:
        passage = generation.passages[hit.passage]
        article = generation.article(passage.article)
        for s in article.sentences:
            if passage.start <= s.start < passage.end:
                held = stems & set(analyze(article.text[s.start : s.end]))
                cover = sum(index.idf(t) for t in sorted(held)) / total
                if best is None or cover > best[0]:
                    best = (cover, article, s.start, min(s.end, s.start + MAX_QUOTE))
    if best is None or best[0] < 0.5:
        nearest = cite(generation, best[1].id, best[2], best[3]) if best else None
        return Abstention(
            question, question, language or "fr", "what", "low_coverage" if best else "no_match",
            "Le dossier ne répond pas à cette question.", best[0] if best else 0.0, code, nearest
        )  # fmt: skip
    found = cite(generation, best[1].id, best[2], best[3], score=best[0])
    return Answer(
        question, question, language or "fr", "what", found.quote[:240], (found,), best[0], code
    )


def select(generation: Generation, question: str, title: str, text: str) -> Reply:
    """The evidence chosen in one text alone."""
    raise NotImplementedError
