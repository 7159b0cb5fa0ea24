"""A Word document (.docx) -> draft, by the standard library: paragraphs, title, author, date."""

import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

from knowledge.corpus import lines, messages
from knowledge.corpus.draft import Draft, Facts, Line
from knowledge.errors import UnreadableArticle

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MAX_XML = 50_000_000
"""A small zip may hold gigabytes: larger parts are not unpacked."""

_TITLE_STYLE = re.compile(r"(?:title|titre)\d?", re.IGNORECASE)


def read(path: Path, content: bytes) -> Draft:
    """The paragraphs of a document, tables included. Raises UnreadableArticle when damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            document = _part(package, "word/document.xml")
            core = _part(package, "docProps/core.xml", optional=True)
    # IndexError and struct.error: zipfile on a damaged extra field.
    except (
        zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, LookupError, ValueError,
        ET.ParseError, NotImplementedError, RuntimeError, EOFError, OSError,
    ) as error:  # fmt: skip
        raise UnreadableArticle(path, messages.BAD_DOCX.format(path=path.as_posix())) from error
    found: list[Line] = []
    title = None
    for paragraph in document.iter(f"{_W}p"):
        text = _text(paragraph)
        if not text.strip():
            continue
        if title is None and not found and _TITLE_STYLE.fullmatch(_style(paragraph)):
            title = " ".join(text.split())
        found.extend(Line(line.text, True) for line in lines.one_each(text))
    return Draft(tuple(lines.join_fragments(found)), _facts(core, title))


def _part(package: zipfile.ZipFile, name: str, *, optional: bool = False) -> ET.Element:
    if optional and name not in package.namelist():
        return ET.Element("none")
    if package.getinfo(name).file_size > _MAX_XML:
        raise ValueError(name)
    xml = package.read(name)
    if b"<!DOCTYPE" in xml[:1000] or b"<!ENTITY" in xml:
        # Word writes no document type; entities are how a small file becomes a huge one.
        raise ValueError(name)
    return ET.fromstring(xml)  # noqa: S314  no entities: checked above


def _text(paragraph: ET.Element) -> str:
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            parts.append(" ")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            parts.append("\n")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _style(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(f"{_W}val", "") if style is not None else ""


def _facts(core: ET.Element, title: str | None) -> Facts:
    """What the document says of itself; its author and dates are those of the file, not used."""
    language = core.findtext(f"{_DC}language")
    return Facts(
        title=title or core.findtext(f"{_DC}title") or None,
        language=language[:2].lower() if language else None,
    )
