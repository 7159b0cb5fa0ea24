"""French number words, digits and units: their values, from fr/numbers.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

SPACE = r"[ \u00a0\u202f]"
DIGITS = rf"(?:\d{{1,3}}(?:(?:{SPACE}\d{{3}})+|(?:\.\d{{3}})+)(?:,\d+)?|\d+(?:[.,]\d+)?)(?!\d)"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its usual name, and how many of its base it holds."""

    name: str
    factor: float
    base: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of numbers.toml; keys in lower case, as printed."""

    words: dict[str, int]
    scales: dict[str, int]
    collectives: dict[str, int]
    ordinals: dict[str, int]
    fractions: dict[str, int]
    hedges: dict[str, str]
    units: dict[str, Unit]
    one: frozenset[str]
    between: frozenset[str]
    no_unit: frozenset[str]
    labels: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The number words of French."""
    source = resources.files(__package__) / "fr" / "numbers.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    counting = table["counting"]
    return Lexicon(
        words=table["words"],
        scales=table["scales"],
        collectives=table["collectives"],
        ordinals=table["ordinals"],
        fractions=table["fractions"],
        hedges=table["hedges"],
        units={form: Unit(*values) for form, values in table["units"].items()},
        one=frozenset(counting["one"]),
        between=frozenset(counting["between"]),
        no_unit=frozenset(counting["no_unit"]),
        labels=frozenset(counting["labels"]),
    )


def digits_value(text: str) -> float:
    """The value of a number in digits: "7.500", "7 500" and "7500" are one; comma decimals.

    A dot before exactly three digits marks thousands, unless the number starts with 0.
    """
    plain = re.sub(SPACE, "", text)
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", plain):
        plain = plain.replace(".", "")
    return float(plain.replace(",", "."))


def words_value(words: list[str]) -> tuple[int, int]:
    """(value, how many of the words it takes): reading stops where they no longer add up."""
    known = lexicon().words
    total = current = used = 0
    for i, word in enumerate(words):
        if word == "et":
            continue
        value, low = known[word], current % 100
        if value == 1000:
            if total and current == 0:
                break
            total, current = total + max(current, 1) * 1000, 0
        elif value == 100:
            if current >= 10:
                break
            current = max(current, 1) * 100
        elif value == 20 and low == 4 and words[i - 1] == "quatre":
            current += 76
        elif low == 0 or _continues(low, value):
            current += value
        else:
            break
        used = i + 1
    return total + current, used


def _continues(low: int, value: int) -> bool:
    if value < 10:
        return low in (20, 30, 40, 50, 60, 70, 80, 90, 10)
    return 10 <= value < 20 and low in (60, 80)
