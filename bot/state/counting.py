"""What was asked of the bot, counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

Query = Callable[..., Iterator[dict[str, Any]]]

# Greetings are no questions.
_ASKED = "asked >= ? AND coalesce(reason, '') != 'small_talk'"
_TOP = "GROUP BY 1 ORDER BY n DESC, 1 LIMIT 5"

_COUNTS = f"""SELECT count(*) AS n, coalesce(sum(status = 'abstained'), 0) AS refused,
    count(DISTINCT reader) AS readers FROM questions WHERE {_ASKED}"""  # noqa: S608
_TIMES = f"SELECT milliseconds FROM questions WHERE {_ASKED} ORDER BY 1"  # noqa: S608
_VOTES = """SELECT coalesce(sum(good), 0) AS good, coalesce(sum(1 - good), 0) AS bad
    FROM feedback WHERE given >= ?"""
_MOST_ASKED = (
    f"SELECT question AS q, count(*) AS n, max(id) AS id FROM questions WHERE {_ASKED} {_TOP}"  # noqa: S608
)
_UNANSWERED = f"""SELECT question AS q, count(*) AS n, max(id) AS id FROM questions
    WHERE {_ASKED} AND status = 'abstained' {_TOP}"""  # noqa: S608
_DAILY = f"""SELECT substr(asked, 1, 10) AS day, count(*) AS n,
    coalesce(sum(status = 'abstained'), 0) AS refused
    FROM questions WHERE {_ASKED} GROUP BY 1 ORDER BY 1"""  # noqa: S608
_DISLIKED = f"""SELECT questions.question AS q, count(*) AS n, max(questions.id) AS id FROM feedback
    JOIN questions ON questions.id = feedback.question
    WHERE given >= ? AND NOT good {_TOP}"""  # noqa: S608


class Counted(NamedTuple):
    """A question, how often it was asked, and the number under which it was kept last."""

    question: str
    times: int
    number: int


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts since a moment; the lists have the most asked first."""

    questions: int
    refused: int
    readers: int
    good: int
    bad: int
    milliseconds: float
    """Median time of an answer; 0 without any."""
    most_asked: tuple[Counted, ...]
    unanswered: tuple[Counted, ...]
    daily: tuple[tuple[str, int, int], ...]
    """(day in UTC, questions, refused), oldest first; days without a question are left out."""
    disliked: tuple[Counted, ...]


def count(query: Query, since: str) -> Stats:
    """What was asked since this moment, small talk left out."""
    counts = next(query(_COUNTS, since), {})
    votes = next(query(_VOTES, since), {})
    times = [float(row["milliseconds"]) for row in query(_TIMES, since)]

    def listed(sql: str) -> tuple[Counted, ...]:
        return tuple(Counted(row["q"], row["n"], row["id"]) for row in query(sql, since))

    return Stats(
        counts.get("n", 0),
        counts.get("refused", 0),
        counts.get("readers", 0),
        votes.get("good", 0),
        votes.get("bad", 0),
        times[len(times) // 2] if times else 0.0,
        listed(_MOST_ASKED),
        listed(_UNANSWERED),
        tuple((row["day"], row["n"], row["refused"]) for row in query(_DAILY, since)),
        listed(_DISLIKED),
    )
