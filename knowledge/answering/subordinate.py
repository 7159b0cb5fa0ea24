"""The subordinate clauses of a sentence: what is told in passing of somebody or something."""

import re
from functools import lru_cache

from knowledge.language.patterns import later
from knowledge.language.tense import is_participle

Zone = tuple[int, int]
_SUBORDINATE = later(
    r"(?<!\w)(?P<word>qui|dont|où|lequel|laquelle|lesquels|lesquelles|auquel|que(?=\s)|qu(?=['’]))"
)
_LIMITING = later(
    r"(?<!\w)(?:n['’]|ne\s|plus|moins|aussi|autant|mieux|davantage|même)[^,;]{0,50}$", re.IGNORECASE
)
"""What makes of "que" no opening of a clause: "n'ouvre qu'en mai", "plus grand que"."""
_INSERTED = later(r",\s(?=(?P<word>[a-zà-ÿ]+)\s)")
"""What may open a clause without a verb of its own (", fermée depuis mai,")."""
_AUXILIARY = later(
    r"(?<!\w)(?:a|ont|est|sont|avait|avaient|était|étaient|sera|seront|fut|furent|doit|doivent|va"
    r"|vont|aura|auront|devrait|devraient|pourrait|pourraient)\s"
)
_VERB_AT = later(r"\s(?:(?:ne|se|y|en|lui|leur)\s|[ns]['’])?")
CLAUSE_STOP = later(r",(?!\d)|[;:()]|\s[–—]\s|[.!?…](?=\s|$)")


@lru_cache(maxsize=2_000)
def subordinates(text: str) -> tuple[Zone, ...]:
    """The subordinate clauses of a text, from their first word to the next mark.

    A clause that no mark closes ends before the auxiliary of the main verb ("l'homme qui courait
    a été vu").
    """
    found = [
        (match.end(), stop.start())
        for match in _INSERTED.finditer(text)
        if is_participle(match["word"]) and (stop := CLAUSE_STOP.search(text, match.end()))
    ]
    for match in _SUBORDINATE.finditer(text):
        before = max(0, match.start() - 60)
        if match["word"] in ("que", "qu") and _LIMITING.search(text, before, match.start()):
            continue
        stop = CLAUSE_STOP.search(text, match.end())
        end = stop.start() if stop else len(text)
        found.append((match.start(), _end_of_verb(text, match, end)))
    return tuple(found)


def _end_of_verb(text: str, opening: re.Match[str], end: int) -> int:
    """Where the main verb goes on behind a clause; `end` where none does."""
    verbs = list(_AUXILIARY.finditer(text, opening.end(), end))
    first = _VERB_AT.match(text, opening.end())
    own = opening["word"] != "qui" or (first and verbs and verbs[0].start() == first.end())
    others = verbs[1:] if own else verbs
    return others[0].start() if others else end


def clause_of(text: str, at: int) -> int:
    """The start of the innermost subordinate clause that holds the place; -1 in a main clause."""
    return max((start for start, end in subordinates(text) if start <= at < end), default=-1)


def relatives(text: str) -> tuple[Zone, ...]:
    """The relative clauses of a text: a hedge in one weakens nothing outside, nor the reverse."""
    return tuple(
        zone for zone in subordinates(text) if text.startswith(("qui ", "dont ", "où "), zone[0])
    )


def leads_to(quote: str, end: int, clause: int) -> bool:
    """Whether the clause tells of what ends there ("300 euros, versés en mai")."""
    between = _LEADS_TO.match(quote, end)
    return between is not None and between.end() == clause


_LEADS_TO = later(r"[^,;:.!?]{0,25}(?:,\s|\s(?=qui|dont))")
