"""How old the quote says that somebody or something is."""

import re
from collections.abc import Sequence

from knowledge.answering.anchors import is_asked_name
from knowledge.answering.concepts import Concept
from knowledge.language.names import NameSpan, find_names
from knowledge.language.numbers import NumberMention
from knowledge.language.patterns import later
from knowledge.language.places import place_keys
from knowledge.language.tense import sentence_bounds
from knowledge.language.terms import fold

_AGES = ("age", "ages")
_NO_AGE = later(
    r"(?<!\w)(?:limites? d['’]âge (?:\w+ )?(?:de|à)"
    r"|âge (?:moyen|légal|médian|m[ia]\w+mum)[^,;.]{0,60}\s(?:de|à)"
    r"|moyenne (?:d['’]âge )?(?:est )?de|depuis|il y a|pendant"
    r"|durant|en|dans|après|tous les|toutes les|d['’]ici|sur|voilà|voici|fait|pour"
    r"|(?:ferme|prison|réclusion|sursis|peine|bail|contrat|mandat|délai|période|durée)s? de"
    r"|(?:moins|plus|minimum|maximum) (?:de|à))\s(?:(?:les|ses|ces|quelque|près de)\s)?$",
    re.IGNORECASE,
)
"""What makes of "dix ans" a length of time, a limit or an average."""
_AGED = later(r"(?<!\w)(?:âgée?s? (?:seulement )?de|vieux de|vieille de|(?:fêt|eu)\w* ses)\s$")
_AT = later(r"(?<!\w)[ÀAà]\s$")
_OF = later(r"[\wà-ÿ-]{3,}\sde\s$")


def asks_age(focus: Concept | None) -> bool:
    """Whether a question asks how old somebody or something is."""
    return focus is not None and fold(focus.surface) in _AGES


def is_age(quote: str, mention: NumberMention, concepts: Sequence[Concept]) -> bool:
    """Whether a number of years is the age of the one asked about.

    Of a person it stands beside the name, or in a clause that names nobody else; of a thing it
    need only be no length of time.
    """
    before = quote[: mention.start]
    if _NO_AGE.search(before):
        return False
    things = [c for c in concepts if not (c.weak or c.focus)]
    if not all(c.named for c in things):  # "la doyenne de Lorgnac", "le pont": no name to stand by
        return True
    first, last = sentence_bounds(quote, mention.start, mention.end)
    names = [n for n in find_names(quote) if first <= n.start < last]
    meant = [n for n in names if is_asked_name(n.text, concepts)]
    if not meant:
        return False
    if _beside(quote, mention, meant):
        return True
    told = _AGED.search(before) or (_AT.search(before) and quote.startswith(",", mention.end))
    others = [n for n in names if n not in meant and not place_keys(n.text)]
    return bool(told) and not others


def _beside(quote: str, mention: NumberMention, names: Sequence[NameSpan]) -> bool:
    """Whether the years stand in apposition to one of the names.

    "X, 63 ans,", "X (63 ans)", "à 63 ans, X", "un élu de 63 ans, X", "X a 63 ans".
    """
    return any(
        _AFTER_NAME.fullmatch(quote[name.end : mention.start])
        or (
            _BEFORE_NAME.fullmatch(quote[mention.end : name.start])
            and (_AT.search(quote[: mention.start]) or _OF.search(quote[: mention.start]))
        )
        for name in names
    )


_AFTER_NAME = later(
    r"(?:,\s|\s\()(?:[^,;.()]{0,60}(?:,\s|\sde\s))?(?:âgée?s? de\s|aujourd['’]hui\s)?"
    r"|,?\s(?:est |était )?âgée? de\s"
    r"|,?\s(?:qui )?(?:a|avait|aura|aurait) (?:eu |fêté ses )?"
)
_BEFORE_NAME = later(r",?\s(?:[a-zà-ÿ'’-]+\s){0,4}")


__all__ = ["asks_age", "is_age"]
