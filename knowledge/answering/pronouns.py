"""Whom a pronoun of an article stands for."""

import re
from functools import lru_cache

from knowledge.language.antecedents import Place, Told, resolve
from knowledge.language.impersonal import is_impersonal
from knowledge.language.names import find_names
from knowledge.language.quotation import attribute, find_quotations
from knowledge.model import Article


def behind(article: Article, word: str, at: int) -> str | None:
    """The actor as printed earlier; None where two would fit, or nobody, or "il" means nothing."""
    if is_impersonal(article.text, at):
        return None
    own, earlier = _paragraphs(article, at)
    name = _speaker(
        article.text[earlier[0] : earlier[1]], article.text[own[0] : own[1]], at - own[0]
    )
    if name is None:
        gender = "f" if re.search(r"elle|cette|intéressée", word, re.IGNORECASE) else "m"
        texts = (article.text[own[0] : at], article.text[earlier[0] : earlier[1]])
        resolved = resolve(word, gender, [Place(text, _told(text)) for text in texts if text])
        name = resolved[0] if resolved and resolved[1] else None
    return name


@lru_cache(maxsize=64)
def _speaker(earlier: str, own: str, at: int) -> str | None:
    """Whom the pronoun there stands for, where it reports somebody's words."""
    for quotation in attribute([earlier, own])[1]:
        if quotation.speaker_start == at and quotation.certain:
            return quotation.speaker_text
    return None


def _paragraphs(article: Article, at: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """(the paragraph of a place, the one before it of the same kind, empty without one)."""
    own = article.paragraph_at(at)
    number = article.paragraphs.index(own)
    earlier = [(p.start, p.end) for p in article.paragraphs[:number] if p.kind == own.kind]
    return (own.start, own.end), earlier[-1] if earlier else (0, 0)


def _told(text: str) -> Told:
    spoken = [
        (q.speaker_start, q.speaker_end)
        for q in find_quotations(text)
        if q.speaker_start is not None and q.speaker_end is not None
    ]
    return Told([(name.start, name.end) for name in find_names(text)], spoken)
