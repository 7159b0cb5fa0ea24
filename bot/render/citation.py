"""How a citation looks to people: its quote between « », its source line, its number."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.texts import texts
from knowledge.model import Article, Citation, Language

Articles = Callable[[str], Article]
"""Finds an article by its id; `Generation.article` is one. Raises: KeyError."""

TITLE_LENGTH = 40
"""Characters of a title in a source line: UX.md's examples stay on one line of a phone so."""

CUT = "[…]"
_OPENING = "«\"“„'‘’([ \u00a0\u202f"
_CLOSING = "»\"”’') \u00a0\u202f"
_ENDING = ".!?…"


@dataclass(frozen=True, slots=True)
class Numbered:
    """Quotes with the numbers of their sources, and the sources in the order of the numbers.

    `quotes`: (citation, numbers), best first; the first number is the citation's own, the others
    those of `also`. `sources[n - 1]` is the source numbered n.
    """

    quotes: tuple[tuple[Citation, tuple[int, ...]], ...]
    sources: tuple[Citation, ...]


def source_line(citation: Citation, language: Language, *, full_title: bool = False) -> str:
    """Title, outlet with its agency, date and place in the article, on one line.

    What is unknown is left out, but an unknown date is told. The title is shortened at a word
    unless `full_title`.
    """
    title = one_line(citation.title)
    outlet = outlet_name(citation.publisher, citation.agency, language)
    parts = (
        title if full_title else short_title(title),
        outlet,
        short_date(citation.published, language),
        place(citation, language),
    )
    return ", ".join(part for part in parts if part)


def footnote(
    citation: Citation,
    language: Language,
    authors: Sequence[str] = (),
    *,
    fits: Callable[[str], bool] = lambda _: True,
    with_place: bool = True,
) -> str:
    """A footnote: author, « title », outlet, date, § n; what is unknown is left out.

    Shortened (authors, then title, then outlet) until it `fits`, or nothing is left to shorten.
    """
    title = re.sub(r"\s*»", "”", re.sub(r"«\s*", "“", one_line(citation.title)))
    outlet = outlet_name(citation.publisher, citation.agency, language)
    day = short_date(citation.published, language) if citation.published else ""
    names = [one_line(author) for author in authors if author.strip()]
    made = ""
    for shown, name, media in (
        (names, title, outlet),
        (names[:1], title, outlet),
        (names[:1], short_title(title, 80), outlet),
        ([], short_title(title), short_title(outlet)),
    ):
        where = place(citation, language) if with_place else ""
        parts = (*shown, f"« {name} »", media, day, where)
        made = ", ".join(part for part in parts if part)
        if fits(made):
            break
    return made


def outlet_name(publisher: str | None, agency: str | None, language: Language) -> str:
    """The outlet "with" its agency; the one of them that is known; or ""."""
    if publisher and agency and publisher.casefold() != agency.casefold():
        words = texts(language)["render.publisher_with_agency"]
        return words.format(publisher=one_line(publisher), agency=one_line(agency))
    return one_line(publisher or agency or "")


def place(citation: Citation, language: Language) -> str:
    """Where in the article: "§ 7" or "légende 1"."""
    key = "render.caption" if citation.kind == "caption" else "render.paragraph"
    return texts(language)[key].format(n=citation.paragraph)


def short_date(day: date | None, language: Language) -> str:
    """The day as "28 févr. 2023", or the words for an unknown date."""
    words = texts(language)
    if day is None:
        return words["render.unknown_date"]
    pattern = words["render.first_day" if day.day == 1 else "render.day"]
    month = words.lines("render.months")[day.month - 1]
    return pattern.format(day=day.day, month=month, year=day.year)


def short_title(title: str, length: int = TITLE_LENGTH) -> str:
    """The title if it fits in so many characters, else its first words and "…"."""
    if len(title) <= length:
        return title
    words = title[: length + 1].split(" ")[:-1] or [title[:length]]
    # A shortened title that ends in "pour les…" reads badly; names and nouns are longer than that.
    while len(words) > 2 and len(words[-1]) <= 4 and words[-1].islower():
        words.pop()
    return " ".join(words).rstrip(" ,;:.-–—«\u00a0\u202f") + "…"


