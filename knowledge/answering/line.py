"""A headline as a value, and a slice made into a line of its own."""

import re
from dataclasses import dataclass

from knowledge.answering.slices import Span
from knowledge.model import ResolvedDate

MAX_HEADLINE = 240
"""Characters of a headline."""
GROUP = 9.0
"""The distance of people told by their office alone: they answer where nobody is named."""

NOWHERE = 99.0
"""The distance of a clause taken for want of a span of the wanted kind near what is asked."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, what it resolved, and whether a span of the wanted kind was found."""

    text: str
    typed: bool
    distance: float = 0.0
    notes: tuple[str, ...] = ()
    dates: tuple[ResolvedDate, ...] = ()
    span: tuple[int, int] | None = None
    """Where in the quote the span stands; None when a clause was taken."""
    support: Span | None = None
    """The sentence that names whom the quote calls "il" or "cette femme"."""


_CONNECTOR = re.compile(
    r"^(?:cependant|toutefois|par exemple|en effet|ainsi|par ailleurs|enfin|à l['’]inverse"
    r"|néanmoins|pourtant|or|mais|et|ou|puis|pour sa part|de plus|en outre),?\s(?=\w)",
    re.IGNORECASE,
)
"""Words that link a sentence to the one before, and say nothing alone."""


def tidy(text: str) -> str:
    """A slice as a line of its own: capital first, one full stop, no dangling mark."""
    text = _CONNECTOR.sub("", " ".join(text.split()).strip(" ,;:–—-"))
    text = re.sub(r"\.{1,}$", "", text)
    for opening, closing in (("(", ")"), ("«", "»"), ("“", "”")):
        if text.count(opening) != text.count(closing):
            text = _balanced(text, opening, closing)
    if text.count('"') % 2:
        text = _paired(text)
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text.rstrip('»”" ')[-1:] in (*".!?…",) else text + "."


def _paired(text: str) -> str:
    """The text with the missing one of its straight quotation marks."""
    if text.endswith('"'):
        return text.removesuffix('"')
    first = text.index('"')
    closes = first > 0 and text[first - 1].isalnum() and not text[first + 1 : first + 2].isalnum()
    return '"' + text if closes else text + '"'


def _balanced(text: str, opening: str, closing: str) -> str:
    missing = text.count(opening) - text.count(closing)
    if missing > 0:
        space = " " if closing == "»" else ""
        return text + space + closing
    return text.replace(closing, "", -missing).strip()
