"""The short code of a reply, from all that it depends on."""

import hashlib
from collections.abc import Sequence

from knowledge.model import Language, Limits, PassageIds

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that are mistaken for one another on a phone."""


def code_of(
    digest: str,
    question: str,
    history: Sequence[str],
    *,
    language: Language,
    limits: Limits,
    exclude: PassageIds = frozenset(),
) -> str:
    """Six letters that stand for the question as asked of this state of the dossier."""
    asked = (digest, question, tuple(history), language, limits, sorted(exclude))
    # As printed by repr: borders between the parts are kept, and any text can be encoded.
    number = int.from_bytes(hashlib.sha256(repr(asked).encode()).digest()[:8], "big")
    letters = []
    for _ in range(6):
        number, rest = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[rest])
    return "".join(letters)
