"""Text for people as lines with a role each, so that every surface styles the same words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Role = Literal["title", "good", "bad", "quote", "source", "note", "text"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it says, what it is, and how far it is indented; "" is a blank line."""

    text: str = ""
    role: Role = "text"
    indent: int = 0


def lines_text(lines: Iterable[Line]) -> str:
    """The lines as plain text, no final newline."""
    return "\n".join(" " * line.indent + line.text if line.text else "" for line in lines)
