"""What each source says of a subject, side by side, and where sources do not agree.

No winner is named. What a later article gives otherwise may be news and not a contradiction: the
days tell the two apart, and where a day is unknown the reader is told that it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import combinations
from typing import Literal

from knowledge.annotations.copies import SURE
from knowledge.annotations.shingles import Weights, likeness, statement
from knowledge.citing import cite, sentence_around
from knowledge.disputes import (
    SAME_TIME,
    Claim,
    Dispute,
    Kind,
    disputes,
    frame_forms,
    frames_by_sentence,
    frames_of,
    read,
)
from knowledge.extracts import (
    Extract,
    by_date,
    choose,
    cited,
    coverage,
    extracts,
    held,
    words_of,
)
from knowledge.generation import Generation
from knowledge.model import Article, Citation, Sentence
from knowledge.press.coverage import MOST_READ
from knowledge.subject import Term, read_subject

Relation = Literal["contradiction", "update", "undated"]
"""Both at the same time; the later one may be news; a date is missing, so nobody can tell."""


@dataclass(frozen=True, slots=True)
class Source:
    """What one article says of the subject: one or two extracts in the order of its text."""

    article: str
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What sources give otherwise: each side the sentence, `words[n]` what differs in side n.

    Sides in order of publication. `days`: between the first and the last publication.
    """

    kind: Kind
    relation: Relation
    sides: tuple[Citation, ...]
    words: tuple[str, ...]
    days: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A subject in each source that speaks of it, in order of publication; empty without one.

    `missing`: the words of the subject that no article holds.
    """

    subject: str
    sources: tuple[Source, ...]
    differences: tuple[Difference, ...]
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sources)


HELD = 0.6
"""The part of the subject, by weight, that an article's passage has to hold."""
HELD_ALONE = 0.8
"""The same for a subject of one word: a synonym may be another thing."""
_EXTRACTS = 2


def compare(generation: Generation, subject: str) -> Comparison:
    """What each article says of the subject, and where they differ.

    An article speaks of it when a passage or its title holds every name of the subject and at
    least 60 % of its weight. Empty (and false) when none does.
    """
    subject = subject.strip()
    terms = tuple(map(_with_frame, read_subject(generation, subject)))
    missing = tuple(term.text for term in terms if not term.known)
    if not terms or any(term.named and not term.known for term in terms):
        return Comparison(subject, (), (), missing)
    told = [
        (article, chosen)
        for article in _by_date(_likely(generation, subject))
        if (chosen := about(generation, article, terms))
    ]
    if len(told) > MOST_SOURCES:
        best = sorted(told, key=lambda one: -max(e.score for e in one[1]))[:MOST_SOURCES]
        told = [one for one in told if one in best]
    sources = tuple(
        Source(article.id, tuple(replace(cited(generation, e), also=()) for e in by_date(chosen)))
        for article, chosen in told
    )
    speaking = [(article, tuple(_sentences(article, terms))) for article, _ in told]
    return Comparison(subject, sources, _differences(generation, speaking), missing)


MOST_FOUND, MOST_SOURCES = 40, 12
"""Articles of an archive that are looked into, and sources that are set side by side."""


def about(
    generation: Generation, article: Article, terms: Sequence[Term], most: int = _EXTRACTS
) -> tuple[Extract, ...]:
    """The best extracts of an article on these terms; () when it does not speak of them."""
    title = words_of(article.title)
    framed = generation.once(("frames", article.id), partial(frames_by_sentence, article))
    graded = []
    for one in extracts(generation, (article,)):
        own_words = one.words | framed[one.sentence.start]
        wide = own_words | title | _paragraph(article, one.sentence)
        own = coverage(own_words, terms)
        if not _speaks(wide, terms) or not (own or _speaks(title, terms)):
            continue
        lost = sum(t.named and not s for t, s in zip(terms, held(own_words, terms), strict=True))
        worth = 2 * max(0.2, own - 0.2 * lost) + 0.5 * one.score
        graded.append(replace(one, score=worth * (1 - 0.6 * one.leans)))
    # Beside a sentence on "the cost of the bridge", one on the bridge alone is beside the point.
    told = [_share(one.words | framed[one.sentence.start], terms) for one in graded]
    most_told = max(told, default=0)
    graded = [one for one, n in zip(graded, told, strict=True) if n == most_told]
    best = max((one.score for one in graded), default=0.0)
    return choose([one for one in graded if one.score >= _NEARLY * best], most)


def _share(words: frozenset[str], terms: Sequence[Term]) -> int:
    """How many words of the subject, names apart, these words hold."""
    shares = held(words, terms)
    return sum(bool(s) for t, s in zip(terms, shares, strict=True) if t.known and not t.named)


def _with_frame(term: Term) -> Term:
    """The term with the numbers that tell it: "le coût" is told wherever a price is given."""
    framed = frame_forms(term.text)
    return replace(term, forms=(*term.forms, *framed), known=True) if framed else term


_NEARLY = 0.5
"""A second extract is worth at least this part of the first."""


