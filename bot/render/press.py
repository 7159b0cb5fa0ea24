"""What the press desk found, as lines for people."""

from collections.abc import Sequence
from datetime import date

from bot.render.citation import Articles, Numbered, marks, number, one_line, quotation, short_date
from bot.render.lines import Line
from bot.render.plain import article_of, source_lines
from bot.texts import Texts, texts
from knowledge.model import Citation, Language
from knowledge.press.differences import Difference
from knowledge.press.timeline import Event
from knowledge.press.verify import Checked, Verification
from knowledge.press.who import Profile
from knowledge.press.wires import WireGroup, Wires

MOST_MENTIONS = 8
"""Mentions shown to people; the JSON object has them all."""


def verification_lines(
    found: Verification, language: Language, articles: Articles | None = None
) -> tuple[Line, ...]:
    """The verdict, each sentence with what differs and where it stands, and the sources."""
    words = texts(language)
    numbered = number(tuple(c for s in found.sentences for c in s.evidence))
    good = found.verdict == "exact"
    lines = [Line(words[f"press.verdict_{found.verdict}"], "good" if good else "bad")]
    several = len(found.sentences) > 1
    for n, checked in enumerate(found.sentences, start=1):
        lines.append(Line())
        if several:
            verdict = words[f"press.short_{checked.verdict}"]
            head = words["press.sentence"].format(n=n, verdict=verdict, text=_shown(checked.text))
            lines.append(Line(head, "good" if checked.verdict == "exact" else "bad"))
        lines += _checked_lines(checked, numbered, words, articles)
    lines += _sources(numbered, language)
    return tuple(lines)


def _checked_lines(
    checked: Checked, numbered: Numbered, words: Texts, articles: Articles | None
) -> list[Line]:
    lines = [Line(difference_line(d, words), "bad", 2) for d in checked.differences]
    if checked.scope == "quotes":
        lines.append(Line(words["press.quotes_only"], "note", 2))
    if checked.verdict == "misattributed" and checked.speaker:
        speaker = one_line(checked.speaker)
        lines.append(Line(words["press.said_by"].format(speaker=speaker), "note", 2))
    if checked.verdict == "absent" and checked.evidence:
        lines.append(Line(words["press.nearest"], "note", 2))
    return lines + [_quote(c, numbered, articles) for c in checked.evidence]


def difference_line(difference: Difference, words: Texts) -> str:
    """One difference in words: its kind, and what stands on either side."""
    kind = words[f"press.kind_{difference.kind}"]
    if not difference.source_text:
        key = "press.too_much"
    elif not difference.yours:
        key = "press.lacking"
    else:
        key = "press.instead"
    return words[key].format(
        kind=kind, yours=one_line(difference.yours), source=one_line(difference.source_text)
    )


def profile_lines(
    found: Profile, language: Language, articles: Articles | None = None
) -> tuple[Line, ...]:
    """Names and roles, statements by date, what the articles say of them, and the sources."""
    words = texts(language)
    if not found:
        return (Line(words["press.unknown"].format(name=one_line(found.name))),)
    lines = [Line(one_line(found.name), "title")]
    listed = words["render.suggestion_separator"]
    for key, values in (("press.roles", found.roles), ("press.aliases", found.aliases)):
        if values:
            lines.append(Line(words[key].format(listed=listed.join(values[:6]))))
    mentions = found.mentions[:MOST_MENTIONS]
    numbered = number((*(c for s in found.statements for c in s.evidence), *mentions))
    if found.statements:
        lines += [Line(), Line(words.count("press.statements", len(found.statements)), "title")]
    for statement in found.statements:
        (cited, *_) = statement.evidence
        day = short_date(cited.published, language)
        kind = words[f"press.speech_{statement.kind}"]
        speaker = one_line(statement.speaker)
        key = "press.statement" if statement.certain else "press.statement_unsure"
        lines.append(Line(words[key].format(date=day, speaker=speaker, kind=kind), "note", 2))
        lines.append(_quote(cited, numbered, articles, *cited.also))
    if mentions:
        lines += [Line(), Line(words["press.mentions"], "title")]
        lines += [_quote(citation, numbered, articles) for citation in mentions]
    if len(found.mentions) > len(mentions):
        more = len(found.mentions) - len(mentions)
        lines.append(Line(words.count("press.more_mentions", more), "note", 2))
    lines += _sources(numbered, language)
    return tuple(lines)


