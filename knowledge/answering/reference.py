"""Whom "il" or "cette femme" in a quote stands for: a name that an earlier sentence gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered, mass
from knowledge.answering.pronouns import behind
from knowledge.answering.slices import Span
from knowledge.answering.view import View, view
from knowledge.citing import MAX_QUOTE
from knowledge.language.clauses import clauses
from knowledge.language.impersonal import is_impersonal
from knowledge.language.names import find_names
from knowledge.language.nouns import type_of_noun
from knowledge.language.terms import tokenize
from knowledge.model import Article, Sentence

_REFERS = re.compile(
    r"(?<!\w)(?P<word>[Ii]l|[Ee]lle|[Ll]ui|[Cc]e(?:lui|lle)-ci|[Cc]e dernier|[Cc]ette dernière"
    r"|[Cc]et homme|[Cc]ette femme|[Ll]['’]intéressée?)(?!\w)"
)
_WITHIN = 160
"""Characters from the start of a sentence in which what refers back is looked for."""
_MUCH = 0.5
"""The part of the question that its sentence must hold, before a pronoun in it can answer."""


@dataclass(frozen=True, slots=True)
class Referent:
    """The words that refer, where in the quote, and the name as printed elsewhere.

    `sentence`: where the name stands, None when that is in the quote.
    """

    word: str
    at: int
    name: str
    sentence: Span | None


def referent(article: Article, span: Span, concepts: Sequence[Concept]) -> Referent | None:
    """Who the pronoun is, in the sentence of the quote that holds most of the question.

    None without a pronoun there, or where two people would fit.
    """
    inside = [s for s in article.sentences if s.end > span.start and s.start < span.end]
    if not inside:
        return None
    held = {s: mass(covered(_seen(article, s), concepts), concepts) for s in inside}
    told = max(inside, key=held.__getitem__)
    if held[told] < _MUCH:
        return None
    start = max(told.start, span.start)
    for found in _REFERS.finditer(article.text, start, min(told.end, start + _WITHIN)):
        if is_impersonal(article.text, found.start()):
            continue
        name = behind(article, found["word"], found.start())
        if name is None or not _is_somebody(name):
            return None
        at = article.text.rfind(name, 0, found.start())
        sentence = next((s for s in article.sentences if s.start <= at < s.end), None)
        if sentence is None or sentence.start >= told.start:
            return None
        shown = None if span.start <= sentence.start else _naming(article, sentence, at)
        return Referent(found["word"], found.start() - span.start, name, shown)
    return None


def _seen(article: Article, sentence: Sentence) -> View:
    return view(article.text[sentence.start : sentence.end])


def _naming(article: Article, sentence: Sentence, at: int) -> Span:
    """The sentence, or where that is longer than a quote the clause of it that holds the name."""
    start, end = sentence.start, sentence.end
    if end - start > MAX_QUOTE:
        inside = [
            (start + a, start + b)
            for a, b in clauses(article.text[start:end])
            if start + a <= at < start + b
        ]
        start, end = inside[0] if inside else (at, end)
        end = min(end, start + MAX_QUOTE)
    return Span(article.id, start, end)


def _is_somebody(words: str) -> bool:
    kinds = {type_of_noun(token.text) for token in tokenize(words)}
    return bool(find_names(words)) or not kinds.isdisjoint({"person", "organisation"})
