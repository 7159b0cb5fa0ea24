"""Who somebody is in the dossier: names, roles, what they said, and what is said of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from knowledge.citing import cite, sentence_around
from knowledge.generation import Generation, Shelved
from knowledge.language.quotation import Relay
from knowledge.language.terms import fold, tokenize
from knowledge.model import Article, Citation
from knowledge.press.attribution import Spoken, spoken
from knowledge.press.people import People, Person, people, people_in, role_key


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said: in quotation marks, or told by the article.

    `speaker`: as that article names them; `certain` is False for a guess ("locuteur incertain").
    `relays`: through whom the words came ("cité par Interfax"), nearest the speaker first.
    """

    kind: Literal["direct", "indirect"]
    speaker: str
    certain: bool
    evidence: tuple[Citation, ...]
    relays: tuple[Relay, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody of the dossier; statements and mentions by date of publication, undated last."""

    name: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    statements: tuple[Statement, ...]
    mentions: tuple[Citation, ...]
    read: int | None = None
    """Articles that were read, those that speak of them most; None: the whole dossier."""

    def __bool__(self) -> bool:
        return bool(self.statements or self.mentions)


MOST_MENTIONS = 40
MOST_READ = 300
"""Articles read for a page of a dossier kept on disk, some five seconds of work."""
_LONG_ENOUGH = 40
"""Characters of a sentence that two articles do not write alike by chance."""


def who(generation: Generation, name: str) -> Profile:
    """The page of a person or body, by any spelling of the name or by a role.

    Empty (and false) when the dossier does not know the name. A name that two people share gives
    the one named more often. In a dossier kept on disk it is read in MOST_READ articles.
    """
    known = people(generation)
    found = known.find(name) or _corrected(generation, known, name)
    articles = generation.dossier.articles
    if isinstance(articles, Shelved):
        articles = _about(generation, found[0].name if found else name)
        known = people_in(generation, articles)
        found = known.find(found[0].name if found else name)
    person = found[0] if found else Person(name.strip(), (), ())
    said = [
        (article, quotation, statement)
        for article in _by_date(articles)
        if not found or _may_name(article, person)
        for quotation in spoken(article)
        if (statement := _statement(generation, known, person, article, quotation))
    ]
    statements = _merged(statement for _, _, statement in said)
    spans = [(article.id, q.start, q.end) for article, q, _ in said]
    mentions = tuple(_mentions(generation, articles, person, spans)) if found else ()
    return Profile(
        person.name, person.aliases, person.roles, statements, mentions[:MOST_MENTIONS],
        None if len(articles) == len(generation.dossier.articles) else len(articles),
    )  # fmt: skip


def _about(generation: Generation, words: str) -> list[Article]:
    """The articles that speak of the words most, in the order of the dossier."""
    hits = generation.index.search(words, 4 * MOST_READ)
    ids = dict.fromkeys(generation.passages[hit.passage].article for hit in hits)
    return [generation.article(one) for one in sorted(list(ids)[:MOST_READ])]


def _corrected(generation: Generation, known: People, name: str) -> tuple[Person, ...]:
    """The persons of a name with typing errors."""
    corrector = generation.annotations.corrector
    words = [corrector.correct(fold(t.text)) or fold(t.text) for t in tokenize(name)]
    return known.find(" ".join(word.capitalize() for word in words))


def _by_date(articles: Iterable[Article]) -> list[Article]:
    return sorted(articles, key=lambda article: article.published or date.max)


def _may_name(article: Article, person: Person) -> bool:
    """A quick look: whether a name or a role of theirs stands in the article at all."""
    text = fold(article.text)
    names = (fold(name.split()[-1]) for name in (person.name, *person.aliases))
    return any(name in text for name in names) or any(fold(r) in text for r in person.roles)


def _statement(
    generation: Generation, known: People, person: Person, article: Article, said: Spoken
) -> Statement | None:
    if said.speaker is None:
        return None
    fitting = known.find(said.speaker)
    # Two presidents in one dossier: "le président" alone is no proof.
    certain = said.certain and len(fitting) <= 1
    if person not in fitting:
        same_role = not fitting and role_key(said.speaker) == role_key(person.name)
        if not same_role:
            return None
    elif len(fitting) > 1 and not _is_named(article, person):
        return None
    start, end = sentence_around(article, said.start, said.end)
    evidence = (cite(generation, article.id, start, end),)
    return Statement(said.form, said.speaker, certain, evidence, said.relays)


def _is_named(article: Article, person: Person) -> bool:
    return any(name in article.text for name in (person.name, *person.aliases))


def _merged(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements of one sentence as one, and one sentence in several outlets as one."""
    kept: dict[str, Statement] = {}
    for statement in statements:
        (cited,) = statement.evidence
        key = fold(cited.quote)
        if len(key) < _LONG_ENOUGH:
            key += f" {cited.article} {cited.start}"
        first = kept.get(key)
        if first is None:
            kept[key] = statement
            continue
        kind: Literal["direct", "indirect"] = (
            "direct" if "direct" in (first.kind, statement.kind) else "indirect"
        )
        evidence = first.evidence
        if cited.article not in {c.article for c in (*evidence, *evidence[0].also)}:
            # Letter for letter the same around the quote, too: one story in two outlets.
            twin = replace(cited, same_wire=True)
            evidence = (replace(evidence[0], also=(*evidence[0].also, twin)),)
        kept[key] = replace(
            first,
            kind=kind,
            certain=first.certain and statement.certain,
            evidence=evidence,
            relays=tuple(dict.fromkeys((*first.relays, *statement.relays))),
        )
    return tuple(kept.values())


def _mentions(
    generation: Generation,
    articles: Iterable[Article],
    person: Person,
    said: Iterable[tuple[str, int, int]],
) -> Iterator[Citation]:
    """The body sentences that name them and are no statement of theirs."""
    names = sorted((person.name, *person.aliases), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    spoken_at = list(said)
    for article in _by_date(articles):
        for sentence in article.sentences:
            if article.paragraphs[sentence.paragraph].kind != "body":
                continue
            match = pattern.search(article.text, sentence.start, sentence.end)
            if match is None or any(
                a == article.id and start < sentence.end and end > sentence.start
                for a, start, end in spoken_at
            ):
                continue
            start, end = sentence_around(article, *match.span())
            yield cite(generation, article.id, start, end)
