"""What passes between the stages of reading: a file's lines and the facts found about it."""

from dataclasses import dataclass, field, fields, replace
from datetime import date

from knowledge.model import Dropped, ParagraphKind


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article; None or () where a source says nothing."""

    title: str | None = None
    publisher: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_from: str | None = None
    url: str | None = None
    language: str | None = None
    note: str | None = None

    def or_else(self, other: "Facts") -> "Facts":
        """These facts, the missing ones filled in from `other`; a date keeps its own origin."""
        missing = {
            item.name: getattr(other, item.name)
            for item in fields(self)
            if not getattr(self, item.name) and getattr(other, item.name)
        }
        if self.published:
            missing.pop("published_from", None)
        return replace(self, **missing)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph-to-be; `gap`: a blank line stood before it."""

    text: str
    gap: bool = False
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader makes of a file, or of one article of an export.

    `pasted`: web furniture is to be expected; else only what is safe in any text is cleaned.
    """

    lines: tuple[Line, ...]
    facts: Facts = Facts()
    pasted: bool = True
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The paragraphs that are left, what was dropped, and the facts with those of the text."""

    paragraphs: tuple[tuple[ParagraphKind, str], ...]
    facts: Facts
    dropped: tuple[Dropped, ...] = field(default=())
