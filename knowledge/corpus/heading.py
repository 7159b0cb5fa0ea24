"""The top of a page: its title, and above it the outlet's name and the section."""

import re
from collections.abc import Sequence

from knowledge.corpus.byline import is_outlet, is_section
from knowledge.corpus.draft import Facts
from knowledge.corpus.page import Page, is_prose, key

_MAX_HEADER = 12
_MAX_TITLE = 250
_TITLE_LENGTH = 25
_MAX_LABEL_WORDS = 5
_SUFFIX = re.compile(r"(?<!\s)\s+[|–—-]\s+(?P<outlet>[^|–—]{2,40})$")

Body = tuple[tuple[int, str], ...]


def find(page: Page, known: Sequence[str] = ()) -> Page:
    """Learns the title and drops it wherever it stands as a line; what is above it goes too.

    When the reader found a title (HTML, front matter), nothing is taken for one. `known` are
    titles written elsewhere (the manifest), dropped when they stand in the page.
    """
    if page.facts.title:
        return _drop_titles(page, [page.facts.title, *known])
    header = _header(page.body())
    place = _title_place(header, [key(title) for title in known])
    if place is None:
        return _drop_titles(page, known)
    i, title = header[place]
    page = _drop_outlets(_drop_above(page, header[:place]), header[place + 1 :])
    cut = _SUFFIX.search(title)
    if cut and is_outlet(cut["outlet"]):
        page = page.learn(Facts(publisher=cut["outlet"]))
        title = title[: cut.start()]
    return _drop_titles(page.drop({i: "title"}).learn(Facts(title=title)), [title, *known])


def _header(body: Body) -> Body:
    """The lines before the first paragraph of prose; () when there is no prose at all."""
    for place, (_, text) in enumerate(body):
        if is_prose(text):
            return body[: min(place, _MAX_HEADER)]
    return body[:1]


def _title_place(header: Body, known: Sequence[tuple[str, ...]]) -> int | None:
    lines = [key(text) for _, text in header]
    for place, words in enumerate(lines):
        again = words in lines[place + 1 :] and not _is_label(header[place][1])
        if words and (words in known or again):
            return place
    usable = [place for place, (_, text) in enumerate(header) if len(text) <= _MAX_TITLE]
    for place in usable:
        text = header[place][1]
        if not _is_label(text) and len(text) >= _TITLE_LENGTH:
            return place
    others = [place for place in usable if not _is_label(header[place][1])]
    return next(iter(others), usable[-1] if usable else None)


def _is_label(text: str) -> bool:
    """Whether a line names a section or an outlet rather than tells something."""
    if is_section(text):
        return len(text.split()) <= _MAX_LABEL_WORDS + 2
    return is_outlet(text) and len(text) < 40


def _drop_above(page: Page, above: Body) -> Page:
    rules: dict[int, str] = {}
    for i, text in above:
        if is_outlet(text):
            page = page.learn(Facts(publisher=text))
            rules[i] = "outlet"
        elif len(text.split()) <= _MAX_LABEL_WORDS:
            rules[i] = "section"
    return page.drop(rules)


def _drop_outlets(page: Page, below: Body) -> Page:
    """Between title and text an outlet's name alone on a line is the outlet."""
    places = {i: text for i, text in below if is_outlet(text) and _is_label(text)}
    for text in places.values():
        page = page.learn(Facts(publisher=text))
    return page.drop(dict.fromkeys(places, "outlet"))


def _drop_titles(page: Page, titles: Sequence[str]) -> Page:
    words = {key(title) for title in titles if title} - {()}
    return page.drop({i: "repeated_title" for i, text in page.body() if key(text) in words})


def drop_first(page: Page, known: Sequence[str] = ()) -> Page:
    """Drops the first line when it is the title again; for texts that are not cleaned further."""
    body = page.body()
    titles = [title for title in (page.facts.title, *known) if title]
    if len(body) > 1 and key(body[0][1]) in {key(title) for title in titles}:
        return page.drop({body[0][0]: "repeated_title"})
    return page
