"""Pictures for the guide: conversations with the stand-in, drawn as a chat.

`python -m tests.e2e.gallery docs/pictures` plays the scenarios on the built-in dossier and writes
one picture each, light and dark. It needs Chromium (or Chrome) on the machine.
"""

import asyncio
import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.telegram.service import open_desk, serve
from config.secret import Secret
from config.settings import Settings
from tests.e2e.botapi import BotApi
from tests.e2e.scenario import Scenario, Stage, scenarios
from tests.e2e.transcript import message_html, rows_of

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTH = 460

STYLE = """
:root { --page:#d6e3ee; --bot:#fff; --me:#e2ffc7; --ink:#000; --dim:#6d7f8f; --line:#3390ec;
  --quote:#eaf3fb; --button:#ffffffb0; }
.dark { --page:#0e1621; --bot:#182533; --me:#2b5278; --ink:#f5f5f5; --dim:#7d8b99; --line:#6ab3f3;
  --quote:#20344a; --button:#24384e; }
* { box-sizing:border-box } body { margin:0; background:var(--page); color:var(--ink);
  font:15px/1.38 "DejaVu Sans","Noto Color Emoji",sans-serif; width:460px; padding:14px }
.m { max-width:400px; border-radius:14px; padding:8px 12px; margin:6px 0; background:var(--bot);
  white-space:pre-wrap; overflow-wrap:anywhere; width:fit-content }
.me { background:var(--me); margin-left:auto } .who { color:var(--line); font-size:13px }
.note { color:var(--dim); text-align:center; font-size:13px; margin:8px 0 }
.reply { border-left:3px solid var(--line); padding:1px 8px; margin:2px 0 6px; font-size:13px;
  color:var(--dim); white-space:nowrap; overflow:hidden; text-overflow:ellipsis; max-width:370px }
blockquote { margin:3px 0; padding:4px 8px; border-left:3px solid var(--line);
  background:var(--quote); border-radius:4px } a { color:var(--line); text-decoration:none }
.row { display:flex; gap:4px; width:400px; margin:4px 0 } .row span { flex:1; text-align:center;
  background:var(--button); border-radius:8px; padding:7px 4px; font-size:14px; overflow:hidden;
  white-space:nowrap; text-overflow:ellipsis }
"""


async def played(scenario: Scenario) -> list[dict[str, Any]]:
    """The entries of a scenario's transcript, played on the built-in dossier."""
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi() as api:
            admin = api.person("Ada")
            admin.private.started = True
            desk = open_desk(
                Settings(
                    data_dir=Path(folder),
                    bot_token=Secret(api.token),
                    bot_api_url=api.url,
                    admin_ids=(admin.id,),
                )
            )
            stop = asyncio.Event()
            task = asyncio.create_task(serve(desk, stop))
            try:
                stage = Stage(api, admin)
                await stage.play(scenario)
            finally:
                stop.set()
                await task
            return stage.entries


def page_of(entries: list[dict[str, Any]], theme: str) -> str:
    """The conversation as an HTML page; a message that is edited at once is shown once."""
    blocks = []
    for entry, following in zip(entries, [*entries[1:], {}], strict=True):
        match entry["kind"]:
            case "said":
                who = f'<div class="who">{html.escape(entry["who"])}</div>'
                blocks.append(f'<div class="m me">{who}{html.escape(entry["text"])}</div>')
            case "pressed":
                blocks.append(f'<div class="note">touche « {html.escape(entry["text"])} »</div>')
            case "toast":
                blocks.append(f'<div class="note">💬 {html.escape(entry["text"])}</div>')
            case "sent" | "edited" if not _replaced(entry, following):
                blocks.append(_message(entry["message"]))
    body = "\n".join(blocks)
    script = "<script>document.title = document.documentElement.scrollHeight</script>"
    return (
        f'<!doctype html><html lang="fr" class="{theme}"><meta charset="utf-8">'
        f"<style>{STYLE}</style><body>{body}{script}</body></html>"
    )


def _replaced(entry: dict[str, Any], following: dict[str, Any]) -> bool:
    return (
        following.get("kind") == "edited"
        and following["message"]["message_id"] == entry["message"]["message_id"]
    )


def _message(message: dict[str, Any]) -> str:
    answered = message.get("reply_to_message", {})
    words = str(answered.get("text") or answered.get("caption") or "")
    reply = f'<div class="reply">{html.escape(words.splitlines()[0])}</div>' if words else ""
    # A block of its own needs no line break behind it.
    shown = re.sub(r"</blockquote>\n", "</blockquote>", message_html(message))
    rows = "".join(f'<div class="row">{_row(row)}</div>' for row in rows_of(message))
    return f'<div class="m">{reply}{shown}</div>{rows}'


def _row(row: list[Any]) -> str:
    return "".join(f"<span>{html.escape(button['text'])}</span>" for button in row)


def draw(browser: str, page: str, picture: Path) -> None:
    """Writes a picture of the whole page."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        base = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        made = subprocess.run(
            [*base, f"--window-size={WIDTH},400", "--dump-dom", source.as_uri()],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        found = re.search(r"<title>(\d+)</title>", made)
        height = int(found[1]) if found else 1200
        subprocess.run(
            [*base, f"--window-size={WIDTH},{height}", f"--screenshot={picture}", source.as_uri()],
            capture_output=True,
            check=True,
        )


def main(folder: Path) -> int:
    """Draws every scenario; the exit status."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("Chromium is not installed: no pictures", file=sys.stderr)  # noqa: T201
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    for scenario in scenarios("builtin"):
        entries = asyncio.run(played(scenario))
        for theme in ("light", "dark"):
            draw(browser, page_of(entries, theme), folder / f"{scenario.name}-{theme}.png")
        print(scenario.name)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures").resolve()))
