"""Numbers of other articles that contradict the number of an answer, in whatever words.

`disputes` tells what a number is about by its frame ("cost", "age"), for any subject. Here both
sentences must also speak of what is asked, with their titles and the sentences before them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, product

from knowledge.annotations.shingles import Weights
from knowledge.answering.asking import Asking
from knowledge.answering.concepts import Concept
from knowledge.answering.evidence import sentences_of
from knowledge.answering.features import covered
from knowledge.answering.found import Found
from knowledge.answering.line import Headline, tidy
from knowledge.answering.sides import TOPIC_SHARE, Side, topics_of
from knowledge.answering.slices import Span
from knowledge.answering.view import view
from knowledge.citing import sentence_around
from knowledge.disputes import Claim, Read, leading, number_disputes, read
from knowledge.generation import Generation
from knowledge.language.numbers import find_numbers
from knowledge.model import Article, Sentence

FEW = 120
"""Passages up to which all are read; of a larger dossier those that were found."""


def counterclaims(
    generation: Generation,
    asking: Asking,
    first: Side,
    found: Iterable[int],
    allowed: Callable[[int], bool] | None,
) -> Iterator[Side]:
    """The quotes of other articles whose number contradicts that of the first quote, in order.

    `found`: the passages that retrieval found.
    """
    if first.found is None or first.found.number is None or not first.head.typed:
        return
    topics = topics_of(asking)
    if not topics:
        return
    passages = _passages(generation, found, allowed)
    at_home = [n for n in passages if generation.passages[n].article == first.span.article]
    mine = _read(generation, at_home)
    ours = [one for one in mine if first.span.start <= one.sentence.start < first.span.end
            and _speaks(one, topics)]  # fmt: skip
    elsewhere = [n for n in passages if generation.passages[n].article != first.span.article]
    # The numbers of a passage are read only where some other article speaks of what is asked.
    if not ours or not any(_mentions(generation, number, topics) for number in elsewhere):
        return
    others = _read(generation, elsewhere)
    theirs = [one for one in others if _speaks(one, topics)]
    weights = Weights(one.told for one in (*mine, *others))
    start = first.span.start + first.found.number.core_start
    for one, other in product(ours, theirs):
        for dispute in number_disputes(one, other, weights):
            pair = (dispute.one, dispute.other)
            own = [
                c for c in pair if c.article.id == first.span.article and c.start <= start < c.end
            ]
            if len(own) == 1:
                yield _side(pair[1] if own[0] is pair[0] else pair[0])


def _passages(
    generation: Generation, found: Iterable[int], allowed: Callable[[int], bool] | None
) -> list[int]:
    """The passages that are read, in order."""
    every = range(generation.index.size) if generation.index.size <= FEW else sorted(set(found))
    return [number for number in every if allowed is None or allowed(number)]


def _speaks(one: Read, topics: Sequence[Concept]) -> bool:
    return _tells(one.article, one.before, one.text, topics)


def _tells(article: Article, before: str, text: str, topics: Sequence[Concept]) -> bool:
    shares = covered(view(f"{article.title}\n{before}\n{text}"), topics)
    return min(shares) >= TOPIC_SHARE


def _mentions(generation: Generation, number: int, topics: Sequence[Concept]) -> bool:
    """Whether a sentence of a passage with numbers speaks of the topics."""
    sentences = _numbered(generation, number)
    if not sentences:
        return False
    article = generation.article(sentences[0].article)
    return any(
        _tells(article, leading(article, before, one), article.text[one.start : one.end], topics)
        for before, one in pairwise((None, *sentences))
        if one is not None
    )


def _read(generation: Generation, passages: Iterable[int]) -> list[Read]:
    """The sentences with numbers."""
    return [one for number in passages for one in _passage(generation, number)]


def _passage(generation: Generation, number: int) -> tuple[Read, ...]:
    def compute() -> tuple[Read, ...]:
        sentences = _numbered(generation, number)
        if not sentences:
            return ()
        article = generation.article(sentences[0].article)
        return tuple(one for one in read(article, sentences) if one.numbers)

    return generation.once(("numbered", number), compute)


def _numbered(generation: Generation, number: int) -> tuple[Sentence, ...]:
    """The sentences of a passage; () where it holds no number."""
    sentences = sentences_of(generation, number)
    if not sentences:
        return ()
    text = generation.article(sentences[0].article).text
    return sentences if view(text[sentences[0].start : sentences[-1].end]).signs.numbers else ()


def _side(claim: Claim) -> Side:
    article = claim.article
    start, end = sentence_around(article, claim.start, claim.end)
    quote = article.text[start:end]
    at = (claim.start - start, claim.end - start)
    number = next((m for m in find_numbers(quote) if (m.start, m.end) == at), None)
    head = Headline(tidy(claim.words), typed=True, span=at)
    return Side(
        Span(article.id, start, end), head, quote, claim.words, Found(*at, 0.0, number=number)
    )
