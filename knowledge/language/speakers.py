"""Noun phrases that can speak: people with their titles, roles, bodies, pronouns."""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from knowledge.language.patterns import later
from knowledge.language.reporting import ReportingVerb, is_reporting_form
from knowledge.language.tense import sentence_bounds

NameFinder = Callable[[str], Sequence[tuple[int, int]]]
"""The spans of the proper names of a text, in order."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that may speak.

    `gender`: "m", "f" or "" when not told. `kind`: name (with or without title), role (a noun
    of fr/agents.txt), other, pronoun.
    """

    start: int
    end: int
    kind: str
    gender: str


_TITLE = r"(?:MM?\.|Mmes?|Mlle|Me|Dr|Pr|Mgr|monsieur|madame|Monsieur|Madame)(?= )"
_DETERMINER = (
    r"(?:l['’]|(?:le|la|les|un|une|des|du|son|sa|ses|leur|leurs|ce|cette|cet|ces|notre|nos|deux|trois"
    r"|quatre|cinq|plusieurs|certains|certaines|quelques|d['’]autres|de nombreux) )"
)
_START = later(rf"(?:(?P<title>{_TITLE})|(?P<det>{_DETERMINER}))", re.IGNORECASE)
_PRONOUN = later(
    r"(?:ce dernier|cette dernière|ces derniers|ces dernières|celui-ci|celle-ci|ceux-ci|celles-ci"
    r"|ils?|elles?)(?![\w-])",
    re.IGNORECASE,
)
_WORD = later(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ADJECTIVE = later(
    r"\w+(?:aise?s?|oise?s?|iens?|iennes?|aine?s?|an|ane|ales?|aux|al|elles?|els?|iques?|ifs?|ives?|aires?"
    r"|eux|euses?|ées?|és|é|istes?|ins?|ines?|ers?|ères?|iers?|ières?|khe?s?|eurs?|euf|euve"
    r"|ogue|ite|ites|ande?s?)\Z"
)
_OF = later(
    r" (?:de la |de l['’]|du |des |de |d['’]|à la |à l['’]|au |aux |en chef)", re.IGNORECASE
)
_TIMED = later(
    r"(?:le|la|les|un|une|l['’]|ce|cette|ces|deux|trois|quelques) ?(?:\w+ )?(?:\d+|an|ans"
    r"|année|années|mois|jour|jours|semaine|semaines|lendemain|veille|soir|matin|week-end|heure|heures|nuit|fois)(?!\w)",
    re.IGNORECASE,
)
_FEMININE = later(
    r"(?:la|une|sa|cette|mme|mlle|madame|l['’][^\W\d_]*(?:e|trice))(?!\w)", re.IGNORECASE
)


@cache
def _words(key: str) -> frozenset[str]:
    text = (resources.files(__package__) / "fr" / "phrases.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[key].split())


@cache
def agents() -> frozenset[str]:
    """Nouns of people, bodies and texts that can be the source of words."""
    text = (resources.files(__package__) / "fr" / "agents.txt").read_text(encoding="utf-8")
    return frozenset(
        word for line in text.splitlines() if not line.startswith("#") for word in line.split()
    )


@cache
def bodies() -> frozenset[str]:
    """Those of the agents that are no person: a club, a town hall, a ministry."""
    return _words("bodies")


def office_at(text: str, at: int, names: Sequence[tuple[int, int]]) -> int | None:
    """Where an office without an article ends ("ministre kazakh des Ports"); None without one."""
    word = _WORD.match(text, at)
    if word is None or word.group() not in agents() - bodies():
        return None
    phrase = _described(text, at, at, names)
    return phrase.end if phrase and phrase.kind == "role" else None


def phrase_at(text: str, at: int, names: Sequence[tuple[int, int]]) -> Phrase | None:
    """The noun phrase that starts there: pronoun, name, title and name, or role."""
    pronoun = _PRONOUN.match(text, at)
    if pronoun:
        return Phrase(at, pronoun.end(), "pronoun", _pronoun_gender(pronoun.group()))
    opening = _START.match(text, at)
    if opening and opening["title"]:
        name = _name_at(text, opening.end() + 1, names)
        if name is None:
            word = _WORD.match(text, opening.end() + 1)
            name = word.end() if word and word.group()[0].isupper() else None
        gender = "f" if opening["title"].lower().startswith(("mm", "ml", "mad")) else "m"
        if opening["title"] in ("Dr", "Me", "Pr"):
            gender = ""
        return Phrase(at, name, "name", gender) if name else None
    if opening and not _TIMED.match(text, at):
        return _described(text, at, opening.end(), names)
    name = _name_at(text, at, names)
    return Phrase(at, name, "name", "") if name else None


def _pronoun_gender(pronoun: str) -> str:
    return "f" if pronoun.lower().startswith(("elle", "cette", "ces dernières", "cell")) else "m"


def _name_at(text: str, at: int, names: Sequence[tuple[int, int]]) -> int | None:
    """Where the name that starts there ends, None without one."""
    for start, end in names:
        if start <= at < end and not text[start:at].strip():
            return end
    return None


def _described(text: str, at: int, head_at: int, names: Sequence[tuple[int, int]]) -> Phrase | None:
    """A determiner and what it holds: head, adjectives, complements, and a name at the end."""
    named = _name_at(text, head_at, names)
    word = _WORD.match(text, head_at)
    while (
        word
        and word.group().lower() in _words("before_noun")
        and text[word.end() : word.end() + 1] == " "
    ):
        word = _WORD.match(text, word.end() + 1)
    if not word:
        return None
    head = word.group().lower().replace("’", "'")
    role = head in agents() or head.removeprefix("ex-") in agents()
    end = named or word.end()
    kind = "name" if named and not role else "role" if role else "other"
    while True:
        following = _complement(text, end, names, titled=role)
        if following is None:
            break
        end, person = following
        if person:
            kind = "name"
            break
    if role and kind == "role" and text.startswith(", ", end):
        title = re.compile(rf"{_TITLE} ").match(text, end + 2)
        name = _name_at(text, title.end() if title else end + 2, names)
        if name and text[name : name + 1] in (",", ".", ";", ":", ""):
            end, kind = name, "name"
    gender = (
        "f"
        if _FEMININE.match(text, at)
        else "m"
        if text[at : at + 2].lower() in ("le", "un")
        else ""
    )
    if text[at : at + 3].lower() == "les":
        gender = ""
    return Phrase(at, end, kind, gender)


def _complement(
    text: str, end: int, names: Sequence[tuple[int, int]], *, titled: bool
) -> tuple[int, bool] | None:
    """(end, whether it is the person's name) of one more part of the phrase, None at its end."""
    if text[end : end + 1] != " ":
        return None
    name = _name_at(text, end + 1, names)
    if name and (titled or " " in text[end + 1 : name]):
        return name, True
    of = _OF.match(text, end)
    if of:
        if of.group().lower().startswith((" à", " au")) and not re.search(
            r"(?:délégu|conseill|ambassad|candidat|ministre|commissaire|secrétaire|représentant)"
            r"\w*\Z",
            text[max(0, end - 24) : end],
        ):
            return None
        complement = _name_at(text, of.end(), names)
        word = _WORD.match(text, of.end())
        if not word or is_reporting_form(word.group()):
            return None
        after = complement or word.end()
        more = re.match(
            r" et (?:de la |de l['’]|du |des |de |d['’])[A-ZÀ-Ý][\w’'-]*", text[after : after + 60]
        )
        return (after + more.end() if more else after), False
    word = _WORD.match(text, end + 1)
    if not word or is_reporting_form(word.group()):
        return None
    lowered = word.group()
    if lowered.islower() and (_ADJECTIVE.match(lowered) or lowered in _words("adjectives")):
        return word.end(), False
    return None


_ADVERBIAL = later(
    r"(?:,? (?:notamment|ensuite|également|aussi|encore|ainsi|alors|hier|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|mardi soir|de son côté|à son tour|pour sa part|en substance"
    r"|ce \w+di|par ailleurs|d['’]emblée|aussitôt|sur place),?)? "
)


_PLACED = later(r"(?:sur|dans|devant|auprès de|lors de|lors d['’]|à|au|en) ?(?=\w)")


def phrase_after(text: str, verb: ReportingVerb, names: Sequence[tuple[int, int]]) -> Phrase | None:
    """The subject behind an inverted verb ("a déclaré hier M. X")."""
    if verb.pronoun:
        return Phrase(*verb.pronoun, "pronoun", _pronoun_gender(text[slice(*verb.pronoun)]))
    gap = _ADVERBIAL.match(text, verb.end)
    if gap is None:
        return None
    place = _PLACED.match(text, gap.end())
    if place is None:
        return phrase_at(text, gap.end(), names)
    # "a réagi sur son compte la joueuse": the subject stands behind a complement.
    inner = phrase_at(text, place.end(), names)
    following = inner.end if inner else None
    if following is None or text[following : following + 1] != " ":
        return None
    return phrase_at(text, following + 1, names)


_CLAUSE = later(
    r"[;:–—(]|(?<!\w)(?:(?:tandis que|alors que|mais|or|car|puis|que|dont|où)(?= )|qu['’])"
)
_RELATIVE = later(r",? ?(?:qui|lequel|laquelle)(?: (?:a|ont))?\s*\Z")


def subject_before(
    text: str, verb: ReportingVerb, names: Sequence[tuple[int, int]], *, floor: int = 0
) -> Phrase | None:
    """The subject in front of a verb: beside it, or at the head of its clause.

    `floor` bounds the search to the left, as a quotation's end does.
    """
    left = max(floor, sentence_bounds(text, verb.start, verb.end)[0])
    clause = left
    for border in _CLAUSE.finditer(text, left, verb.start):
        clause = border.end()
    segments = _segments(text, clause, verb.start)
    if not segments:
        return None
    last_start, last_end = segments[-1]
    relative = _RELATIVE.search(text, last_start, last_end) if last_start < last_end else None
    if relative and len(segments) > 1 and not text[last_start : relative.start()].strip():
        segments = segments[:-1]
        last_start, last_end = segments[-1]
    elif relative:
        last_end = relative.start()
        segments[-1] = (last_start, last_end)
    if text[last_start:last_end].strip():
        return _closing(text, last_start, last_end, names)
    for start, end in segments[:-1]:
        phrase = phrase_at(text, start, names)
        if phrase and phrase.end <= max(end, phrase.end) and not _holds_verb(text, start, end):
            return phrase
    return None


def _segments(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The stretches between commas, padding out; an empty last one follows a comma."""
    segments: list[tuple[int, int]] = []
    for match in re.finditer(r"[^,]*(?:,|\Z)", text[start:stop]):
        if match.start() == match.end() and segments and text[stop - 1 : stop] != ",":
            break
        raw = match.group().removesuffix(",")
        lead = len(raw) - len(raw.lstrip(' \n«»“”"\u00a0'))
        begin = start + match.start() + lead
        segments.append((begin, max(begin, start + match.start() + len(raw.rstrip()))))
    return segments


def _closing(text: str, start: int, end: int, names: Sequence[tuple[int, int]]) -> Phrase | None:
    """The phrase that fills the last stretch before the verb, or at least ends it."""
    phrase = phrase_at(text, start, names)
    if phrase and not _holds_verb(text, phrase.end, end):
        return phrase
    for at in (m.start() for m in re.finditer(r"(?<![\w’'])\w", text[start:end])):
        found = phrase_at(text, start + at, names)
        if found and not text[found.end : end].strip():
            before = text[max(0, start + at - 6) : start + at].lower()
            if not re.search(
                r"(?:de|d['’]|à|du|des|au|aux|en|par|avec|sur|dans|et|pour|chez) ?\Z", before
            ):
                return found
    return None


def _holds_verb(text: str, start: int, end: int) -> bool:
    return any(
        m.group() in _words("finite") or is_reporting_form(m.group())
        for m in _WORD.finditer(text, start, end)
        if m.group().islower()
    )
