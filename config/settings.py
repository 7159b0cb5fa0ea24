"""Every setting, from the environment or a .env file, typed and checked.

`.env.example` explains each for people; the environment wins over `.env`, and an empty value
counts as not set.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar, cast
from urllib.parse import urlsplit

from config.secret import Secret, looks_like_a_token, redact

Retrieval = Literal["auto", "lexical", "semantic"]
Engine = Literal["auto", "memory", "xapian"]
BotMode = Literal["polling", "webhook"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]

TELEGRAM = "https://api.telegram.org"

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, with defaults; secrets never show in its repr."""

    data_dir: Path
    dossier_dir: Path | None = None
    """None: the built-in dossier."""
    retrieval: Retrieval = "auto"
    retrieval_engine: Engine = "auto"
    xapian_shards: tuple[str, ...] = ()
    bot_token: Secret | None = None
    bot_api_url: str = TELEGRAM
    """Without a slash at its end."""
    admin_ids: tuple[int, ...] = ()
    allowed_chats: tuple[int, ...] = ()
    """Empty: every chat."""
    bot_mode: BotMode = "polling"
    webhook_url: str | None = None
    webhook_secret: Secret | None = None
    listen: Address = Address("127.0.0.1", 8080)
    metrics_listen: Address | None = None
    max_file_mb: int = 20
    rate_per_minute: int = 20
    """Questions a user may ask in a minute; 0: as many as they like."""
    retention_days: int = 90
    log_level: LogLevel = "INFO"

    @property
    def api_base_url(self) -> str:
        """What python-telegram-bot takes as base_url: the token follows it."""
        return f"{self.bot_api_url}/bot"

    @property
    def api_file_url(self) -> str:
        """What python-telegram-bot takes as base_file_url: the token follows it."""
        return f"{self.bot_api_url}/file/bot"

    def require_token(self) -> Secret:
        """The bot's token, once all that `dossier bot` needs is there.

        Raises: SettingsError, naming what is missing or malformed.
        """
        if self.bot_token is None:
            raise SettingsError(
                "BOT_TOKEN",
                "il manque ; demandez un jeton à @BotFather dans Telegram (/newbot) et écrivez-le"
                " dans .env.",
            )
        if not token_is_well_formed(self.bot_token):
            raise SettingsError(
                "BOT_TOKEN",
                "il n'a pas la forme d'un jeton (chiffres, deux-points, 35 caractères) ; copiez-le"
                " en entier depuis @BotFather.",
            )
        if self.bot_mode == "webhook" and self.webhook_url is None:
            raise SettingsError(
                "WEBHOOK_URL",
                "BOT_MODE=webhook en a besoin ; donnez l'adresse publique https de ce bot, ou"
                " choisissez BOT_MODE=polling.",
            )
        if self.bot_mode == "webhook" and self.webhook_secret is None:
            raise SettingsError(
                "WEBHOOK_SECRET",
                "BOT_MODE=webhook en a besoin ; inventez une longue suite de lettres et de"
                " chiffres, que Telegram joindra à chaque envoi.",
            )
        return self.bot_token


SETTINGS: tuple[str, ...] = (
    "DOSSIER_DIR",
    "DATA_DIR",
    "RETRIEVAL",
    "RETRIEVAL_ENGINE",
    "XAPIAN_SHARDS",
    "BOT_TOKEN",
    "BOT_API_URL",
    "ADMIN_IDS",
    "ALLOWED_CHATS",
    "BOT_MODE",
    "WEBHOOK_URL",
    "WEBHOOK_SECRET",
    "LISTEN",
    "METRICS_LISTEN",
    "MAX_FILE_MB",
    "RATE_PER_MINUTE",
    "RETENTION_DAYS",
    "LOG_LEVEL",
)
"""The names, in the order of `.env.example`."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_BETWEEN = re.compile(r"[\s,;]+")


def token_is_well_formed(token: Secret) -> bool:
    """Whether this looks like a token of @BotFather's; nothing is asked of Telegram."""
    return looks_like_a_token(token.reveal())


def load_settings(
    environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")
) -> Settings:
    """The settings of the environment laid over those of the .env file.

    `environ` None: the process's own. A missing file is no error.

    Raises: SettingsError for the first setting that cannot be used.
    """
    settings, problems = check_settings(environ, env_file)
    if problems:
        raise problems[0]
    return settings


def check_settings(
    environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")
) -> tuple[Settings, tuple[SettingsError, ...]]:
    """The settings and every problem found, in order; a bad one counts as not set."""
    problems: list[SettingsError] = []
    values = {**_file_values(env_file, problems), **(os.environ if environ is None else environ)}

    def read(name: str, parse: Callable[[str, str], T], default: T) -> T:
        text = unicodedata.normalize("NFC", values.get(name, "")).strip()
        if not text:
            return default
        try:
            return parse(name, text)
        except SettingsError as error:
            problems.append(error)
            return default

    api_url = read("BOT_API_URL", _url, TELEGRAM)
    settings = Settings(
        dossier_dir=read("DOSSIER_DIR", _path, None),
        data_dir=read("DATA_DIR", _path, None) or default_data_dir(),
        retrieval=cast("Retrieval", read("RETRIEVAL", _one_of("auto lexical semantic"), "auto")),
        retrieval_engine=cast(
            "Engine", read("RETRIEVAL_ENGINE", _one_of("auto memory xapian"), "auto")
        ),
        xapian_shards=read("XAPIAN_SHARDS", _shards, ()),
        bot_token=read("BOT_TOKEN", _secret, None),
        bot_api_url=api_url,
        admin_ids=read("ADMIN_IDS", _user_ids, ()),
        allowed_chats=read("ALLOWED_CHATS", _chat_ids, ()),
        bot_mode=cast("BotMode", read("BOT_MODE", _one_of("polling webhook"), "polling")),
        webhook_url=read("WEBHOOK_URL", _webhook_url(api_url), None),
        webhook_secret=read("WEBHOOK_SECRET", _webhook_secret, None),
        listen=read("LISTEN", _address, Address("127.0.0.1", 8080)),
        metrics_listen=read("METRICS_LISTEN", _address, None),
        max_file_mb=read("MAX_FILE_MB", _number(1, 2000), 20),
        rate_per_minute=read("RATE_PER_MINUTE", _number(0, 100_000), 20),
        retention_days=read("RETENTION_DAYS", _number(1, 36_500), 90),
        log_level=cast("LogLevel", read("LOG_LEVEL", _level, "INFO")),
    )
    return settings, tuple(problems)


