"""What fuzzing found, kept: each input once broke the door that it is given to."""

import struct
import zipfile

import pytest

from tests.fuzz.doors import BYTES, TEXTS, in_time
from tests.fuzz.seeds import DOCX


def broken_stream(package: bytes) -> bytes:
    """A zip whose first compressed stream is no stream: zlib.error, which is no OSError."""
    name, extra = struct.unpack("<HH", package[26:30])
    start = 30 + name + extra
    return package[:start] + b"\xff" * 8 + package[start + 8 :]


FOUND_IN_BYTES = [
    (".docx", broken_stream(DOCX)),
    ("manifest", b"a = " + b"[" * 5000),
    ("manifest", b"a = " + b"1" * 5000),
    (".txt", b"a" * 50_000 + b" \xe9t\xe9"),
]
FOUND_IN_TEXT = [("verifying", "\n" * 4000), ("cleaning", "a\xa0" + "\xa0" * 20_000 + "b\nc")]


@pytest.mark.parametrize(("door", "content"), FOUND_IN_BYTES)
def test_a_file_that_was_a_finding(door: str, content: bytes) -> None:
    """The file is read or set aside."""
    with in_time(door):
        BYTES[door](content)


@pytest.mark.parametrize(("door", "text"), FOUND_IN_TEXT)
def test_a_text_that_was_a_finding(door: str, text: str) -> None:
    """The text comes through."""
    with in_time(door):
        TEXTS[door](text)


def test_the_broken_stream_is_one() -> None:
    """The kept Word file still fails inside zlib, or it would show nothing."""
    import io
    import zlib

    with zipfile.ZipFile(io.BytesIO(broken_stream(DOCX))) as package, pytest.raises(zlib.error):
        package.read("word/document.xml")
