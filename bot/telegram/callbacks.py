"""What a button says when it is pressed: at most 64 bytes, and never trusted.

The same words serve as deep links (t.me/BOT?start=…), so only letters, digits and "-" occur.
Offsets belong to the generation that is named; in another one the quote is found again by its
check, a short hash of its text.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model import Article, Citation

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MAX_DIGITS = 12
FARTHEST = 5000
"""Characters a quote is looked for on each side of its old place: 15 ms at most, forged or not."""


@dataclass(frozen=True, slots=True)
class Read:
    """Show a quote in its place. `article` is a short id, `check` the quote's hash."""

    generation: int
    article: str
    start: int
    end: int
    check: str


@dataclass(frozen=True, slots=True)
class Walk:
    """Show the paragraph at this position of an article."""

    article: str
    position: int


@dataclass(frozen=True, slots=True)
class Card:
    """Show what is known of an article."""

    article: str


@dataclass(frozen=True, slots=True)
class More:
    """Show other passages for a question already asked, by its number in the state."""

    question: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """Ask a suggested question: the nth of those shown with a question (0: with /start)."""

    question: int
    position: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Show another page (from 0) of a long message kept in the state."""

    kept: int
    page: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Say that an answer was good or bad."""

    question: int
    good: bool


@dataclass(frozen=True, slots=True)
class Still:
    """Nothing: the button only shows where one is."""


Action = Read | Walk | Card | More | Suggested | Turn | Rate | Still


def encode(action: Action) -> str:
    """The action as callback data."""
    match action:
        case Read(generation, article, start, end, check):
            return f"r-{_small(generation)}-{article}-{_small(start)}-{_small(end)}-{check}"
        case Walk(article, position):
            return f"w-{article}-{_small(position)}"
        case Card(article):
            return f"a-{article}"
        case More(question):
            return f"m-{_small(question)}"
        case Suggested(question, position):
            return f"s-{_small(question)}-{_small(position)}"
        case Turn(kept, page):
            return f"p-{_small(kept)}-{_small(page)}"
        case Rate(question, good):
            return f"v-{_small(question)}-{int(good)}"
        case Still():
            return "n"


def decode(data: str | None) -> Action | None:
    """The action of callback data; None for anything that `encode` never wrote."""
    try:
        action = _read((data or "").split("-"))
    except ValueError:
        return None
    return action if action is not None and encode(action) == data else None


def _read(parts: list[str]) -> Action | None:
    match parts:
        case ["r", generation, article, start, end, check] if _word(article) and _word(check):
            return Read(_number(generation), article, _number(start), _number(end), check)
        case ["w", article, position] if _word(article):
            return Walk(article, _number(position))
        case ["a", article] if _word(article):
            return Card(article)
        case ["m", question]:
            return More(_number(question))
        case ["s", question, position]:
            return Suggested(_number(question), _number(position))
        case ["p", kept, page]:
            return Turn(_number(kept), _number(page))
        case ["v", question, ("0" | "1") as good]:
            return Rate(_number(question), good == "1")
        case ["n"]:
            return Still()
    return None


def read_action(citation: Citation, generation: int) -> Read:
    """The action that shows this citation in its place."""
    return Read(
        generation,
        short_id(citation.article),
        citation.start,
        citation.end,
        check_of(citation.quote),
    )


def short_id(article_id: str) -> str:
    """Eight letters that stand for an article's id."""
    return hashlib.blake2s(article_id.encode("utf-8", "replace"), digest_size=4).hexdigest()


def check_of(quote: str) -> str:
    """Six letters that stand for the text of a quote."""
    return hashlib.blake2s(quote.encode("utf-8", "replace"), digest_size=3).hexdigest()


def article_of(short: str, articles: Iterable[Article]) -> Article | None:
    """The article whose short id this is; None when it is gone."""
    return next((article for article in articles if short_id(article.id) == short), None)


def quote_place(action: Read, article: Article) -> tuple[int, int] | None:
    """Where the quote stands in the article as it is now; None when its words are gone."""
    text, width = article.text, action.end - action.start
    if not 0 < width <= len(text):
        return None
    # An article that was corrected keeps most quotes near their old place: try outwards from it.
    last = len(text) - width
    near = min(action.start, last)
    for distance in range(min(max(near, last - near), FARTHEST) + 1):
        for start in (near - distance, near + distance):
            if 0 <= start <= last and check_of(text[start : start + width]) == action.check:
                return start, start + width
    return None


def _small(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _number(text: str) -> int:
    if not 0 < len(text) <= _MAX_DIGITS or not set(text) <= set(_DIGITS):
        raise ValueError(text)
    return int(text, 36)


def _word(text: str) -> bool:
    return 0 < len(text) <= _MAX_DIGITS and set(text) <= set(_DIGITS)
