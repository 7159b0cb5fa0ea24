"""What the press desk found, as lines for people."""

from collections.abc import Sequence

from bot.render.citation import Articles, Numbered, marks, number, one_line, quotation
from bot.render.lines import Line
from bot.render.plain import article_of, source_lines
from bot.texts import Texts, texts
from knowledge.model import Citation, Language
from knowledge.press.differences import Difference
from knowledge.press.verify import Checked, Verification
from knowledge.press.wires import WireGroup, Wires


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
            also = pair.b if len(shown) == 1 else None
            lines += [_quote(citation, numbered, articles, also) for citation in shown]
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
    also: Citation | None = None,
) -> Line:
    words = quotation(citation, article_of(citation, articles))
    found = [_number_of(c, numbered) for c in (citation, also) if c is not None]
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
