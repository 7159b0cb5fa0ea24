"""Uploads: plain files with safe names, and no bombs."""

import contextlib
import io
import zipfile
from pathlib import PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.telegram.unpacking import MOST_FILES, SUFFIXES, UnusableUpload, safe_name, unpack


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@given(st.text(max_size=120), st.sampled_from(SUFFIXES), st.sampled_from(["", "../", "a\\..\\"]))
def test_names_stay_in_their_folder(stem: str, suffix: str, prefix: str) -> None:
    """No name leads out of its folder, hides itself, or is too long for a file system."""
    name = safe_name(f"{prefix}{stem}{suffix}")
    if name is not None:
        assert PurePosixPath(name).name == name
        assert not name.startswith(".")
        assert "\\" not in name
        assert len(name.encode()) <= 255 + len(suffix)
        assert name.isprintable()


def test_other_types_are_refused() -> None:
    """Only what the corpus reads is taken."""
    assert safe_name("programme.exe") is None
    assert safe_name(".txt") is None
    with pytest.raises(UnusableUpload) as refused:
        unpack("image.png", b"", 1)
    assert refused.value.fields == {"suffix": ".png"}


@pytest.mark.parametrize(
    "suffix",
    [".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pdf"],
)
def test_what_the_corpus_reads_is_taken_as_it_is(suffix: str) -> None:
    """One file, its content untouched, its type in small letters."""
    assert unpack(f"dir/Le pont{suffix.upper()}", b"x", 1) == ((f"Le pont{suffix}", b"x"),)


def test_the_limits_themselves_are_allowed() -> None:
    """200 files; a file of exactly the limit; five times the limit in all."""
    assert len(unpack("a.zip", zipped({f"{n}.txt": b"1" for n in range(200)}), 1)) == 200
    whole = zipped({f"{n}.txt": b"0" * 1_000_000 for n in range(5)})
    assert [len(content) for _, content in unpack("a.zip", whole, 1)] == [1_000_000] * 5


def test_a_zip_gives_its_articles_under_distinct_names() -> None:
    """Folders fall away; names that meet get a number; shadows and pictures stay out."""
    content = zipped({"a/un.txt": b"1", "b/UN.txt": b"2", "__MACOSX/un.txt": b"3", "x.png": b"4"})
    assert unpack("tout.ZIP", content, 1) == (("un.txt", b"1"), ("UN-2.txt", b"2"))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (zipped({"bombe.txt": b"0" * 3_000_000}), "too_big"),
        (zipped({f"{n}.txt": b"0" * 900_000 for n in range(6)}), "too_big"),
        (zipped({f"{n}.txt": b"" for n in range(MOST_FILES + 1)}), "too_many"),
        (zipped({"un.txt": b"1"} | {f"{n}/": b"" for n in range(10_000)}), "too_many"),
        (zipped({"image.png": b"x"}), "empty_zip"),
        (b"pas un zip", "bad_zip"),
        (zipped({"un.txt": b"texte" * 99})[:60], "bad_zip"),
    ],
)
def test_bombs_and_broken_zips_are_refused(content: bytes, key: str) -> None:
    """Too much once unpacked, too many files, none, or no zip at all."""
    with pytest.raises(UnusableUpload) as refused:
        unpack("x.zip", content, 1)
    assert refused.value.key == f"telegram.add.{key}"


@example(b"\x00" * 6, 132)
@given(st.binary(max_size=200), st.integers(0, 150))
def test_a_damaged_zip_is_refused_or_read(noise: bytes, at: int) -> None:
    """Whatever is broken in it, a zip gives files or a refusal."""
    whole = zipped({"un.txt": b"texte " * 20, "deux.md": b"autre"})
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    with contextlib.suppress(UnusableUpload):
        unpack("x.zip", damaged, 1)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("\u202egnp.exe\u202c.txt", "gnp.exe.txt"),
        ("a\u2066\u2069b\u200f.txt", "a__b.txt"),
        ("a\0b.txt", "a_b.txt"),
        ("a\udc80b.txt", "a_b.txt"),
        ("..\\..\\etc\\passwd.txt", "passwd.txt"),
        ("/etc/cron.d/x.txt", "x.txt"),
        ("é" * 300 + ".txt", "é" * 80 + ".txt"),
        ("e" + "\u0301\u0316" * 5000 + ".txt", None),
        ("😀.txt", "article.txt"),
        ("<b>.txt", "b.txt"),
        ("..txt", None),
    ],
)
def test_a_name_is_only_a_name(name: str, safe: str | None) -> None:
    """Marks of direction, NUL, folders, halves of characters and endless names are gone."""
    found = safe_name(name)
    if name.startswith("e\u0301"):
        assert found is not None
        assert len(found) < 90
    else:
        assert found == safe
