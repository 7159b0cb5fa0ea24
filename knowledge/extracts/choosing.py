"""A few extracts out of many, none of which repeats another, and their citations."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.annotations.copies import LONG, PAIRED, SURE
from knowledge.annotations.shingles import Weights, likeness
from knowledge.citing import cite
from knowledge.extracts.pieces import Extract
from knowledge.generation import Generation
from knowledge.language.dates import DateMention, dates_of
from knowledge.model import Citation, ResolvedDate

DIVERSITY = 0.7
"""What likeness to an extract already chosen costs, as a part of the best score."""
_MOST_TRIED = 400
"""Extracts among which a few are chosen: those that tell most."""
SAME = 0.6
"""From this likeness on two extracts say the same, and one of them is enough."""


def choose(
    found: Sequence[Extract],
    most: int,
    *,
    taken: Sequence[Extract] = (),
    room: int | None = None,
    an_article: int | None = None,
    among: Sequence[Extract] = (),
) -> tuple[Extract, ...]:
    """Up to so many extracts, the most telling first, none that repeats another or `taken`.

    `room`: characters that they may have together; `an_article`: how many of one article.
    What other articles print alike (in `among`, else in `found`) becomes a twin of the extract
    chosen. Ties: reading order.
    """
    among = among or found
    weights = Weights(one.told for one in among)
    left = [one for one in found if one.score > 0]
    best = max((one.score for one in left), default=0.0)
    left = sorted(left, key=lambda one: -one.score)[:_MOST_TRIED]
    near = [_likest(one, taken, weights) for one in left]
    chosen: list[Extract] = []
    while left and len(chosen) < most:
        worth = [one.score - DIVERSITY * best * like for one, like in zip(left, near, strict=True)]
        at = max(range(len(left)), key=lambda n: (worth[n], -n))
        if worth[at] <= 0:
            break
        pick, _ = left.pop(at), near.pop(at)
        full = an_article is not None and an_article <= sum(
            c.article.id == pick.article.id for c in chosen
        )
        if full or (room is not None and len(pick.text) > room):
            continue
        if _repeats(pick, (*taken, *chosen), weights):
            continue
        if room is not None:
            room -= len(pick.text)
        chosen.append(pick)
        near = [
            max(like, overlap(one, pick, weights)) for one, like in zip(left, near, strict=True)
        ]
    return tuple(_with_twins(one, among, weights) for one in chosen)


def _likest(one: Extract, others: Sequence[Extract], weights: Weights) -> float:
    return max((overlap(one, other, weights) for other in others), default=0.0)


def overlap(one: Extract, other: Extract, weights: Weights) -> float:
    """How much of the shorter of two extracts the longer one says, 0-1."""
    if one.article.id == other.article.id and one.start < other.end and other.start < one.end:
        return 1.0
    mine = [w for w in one.words if " " not in w]
    theirs = [w for w in other.words if " " not in w]
    least = min(weights.total(mine), weights.total(theirs))
    return weights.total([w for w in mine if w in other.words]) / least if least else 0.0


def _repeats(one: Extract, others: Sequence[Extract], weights: Weights) -> bool:
    return any(overlap(one, other, weights) >= SAME and not _differ(one, other) for other in others)


def _differ(one: Extract, other: Extract) -> bool:
    """Whether both give figures, and others: then they are two statements, however alike."""
    mine, theirs = (
        {w for w in each.words if w[0].isdigit() and " " not in w} for each in (one, other)
    )
    return bool(mine and theirs) and not (mine <= theirs or theirs <= mine)


def _with_twins(one: Extract, found: Sequence[Extract], weights: Weights) -> Extract:
    """The extract with what other articles print alike, one twin an article."""
    twins: dict[str, tuple[float, Extract, bool]] = {}
    for other in found:
        if other.article.id == one.article.id or not (other.told.stems and one.told.stems):
            continue
        if 3 * len(one.words & other.words) < min(len(one.words), len(other.words)):
            continue  # likeness would take its time to find the same
        score, shared = likeness(one.told, other.told, weights)
        if score < PAIRED or _differ(one, other):
            continue
        known = twins.get(other.article.id)
        if known is None or score > known[0]:
            twins[other.article.id] = (score, other, score >= SURE and shared >= LONG)
    return replace(one, twins=tuple((twin, same) for _, twin, same in twins.values()))


def by_date(found: Iterable[Extract]) -> tuple[Extract, ...]:
    """The extracts in order of publication, then of the text; undated articles last."""
    return tuple(
        sorted(
            found,
            key=lambda e: (
                e.article.published is None,
                str(e.article.published or ""),
                e.article.id,
                e.start,
            ),
        )
    )


def dates_in(one: Extract) -> tuple[DateMention, ...]:
    """The date expressions of the extract that mean something, offsets in the article."""
    return tuple(
        m
        for m in dates_of(one.article.text, one.article.published)
        if m.date is not None and one.start <= m.start and m.end <= one.end
    )


def cited(generation: Generation, one: Extract) -> Citation:
    """The extract as a citation, with its dates and its twins."""
    dates = tuple(ResolvedDate(m.text, m.date or "", m.rule) for m in dates_in(one))
    citation = cite(
        generation,
        one.article.id,
        one.start,
        one.end,
        score=one.score / (1 + one.score),
        dates=dates,
    )
    also = tuple(
        replace(cite(generation, twin.article.id, twin.start, twin.end), same_wire=same)
        for twin, same in one.twins
    )
    return replace(citation, also=also)
