"""What was asked of the bot, counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Query = Callable[..., Iterator[dict[str, Any]]]

# Greetings are no questions.
_ASKED = "asked >= ? AND coalesce(reason, '') != 'small_talk'"
_TOP = "GROUP BY 1 ORDER BY n DESC, 1 LIMIT 5"

_COUNTS = f"""SELECT count(*) AS n, coalesce(sum(status = 'abstained'), 0) AS refused,
    count(DISTINCT reader) AS readers FROM questions WHERE {_ASKED}"""  # noqa: S608
_TIMES = f"SELECT milliseconds FROM questions WHERE {_ASKED} ORDER BY 1"  # noqa: S608
_VOTES = """SELECT coalesce(sum(good), 0) AS good, coalesce(sum(1 - good), 0) AS bad
    FROM feedback WHERE given >= ?"""
_MOST_ASKED = f"SELECT question AS q, count(*) AS n FROM questions WHERE {_ASKED} {_TOP}"  # noqa: S608
_UNANSWERED = f"""SELECT question AS q, count(*) AS n FROM questions
    WHERE {_ASKED} AND status = 'abstained' {_TOP}"""  # noqa: S608
_DISLIKED = f"""SELECT questions.question AS q, count(*) AS n FROM feedback
    JOIN questions ON questions.id = feedback.question
    WHERE given >= ? AND NOT good {_TOP}"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts since a moment; the lists are (question, times), most asked first."""

    questions: int
    refused: int
    readers: int
    good: int
    bad: int
    milliseconds: float
    """Median time of an answer; 0 without any."""
    most_asked: tuple[tuple[str, int], ...]
    unanswered: tuple[tuple[str, int], ...]
    disliked: tuple[tuple[str, int], ...]


def count(query: Query, since: str) -> Stats:
    """What was asked since this moment, small talk left out."""
    counts = next(query(_COUNTS, since), {})
    votes = next(query(_VOTES, since), {})
    times = [float(row["milliseconds"]) for row in query(_TIMES, since)]

    def listed(sql: str) -> tuple[tuple[str, int], ...]:
        return tuple((row["q"], row["n"]) for row in query(sql, since))

    return Stats(
        counts.get("n", 0),
        counts.get("refused", 0),
        counts.get("readers", 0),
        votes.get("good", 0),
        votes.get("bad", 0),
        times[len(times) // 2] if times else 0.0,
        listed(_MOST_ASKED),
        listed(_UNANSWERED),
        listed(_DISLIKED),
    )
