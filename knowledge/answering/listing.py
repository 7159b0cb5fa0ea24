"""Names that answer a question for several, written as a list of their own."""

import re
from collections.abc import Sequence

from knowledge.answering.concepts import Concept
from knowledge.answering.found import Found
from knowledge.answering.view import view
from knowledge.language.patterns import later

_LEAD = later(r"(?:d(?:e|u|es)\s(?:la\s|l['’])?|d['’])", re.IGNORECASE)
_NOUN = later(r"(?P<noun>[\w-]+)\s$")
_INNER = later(
    r"(?P<join>^|,\s|\s(?:et|ou)\s|\sainsi que\s)(?P<lead>d(?:e|u|es)\s(?:la\s|l['’])?|d['’])"
)
_ARTICLES = {"du": "le ", "des": "les ", "de la": "la ", "de l": "l’", "de": "", "d": ""}


def listed(quote: str, found: Found, concepts: Sequence[Concept]) -> str:
    """The names found, without the preposition that they hang on.

    With the noun asked for where they hang on that ("usines de Gand et de Brême"); else "du
    Kazakhstan et de la Russie" is "le Kazakhstan et la Russie".
    """
    shown = quote[found.start : found.end]
    if not _LEAD.match(shown):
        return _with_preposition(quote, found)
    noun = _NOUN.search(quote[: found.start])
    forms = {form for c in concepts if c.focus for form, _ in c.forms}
    if noun and forms.intersection(view(noun["noun"]).stems):
        return quote[noun.start() : found.end]
    return _INNER.sub(_article, shown[0].lower() + shown[1:])


_REPEATED = later(r"(?:,|\set|\sou)\s(?P<word>en|au|aux|à)\s")


def _with_preposition(quote: str, found: Found) -> str:
    """The names with the preposition before them that stands again between them."""
    shown = quote[found.start : found.end]
    again = _REPEATED.search(shown)
    before = quote[: found.start].split()[-1:]
    if again and before and before[0].lower() in ("en", "au", "aux", "à"):
        return f"{before[0]} {shown}"
    return shown


def _article(match: re.Match[str]) -> str:
    lead = match["lead"].strip().rstrip("'’")
    return match["join"] + _ARTICLES[lead]
