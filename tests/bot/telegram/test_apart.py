"""Uploads are read by a process that may be killed: what no parser may take down."""

import io
import threading
import zipfile
import zlib
from pathlib import Path

import pytest

from bot.telegram import apart
from bot.telegram.apart import read_apart, stop_reading
from bot.telegram.unpacking import UnusableUpload
from knowledge import corpus
from knowledge.errors import UnusableDossier

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
POOL = "La piscine ouvre\n\nLa piscine de Varenne a été inaugurée par Karim Fontaine.\n"


def docx(inside: str, before: str = "") -> bytes:
    """A Word document with this between its outermost tags."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"{before}<w:document {WORD}>{inside}</w:document>")
    return file.getvalue()


def pdf(stream: bytes, filters: str) -> bytes:
    """A PDF of one page with this content."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter %s >>\nstream\n" % (len(stream), filters.encode())
        + stream
        + b"\nendstream",
    ]
    made, places = b"%PDF-1.4\n", []
    for n, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % n + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + b"xref\n0 5\n0000000000 65535 f \n" + table + tail


ONE = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
SLOW = docx(ONE * 1_000_000)
"""0.1 MB that take more than twenty seconds."""


def test_what_comes_back_is_what_was_read(tmp_path: Path) -> None:
    """The dossier is the same as read here: articles, facts, what was dropped or set aside."""
    (tmp_path / "un.txt").write_text(POOL)
    (tmp_path / "deux.html").write_text(f"<html><h1>Titre</h1><p>{POOL}</p></html>")
    (tmp_path / "vide.txt").write_text("")
    (tmp_path / "dossier.toml").write_text('[articles.un]\npublished = 2024-04-01\nnote = "é"\n')
    assert read_apart(tmp_path, 20) == corpus.load(tmp_path)


def test_an_unusable_upload_is_told_as_here(tmp_path: Path) -> None:
    """Nothing that is an article: the sentence of the reader, as an error of ours."""
    (tmp_path / "vide.txt").write_text("")
    with pytest.raises(UnusableDossier, match="vide"):
        read_apart(tmp_path, 20)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.docx", SLOW, id="a million paragraphs"),
        pytest.param("c.txt", b"Titre\n\n" + b"ab\n\n" * 1_000_000, id="a million lines"),
    ],
)
def test_what_takes_too_long_is_stopped(tmp_path: Path, name: str, content: bytes) -> None:
    """The process is ended by its limit of processor time, and nothing comes back."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnusableUpload) as caught:
        read_apart(tmp_path, 20, seconds=1)
    assert caught.value.key == "telegram.add.too_hard"
    assert not apart._running


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param(
            "b.pdf",
            pdf(
                zlib.compress(zlib.compress(b"0 " * 50_000_000, 9), 9),
                "[/FlateDecode /FlateDecode]",
            ),
            id="a PDF that unfolds twice",
        ),
        pytest.param(
            "c.docx",
            docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY b "aaa">]>'),
            id="entities",
        ),
    ],
)
def test_what_takes_too_much_memory_is_stopped(tmp_path: Path, name: str, content: bytes) -> None:
    """With 200 MB: the file is set aside, or the process ended; never an article, never us."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises((UnusableUpload, UnusableDossier)):
        read_apart(tmp_path, 200, megabytes=200)


def test_reading_ends_when_the_bot_stops(tmp_path: Path) -> None:
    """A file that is being read does not hold up the end."""
    (tmp_path / "a.docx").write_bytes(SLOW)
    ended = threading.Event()

    def read() -> None:
        with pytest.raises(UnusableUpload) as caught:
            read_apart(tmp_path, 20)
        assert caught.value.key == "telegram.add.stopped"
        ended.set()

    reader = threading.Thread(target=read)
    reader.start()
    while reader.is_alive():
        stop_reading()
        reader.join(0.02)
    assert ended.is_set()


def test_the_child_knows_no_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token of the environment is not handed on."""
    monkeypatch.setenv("BOT_TOKEN", "a secret")
    given = apart._environment(tmp_path)
    assert "a secret" not in str(given)
    assert set(given) <= {"PATH", "SYSTEMROOT", "PYTHONPATH", "PYTHONUTF8", "HOME"}
