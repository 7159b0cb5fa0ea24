"""Whom a pronoun that speaks stands for: the last fitting actor before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.language.patterns import later
from knowledge.language.places import place_keys
from knowledge.language.quote_marks import find_marked
from knowledge.language.speakers import Phrase, phrase_at

_SENTENCE = later(
    r"(?:\A|(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\bMM\.)(?<!\bMgr\.)(?<!\bDr\.)\s+|\n+)(?=\S)"
)
_LEADING = later(r"[^,.;:!?]{1,60}, ")
_PLACE = later(
    r"(?<!\w)(?:à|en|au|aux|dans|vers|depuis|de|d['’]|du|des|entre|par|sur) ?\Z", re.IGNORECASE
)
_LONGEST = 4000
"""A longer paragraph is no prose that could be trusted, and would cost too much."""
_LAST = later(r"ce(?:tte|s)? derni|ce(?:lui|lle|ux|lles)-ci", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Actor:
    text: str
    gender: str
    subject: bool
    start: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a paragraph: the spans of its names, and of who speaks in it."""

    names: Sequence[tuple[int, int]]
    spoken: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Place:
    """A text to look for an actor in, and what is known of it."""

    text: str
    told: Told


def resolve(pronoun: str, gender: str, places: Sequence[Place]) -> tuple[str, bool] | None:
    """(the actor's words, whether it is the only one that fits), None when nobody fits.

    `places`: the paragraph up to the pronoun, then the one before it, which counts when the
    first names nobody.
    """
    plural = pronoun.lower().startswith(("ils", "elles", "ces", "ceux", "celles"))
    for place in places:
        fitting = [
            actor
            for actor in _actors(place.text, place.told)
            if actor.gender in ("", gender) and _is_plural(actor.text) == plural
        ]
        if not fitting:
            continue
        subjects = [actor for actor in fitting if actor.subject]
        last = bool(_LAST.match(pronoun))
        chosen = (fitting if last or not subjects else subjects)[-1]
        others = {key for actor in fitting if (key := _key(actor.text)) != _key(chosen.text)}
        # The only subject of several sentences goes on being it, whoever else is named.
        steady = len(subjects) > 1 and len({_key(actor.text) for actor in subjects}) == 1
        return chosen.text, last or steady or not others
    return None


def _key(text: str) -> str:
    return re.split(r"[ ’']", text.lower())[-1]


def _is_plural(text: str) -> bool:
    return bool(
        re.match(
            r"(?:les|des|deux|trois|plusieurs|certains|certaines|ces|MM\.)\s", text, re.IGNORECASE
        )
    )


def _actors(text: str, told: Told) -> list[_Actor]:
    """Subjects at the head of sentences and other names, in order; quoted words do not count."""
    marked = [m for m in find_marked(text) if m.depth == 0]

    def quoted(at: int) -> bool:
        return any(m.start <= at < m.end for m in marked)

    if len(text) > _LONGEST:
        return []
    names = [span for span in told.names if span[1] <= len(text)]
    heads: list[Phrase] = []
    for span in told.spoken:
        phrase = phrase_at(text, span[0], names) if span[1] <= len(text) else None
        if phrase and phrase.kind != "pronoun":
            heads.append(phrase)
    for sentence in _SENTENCE.finditer(text):
        at = sentence.end()
        if quoted(at):
            continue
        phrase = phrase_at(text, at, names)
        leading = _LEADING.match(text, at)
        if (phrase is None or phrase.kind == "other") and leading:
            phrase = phrase_at(text, leading.end(), names)
        if phrase and phrase.kind in ("name", "role") and phrase not in heads:
            heads.append(phrase)
    actors = [_Actor(text[p.start : p.end], p.gender, subject=True, start=p.start) for p in heads]
    for start, end in names:
        inside = any(p.start <= start < p.end for p in heads)
        lone = " " not in text[start:end]
        if inside or quoted(start) or (lone and _PLACE.search(text[max(0, start - 8) : start])):
            continue
        if place_keys(text[start:end]):
            continue  # a country is "il" too, but hardly after a person
        title = re.search(r"(?:M\.|Mme|Mlle) \Z", text[max(0, start - 5) : start])
        gender = "" if not title else "m" if title.group().startswith("M.") else "f"
        named = start - len(title.group()) if title else start
        actors.append(_Actor(text[named:end], gender, subject=False, start=named))
    return sorted(actors, key=lambda actor: actor.start)
