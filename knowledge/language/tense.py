"""Whether a French sentence speaks of the past or of what is to come, at a given place.

Shallow on purpose: the verb nearest to the place, its clause first, decides. No cue: 0.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from knowledge.language.patterns import later
from knowledge.language.polarity import not_conditional

_WORD = later(r"[^\W\d_]+(?:-t)?")
_SENTENCE_END = later(
    r"[.!?…\n](?:(?<=\n)|(?<!\bMM\.)(?<!\bMgr\.)(?<!\bDr\.)(?<!\b[A-Z]\.)(?=\s|$|[»”\"]))"
)
_CLAUSE_BORDER = later(r"[,;:()–—«»“”]|(?<!\w)(?:qui|dont|où|alors que|tandis que|mais|puis)(?!\w)")
_FUTURE = later(r"\w*(?:[eiudvrt]r|aur|saur|clur|rompr)(?:a|ont)(?:-t)?\Z")
_CONDITIONAL = later(r"\w{2,}r(?:ait|aient)\Z")
_IMPERFECT = later(r"\w{2,}(?<!r)(?:ait|aient)\Z")
_PARTICIPLE = later(r"\w+(?:é|ée|és|ées)\Z")
_REACH = 600
"""Characters either side that a sentence may have; longer ones are cut at multiples of it, so
that time stays linear and neighbours share their votes."""
_SINCE = later(
    r"(?<!\w)depuis (?:l[ea]s? |l['’]|ce )?(?:fin |début |mi-|mois d[e'’] ?)?\Z", re.IGNORECASE
)
"""What began is past, though the sentence be in the future."""
_ONWARDS = later(
    r"(?<!\w)(?:à compter d(?:e|u)|(?P<open>à partir d(?:e|u)|dès)"
    r"|(?:reporté|renvoyé|repoussé|ajourné|décalé)(?:e|s|es)? (?:à|au))"
    r"(?:\s(?:le|ce))?(?:\s\w+)?\s\Z",
    re.IGNORECASE,
)
"""Before a date from which something holds, or to which it was put off."""
_TO_DO = later(
    r"(?<!\w)(?:décid|prom|prév|propos|menac|annonc)(?:é|is|u)(?:\s\w+){0,2}"
    r"\s(?:de\s|d['’])(?:ne pas\s)?\w*(?:er|ir|re)\s[^,;:.()]*\Z"
)
"""What was decided is still to be done: the date behind the infinitive is of the doing."""
_ANNOUNCED = later(
    r"(?<!\w)(?:annonc|décid|décrét|appel|autoris|promi|propos|ordonn|interdi|convoqu|prév|demand|vot"
    r"|impos|approuv|confirm|précis|adopt|lanc)(?:é|t|s|u)(?:e|s|es)?(?!\w)"
)
_AGAIN = later(r"\A(?:re|ré|r)(?=\w{4})")
_INFINITIVE = later(r"\w+(?:er|ir|re|oir)\Z")


@dataclass(frozen=True, slots=True)
class _Cues:
    future: frozenset[str]
    past: frozenset[str]
    auxiliaries: frozenset[str]
    participles: frozenset[str]
    not_future: frozenset[str]
    not_imperfect: frozenset[str]
    not_participle: frozenset[str]


@cache
def _cues() -> _Cues:
    text = (resources.files(__package__) / "fr" / "tense.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    irregular = table["irregular_participles"].split()
    return _Cues(
        future=frozenset(table["future"]),
        past=frozenset(table["past"]),
        auxiliaries=frozenset(table["auxiliaries"]),
        participles=frozenset(p + end for p in irregular for end in ("", "e", "s", "es")),
        not_future=frozenset(table["not_future"].split()),
        not_imperfect=frozenset(table["not_imperfect"].split()),
        not_participle=frozenset(table["not_participle"].split()),
    )


def is_participle(word: str) -> bool:
    """Whether a lower-case word looks like a past participle (nouns in -té are kept out)."""
    cues = _cues()
    bare = _AGAIN.sub("", word)
    return bool({word, bare} & cues.participles) or (
        bool(_PARTICIPLE.match(word)) and word not in cues.not_participle
    )


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span, by final marks and line breaks alone."""
    left = max(0, start // _REACH - 1) * _REACH
    stop = (end // _REACH + 2) * _REACH
    for match in _SENTENCE_END.finditer(text, left, start):
        left = match.end()
    right = _SENTENCE_END.search(text, end, stop)
    return left, right.start() if right else min(len(text), stop)


@lru_cache(maxsize=256)
def _votes(sentence: str) -> tuple[tuple[int, int], ...]:
    """(offset, -1 past | +1 future) for each verb cue of the sentence, in order."""
    cues = _cues()
    words = [(m.group().lower(), m.start(), m.group()) for m in _WORD.finditer(sentence)]
    votes: list[tuple[int, int]] = []
    coming = -9
    for i, (word, at, printed) in enumerate(words):
        following = [w for w, _, _ in words[i + 1 : i + 5]]
        if (is_participle(word) or word == "être") and i - coming <= 5:
            continue  # "sera publié", "doit être ouvert": the verb before has voted
        if word in cues.future:
            votes.append((at, 1))
            coming = i
        elif word in ("va", "vont", "allons", "vais"):
            if any(_INFINITIVE.match(w) for w in following[:3]):
                votes.append((at, 1))
                coming = i
        elif word in ("devait", "devaient"):
            continue
        elif word in cues.past:
            votes.append((at, -1))
        elif _FUTURE.match(word) and printed[0].islower() and word not in cues.not_future:
            if not word.endswith(("èrent", "front")):
                votes.append((at, 1))
                coming = i
        elif _would(word, following):
            votes.append((at, 1))
        elif word in cues.auxiliaries:
            closing = next((w for w in following[:3] if is_participle(w)), None)
            if (closing and closing not in cues.future) or (
                word in ("était", "étaient", "avait", "avaient") and closing is None
            ):
                votes.append((at, -1))
        elif (_IMPERFECT.match(word) and word not in cues.not_imperfect) or (
            is_participle(word) and word not in cues.future
        ):
            votes.append((at, -1))
    return tuple(votes)


def _would(word: str, following: list[str]) -> bool:
    """Whether a conditional tells what is to come ("rouvrirait"), not a rumour ("aurait vu")."""
    if not _CONDITIONAL.match(word) or word in not_conditional():
        return False
    return not (word.startswith(("aur", "ser")) and any(map(is_participle, following[:3])))


def _ahead(before: str) -> bool:
    """Whether what stands before a date in its sentence points to a day to come."""
    onwards = _ONWARDS.search(before)
    if onwards and onwards["open"]:
        return bool(_ANNOUNCED.search(before))
    return bool(onwards or _TO_DO.search(before))


def direction(text: str, start: int, end: int) -> int:
    """-1 when the words around the span tell the past, +1 what is to come, 0 without a cue."""
    if _SINCE.search(text, max(0, start - 30), start):
        return -1
    left, right = sentence_bounds(text, start, end)
    sentence = text[left:right]
    if _ahead(text[left:start]):
        return 1
    votes = _votes(sentence)
    if not votes:
        return 0
    here, there = start - left, end - left
    borders = [m.start() for m in _CLAUSE_BORDER.finditer(sentence)]

    def distance(vote: tuple[int, int]) -> tuple[int, int]:
        at = vote[0]
        low, high = (at, here) if at < here else (there, at)
        crossed = sum(1 for b in borders if low <= b < high)
        return crossed, high - low

    return min(votes, key=distance)[1]
