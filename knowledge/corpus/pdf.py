"""A PDF -> text, one page after the other; the home of pypdf (extra [pdf])."""

import io
import logging
import re
from collections import Counter
from pathlib import Path

from knowledge.corpus import messages
from knowledge.corpus.encoding import normalize
from knowledge.errors import UnreadableArticle

_MAX_PAGES = 2000
_NUMBER = re.compile(r"\d+")
_HYPHEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-\n\s*([^\W\d_]+)")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+-[^\W\d_]+")
_CLITICS = {"je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "t", "moi", "toi"}
_CLITICS |= {"lui", "leur", "y", "en", "la", "là", "le", "les", "ci", "même", "mêmes", "être"}
_EDGE = 2


def read_text(path: Path, content: bytes) -> str:
    """The text of all pages, hyphenated words joined, running heads left out.

    Raises UnreadableArticle: pypdf missing, damaged, protected, or without text.
    """
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise UnreadableArticle(path, messages.NO_PDF.format(path=path.as_posix())) from error
    # pypdf tells every irregularity of a file; the admin can do nothing about them.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [page.extract_text() for page in reader.pages[:_MAX_PAGES]]
    # A parser of others' making on bytes of anybody's: each of its faults is the file's.
    except Exception as error:
        raise UnreadableArticle(path, messages.BAD_PDF.format(path=path.as_posix())) from error
    if locked:
        raise UnreadableArticle(path, messages.LOCKED_PDF.format(path=path.as_posix()))
    if not any(page.strip() for page in pages):
        raise UnreadableArticle(path, messages.SCANNED_PDF.format(path=path.as_posix()))
    return normalize(join_hyphenated("\n".join(without_running_heads(pages))))


def without_running_heads(pages: list[str]) -> list[str]:
    """The pages without the first and last lines that stand on most of them, numbers apart."""
    split = [page.splitlines() for page in pages]
    if len(split) < 3:
        return pages
    edges = Counter(
        shape for page in split for shape in {_shape(line) for line in _edges(page)} if shape
    )
    heads = {shape for shape, count in edges.items() if count > 0.6 * len(split)}
    kept: list[str] = []
    for page in split:
        first, last = _EDGE, len(page) - _EDGE
        kept.append(
            "\n".join(
                line
                for number, line in enumerate(page)
                if first <= number < last or _shape(line) not in heads
            )
        )
    return kept


def _edges(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[-_EDGE:]


def _shape(line: str) -> str:
    return _NUMBER.sub("0", line.strip())


def join_hyphenated(text: str) -> str:
    """Joins words cut at the end of a line; "dit-il" and compounds keep their hyphen."""
    compounds = set(_COMPOUND.findall(text))

    def joined(found: re.Match[str]) -> str:
        first, second = found.groups()
        keeps = (
            not second[0].islower()
            or second.lower() in _CLITICS
            or f"{first}-{second}" in compounds
        )
        return f"{first}-{second}" if keeps else first + second

    return _HYPHEN.sub(joined, text)
