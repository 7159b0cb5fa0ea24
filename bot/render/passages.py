"""Passages found by a search, with the words that matched."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.render.citation import CUT, source_line
from knowledge.answering import cite
from knowledge.generation import Generation
from knowledge.language.terms import stem, tokenize
from knowledge.model import Citation, Hit, Language


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage with its source; `matched` are spans within `citation.quote`, in order."""

    citation: Citation
    matched: tuple[tuple[int, int], ...]


def found_passages(generation: Generation, hits: Iterable[Hit]) -> tuple[FoundPassage, ...]:
    """The passages of the hits, in their order."""
    found = []
    for hit in hits:
        passage = generation.passages[hit.passage]
        citation = cite(generation, passage.article, passage.start, passage.end, score=hit.score)
        found.append(FoundPassage(citation, matched_spans(citation.quote, hit.matched)))
    return tuple(found)


def matched_spans(text: str, matched: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the text holds the matched terms, as (start, end), in order."""
    terms = frozenset(matched)
    return tuple((t.start, t.end) for t in tokenize(text) if stem(t.text) in terms)


def passages_text(found: Iterable[FoundPassage], language: Language) -> str:
    """Numbered passages as plain text, each under its source."""
    return "\n\n".join(
        f"{n}. {source_line(passage.citation, language, full_title=True)}\n"
        f"   {' '.join(passage.citation.quote.split())}"
        for n, passage in enumerate(found, start=1)
    )


def excerpt(passage: FoundPassage, length: int) -> str:
    """At most so many characters around the first matched word, cut at words, with […]."""
    text = passage.citation.quote
    if len(text) <= length:
        return " ".join(text.split())
    first = passage.matched[0][0] if passage.matched else 0
    start = max(0, min(first - length // 3, len(text) - length))
    end = min(len(text), start + length)
    if start:
        start = text.find(" ", start) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    words = " ".join(text[start:end].split())
    return f"{f'{CUT} ' if start else ''}{words}{f' {CUT}' if end < len(text) else ''}"
