"""Pages of the net, fetched from a server of this machine, over HTTP."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.telegram import fetching
from bot.telegram.fetching import CheckedNetwork, Refused, check_url, fetch, is_allowed
from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio

HERE = (ipaddress.ip_network("127.0.0.0/8"),)
PAGE = """<html><head><title>La piscine ouvre</title></head><body><article><h1>La piscine ouvre</h1>
<p>La piscine de Varenne a été inaugurée samedi par Karim Fontaine, adjoint aux sports.</p>
<p>L'entrée coûte trois euros pour les adultes et un euro pour les enfants de la ville.</p>
</article></body></html>"""


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A web server; its address."""
    app = web.Application()
    app.router.add_get("/news/piscine.php", lambda _: _page())
    app.router.add_get("/moved", _moved)
    app.router.add_get("/circle", _circle)
    app.router.add_get("/zip", _answer(b"PK", "application/zip"))
    app.router.add_get("/big", _answer(b"x" * 1_100_000, "text/plain"))
    app.router.add_get("/endless", _endless)
    app.router.add_get("/slow", _slow)
    app.router.add_get("/packed", _answer(b"x", "text/html", {"Content-Encoding": "gzip"}))
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def _page() -> web.Response:
    return web.Response(text=PAGE, content_type="text/html")


async def _moved(request: web.Request) -> web.Response:
    raise web.HTTPFound(request.query["to"])


async def _circle(_: web.Request) -> web.Response:
    raise web.HTTPFound("/circle")


def _answer(
    body: bytes, kind: str, headers: dict[str, str] | None = None
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body, content_type=kind, headers=headers)

    return answer


async def _endless(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await answer.prepare(request)
    while True:
        await answer.write(b"x" * 65_536)


async def _slow(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await answer.prepare(request)
    await answer.write(b"x")
    await asyncio.Event().wait()
    return answer


async def test_a_page_is_fetched_shown_and_added(
    running: Running, api: BotApi, admin: Person, site: str
) -> None:
    """/add ADDRESS with FETCH_URLS: the page is shown as a file would be, and added after a tap."""
    async with running(fetch_urls=HERE):
        shown = await admin.ask(f"/add {site}/news/piscine.php?x=1")
        assert shown.marked("bold")[0] == "La piscine ouvre"
        await admin.press(shown, "Ajouter")
        assert (await admin.private.next("edited")).text == "Ajouté : 1 article."
        await admin.private.next("sent")
        assert "Ajoutés : piscine" in (await admin.private.next("edited")).text
        assert "n'est pas une adresse" in (await admin.ask("/add https://a@b.fr/")).text
    async with running(fetch_urls=()):
        told = await admin.ask(f"/add {site}/news/piscine.php")
        assert "adresse privée" in told.text
    assert not api.refusals


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/nothing", "status"),
        ("/zip", "type"),
        ("/packed", "packed"),
        ("/moved?to=/moved?to=/x", "status"),
        ("/moved?to=ftp://example.org/x", "no_url"),
        ("/moved?to=http://a:b@127.0.0.1/", "no_url"),
        ("/moved?to=http://10.0.0.1/", "private"),
        ("/moved?to=http://[::1]/", "private"),
        ("/moved?to=http://169.254.169.254/latest/meta-data", "private"),
        ("/moved?to=http://0x7f000001.example.invalid/", "unknown_host"),
    ],
)
async def test_what_is_no_page_is_refused(site: str, path: str, key: str) -> None:
    """Errors, types, packed bodies, and redirects to where nobody may look: each its sentence."""
    with pytest.raises(Refused) as caught:
        await fetch(site + path, HERE, 1)
    assert caught.value.key == f"telegram.fetch.{key}"


@pytest.mark.parametrize("path", ["/big", "/endless"])
async def test_too_much_is_not_read(site: str, path: str) -> None:
    """What the server says of the size, and what it sends without saying."""
    with pytest.raises(Refused) as caught:
        await fetch(site + path, HERE, 1)
    assert caught.value.key == "telegram.add.too_big"


async def test_a_circle_ends(site: str) -> None:
    """Five redirects are followed, no more."""
    with pytest.raises(Refused) as caught:
        await fetch(f"{site}/circle", HERE, 1)
    assert caught.value.key == "telegram.fetch.redirects"


async def test_a_server_that_drips_is_left(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is for everything, not for each byte."""
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    with pytest.raises(Refused) as caught:
        await fetch(f"{site}/slow", HERE, 1)
    assert caught.value.key == "telegram.fetch.slow"


async def test_the_connection_goes_to_the_address_that_was_checked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is resolved once: what it would say the second time is never asked."""
    port = int(site.rpartition(":")[2])
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    loop = asyncio.get_running_loop()

    async def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answers.pop(0)]

    monkeypatch.setattr(loop, "getaddrinfo", resolve)
    found = await fetch(f"http://rebinding.example:{port}/news/piscine.php", HERE, 1)
    assert found.name == "piscine.html"
    assert answers == [["10.0.0.1"]]


async def test_one_private_address_among_public_ones_is_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name with a private address is not asked at its public ones either."""
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("8.8.8.8", "10.0.0.1")
    ]

    async def resolve(*_: Any, **__: Any) -> list[Any]:
        return found

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    with pytest.raises(Refused) as caught:
        await CheckedNetwork(()).connect_tcp("mixed.example", 80)
    assert caught.value.key == "telegram.fetch.private"


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("::7f00:1", False),
        ("fec0::1", False),
        ("64:ff9b::808:808", True),
        ("192.0.2.1", False),
    ],
)
def test_only_public_addresses_are_asked(address: str, fine: bool) -> None:  # noqa: FBT001
    """Loopback, private, link-local, shared, multicast, mapped: none unless it is listed."""
    assert is_allowed(address, ()) is fine
    every = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))
    assert is_allowed(address, every)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "gopher://a", "http://", "http:///x", "http://a:0/", "http://a:99999/",
     "http://user@host/", "http://a/\r\nX: y", "http://a/" + "x" * 2000, "http://[::1",
     "javascript:x"],
)  # fmt: skip
def test_only_plain_addresses_are_taken(url: str) -> None:
    """No other protocol, no user in it, no line break, no end without end."""
    with pytest.raises((Refused, ValueError)):
        check_url(url)
