"""The tables of the lasting database, made step by step; steps are recorded and never changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.state.errors import StateTooNew
from bot.state.pseudonyms import number_key, salt_of
from bot.state.statements import Statements

Step = Callable[[Statements], None]


def _first(db: Statements) -> None:
    for statement in (
        """CREATE TABLE questions (
            id INTEGER PRIMARY KEY, asked TEXT NOT NULL, chat INTEGER NOT NULL,
            reader TEXT NOT NULL, question TEXT NOT NULL, understood TEXT NOT NULL,
            language TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, reason TEXT,
            generation INTEGER NOT NULL, code TEXT NOT NULL, confidence REAL NOT NULL,
            milliseconds REAL NOT NULL, shown TEXT NOT NULL, suggestions TEXT NOT NULL,
            message INTEGER, answer INTEGER)""",
        "CREATE INDEX questions_asked ON questions (asked)",
        "CREATE INDEX questions_message ON questions (chat, message)",
        """CREATE TABLE feedback (
            question INTEGER NOT NULL, reader TEXT NOT NULL, good INTEGER NOT NULL, reason TEXT,
            words TEXT, given TEXT NOT NULL, PRIMARY KEY (question, reader))""",
        """CREATE TABLE turns (
            id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, thread INTEGER NOT NULL,
            question TEXT NOT NULL, asked TEXT NOT NULL)""",
        "CREATE INDEX turns_chat ON turns (chat, thread)",
        "CREATE TABLE chats (chat INTEGER PRIMARY KEY, language TEXT, quiet INTEGER)",
        "CREATE TABLE kept (id INTEGER PRIMARY KEY, kept TEXT NOT NULL, body TEXT NOT NULL)",
        """CREATE TABLE audit (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, admin INTEGER NOT NULL, act TEXT NOT NULL,
            detail TEXT NOT NULL)""",
        """CREATE TABLE prompts (
            chat INTEGER NOT NULL, message INTEGER NOT NULL, user INTEGER NOT NULL,
            kind TEXT NOT NULL, detail TEXT NOT NULL, asked TEXT NOT NULL,
            PRIMARY KEY (chat, message))""",
        """CREATE TABLE remarks (
            id INTEGER PRIMARY KEY, reader TEXT NOT NULL, words TEXT NOT NULL,
            given TEXT NOT NULL)""",
        """CREATE TABLE uploads (
            id INTEGER PRIMARY KEY, admin INTEGER NOT NULL, folder TEXT NOT NULL,
            sent TEXT NOT NULL)""",
        """CREATE TABLE inbox (
            id INTEGER PRIMARY KEY, body TEXT NOT NULL, tries INTEGER NOT NULL,
            state TEXT NOT NULL)""",
        "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    ):
        db.execute(statement)


def _people(db: Statements) -> None:
    """Editors; pages that know their chat; and no number of a reader's anywhere any more."""
    for statement in (
        "CREATE TABLE roles (user INTEGER PRIMARY KEY, added TEXT NOT NULL, by INTEGER NOT NULL)",
        "ALTER TABLE kept ADD COLUMN chat INTEGER",
        "ALTER TABLE inbox ADD COLUMN at TEXT",
        "CREATE INDEX questions_reader ON questions (reader)",
    ):
        db.execute(statement)
    salt = salt_of(db)
    for table, column in (
        ("questions", "chat"), ("turns", "chat"), ("chats", "chat"), ("prompts", "chat"),
        ("prompts", "user"),
    ):  # fmt: skip
        numbers = list(db.query(f"SELECT DISTINCT {column} AS n FROM {table}"))  # noqa: S608
        for row in numbers:
            db.execute(
                f"UPDATE {table} SET {column} = ? WHERE {column} = ?",  # noqa: S608
                [number_key(salt, row["n"]), row["n"]],
            )


def _replies(db: Statements) -> None:
    """Replies as they were given, and the states of the dossier that they were given of."""
    for statement in (
        "ALTER TABLE questions ADD COLUMN told TEXT",
        "ALTER TABLE questions ADD COLUMN digest TEXT",
        "CREATE INDEX questions_code ON questions (code)",
        """CREATE TABLE editions (
            digest TEXT PRIMARY KEY, seen TEXT NOT NULL, articles TEXT NOT NULL)""",
    ):
        db.execute(statement)


STEPS: tuple[tuple[str, Step], ...] = (
    ("first", _first),
    ("people", _people),
    ("replies", _replies),
)
"""Names and steps, oldest first; a new version appends."""


def is_current(db: Statements) -> bool:
    """Whether every step has been taken, and none that this version does not know.

    Raises: sqlite3.Error.
    """
    if not list(db.query("SELECT 1 FROM sqlite_master WHERE name = 'migrations'")):
        return False
    return {row["name"] for row in db.query("SELECT name FROM migrations")} == {
        name for name, _ in STEPS
    }


def migrate(db: Statements, path: Path | str) -> None:
    """Brings the database to the newest schema, each step in one transaction with its record.

    Raises: StateTooNew when a later version has been here; sqlite3.Error.
    """
    db.execute(
        "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL)"
    )
    done = {str(row["name"]) for row in db.query("SELECT name FROM migrations")}
    unknown = done - {name for name, _ in STEPS}
    if unknown:
        raise StateTooNew(
            path,
            f"{path} vient d'une version plus récente de Dossier (étape {min(unknown)}) ;"
            " mettez ce programme à jour.",
        )
    for name, step in STEPS:
        if name in done:
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            step(db)
            db.execute(
                "INSERT INTO migrations VALUES (?, ?)", [name, datetime.now(UTC).isoformat()]
            )
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
