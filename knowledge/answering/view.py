"""A sentence as the evidence features read it: terms with places, and what types it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.language.terms import (
    Token,
    bigrams,
    is_topical,
    normal_form,
    stem,
    tokenize,
    word_forms,
    word_list,
)

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


@dataclass(frozen=True, slots=True)
class View:
    """A text taken apart. Positions are numbers of topical tokens, in order."""

    text: str
    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    surfaces: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    """Stem, or two neighbouring stems with a space between -> positions."""
    surface_set: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    led: frozenset[str]
    """Telling prepositions with the stem that follows ("apres ouzbekistan")."""
    capitals: tuple[int, ...]
    """Positions of tokens that look like names."""
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


TELLING = frozenset(
    {
        "apres",
        "avant",
        "sans",
        "contre",
        "pendant",
        "depuis",
        "avec",
        "vers",
        "chez",
        "malgre",
        "hors",
    }
)
"""Prepositions that change the sense of what follows."""


def leads(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """(preposition, next topical word) for each telling preposition, at most two words apart."""
    found = []
    for at, token in enumerate(tokens):
        lead = normal_form(token.text)
        if lead in TELLING:
            following = [t.text for t in tokens[at + 1 : at + 4] if is_topical(t.text)]
            if following:
                found.append((lead, following[0]))
    return found


@lru_cache(maxsize=60_000)
def view(text: str) -> View:
    """The text taken apart, once."""
    every = tokenize(text)
    known = [(token, told) for token in every if (told := word_forms(token.text)) is not None]
    tokens = tuple([token for token, _ in known])
    stems = tuple([told[0] for _, told in known])
    surfaces = tuple([told[1] for _, told in known])
    places: dict[str, list[int]] = {}
    for forms in (stems, bigrams(stems)):
        for position, form in enumerate(forms):
            places.setdefault(form, []).append(position)
    first = every[0].start if every else -1
    capitals = tuple(
        position
        for position, token in enumerate(tokens)
        if token.text[0].isupper()
        and (
            token.start != first
            or normal_form(token.text) not in word_list("fr/function_starts.txt")
        )
    )
    return View(
        text,
        tokens,
        stems,
        surfaces,
        {form: tuple(positions) for form, positions in places.items()},
        frozenset(surfaces),
        frozenset(pairwise(stems)),
        frozenset(f"{lead} {stem(word)}" for lead, word in leads(every)),
        capitals,
        tuple(m.start() for m in _NUMBER.finditer(text)),
        tuple(m.start() for m in _DATE.finditer(text)),
        bool(_REASON.search(text)),
        bool(_MANNER.search(text)),
        bool(_QUOTE.search(text)),
        bool(_DEFINITION.search(text)),
        bool(_PLACE.search(text)),
        bool(_SAYING.search(text)),
        bool(_PRONOUN_START.match(text.lstrip('«"“ '))),
    )
