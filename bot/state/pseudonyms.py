"""What stands for a person's or chat's number: the same for the same one, and not the number.

The salt lies in the database itself: who holds the whole file can try every number, who sees
questions or an export cannot.
"""

import hashlib
import secrets

from bot.state.statements import Statements


def salt_of(db: Statements) -> bytes:
    """The database's salt, made when it has none. Raises: sqlite3.Error."""
    for row in db.query("SELECT value FROM secrets WHERE name = 'reader'"):
        return bytes(row["value"])
    made = secrets.token_bytes(16)
    db.execute("INSERT INTO secrets VALUES ('reader', ?)", [made])
    return made


def reader_name(salt: bytes, reader: int) -> str:
    """Sixteen letters that stand for a reader."""
    return hashlib.blake2s(str(reader).encode(), key=salt, digest_size=8).hexdigest()


def number_key(salt: bytes, number: int) -> int:
    """A number of 63 bits that stands for a chat or a user."""
    digest = hashlib.blake2s(f"n{number}".encode(), key=salt, digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
