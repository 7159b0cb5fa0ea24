"""How long each stage of an answer takes, measured from outside: the engine carries no clock."""

from collections.abc import Sequence

from bot.bench.clock import timed
from bot.render.plain import reply_text
from knowledge.answering import answer
from knowledge.answering.asking import ask_of
from knowledge.answering.choosing import choose
from knowledge.answering.evidence import PASSAGES, search_terms
from knowledge.generation import Generation

STAGES = ("understand", "retrieve", "select", "compose", "render")


def asked(generation: Generation, questions: Sequence[str]) -> list[float]:
    """The milliseconds of each question, from its words to the text that a reader sees."""

    def ask(question: str) -> str:
        return reply_text(answer(generation, question), generation.article)

    return [timed(ask, question)[0] for question in questions]


def staged(generation: Generation, questions: Sequence[str]) -> dict[str, list[float]]:
    """The milliseconds of each question in each stage, in the order of STAGES.

    A stage is the public function that makes it. Choosing searches, too, so its search is taken
    off; composing is what an answer takes beyond these, asked again with everything remembered.
    """
    spent: dict[str, list[float]] = {stage: [] for stage in STAGES}
    for question in questions:
        understand, asking = timed(ask_of, generation, question)
        terms = search_terms(generation, asking.text, asking.concepts)
        retrieve, _ = timed(generation.index.rank, terms, PASSAGES)
        choosing, _ = timed(choose, generation, asking, None)
        again = timed(ask_of, generation, question)[0]
        again += timed(choose, generation, asking, None)[0]
        whole, reply = timed(answer, generation, question)
        render, _ = timed(reply_text, reply, generation.article)
        figures = (
            understand, retrieve, max(0.0, choosing - retrieve), max(0.0, whole - again), render,
        )  # fmt: skip
        for stage, figure in zip(STAGES, figures, strict=True):
            spent[stage].append(figure)
    return spent
