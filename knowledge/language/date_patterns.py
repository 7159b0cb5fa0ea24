"""Where date expressions stand in a French text: patterns in order, longest reading first.

Nothing is resolved here; `knowledge.language.dates` gives each found expression its meaning.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from knowledge.language.calendars import words
from knowledge.language.patterns import later

_S = r"(?:[ \u00a0\u202f]{1,2}|\n)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_YEAR = r"(?:1\d{3}|20\d{2})(?![\d%])(?![.,]\d)(?![ \u00a0\u202f]\d{3}(?!\d))"
_ERA = r"(?!\s(?:av\.|avant)\s(?:J|notre))"
_UNIT = r"(?:jours?|semaines?|mois|ans?|années?)"
_PART = r"(?:matin|après-midi|soir|midi|minuit)"
_NOT_COUNTED = (
    rf"(?!{_S}(?:%|€|\$|euros?|dollars?|km|kilomètres?|m|mètres?|kg|kilos?|tonnes?|ans|mois|jours"
    r"|heures?|personnes?|habitants?|hommes|femmes|soldats|exemplaires|mots|points|pages|places"
    r"|emplois|salariés|logements|millions?|milliards?|fois|voix|euro)(?!\w))"
)
_AFTER_YEAR = (
    r"(?=\s*(?:[.,;:!?)\]»”\"…–—]|$)|\n"
    r"|\s(?:à|a|ont|est|sont|et|ou|par|pour|qui|que|dont|où|sur|dans|en|avec|contre|au|aux|comme|lors"
    r"|mais|ne|se|sous|avait|avaient|était|étaient|fut|furent|entre|puis|après|avant|il|elle|ils"
    r"|elles|de|du|des|le|la|les|un|une|lui|leur|sera|seront|n'|n’|s'|s’|d'|d’|l'|l’)(?!\w))"
)
_NO_WORD = r"(?<![\w'’-])(?<!\d[.,])"
_NO_NUMBER = r"(?<![\w-])(?<!\d[.,])(?<!\d[ \u00a0\u202f])"
_AFTER_NO_NUMBER = frozenset({"adverb", "month", "season", "year", "day", "years", "decade"})
"""The kinds that may stand behind an apostrophe, and not behind a number."""
_DIGIT = later(r"\d")
_SAME_LETTER = str.maketrans("ſıİ", "sii")
"""What a pattern that ignores case takes for a letter, beyond the letter's own two forms."""


@dataclass(frozen=True, slots=True)
class Found:
    """One expression: its place, the pattern's name, and the parts that the pattern names."""

    start: int
    end: int
    name: str
    parts: dict[str, str]


