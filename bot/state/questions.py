"""Questions asked, and what readers said of their answers."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.state.counting import Stats, count
from bot.state.database import Tables, stamp
from knowledge.model import Abstention, Answer, Citation, Language, Reason, Reply


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked, as it was answered; `shown` are the quotes as (article id, start, end)."""

    id: int
    question: str
    understood: str
    language: Language
    generation: int
    shown: tuple[tuple[str, int, int], ...]
    suggestions: tuple[str, ...]


class Questions(Tables):
    """The tables of questions and feedback."""

    def record(
        self, reply: Reply, *, chat: int, reader: int, generation: int, milliseconds: float
    ) -> int:
        """Keeps a question with its reply; its number, 0 when it could not be kept."""
        reason: Reason | None
        shown: tuple[Citation, ...]
        match reply:
            case Answer():
                status, reason, shown = "answered", None, reply.evidence
            case Abstention():
                near = reply.nearest
                status, reason, shown = "abstained", reply.reason, (near,) if near else ()
        return self._insert(
            "questions",
            asked=self._now(),
            chat=self._key(chat),
            reader=self.pseudonym(reader),
            question=reply.question,
            understood=reply.understood,
            language=reply.language,
            kind=reply.kind,
            status=status,
            reason=reason,
            generation=generation,
            code=reply.code,
            confidence=reply.confidence,
            milliseconds=milliseconds,
            shown=json.dumps([[cited.article, cited.start, cited.end] for cited in shown]),
            suggestions=json.dumps(reply.suggestions, ensure_ascii=False),
        )

    def asked(self, number: int, chat: int | None = None) -> Asked | None:
        """The question of this number, if it was asked in this chat (None: in any).

        None when it was never kept or is forgotten.
        """
        key = None if chat is None else self._key(chat)
        for row in self._query(
            "SELECT * FROM questions WHERE id = ? AND chat = coalesce(?, chat)", number, key
        ):
            return Asked(
                number,
                row["question"],
                row["understood"],
                row["language"],
                row["generation"],
                tuple((article, start, end) for article, start, end in json.loads(row["shown"])),
                tuple(json.loads(row["suggestions"])),
            )
        return None

    def link(self, number: int, message: int | None, answer: int) -> None:
        """Keeps which message asked a question (None: a button) and which one answers it."""
        self._write(
            "UPDATE questions SET message = ?, answer = ? WHERE id = ?", (message, answer, number)
        )

    def answer_to(self, chat: int, message: int) -> tuple[int, str] | None:
        """The message that answers this one, and the question it held; None without any."""
        for row in self._query(
            "SELECT answer, question FROM questions"
            " WHERE chat = ? AND message = ? AND answer IS NOT NULL ORDER BY id DESC LIMIT 1",
            self._key(chat),
            message,
        ):
            return row["answer"], row["question"]
        return None

    def rate(self, question: int, reader: int, *, good: bool, reason: str | None = None) -> bool:
        """Keeps a reader's opinion of an answer, the last one given; whether it was kept."""
        return bool(
            self._write(
                "INSERT INTO feedback (question, reader, good, reason, given)"
                " VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (question, reader) DO UPDATE"
                " SET good = excluded.good, reason = excluded.reason, given = excluded.given",
                (question, self.pseudonym(reader), int(good), reason, self._now()),
            )
        )

    def stats(self, since: datetime) -> Stats:
        """What was asked since then, small talk left out."""
        return count(self._query, stamp(since))

    def explain(self, question: int, reader: int, words: str) -> bool:
        """Keeps what a reader says about an answer they called bad; whether it was kept."""
        return bool(
            self._write(
                "INSERT INTO feedback (question, reader, good, reason, words, given)"
                " VALUES (?, ?, 0, 'other', ?, ?)"
                " ON CONFLICT (question, reader) DO UPDATE"
                " SET good = 0, words = excluded.words, given = excluded.given",
                (question, self.pseudonym(reader), words, self._now()),
            )
        )

    def remark(self, reader: int, words: str) -> bool:
        """Keeps a reader's words about the bot; whether they were kept."""
        given = self._now()
        return bool(
            self._insert("remarks", reader=self.pseudonym(reader), words=words, given=given)
        )

    def remarks(self, limit: int = 20) -> tuple[tuple[str, str], ...]:
        """Readers' words about the bot as (time, words), newest first."""
        rows = self._query("SELECT given, words FROM remarks ORDER BY id DESC LIMIT ?", limit)
        return tuple((row["given"], row["words"]) for row in rows)

    def exported(self) -> list[dict[str, Any]]:
        """Every question with its votes, oldest first."""
        return list(
            self._query(
                "SELECT q.*, coalesce(sum(f.good), 0) AS good, coalesce(sum(1 - f.good), 0) AS bad,"
                " group_concat(f.reason, ' ') AS blame, group_concat(f.words, ' / ') AS words"
                " FROM questions q LEFT JOIN feedback f ON f.question = q.id"
                " GROUP BY q.id ORDER BY q.id"
            )
        )
