"""What admins look at: statistics, the export of questions, the bot's health."""

import asyncio
import csv
import io
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from telegram import InputFile
from telegram.constants import ChatAction

from bot.render.markup import escape
from bot.render.picture import Day, days_picture
from bot.state.counting import Counted, Stats
from bot.telegram.callbacks import Reference
from bot.telegram.checking import unpublished
from bot.telegram.desk import Context, Desk, Place
from bot.telegram.pressing import Press
from bot.telegram.screen import Row, Screen, send
from bot.telegram.screens import button
from bot.telegram.uploads import Uploads
from bot.texts import Texts

DAYS = 7
BARS = "▁▂▃▄▅▆▇█"
SHOWN = 120
"""Characters of a question in a list."""

COLUMNS = (
    "asked", "question", "understood", "language", "kind", "status", "reason", "confidence",
    "generation", "code", "milliseconds", "reader", "good", "bad", "blame", "words",
)  # fmt: skip


class Figures:
    """The handlers of /stats, /export and /health."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._began = time.monotonic()

    async def stats(self, context: Context, place: Place) -> None:
        """The last week and today; one tap makes a 👎 or a refusal a reference question."""
        desk, words = self.desk, self.desk.words(place)
        now = datetime.now(UTC).astimezone()
        week = desk.state.stats(now - timedelta(days=DAYS))
        today = desk.state.stats(now.replace(hour=0, minute=0, second=0, microsecond=0))
        generation = desk.generation
        blocks = [
            words["telegram.admin.stats"].format(
                questions=week.questions,
                questions_today=today.questions,
                refused=week.refused,
                refused_today=today.refused,
                readers=week.readers,
                readers_today=today.readers,
                good=week.good,
                bad=week.bad,
                milliseconds=round(week.milliseconds),
                bars=bars(week.daily, now.astimezone(UTC).date()),
            ),
            words["telegram.admin.stats_dossier"].format(
                articles=words.count("cli.articles", len(generation.dossier.articles)),
                generation=generation.number,
            ),
        ]
        blocks += _lists(words, week)
        picture = await asyncio.to_thread(_picture, words, week, now.astimezone(UTC).date())
        if picture is not None:
            await context.bot.send_photo(
                place.chat, picture, message_thread_id=place.thread or None
            )
        await send(context.bot, desk.state, place, Screen.of(["\n\n".join(blocks)], *_asking(week)))

    async def reference(self, press: Press, action: Reference) -> None:
        """A question that was asked becomes a reference question, from the next publication on."""
        asked = self.desk.state.asked(action.question)
        if asked is None:
            await press.tell("telegram.gone_question")
            return
        added = Uploads(self.desk).overlay.ask(asked.question)
        await press.tell(None if added else "telegram.admin.reference_known")
        if added:
            self.desk.state.audit(press.place.user, "reference", asked.question)
            screen = unpublished(
                press.words, "telegram.admin.reference_added", question=escape(asked.question)
            )
            await send(press.context.bot, self.desk.state, press.place, screen)

    async def export(self, context: Context, place: Place) -> None:
        """Questions and feedback as a CSV file."""
        await context.bot.send_chat_action(place.chat, ChatAction.UPLOAD_DOCUMENT)
        words = self.desk.words(place)
        rows = self.desk.state.exported()
        content = await self.desk.compute(lambda: csv_bytes(rows))
        self.desk.state.audit(place.user, "export")
        name = f"dossier-questions-{self.desk.today().isoformat()}.csv"
        await context.bot.send_document(
            place.chat,
            InputFile(content, name),
            caption=words.count("telegram.admin.exported", len(rows)),
            message_thread_id=place.thread or None,
        )

    async def health(self, context: Context, place: Place) -> None:
        """What runs, since when, and what is amiss."""
        desk, words = self.desk, self.desk.words(place)
        generation = desk.generation
        minutes = round((time.monotonic() - self._began) / 60)
        lines = [
            words["telegram.admin.health"].format(
                generation=generation.number,
                articles=words.count("cli.articles", len(generation.dossier.articles)),
                hours=minutes // 60,
                minutes=f"{minutes % 60:02}",
                questions=desk.state.count("questions"),
            )
        ]
        aside = generation.dossier.set_aside
        if aside:
            lines.append(words["telegram.admin.set_aside"])
            lines += [escape(f"• {one.why}") for one in aside[:10]]
        trouble = desk.amiss
        lines += [words["telegram.admin.notice"].format(notice=escape(one)) for one in trouble]
        poison = desk.state.aside()
        if poison:
            numbers = ", ".join(map(str, poison[-10:]))
            lines.append(words["telegram.admin.poison"].format(updates=numbers))
        if not aside and not trouble and not poison:
            lines.append(words["telegram.admin.healthy"])
        await send(context.bot, desk.state, place, Screen.of(["\n".join(lines)]))


def _picture(words: Texts, week: Stats, today: date) -> bytes | None:
    """The week as a picture; None for an empty one, or when nothing can draw it."""
    if not week.questions:
        return None
    counts = {day: (n, refused) for day, n, refused in week.daily}
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    return days_picture(
        [Day(f"{day:%d/%m}", *counts.get(day.isoformat(), (0, 0))) for day in days],
        words["telegram.admin.picture_title"],
        words["telegram.admin.picture_answered"],
        words["telegram.admin.picture_refused"],
    )


def bars(daily: Sequence[tuple[str, int, int]], today: date) -> str:
    """The questions of each day of the week as bars, oldest first."""
    counts = {day: n for day, n, _ in daily}
    days = [(today - timedelta(days=back)).isoformat() for back in reversed(range(DAYS))]
    most = max(counts.values(), default=0)
    if not most:
        return BARS[0] * DAYS
    return "".join(BARS[counts.get(day, 0) * (len(BARS) - 1) // most] for day in days)


def csv_bytes(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The rows as CSV in UTF-8 with a mark, so that a spreadsheet reads the accents.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([_inert(row[column]) for column in COLUMNS] for row in rows)
    return file.getvalue().encode("utf-8-sig", "replace")


def _inert(value: object) -> object:
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@"):
        return f"'{value}"
    return value


def _lists(words: Texts, week: Stats) -> Iterator[str]:
    for key, listed in (
        ("most_asked", week.most_asked),
        ("unanswered", week.unanswered),
        ("disliked", week.disliked),
    ):
        if listed:
            numbered = key != "most_asked"
            offset = len(week.unanswered) if key == "disliked" else 0
            lines = [
                _line(words, one, n + offset if numbered else None)
                for n, one in enumerate(listed, start=1)
            ]
            yield "\n".join([words[f"telegram.admin.stats_{key}"], *lines])


def _line(words: Texts, one: Counted, number: int | None) -> str:
    text = words["telegram.admin.stats_line"].format(
        times=one.times, question=escape(one.question[:SHOWN])
    )
    return text if number is None else f"<b>{number}.</b> {text}"


def _asking(week: Stats) -> Iterator[Row]:
    """A button for each numbered question; it makes it a reference question."""
    made = [
        button(f"➕ {n}", Reference(one.number))
        for n, one in enumerate((*week.unanswered, *week.disliked), start=1)
    ]
    for start in range(0, len(made), 5):
        yield tuple(made[start : start + 5])