def _any(forms: Iterator[str] | list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


@cache
def _sources() -> tuple[tuple[str, str], ...]:
    """(kind, pattern), those that win over the others first."""
    known = words("fr")
    full = [form for form in known.month_forms if not form.endswith(".")]
    month = rf"(?:{_any(full)})(?!\w)"
    loose = rf"(?:(?:{_any(full)})(?!\w)|{_any([f for f in known.month_forms if f[-1] == '.'])})"
    week = rf"(?:{_any(list(known.weekdays))})(?!\w)"
    season = rf"(?:{_any(list(known.seasons))})(?!\w)"
    count = rf"(?:\d{{1,3}}|{_any(list(known.counts))})"
    ordinal = rf"(?:{_any(list(known.ordinals))})"
    day = rf"(?:{_DAY}(?:er)?|premier)"
    lead = r"(?:du|les|ces|des|aux|le|entre le)"
    part = rf"(?:{_S}{_PART}(?!\w))?"
    edge = rf"(?:fin|début|mi|milieu|courant)(?:{_S}|-)(?:(?:du{_S}mois{_S})?(?:de{_S}|d['’]))?"
    return (
        ("night", (rf"(?:dans{_S})?la{_S}nuit{_S}(?:de{_S}(?P<wd>{week})|du(?:{_S}{week})?{_S}"
                  rf"(?P<d1>{day}))(?:{_S}(?P<m1>{loose}))?{_S}(?:à|au)(?:{_S}(?P<wd2>{week}))?"
                  rf"(?:{_S}(?P<d2>{day})(?:{_S}(?P<m2>{loose})(?:{_S}(?P<y2>{_YEAR}))?)?)?")),
        ("days", (rf"(?:(?P<lead>{lead}){_S})?(?:{week}{_S})?(?P<d1>{day})(?:{_S}(?P<m1>{loose})"
                 rf"(?:{_S}(?P<y1>{_YEAR}))?)?(?:,{_S}{_DAY}){{0,3}}"
                 rf"(?:{_S}(?:au|et|et{_S}le|ou|jusqu['’]au){_S}|-)"
                 rf"(?:{week}{_S})?(?P<d2>{day}){_S}(?P<m2>{loose})(?:{_S}(?P<y2>{_YEAR}))?")),
        ("day", (rf"(?:(?P<wd>{week}),?{_S}(?:le{_S})?)?(?P<d1>{day}){_S}(?P<m1>{loose})"
                rf"(?:,?{_S}(?P<y1>{_YEAR})|{_S}(?P<shift>dernier|prochain)(?!\w))?")),
        ("digits", r"(?P<d1>\d{1,2})(?P<sep>[/.-])(?P<m1>\d{1,2})(?P=sep)(?P<y1>\d{4})(?!\d)"),
        ("isodate", r"(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})(?!\d)"),
        ("months", (rf"(?P<from>de{_S}|entre{_S})?(?P<m1>{month})(?:{_S}(?P<y1>{_YEAR}))?"
                   rf"(?:{_S}(?:à|et){_S}|-)(?P<m2>{month})(?:{_S}(?P<y2>{_YEAR}))?")),
        ("month", (rf"(?:(?P<edge>{edge})|(?P<of>mois{_S}(?:de{_S}|d['’])))?(?P<m1>{month})"
                  rf"(?:{_S}(?P<y1>{_YEAR})|{_S}(?P<shift>dernier|prochain)(?!\w))?")),
        ("season", (rf"(?P<det>l['’]|le{_S}|cet{_S}|ce{_S}|au{_S}|en{_S}|à{_S}l['’]|d['’]|du{_S}"
                   rf"|(?:fin|début|depuis){_S}(?:de{_S})?(?:l['’]|le{_S}|du{_S})?)?(?P<season>{season})"
                   rf"(?:{_S}(?P<y1>{_YEAR})(?:[-/](?P<y2>\d{{2,4}}))?"
                   rf"|{_S}(?P<shift>dernier|prochain)(?!\w))?")),
        ("decade", (rf"(?:(?:fin|début|milieu){_S}(?:des{_S})?)?années{_S}"
                   rf"(?P<y1>\d{{2}}(?:\d0)?)(?!\d)(?!{_S}(?:de|d['’]))")),
        ("century", (rf"(?P<c>[IVX]{{1,5}}|\d{{1,2}})(?:e|er|ème|ᵉ){_S}siècle"
                    rf"(?P<bc>{_S}(?:av\.|avant){_S}(?:J|notre))?")),
        ("quarter", (rf"(?P<n>{ordinal}){_S}(?P<kind>trimestre|semestre)"
                    rf"(?:{_S}(?:de{_S})?(?:l['’]année{_S})?(?P<y1>{_YEAR}))?")),
        ("years", (rf"(?:(?P<from>de{_S}|entre{_S}))?(?P<y1>{_YEAR})(?:{_S}(?P<to>à|et){_S}|[-–/])"
                  rf"(?P<y2>{_YEAR}|\d\d(?!\d))(?!-){_NOT_COUNTED}")),
        ("ago", (rf"il{_S}y{_S}a{_S}(?:près{_S}de{_S}|environ{_S}|plus{_S}d['’e]{_S}?)?"
                rf"(?P<n>{count}){_S}(?P<unit>{_UNIT})(?!\w)")),
        ("since", (rf"depuis{_S}(?:près{_S}de{_S}|environ{_S}|plus{_S}d['’e]{_S}?)?"
                  rf"(?P<n>{count}){_S}(?P<unit>{_UNIT})(?!\w)")),
        ("within", rf"(?:dans|d['’]ici){_S}(?P<n>{count}){_S}(?P<unit>{_UNIT})(?!\w)"),
        ("later", rf"(?P<n>{count}){_S}(?P<unit>{_UNIT}){_S}plus{_S}(?P<way>tôt|tard)(?!\w)"),
        ("last", (rf"(?:la{_S}|le{_S}|l['’])(?P<unit>semaine|mois|an|année|week-end|nuit|trimestre)"
                 rf"{_S}(?P<shift>dernier|dernière|prochaine?|passée?)(?!\w)")),
        ("this", (rf"(?:cette{_S}|ce{_S}|cet{_S})(?P<unit>semaine|mois|année|week-end|matin|soir"
                 rf"|après-midi|nuit)(?:-ci)?(?!\w)")),
        ("adverb", rf"(?P<word>avant-hier|hier|aujourd['’]hui|après-demain|demain){part}(?![\w-])"),
        ("neighbour", (rf"(?:la{_S}(?P<eve>veille)|l['’](?P<eve2>avant-veille)"
                      rf"|le{_S}(?P<next>lendemain|surlendemain)"
                      rf"|le{_S}(?P<same>même{_S}jour)|ce{_S}(?P<same2>jour-là))(?!\w)")),
        ("weekdays", (rf"(?:de{_S}|entre{_S})?(?P<wd>{week}){part}{_S}(?:à|et){_S}(?P<wd2>{week})"
                     rf"(?:{_S}(?P<shift>dernier|prochain)(?!\w))?")),
        ("weekday", (rf"(?:(?P<det>ce|le){_S})?(?P<wd>{week}){part}"
                    rf"(?:{_S}(?P<shift>dernier|prochain|suivant|précédent)(?!\w))?")),
        ("year", (rf"(?P<cue>en{_S}|depuis{_S}|dès{_S}|avant{_S}|après{_S}|fin{_S}|début{_S}|mi-"
                 rf"|année{_S}|an{_S}|jusqu['’]en{_S}|d['’]ici{_S})(?P<y1>{_YEAR})(?![-\w]){_NOT_COUNTED}")),
        ("year", rf"(?P<y1>{_YEAR})(?![-\w]){_ERA}{_NOT_COUNTED}{_AFTER_YEAR}"),
    )  # fmt: skip


@cache
def _pattern(kind: str, source: str) -> re.Pattern[str]:
    # Compiled when first needed: all of them together take as long as a question.
    ahead = _NO_NUMBER if kind in _AFTER_NO_NUMBER else _NO_WORD
    return re.compile(ahead + source, re.IGNORECASE)


@cache
def _telling() -> Mapping[str, tuple[str, ...]]:
    """Kind -> words of which one at least stands, plain, wherever the kind does."""
    known = words("fr")
    months, weekdays = _plain_forms(known.month_forms), _plain_forms(known.weekdays)
    return {
        **dict.fromkeys(("days", "day", "months", "month"), months),
        **dict.fromkeys(("digits", "isodate", "years", "year"), ("0",)),
        **dict.fromkeys(("weekdays", "weekday"), weekdays),
        "season": _plain_forms(known.seasons),
        "night": ("nuit",),
        "decade": ("années",),
        "century": ("siècle",),
        "quarter": ("mestre",),
        "ago": ("il y a",),
        "since": ("depuis",),
        "within": ("dans ", "ici "),
        "later": ("plus tôt", "plus tard"),
        "last": ("derni", "prochain", "passé"),
        "this": ("cette ", "ce ", "cet "),
        "adverb": ("hier", "aujourd", "demain"),
        "neighbour": ("veille", "lendemain", "jour"),
    }


@cache
def _telling_words() -> tuple[str, ...]:
    return tuple({word for listed in _telling().values() for word in listed})


def _plain_forms(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(_plain(form) for form in forms)


def _plain(text: str) -> str:
    """The text in small letters, with single spaces and 0 for every digit."""
    return _DIGIT.sub("0", " ".join(text.translate(_SAME_LETTER).lower().split()))


def find(text: str, start: int = 0, end: int | None = None) -> tuple[Found, ...]:
    """Date expressions that do not overlap, in text order; earlier patterns win.

    `start`, `end`: the part of the text that is looked through.
    """
    # Sentence by sentence, for most hold the telling word of no kind or of one.
    end = len(text) if end is None else end
    borders = [start, *(m.end() for m in _BORDER.finditer(text, start, end)), end]
    taken = bytearray(len(text))
    return tuple(
        [one for within in pairwise(borders) for one in _find_within(text, *within, taken)]
    )


_BORDER = re.compile(r"\n\s*\n|(?<!\bav)(?<!\bap)[.!?…][»”\"]?\s+(?=[«“\"]?\s?[A-ZÀ-Ý])")
"""Between two sentences, or two paragraphs: no date goes across ("av. J.-C." is no border)."""


def _find_within(text: str, first: int, last: int, taken: bytearray) -> list[Found]:
    found: list[Found] = []
    plain, telling = _plain(text[first:last]), _telling()
    there = {word for word in _telling_words() if word in plain}
    if not there:
        return found
    for name, source in _sources():
        if there.isdisjoint(telling[name]):
            continue
        for match in _pattern(name, source).finditer(text, first, last):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            parts = {key: value for key, value in match.groupdict().items() if value}
            if "cue" in parts:
                # The preposition helps to tell a year from a number; it is no part of the date.
                keep = parts["cue"].lower().startswith(("fin", "début", "mi-"))
                start = start if keep else match.start("y1")
            det = parts.get("det", "").lower()
            if name == "season" and ("y1" in parts or det.startswith(("au", "en", "à", "du", "d"))):
                start = match.start("season") if not det.startswith("début") else start
            if name == "years" and not parts.get("from", "").lower().startswith("entre"):
                if "to" not in parts:
                    start = match.start("y1")
                elif parts["to"].lower() == "et" or "from" not in parts:
                    continue
            if not _stands(text, start, end, name, parts):
                if _STREET.search(text[max(0, start - 24) : start]):
                    taken[start:end] = b"\1" * (end - start)
                continue
            taken[start:end] = b"\1" * (end - start)
            found.append(Found(start, end, name, parts))
    return sorted(found, key=lambda f: f.start)


_BEFORE_MONTH = later(
    r"(?<!\w)(?:en|depuis|dès|jusqu['’]en|jusqu['’]à|d['’]ici|avant|après|à partir de|de|d['’]|à"
    r"|et|ou)\s?(?:le mois de )?\Z",
    re.IGNORECASE,
)
_BEFORE_SEASON = later(r"(?<!\w)(?:saison|équinoxe|vacances|jeux|heure) (?:de |d['’])?\Z")
_STREET = later(
    r"(?<!\w)(?:rue|place|avenue|boulevard|cours|quai|stade|pont|hôpital|square|station|lycée|collège"
    r"|école|mouvement|groupe) (?:du |des |d['’])?\Z",
    re.IGNORECASE,
)
_HABIT = later(r"(?<!\w)(?:chaque|tous les|les|un|certains|le même|des) \Z", re.IGNORECASE)
_NAMED_DAY = later(
    r"[ -](?:noire?|saint|gras|des cendres|de l['’]ascension|de pâques|de pentecôte|rouge|sanglant"
    r"|des rameaux)(?!\w)",
    re.IGNORECASE,
)
_COUNTED = later(
    r"(?<!\w)(?:près de|plus de|moins de|environ|quelque|quelques|jusqu['’]à|au moins|les|des|ces"
    r"|ses|n°|numéro|article|page|à peine|presque|compte|comptait)\s\Z",
    re.IGNORECASE,
)
_SENTENCE_START = later(r"(?:\A|[.!?…:;«»“”\"(\n•–—-]\s*)\Z")


def _stands(text: str, start: int, end: int, name: str, parts: dict[str, str]) -> bool:
    """Whether the expression is a date here, and no name, street, habit or plain number."""
    before = text[max(0, start - 24) : start]
    match name:
        case "day" | "days":
            # "12 et 3 mai" without a leading word is a number followed by a date.
            loose = name == "days" and not {"m1", "lead"} & parts.keys()
            return not _STREET.search(before) and (not loose or "-" in text[start:end])
        case "month" | "months":
            return _month_stands(text, start, end, name, parts)
        case "season":
            return not _BEFORE_SEASON.search(before) and _season_stands(parts)
        case "weekday" | "weekdays":
            return _weekday_stands(text, start, end, parts)
        case "year" | "years":
            return not _COUNTED.search(before) and not before.endswith((".", ",", "€ ", "$"))
        case "neighbour":
            following = text[end : end + 6].lower()
            return not following.startswith((" de l", " du ", " des ", " d'", " d’", " de "))
        case _:
            return True


def _month_stands(text: str, start: int, end: int, name: str, parts: dict[str, str]) -> bool:
    before = text[max(0, start - 24) : start]
    if name == "month" and not {"edge", "of", "y1", "shift"} & parts.keys():
        opening = bool(_SENTENCE_START.search(before)) and _alone(text, end)
        if not (_BEFORE_MONTH.search(before) or opening):
            return False
    # "Mars" and "Avril" are names too, unless a year follows or all is in capitals.
    return (
        parts["m1"][0].islower()
        or bool({"y1", "shift"} & parts.keys())
        or (text[start:end].isupper())
    )


def _season_stands(parts: dict[str, str]) -> bool:
    det = parts.get("det", "").lower()
    if {"y1", "shift"} & parts.keys():
        return True
    # "été" is a participle far more often than a season.
    if parts["season"].lower() == "été":
        return det.startswith(("cet", "à l", "en ", "fin", "début", "depuis"))
    return det.startswith(("cet", "ce ", "au ", "en ", "à l", "depuis", "fin", "début"))


def _weekday_stands(text: str, start: int, end: int, parts: dict[str, str]) -> bool:
    before = text[max(0, start - 24) : start]
    if _HABIT.search(before) or _NAMED_DAY.match(text, end):
        return False
    if parts.get("det", "").lower() == "le" and "shift" not in parts:
        return False
    if parts["wd"][0].isupper():
        return bool(_SENTENCE_START.search(before)) or text[start:end].isupper()
    return True


def _alone(text: str, end: int) -> bool:
    return not text[end : end + 1].strip() or text[end] in ",.:"
