"""A dossier of two articles, and its library as the tests open it."""

from pathlib import Path

from knowledge.library import Library
from knowledge.store import dossier_home

UN = "Le marché a ouvert\n\nLe marché couvert a ouvert ses portes lundi. La maire l'a inauguré.\n"
DEUX = "La piscine ferme\n\nLa piscine municipale fermera en mars. Les travaux dureront un an.\n"
TROIS = "Un pont neuf\n\nLe pont neuf coûtera deux millions d'euros. Il sera livré en mai.\n"


def make_folder(tmp_path: Path) -> Path:
    """A dossier of two articles."""
    folder = tmp_path / "Mon dossier"
    folder.mkdir()
    (folder / "un.txt").write_text(UN, encoding="utf-8")
    (folder / "deux.txt").write_text(DEUX, encoding="utf-8")
    return folder


class Watch:
    """Notes the stages of the work."""

    def __init__(self) -> None:
        self.stages: list[str] = []

    def report(self, stage: str, done: int, total: int) -> None:
        """What a library tells its progress to."""
        assert 0 <= done <= total
        if not done:
            self.stages.append(stage)


def opened(folder: Path, data: Path | None, **more: bool) -> tuple[Library, list[str]]:
    """The library, and the stages that opening it took."""
    watch = Watch()
    library = Library.open(
        folder,
        data,
        progress=watch.report,
        busy_seconds=0.1,
        serve_last_good=more.get("serve_last_good", False),
    )
    return library, watch.stages


def index_of(folder: Path, data: Path) -> Path:
    """Where the index of this dossier is kept."""
    return dossier_home(data, folder) / "index.db"


def ids(library: Library) -> list[str]:
    """The articles that are served."""
    return [article.id for article in library.current.dossier.articles]
