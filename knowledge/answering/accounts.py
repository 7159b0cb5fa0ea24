"""Why something is so, and what something is."""

import re
from collections.abc import Sequence

from knowledge.answering.anchors import SPELLED_SO, anchors, distance, is_asked
from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered, mass
from knowledge.answering.found import Found
from knowledge.answering.naming import OWNED
from knowledge.answering.view import view
from knowledge.language.acronyms import find_acronyms
from knowledge.language.calendars import words
from knowledge.language.names import find_names
from knowledge.language.nouns import type_of_noun
from knowledge.language.patterns import later
from knowledge.language.places import expand_places
from knowledge.language.tense import is_participle
from knowledge.language.terms import fold, is_topical, stem, tokenize

_REASON = later(
    r"(?<!\w)(?:(?i:parce qu(?:e\s|['’])|car\s|puisqu(?:e\s|['’])|en raison d|à cause d|grâce à"
    r"|grâce au|afin d|afin qu|faute d|du fait d|en vue d|dans le but d|à la suite d|suite à"
    r"|dans la mesure où|étant donné|d['’]autant (?:plus|moins|que|qu['’])|sous prétexte"
    r"|par crainte|de peur|de crainte|compte tenu|au nom d|en réponse à|en réaction à|au motif"
    r"|pour cause d|(?:craignant|redoutant|estimant|jugeant|considérant|invoquant|arguant|dénonçant"
    r"|expliquant|faisant valoir)\s)"
    r"|[Pp]our (?:s['’]|se |ne pas |mieux |y |en |l['’]|les? |la )?[a-zà-ÿ]+(?:er|ir|re)\b"
    r"|visant à|destinée?s? à|a pour but|ont pour but|permet(?:tant)? d)"
)
_WEAK_REASON = later(
    r"(?<!\w)(?:pour (?:l[ea]s? |l['’]|des? |une? |son |sa |ses |leurs? |cette? )?[a-zà-ÿ]"
    r"|alors que)"
)
_RANK_WORDS = later(r"[a-zà-ÿ'’-]+")


def reasons(quote: str, concepts: Sequence[Concept]) -> list[Found]:
    """The clauses that give a reason, those with a strong marker first, then the nearest."""
    seen = view(quote)
    spots = anchors(seen, concepts)
    found = []
    for penalty, pattern in ((0, _REASON), (5, _WEAK_REASON)):
        for match in pattern.finditer(quote):
            start, end = match.start(), _clause_end(quote, match.start())
            clause = quote[start:end]
            if end - start < 12 or is_asked(clause, concepts) or _asked_about(clause, concepts):
                continue
            gap = distance(seen, spots, start, end)
            found.append(Found(start, end, gap + penalty))
    return sorted(found, key=lambda f: (f.distance, f.start))


ASKED_ABOUT = 0.65
"""A clause with more of the question's mass speaks of what is to be explained."""


def _asked_about(clause: str, concepts: Sequence[Concept]) -> bool:
    strong = [c for c in concepts if not c.weak]
    return len(strong) > 1 and mass(covered(view(clause), strong), strong) > ASKED_ABOUT


_INITIAL = later(r"(?<!\w)(?:[A-ZÀ-Ý]|MM|Mme|Mlle|Me|Dr|Pr|St|Ste)$")


def _clause_end(text: str, start: int) -> int:
    """Where the clause that begins here ends: at a stop or a comma outside quotation marks."""
    depth = 0
    short = 8 if text[start].isupper() else 25  # what opens a sentence ends at its first comma
    straight = text[:start].count('"') % 2
    for at in range(start, len(text)):
        mark = text[at]
        if mark in "«“(":
            depth += 1
        elif mark in "»”)":
            depth = max(0, depth - 1)
        elif mark == '"':
            straight = 1 - straight
        elif depth == 0 and not straight:
            if mark in ";:" or (
                mark in ".!?…"
                and (at + 1 == len(text) or text[at + 1].isspace())
                and not _INITIAL.search(text[:at])
            ):
                return at
            if mark == "," and at + 1 < len(text) and text[at + 1].isspace() and at - start > short:
                return at
    return len(text.rstrip())


_AFTER = later(
    r"[\s»”\"]*(?:,\s|\s\(|\s–\s)(?P<what>(?:(?:l[ea]s?|une?|son|sa|ancien(?:ne)?|futur|ex-)\s?|l['’]|d['’])?"
    r"(?:[^,;.()]|(?<=\d)[,.](?=\d)){4,90})"
)
_IS = later(
    r"[\s»”\"]*\s(?:est|sont|était|étaient|désigne|regroupe|rassemble|signifie|reste)\s(?P<what>[^;.]{4,140})"
)
_BEFORE = later(
    r"(?P<what>(?:(?<!\w)(?:[Ll][ea]s?|[Uu]ne?|[Ss]on|[Ss]a)\s|(?<!\w)[Ll]['’])(?:[\w'’-]+\s){0,7}"
    r"[\w'’-]+),?\s$"
)
_EXPANSION = later(r"(?P<what>[A-ZÀ-Ý][^,;.()«»]{6,80})\s\($")


