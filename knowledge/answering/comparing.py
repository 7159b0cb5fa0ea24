"""Two articles or more on one subject: what each says, and what they give otherwise."""

import re
from collections.abc import Sequence
from itertools import combinations

from knowledge.annotations.shingles import Weights
from knowledge.answering.asking import Asking
from knowledge.answering.concepts import Concept
from knowledge.answering.subjects import ALL_TOLD, Allowed, Subject, about, best_of, named_so
from knowledge.answering.templates import phrase
from knowledge.disputes import Claim, disputes, read
from knowledge.extracts import Extract, by_date, choose
from knowledge.generation import Generation
from knowledge.language.dates import spell_date
from knowledge.language.terms import word_list
from knowledge.model import Article

ROOM_COMPARED = 540
"""Characters of the extracts under a headline that gives what each side says."""
LONGEST_COMPARED = 270
"""Characters of one of them."""


def compared(
    generation: Generation,
    asking: Asking,
    subject: Subject,
    articles: Sequence[Article],
    allowed: Allowed,
) -> tuple[str, tuple[Extract, ...]] | None:
    """(headline, extracts): what articles give otherwise, else what each says best.

    None when the dossier does not hold the subject.
    """
    if not subject.concepts:
        return None
    if beside := _sides_of(generation, asking, subject, articles, allowed):
        return beside
    found = about(
        generation, asking, subject, articles, allowed, longest=LONGEST_COMPARED, strict=True
    )
    by_article: dict[str, list[Extract]] = {}
    for one in found:
        by_article.setdefault(one.article.id, []).append(one)
    if not by_article:
        return None
    claims = _claims(list(by_article.values()))
    room = ROOM_COMPARED
    chosen: list[Extract] = []
    ranked = sorted(by_article.values(), key=lambda ones: -max(e.score for e in ones))
    ranked.sort(key=lambda ones: ones[0].article.id not in {c.article.id for c in claims})
    for ones in ranked[:5]:
        claiming = [e for e in ones if any(_holds(e, claim) for claim in claims)]
        picked = choose(claiming or ones, 1, taken=chosen, room=room, among=found)
        chosen += picked
        room -= sum(len(e.text) for e in picked)
    told = by_date(chosen)
    same = 1 + len(told[0].twins) if told else 1
    held_claims = [c for c in claims if any(_holds(e, c) for e in told)]
    sides = _sides(asking, held_claims)
    key, count = "compare", len(told)
    if len(told) < 2:
        key, count = ("compare_one", 1) if same == 1 else ("compare_same", same)
        told = by_date(best_of(found, 2))
    elif sides:
        key = "differ"
    if not named_so(generation, subject, told):
        key = f"{key}_plain"
    slots = {"subject": subject.text, "articles": count}
    head = phrase(asking.language, f"brief.{key}", sides=sides, **slots)
    if sides and len(head) + sum(len(one.text) for one in told) > ALL_TOLD:
        sides = _sides(asking, held_claims, brief=True)
        head = phrase(asking.language, f"brief.{key}", sides=sides, **slots)
    return head, told


def _sides_of(
    generation: Generation,
    asking: Asking,
    subject: Subject,
    articles: Sequence[Article],
    allowed: Allowed,
) -> tuple[str, tuple[Extract, ...]] | None:
    """Two names compared ("la position de A et de B"): extracts on each; None for another kind."""
    groups: list[list[Concept]] = []
    stances = word_list("fr/stances.txt")
    plain = [c for c in subject.concepts if not c.named and c.surface not in stances]
    for before, concept in zip([None, *subject.concepts], subject.concepts, strict=False):
        if not concept.named:
            continue
        joins = asking.text[before.end : concept.start] if before and before.named else " et "
        if _BETWEEN.search(joins) or not groups:
            groups.append([])
        groups[-1].append(concept)
    if len(groups) != 2 or not _OPPOSED.search(asking.text[groups[0][-1].end : groups[1][0].start]):
        return None
    chosen: list[Extract] = []
    for group in groups:
        own = Subject((*plain, *group), subject.text)
        found = about(generation, asking, own, articles, allowed) or about(
            generation, asking, Subject(tuple(group), subject.text), articles, allowed
        )
        picked = best_of(
            [one for one in found if not _overlaps(one, chosen)], 2, room=ROOM_COMPARED // 2
        )
        if not picked:
            return None
        chosen += picked
    told = by_date(chosen)
    key = "brief.beside" if named_so(generation, subject, told) else "brief.beside_plain"
    return phrase(asking.language, key, subject=subject.text, count=len(told)), told


_BETWEEN = re.compile(r"\b(?:et|and|avec|with|и)\b|,")
_OPPOSED = re.compile(r"\b(?:et|and|avec|with|и)\b")


def _overlaps(one: Extract, others: Sequence[Extract]) -> bool:
    return any(
        one.article.id == o.article.id and one.start < o.end and o.start < one.end for o in others
    )


def _claims(groups: Sequence[Sequence[Extract]]) -> list[Claim]:
    """What articles give otherwise about the subject, in order of publication."""
    parsed = [
        read(ones[0].article, sorted({e.sentence for e in ones}, key=lambda s: s.start))
        for ones in groups
    ]
    weights = Weights(one.told for ones in parsed for one in ones)
    kept: dict[str, Claim] = {}
    about = ""
    for left, right in combinations(parsed, 2):
        for dispute in disputes(left, right, weights):
            about = about or f"{dispute.kind} {dispute.about}"
            if about == f"{dispute.kind} {dispute.about}":
                kept.setdefault(dispute.one.article.id, dispute.one)
                kept.setdefault(dispute.other.article.id, dispute.other)
    return sorted(kept.values(), key=lambda c: (str(c.article.published or "9"), c.article.id))


def _holds(one: Extract, claim: Claim) -> bool:
    return one.article.id == claim.article.id and one.start <= claim.start and claim.end <= one.end


def _sides(asking: Asking, claims: Sequence[Claim], *, brief: bool = False) -> str:
    """What each side gives, with its outlet; "" for less than two."""
    if len({claim.words for claim in claims}) < 2:
        return ""
    between = phrase(asking.language, "headline.between")
    told = {claim.words: claim for claim in reversed(claims)}  # the first to say so
    names = [claim.article.publisher or "" for claim in told.values()]
    return between.join(
        phrase(
            asking.language,
            "headline.side",
            words=claim.words,
            source=_source(asking, claim.article, dated=names.count(name) > 1, brief=brief),
        )
        for claim, name in reversed([*zip(told.values(), names, strict=True)])
    )


def _source(asking: Asking, article: Article, *, dated: bool, brief: bool) -> str:
    """The outlet, with the day where another side is of the same one; if brief, the day alone."""
    name = article.publisher or article.agency or article.title
    if not dated or article.published is None:
        return name
    spelled = spell_date(article.published.isoformat(), asking.language)
    day = _WEEKDAY.sub("", spelled)
    return day if brief else f"{name}, {day}"


_WEEKDAY = re.compile(r"\A\D+(?=\d)")
