"""Prints what bad inputs get back, by giving them to the command line: a table of docs/OPERATE.md.

`python -m tests.fuzz.bad_inputs`
"""

# ruff: noqa: T201
import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bot.telegram.unpacking import UnusableUpload, unpack
from bot.texts import texts

TEXT = "Le pont rouvre\n\nLe pont de la gare a rouvert mardi, selon la mairie.\n"
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><d>&c;</d>'
)


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A zip of these members."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return whole.getvalue()


def asked() -> Iterator[tuple[str, list[str], bytes | None]]:
    """What is tried on the built-in dossier: its name, the words, standard input of batch."""
    lines = {
        "a question of 100,000 characters": "a" * 100_000,
        "10,000 words without a space": "pont" * 10_000,
        "10,000 words": "pont " * 10_000,
        "NUL bytes": "Qui\\u0000 a re\\u0000çu Blinken ?",
        "a lone surrogate": "Qui a re\\ud800çu Blinken ?",
        "a right-to-left override": "\u202e? neknilB uçer a iuQ",
        "only marks and emoji": "🚋 ?! « » \u200d",
        "markup in the question": "<b>Qui</b> a reçu &amp; Blinken ?",
    }
    for name, question in lines.items():
        yield name, ["batch"], f'{{"id": 1, "question": "{question}"}}\n'.encode()
    yield "a line that is no JSON", ["batch"], b'{"id": 1, "question": \n'
    yield "JSON 100,000 brackets deep", ["batch"], b"[" * 100_000 + b"\n"
    yield "a wrong command", ["aks", "Qui ?"], None
    yield "an empty question", ["ask", ""], None
    yield "a search with a broken limit", ["search", "pont from:demain"], None
    yield "a quote of nothing but marks", ["verify", "« … »"], None
    yield "a question file that is none", ["eval", os.devnull], None
    yield "a backup that is none", ["backup", "--restore", __file__], None
    yield "a picture where nothing can be written", ["timeline", "--picture", "/proc/a.png"], None


def folders() -> Iterator[tuple[str, dict[str, bytes], dict[str, str], list[str]]]:
    """What is tried as a dossier: its name, the files, the settings, the command."""
    ask = ["ask", "Qui a rouvert le pont ?"]
    good = {"pont.txt": TEXT.encode()}
    yield "an empty folder", {}, {}, ask
    yield "a broken dossier.toml", {**good, "dossier.toml": b'title = "Ville\n'}, {}, ask
    yield (
        "dossier.toml, 5,000 brackets deep",
        {**good, "dossier.toml": b"a=" + b"[" * 5000},
        {},
        ask,
    )
    yield "dossier.toml with a wrong key", {**good, "dossier.toml": b'titel = "Ville"\n'}, {}, ask
    yield (
        "dossier.toml with orders for the terminal",
        {**good, "dossier.toml": b'[articles.pont]\npublisher = "Le \\u001b[2JJour\\u0007"\n'},
        {},
        ["sources"],
    )
    yield "a text that is no text", {"a.txt": os.urandom(4000)}, {}, ask
    yield "a damaged PDF", {"a.pdf": b"%PDF-1.4\n" + b"\xff" * 4000}, {}, ask
    yield (
        "a Word file with entities (a bomb)",
        {"a.docx": zipped(("word/document.xml", ENTITIES.encode()))},
        {},
        ask,
    )
    yield (
        "a Word file of 60 MB unpacked",
        {"a.docx": zipped(("word/document.xml", b"<a>" + b" " * 60_000_000 + b"</a>"))},
        {},
        ask,
    )
    yield "HTML, 100,000 tags deep", {"a.html": b"<div>" * 100_000}, {}, ask
    yield "a wrong token", good, {"BOT_TOKEN": "mine"}, ["bot"]
    yield "DATA_DIR that is a file", good, {"DATA_DIR": "dossier/pont.txt"}, ask
    yield "a wrong setting", good, {"MAX_FILE_MB": "much"}, ask


def run(words: list[str], place: Path, given: bytes | None, more: dict[str, str]) -> str:
    """Status, time and the first line of what comes back."""
    env = {**os.environ, "DATA_DIR": str(place / "data"), "RETRIEVAL": "lexical", **more}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=given,
        capture_output=True,
        env={**env, "PYTHONPATH": str(Path.cwd())},
        cwd=place,
        check=False,
        timeout=120,
    )
    took = time.perf_counter() - began
    said = (done.stderr + b"\n" + done.stdout).decode("utf-8", "replace")
    assert "Traceback" not in said
    first = next((line for line in said.splitlines() if line.strip()), "")
    marks = ('"message": "', '"text": "', '"error": "')
    for mark in marks:
        if first.startswith("{") and mark in first:
            first = first.partition(mark)[2].partition('"')[0].partition("\\n")[0]
    for folder in (place, Path.cwd()):
        first = first.replace(str(folder), "…")
    first = first.replace("|", "\\|").replace("<", "&lt;")
    return f"{done.returncode} | {took:.1f} s | {first[:150]}"


def uploads() -> Iterator[tuple[str, bytes]]:
    """What is tried as an upload: its name, and the zip."""
    yield "a zip bomb (100 MB of zeros)", zipped(("a.txt", b"0" * 100_000_000))
    yield "a zip of 300 files", zipped(*((f"{n}.txt", b"a") for n in range(300)))
    yield "names that leave the folder", zipped(("../../etc/passwd.txt", b"a"), ("/b.md", b"b"))
    yield "no zip at all", b"PK\x03\x04 broken"
    yield "a zip of programs", zipped(("a.exe", b"MZ"))


def main() -> None:
    """Prints the table."""
    print("| given | status | time | what comes back |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, words, given in asked():
            print(f"| {name} | {run(words, Path(folder), given, {})} |", flush=True)
    for name, files, more, words in folders():
        with tempfile.TemporaryDirectory() as folder:
            dossier = Path(folder) / "dossier"
            dossier.mkdir()
            for file, content in files.items():
                (dossier / file).write_bytes(content)
            command = [*words, "--dossier", "dossier"]
            print(f"| {name} | {run(command, Path(folder), None, more)} |", flush=True)
    for name, content in uploads():
        began = time.perf_counter()
        try:
            told = "taken as " + ", ".join(file for file, _ in unpack("envoi.zip", content, 20))
        except UnusableUpload as error:
            told = texts("fr")[error.key].format(**error.fields)
        print(f"| upload: {name} | - | {time.perf_counter() - began:.1f} s | {told[:150]} |")


if __name__ == "__main__":
    main()
