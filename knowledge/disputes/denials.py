"""What one article denies and another affirms: the same verb of the same people and things."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.annotations.shingles import Weights
from knowledge.disputes.claims import Dispute, Read
from knowledge.language.families import lemma
from knowledge.language.patterns import later
from knowledge.language.polarity import hedged, negated
from knowledge.language.terms import Token, fold, normal_form, stem, topical_tokens


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of a sentence: its key, place, and whether it is denied."""

    key: str
    token: Token
    denied: bool


_DENIED = later(
    r"(?<!\w)n(?:e\s|['’])(?:(?:se|lui|leur|le|la|les|y|en|nous)\s|[lsy]['’])?"
    r"(?P<verb>[^\W\d_]+)(?:-t-(?:il|elle|on|ils|elles))?\s"
    r"(?:(?:encore|toujours|plus|donc|même|publiquement|jamais)\s)?"
    r"(?:pas|jamais|aucunement|nullement|guère)(?!\w)(?:\s(?:encore|été|du tout|publiquement))*"
    r"(?:\s(?P<participle>[^\W\d_]+))?",
    re.IGNORECASE,
)
_REFUSED = later(
    r"(?<!\w)(?:refus|renonc)(?:e|ent|é|ée|és|ait|aient|era|eront)\s(?:de|d['’]|à)\s?"
    r"(?P<verb>[^\W\d_]+(?:er|ir|re|oir))(?!\w)",
    re.IGNORECASE,
)
_AUXILIARY = frozenset(
    [
        "a",
        "ont",
        "avait",
        "avaient",
        "est",
        "sont",
        "etait",
        "etaient",
        "aura",
        "auront",
        "sera",
        "seront",
        "ai",
        "suis",
        "fut",
        "furent",
    ]
)


@lru_cache(maxsize=2048)
def _denied(text: str) -> tuple[_Verb, ...]:
    found = []
    for match in (*_DENIED.finditer(text), *_REFUSED.finditer(text)):
        named = match.groupdict()
        auxiliary = fold(named["verb"]) in _AUXILIARY and named.get("participle")
        group = "participle" if auxiliary else "verb"
        word, at = match[group], match.start(group)
        if fold(word) in _AUXILIARY:
            continue
        found.append(_Verb(_key(word), Token(word, at, at + len(word)), denied=True))
    return tuple(found)


def _key(word: str) -> str:
    form = normal_form(word)
    return stem(lemma(form) or form)


def position_disputes(one: Read, other: Read, weights: Weights) -> Iterator[Dispute]:
    """One sentence denies what the other affirms: the same verb, the same names, the same rest."""
    for left, right, turned in ((one, other, False), (other, one, True)):
        for verb in _denied(left.text):
            affirmed = _affirmed(right, verb.key)
            if affirmed is None or not _same_case(left, verb.token, right, affirmed, weights):
                continue
            denying = left.claim(verb.token.start, verb.token.end)
            affirming = right.claim(affirmed.start, affirmed.end)
            pair = (affirming, denying) if turned else (denying, affirming)
            yield Dispute("position", *pair, verb.key)


def _affirmed(read: Read, key: str) -> Token | None:
    """Where a sentence affirms this verb, plainly: nothing in it is denied, hedged or asked."""
    if negated(read.text) or hedged(read.text) or read.text.rstrip().endswith("?"):
        return None
    return next((token for token in topical_tokens(read.text) if _key(token.text) == key), None)


def _same_case(left: Read, denied: Token, right: Read, affirmed: Token, weights: Weights) -> bool:
    """Whether both verbs have the same doer and the same object."""
    before = _stems(left.text[: denied.start]) & _stems(right.text[: affirmed.start])
    after = _stems(left.text[denied.end :]) & _stems(right.text[affirmed.end :])
    if not before or not after:
        return False
    if _first(left.text[denied.end :]) != _first(right.text[affirmed.end :]):
        return False
    mine, theirs = _stems(left.text), _stems(right.text)
    least = min(weights.total(sorted(mine)), weights.total(sorted(theirs)))
    return bool(least) and weights.total(sorted(before | after)) >= SAME_CASE * least


def _first(text: str) -> str:
    """The stem of the first topical word: the object of the verb before it."""
    return next((stem(token.text) for token in topical_tokens(text)), "")


SAME_CASE = 0.5
"""How much of the shorter sentence doer and object make, for the verb to be about the same."""


def _stems(text: str) -> set[str]:
    return {stem(token.text) for token in topical_tokens(text)}