def quotation(citation: Citation, article: Article | None = None) -> str:
    """The quote between « », with […] on the sides where it was cut out of its sentence.

    Letter for letter, but white space is one space. A quote that is itself « … » keeps its own
    marks and gets no second pair. Without the article the cuts are told by the quote's looks.
    """
    words = one_line(citation.quote)
    before, after = cuts(citation, article)
    slice_and_cuts = " ".join([CUT] * before + [words] + [CUT] * after)
    return slice_and_cuts if _has_own_marks(words) else f"« {slice_and_cuts} »"


def cuts(citation: Citation, article: Article | None = None) -> tuple[bool, bool]:
    """Whether the quote leaves out the start, and the end, of its first and last sentence."""
    if article is None:
        return _looks_cut(citation.quote)
    lead = len(citation.quote) - len(citation.quote.lstrip(_OPENING))
    tail = len(citation.quote) - len(citation.quote.rstrip(_CLOSING))
    starts = {sentence.start for sentence in article.sentences}
    starts |= {paragraph.start for paragraph in article.paragraphs}
    ends = {sentence.end for sentence in article.sentences}
    ends |= {paragraph.end for paragraph in article.paragraphs}
    # A slice may leave out or add the marks that open or close its sentence.
    first, last = citation.start + lead, citation.end - tail
    opens = _walk_back(article.text, first)
    closes = _walk_on(article.text, last)
    return (
        starts.isdisjoint(range(opens, first + 1)),
        ends.isdisjoint(range(last, closes + 1)),
    )


def number(evidence: tuple[Citation, ...]) -> Numbered:
    """The quotes with their source numbers; quotes from one paragraph share a number."""
    sources: list[Citation] = []
    keys: list[tuple[str, str, int]] = []

    def number_of(citation: Citation) -> int:
        key = (citation.article, citation.kind, citation.paragraph)
        if key not in keys:
            keys.append(key)
            sources.append(citation)
        return keys.index(key) + 1

    own = [number_of(citation) for citation in evidence]
    quotes = tuple(
        (citation, tuple(dict.fromkeys([first, *map(number_of, citation.also)])))
        for citation, first in zip(evidence, own, strict=True)
    )
    return Numbered(quotes, tuple(sources))


def marks(numbers: tuple[int, ...]) -> str:
    """The numbers as they stand behind a quote: "[1][3]"."""
    return "".join(f"[{n}]" for n in numbers)


def wire_line(citation: Citation, numbers: tuple[int, ...], language: Language) -> str | None:
    """The words for a quote that several outlets took from one wire story; None when it is not."""
    twins = [twin for twin in citation.also if twin.same_wire]
    if not twins:
        return None
    agencies = [cited.agency for cited in (citation, *twins) if cited.agency]
    words = texts(language)
    key = "press.one_wire" if agencies else "press.one_wire_unnamed"
    told = words.count(key, 1 + len(twins), agency=agencies[0] if agencies else "")
    return words["render.wire"].format(numbers=", ".join(map(str, numbers)), words=told)


def one_line(text: str) -> str:
    """The text with each run of white space as one space; no-break spaces stay."""
    return " ".join(text.replace("\u00a0", "\0").replace("\u202f", "\1").split()).translate(
        {0: "\u00a0", 1: "\u202f"}
    )


def _looks_cut(quote: str) -> tuple[bool, bool]:
    start, end = quote.lstrip(_OPENING), quote.rstrip(_CLOSING)
    before = bool(start) and (start[0].islower() or start[0] in ",;:.…)-–—")
    return before, bool(end) and end[-1] not in _ENDING


def _has_own_marks(words: str) -> bool:
    return words.startswith("«") and words.find("»") == len(words) - 1


def _walk_back(text: str, offset: int) -> int:
    while offset > 0 and text[offset - 1] in _OPENING:
        offset -= 1
    return offset


def _walk_on(text: str, offset: int) -> int:
    while offset < len(text) and text[offset] in _CLOSING + _ENDING:
        offset += 1
    return offset
