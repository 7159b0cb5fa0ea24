"""What comes out of the database of generations."""

from collections.abc import Mapping
from dataclasses import dataclass

ELSEWHERE = "large.about"
"""The blob that says which other files hold the articles of a large generation."""


@dataclass(frozen=True, slots=True)
class GenerationInfo:
    """A stored generation, without its content.

    `created`: ISO, UTC; "" when it is only in memory. `recipe`: the code and word lists that
    made it.
    """

    number: int
    digest: str
    created: str
    articles: int
    recipe: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored generation with its content, as it was given to `publish`."""

    info: GenerationInfo
    head: bytes
    articles: tuple[tuple[str, bytes], ...]
    blobs: Mapping[str, bytes]

    def under(self, prefix: str) -> dict[str, bytes]:
        """The blobs whose names start so, without that."""
        return {
            name.removeprefix(prefix): blob
            for name, blob in self.blobs.items()
            if name.startswith(prefix)
        }
