"""The dated events of a dossier, oldest first: when it happened, not when it was printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.annotations.shingles import Statement, Weights, likeness
from knowledge.annotations.shingles import statement as statement_of
from knowledge.citing import cite, sentence_around
from knowledge.generation import Generation, Shelved
from knowledge.language.calendars import first_day, last_day
from knowledge.language.clauses import clauses
from knowledge.language.dates import DateMention, dates_of
from knowledge.language.terms import fold
from knowledge.model import Article, Citation, Limits, ResolvedDate, Sentence
from knowledge.press.people import people


@dataclass(frozen=True, slots=True)
class Event:
    """Something with a date: `date` and `end` are "YYYY[-MM[-DD]]", `end` only for a period.

    `text`: the words that tell it, cut from the evidence; `certain` is False when the date has a
    second reading; `rule` says how it was worked out.
    """

    date: str
    end: str | None
    certain: bool
    rule: str
    text: str
    evidence: tuple[Citation, ...]


SAME_EVENT = 0.5
"""How alike two sentences of one date are to be one event told twice."""

EVERYTHING = Limits()

_SHORTEST = 30
"""Characters of a clause that says enough to stand alone."""


def needs_a_name(generation: Generation) -> bool:
    """Whether a timeline of all would take minutes: of a dossier kept on disk."""
    return isinstance(generation.dossier.articles, Shelved)


def timeline(
    generation: Generation, name: str | None = None, limits: Limits = EVERYTHING
) -> tuple[Event, ...]:
    """The events of the dossier; with `name` those whose sentence names that person or body.

    The period of `limits` is that of the events, both ends in; its outlets and articles limit
    the sources. Dates that no publication date anchors are left out.
    """
    named = _pattern(generation, name) if name else None
    found: dict[tuple[str, str | None], list[tuple[Event, Statement]]] = {}
    for article in generation.dossier.articles:
        if not _is_allowed(article, limits) or (named and not named.search(article.text)):
            continue
        for event, sentence in _events(generation, article):
            if named and not named.search(article.text, sentence.start, sentence.end):
                continue
            if _is_within(event, limits):
                told = statement_of(article, sentence)
                found.setdefault((event.date, event.end), []).append((event, told))
    weights = Weights(told for group in found.values() for _, told in group)
    merged = [event for group in found.values() for event in _told_once(group, weights)]
    return tuple(
        sorted(merged, key=lambda event: (first_day(event.date), last_day(event.end or event.date)))
    )


def _pattern(generation: Generation, name: str) -> re.Pattern[str]:
    persons = people(generation).find(name)
    names = [n for p in persons[:1] for n in (p.name, *p.aliases, *p.roles)] or [name]
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)


def _is_allowed(article: Article, limits: Limits) -> bool:
    if limits.articles and article.id not in limits.articles:
        return False
    outlet = fold(f"{article.publisher or ''} {article.agency or ''}")
    return not limits.outlets or any(wanted in outlet for wanted in limits.outlets)


def _is_within(event: Event, limits: Limits) -> bool:
    if limits.since and last_day(event.end or event.date) < limits.since:
        return False
    return not (limits.until and first_day(event.date) > limits.until)


def _events(generation: Generation, article: Article) -> Iterator[tuple[Event, Sentence]]:
    """The events of one article's body: one for each date of a sentence."""
    mentions = [m for m in dates_of(article.text, article.published) if m.date]
    for sentence in article.sentences:
        if article.paragraphs[sentence.paragraph].kind != "body":
            continue
        inside = [m for m in mentions if sentence.start <= m.start < sentence.end]
        seen: set[tuple[str, str | None]] = set()
        for mention in inside:
            if mention.date is None or (mention.date, mention.end_date) in seen:
                continue
            seen.add((mention.date, mention.end_date))
            yield _event(generation, article, mention, inside), sentence


def _event(
    generation: Generation, article: Article, mention: DateMention, inside: Sequence[DateMention]
) -> Event:
    start, end = sentence_around(article, mention.start, mention.end)
    resolved = ResolvedDate(mention.text, mention.date or "", mention.rule)
    cited = cite(generation, article.id, start, end, dates=(resolved,))
    text = cited.quote
    if len(inside) > 1:
        dated = [m.start - start for m in inside if start <= m.start < end]
        text = _own_part(cited.quote, mention.start - start, dated)
    return Event(
        mention.date or "", mention.end_date, mention.certain, mention.rule, text, (cited,)
    )


def _own_part(sentence: str, at: int, dated: Sequence[int]) -> str:
    """The clauses of a sentence that belong to the date at a place, and to no other date.

    The whole sentence when they say too little.
    """
    parts = clauses(sentence)

    def clause_of(place: int) -> int:
        return next((n for n, (_, end) in enumerate(parts) if place < end), len(parts) - 1)

    own = clause_of(at)
    others = [clause_of(place) for place in dated if place != at]
    first = max((n + 1 for n in others if n < own), default=0)
    last = min((n for n in others if n > own), default=len(parts)) - 1
    if any(n > own for n in others):
        last = own  # what stands before the next date belongs to that one
    text = sentence[parts[first][0] : parts[max(own, last)][1]].strip(" ,;:")
    return text if own not in others and len(text) >= _SHORTEST else sentence


def _told_once(group: list[tuple[Event, Statement]], weights: Weights) -> list[Event]:
    """Events of one date, those told in several articles as one with all its evidence."""
    kept: list[tuple[Event, Statement]] = []
    places: dict[tuple[str, ...], int] = {}
    for event, told in group:

        def elsewhere(at: int, article: str = event.evidence[0].article) -> bool:
            return all(cited.article != article for cited in kept[at][0].evidence)

        # Words that stood before need no comparing: what was like them then is so now.
        at = places.get(told.stems)
        if at is None or not elsewhere(at):
            alike = (
                n for n, (_, before) in enumerate(kept)
                if elsewhere(n) and likeness(before, told, weights)[0] >= SAME_EVENT
            )  # fmt: skip
            at = next(alike, None)
        if at is None:
            at = len(kept)
            kept.append((event, told))
        else:
            earlier, before = kept[at]
            both = (*earlier.evidence, *event.evidence)
            certain = earlier.certain or event.certain
            kept[at] = (replace(earlier, evidence=both, certain=certain), before)
        if told.stems:
            places.setdefault(told.stems, at)
    return [event for event, _ in kept]
