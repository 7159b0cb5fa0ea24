"""What the press desk found, as lines for people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.render.citation import (
    Articles,
    Numbered,
    marks,
    number,
    one_line,
    quotation,
    short_date,
)
from bot.render.lines import Line
from bot.render.plain import article_of, source_lines
from bot.texts import Texts, texts
from knowledge.model import Citation, Language
from knowledge.press.differences import Difference
from knowledge.press.timeline import Event
from knowledge.press.verify import Checked, Verification
from knowledge.press.who import Profile, Statement
from knowledge.press.wires import WireGroup, Wires

MOST_MENTIONS = 8
"""Mentions shown to people; the JSON object has them all."""

ITEMS_A_PAGE = EVENTS_A_PAGE = 6
"""Quotes in one message: two to three screens of a phone."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines whose quotes bear numbers, and the sources of these numbers."""

    body: tuple[Line, ...]
    numbered: Numbered

    def lines(self, language: Language) -> tuple[Line, ...]:
        """The lines, and the sources below."""
        if not self.numbered.sources:
            return self.body
        sources = (Line(line, "source") for line in source_lines(self.numbered, language))
        return (*self.body, Line(), *sources)


def verification_lines(
    found: Verification, language: Language, articles: Articles | None = None
) -> tuple[Line, ...]:
    """The verdict, each sentence with what differs and where it stands, and the sources."""
    return verification_part(found, language, articles).lines(language)


def verification_part(
    found: Verification, language: Language, articles: Articles | None = None
) -> Part:
    """The verdict, and each sentence with what differs and where it stands."""
    words = texts(language)
    numbered = number(tuple(c for s in found.sentences for c in s.evidence))
    good = found.verdict == "exact"
    several = len(found.sentences) > 1
    key = "press.verdicts" if several else "press.verdict"
    lines = [Line(words[f"{key}_{found.verdict}"], "good" if good else "bad")]
    for n, checked in enumerate(found.sentences, start=1):
        lines.append(Line())
        if several:
            verdict = words[f"press.short_{checked.verdict}"]
            head = words["press.sentence"].format(n=n, verdict=verdict, text=_shown(checked.text))
            lines.append(Line(head, "good" if checked.verdict == "exact" else "bad"))
        lines += _checked_lines(checked, numbered, words, articles)
    return Part(tuple(lines), numbered)


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
    if not found:
        return (Line(texts(language)["press.unknown"].format(name=one_line(found.name))),)
    mentions = found.mentions[:MOST_MENTIONS]
    part = _profile_part(found, found.statements, mentions, language, articles)
    more = len(found.mentions) - len(mentions)
    if more:
        line = Line(texts(language).count("press.more_mentions", more), "note", 2)
        part = Part((*part.body, line), part.numbered)
    return part.lines(language)


def profile_parts(
    found: Profile, language: Language, articles: Articles | None = None
) -> tuple[Part, ...]:
    """The same in parts that fit a message each, with sources numbered anew; never empty."""
    items = (*found.statements, *found.mentions)
    pieces = [items[n : n + ITEMS_A_PAGE] for n in range(0, len(items), ITEMS_A_PAGE)]
    if not pieces:
        return (Part(profile_lines(found, language, articles), number(())),)
    return tuple(
        _profile_part(
            found,
            [item for item in piece if isinstance(item, Statement)],
            [item for item in piece if isinstance(item, Citation)],
            language,
            articles,
            is_first=piece is pieces[0],
        )
        for piece in pieces
    )


def _profile_part(
    found: Profile,
    statements: Sequence[Statement],
    mentions: Sequence[Citation],
    language: Language,
    articles: Articles | None,
    *,
    is_first: bool = True,
) -> Part:
    words = texts(language)
    lines = [Line(one_line(found.name), "title")]
    listed = words["render.suggestion_separator"]
    for key, values in (("press.roles", found.roles), ("press.aliases", found.aliases)):
        if values and is_first:
            lines.append(Line(words[key].format(listed=listed.join(map(one_line, values[:6])))))
    if found.read is not None and is_first:
        lines.append(Line(words["press.read_in"].format(n=found.read), "note"))
    numbered = number((*(c for s in statements for c in s.evidence), *mentions))
    if statements:
        lines += [Line(), Line(words.count("press.statements", len(found.statements)), "title")]
    for statement in statements:
        (cited, *_) = statement.evidence
        lines.append(Line(statement_head(statement, language), "note", 2))
        lines.append(_quote(cited, numbered, articles, *cited.also))
    if mentions:
        lines += [Line(), Line(words["press.mentions"], "title")]
        lines += [_quote(citation, numbered, articles) for citation in mentions]
    return Part(tuple(lines), numbered)


def statement_head(statement: Statement, language: Language) -> str:
    """When, by whom, in which form and through whom: "28 févr. 2023, le maire, rapporté"."""
    words = texts(language)
    key = "press.statement" if statement.certain else "press.statement_unsure"
    chain = (
        words[f"press.relay_{relay.how}"].format(name=one_line(relay.name))
        for relay in statement.relays
    )
    return words[key].format(
        date=short_date(statement.evidence[0].published, language),
        speaker=one_line(statement.speaker),
        kind=", ".join((words[f"press.speech_{statement.kind}"], *chain)),
    )


def timeline_lines(
    events: Sequence[Event], language: Language, articles: Articles | None = None
) -> tuple[Line, ...]:
    """One line a date and event, oldest first, and the sources."""
    if not events:
        return (Line(texts(language)["press.no_events"]),)
    return timeline_part(events, language, articles).lines(language)


def timeline_part(
    events: Sequence[Event], language: Language, articles: Articles | None = None
) -> Part:
    """One line a date and event, oldest first."""
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
        lines.append(Line(f"{event_text(event, articles)} {marks(numbers)}", "quote", 2))
    return Part(tuple(lines), numbered)


def event_text(event: Event, articles: Articles | None = None) -> str:
    """What happened, as printed, between « »."""
    cited = event_citation(event)
    return quotation(cited, article_of(cited, articles))


def event_citation(event: Event) -> Citation:
    """The words of its first source that tell the event, and no other date's."""
    (cited, *_) = event.evidence
    at = cited.quote.find(event.text)
    if at < 0:
        return cited
    start = cited.start + at
    return replace(cited, quote=event.text, start=start, end=start + len(event.text))


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
    return Part(tuple(lines), numbered).lines(language)


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
