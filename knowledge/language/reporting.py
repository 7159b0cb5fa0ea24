"""Where a French text reports speech: the verbs of fr/reporting.txt in the forms press uses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from knowledge.language.patterns import later

Tense = Literal["compound", "finite", "gerund"]


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb; `tail` are the words after its first ("faire savoir").

    Flags: q introduces a quotation; c takes "que" or an infinitive; o its object is what was
    said; a takes "à".
    """

    infinitive: str
    flags: str
    reflexive: bool
    tail: str


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A reporting verb in a text, its auxiliary and adverbs included.

    `pronoun` is the span of an inverted subject ("a-t-il déclaré"). `shared`: the subject is
    that of the verb before it ("… et assuré", "en précisant").
    """

    start: int
    end: int
    verb: Verb
    tense: Tense
    pronoun: tuple[int, int] | None
    shared: bool
    negated: bool


_ADVERBS = (
    r"[^\W\d_]+ment|aussi|ainsi|ensuite|enfin|encore|même|toujours|bien|déjà|alors|lui-même"
    r"|lui|elle|eux|elle-même|eux-mêmes|toutefois|pourtant|aussitôt|hier|plutôt|fort|souvent|puis|donc"
)
_WEEKDAYS = r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_WORD = later(r"[^\W\d_]+")
_AUXILIARY = later(
    r"(?<![\w’'])(?P<no>n['’]|ne )?(?P<reflexive>s['’]|se )?(?:l['’]|lui |leur |nous |les |en |y )?"
    r"(?P<aux>a|ont|avait|avaient|aurait|auraient|est|sont|était|étaient|ayant|serait|seraient)"
    r"(?:(?:-t)?-(?P<pronoun>ils?|elles?|on|ce))?(?P<between>(?: pas| jamais)?"
    rf"(?:,? (?:{_ADVERBS}|{_WEEKDAYS}|de nouveau|à nouveau|par ailleurs|de son côté)),?"
    rf"(?: (?:{_ADVERBS}))?| pas| jamais)? \Z"
)
_SHARED = later(rf"(?:(?<!\w)(?:et|ou|puis|mais)|,)(?: (?:{_ADVERBS}))? \Z")
_GERUND = later(r"(?:(?<!\w)(?:en|et)|,)(?: (?:lui|leur))? \Z")
_NOMINAL = later(
    r"(?<!\w)(?:la|une|cette|sa|ma|ta|leur|de|en|par|pour|sans|au|aux|du|des|les|ces|ses|leurs|un|le|ce"
    r"|son|chaque|toute|aucune|à|sur|sous|dans|nouvelle|première|dernière|forte|toute|grande|très"
    r"|plus|si|trop|d['’]|l['’])[ ]?\Z",
    re.IGNORECASE,
)
_CLITIC = later(
    r"(?<![\w’'])(?:(?P<no>n['’]|ne )?(?P<reflexive>s['’]|se )?(?:l['’]|lui |leur )?)\Z"
)
_INVERTED = later(r"-(?:t-)?(ils?|elles?|on)(?!\w)")


@cache
def _forms() -> dict[str, tuple[tuple[Verb, str], ...]]:
    """Form -> the verbs it may be, each with p (participle), f (finite) or g (gerund)."""
    text = (resources.files(__package__) / "fr" / "reporting.txt").read_text(encoding="utf-8")
    table: dict[str, list[tuple[Verb, str]]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        entry, *rest = line.split()
        flags = "".join(word for word in rest if len(word) == 1)
        irregular = [word for word in rest if len(word) > 1]
        reflexive = entry.startswith(("se_", "s'"))
        first, *tail = entry.removeprefix("se_").removeprefix("s'").split("_")
        verb = Verb(entry.replace("_", " "), flags, reflexive, " ".join(tail))
        for form, kind in _conjugated(first, irregular):
            if (verb, kind) not in table.setdefault(form, []):
                table[form].append((verb, kind))
    return {form: tuple(readings) for form, readings in table.items()}


def _conjugated(infinitive: str, irregular: list[str]) -> Iterator[tuple[str, str]]:
    """The third persons, participles and gerund of a verb, by rule."""
    if irregular:
        participle, one, many = irregular
        stem = many.removesuffix("ent") if many != "font" else "fais"
        future = "fer" if infinitive == "faire" else infinitive.removesuffix("e")
        closed = open_stem = stem
    else:
        closed = infinitive.removesuffix("er")
        participle = closed + "é"
        mute = re.sub(r"[eé]([^aeiouyéè]+)\Z", r"è\1", closed)
        if re.search(r"(?:app|rapp)el\Z|jet\Z", closed):
            mute = closed + closed[-1]
        if not re.search(r"é[^aeiouyéè]{1,2}\Z|(?:ev|el|en|et)\Z", closed) or closed.endswith(
            "ell"
        ):
            mute = closed
        one, many = mute + "e", mute + "ent"
        future = (mute + "er") if closed[-1] != mute[-1] or "é" not in closed else infinitive
        open_stem = {"g": closed + "e", "c": closed[:-1] + "ç"}.get(closed[-1], closed)
        yield open_stem + "a", "f"
        yield closed + "èrent", "f"
    for ending in ("", "e", "s", "es"):
        yield participle if participle.endswith("s") and ending == "s" else participle + ending, "p"
    for form in (one, many, *(open_stem + e for e in ("ait", "aient"))):
        yield form, "f"
    for ending in ("a", "ont", "ait", "aient"):
        yield future + ending, "f"
    yield open_stem + "ant", "g"


def is_reporting_form(word: str) -> bool:
    """Whether a lower-case word is a finite form of a reporting verb."""
    return any(kind == "f" for _, kind in _forms().get(word, ()))


def find_reporting_verbs(text: str) -> tuple[ReportingVerb, ...]:
    """The reporting verbs of a text in order; forms that can only be a noun there are out."""
    forms = _forms()
    found: list[ReportingVerb] = []
    for match in _WORD.finditer(text):
        word = match.group()
        if not word.islower():
            continue
        for verb, kind in forms.get(word, ()):
            event = _event(text, match, verb, kind, found)
            if event:
                found.append(event)
                break
    return tuple(found)


def _event(
    text: str, match: re.Match[str], verb: Verb, kind: str, earlier: list[ReportingVerb]
) -> ReportingVerb | None:
    start, end = match.span()
    if verb.tail:
        if not text.startswith(" " + verb.tail, end):
            return None
        end += 1 + len(verb.tail)
    before = text[max(0, start - 70) : start]
    offset = start - len(before)
    if kind == "p":
        return _compound(text, start, end, verb, earlier)
    if kind == "g":
        opening = _GERUND.search(before)
        if not opening or verb.reflexive:
            return None
        return ReportingVerb(start, end, verb, "gerund", None, shared=True, negated=False)
    if _AUXILIARY.search(before):
        return None  # "s'est dit" is no present
    inverted = _INVERTED.match(text, end)
    clitic = _CLITIC.search(before)
    reflexive = bool(clitic and clitic["reflexive"])
    if reflexive != verb.reflexive or (_NOMINAL.search(before) and not reflexive):
        return None
    negated = bool(clitic and clitic["no"])
    if clitic and clitic.group():
        start = offset + clitic.start()
    if inverted:
        return ReportingVerb(
            start, inverted.end(), verb, "finite", inverted.span(1), shared=False, negated=negated
        )
    shared = bool(earlier) and bool(
        re.search(r"(?<!\w)(?:et|puis|mais) \Z", text[max(0, start - 6) : start])
    )
    return ReportingVerb(start, end, verb, "finite", None, shared=shared, negated=negated)


def _compound(
    text: str, start: int, end: int, verb: Verb, earlier: list[ReportingVerb]
) -> ReportingVerb | None:
    before = text[max(0, start - 70) : start]
    offset = start - len(before)
    auxiliary = _AUXILIARY.search(before)
    if auxiliary:
        being = auxiliary["aux"] in ("est", "sont", "était", "étaient", "serait", "seraient")
        if bool(auxiliary["reflexive"]) != verb.reflexive or being != verb.reflexive:
            return None
        pronoun = auxiliary.span("pronoun") if auxiliary["pronoun"] else None
        if pronoun:
            pronoun = (pronoun[0] + offset, pronoun[1] + offset)
        at = offset + auxiliary.start()
        joined = re.search(r"(?<!\w)(?:et|puis|ou) \Z", text[max(0, at - 6) : at]) and _same(
            text, at, earlier
        )
        return ReportingVerb(
            at, end, verb, "compound", pronoun, shared=bool(joined), negated=bool(auxiliary["no"])
        )
    if (
        _same(text, start, earlier)
        and _SHARED.search(before)
        and not verb.reflexive
        and not _INVERTED.match(text, end)
    ):
        return ReportingVerb(start, end, verb, "compound", None, shared=True, negated=False)
    return None


def _same(text: str, at: int, earlier: list[ReportingVerb]) -> bool:
    """Whether a compound tense stands before, in the same sentence."""
    return any(
        event.tense == "compound" and not re.search(r"[.!?]\s", text[event.end : at])
        for event in earlier[-6:]
    )
