"""Whose words a stretch of an article is, and whether a draft gives them to the same person."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.generation import Generation
from knowledge.language.names import find_names
from knowledge.language.places import place_keys
from knowledge.language.quotation import Quotation, Relay, attribute
from knowledge.language.terms import fold
from knowledge.model import Article
from knowledge.press.aligning import is_slip
from knowledge.press.people import people, role_key
from knowledge.press.words import read


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation of an article; all spans are offsets in the article's text.

    `relays`: through whom the words came, nearest the speaker first.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    speaker: str | None
    certain: bool
    form: Literal["direct", "indirect"]
    verb: str | None
    relays: tuple[Relay, ...] = ()


def spoken(article: Article) -> tuple[Spoken, ...]:
    """The quotations of an article's body, in order."""
    return _spoken(
        article.text, tuple((p.start, p.end) for p in article.paragraphs if p.kind == "body")
    )


@lru_cache(maxsize=512)
def _spoken(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[Spoken, ...]:
    found = attribute([text[start:end] for start, end in spans])
    return tuple(
        _moved(quotation, start)
        for (start, _), quotations in zip(spans, found, strict=True)
        for quotation in quotations
    )


def _moved(quotation: Quotation, by: int) -> Spoken:
    return Spoken(
        quotation.start + by,
        quotation.end + by,
        quotation.inner_start + by,
        quotation.inner_end + by,
        quotation.speaker_text,
        quotation.certain,
        quotation.form,
        quotation.verb,
        quotation.relays,
    )


def speaker_of(article: Article, start: int, end: int) -> Spoken | None:
    """The quotation that a slice is (mostly) part of, or that is most of the slice.

    Direct speech before indirect, the tighter one first; None for the article's own words.
    """
    fitting = [
        (said.form != "direct", said.speaker is None, said.inner_end - said.inner_start, said)
        for said in spoken(article)
        if 2 * (min(end, said.end) - max(start, said.start))
        > min(end - start, said.inner_end - said.inner_start)
        and min(end, said.inner_end) - max(start, said.inner_start) > 0
    ]
    return min(fitting, key=lambda fit: fit[:3])[3] if fitting else None


def fits(generation: Generation, article: Article, start: int, end: int, given: str) -> bool:
    """Whether the words of a slice may be given to this speaker.

    What the article leaves open is no error of the draft: an unresolved pronoun or role fits
    whoever is named near it, and the article's own words fit whoever their sentence names, its
    outlet and its authors.
    """
    known = people(generation)
    said = speaker_of(article, start, end)
    if said is not None and said.speaker is not None:
        same = _is_retyped(given, said.speaker) or known.same(given, said.speaker)
        if same is not None:
            return same
    sources = (article.publisher, article.agency, *article.authors)
    if any(source and fold(given) in fold(source) for source in sources):
        return True
    if any(source and fold(source) in fold(given) for source in sources):
        return True
    # Whose role it is stands before it as a rule ("la retraitée", "le secrétaire d'État").
    if said is not None:
        last = next((s.end for s in article.sentences if s.start < said.end <= s.end), said.end)
        near = article.text[_paragraph_start(article, start, back=3) : max(end, last)]
    else:
        sentence = next((s for s in article.sentences if s.start <= start < s.end), None)
        first, last = (sentence.start, sentence.end) if sentence else (start, end)
        near = article.text[first : max(end, last)]
    return any(known.same(given, name.text) for name in find_names(near)) or fold(given) in fold(
        near
    )


def is_known(generation: Generation, phrase: str) -> bool:
    """Whether the dossier tells who a phrase is: a name, a country, a role of two words or more."""
    if find_names(f"— {phrase}") or place_keys(phrase):
        return True
    # A name that is a common word, too ("Calmar"), is none at the head of a text.
    telling = phrase[:1].isupper() or len(role_key(phrase)) > 1
    return telling and bool(people(generation).find(phrase))


def _is_retyped(one: str, other: str) -> bool:
    """Whether two phrases differ by typing errors in long words alone."""
    words, others = read(one), read(other)
    return len(words) == len(others) and all(
        a.form == b.form or (a.form[0] == b.form[0] and len(a.form) > 6 and is_slip(a.form, b.form))
        for a, b in zip(words, others, strict=True)
    )


def _paragraph_start(article: Article, offset: int, *, back: int) -> int:
    """The start of the paragraph that holds the offset, or of the one so many before it."""
    holding = [n for n, p in enumerate(article.paragraphs) if p.start <= offset]
    return article.paragraphs[max(0, holding[-1] - back)].start if holding else 0
