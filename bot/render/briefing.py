"""Briefs, comparisons and what a dossier covers, as lines for people."""

from dataclasses import replace
from datetime import date

from bot.render.citation import (
    Articles,
    Numbered,
    marks,
    number,
    one_line,
    outlet_name,
    quotation,
    short_date,
    short_title,
)
from bot.render.lines import Line
from bot.render.plain import article_of
from bot.render.press import Part
from bot.texts import Texts, texts
from knowledge.model import Article, Citation, Language
from knowledge.press.brief import Brief
from knowledge.press.compare import Comparison, Difference
from knowledge.press.coverage import Coverage


def brief_part(
    found: Brief, title: str, language: Language, articles: Articles | None = None
) -> Part:
    """The brief under its headings, and where the dossier ends; `title` names what is summed up."""
    words = texts(language)
    lines = [Line(words["brief.head"].format(title=one_line(title)), "title")]
    if not found:
        lines.append(Line(words["brief.nothing"]))
    numbered = number(tuple(cited for part in found.parts for cited in part.evidence))
    quotes = iter(numbered.quotes)
    for part in found.parts:
        lines += [Line(), Line(words[f"brief.{part.heading}"], "title")]
        if part.heading == "who":  # names, no sentences cut short
            names = (next(quotes) for _ in part.evidence)
            told = "  ".join(f"« {one_line(c.quote)} » {marks(n)}" for c, n in names)
            lines.append(Line(told, "quote", 2))
            continue
        for cited in part.evidence:
            line = _quote(*next(quotes), articles)
            day = the_day(cited, language) if part.heading in ("what", "when_where") else ""
            lines.append(replace(line, text=f"{day} : {line.text}") if day else line)
    if found.article is None:
        ends = [_ends(found.coverage, words), *_blind(found.coverage, words)]
        lines += [Line(), *(Line(line, "note") for line in ends if line)]
    return Part(tuple(lines), numbered)


def the_day(citation: Citation, language: Language) -> str:
    """The day that a quote gives in words ("mardi"), when it gives one day; else ""."""
    days = {found.date for found in citation.dates if len(found.date) == len("2023-02-28")}
    return short_date(date.fromisoformat(days.pop()), language) if len(days) == 1 else ""


def compare_part(found: Comparison, language: Language, articles: Articles | None = None) -> Part:
    """What each source says, in order of publication, and what differs, without a winner."""
    words = texts(language)
    if not found:
        return Part((Line(unknown_subject(found, language)),), Numbered((), ()))
    sides = tuple(cited for d in found.differences for cited in d.sides)
    numbered = number((*(c for s in found.sources for c in s.evidence), *sides))
    quotes = iter(numbered.quotes)
    subject = one_line(found.subject)
    subject = subject[0].upper() + subject[1:]
    lines = [Line(words.count("compare.head", len(found.sources), subject=subject), "title")]
    if len(found.sources) == 1:
        lines.append(Line(words["compare.alone"], "note"))
    for source in found.sources:
        lines += [Line(), Line(source_head(source.evidence[0], language), "note")]
        lines += [_quote(*next(quotes), articles) for _ in source.evidence]
    if found.differences:
        lines += [Line(), Line(words["compare.differences"], "title")]
    elif len(found.sources) > 1:
        lines += [Line(), Line(words["compare.agreed"], "note")]
    for difference in found.differences:
        lines.append(Line(difference_head(difference, language), "bad"))
        for cited, printed in zip(difference.sides, difference.words, strict=True):
            quoted, numbers = next(quotes)
            where = f"{source_head(cited, language, titled=False)} {marks(numbers)}"
            told = words["compare.side"].format(words=one_line(printed), source=where)
            lines.append(Line(told, "note", 2))
            # A sentence quoted above is not quoted again.
            if not any(_is_within(quoted, c) for s in found.sources for c in s.evidence):
                lines.append(replace(_quote(quoted, (), articles), indent=4))
    return Part(tuple(lines), numbered)


