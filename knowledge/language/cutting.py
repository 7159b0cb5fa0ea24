"""Where a sentence of the press may be cut to a length without a change of its sense."""

import re

from knowledge.language.clauses import clauses
from knowledge.language.leaning import opening

_SHORTEST = 40
"""Characters under which a slice says too little."""
_HANGING = re.compile(
    r"(?:qui|que|qu['’]|dont|où|lequel|laquelle|et|ou|mais|ni|car|puis|a-t-|a |ont |est |sont "
    r"|soit |pour qui )",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?:\s|\A)(?:et|ou|de|du|des|d['’]|le|la|les|l['’]|que|qu['’]|qui|à|au|aux|en|dans|par"
    r"|pour|avec|un|une|sur|sans|selon|dont|mais|ni|comme|si|a|ont|est|sont|avait|avaient|était|étaient|sera|seront"
    r"|n['’]a|n['’]ont|se|ne|y|n['’]est|peut|doit|fait|très|plus|trop|aussi)\Z",
    re.IGNORECASE,
)


def cuts(text: str, longest: int) -> list[tuple[int, int]]:
    """Half-open spans of a sentence within the length: all of it if it fits, else whole clauses.

    Joining words ("Cependant, ") and datelines at the head are left out; () when nothing of the
    length can stand without the rest. No cut leaves out whose word it is.
    """
    dateline = _DATELINE.match(text)
    first = dateline.end() if dateline else opening(text)
    if len(text) - first <= longest:
        return [(first, len(text))] if len(text) - first >= _SHORTEST else []
    parts = clauses(text)
    found = []
    for n, (border, _) in enumerate(parts):
        start = border if n else first
        if n and (_HANGING.match(text[start:]) or text[start - 2 : start - 1] not in ";:–—"):
            continue
        if n and _SOURCED.search(text[:start]):
            continue
        ends = [
            end
            for _, end in parts[n:]
            if _SHORTEST <= end - start <= longest and _may_end(text, start, end)
        ]
        if ends:
            found.append((start, ends[-1]))
    if not found:
        found = _shortened(text, first, longest)
    return found


def _shortened(text: str, start: int, longest: int) -> list[tuple[int, int]]:
    """A sentence without a clause to leave out, up to its last circumstance that does not fit."""
    ends = [
        match.start()
        for match in _CIRCUMSTANCE.finditer(text, start)
        if 2 * _SHORTEST <= match.start() - start <= longest
        and _is_closed(text[start : match.start()])
        and not _SOURCED.search(text[match.start() :])
    ]
    return [(start, ends[-1])] if ends else []


def _may_end(text: str, start: int, end: int) -> bool:
    """Whether a slice may end there: nothing is broken, and what is left out changes nothing."""
    piece, rest = text[start:end], text[end:]
    if not _is_closed(piece):
        return False
    if _STRONG_END.match(rest):
        return not _SOURCED.search(rest)
    # A relative clause that is closed by a comma stood between subject and verb.
    closed = _RELATIVE_REST.match(rest) is not None and "," in rest[1:]
    return not closed and _WEAK_END.match(rest) is not None and not _SOURCED.search(rest)


def _is_closed(piece: str) -> bool:
    """Whether marks and brackets are closed and the last word leaves nothing open."""
    if piece.count("«") != piece.count("»") or piece.count("“") != piece.count("”"):
        return False
    if piece.count('"') % 2 or piece.count("(") != piece.count(")"):
        return False
    return not _UNFINISHED.search(piece)


_CIRCUMSTANCE = re.compile(
    r",\s(?=(?:à|au|aux|en|dans|avec|après|avant|pendant)\s)"
    r"|\s(?=(?:lors|comme|pendant|depuis|afin|notamment|à l['’]occasion)\s)"
)
_STRONG_END = re.compile(r"\s*[;:]|\s[–—]\s")
_RELATIVE_REST = re.compile(r",?\s*(?:qui|dont|où|lequel|laquelle|lesquels|lesquelles)(?!\w)")
_WEAK_END = re.compile(
    r",?\s*(?:mais|et|qui|dont|où|alors que|tandis que|pendant que|après|avant de|lors"
    r"|puisque|parce que|lorsque|quand|ce qui)(?!\w)"
)
"""What may be left out without a change of sense; "selon", "sans", "si", "comme" may not."""
_SOURCED = re.compile(
    r"(?<!\w)(?:selon|d['’]après|à en croire|aux dires|à les en croire|dit-on|a-t-on|semble-t-il"
    r"|[^\W\d_]+-t-(?:il|elle)|(?:a|ont) (?:déclaré|indiqué|affirmé|annoncé|assuré|estimé|jugé)"
    r"|(?:affirme|assure|indique|estime|annonce|juge)(?:nt)? (?:le|la|les|l['’]))(?!\w)",
    re.IGNORECASE,
)
"""Whose word it is; without it a claim would become a fact."""
_DATELINE = re.compile(r"\A[A-ZÀ-Ý][^a-zà-ÿ]{2,30}[^()\n]{0,20}\([^()\n]{2,20}\)\s*[-–—]\s+")
