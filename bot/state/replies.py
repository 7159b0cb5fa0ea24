"""Replies as they were given, so that they can be given again and taken away.

A reply is kept with all that it was asked with; of the dossier's state only a fingerprint of each
article, once a state.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bot.state.database import Tables
from knowledge.model import (
    Abstention,
    Answer,
    Citation,
    Explanation,
    Language,
    Limits,
    Reply,
    ResolvedDate,
)

MOST_KEPT = 500
"""Questions of a conversation that is taken away; the last ones."""

NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a question was asked with, besides its words; `language`: the one that was set."""

    history: tuple[str, ...] = ()
    language: Language | None = None
    limits: Limits = NO_LIMITS
    exclude: tuple[tuple[str, int], ...] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A state of a dossier: its digest, and a fingerprint of each article by its id."""

    digest: str
    articles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A question with its reply; `asked` is UTC, ISO."""

    code: str
    asked: str
    question: str
    terms: Terms
    digest: str
    reply: Reply


class Replies(Tables):
    """The replies among the questions, and the editions that they were given of."""

    def keep_reply(self, number: int, reply: Reply, terms: Terms, edition: Edition) -> None:
        """Keeps the reply to the question of this number."""
        body = json.dumps(
            {"terms": _terms_body(terms), "reply": reply_body(reply)}, ensure_ascii=False
        )
        with self._together():
            self._write(
                "UPDATE questions SET told = ?, digest = ? WHERE id = ?",
                (body, edition.digest, number),
            )
            self._write(
                "INSERT INTO editions (digest, seen, articles) VALUES (?, ?, ?)"
                " ON CONFLICT (digest) DO UPDATE SET seen = excluded.seen",
                (edition.digest, self._now(), json.dumps(dict(edition.articles))),
            )

    def told(self, code: str) -> Told | None:
        """The last reply of this code; None when it was never kept or is forgotten."""
        return next(iter(self._told("code = ?", code)), None)

    def told_under(self, number: int) -> Told | None:
        """The reply to the question of this number; None when it was never kept or is forgotten."""
        return next(iter(self._told("id = ?", number)), None)

    def edition(self, digest: str) -> Edition | None:
        """The state of a dossier; None when it is forgotten."""
        for row in self._query("SELECT articles FROM editions WHERE digest = ?", digest):
            return Edition(digest, json.loads(row["articles"]))
        return None

    def conversation(self, chat: int, reader: int) -> tuple[Told, ...]:
        """What a reader asked in a chat and was told, oldest first."""
        found = self._told(
            "chat = ? AND reader = ?", self._key(chat), self.pseudonym(reader), most=MOST_KEPT
        )
        return tuple(reversed(found))

    def last_told(self, most: int) -> tuple[Told, ...]:
        """The last replies, newest first."""
        return self._told("1", most=most)

    def forget_code(self, code: str, *, before: int) -> None:
        """Drops the questions of this code that were kept before the one of this number."""
        self._write("DELETE FROM questions WHERE code = ? AND id < ?", (code, before))

    def _told(self, where: str, *values: object, most: int = 1) -> tuple[Told, ...]:
        rows = self._query(
            f"SELECT code, asked, question, digest, told FROM questions"  # noqa: S608
            f" WHERE {where} AND told IS NOT NULL ORDER BY id DESC LIMIT {most}",
            *values,
        )
        made = []
        for row in rows:
            try:
                body = json.loads(row["told"])
                terms, reply = _terms(body["terms"]), reply_of(body["reply"])
            except (ValueError, TypeError, LookupError):
                continue  # kept by a version whose replies had other fields: as if forgotten
            made.append(
                Told(row["code"], row["asked"], row["question"], terms, row["digest"], reply)
            )
        return tuple(made)


def reply_body(reply: Reply) -> dict[str, Any]:
    """The reply as JSON values, without its reasoning."""
    body = asdict(replace(reply, explanation=Explanation()))
    del body["explanation"]
    if isinstance(reply, Answer):
        body["evidence"] = [_citation_body(citation) for citation in reply.evidence]
    else:
        body["nearest"] = None if reply.nearest is None else _citation_body(reply.nearest)
    return body


def reply_of(body: Mapping[str, Any]) -> Reply:
    """The reply of `reply_body`."""
    given = dict(body)
    for name in ("notes", "missing", "suggestions"):
        given[name] = tuple(given[name])
    given["corrections"] = tuple((typed, read) for typed, read in given["corrections"])
    if "headline" in given:
        given["evidence"] = tuple(_citation(one) for one in given["evidence"])
        return Answer(**given)
    near = given["nearest"]
    given["nearest"] = None if near is None else _citation(near)
    return Abstention(**given)


def _citation_body(citation: Citation) -> dict[str, Any]:
    body = asdict(citation)
    body["published"] = citation.published and citation.published.isoformat()
    body["also"] = [_citation_body(twin) for twin in citation.also]
    return body


def _citation(body: Mapping[str, Any]) -> Citation:
    given = dict(body)
    given["published"] = given["published"] and date.fromisoformat(given["published"])
    given["dates"] = tuple(ResolvedDate(**one) for one in given["dates"])
    given["also"] = tuple(_citation(twin) for twin in given["also"])
    return Citation(**given)


def _terms_body(terms: Terms) -> dict[str, Any]:
    limits = terms.limits
    return {
        "history": terms.history,
        "language": terms.language,
        "outlets": limits.outlets,
        "since": limits.since and limits.since.isoformat(),
        "until": limits.until and limits.until.isoformat(),
        "articles": limits.articles,
        "exclude": terms.exclude,
        "today": terms.today and terms.today.isoformat(),
    }


def _terms(body: Mapping[str, Any]) -> Terms:
    def day(name: str) -> date | None:
        return date.fromisoformat(body[name]) if body[name] else None

    limits = Limits(tuple(body["outlets"]), day("since"), day("until"), tuple(body["articles"]))
    exclude = tuple((article, paragraph) for article, paragraph in body["exclude"])
    return Terms(tuple(body["history"]), body["language"], limits, exclude, day("today"))
