"""Where a quote may be cut: clauses and phrases that stand on their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.anchors import anchors
from knowledge.answering.concepts import Concept
from knowledge.answering.view import view
from knowledge.language.clauses import clauses
from knowledge.language.patterns import later
from knowledge.language.polarity import negated
from knowledge.language.quote_marks import find_marked
from knowledge.language.tense import is_participle, sentence_bounds


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of an article."""

    article: str
    start: int
    end: int


CLAUSE = 236
"""Characters of a headline that is a clause of the quote."""
_VERB_START = later(r"(?:[»”]|(?:a|ont|avait|avaient|est|sont|était|étaient)(?:\s|-t-|-il))")
_HANGING = later(
    r"(?:qui|que|qu['’]|dont|où|lequel|laquelle|lesquels|lesquelles|duquel|auquel)(?:\s|\b)"
)


def hangs(text: str) -> bool:
    """Whether a slice begins with a relative pronoun, which means nothing without what precedes."""
    return bool(_HANGING.match(text.lstrip(" ,;:")))


_GOES_ON = later(r"\s+qu(?:e\s|['’])")
"""What follows a verb that says nothing without it ("n'ignorant pas que")."""
_LED = later(r"(?<!\w)qu(?:e|['’])[,\s]*$")
"""What stands before a clause that somebody is said to say ("X a noté que"): it names the owner."""
PHRASE_END = later(
    r"(?<!\d)[,;:]?\s(?=(?:et|ou|mais|qui|que|dont|où|pour|par|dans|avec|afin|avant|après|pendant|sur|contre"
    r"|selon|ainsi|lors|depuis|comme|sans|vers|entre|en|à|au|aux|notamment|tandis|alors)\s)"
)
"""Where a phrase may end when the next clause would not fit."""
_DANGLING = later(
    r"(?:\s|^)(?:et|ou|de|du|des|d['’]|le|la|les|l['’]|que|qu['’]|qui|pendant|alors|ainsi|tandis|à|au|en"
    r"|dans|par|pour|avec|un|une|a|ont|est|sont|avait|avaient|était|étaient|n['’]ont|n['’]a|notamment|assuré|déclaré|affirmé|ajouté)$"
)


_FRAGMENT = later(r"(?:soit|alors que|tandis que|notamment|comme|lors|dans|avec)(?!\w)")
"""What opens a slice that hangs on what stands before it."""


def best_clause(quote: str, concepts: Sequence[Concept], limit: int) -> tuple[int, int]:
    """The run of clauses within the limit that holds most of the question, in few words.

    It lies in one sentence, or ends where a sentence does.
    """
    if len(quote) <= limit // 2:
        return 0, len(quote)
    pieces = clauses(quote) or ((0, len(quote)),)
    stops = sentence_ends(quote)
    clean_ends = {*stops, *(end for _, end in pieces)}
    ends = sorted(clean_ends | {m.start() for m in PHRASE_END.finditer(quote)})
    opens = {0, *(_next_word(quote, stop) for stop in stops)}
    starts = sorted({start for start, _ in pieces} | {at for at in opens if at < len(quote)})
    broken = {end for end in ends if interrupted(quote, end)}
    turned = {end for end in ends if reversed_after(quote, end)}
    best: tuple[float, int, int] | None = None
    total = sum(weight for weight, _ in anchors(view(quote), concepts)) or 1.0
    for start in starts:
        if start and (hangs(quote[start:]) or _LED.search(quote[:start])):
            continue
        stop = next((one for one in stops if one > start), len(quote))
        for end in ends:
            piece = quote[start:end].rstrip(" ,;:")
            if not _SHORT_CLAUSE <= len(piece) <= limit or _DANGLING.search(piece):
                continue
            if end in broken or (end > stop and end not in stops):
                continue
            held = sum(w for w, _ in anchors(view(piece), concepts)) / total
            worth = held + 0.3 * min(1.0, len(piece) / 80) + 0.2 * (end in clean_ends)
            worth += 0.2 * (start in opens) - 0.4 * bool(_VERB_START.match(piece))
            worth -= 0.3 * (start not in opens and bool(_FRAGMENT.match(piece)))
            worth -= 0.5 * bool(_GOES_ON.match(quote, end)) + 0.6 * (end in turned)
            worth -= 0.15 * (end > stop)
            worth -= 0.3 * (piece.count("«") != piece.count("»") or piece.count('"') % 2)
            key = (round(worth, 6), -len(piece), -start)
            if best is None or key > best:
                best = key
    if best is None:
        return 0, last_border(quote, limit)
    start = -best[2]
    return start, start - best[1]


_STOP = later(r"[.!?…][»”\"]?(?=\s+[«“\"]?\s?[A-ZÀ-Ý0-9]|\s*$)")


def sentence_ends(text: str) -> tuple[int, ...]:
    """Where the sentences of a text end, their marks included."""
    found = []
    for match in _STOP.finditer(text):
        last = sentence_bounds(text, match.start(), match.start())[1]
        if last == match.start():
            found.append(match.end())
    return tuple(found)


def _next_word(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


def last_border(text: str, limit: int) -> int:
    """Where a text longer than the limit may be cut: not inside a quotation, else at a word."""
    if len(text) <= limit:
        return len(text)
    marked = [(mark.start, mark.end) for mark in find_marked(text)]
    borders = [m.start() for m in re.finditer(r"\s", text[: limit + 1]) if m.start()]
    outside = [at for at in borders if not any(a < at < b for a, b in marked)]
    return max(outside or borders, default=limit)


_INSERTION = later(
    r",\s(?:[àÀ]|au|aux|en|dans|sur|par|pour|avec|sans|depuis|selon|lors|après|avant|malgré|dès)\s"
    r"[^,;.:()]{2,50},\s(?=(?:l[ea]s?|une?|des|son|sa|ses|leurs?|que|de|à|d['’u]|l['’])(?!\w))"
)


def interrupted(text: str, end: int) -> bool:
    """Whether an insertion opens there after which the phrase goes on ("a supprimé, en mai, la…").

    Only where a verb stands before it: what it lacks comes behind.
    """
    if not _INSERTION.match(text, end):
        return False
    word = re.search(r"(\w+)$", text[:end])
    return word is not None and (is_participle(word[1]) or word[1].endswith(("er", "ir", "re")))


_TURNING = later(
    r",?\s(?:(?:qu(?:e\s|['’])|qui\s|dont\s|avant d|mais\s|(?P<plain>en vain|vainement|sans succès"
    r"|sans résultat|sans être|à tort)))"
)
_TURNED = later(
    r"(?<!\w)(?:décliné|rejeté|refusé|repoussé|annulé|démenti|retiré|abandonné|suspendu|désavoué"
    r"|dénoncé|contesté|échoué|jamais|sans suite|en vain)"
)


def reversed_after(text: str, end: int) -> bool:
    """Whether what follows at once turns round what stands before ("…, que Paris a déclinée")."""
    turning = _TURNING.match(text, end)
    if turning is None:
        return False
    stop = re.compile(r"[,;:](?!\d)|[.!?](?=\s|$)").search(text, turning.end())
    rest = text[turning.start() : stop.start() if stop else len(text)]
    denied = negated(rest) and not turning.group().lstrip(" ,").startswith("qui")
    return bool(turning["plain"] or denied or _TURNED.search(rest))


_SHORT_CLAUSE = 25
