"""Where a quote may be cut: clauses and phrases that stand on their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.anchors import anchors
from knowledge.answering.concepts import Concept
from knowledge.answering.view import view
from knowledge.language.clauses import clauses


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of an article."""

    article: str
    start: int
    end: int


CLAUSE = 236
"""Characters of a headline that is a clause of the quote."""
_VERB_START = re.compile(r"(?:[»”]|(?:a|ont|avait|avaient|est|sont|était|étaient)(?:\s|-t-|-il))")
_HANGING = re.compile(
    r"(?:qui|que|qu['’]|dont|où|lequel|laquelle|lesquels|lesquelles|duquel|auquel)(?:\s|\b)"
)


def hangs(text: str) -> bool:
    """Whether a slice begins with a relative pronoun, which means nothing without what precedes."""
    return bool(_HANGING.match(text.lstrip(" ,;:")))


_GOES_ON = re.compile(r"\s+qu(?:e\s|['’])")
"""What follows a verb that says nothing without it ("n'ignorant pas que")."""
_LED = re.compile(r"(?<!\w)qu(?:e|['’])[,\s]*$")
"""What stands before a clause that somebody is said to say ("X a noté que"): it names the owner."""
PHRASE_END = re.compile(
    r"(?<!\d)[,;:]?\s(?=(?:et|ou|mais|qui|que|dont|où|pour|par|dans|avec|afin|avant|après|pendant|sur|contre"
    r"|selon|ainsi|lors|depuis|comme|sans|vers|entre|en|à|au|aux|notamment|tandis|alors)\s)"
)
"""Where a phrase may end when the next clause would not fit."""
_DANGLING = re.compile(
    r"(?:\s|^)(?:et|ou|de|du|des|d['’]|le|la|les|l['’]|que|qu['’]|qui|pendant|alors|ainsi|tandis|à|au|en"
    r"|dans|par|pour|avec|un|une|a|ont|est|sont|avait|avaient|était|étaient|n['’]ont|n['’]a|notamment|assuré|déclaré|affirmé|ajouté)$"
)


def best_clause(quote: str, concepts: Sequence[Concept], limit: int) -> tuple[int, int]:
    """The run of clauses within the limit that holds most of the question, in few words."""
    if len(quote) <= limit // 2:
        return 0, len(quote)
    pieces = clauses(quote) or ((0, len(quote)),)
    ends = sorted({end for _, end in pieces} | {m.start() for m in PHRASE_END.finditer(quote)})
    clean_ends = {end for _, end in pieces}
    best: tuple[float, int, int] | None = None
    total = sum(weight for weight, _ in anchors(view(quote), concepts)) or 1.0
    for start, _ in pieces:
        if start and (hangs(quote[start:]) or _LED.search(quote[:start])):
            continue
        for end in ends:
            piece = quote[start:end].rstrip(" ,;:")
            if not _SHORT_CLAUSE <= len(piece) <= limit or _DANGLING.search(piece):
                continue
            held = sum(w for w, _ in anchors(view(piece), concepts)) / total
            worth = held + 0.3 * min(1.0, len(piece) / 80) + 0.2 * (end in clean_ends)
            worth += 0.2 * (start == 0) - 0.4 * bool(_VERB_START.match(piece))
            worth -= 0.5 * bool(_GOES_ON.match(quote, end))
            worth -= 0.3 * (piece.count("«") != piece.count("»") or piece.count('"') % 2)
            key = (round(worth, 6), -len(piece), -start)
            if best is None or key > best:
                best = key
    if best is None:
        border = quote.rfind(" ", 0, limit) if len(quote) > limit else len(quote)
        return 0, border if border > 0 else limit
    start = -best[2]
    return start, start - best[1]


_SHORT_CLAUSE = 25
