"""Question in, cited answer or honest refusal out; pure functions of a generation."""

from knowledge.answering.citing import cite
from knowledge.answering.engine import answer, select
from knowledge.answering.search import find

__all__ = ["answer", "cite", "find", "select"]