def default_data_dir() -> Path:
    """The folder of this system where a program keeps a user's data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("dossier", appauthor=False))


def _file_values(env_file: Path | None, problems: list[SettingsError]) -> dict[str, str]:
    if env_file is None or not env_file.is_file():
        return {}
    from dotenv import dotenv_values

    try:
        found = dotenv_values(env_file, encoding="utf-8-sig", interpolate=False)
    except (OSError, UnicodeDecodeError):
        problems.append(
            SettingsError(
                str(env_file), "il ne se lit pas ; rendez-le lisible et enregistrez-le en UTF-8."
            )
        )
        return {}
    return {name: value for name, value in found.items() if value is not None}


def _shown(text: str) -> str:
    # A token pasted into the wrong line must not come out in an error.
    return redact(text)[:60]


def _path(name: str, text: str) -> Path | None:
    if "\0" in text:
        raise SettingsError(name, "ce n'est pas un chemin de dossier ; corrigez-le.")
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise SettingsError(
            name,
            f"« {_shown(text)} » commence par un dossier personnel inconnu ; écrivez-le en entier.",
        ) from error


def _one_of(words: str) -> Callable[[str, str], str]:
    allowed = words.split()

    def parse(name: str, text: str) -> str:
        if text.lower() not in allowed:
            choices = f"{', '.join(allowed[:-1])} ou {allowed[-1]}"
            raise SettingsError(name, f"« {_shown(text)} » n'existe pas ; choisissez {choices}.")
        return text.lower()

    return parse


def _level(name: str, text: str) -> str:
    return _one_of("debug info warning error")(name, text).upper()


def _number(least: int, most: int) -> Callable[[str, str], int]:
    def parse(name: str, text: str) -> int:
        # Longer than any number asked for; int() takes time that grows with the square.
        number = int(text) if text.isdecimal() and len(text) < 10 else -1
        if not least <= number <= most:
            raise SettingsError(
                name,
                f"« {_shown(text)} » ne va pas ; écrivez un nombre entier de {least} à {most}.",
            )
        return number

    return parse


def _secret(_name: str, text: str) -> Secret | None:
    return Secret(text)


def _webhook_secret(name: str, text: str) -> Secret | None:
    if _SECRET.fullmatch(text) is None:
        raise SettingsError(
            name, "Telegram n'y admet que 256 lettres sans accent, chiffres, _ et - ; changez-le."
        )
    return Secret(text)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in _BETWEEN.split(text) if part))


def _user_ids(name: str, text: str) -> tuple[int, ...]:
    for part in _ids(text):
        if not (part.isdecimal() and len(part) < 20 and int(part) > 0):
            raise SettingsError(
                name,
                f"« {_shown(part)} » n'est pas un identifiant ; écrivez les numéros des comptes"
                " séparés par des virgules (jamais un nom d'utilisateur).",
            )
    return tuple(int(part) for part in _ids(text))


def _chat_ids(name: str, text: str) -> tuple[int, ...]:
    for part in _ids(text):
        digits = part.removeprefix("-")
        if not (digits.isdecimal() and len(digits) < 20 and int(digits) > 0):
            raise SettingsError(
                name,
                f"« {_shown(part)} » n'est pas un identifiant ; écrivez les numéros des"
                " conversations séparés par des virgules (ceux des groupes commencent par -).",
            )
    return tuple(int(part) for part in _ids(text))


def _shards(name: str, text: str) -> tuple[str, ...]:
    return tuple(str(_address(name, part)) for part in _ids(text))


def _address(name: str, text: str) -> Address:
    host, _, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        port = ""
    if not (port.isdecimal() and len(port) < 6 and int(port) < 65_536) or re.search(r"\s|/", host):
        raise SettingsError(
            name, f"« {_shown(text)} » n'est pas une adresse ; écrivez-la comme 127.0.0.1:8080."
        )
    return Address(host or "127.0.0.1", int(port))


def _url(name: str, text: str) -> str:
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


def _webhook_url(api_url: str) -> Callable[[str, str], str | None]:
    def parse(name: str, text: str) -> str | None:
        url = _url(name, text)
        # Telegram's own servers take https only; a Bot API server of one's own takes both.
        if api_url == TELEGRAM and not url.startswith("https://"):
            raise SettingsError(name, "Telegram n'appelle qu'en https ; donnez une adresse https.")
        return url

    return parse