def unknown_subject(found: Comparison, language: Language) -> str:
    """The sentence for a subject that the dossier does not hold, with the words it lacks."""
    words = texts(language)
    said = words["compare.unknown"].format(subject=one_line(found.subject))
    if not found.missing:
        return said
    listed = ", ".join(words["compare.word"].format(word=one_line(w)) for w in found.missing)
    return f"{said} {words['compare.missing'].format(words=listed)}"


def difference_head(difference: Difference, language: Language) -> str:
    """What differs, and whether it is a contradiction or may be an update."""
    words = texts(language)
    kind = words[f"compare.{difference.kind}"]
    if difference.relation == "update":
        return words.count("compare.update", difference.days or 0, kind=kind)
    return words[f"compare.{difference.relation}"].format(kind=kind)


def _is_within(citation: Citation, other: Citation) -> bool:
    """Whether a quote is shown with another one, but for words that join its sentence."""
    near = abs(other.start - citation.start) < _JOINING and citation.end <= other.end
    inside = other.start <= citation.start and citation.end <= other.end
    return citation.article == other.article and (near or inside)


_JOINING = 40
"""Characters of a dateline or of "Toutefois, " that an extract leaves out."""


def source_head(citation: Citation, language: Language, *, titled: bool = True) -> str:
    """Outlet, date and title of a source, on one line; without an outlet always the title."""
    outlet = outlet_name(citation.publisher, citation.agency, language)
    title = short_title(one_line(citation.title)) if titled or not outlet else ""
    parts = (outlet, short_date(citation.published, language), title)
    return ", ".join(part for part in parts if part)


def coverage_lines(found: Coverage, language: Language) -> tuple[str, ...]:
    """The period, the outlets, who is quoted and who is not, one sentence a line."""
    words = texts(language)
    count = words.count("cli.articles", found.articles)
    if found.first is None or found.last is None:
        lines = [words["coverage.undated"].format(articles=count)]
    else:
        first, last = short_date(found.first, language), short_date(found.last, language)
        lines = [words["coverage.period"].format(articles=count, first=first, last=last)]
        if found.undated:
            lines.append(words.count("coverage.some_undated", found.undated))
    listed = ", ".join(
        words["coverage.outlet" if o.name else "coverage.unnamed"].format(
            name=one_line(o.name), n=o.articles
        )
        for o in found.outlets
    )
    lines.append(words["coverage.outlets"].format(listed=listed))
    if found.quoted:
        names = ", ".join(one_line(actor.name) for actor in found.quoted)
        lines.append(words["coverage.quoted"].format(listed=names))
    ends = _ends(found, words)
    return (*lines, *_blind(found, words), *([ends] if ends else []))


def _ends(found: Coverage, words: Texts) -> str:
    if found.last is None:
        return ""
    return words["coverage.ends"].format(last=short_date(found.last, words.language))


def _blind(found: Coverage, words: Texts) -> list[str]:
    """Who is only spoken of, and the countries nobody of which is heard."""
    lines = []
    if found.spoken_of:
        names = ", ".join(one_line(actor.name) for actor in found.spoken_of)
        lines.append(words["coverage.silent"].format(listed=names))
    for spot in found.unheard[:MOST_BLIND]:
        whose = spot.adjective if words.language == "fr" and spot.adjective else spot.name
        key = "coverage.reported_only" if spot.reported else "coverage.unheard"
        told = words.count("coverage.mentions", spot.mentions)
        where = words.count("cli.articles", len(spot.articles))
        lines.append(words[key].format(whose=whose, mentions=told, articles=where))
    return lines


MOST_BLIND = 3
"""Countries that are never quoted, told one a line."""


def _quote(citation: Citation, numbers: tuple[int, ...], articles: Articles | None) -> Line:
    article: Article | None = article_of(citation, articles)
    return Line(f"{quotation(citation, article)} {marks(numbers)}".rstrip(), "quote", 2)
