"""Articles and passages as compact JSON, and back: what the database of generations holds.

Offsets stand in flat lists of numbers: 15,000 passages are read in a fraction of the time that
one object a span takes.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from knowledge.model import (
    Article,
    Dossier,
    Dropped,
    Paragraph,
    ParagraphKind,
    Passage,
    ReferenceQuestion,
    Sentence,
    SetAside,
)

FORMAT = 1
"""Raised when an older payload could no longer be read."""

_KINDS: tuple[ParagraphKind, ...] = ("body", "caption")


def encode_article(article: Article) -> bytes:
    """The article as UTF-8 JSON; the same article always gives the same bytes."""
    return _dump(
        [
            article.id,
            article.title,
            article.text,
            [
                *chain.from_iterable(
                    (p.number, _KINDS.index(p.kind), p.start, p.end) for p in article.paragraphs
                )
            ],
            [*chain.from_iterable((s.paragraph, s.start, s.end) for s in article.sentences)],
            article.publisher,
            article.agency,
            article.authors,
            _iso(article.published),
            article.published_from,
            article.url,
            article.language,
            [*chain.from_iterable((d.text, d.rule) for d in article.dropped)],
            article.note,
        ]
    )


def decode_article(payload: bytes) -> Article:
    """The article that `encode_article` stored.

    Raises: ValueError, TypeError or IndexError when the payload is something else.
    """
    (
        identity,
        title,
        text,
        paragraphs,
        sentences,
        publisher,
        agency,
        authors,
        published,
        published_from,
        url,
        language,
        dropped,
        note,
    ) = json.loads(payload)
    return Article(
        id=identity,
        title=title,
        text=text,
        paragraphs=tuple(
            Paragraph(number, _KINDS[kind], start, end)
            for number, kind, start, end in _by(4, paragraphs)
        ),
        sentences=tuple(
            Sentence(identity, paragraph, start, end) for paragraph, start, end in _by(3, sentences)
        ),
        publisher=publisher,
        agency=agency,
        authors=tuple(authors),
        published=_day(published),
        published_from=published_from,
        url=url,
        language=language,
        dropped=tuple(Dropped(words, rule) for words, rule in _by(2, dropped)),
        note=note,
    )


def encode_head(dossier: Dossier) -> bytes:
    """All of the dossier but its articles."""
    return _dump(
        {
            "title": dossier.title,
            "language": dossier.language,
            "aliases": {name: list(others) for name, others in dossier.aliases.items()},
            "questions": [[q.question, q.expect, q.articles, q.refuse] for q in dossier.questions],
            "reference_date": _iso(dossier.reference_date),
            "set_aside": [[s.path, s.why] for s in dossier.set_aside],
        }
    )


def decode_head(payload: bytes, articles: tuple[Article, ...]) -> Dossier:
    """The dossier that `encode_head` stored, with these articles.

    Raises: ValueError, TypeError or KeyError when the payload is something else.
    """
    head = json.loads(payload)
    return Dossier(
        title=head["title"],
        language=head["language"],
        articles=articles,
        aliases={name: tuple(others) for name, others in head["aliases"].items()},
        questions=tuple(
            ReferenceQuestion(question, tuple(expect), tuple(articles_of), refuse)
            for question, expect, articles_of, refuse in head["questions"]
        ),
        reference_date=_day(head["reference_date"]),
        set_aside=tuple(SetAside(path, why) for path, why in head["set_aside"]),
    )


def encode_passages(passages: Sequence[Passage], articles: Sequence[Article]) -> bytes:
    """The passages; their articles are told by position."""
    place = {article.id: number for number, article in enumerate(articles)}
    return _dump(
        [
            *chain.from_iterable(
                (place[p.article], p.paragraph, _KINDS.index(p.kind), p.start, p.end)
                for p in passages
            )
        ]
    )


def decode_passages(payload: bytes, articles: Sequence[Article]) -> tuple[Passage, ...]:
    """The passages that `encode_passages` stored.

    Raises: ValueError, TypeError or IndexError when the payload is something else.
    """
    ids = [article.id for article in articles]
    return tuple(
        Passage(ids[place], paragraph, _KINDS[kind], start, end)
        for place, paragraph, kind, start, end in _by(5, json.loads(payload))
    )


def _dump(value: object) -> bytes:
    # surrogatepass: json.loads reads bytes that way, and a stray half character of a broken
    # file must not stop a generation from being stored.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _by(size: int, flat: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    one: Iterable[Any] = iter(flat)
    return zip(*[one] * size, strict=True)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
