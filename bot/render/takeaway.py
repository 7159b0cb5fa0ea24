"""What is taken away, a dossier or a conversation, before it is Markdown or HTML; pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.render.citation import Articles, one_line, quotation, short_date
from bot.render.plain import article_of, remarks
from bot.render.press import event_citation, event_date, group_head, statement_head
from bot.texts import Texts, texts
from knowledge.generation import Generation
from knowledge.model import Answer, Article, Citation, Language, Reply
from knowledge.press import timeline, wires
from knowledge.press.actors import actors


@dataclass(frozen=True, slots=True)
class Entry:
    """A line about a quote, the quote, and where it stands; without a quote `quote` is "".

    `strong`: the line is an answer's headline.
    """

    head: str = ""
    quote: str = ""
    cited: tuple[Citation, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a heading; `level` 2 is a chapter, 3 a part of the one before."""

    anchor: str
    title: str
    lines: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    level: int = 2


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A document: sections that cite, then the articles that they cite.

    `whole`: the articles stand there entire, else only the cited paragraphs and their neighbours.
    """

    language: Language
    title: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    articles: tuple[Article, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """The nth citation of a document; `article` is its number from 1, `span` its place there.

    Both are None when the article, or the quote in it, is not there any more.
    """

    number: int
    citation: Citation
    article: int | None
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of a conversation, with its day and its reply."""

    asked: datetime
    question: str
    reply: Reply


def dossier_takeaway(generation: Generation, language: Language) -> Takeaway:
    """The whole dossier: timeline, people, and every article."""
    words, dossier = texts(language), generation.dossier
    found = wires(generation)
    about = [
        ", ".join(
            (words.count("cli.articles", len(dossier.articles)), period(dossier.articles, words))
        ),
        words.count("press.independent", found.independent),
        *(group_head(group, language) for group in found.groups),
        words["export.state"].format(digest=generation.digest[:12]),
    ]
    sections = [
        Section(
            "chronologie",
            words["export.timeline"],
            entries=tuple(_events(generation, language)),
        ),
        Section("personnes", words["export.people"]),
        *_people(generation, language),
    ]
    kept = [s for n, s in enumerate(sections) if s.entries or _leads(sections, n)]
    return Takeaway(
        language,
        one_line(dossier.title),
        tuple(about),
        tuple(kept),
        tuple(dossier.articles),
        whole=True,
    )


def conversation_takeaway(
    title: str,
    exchanges: Sequence[Exchange],
    articles: Iterable[Article],
    language: Language,
) -> Takeaway:
    """A conversation: each question with its answer and quotes, then the passages that it cites."""
    words = texts(language)
    known = {article.id: article for article in articles}

    def find(name: str) -> Article:
        return known[name]

    sections = tuple(
        _exchange(n, exchange, find, language) for n, exchange in enumerate(exchanges, start=1)
    )
    cited = {c.article for s in sections for entry in s.entries for c in entry.cited}
    used = tuple(article for article in known.values() if article.id in cited)
    return Takeaway(
        language,
        words["export.conversation"].format(title=one_line(title)),
        (words.count("export.questions", len(exchanges)),),
        sections,
        used,
        whole=False,
    )


def references(takeaway: Takeaway) -> tuple[Reference, ...]:
    """Every citation of the document, in reading order, with its place in the articles."""
    numbers = {article.id: n for n, article in enumerate(takeaway.articles, start=1)}
    made: list[Reference] = []
    for section in takeaway.sections:
        for entry in section.entries:
            for citation in entry.cited:
                number = numbers.get(citation.article)
                span = located(citation, takeaway.articles[number - 1]) if number else None
                made.append(Reference(len(made) + 1, citation, number if span else None, span))
    return tuple(made)


def located(citation: Citation, article: Article) -> tuple[int, int] | None:
    """Where the quote stands in the article as it is now; None when it is gone."""
    if article.text[citation.start : citation.end] == citation.quote:
        return citation.start, citation.end
    at = article.text.find(citation.quote)
    return (at, at + len(citation.quote)) if at >= 0 else None


def paragraphs_shown(takeaway: Takeaway, number: int, found: Sequence[Reference]) -> list[int]:
    """The positions of the paragraphs of the nth article that the document shows, in order."""
    article = takeaway.articles[number - 1]
    every = range(len(article.paragraphs))
    if takeaway.whole:
        return list(every)
    near: set[int] = set()
    for reference in found:
        if reference.article == number and reference.span is not None:
            start, end = reference.span
            touched = [
                n for n in every
                if article.paragraphs[n].start < end and article.paragraphs[n].end > start
            ]  # fmt: skip
            near.update(range(min(touched, default=0) - 1, max(touched, default=0) + 2))
    return [n for n in every if n in near]


def period(articles: Sequence[Article], words: Texts) -> str:
    """From when to when the articles were published, in words."""
    days = sorted(article.published for article in articles if article.published)
    if not days:
        return words["telegram.period_unknown"]
    first, last = (short_date(day, words.language) for day in (days[0], days[-1]))
    key = "telegram.period_one" if first == last else "telegram.period"
    return words[key].format(first=first, last=last)


def _leads(sections: Sequence[Section], n: int) -> bool:
    """Whether a chapter has parts below it."""
    below = sections[n + 1 : n + 2]
    return bool(below) and below[0].level > sections[n].level


def _events(generation: Generation, language: Language) -> Iterable[Entry]:
    last = ""
    for event in timeline(generation):
        cited, when = event_citation(event), event_date(event, language)
        quote = _quote(cited, generation.article)
        # A date is written once above all that happened then.
        yield Entry("" if when == last else when, quote, (cited, *event.evidence[1:]))
        last = when


def _people(generation: Generation, language: Language) -> Iterable[Section]:
    words = texts(language)
    listed = words["render.suggestion_separator"]
    for n, page in enumerate(actors(generation), start=1):
        if not page.statements:
            continue
        lines = [
            words[key].format(listed=listed.join(map(one_line, values[:6])))
            for key, values in (("press.roles", page.roles), ("press.aliases", page.aliases))
            if values
        ]
        entries = (
            Entry(
                statement_head(statement, language),
                _quote(statement.evidence[0], generation.article),
                (statement.evidence[0], *statement.evidence[0].also),
            )
            for statement in page.statements
        )
        yield Section(f"p{n}", one_line(page.name), tuple(lines), tuple(entries), level=3)


def _exchange(n: int, exchange: Exchange, find: Articles, language: Language) -> Section:
    words, reply = texts(language), exchange.reply
    day = short_date(exchange.asked.date(), language)
    lines = [words["export.asked"].format(day=day, code=reply.code)]
    if isinstance(reply, Answer):
        entries = [Entry(one_line(reply.headline), strong=True)]
        cited: tuple[Citation, ...] = reply.evidence
    else:
        entries = [Entry(one_line(reply.message))]
        cited = (reply.nearest,) if reply.nearest else ()
        if cited:
            entries.append(Entry(words["render.nearest"].format(quote="").strip()))
    entries += [Entry("", _quote(c, find), (c, *c.also)) for c in cited]
    entries += [Entry(line) for line in remarks(replace(reply, suggestions=()))]
    return Section(f"q{n}", one_line(exchange.question), tuple(lines), tuple(entries))


def _quote(citation: Citation, articles: Callable[[str], Article]) -> str:
    return quotation(citation, article_of(citation, articles))