BARE_COST = 6.0
"""Of an office alone ("le président"), beside one that says of what."""


def definitions(quote: str, concepts: Sequence[Concept]) -> list[Found]:
    """What the quote says that the thing asked about is: an apposition, a title, an expansion."""
    named = [c for c in concepts if not c.weak]
    if not named:
        return []
    forms = {form for concept in named for form, _ in concept.forms}
    own = {form for concept in named for form, share in concept.forms if share > SPELLED_SO}
    seen = view(quote)
    names = find_names(quote)
    asked = {form for concept in named for form, _ in concept.forms[:1]}
    found = [
        Found(_with_article(quote, one.long.start), one.long.end, 0.0)
        for one in find_acronyms(quote)
        if stem(one.short.text) in asked
    ]
    for token, form in zip(seen.tokens, seen.stems, strict=True):
        if form not in forms:
            continue
        whole = next((n for n in names if n.start <= token.start < n.end), token)
        after, before = quote[token.end :], quote[: whole.start]
        options: tuple[tuple[re.Match[str] | None, int, float], ...] = (
            (_EXPANSION.search(before) if after.startswith(")") else None, 0, 0.0),
            (_IS.match(after), token.end, 0.5),
            (_AFTER.match(after), token.end, 1.0),
            # The office itself ("la biologiste") has no title before it.
            (_BEFORE.search(before) if form in own else None, 0, 1.5),
        )
        for match, offset, cost in options:
            if match is None:
                continue
            what = match["what"]
            start, end = offset + match.start("what"), offset + match.end("what")
            if (
                match is options[3][0]
                and " " not in quote[whole.start : whole.end]
                and OWNED.search(before)
            ):
                continue  # "le patron du sidérurgiste X" is not what X is
            if match is options[3][0]:
                lead = _office_start(what)
                start, what = start + lead, what[lead:]
            if (cost == 1.0 and not _noun_phrase(what)) or own.issuperset(view(what).stems):
                continue
            if cost == 1.5 and re.match(r"(?:[Ss]on|[Ss]a)\s", what):
                continue  # "son homologue" tells nothing without the other
            bare = BARE_COST * (len(view(what).stems) == 1)
            if cost >= 1.5 and not any(type_of_noun(w) for w in _RANK_WORDS.findall(what)):
                continue
            placed = 0.4 * bool(expand_places([t.text for t in tokenize(what)]))
            found.append(Found(start, end, max(0.0, cost + bare - placed)))
    return sorted(found, key=lambda f: (f.distance, f.start))


_ARTICLE = later(r"(?<!\w)(?:[Ll](?:es?|a)\s|[Ll]['’])$")


def _with_article(quote: str, start: int) -> int:
    """Where the name that starts there starts with its article, if it has one."""
    article = _ARTICLE.search(quote, max(0, start - 5), start)
    return article.start() if article else start


_DETERMINER = later(r"(?<!\w)(?:(?:[Ll][ea]s?|[Uu]ne?|[Ss]on|[Ss]a)\s|[Ll]['’])(?P<noun>[\w-]+)")


def _office_start(title: str) -> int:
    """Where the title that stands right before the name begins ("… avec le président chinois")."""
    offices = [m for m in _DETERMINER.finditer(title) if type_of_noun(m["noun"]) == "person"
               or fold(m["noun"]) == "homologue"]  # fmt: skip
    return offices[-1].start() if offices else 0


_LED_PHRASE = later(
    r"(?:l[ea]s?\s|une?\s|l['’]|son\s|sa\s|ancien|ex-|\w+(?:eur|ien|iste|ant|ière)\b)"
)
_BARE_PHRASE = later(r"(?P<noun>[a-zà-ÿ-]{4,})\s(?:d[eu]s?\s|d['’]|à\s|aux?\s|chez\s|en\s)")
_NO_NOUN = frozenset({"face", "près", "loin", "hors", "autour", "quant", "grâce", "venu", "âgé"})
"""Topical words before a preposition that are no noun."""


def _noun_phrase(text: str) -> bool:
    """Whether an apposition opens with a noun: "un élu", "caporal au centre de secours"."""
    if _LED_PHRASE.match(text):
        return True
    bare = _BARE_PHRASE.match(text)
    if bare is None or not is_topical(bare["noun"]):
        return False
    noun = bare["noun"]
    known = noun.rstrip("es") in _NO_NOUN or noun in words().weekdays
    return not (known or noun.endswith("ment") or is_participle(noun))
