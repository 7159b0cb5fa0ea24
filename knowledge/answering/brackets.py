"""Who a headline speaks of: "[Odile Trémoulet]" in the place of "elle", in the headline only.

The quote keeps its words. Only a pronoun, or an office without a name, that opens the headline is
replaced, and only by the one name that the article lets it stand for; an unsure one is left.
"""

import re
from dataclasses import dataclass

from knowledge.answering.pronouns import behind
from knowledge.answering.slices import Span
from knowledge.generation import Generation
from knowledge.language.names import NameSpan, find_names
from knowledge.language.nouns import type_of_noun
from knowledge.language.places import place_keys
from knowledge.model import Article

_LEAD = r"\A(?P<lead>[«\"“]\s?|(?:Oui|Non|Yes|No|Да|Нет) ?: )?"
_PRONOUN = re.compile(
    _LEAD + r"(?P<word>ils?|elles?|ce dernier|cette dernière|celui-ci|celle-ci)(?= )", re.IGNORECASE
)
_OFFICE = re.compile(
    _LEAD + r"(?P<word>(?:le |la |l['’])(?P<noun>chef de l['’][ÉE]tat|[a-zà-ÿ-]+))"
    r"(?= (?:a|avait|aura|est|était|sera|va|doit|veut|peut|se|ne|y) | (?:s|n|l|en|y)['’])",
    re.IGNORECASE,
)
"""An office right before a verb: "le président du syndicat", "l'arbitre visé" say who."""
_TITLE = re.compile(r"\A(?:M\.|Mme|Mlle|Me) ")
_REACH = 40
"""Characters of the headline by which its place in the quote is found."""


@dataclass(frozen=True, slots=True)
class Bracketed:
    """The headline with the name, and what was replaced by which name."""

    text: str
    word: str
    name: str


def bracketed(generation: Generation, span: Span, headline: str) -> Bracketed | None:
    """The headline with a name for the pronoun or the bare office that opens it; None to keep it.

    `span`: the quote that the headline is cut from.
    """
    article = generation.article(span.article)
    name: str | None = None
    if match := _PRONOUN.match(headline):
        at = _place(article, span, headline[match.start("word") :])
        found = behind(article, match["word"], at) if at is not None else None
        name = re.sub(_TITLE, "", found) if found and _is_name(found) else None
    elif match := _OFFICE.match(headline):
        name = _behind_office(article, match["noun"].lower())
    if match is None or name is None:
        return None
    start, end = match.span("word")
    return Bracketed(f"{headline[:start]}[{name}]{headline[end:]}", match["word"], name)


def _place(article: Article, span: Span, words: str) -> int | None:
    """Where in the article the words begin; None when the quote does not hold them once."""
    quote = article.text[span.start : span.end]
    found = [m.start() for m in re.finditer(re.escape(words[1:_REACH].rstrip(".")), quote)]
    return span.start + found[0] - 1 if len(found) == 1 and found[0] > 0 else None


def _is_name(words: str) -> bool:
    """Whether the words are a name of a person or a body, with a title at most."""
    named = find_names(words)
    if len(named) != 1 or named[0].end != len(words) or place_keys(named[0].text):
        return False
    lead = words[: named[0].start]
    return len(lead.split()) <= 4


def _behind_office(article: Article, noun: str) -> str | None:
    """The one person whom the article gives this office; None when it names two or none."""
    if type_of_noun(noun.split(maxsplit=1)[0]) != "person":
        return None
    holders = {
        name.text.rsplit(maxsplit=1)[-1]: name.text
        for name in sorted(find_names(article.text), key=lambda n: (len(n.text), -n.start))
        if not place_keys(name.text) and _holds(article.text, name, noun)
    }
    return next(iter(holders.values())) if len(holders) == 1 else None


def _holds(text: str, name: NameSpan, noun: str) -> bool:
    """Whether the office stands right before or behind the name."""
    office = rf"(?:le |la |l['’]|son |sa ){re.escape(noun)}(?: [\w'’-]+){{0,4}}?"
    before = re.search(
        rf"(?<!\w){office},? \Z", text[max(0, name.start - 80) : name.start], re.IGNORECASE
    )
    behind = re.match(rf", {office}[,.]", text[name.end : name.end + 80], re.IGNORECASE)
    return bool(before or behind)
