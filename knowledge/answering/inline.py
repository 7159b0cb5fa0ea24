"""A headline as it stands inside a longer line: without its capital, unless that is a name's."""

from knowledge.language.terms import fold
from knowledge.language.wordset import is_french

_REACH = 25
"""Characters of a headline by which it is found in its quote."""
_OPENERS = '.!?…:«"“'
_ARTICLES = frozenset({"le", "la", "les", "un", "une", "des"})


def inline(headline: str, quote: str = "") -> str:
    """The headline without its full stop, its first letter small where it opens no name.

    A capital that the quote prints in the middle of a sentence stays.
    """
    text = headline.removesuffix(".")
    at = quote.find(text[:_REACH])
    if at > 0 and quote[:at].rstrip(" \u00a0")[-1:] not in _OPENERS:
        return text
    first, _, rest = text.partition(" ")
    word, _, elided = fold(first.replace("’", "'")).partition("'")
    common = is_french(word) and not rest[:1].isupper()
    return text[:1].lower() + text[1:] if common or elided or word in _ARTICLES else text
