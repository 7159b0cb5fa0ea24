"""Files that admins sent and that wait for a tap, each upload in a folder of its own."""

import shutil
import tempfile
from pathlib import Path

from bot.telegram.apart import read_apart
from bot.telegram.callbacks import article_of
from bot.telegram.desk import Desk
from bot.telegram.overlay import Overlay
from bot.telegram.unpacking import UnusableUpload, unpack
from knowledge.model import Article, Dossier

MOST_WAITING = 50
"""Uploads that wait for a tap at once; each may hold a hundred megabytes."""

MANIFEST = "dossier.toml"
"""An upload is a small dossier: corrections made before it is added stand in its manifest."""


class Uploads:
    """Uploads under DATA_DIR, and the overlay that they go to."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def overlay(self) -> Overlay:
        """What is laid over the dossier's folder."""
        folder = self.desk.library.overlay
        return Overlay(folder or self.desk.settings.data_dir / "added")

    def corrections(self, upload: int) -> Overlay | None:
        """Where facts of an upload are corrected (0: of the dossier); None when it is gone."""
        if not upload:
            return self.overlay
        folder = self.folder(upload)
        return Overlay(folder, MANIFEST) if folder is not None else None

    def stage(self, name: str, content: bytes, limit: int) -> tuple[Path, Dossier]:
        """Lays a file (or what a zip holds) into a new folder and reads it.

        What was set aside does not stay: it would be read again with the dossier.

        Raises: UnusableUpload; DossierError when no article is in it; OSError.
        """
        files = unpack(name, content, limit)
        uploads = self.desk.settings.data_dir / "uploads"
        uploads.mkdir(parents=True, exist_ok=True)
        if sum(1 for _ in uploads.iterdir()) >= MOST_WAITING:
            raise UnusableUpload("telegram.add.too_many_waiting", most=MOST_WAITING)
        folder = Path(tempfile.mkdtemp(dir=uploads))
        try:
            taken = {article.id.casefold() for article in self.desk.generation.dossier.articles}
            for file, text in files:
                (folder / self._free(file, text, taken)).write_bytes(text)
            dossier = self.read(folder)
            for aside in dossier.set_aside:
                (folder / Path(aside.path).name).unlink(missing_ok=True)
            return folder, dossier  # noqa: TRY300 - what fails above leaves no folder behind
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _free(self, name: str, content: bytes, taken: set[str]) -> str:
        """A name that replaces no other article: only the same file takes its own place."""
        path, n = Path(name), 1
        stem = path.stem
        while stem.casefold() in taken and not self._is_same(f"{stem}{path.suffix}", content):
            n += 1
            stem = f"{path.stem}-{n}"
        return f"{stem}{path.suffix}"

    def _is_same(self, name: str, content: bytes) -> bool:
        folders = (self.desk.library.folder, self.overlay.folder)
        found = (folder / name for folder in folders)
        return any(path.is_file() and path.read_bytes() == content for path in found)

    def read(self, folder: Path) -> Dossier:
        """The articles of an upload. Raises: DossierError; UnusableUpload: it takes too much."""
        return read_apart(folder, self.desk.settings.max_file_mb)

    def lay(self, folder: Path) -> list[str]:
        """Moves an upload into the overlay; the ids of its articles.

        Raises: DossierError; OSError; tomllib.TOMLDecodeError.
        """
        staged, overlay = Overlay(folder, MANIFEST), self.overlay
        articles = self.read(folder).articles
        for path in sorted(folder.iterdir()):
            if path.name != MANIFEST and not path.name.startswith("."):
                overlay.add(path.name, path.read_bytes())
        for article in articles:
            overlay.restore(article.id)
            facts = staged.correction(article.id)
            if facts:
                overlay.correct(article.id, facts)
        shutil.rmtree(folder, ignore_errors=True)
        return [article.id for article in articles]

    def folder(self, upload: int) -> Path | None:
        """Where an upload lies; None when it was added or dropped."""
        name = self.desk.state.uploaded(upload)
        folder = self.desk.settings.data_dir / "uploads" / Path(name).name if name else None
        return folder if folder is not None and folder.is_dir() else None

    def tidy(self, before: float) -> None:
        """Drops uploads that nobody added since this moment (seconds since 1970)."""
        uploads = self.desk.settings.data_dir / "uploads"
        for folder in uploads.iterdir() if uploads.is_dir() else ():
            if folder.is_dir() and folder.stat().st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)

    def article(self, upload: int, short: str) -> Article | None:
        """An article of an upload, or (0) of the dossier, by its short id; None when it is gone."""
        if not upload:
            return article_of(short, self.desk.generation.dossier.articles)
        folder = self.folder(upload)
        return article_of(short, self.read(folder).articles) if folder is not None else None
