"""Who may do what, and what they did: editors, and a line for each act of an admin.

Owners are a setting (ADMIN_IDS) and stand in no table. People are known by number, never by name.
"""

from typing import NamedTuple

from bot.state.database import Tables


class Act(NamedTuple):
    """What an admin did, and when (UTC, ISO)."""

    at: str
    admin: int
    act: str
    detail: str


class Roles(Tables):
    """The tables of editors and of acts."""

    def editors(self) -> tuple[int, ...]:
        """The numbers of the editors, the longest-serving first."""
        return tuple(row["user"] for row in self._query("SELECT user FROM roles ORDER BY rowid"))

    def is_editor(self, user: int) -> bool:
        """Whether this user is an editor."""
        return any(True for _ in self._query("SELECT 1 FROM roles WHERE user = ?", user))

    def add_editor(self, user: int, by: int) -> bool:
        """Makes a user an editor; False when they are one already, or it could not be kept."""
        if self.is_editor(user):
            return False
        return bool(self._insert("roles", user=user, added=self._now(), by=by))

    def remove_editor(self, user: int) -> bool:
        """Makes an editor a reader again; False when they were none."""
        if not self.is_editor(user):
            return False
        return bool(self._write("DELETE FROM roles WHERE user = ?", (user,)))

    def audit(self, admin: int, act: str, detail: str = "") -> None:
        """Keeps what an admin did."""
        self._insert("audit", at=self._now(), admin=admin, act=act, detail=detail)

    def audited(self, limit: int = 20) -> tuple[Act, ...]:
        """The last acts, newest first."""
        rows = self._query("SELECT * FROM audit ORDER BY id DESC LIMIT ?", limit)
        return tuple(Act(row["at"], row["admin"], row["act"], row["detail"]) for row in rows)
