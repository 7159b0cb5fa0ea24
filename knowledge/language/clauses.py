"""Where a French sentence may be cut: borders of clauses, outside marks, names and numbers."""

import re

from knowledge.language.quote_marks import find_marked

_BORDER = re.compile(
    r"(?P<strong>[;:](?=\s)|\s[–—]\s)"
    r"|(?P<comma>,)(?=\s(?:et|mais|ou|car|or|puis|donc|ni|qui|que|qu['’]|dont|où|lequel"
    r"|laquelle|lesquels|lesquelles|auquel|alors|tandis|lorsque|quand|si|comme|bien que|afin|pour"
    r"|après|avant|sans|selon|en|dans|lors|soit|notamment|tout|ce qui|ce que|parce|puisque"
    r"|a-t-|ont-ils"
    r"|a déclaré|a indiqué|d['’]après|malgré|grâce|face)(?!\w))"
    r"|(?P<word>\s)(?=(?:tandis que|alors que|parce que|bien que|afin de|afin que|pour que|lorsque"
    r"|puisque|avant de|après avoir|mais)\s)"
)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def clauses(sentence: str) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence as half-open spans, in order, padding and border marks out.

    A quotation cut at these borders loses no half of a pair of marks or brackets, and splits no
    number ("7,5") or name. A sentence without a border is one clause.
    """
    closed = [(m.start, m.end) for m in find_marked(sentence) if m.depth == 0]
    closed += [m.span() for m in _BRACKETED.finditer(sentence)]
    borders: list[tuple[int, int]] = []
    for match in _BORDER.finditer(sentence):
        at = match.start()
        if any(start <= at < end for start, end in closed):
            continue
        if match["strong"]:
            borders.append((at, match.end()))
        elif match["comma"]:
            borders.append((at, at + 1))
        else:
            borders.append((at, at))
    spans: list[tuple[int, int]] = []
    start = 0
    for end, following in [*borders, (len(sentence), len(sentence))]:
        left, right = start, end
        while left < right and sentence[left].isspace():
            left += 1
        while right > left and sentence[right - 1].isspace():
            right -= 1
        if left < right:
            spans.append((left, right))
        start = following
    return tuple(spans)
