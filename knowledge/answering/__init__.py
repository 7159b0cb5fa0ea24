"""Question in, cited answer or honest refusal out; pure functions of a generation."""

from knowledge.answering.engine import answer, offers, select
from knowledge.answering.search import find
from knowledge.citing import cite

__all__ = ["answer", "cite", "find", "offers", "select"]
