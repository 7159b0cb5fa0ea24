"""What a publication would change: articles, and answers to the reference questions; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.citation import one_line
from knowledge import answering
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Abstention, Answer, ReferenceQuestion, Reply


@dataclass(frozen=True, slots=True)
class Changed:
    """A reference question whose reply changes, or which the new generation fails."""

    question: str
    before: str
    after: str
    passes: bool


def changed_answers(
    before: Generation, after: Generation, *, most: int = 200
) -> tuple[Changed, ...]:
    """The reference questions (of both, in order) whose reply differs or no longer passes."""
    questions = {q.question: q for q in (*before.dossier.questions, *after.dossier.questions)}
    found = []
    for question in list(questions.values())[:most]:
        old = answering.answer(before, question.question)
        new = answering.answer(after, question.question)
        passed = passes(question, new)
        if said(old) != said(new) or (not passed and passes(question, old)):
            found.append(Changed(question.question, said(old), said(new), passed))
    return tuple(found)


def passes(question: ReferenceQuestion, reply: Reply) -> bool:
    """Whether the reply is what the reference question expects."""
    match reply:
        case Abstention():
            return question.refuse
        case Answer():
            if question.refuse:
                return False
            first = reply.evidence[0].article
            if question.articles and not first.startswith(tuple(question.articles)):
                return False
            text = fold(" ".join([reply.headline, *(cited.quote for cited in reply.evidence)]))
            return all(re.search(pattern, text) for pattern in question.expect)


def said(reply: Reply) -> str:
    """What a reply says, in one line: its headline, or "" for a refusal."""
    return one_line(reply.headline) if isinstance(reply, Answer) else ""


def shortened(ids: Sequence[str], most: int = 10) -> str:
    """The first ids, and how many more there are."""
    more = f"… (+{len(ids) - most})" if len(ids) > most else ""
    return ", ".join(ids[:most]) + more
