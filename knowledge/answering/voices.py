"""Who says what a quote reports, read in its paragraph and the one before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.answering.anchors import is_asked_name
from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered
from knowledge.answering.slices import Span
from knowledge.answering.view import view
from knowledge.generation import Generation
from knowledge.language.nouns import type_of_noun
from knowledge.language.quotation import attribute
from knowledge.language.speech import Quotation
from knowledge.model import Article

Voice = Literal["asked", "other", "doubtful", "unknown"]
"""Whose words a quote reports: those of whom the question names, of another, of another as it
seems, or not known."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a known speaker; the offsets are those of the words, in the article.

    `speaker`: the name, `printed`: what stands for it beside the words, "" where nothing does.
    """

    start: int
    end: int
    speaker: str
    printed: str
    direct: bool
    certain: bool


def said_within(text: str, start: int, end: int) -> Iterator[Said]:
    """What is said in a slice of an article by speakers that are known."""
    first = text.rfind("\n\n", 0, text.rfind("\n\n", 0, start) if "\n\n" in text[:start] else 0)
    last = text.find("\n\n", end)
    offset = max(0, first)
    window = text[offset : last if last > 0 else len(text)]
    for paragraph, found in zip(*_attributed(window), strict=True):
        base = offset + window.index(paragraph)
        for q in found:
            if not q.speaker_text or base + q.end <= start or base + q.start >= end:
                continue
            printed = (
                paragraph[q.speaker_start : q.speaker_end] if q.speaker_start is not None else ""
            )
            inner = base + q.inner_start, base + q.inner_end
            yield Said(*inner, q.speaker_text, printed, q.form == "direct", q.certain)


def voice_of(generation: Generation, span: Span, concepts: Sequence[Concept]) -> Voice:
    """Whose words the slice reports, where the question names a speaker or an office."""
    article = generation.article(span.article)
    asked = [c for c in concepts if c.subject and (c.named or type_of_noun(c.surface) == "person")]
    speakers = list(said_within(article.text, span.start, span.end))
    if not asked or not speakers:
        return "unknown"
    if any(_is_asked(generation, s.speaker, asked) for s in speakers):
        return "asked"
    if any(c.named for c in asked) and any(covered(view(_told(article, span, speakers)), asked)):
        return "unknown"
    return "other" if all(s.certain for s in speakers) else "doubtful"


def _told(article: Article, span: Span, said: Sequence[Said]) -> str:
    """The slice without the words that are reported in it: who is spoken of there says nothing."""
    text = list(article.text[span.start : span.end])
    for one in said:
        for at in range(max(one.start, span.start), min(one.end, span.end)):
            text[at - span.start] = " "
    return "".join(text)


SAME_OFFICE = 0.7
"""The share from which a form names the same office: a mayor is elected, but not all who are."""


def _is_asked(generation: Generation, speaker: str, asked: Sequence[Concept]) -> bool:
    """Whether a speaker is who is asked about, by name or by the office that a text gives them."""
    if is_asked_name(speaker, asked):
        return True
    held = {form for c in asked for form, share in c.forms if share >= SAME_OFFICE}
    stems = view(speaker).stems
    offices = generation.annotations.roles.get(stems[-1], ()) if stems else ()
    return any(pair.split()[0] in held for pair in offices) or not held.isdisjoint(stems)


@lru_cache(maxsize=500)
def _attributed(window: str) -> tuple[tuple[str, ...], tuple[tuple[Quotation, ...], ...]]:
    paragraphs = tuple(p for p in window.split("\n\n") if p.strip())
    return paragraphs, attribute(paragraphs)