def _speaks(words: frozenset[str], terms: Sequence[Term]) -> bool:
    shares = held(words, terms)
    if any(term.named and not share for term, share in zip(terms, shares, strict=True)):
        return False
    # "la visite de X" is not spoken of where X is named without any visit.
    plain = [s for t, s in zip(terms, shares, strict=True) if not t.named and t.known]
    enough = HELD if len(terms) > 1 else HELD_ALONE
    return (not plain or any(plain)) and coverage(words, terms) >= enough


def _likely(generation: Generation, subject: str) -> list[Article]:
    """The articles that may speak of the subject: all, or those that search finds in an archive."""
    cards = list(generation.cards())
    if len(cards) <= MOST_READ:
        return [generation.article(card.id) for card in cards]
    hits = generation.index.search(subject, MOST_READ)
    found = dict.fromkeys(generation.passages[hit.passage].article for hit in hits)
    return [generation.article(name) for name in list(found)[:MOST_FOUND]]


def _by_date(articles: Sequence[Article]) -> list[Article]:
    return sorted(articles, key=lambda a: (a.published or date.max, a.id))


def _paragraph(article: Article, sentence: Sentence) -> frozenset[str]:
    place = article.paragraphs[sentence.paragraph]
    return words_of(article.text[place.start : place.end])


def _sentences(article: Article, terms: Sequence[Term]) -> Iterator[Sentence]:
    """The body sentences whose paragraph, with the title, speaks of the subject."""
    title = words_of(article.title)
    for sentence in article.sentences:
        if article.paragraphs[sentence.paragraph].kind != "body":
            continue
        own = frames_of(article.text[sentence.start : sentence.end])
        if _speaks(_paragraph(article, sentence) | title | own, terms):
            yield sentence


def _differences(
    generation: Generation, speaking: Sequence[tuple[Article, Sequence[Sentence]]]
) -> tuple[Difference, ...]:
    parsed = [read(article, sentences) for article, sentences in speaking]
    weights = Weights(one.told for ones in parsed for one in ones)
    found: list[Dispute] = []
    for left, right in combinations(parsed, 2):
        found += _once_each(disputes(left, right, weights))
    return tuple(_told(generation, group) for group in _grouped(found))


def _once_each(found: Iterator[Dispute]) -> list[Dispute]:
    """One dispute of a thing between two articles: the first in reading order."""
    kept: dict[tuple[Kind, str], Dispute] = {}
    for dispute in found:
        kept.setdefault((dispute.kind, dispute.about), dispute)
    return list(kept.values())


def _grouped(found: Sequence[Dispute]) -> list[list[Dispute]]:
    """Disputes about one thing between several articles together, in order of the first."""
    groups: dict[tuple[Kind, str], list[Dispute]] = {}
    for dispute in found:
        groups.setdefault((dispute.kind, dispute.about), []).append(dispute)
    return list(groups.values())


def _told(generation: Generation, group: Sequence[Dispute]) -> Difference:
    claims: dict[str, Claim] = {}
    for dispute in group:
        for claim in (dispute.one, dispute.other):
            claims.setdefault(claim.article.id, claim)
    ordered = sorted(claims.values(), key=lambda c: (c.article.published or date.max, c.article.id))
    ordered, twins = _without_copies(ordered)
    days = [c.article.published for c in ordered if c.article.published]
    return Difference(
        group[0].kind,
        _relation(group),
        tuple(_side(generation, claim, twins[claim.article.id]) for claim in ordered),
        tuple(claim.words for claim in ordered),
        (days[-1] - days[0]).days if len(days) == len(ordered) else None,
    )


def _relation(group: Sequence[Dispute]) -> Relation:
    """A contradiction as soon as two claims of one time stand against each other."""
    apart: list[Relation] = []
    for dispute in group:
        first, second = dispute.one, dispute.other
        if first.day and first.day == second.day and dispute.kind != "date":
            return "contradiction"
        if first.article.published is None or second.article.published is None:
            apart.append("undated")
        elif abs((second.article.published - first.article.published).days) <= SAME_TIME:
            return "contradiction"
        else:
            apart.append("update")
    return "undated" if "undated" in apart else "update"


def _without_copies(
    ordered: Sequence[Claim],
) -> tuple[list[Claim], dict[str, list[Claim]]]:
    """The claims without those that print an earlier one's sentence again, and these by article."""
    kept: list[Claim] = []
    twins: dict[str, list[Claim]] = {}
    weights = Weights(statement(c.article, c.sentence) for c in ordered)
    for claim in ordered:
        told = statement(claim.article, claim.sentence)
        first = next(
            (k for k in kept
             if k.words == claim.words
             and likeness(statement(k.article, k.sentence), told, weights)[0] >= SURE),
            None,
        )  # fmt: skip
        if first is None:
            kept.append(claim)
            twins[claim.article.id] = []
        else:
            twins[first.article.id].append(claim)
    return kept, twins


def _side(generation: Generation, claim: Claim, twins: Sequence[Claim]) -> Citation:
    start, end = sentence_around(claim.article, claim.start, claim.end)
    also = tuple(replace(_side(generation, twin, ()), same_wire=True) for twin in twins)
    return replace(cite(generation, claim.article.id, start, end), also=also)
