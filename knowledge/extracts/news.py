"""What happened: leads first, and always the latest news."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.extracts.choosing import choose
from knowledge.extracts.pieces import Extract

LEAD = 0.8
"""What the first two sentences of an article, where the press says what happened, gain."""


TELLING = 0.5
"""How telling an event is at least, as a part of the chief one."""


def events(
    found: Sequence[Extract], most: int, room: int, *, one_each: bool = True
) -> tuple[Extract, ...]:
    """What happened: the latest news, which says where things stand, and the chief events.

    One an article with `one_each`, as many together as the room (in characters) holds.
    """
    leads = _leads(found)
    best = max((one.score for one in leads), default=0.0)
    if one_each:
        leads = [one for one in leads if one.score >= TELLING * best]
    days = {one.article.published for one in found if one.article.published}
    if most < 2 or len(days) < 2:
        return choose(leads, most, room=room, an_article=1 if one_each else None)
    latest = [one for one in leads if one.article.published == max(days) and one.position < 2]
    news = choose(latest, 1, room=room)
    left = [one for one in leads if one.article.id not in {n.article.id for n in news}]
    room -= sum(len(one.text) for one in news)
    return (*news, *choose(left, most - len(news), taken=news, room=room, an_article=1))


def _leads(found: Sequence[Extract]) -> list[Extract]:
    """The extracts scored for what happened: leads first; speech tells less than events."""
    scored = []
    for one in found:
        gain = LEAD / (1 + one.position)
        speech = 0.5 if one.text.lstrip()[:1] in '«“"' else 0.0
        scored.append(raised(one, gain - speech))
    return scored


def raised(one: Extract, gain: float) -> Extract:
    """The extract with a higher score; what leans wholly on its context is worth nothing here."""
    if one.leans >= 1:
        return replace(one, score=0.0)
    return replace(one, score=max(0.0, one.score + gain * (1 - one.leans)))
