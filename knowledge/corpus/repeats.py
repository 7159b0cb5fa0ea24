"""What a page says twice: a lead before or after the text, a paragraph, a truncated tail."""

import re
from difflib import SequenceMatcher

from knowledge.corpus.page import Page, key

_NEAR = 0.85
"""Share of a lead's words that stand, in order, at the beginning of the paragraph it repeats."""

_MIN_WORDS = 8
_ROOM = 8
_EDGE = 3
_TRUNCATED = re.compile(r"(?<!\s)\s*(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\(…\)|\(\.\.\.\))\s*$")
_NEGATIONS = frozenset({"ne", "n", "pas", "plus", "jamais", "aucun", "aucune", "ni", "sans", "non"})

Words = tuple[str, ...]


def drop(page: Page) -> Page:
    """Drops the shorter or the later of two paragraphs that say the same; the first text stays."""
    body = page.body()
    keys = [key(text) for _, text in body]
    rules = _again(body, keys)
    rules |= _truncated(body, keys)
    left = [place for place, (i, _) in enumerate(body) if i not in rules]
    rules |= {body[place][0]: "repeated_lead" for place in _leads(keys, left)}
    return page.drop(rules)


def _again(body: tuple[tuple[int, str], ...], keys: list[Words]) -> dict[int, str]:
    """Paragraphs that stand word for word higher up, however short the page."""
    seen: set[Words] = set()
    rules: dict[int, str] = {}
    for (i, _), words in zip(body, keys, strict=True):
        if len(words) >= _MIN_WORDS and words in seen:
            rules[i] = "repeated_paragraph"
        seen.add(words)
    return rules


def _truncated(body: tuple[tuple[int, str], ...], keys: list[Words]) -> dict[int, str]:
    """A paragraph near the end, cut off by dots, that is the beginning of one higher up."""
    rules: dict[int, str] = {}
    for place in range(max(1, len(body) - _EDGE), len(body)):
        i, text = body[place]
        words = keys[place]
        # The last word may itself be cut ("M. Pou..."): it is compared as a beginning.
        if not _TRUNCATED.search(text) or len(words) < 3:
            continue
        if any(_begins(words, other) for other in keys[:place]):
            rules[i] = "truncated_tail"
    return rules


def _begins(words: Words, other: Words) -> bool:
    last = len(words) - 1
    return (
        len(other) > last and words[:last] == other[:last] and other[last].startswith(words[last])
    )


def _leads(keys: list[Words], left: list[int]) -> list[int]:
    """Places of leads: at the start before the paragraph they shorten, at the end after it."""
    found: list[int] = []
    for order, place in enumerate(left[:_EDGE]):
        following = left[order + 1 : order + 1 + _EDGE]
        if any(_shortens(keys[place], keys[other]) for other in following):
            found.append(place)
    if len(left) > _EDGE:
        first = [place for place in left[:_EDGE] if place not in found]
        last = [place for place in left[-_EDGE:] if place not in left[:_EDGE]]
        found += [p for p in last if any(_shortens(keys[p], keys[other]) for other in first)]
    return found


def _shortens(lead: Words, text: Words) -> bool:
    """Whether a lead says nothing that the beginning of the text does not say.

    Numbers and negations of the lead must all stand there: "62" is no "64".
    """
    if len(lead) < _MIN_WORDS or len(text) < 0.9 * len(lead):
        return False
    room = max(_ROOM, len(lead) // 3)
    beginning = text[: len(lead) + room]
    shared = set(lead)
    if len(shared.intersection(beginning)) < _NEAR * len(shared) - 1:
        # Cheap, and true of nearly all pairs: the matcher would find too little.
        return False
    matcher = SequenceMatcher(None, lead, beginning, autojunk=False)
    same = [False] * len(lead)
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            same[block.a + offset] = True
    if sum(same) < _NEAR * len(lead):
        return False
    odd = [word for word, matched in zip(lead, same, strict=True) if not matched]
    return not any(word.isdigit() or word in _NEGATIONS for word in odd)
