"""The inbox: updates that Telegram handed over and that are not done yet."""

from bot.state.database import Tables

MOST_TRIES = 3
"""Deaths of the process while it worked on an update, after which the update is set aside."""

REMEMBERED = 10_000
"""Updates done whose numbers are kept, so that one brought again is known."""


class Inbox(Tables):
    """The table of updates."""

    def receive(self, update: int, body: str) -> bool:
        """Keeps an update, on the disk before this returns; False when it is here already.

        One that could not be written counts as new: it is worked on without a net.
        """
        if any(True for _ in self._query("SELECT 1 FROM inbox WHERE id = ?", update)):
            return False
        with self._safely():
            self._insert("inbox", id=update, body=body, tries=0, state="waiting", at=self._now())
        return True

    def begin(self, update: int) -> None:
        """Work on an update begins: if the process dies of it, that was a try."""
        self._write("UPDATE inbox SET tries = tries + 1 WHERE id = ?", (update,))

    def spare(self, update: int) -> None:
        """The work is done but for sending: what kills the process now is not this update."""
        self._write("UPDATE inbox SET tries = 0 WHERE id = ?", (update,))

    def done(self, update: int) -> None:
        """An update is done; only its number stays."""
        self._write("UPDATE inbox SET state = 'done', body = '' WHERE id = ?", (update,))

    def waiting(self) -> tuple[tuple[int, str], ...]:
        """(number, body) of the updates that are not done, oldest first.

        Those that were tried too often are set aside first.
        """
        self._write(
            "UPDATE inbox SET state = 'aside' WHERE state = 'waiting' AND tries >= ?",
            (MOST_TRIES,),
        )
        rows = self._query("SELECT id, body FROM inbox WHERE state = 'waiting' ORDER BY id")
        return tuple((row["id"], row["body"]) for row in rows)

    def unfinished(self) -> int:
        """How many updates are neither done nor set aside."""
        rows = self._query("SELECT count(*) AS n FROM inbox WHERE state = 'waiting'")
        return next((int(row["n"]) for row in rows), 0)

    def aside(self) -> tuple[int, ...]:
        """The updates that were set aside."""
        return tuple(row["id"] for row in self._query("SELECT id FROM inbox WHERE state = 'aside'"))

    def tidy(self) -> None:
        """Forgets the numbers of updates done long ago."""
        self._write(
            "DELETE FROM inbox WHERE state = 'done' AND id <="
            " (SELECT max(id) FROM inbox WHERE state = 'done') - ?",
            (REMEMBERED,),
        )
