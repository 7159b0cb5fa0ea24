"""Which extracts tell what a brief asks: events, positions, figures, days, what is not settled."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from knowledge.extracts import Extract, choose, dates_in, raised
from knowledge.generation import Generation
from knowledge.language.numbers import NumberMention, find_numbers
from knowledge.language.places import expand_places
from knowledge.language.terms import tokenize
from knowledge.press.voices import Voice, voices


def _voice_in(one: Extract, spoken: Sequence[Voice]) -> Voice | None:
    """Whose words the extract holds whole, with the speaker named in it."""
    for voice in spoken:
        said = voice.said
        if not (one.start <= said.inner_start and said.inner_end <= one.end):
            continue
        speaker = said.speaker or ""
        if speaker and speaker in one.text and said.inner_end - said.inner_start > _WORDS_OF_WEIGHT:
            return voice
    return None


_WORDS_OF_WEIGHT = 25
"""Characters of somebody's words that make a position."""


DIRECT = 0.4
"""What words in quotation marks gain over reported ones."""


def positions(
    generation: Generation,
    found: Sequence[Extract],
    most: int,
    taken: Sequence[Extract] = (),
    room: int | None = None,
) -> tuple[Extract, ...]:
    """One position for each of the speakers who say most in the dossier, named in the extract."""
    by_article: dict[str, list[Voice]] = {}
    said: Counter[str] = Counter()
    for voice in voices(generation):
        by_article.setdefault(voice.article.id, []).append(voice)
        said[voice.name] += 2 if voice.person else 1
    groups: dict[str, list[Extract]] = {}
    for one in found:
        speaking = _voice_in(one, by_article.get(one.article.id, ()))
        if speaking is not None:
            gain = DIRECT if speaking.said.form == "direct" else 0.0
            groups.setdefault(speaking.name, []).append(raised(one, gain))
    chosen: list[Extract] = []
    for name in sorted(groups, key=lambda name: (-said[name], name)):
        if len(chosen) == most:
            break
        left = None if room is None else room - sum(len(c.text) for c in chosen)
        chosen += choose(groups[name], 1, taken=(*taken, *chosen), room=left)
    return tuple(chosen)


def figures(found: Sequence[Extract]) -> list[Extract]:
    """The extracts that count something, large amounts and late ones first."""
    kept = []
    late = _lateness(found)
    for one in found:
        counted = [n for n in find_numbers(one.text) if is_figure(n)]
        if counted:
            gain = 0.3 * min(3, sum(1 + _is_large(n) for n in counted))
            kept.append(raised(one, gain + 0.5 * late(one)))
    return kept


_SMALL, _LARGE = 20, 100


def is_figure(number: NumberMention) -> bool:
    """Whether a number tells how much or how many; "deux autres membres" does not."""
    if number.kind not in ("cardinal", "fraction") or not number.unit:
        return False
    return any(c.isdigit() for c in number.text) or (number.value or number.low or 0) >= _SMALL


def _is_large(number: NumberMention) -> bool:
    return (
        "%" in number.text
        or number.unit in ("euro", "dollar")
        or (number.value or number.low or 0) >= _LARGE
    )


def dated(found: Sequence[Extract]) -> list[Extract]:
    """The extracts that give a day and a place, or at least a day."""
    kept = []
    for one in found:
        days = [
            m
            for m in dates_in(one)
            if m.certain and m.end_date is None and len(m.date or "") == _DAY
        ]
        if not days:
            continue
        kept.append(raised(one, 0.4 if _names_place(one.text) else 0.0))
    return kept


_DAY = len("2023-02-28")
_AT = re.compile(
    r"(?<!\w)(?:à|au|aux|en|dans|devant|près de|au large de) (?:la |le |l['’])?[A-ZÀ-Ý]"
)


def _names_place(text: str) -> bool:
    return bool(_AT.search(text)) or any(
        place.relation != "demonym" for place in expand_places([t.text for t in tokenize(text)])
    )


def unsettled(found: Sequence[Extract]) -> list[Extract]:
    """The extracts that tell what is not settled, those of the latest articles first."""
    late = _lateness(found)
    kept = []
    for one in found:
        outside = re.sub(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"", " ", one.text)
        asked = outside.rstrip().endswith("?") and not _RHETORICAL.search(outside)
        doubted = _pending("unsettled").search(outside)
        coming = _pending("coming").search(outside)
        if not (asked or doubted or coming):
            continue
        gain = 0.7 if asked or doubted else 0.5
        end = one.position / max(1, len(one.article.paragraphs) - 1)
        kept.append(raised(replace(one, score=0.3 * one.score), gain + 1.2 * late(one) + 0.3 * end))
    return kept


_RHETORICAL = re.compile(
    r"(?<!\w)n(?:e |['’])[^?,;:]{1,30}-(?:t-)?(?:il|elle|ils|elles|on|ce) pas(?!\w)"
)
"""A question that affirms ("n'a-t-il pas…")."""


def _lateness(found: Sequence[Extract]) -> Callable[[Extract], float]:
    """How late an extract's article is among those days: 0 the first, 1 the last."""
    days = sorted({str(one.article.published or "") for one in found})
    last = max(1, len(days) - 1)
    return lambda one: days.index(str(one.article.published or "")) / last


@cache
def _pending(name: str) -> re.Pattern[str]:
    source = resources.files("knowledge.language") / "fr" / "pending.toml"
    words = tomllib.loads(source.read_text(encoding="utf-8"))[name]
    joined = "|".join(re.escape(w).replace("'", "['’]") for w in sorted(words, key=len)[::-1])
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)
