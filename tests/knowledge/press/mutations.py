"""A seeded generator of altered sentences: what a careless or dishonest draft does to a quote."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from knowledge.generation import Generation
from knowledge.language.names import find_names
from knowledge.language.numbers import find_numbers
from knowledge.language.terms import fold

Make = Callable[[str, random.Random], str | None]

_NUMBER_WORDS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "onze", "douze")
_WORD = re.compile(r"[^\W\d_]{4,}")
_NOT = re.compile(r"(?<!\w)(?:ne |n['’])(\w+) (?:pas|jamais|plus) ")
_VERB = re.compile(r"(?<!\w)(a|ont|est|sont|était|avait|sera) (?=\w)")
_CUE = re.compile(
    r"(?<![\w’'])n['’]|(?<![\w’'])(?:ne|faute de|pas|jamais|aucune?|rien|ni|sans|si"
    r"|s['’]ils?|refus\w+"
    r"|ni[eé]\w*|non|interdi\w+|doute\w*|exclu\w*|évit\w+|renonc\w+|empêch\w+|rejet\w+|échou\w+|ignor\w+)(?!\w)"
    r"|r(?:ait|aient|ions|iez)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """An altered sentence, how it was altered, and the verdicts that are right."""

    kind: str
    original: str
    text: str
    verdicts: tuple[str, ...]


def sentences(generation: Generation, least: int = 8) -> list[str]:
    """The body sentences of a dossier with at least so many words."""
    found = []
    for article in generation.dossier.articles:
        for sentence in article.sentences:
            text = article.text[sentence.start : sentence.end]
            body = article.paragraphs[sentence.paragraph].kind == "body"
            if body and least <= len(text.split()) <= 60:
                found.append(text)
    return found


def other_number(text: str, chance: random.Random) -> str | None:
    """One number of the sentence replaced by another."""
    numbers = [n for n in find_numbers(text) if n.kind in ("cardinal", "year", "score")]
    if not numbers:
        return None
    number = chance.choice(numbers)
    printed = text[number.core_start : number.core_end]
    digits = [at for at, c in enumerate(printed) if c.isdigit()]
    if digits:
        at = chance.choice(digits)
        new = chance.choice([d for d in "123456789" if d != printed[at]])
        changed = printed[:at] + new + printed[at + 1 :]
    else:
        changed = chance.choice([w for w in _NUMBER_WORDS if w != printed.lower()])
    return text[: number.core_start] + changed + text[number.core_end :]


def other_name(names: list[str]) -> Make:
    """One name replaced by another of the dossier."""

    def make(text: str, chance: random.Random) -> str | None:
        found = [n for n in find_names(text) if n.text in names]
        if not found:
            return None
        name = chance.choice(found)
        parts = set(name.text.split())
        others = [other for other in names if not parts & set(other.split())]
        return text[: name.start] + chance.choice(others) + text[name.end :] if others else None

    return make


def turned_round(text: str, chance: random.Random) -> str | None:
    """A negation taken out, or put in where there was none."""
    found = _NOT.search(text)
    if found:
        return text[: found.start()] + f"{found[1]} " + text[found.end() :]
    verbs = list(_VERB.finditer(text))
    if not verbs:
        return None
    verb = chance.choice(verbs)
    no = "n'" if verb[1][0] in "aeé" else "ne "
    return f"{text[: verb.start()]}{no}{verb[1]} pas {text[verb.end() :]}"


def disordered(text: str, chance: random.Random) -> str | None:
    """Two words of the sentence that changed places."""
    words = [m for m in _WORD.finditer(text) if m.group().islower()]
    pairs = [(a, b) for a, b in pairwise(words) if a.group() != b.group()]
    if not pairs:
        return None
    a, b = chance.choice(pairs)
    return text[: a.start()] + b.group() + text[a.end() : b.start()] + a.group() + text[b.end() :]


def mistyped(text: str, chance: random.Random) -> str | None:
    """Two letters of a common word that changed places."""
    words = [m for m in _WORD.finditer(text) if m.group().islower() and len(m.group()) > 5]
    if not words:
        return None
    word = chance.choice(words)
    at = word.start() + chance.randrange(1, len(word.group()) - 2)
    if text[at] == text[at + 1]:
        return None
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def cut_clean(text: str, chance: random.Random) -> str | None:
    """The start or the end of the sentence, where what goes holds no negation or condition."""
    # A date or number cut in two is not clean; numbers are left whole by cutting elsewhere.
    spaces = [m.start() for m in re.finditer(r" ", text)]
    spans = [(n.start, n.end) for n in find_numbers(text)]
    places = [at for at in spaces if not any(start <= at < end for start, end in spans)]
    middle = [at for at in places if 25 < at < len(text) - 25]
    if not middle:
        return None
    at = chance.choice(middle)
    kept, gone = (text[:at], text[at:]) if chance.random() < 0.5 else (text[at:], text[:at])
    return None if _CUE.search(gone) else kept.strip()


def cut_negation(text: str, _: random.Random) -> str | None:
    """What follows a negation, without it."""
    found = _NOT.search(text)
    rest = text[found.end() :] if found else ""
    rest = re.split(r"[,;:]| et | mais | qui ", rest)[0]
    return rest if len(rest.split()) >= 4 else None


def mutants(generation: Generation, seed: int, each: int) -> Iterator[Mutant]:
    """Up to so many mutants of each kind, from sentences drawn in an order of the seed."""
    chance = random.Random(seed)
    names = sorted({n for n in generation.annotations.names if len(n) > 3})
    makers: tuple[tuple[str, Make, tuple[str, ...]], ...] = (
        ("number", other_number, ("altered",)),
        # Another speaker's name is both: altered, and given to somebody else.
        ("name", other_name(names), ("altered", "misattributed")),
        ("negation", turned_round, ("altered",)),
        ("order", disordered, ("altered",)),
        ("typo", mistyped, ("altered",)),
        ("cut", cut_clean, ("exact",)),
        ("cut negation", cut_negation, ("altered",)),
    )
    pool = sentences(generation)
    for kind, make, verdicts in makers:
        found = 0
        for original in chance.sample(pool, len(pool)):
            text = make(original, chance)
            if text is None or fold(text) == fold(original):
                continue
            yield Mutant(kind, original, text, verdicts)
            found += 1
            if found == each:
                break


def retyped(text: str, chance: random.Random) -> str:
    """The same sentence as another program or person would write it: no word changes."""
    styles: tuple[Callable[[str], str], ...] = (
        lambda t: t.replace("’", "'"),
        lambda t: t.replace("'", "’"),
        lambda t: re.sub(r"« ?| ?»", '"', t),
        lambda t: t.replace("œ", "oe").replace("é", "e").replace("à", "a"),
        lambda t: re.sub(r" ", "  ", t, count=3),
        lambda t: f"« {t} »",
        lambda t: f"“{t}”",
        lambda t: f"[…] {t} …",
        lambda t: t.rstrip(".") if not t.endswith("..") else t,
        lambda t: t[0].lower() + t[1:],
        lambda t: t.upper(),
        lambda t: t,
    )
    return chance.choice(styles)(text)
