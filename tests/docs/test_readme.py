"""The README and the guide say what is true: examples are run, commands and settings are named.

`UPDATE_EXAMPLES=1 pytest tests/docs` writes what the examples show now.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.arguments import COMMANDS
from bot.cli.chat import COMMANDS as CHAT_COMMANDS
from config.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ("README.md", "docs/GUIDE.md")
EXAMPLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<shown>.*?)```", re.DOTALL)


def read(name: str) -> str:
    """The text of a document."""
    return (ROOT / name).read_text(encoding="utf-8")


def examples() -> list[tuple[str, str]]:
    """(document, command) of each example."""
    return [(name, found["command"]) for name in DOCS for found in EXAMPLE.finditer(read(name))]


def shown_by(command: str, folder: Path) -> str:
    """What the command prints, as a reader who installed `dossier` sees it."""
    bin_ = folder / "bin"
    bin_.mkdir(exist_ok=True)
    script = bin_ / "dossier"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    process = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
        text=True,
    )
    return re.sub(r'"elapsed_ms": [\d.]+', '"elapsed_ms": 1.5', process.stdout + process.stderr)


@pytest.mark.parametrize(("name", "command"), examples())
def test_an_example_gives_what_it_shows(name: str, command: str, tmp_path: Path) -> None:
    """Each console block of the documents shows what its command prints."""
    shown = shown_by(command, tmp_path)
    if os.environ.get("UPDATE_EXAMPLES"):
        block = re.compile(rf"(```console\n\$ {re.escape(command)}\n).*?```", re.DOTALL)
        text = block.sub(lambda found: f"{found[1]}{shown}```", read(name))
        (ROOT / name).write_text(text, encoding="utf-8")
    (expected,) = {
        found["shown"] for found in EXAMPLE.finditer(read(name)) if found["command"] == command
    }
    assert shown == expected


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_the_readme_and_the_guide(command: str) -> None:
    """A reader finds every command in the README and how to use it in the guide."""
    assert re.search(rf"^\| `{command}[ `]", read("README.md"), re.MULTILINE)
    assert f"dossier {command}" in read("docs/GUIDE.md")


@pytest.mark.parametrize("command", CHAT_COMMANDS)
def test_each_command_of_the_chat_is_in_the_guide(command: str) -> None:
    """The commands of `dossier chat` are explained, English names included."""
    assert f"`{command}" in read("docs/GUIDE.md")


def test_each_command_of_the_bot_is_in_the_guide() -> None:
    """What Telegram's menu offers is explained."""
    from bot.telegram.menus import GROUP_COMMANDS, OWNER_COMMANDS, READER_COMMANDS

    for command in {*READER_COMMANDS, *GROUP_COMMANDS, *OWNER_COMMANDS}:
        assert f"`/{command}" in read("docs/GUIDE.md"), command


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_setting_is_in_the_readme(setting: str) -> None:
    """The table of settings is whole; .env.example explains each."""
    assert f"| `{setting}` |" in read("README.md")
    assert f"{setting}=" in read(".env.example")


@pytest.mark.parametrize("name", [*DOCS, "docs/ARCHITECTURE.md", "docs/SCALE.md"])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    """Files and headings that a document links to exist."""
    text = read(name)
    headings = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        assert not path or ((ROOT / name).parent / path).exists(), target
        assert path or anchor in headings, target
