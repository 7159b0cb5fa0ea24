"""A page of the net for /add, when FETCH_URLS is set: one GET, with limits.

The name is resolved here, each address is checked, and the connection goes to the address that was
checked: a name that answers otherwise the second time (DNS rebinding) gains nothing. Redirects are
followed by hand and checked anew. The home of httpcore, which python-telegram-bot brings.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpcore

from bot.telegram.unpacking import UnusableUpload, safe_name
from config.values import Network

SECONDS = 20.0
"""For everything: names, redirects, the page."""

REDIRECTS = 5

TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""What a server may say that it sends, and how such a file is read."""

HEADERS = (
    (b"User-Agent", b"dossier-bot"),
    (b"Accept", ", ".join(TYPES).encode()),
    # A small answer may unfold to gigabytes: what is packed is not asked for, and not taken.
    (b"Accept-Encoding", b"identity"),
)

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")
"""What public IPv6 addresses are given out of; outside lie site-local and mapped ones."""

LONGEST = 2000
"""Characters of an address."""


class Refused(UnusableUpload):
    """An address that is not fetched, or did not give a page; `key` of the texts says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came; `name` is a file name made of its address, fit for its type."""

    url: str
    name: str
    content: bytes


async def fetch(url: str, allowed: Sequence[Network], limit_mb: int) -> Fetched:
    """The page at this address. Raises: Refused."""
    try:
        async with asyncio.timeout(SECONDS):
            return await _follow(url, allowed, limit_mb * 1_000_000)
    except TimeoutError as error:
        raise Refused("telegram.fetch.slow", seconds=round(SECONDS)) from error
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Refused("telegram.fetch.unreachable", why=type(error).__name__) from error
    except (httpcore.UnsupportedProtocol, ValueError, OSError) as error:
        raise Refused("telegram.fetch.unreachable", why=type(error).__name__) from error


async def _follow(url: str, allowed: Sequence[Network], limit: int) -> Fetched:
    async with httpcore.AsyncConnectionPool(network_backend=CheckedNetwork(allowed)) as pool:
        for _ in range(REDIRECTS + 1):
            check_url(url)
            async with pool.stream("GET", _ascii(url), headers=HEADERS) as answer:
                headers = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
                if answer.status in {301, 302, 303, 307, 308} and b"location" in headers:
                    url = urljoin(url, headers[b"location"])
                    continue
                if answer.status != 200:
                    raise Refused("telegram.fetch.status", status=answer.status)
                suffix = _suffix(headers)
                return Fetched(url, _name(url, suffix), await _body(answer, headers, limit))
    raise Refused("telegram.fetch.redirects", most=REDIRECTS)


def check_url(url: str) -> None:
    """Raises: Refused for what is no plain address of the web."""
    parts = urlsplit(url)
    try:
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    # user:password@ in an address is how one host is dressed as another.
    if not fine or "@" in parts.netloc or len(url) > LONGEST or not url.isprintable():
        raise Refused("telegram.fetch.no_url")


def is_allowed(address: str, allowed: Iterable[Network]) -> bool:
    """Whether this address may be asked: a public one, or one of a network that is listed."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inside = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        found = inside or found
    if any(found.version == one.version and found in one for one in allowed):
        return True
    if found.version == 6 and found not in _UNICAST:
        return False
    return found.is_global and not found.is_multicast


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to addresses that may be asked, and to no other."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._allowed = allowed
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The connection; TLS goes on with the name that was asked for. Raises: Refused."""
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Refused("telegram.fetch.unknown_host", host=host) from error
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        # All of them: a name with one private address among public ones is up to something.
        if not addresses or not all(is_allowed(one, self._allowed) for one in addresses):
            raise Refused("telegram.fetch.private", host=host)
        return await self._network.connect_tcp(
            addresses[0], port, timeout, local_address, socket_options
        )

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await self._network.sleep(seconds)


def _suffix(headers: dict[bytes, str]) -> str:
    if headers.get(b"content-encoding", "identity").lower() != "identity":
        raise Refused("telegram.fetch.packed")
    kind = headers.get(b"content-type", "").partition(";")[0].strip().lower()
    if kind not in TYPES:
        raise Refused("telegram.fetch.type", type=kind[:60] or "?")
    return TYPES[kind]


async def _body(answer: httpcore.Response, headers: dict[bytes, str], limit: int) -> bytes:
    too_big = Refused("telegram.add.too_big", limit=limit // 1_000_000)
    told = headers.get(b"content-length", "")
    if told.isdecimal() and len(told) < 20 and int(told) > limit:
        raise too_big
    content = bytearray()
    async for part in answer.aiter_stream():
        content += part
        if len(content) > limit:
            raise too_big
    return bytes(content)


def _name(url: str, suffix: str) -> str:
    parts = urlsplit(url)
    last = PurePosixPath(unquote(parts.path)).stem
    return safe_name(f"{last or parts.hostname}{suffix}") or f"page{suffix}"


def _ascii(url: str) -> str:
    """The address as it goes over the line: names in IDNA, the rest percent-encoded."""
    from urllib.parse import quote

    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{parts.port}" if parts.port else host
    safe = "/:@!$&'()*+,;=-._~%?"
    path = quote(parts.path or "/", safe=safe)
    query = f"?{quote(parts.query, safe=safe)}" if parts.query else ""
    return f"{parts.scheme}://{netloc}{path}{query}"
