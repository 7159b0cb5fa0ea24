"""Where numbers stand in a French text, before unit and hedge are laid around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.language.number_words import DIGITS, SPACE, digits_value, lexicon, words_value
from knowledge.language.patterns import later

NumberKind = Literal["cardinal", "ordinal", "fraction", "year", "score", "time", "label"]
"""A label is a number that is a name: "article 49.3", "ligne 14"."""


@dataclass(frozen=True, slots=True)
class Core:
    """A number before its unit and hedge; `counted`: its noun follows after "de"."""

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    counted: bool = False
    kind: NumberKind = "cardinal"


_TIME = later(rf"(?<![\w.,-])\d{{1,2}}{SPACE}?h(?:{SPACE}?\d{{2}})?(?!\w)")
_SCORE = later(
    r"(?<![\w.,/-])(?<!\d[ .\u00a0\u202f])(\d{1,3})(?:-| à )(\d{1,3})"
    r"(?![\w%€/-]|[ .\u00a0\u202f]\d{3}(?!\d))"
)
_ORDINAL_DIGITS = later(r"(?<![\w.,-])(\d{1,4})(?:ers?|ères?|re|e|ème|èmes|es|ᵉ|nde?)(?!\w)")
_WORD = later(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OWNERS = frozenset({"ses", "ces", "nos", "vos", "leurs", "mes", "son", "sa", "leur", "les"})
_PARTITIVE = later(rf"{SPACE}(?:de la{SPACE}|de l['’]|des?{SPACE}|du{SPACE}|d['’])", re.IGNORECASE)
HALF = later(rf"{SPACE}et{SPACE}demie?(?!\w)", re.IGNORECASE)
AFTER_HEDGE = later(rf"{SPACE}(?:environ|au moins|au plus|(?:au )?(?:minimum|maximum))(?!\w)")


def _any(forms: Iterator[str] | list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class _Patterns:
    number: re.Pattern[str]
    vague: re.Pattern[str]
    collective: re.Pattern[str]
    fraction: re.Pattern[str]
    scale: re.Pattern[str]
    unit: re.Pattern[str]
    hedge: re.Pattern[str]
    ordinal: re.Pattern[str]
    label: re.Pattern[str]


@cache
def number_patterns() -> _Patterns:
    """The compiled patterns, made from numbers.toml."""
    known = lexicon()
    word = rf"(?:{_any(list(known.words))})(?!\w)"
    hedges = _any(list(known.hedges)).replace(r"\ de", r"\ d(?:es?|u|e\ la)")
    hedges = hedges.replace("'", "['’]").replace(r"\ ", SPACE)
    plain = [form for form in known.units if form[-1].isalnum()]
    signs = [form for form in known.units if not form[-1].isalnum()]
    collectives = _any(list(known.collectives))
    flags = re.IGNORECASE
    return _Patterns(
        number=re.compile(
            rf"(?<![\w/+.,-])(?<!\+ )(?:{DIGITS}"
            rf"|{word}(?:(?:{SPACE}et{SPACE}|-et-|-|{SPACE}){word})*)",
            flags,
        ),
        vague=re.compile(
            rf"(?<!\w)(?P<det>des|plusieurs|quelques|les|de|en){SPACE}(?P<c>{collectives})s"
            rf"(?:{SPACE}de{SPACE}(?P<s>{_any(list(known.scales))}))?(?!\w)",
            flags,
        ),
        collective=re.compile(
            rf"(?<!\w)(?P<det>une?{SPACE}|la{SPACE}|cette{SPACE}|demi-|une?{SPACE}demi-|une?{SPACE}petite"
            rf"{SPACE}|une{SPACE}bonne{SPACE})(?P<c>{collectives}|heure)"
            rf"(?:{SPACE}de{SPACE}(?P<s>{_any(list(known.scales))}))?(?!\w)",
            flags,
        ),
        fraction=re.compile(
            rf"(?<!\w)(?:la{SPACE}(?P<half>moitié)|(?:les{SPACE})?(?P<n>une?|deux|trois|quatre|le)"
            rf"{SPACE}(?P<f>{_any(list(known.fractions))}))(?![\w-])(?!{SPACE}de{SPACE}finale)",
            flags,
        ),
        scale=re.compile(
            rf"{SPACE}(?P<s>{_any(list(known.scales))})(?P<half>{SPACE}et{SPACE}demie?)?(?!\w)",
            flags,
        ),
        unit=re.compile(
            rf"{SPACE}(?P<unit>{_any(plain)})(?!\w)|{SPACE}?(?P<sign>{_any(signs)})"
            rf"|(?P<tight>km|kg|m|cm|mm)(?!\w)"
            rf"|(?P<bare>{_any([form for form in plain if form.islower()])})(?!\w)"
        ),
        hedge=re.compile(rf"(?<!\w)(?:{hedges})(?:{SPACE}(?:les|ses|ces))?{SPACE}?\Z", flags),
        ordinal=re.compile(rf"(?<![\w-])(?:{_any(list(known.ordinals))})(?![\w-])", flags),
        label=re.compile(rf"(?<!\w)(?:{_any(list(known.labels))}){SPACE}?\Z", flags),
    )


def marked(text: str) -> Iterator[Core]:
    """Times, scores, and numbers that are names."""
    for match in _TIME.finditer(text):
        yield Core(*match.span(), None, kind="time")
    for match in _SCORE.finditer(text):
        first, second = int(match[1]), int(match[2])
        ranged = bool(unit_at(text, match.end(), counted=False, several=True)[0])
        led = re.search(r"(?<!\w)(?:de|entre) \Z", text[max(0, match.start() - 8) : match.start()])
        if not ranged and ("-" in match.group() or (first > second and not led)):
            yield Core(*match.span(), None, kind="score")
    for match in number_patterns().number.finditer(text):
        if match.group()[0].isdigit():
            before = text[max(0, match.start() - 20) : match.start()]
            dotted = re.fullmatch(r"\d+\.\d{1,2}", match.group())
            if number_patterns().label.search(before) or (
                dotted and re.search(r"(?<!\w)(?:le|du|au) \Z", before)
            ):
                yield Core(*match.span(), digits_value(match.group()), kind="label")


def vague(text: str) -> Iterator[Core]:
    """Fractions, "une dizaine", "des dizaines de milliers", "un demi-million"."""
    known, patterns = lexicon(), number_patterns()
    for match in patterns.fraction.finditer(text):
        if match["half"]:
            yield Core(*match.span(), 0.5, counted=True, kind="fraction")
            continue
        top = 1 if match["n"].lower() == "le" else known.words[match["n"].lower()]
        follows = _PARTITIVE.match(text, match.end())
        if match["n"].lower() in ("un", "une", "le") and not follows:
            continue
        yield Core(
            *match.span(), top / known.fractions[match["f"].lower()], counted=True, kind="fraction"
        )
    for match in patterns.vague.finditer(text):
        one = known.collectives[match["c"].lower()]
        many = known.scales[match["s"].lower()] if match["s"] else 1
        start = match.start("c") if match["det"].lower() in ("de", "en") else match.start()
        yield Core(start, match.end(), None, 2.0 * one * many, 10.0 * one * many, counted=True)
    for match in patterns.collective.finditer(text):
        det, form = match["det"].lower(), match["c"].lower()
        if "demi" in det:
            value = 1800.0 / 3600 if form == "heure" else known.collectives[form] / 2
            end = match.start("c") if form == "heure" else match.end()
            yield Core(match.start(), end, value, counted=form != "heure")
        elif form != "heure" and form not in ("millier", "million", "milliard"):
            many = known.scales[match["s"].lower()] if match["s"] else 1
            one = known.collectives[form] * many
            low, high = int(one * 0.75 + 0.5), int(one * 1.25 + 0.5)
            yield Core(*match.span(), None, float(low), float(high), counted=True)


def ordinals(text: str) -> Iterator[Core]:
    """Ranks, in words or digits; an office ("premier ministre") is none."""
    known = lexicon()
    for match in _ORDINAL_DIGITS.finditer(text):
        yield Core(*match.span(), float(match[1]), kind="ordinal")
    for match in number_patterns().ordinal.finditer(text):
        word = match.group()
        office = re.match(r"\s(?:ministre|ministère|dame)", text[match.end() :], re.IGNORECASE)
        seconds = word.lower() == "seconde" and re.search(
            r"(?:\d|une|par|la) \Z", text[max(0, match.start() - 6) : match.start()]
        )
        if not office and not seconds:
            yield Core(*match.span(), float(known.ordinals[word.lower()]), kind="ordinal")


def cardinals(text: str) -> Iterator[Core]:
    """Plain numbers, in words or digits, and ranges of two."""
    cores = [
        core for match in number_patterns().number.finditer(text) if (core := _read(text, match))
    ]
    i = 0
    while i < len(cores):
        ranged = _range(text, cores[i], cores[i + 1]) if i + 1 < len(cores) else None
        yield ranged or cores[i]
        i += 2 if ranged else 1


def _range(text: str, low: Core, high: Core) -> Core | None:
    """One number with two bounds: "entre 10 et 20", "de 10 à 12", "10 à 15"."""
    middle = text[low.end : high.start]
    opening = re.search(
        r"(?<!\w)(?:entre|de) \Z", text[max(0, low.start - 8) : low.start], re.IGNORECASE
    )
    if low.value is None or high.value is None or low.value >= high.value:
        return None
    if not (middle == " à " or (middle == " et " and opening and opening[0][0] in "eE")):
        return None
    start = low.start - len(opening[0]) if opening else low.start
    return Core(start, high.end, None, low.value, high.value, counted=high.counted)


def _read(text: str, match: re.Match[str]) -> Core | None:
    """The value of digits or words, with the scale behind them; None for an article "un"."""
    start, end, printed = match.start(), match.end(), match.group()
    known, patterns = lexicon(), number_patterns()
    if printed[0].isdigit():
        value = digits_value(printed)
        glued = text[end : end + 1]
        tight = patterns.unit.match(text, end)
        if glued.isalpha() and not (tight and (tight["sign"] or tight["tight"])):
            return None
    else:
        pieces = list(re.finditer(r"[^\W\d_]+", printed))
        total, used = words_value([m.group().lower() for m in pieces])
        if not used:
            return None
        end, value = start + pieces[used - 1].end(), float(total)
        if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
            return None
    scale = patterns.scale.match(text, end)
    if scale:
        value = (value + (0.5 if scale["half"] else 0)) * known.scales[scale["s"].lower()]
        return Core(start, scale.end(), float(round(value, 3)), counted=True)
    if not printed[0].isdigit() and value in (1, 9):
        noun, _ = unit_at(text, end, counted=False, several=value == 9)
        if value == 1 and text[start:end].lower() in ("un", "une"):
            next_word = _WORD.match(text, end + 1)
            if not next_word or next_word.group().lower() not in known.one:
                return None
        elif not noun and not re.search(
            r"(?:les|des|aux|de|à) \Z", text[max(0, start - 5) : start]
        ):
            return None  # "un appareil neuf"
    return Core(start, end, value)


def unit_at(text: str, end: int, *, counted: bool, several: bool) -> tuple[str, int]:
    """(unit, where it ends) of a number that ends at `end`; ("", end) without one."""
    known, patterns = lexicon(), number_patterns()
    if counted:
        partitive = _PARTITIVE.match(text, end)
        if not partitive:
            return "", end
        measured = patterns.unit.match(text, partitive.end())
        if measured and measured["bare"]:
            return known.units[measured["bare"].lower()].name, measured.end()
        noun = _WORD.match(text, partitive.end())
        while noun and noun.group().lower() in known.between | _OWNERS:
            noun = _WORD.match(text, noun.end() + 1)
        return (noun.group(), noun.end()) if noun else ("", end)
    match = patterns.unit.match(text, end)
    if match and not match["bare"]:
        return known.units[match["sign"] or match["unit"] or match["tight"]].name, match.end()
    noun = _WORD.match(text, end + 1) if re.match(SPACE, text[end : end + 1]) else None
    while noun and noun.group().lower() in known.between:
        noun = _WORD.match(text, noun.end() + 1)
    if noun and several and _is_plural(noun.group()):
        return noun.group(), noun.end()
    return "", end


def _is_plural(word: str) -> bool:
    return len(word) > 2 and word[-1] in "sxz" and word.lower() not in lexicon().no_unit
