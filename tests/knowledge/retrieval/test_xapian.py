"""What Xapian's writer says when the disk refuses."""

from pathlib import Path

import pytest

pytest.importorskip("xapian", reason="the extra [scale] is not installed")

from knowledge.errors import StoreLocked
from knowledge.retrieval.xapian import Writer


def write_much(folder: Path) -> None:
    """Writes 2,000 passages, some 200 kB."""
    with Writer(folder) as writer:
        for number in range(2_000):
            writer.add([f"mot{number}", f"nom{number % 7}"], b"x" * 60)


def test_a_disk_that_is_full_is_an_oserror(tmp_path: Path) -> None:
    """Passages that find no room are told as those who write other files are told."""
    resource = pytest.importorskip("resource", reason="limits of files are those of Unix")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, before[1]))
    try:
        with pytest.raises(OSError, match="terms"):
            write_much(tmp_path / "terms")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_folder_that_is_not_there_is_an_oserror(tmp_path: Path) -> None:
    """Nor is a place that cannot be made an error of Xapian's own."""
    with pytest.raises(OSError, match="terms"):
        Writer(tmp_path / "none" / "terms")


def test_two_writers_are_one_too_many(tmp_path: Path) -> None:
    """The second one is told to wait."""
    with Writer(tmp_path / "terms"), pytest.raises(StoreLocked, match="occupé"):
        Writer(tmp_path / "terms")
