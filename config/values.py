"""One value of the environment -> what it means, or one sentence that says what to write.

SettingsError    a setting that cannot be used   (setting)
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from config.secret import Secret, redact

TELEGRAM = "https://api.telegram.org"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_BETWEEN = re.compile(r"[\s,;]+")


class SettingsError(Exception):
    """A setting that cannot be used; the text is one French sentence, `setting` its name."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(f"{setting} : {message}")
        self.setting = setting


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; port 0 means any free one."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def shown(text: str) -> str:
    """The value as an error quotes it: short, and without a token pasted into the wrong line."""
    return redact(text)[:60]


def path(name: str, text: str) -> Path | None:
    """A file or folder; "~" is the home folder."""
    if "\0" in text:
        raise SettingsError(name, "ce n'est pas un chemin de dossier ; corrigez-le.")
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise SettingsError(
            name,
            f"« {shown(text)} » commence par un dossier personnel inconnu ; écrivez-le en entier.",
        ) from error


def one_of(words: str) -> Callable[[str, str], str]:
    """A reader of one of these words."""
    allowed = words.split()

    def parse(name: str, text: str) -> str:
        if text.lower() not in allowed:
            choices = f"{', '.join(allowed[:-1])} ou {allowed[-1]}"
            raise SettingsError(name, f"« {shown(text)} » n'existe pas ; choisissez {choices}.")
        return text.lower()

    return parse


def level(name: str, text: str) -> str:
    """A level of the log, in capitals."""
    return one_of("debug info warning error")(name, text).upper()


def number(least: int, most: int) -> Callable[[str, str], int]:
    """A reader of a whole number between these two, both allowed."""

    def parse(name: str, text: str) -> int:
        # Longer than any number asked for; int() takes time that grows with the square.
        number = int(text) if text.isdecimal() and len(text) < 10 else -1
        if not least <= number <= most:
            raise SettingsError(
                name,
                f"« {shown(text)} » ne va pas ; écrivez un nombre entier de {least} à {most}.",
            )
        return number

    return parse


def secret(_: str, text: str) -> Secret | None:
    """A value that never shows itself."""
    return Secret(text)


def webhook_secret(name: str, text: str) -> Secret | None:
    """What Telegram admits as the secret of a webhook."""
    if _SECRET.fullmatch(text) is None:
        raise SettingsError(
            name, "Telegram n'y admet que 256 lettres sans accent, chiffres, _ et - ; changez-le."
        )
    return Secret(text)


def ids(text: str) -> tuple[str, ...]:
    """The parts between commas, semicolons and spaces, each once."""
    return tuple(dict.fromkeys(part for part in _BETWEEN.split(text) if part))


def user_ids(name: str, text: str) -> tuple[int, ...]:
    """Numbers of accounts."""
    for part in ids(text):
        if not (part.isdecimal() and len(part) < 20 and int(part) > 0):
            raise SettingsError(
                name,
                f"« {shown(part)} » n'est pas un identifiant ; écrivez les numéros des comptes"
                " séparés par des virgules (jamais un nom d'utilisateur).",
            )
    return tuple(int(part) for part in ids(text))


def chat_ids(name: str, text: str) -> tuple[int, ...]:
    """Numbers of chats; those of groups are negative."""
    for part in ids(text):
        digits = part.removeprefix("-")
        if not (digits.isdecimal() and len(digits) < 20 and int(digits) > 0):
            raise SettingsError(
                name,
                f"« {shown(part)} » n'est pas un identifiant ; écrivez les numéros des"
                " conversations séparés par des virgules (ceux des groupes commencent par -).",
            )
    return tuple(int(part) for part in ids(text))


def networks(name: str, text: str) -> tuple[Network, ...] | None:
    """off: None; on: nothing private; on with networks: these, too."""
    switch, *listed = ids(text.lower()) or ("?",)
    if switch in {"off", "no", "0", "false"} and not listed:
        return None
    wrong = SettingsError(
        name,
        f"« {shown(text)} » ne va pas ; écrivez off, on, ou on suivi des réseaux privés admis"
        " (on, 192.168.1.0/24).",
    )
    if switch not in {"on", "yes", "1", "true"}:
        raise wrong
    try:
        return tuple(ipaddress.ip_network(part) for part in listed)
    except ValueError as error:
        raise wrong from error


def shards(name: str, text: str) -> tuple[str, ...]:
    """Addresses as host:port."""
    return tuple(str(address(name, part)) for part in ids(text))


def address(name: str, text: str) -> Address:
    """host:port; without a host: this machine alone."""
    host, _, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        port = ""
    if not (port.isdecimal() and len(port) < 6 and int(port) < 65_536) or re.search(r"\s|/", host):
        raise SettingsError(
            name, f"« {shown(text)} » n'est pas une adresse ; écrivez-la comme 127.0.0.1:8080."
        )
    return Address(host or "127.0.0.1", int(port))


def url(name: str, text: str) -> str:
    """An http(s) address without a slash at its end."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment or re.search(r"\s", text):
        raise SettingsError(
            name, "ce n'est pas une adresse web ; écrivez-la comme https://exemple.org."
        )
    return text.rstrip("/")


def webhook_url(api_url: str) -> Callable[[str, str], str | None]:
    """A reader of the address that Telegram calls, or a Bot API server of one's own."""

    def parse(name: str, text: str) -> str | None:
        given = url(name, text)
        # Telegram's own servers take https only; a Bot API server of one's own takes both.
        if api_url == TELEGRAM and not given.startswith("https://"):
            raise SettingsError(name, "Telegram n'appelle qu'en https ; donnez une adresse https.")
        return given

    return parse
