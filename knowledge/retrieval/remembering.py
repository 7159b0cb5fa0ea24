"""An encoder that remembers: what it encoded once it finds again, in another process too."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.errors import DossierError
from knowledge.model import Encoder

_KEY = 16


class Remembering:
    """Another encoder's vectors, each worked out once; `file` None: for this process only."""

    def __init__(self, encoder: Encoder, file: Path | None) -> None:
        """Reads the file, if there is one.

        Raises:
            DossierError: the file is not what `save` wrote, or another encoder's.
        """
        self.name = encoder.name
        self._encoder = encoder
        self._file = file
        self._known: dict[bytes, np.ndarray] = {}
        self._new = False
        if file is not None and file.exists():
            self._known = self._read(file)

    def encode(self, texts: Sequence[str], *, query: bool) -> Sequence[Sequence[float]]:
        """As the other encoder does, in single precision."""
        keys = [_key(text, query=query) for text in texts]
        new = {k: text for k, text in zip(keys, texts, strict=True) if k not in self._known}
        if new:
            made = np.asarray(self._encoder.encode(list(new.values()), query=query), np.float32)
            self._known |= dict(zip(new, made, strict=True))
            self._new = True
        return [self._known[key] for key in keys]  # type: ignore[misc]  # a row is a sequence

    def save(self) -> None:
        """Writes what is known, when there is a file and something new.

        Raises:
            OSError: the file cannot be written.
        """
        if self._file is None or not self._new:
            return
        keys = sorted(self._known)
        with self._file.open("wb") as file:
            np.savez(
                file,
                encoder=np.array(self.name),
                keys=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, _KEY),
                rows=np.array([self._known[key] for key in keys], np.float32),
            )
        self._new = False

    def _read(self, file: Path) -> dict[bytes, np.ndarray]:
        try:
            with np.load(file, allow_pickle=False) as found:
                name, keys, rows = str(found["encoder"]), found["keys"], found["rows"]
        except (BadZipFile, EOFError, LookupError, OSError, TypeError, ValueError) as error:
            raise DossierError(f"{file}: cannot be read as vectors; see --vectors.") from error
        if name != self.name:
            raise DossierError(f"{file}: holds vectors of {name}, not of {self.name}.")
        return dict(zip((key.tobytes() for key in keys), rows, strict=True))


def _key(text: str, *, query: bool) -> bytes:
    marked = f"{'q' if query else 'p'} {text}".encode("utf-8", "replace")
    return hashlib.blake2b(marked, digest_size=_KEY).digest()
