"""Negation and hedges: what turns or weakens a French statement and must never be lost."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NE = re.compile(r"(?<!\w)n(?:e |['’])", re.IGNORECASE)
_CONDITIONAL = re.compile(r"(?<!\w)[^\W\d_]+r(?:ait|aient)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Words:
    hedges: re.Pattern[str]
    negative: frozenset[str]
    second: frozenset[str]
    not_conditional: frozenset[str]


@cache
def _words() -> _Words:
    source = resources.files(__package__) / "fr" / "hedging.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    hedges = sorted((h.strip() for h in table["hedges"].split(",")), key=len, reverse=True)
    joined = "|".join(re.escape(h).replace("'", "['’]") for h in hedges if h)
    return _Words(
        hedges=re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE),
        negative=frozenset(table["negative"].split()),
        second=frozenset(table["second"]),
        not_conditional=frozenset(table["not_conditional"].split()),
    )


def not_conditional() -> frozenset[str]:
    """Words in -rait and -raient that are imperfects or nouns."""
    return _words().not_conditional


def negated(text: str) -> bool:
    """Whether a statement is turned round, by "ne … pas", "aucun", "sans", "refuser de".

    "ne … que" only limits and does not count; nor does "ne" alone ("avant qu'il ne parte").
    """
    known = _words()
    lowered = [m.group() for m in _WORD.finditer(text.lower())]
    if _NE.search(text) and any(word in known.second for word in lowered):
        return True
    return any(word in known.negative for word in lowered)


def hedged(text: str) -> tuple[str, ...]:
    """The words that weaken a statement, in order, as printed: conditionals, "selon", "près de"."""
    found = [(m.start(), m.group()) for m in _words().hedges.finditer(text)]
    found += [
        (m.start(), m.group())
        for m in _CONDITIONAL.finditer(text)
        if m.group().lower() not in _words().not_conditional
    ]
    return tuple(word for _, word in sorted(found))
