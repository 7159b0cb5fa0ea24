"""Who hands words on: agencies, newspapers, stations, by their names and by their nouns."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from knowledge.language.patterns import later

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_PROPER = later(
    rf"[{_CAPITAL}][\w’'-]*(?:\.[a-z]{{2,3}}(?!\w))?(?: (?:de |du |des |de la |la |le |et )?"
    rf"(?!(?:MM?\.|Mmes?|Mlle|Me|Dr|Pr) )[{_CAPITAL}0-9][\w’'-]*){{0,3}}"
)
_TITLED = later(rf"(?:L['’]|(?:La|Le|Les) )(?=[{_CAPITAL}])")
_ADJECTIVE = (
    r"[a-zà-ÿ-]+(?:ien|ienne|ais|aise|ois|oise|ain|aine|al|ale|aux|ique|el|elle|if|ive|aire|é|ée|iste|in"
    r"|ine|and|ande|ec|usse|urc|urque|isse|elge|abe|akh|akhe)s?(?!\w)"
)
_QUALITY = rf" (?:de presse|d['’]information|d['’][ÉE]tat|en ligne|en continu|{_ADJECTIVE})"
_WORD = later(r"(?<![\w’'-])(?:[LlDd]['’])?([^\W\d_]\w*)")
_BEFORE = later(
    r"(?<![\w’'-])(?:(?P<plain>[Ll]e|[Ll]a|[Ll]es|[Tt]he|au|aux|du|des) |(?P<cut>[Ll]['’]))\Z"
)
_FITTING = {"le": ("le", "au", "du"), "les": ("les", "aux", "des")}
_SPOKEN = 4
"""Letters from which initials are read as a word and printed like one ("Tass")."""
_MOST_BEFORE = 6
"""Characters that an article in front of a name takes at most, with what bounds it."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium in a text, its article included; `joined`: "à" or "de" that the article holds."""

    start: int
    end: int
    name: str
    joined: str


def _lines(name: str) -> list[str]:
    text = (resources.files(__package__) / "fr" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def relay_words(key: str) -> str:
    """The words of a key of fr/relays.toml as alternatives of a pattern."""
    text = (resources.files(__package__) / "fr" / "relays.toml").read_text(encoding="utf-8")
    return "|".join(tomllib.loads(text)[key].split())


@cache
def _names() -> Mapping[str, list[tuple[str, str, str]]]:
    """First word -> (name without its article, the article in lower case, the name)."""
    agencies = (line.split("\t") for line in _lines("press_agencies.tsv"))
    names = [name for name, kind in agencies if kind == "wire"]
    names += [name.capitalize() for name in names if name.isupper() and len(name) >= _SPOKEN]
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name in (*names, *_lines("media.txt")):
        article = re.match(r"(?:L'|(?:Le|La|Les|The) )", name)
        bare = name[article.end() :] if article else name
        lead = article.group().strip().lower() if article else ""
        first = re.match(r"\w+", bare)
        if first:
            english = lead == "the"
            known = (bare, "" if english else lead, bare if english else name)
            found.setdefault(first.group(), []).append(known)
    return {word: sorted(names, key=lambda n: -len(n[0])) for word, names in found.items()}


@cache
def _nouns() -> re.Pattern[str]:
    determiner = r"(?:[LlDd]['’]|(?:[LlDd]es|[Ll]e|[Ll]a|[Uu]ne?|du|aux?|plusieurs|d['’]autres) )"
    return re.compile(
        rf"(?<![\w’'-])(?:{determiner}(?:(?:{relay_words('media')})(?!\w)(?:{_QUALITY}){{0,2}}"
        rf"|(?:{relay_words('vague_media')})(?:{_QUALITY}){{1,2}})"
        r"|(?P<own>(?:nos|leurs|ses) confrères (?:de |d['’]|(?=du ))))"
    )


def find_media(text: str) -> tuple[Medium, ...]:
    """The media of a text, in order: "l'agence russe Tass", "au Monde", "la presse locale"."""
    found: list[Medium] = []
    for noun in _nouns().finditer(text):
        own = bool(noun["own"])
        at = noun.end() if own else noun.end() + 1
        open_ended = own or text[at - 1 : at] == " "
        named = (_known_at(text, at) or _proper_at(text, at)) if open_ended else None
        if own and not named:
            continue
        end, name = named or (noun.end(), _with_article(noun.group()))
        found.append(Medium(noun.start(), end, name, _joined(noun.group())))
    for word in _WORD.finditer(text):
        if word[1] not in _names() or any(m.start <= word.start(1) < m.end for m in found):
            continue
        known = _known_at(text, word.start(1))
        before = _BEFORE.search(text[max(0, word.start(1) - _MOST_BEFORE) : word.start(1)])
        if known:
            start = word.start(1) - (len(before.group()) if before else 0)
            found.append(Medium(start, known[0], known[1], _joined(text[start : start + 4])))
    return tuple(sorted(found, key=lambda medium: medium.start))


def is_medium(phrase: str) -> bool:
    """Whether a phrase is nothing but a medium."""
    return any(m.start == 0 and m.end == len(phrase) for m in find_media(phrase))


def titled_at(text: str, at: int) -> int | None:
    """Where a name with an article of its own ends ("La Vigie"); None when none starts there."""
    article = _TITLED.match(text, at)
    proper = _PROPER.match(text, article.end()) if article else None
    return proper.end() if proper else None


def _known_at(text: str, at: int) -> tuple[int, str] | None:
    """(end, name) of a name of our lists there; a name with an article needs it in front."""
    lead = _TITLED.match(text, at)
    at = lead.end() if lead else at
    first = re.compile(r"\w+").match(text, at)
    before = _BEFORE.search(text[max(0, at - _MOST_BEFORE) : at])
    printed = (before["plain"] or before["cut"]).lower().replace("’", "'") if before else ""
    plain = text[at : at + 60].replace("’", "'")
    for bare, article, name in _names().get(first.group(), ()) if first else ():
        if article and printed not in _FITTING.get(article, (article,)):
            continue
        if plain.startswith(bare) and not re.match(r"[\w-]", plain[len(bare) : len(bare) + 1]):
            return at + len(bare), name
    return None


def _proper_at(text: str, at: int) -> tuple[int, str] | None:
    end = titled_at(text, at)
    if end is None:
        proper = _PROPER.match(text, at)
        end = proper.end() if proper else None
    return None if end is None else (end, text[at:end])


def _joined(printed: str) -> str:
    lowered = printed.lower()
    if lowered.startswith(("au ", "aux ")):
        return "à "
    return "de " if lowered.startswith("du ") else ""


def _with_article(printed: str) -> str:
    """A noun phrase with its plain article: "au quotidien local" is "le quotidien local"."""
    for joined, article in (("aux ", "les "), ("au ", "le "), ("du ", "le ")):
        if printed.startswith(joined):
            return article + printed[len(joined) :]
    return printed[0].lower() + printed[1:]
