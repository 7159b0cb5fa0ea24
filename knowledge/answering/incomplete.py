"""A reply to which a part of the dossier did not contribute says so."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import ParamSpec

from knowledge.answering.templates import phrase
from knowledge.model import Reply
from knowledge.retrieval.gaps import tolerated

P = ParamSpec("P")


def says_when_incomplete(answer: Callable[P, Reply]) -> Callable[P, Reply]:
    """The same, with a note when the dossier is on several machines and one does not answer."""

    @wraps(answer)
    def told(*arguments: P.args, **named: P.kwargs) -> Reply:
        with tolerated() as gaps:
            reply = answer(*arguments, **named)
        if not gaps:
            return reply
        note = phrase(reply.language, "note.incomplete")
        return replace(reply, notes=(note, *reply.notes))

    return told
