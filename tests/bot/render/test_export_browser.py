"""The exported page in a real browser: no error, every link leads somewhere, the keyboard works."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.render.export_html import html_page
from bot.render.takeaway import dossier_takeaway
from tests.bot.render.browser import Tab, browser_path, browsing
from tests.bot.render.hostile import hostile

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.slow,
    pytest.mark.skipif(browser_path() is None, reason="no Chromium: apt install chromium"),
]

LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
FOCUSED = "document.activeElement.getAttribute('href')"
SHOWN = """(() => { const a = document.activeElement, r = a.getBoundingClientRect();
  return r.width > 0 && r.left >= 0 && r.bottom > 0 && r.top < innerHeight
    && getComputedStyle(a).outlineStyle != 'none' })()"""
CONTRAST = """(() => {
  const light = c => { const p = c.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * p[0] + .7152 * p[1] + .0722 * p[2] };
  const ground = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$/.test(c)) return c } return 'rgb(255, 255, 255)' };
  return Math.min(...[...document.querySelectorAll('main *, header *')]
    .filter(e => e.innerText && e.innerText.trim()).map(e => {
      const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
      return (a + .05) / (b + .05) })) })()"""


@pytest.fixture
def anyio_backend() -> str:
    """The browser is driven by asyncio."""
    return "asyncio"


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    """The hostile dossier, open in a browser."""
    page = tmp_path / "dossier.html"
    page.write_text(html_page(dossier_takeaway(hostile(tmp_path), "fr")), encoding="utf-8")
    program = browser_path()
    assert program is not None
    async with browsing(program, tmp_path / "profile") as opened:
        await opened.open(page.as_uri())
        yield opened


async def test_the_page_works_in_a_browser(tab: Tab) -> None:
    """Nothing is complained of; each link has its target; tab visits all in order, each seen."""
    assert tab.complaints == []
    links = await tab.run(LINKS)
    assert len(links) > 20
    for link in links:
        assert await tab.run(f"!!document.getElementById({link[1:]!r})"), link
    visited = []
    for _ in links:
        await tab.tab_key()
        visited.append(await tab.run(FOCUSED))
        assert await tab.run(SHOWN), visited
    assert visited == links
    assert await tab.run("document.title.includes('<script>')")
    assert await tab.run("document.scripts.length") == 0


async def test_a_citation_is_followed_and_left_again(tab: Tab) -> None:
    """A click on a citation shows its passage, one on ↩ the place that cites it."""
    visible = "(() => {{ const r = document.getElementById('{}').getBoundingClientRect();"
    visible += " return r.top >= 0 && r.top < innerHeight }})()"
    await tab.run("document.querySelector('a[href=\"#c3\"]').click()")
    assert await tab.run("location.hash") == "#c3"
    assert await tab.run(visible.format("c3"))
    await tab.run("document.querySelector('a[href=\"#r3\"]').click()")
    assert await tab.run("location.hash") == "#r3"
    assert await tab.run(visible.format("r3"))
    assert tab.complaints == []


async def test_every_word_can_be_read_in_light_dark_and_print(tab: Tab) -> None:
    """The contrast that the browser computes is 4.5 at least, for every element with words."""
    for media, scheme in (("screen", "light"), ("screen", "dark"), ("print", "light")):
        await tab.send(
            "Emulation.setEmulatedMedia",
            media=media,
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )
        assert await tab.run(CONTRAST) >= 4.5, (media, scheme)
    await tab.send("Emulation.setEmulatedMedia", media="print", features=[])
    assert await tab.run("getComputedStyle(document.querySelector('nav')).display") == "none"
