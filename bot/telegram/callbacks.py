"""What a button says when it is pressed: at most 64 bytes, and never trusted.

The same words serve as deep links (t.me/BOT?start=…), so only letters, digits and "-" occur.
Offsets belong to the generation that is named; in another one the quote is found again by its
check, a short hash of its text.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from knowledge.model import Article, Citation

FIELDS = ("title", "publisher", "published", "note")
REASONS = ("answer", "source", "missing", "other")

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
class Blame:
    """Say what was bad: one of REASONS."""

    question: int
    reason: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Show a quote with its source as text that one tap copies (too long for a button)."""

    generation: int
    article: str
    start: int
    end: int
    check: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Show what the dates of an answer's quotes mean."""

    question: int


@dataclass(frozen=True, slots=True)
class Alone:
    """Show what each outlet alone prints beside the copy behind an answer."""

    question: int


@dataclass(frozen=True, slots=True)
class Who:
    """Show the page of somebody (by short id of the name)."""

    person: str


@dataclass(frozen=True, slots=True)
class Events:
    """Show the dated events that name somebody (by short id); "": all events."""

    person: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Sum up an article by extracts."""

    article: str


@dataclass(frozen=True, slots=True)
class Sift:
    """List the sources of one outlet (by short id), of one year, or all (both empty)."""

    outlet: str
    year: int


@dataclass(frozen=True, slots=True)
class Speak:
    """Choose the chat's language; "auto": that of each question."""

    language: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase what is kept of who presses; or leave it."""

    sure: bool


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Make an editor a reader again."""

    user: int


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish the preview of this number, or drop it."""

    draft: int
    go: bool


@dataclass(frozen=True, slots=True)
class Rollback:
    """Put an older generation back."""

    generation: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hear nothing of the other admins' acts, or hear of them again."""

    on: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """Add the files of this upload to the dossier, or drop them."""

    upload: int
    go: bool


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct one of FIELDS of an article: of an upload, or (0) of the dossier."""

    upload: int
    article: str
    field: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take an article out of the dossier; `sure` after having been asked."""

    article: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Make a question that was asked a reference question."""

    question: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Show what a publication would change."""


@dataclass(frozen=True, slots=True)
class Still:
    """Nothing: the button only shows where one is."""


Action = (
    Read | Walk | Card | More | Suggested | Turn | Rate | Blame | Copy | Sift | Speak | Still
    | Dates | Alone | Who | Events | Brief
    | Publish | Rollback | Quiet | Stage | Correct | Remove | Reference | Preview
    | Dismiss | Erase
)  # fmt: skip

_TAGS: dict[str, type[Action]] = {
    "r": Read, "w": Walk, "a": Card, "m": More, "s": Suggested, "p": Turn, "v": Rate, "b": Blame,
    "c": Copy, "f": Sift, "l": Speak, "n": Still,
    "d": Dates, "t": Alone, "q": Who, "e": Events, "z": Brief,
    "ap": Publish, "ar": Rollback, "aq": Quiet, "as": Stage, "ac": Correct, "ax": Remove,
    "aw": Reference, "av": Preview, "ad": Dismiss, "x": Erase,
}  # fmt: skip
_TAG_OF = {kind: tag for tag, kind in _TAGS.items()}


def encode(action: Action) -> str:
    """The action as callback data: its tag, then its fields."""
    values = (getattr(action, field.name) for field in fields(action))
    return "-".join([_TAG_OF[type(action)], *map(_written, values)])


def decode(data: str | None) -> Action | None:
    """The action of callback data; None for anything that `encode` never wrote."""
    tag, *parts = (data or "").split("-")
    kind = _TAGS.get(tag)
    if kind is None or len(parts) != len(fields(kind)):
        return None
    try:
        values = [
            _READERS[str(field.type)](part) for field, part in zip(fields(kind), parts, strict=True)
        ]
    except ValueError:
        return None
    action = kind(*values)
    return action if encode(action) == data else None


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


def quote_place(action: Read | Copy, article: Article) -> tuple[int, int] | None:
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


def _written(value: int | str) -> str:
    if isinstance(value, str):
        return value
    number, digits = int(value), ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _number(text: str) -> int:
    if not 0 < len(text) <= _MAX_DIGITS or not set(text) <= set(_DIGITS):
        raise ValueError(text)
    return int(text, 36)


def _word(text: str) -> str:
    if len(text) > _MAX_DIGITS or not set(text) <= set(_DIGITS):
        raise ValueError(text)
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    str(int): _number,
    str(bool): lambda text: bool(_number(text)),
    str(str): _word,
}