def timeline_lines(
    events: Sequence[Event], language: Language, articles: Articles | None = None
) -> tuple[Line, ...]:
    """One line a date and event, oldest first, and the sources."""
    words = texts(language)
    if not events:
        return (Line(words["press.no_events"]),)
    numbered = number(tuple(cited for event in events for cited in event.evidence))
    lines: list[Line] = []
    last = ""
    for event in events:
        when = event_date(event, language)
        if when != last:
            lines += [Line()] * bool(lines)
            lines.append(Line(when, "title"))
        last = when
        numbers = tuple(dict.fromkeys(_number_of(cited, numbered) for cited in event.evidence))
        (cited, *_) = event.evidence
        whole = event.text == cited.quote
        told = quotation(cited, article_of(cited, articles)) if whole else _shown(event.text)
        lines.append(Line(f"{told} {marks(numbers)}", "quote", 2))
    lines += _sources(numbered, language)
    return tuple(lines)


def event_date(event: Event, language: Language) -> str:
    """The date or period of an event in words, marked when it is uncertain."""
    words = texts(language)
    when = _day(event.date, language)
    if event.end and event.end != event.date:
        when = words["press.period"].format(start=when, end=_day(event.end, language))
    return when if event.certain else words["press.uncertain_date"].format(date=when)


def _day(iso: str, language: Language) -> str:
    """A date of any precision: "28 févr. 2023", "févr. 2023", "2023"."""
    year, *rest = iso.split("-")
    if len(rest) == 2:
        return short_date(date.fromisoformat(iso), language)
    if rest:
        return f"{texts(language).lines('render.months')[int(rest[0]) - 1]} {year}"
    return year


def wires_lines(
    found: Wires, language: Language, articles: Articles | None = None
) -> tuple[Line, ...]:
    """How many independent sources there are, and each group with its proof."""
    words = texts(language)
    head = words.count("press.independent", found.independent)
    lines = [Line(head, "title")]
    if not found.groups:
        lines.append(Line(words["press.no_wires"]))
    every = [c for group in found.groups for pair in group.pairs[:2] for c in (pair.a, pair.b)]
    every += [c for group in found.groups for added in group.added.values() for c in added[:1]]
    numbered = number(tuple(every))
    for group in found.groups:
        lines += [Line(), Line(group_head(group, language), "title")]
        for pair in group.pairs[:2]:
            percent = round(100 * pair.similarity)
            lines.append(Line(words["press.alike"].format(percent=percent), "note", 2))
            # The same words twice say nothing more.
            shown = (pair.a,) if pair.a.quote == pair.b.quote else (pair.a, pair.b)
            also = (pair.b,) if len(shown) == 1 else ()
            lines += [_quote(citation, numbered, articles, *also) for citation in shown]
        for added in group.added.values():
            if added:
                outlet = added[0].publisher or one_line(added[0].title)
                lines.append(Line(words["press.added"].format(outlet=outlet), "note", 2))
                lines.append(_quote(added[0], numbered, articles))
    lines += _sources(numbered, language)
    return tuple(lines)


def group_head(group: WireGroup, language: Language) -> str:
    """The group in one line, as "2 titres, une seule dépêche AFP"; the agency only if named."""
    words = texts(language)
    key = "press.one_wire" if group.agency else "press.one_wire_unnamed"
    return words.count(key, len(group.articles), agency=group.agency or "")


def _shown(text: str) -> str:
    """A pasted sentence, in quotation marks when it brings none."""
    line = one_line(text)
    return line if "«" in line or "»" in line else f"« {line} »"


def _quote(
    citation: Citation,
    numbered: Numbered,
    articles: Articles | None,
    *also: Citation,
) -> Line:
    words = quotation(citation, article_of(citation, articles))
    found = dict.fromkeys(_number_of(c, numbered) for c in (citation, *also))
    return Line(f"{words} {marks(tuple(found))}", "quote", 4)


def _number_of(citation: Citation, numbered: Numbered) -> int:
    place = (citation.article, citation.kind, citation.paragraph)
    return next(
        n
        for n, source in enumerate(numbered.sources, start=1)
        if (source.article, source.kind, source.paragraph) == place
    )


def _sources(numbered: Numbered, language: Language) -> Sequence[Line]:
    if not numbered.sources:
        return ()
    return (Line(), *(Line(line, "source") for line in source_lines(numbered, language)))
