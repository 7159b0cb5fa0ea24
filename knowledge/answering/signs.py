"""What kinds of things a text holds: names, numbers, dates, reasons, words said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language.terms import Token, normal_form, word_list

_DATE = re.compile(
    r"\b(?:1[0-9]{3}|20[0-9]{2})\b"
    r"|\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
    r"|\b(?:[IVX]+e|[0-9]+e) siècle\b|\bannées? \d{2,4}\b|\b(?:hier|aujourd['’]hui|la veille)\b"
    r"|\b(?:printemps|été|automne|hiver)\b|\b(?:semaine|mois|an|année)s? dernier",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d+|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
    r"|seize|vingt|trente|quarante|cinquante|soixante|cents?|mille|millions?|milliards?"
    r"|(?:di|quin|ving|tren|quaran|cinquan|soixan)[zt]+aines?|douzaines?|centaines?|milliers?"
    r"|moitié|tiers|quarts?|un seul|une seule|aucune?)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:parce qu|car|puisqu|en raison d|à cause d|grâce à|grâce aux?|afin d|afin qu|pour qu"
    r"|faute d|du fait d|en vue d|dans le but|à la suite d|suite à|dans la mesure où|étant donné"
    r"|d['’]autant|sous prétexte|par crainte|de peur|visant à|destinée?s? à|a pour but|permet"
    r"|en effet|c['’]est pourquoi|s['’]expliqu|résulte|provoqu|entraîn|motiv|pour (?:\w+er|\w+ir"
    r"|\w+re|en|y|se|l['’]|le|la|les|ne|mieux)\b)",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:en \w+ant|grâce à|au moyen d|à l['’]aide d|par (?:la|le|les|une?|l['’]|des)"
    r"|via|sous (?:le|la) \w+|de manière|de façon|avec)\b|\wment\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[«“\"][^»”\"]{3,}")
_DEFINITION = re.compile(
    r"\b(?:est|sont|était|étaient|fut|désigne|désignent|signifie|appelée?s?|nommée?s?|connue?s?"
    r" sous|défini\w*|consiste)\b|\(|, (?:un|une|le|la|les|l['’])\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:[àÀ]|[Aa]u|[Aa]ux|[Ee]n|[Dd]ans(?: l[ea]s?| l['’])?|[Vv]ers|[Ss]ur(?: l[ea]s?| l['’])?"
    r"|[Pp]rès d[eu]|[Dd]epuis|[Dd]e|[Dd]u|d['’])\s?(?:la |les? |l['’])?[A-ZÀ-Ý]"
)
_SAYING = re.compile(
    r"\b(?:(?:déclar|affirm|assur|estim|jug|indiqu|soulign|expliqu|précis|ajout|insist|annonc|promet"
    r"|promis|remerci|salu|dénonc|regrett|rappel|confi|martel|lanc|réagi|répond|plaid|tonn|lâch"
    r"|prévien|préven|critiqu|accus|réclam|appel|craign|redout|félicit|récit|concéd|reconn|souri"
    r"|pest|résum|glis|souffl|analys|avou|admet|admis|évoqu|pens|crain)\w*"
    r"|dit|disent|disait|selon|d['’]après|pour sa part)\b",
    re.IGNORECASE,
)
_PRONOUN_START = re.compile(
    r"(?:Il|Elle|Ils|Elles|Ce|Cela|Ceci|Celui|Celle|Ceux|Celles|C['’]|Cette|Ces|Cet|Son|Sa|Ses"
    r"|Leur|Leurs|Lui|On|Ce dernier|En|Y)\b"
)

_HINTS = (
    re.compile(rf"{_NUMBER.pattern}|\bseule?\b", re.IGNORECASE),
    re.compile(
        r"\d|\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
        r"|décembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|siècle|hier|aujourd|veille"
        r"|printemps|été|automne|hiver|dernier)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:parce|car|puisqu|raison|cause|grâce|afin|pour|faute|fait|vue|but|suite|mesure|étant"
        r"|autant|prétexte|crainte|peur|visant|destin|permet|effet|expliqu|résulte|provoqu|entraîn"
        r"|motiv)",
        re.IGNORECASE,
    ),
    re.compile(rf"{_SAYING.pattern}|\b(?:après|part)\b", re.IGNORECASE),
)
"""A word without which _NUMBER, _DATE, _REASON and _SAYING find nothing: these go through a whole
text letter by letter, a word is looked at once."""


@lru_cache(maxsize=50_000)
def hints_of(word: str) -> int:
    """What a word gives away of the text that it stands in: one bit for each of _HINTS."""
    return sum(1 << at for at, hint in enumerate(_HINTS) if hint.search(word))


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text holds."""

    capitals: tuple[int, ...]
    """Positions of topical tokens that look like names."""
    numbers: tuple[int, ...]
    """Offsets of numbers, in figures or words."""
    dates: tuple[int, ...]
    reason: bool
    manner: bool
    quoted: bool
    defining: bool
    located: bool
    saying: bool
    pronoun_start: bool


def signs(text: str, topical: Sequence[Token], first: int, hints: int) -> Signs:
    """The signs of a text.

    `topical`: its tokens that carry a topic; `first`: where its first token of all stands;
    `hints`: those of all its words together.
    """
    return Signs(
        capitals=tuple(
            [
                position
                for position, token in enumerate(topical)
                if token.text[0].isupper()
                and (
                    token.start != first
                    or normal_form(token.text) not in word_list("fr/function_starts.txt")
                )
            ]
        ),
        numbers=tuple([m.start() for m in _NUMBER.finditer(text)]) if hints & 1 else (),
        dates=tuple([m.start() for m in _DATE.finditer(text)]) if hints & 2 else (),
        reason=bool(hints & 4 and _REASON.search(text)),
        manner=bool(_MANNER.search(text)),
        quoted=bool(_QUOTE.search(text)),
        defining=bool(_DEFINITION.search(text)),
        located=bool(_PLACE.search(text)),
        saying=bool(hints & 8 and _SAYING.search(text)),
        pronoun_start=bool(_PRONOUN_START.match(text.lstrip('«"“ '))),
    )
