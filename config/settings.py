"""Every setting, from the environment or a .env file, typed and checked.

`.env.example` explains each for people; the environment wins over `.env`, and an empty value
counts as not set.
"""

import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar, cast

from config import values
from config.secret import Secret, looks_like_a_token
from config.values import TELEGRAM, Address, Network, SettingsError

__all__ = [
    "SETTINGS",
    "TELEGRAM",
    "Address",
    "Settings",
    "SettingsError",
    "check_settings",
    "default_data_dir",
    "load_settings",
    "token_is_well_formed",
]

Retrieval = Literal["auto", "lexical", "semantic"]
Engine = Literal["auto", "memory", "xapian"]
BotMode = Literal["polling", "webhook"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["text", "json"]
ReaderIds = Literal["hashed", "plain"]

HERE = Address("127.0.0.1", 8080)

T = TypeVar("T")


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
    listen: Address = HERE
    metrics_listen: Address | None = None
    max_file_mb: int = 20
    rate_per_minute: int = 20
    """Questions a user may ask in a minute; 0: as many as they like."""
    retention_days: int = 90
    reader_ids: ReaderIds = "hashed"
    fetch_urls: tuple[Network, ...] | None = None
    """None: nothing is fetched; else private networks that may be asked beside the public ones."""
    log_level: LogLevel = "INFO"
    log_format: LogFormat = "text"

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
    "MAX_FILE_MB",
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
    "RATE_PER_MINUTE",
    "RETENTION_DAYS",
    "READER_IDS",
    "FETCH_URLS",
    "LOG_LEVEL",
    "LOG_FORMAT",
)
"""The names, in the order of `.env.example`."""


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
    given = {**_file_values(env_file, problems), **(os.environ if environ is None else environ)}

    def read(name: str, parse: Callable[[str, str], T], default: T) -> T:
        text = unicodedata.normalize("NFC", given.get(name, "")).strip()
        if not text:
            return default
        try:
            return parse(name, text)
        except SettingsError as error:
            problems.append(error)
            return default

    api_url = read("BOT_API_URL", values.url, TELEGRAM)
    settings = Settings(
        dossier_dir=read("DOSSIER_DIR", values.path, None),
        data_dir=read("DATA_DIR", values.path, None) or default_data_dir(),
        retrieval=cast(
            "Retrieval", read("RETRIEVAL", values.one_of("auto lexical semantic"), "auto")
        ),
        retrieval_engine=cast(
            "Engine", read("RETRIEVAL_ENGINE", values.one_of("auto memory xapian"), "auto")
        ),
        xapian_shards=read("XAPIAN_SHARDS", values.shards, ()),
        bot_token=read("BOT_TOKEN", values.secret, None),
        bot_api_url=api_url,
        admin_ids=read("ADMIN_IDS", values.user_ids, ()),
        allowed_chats=read("ALLOWED_CHATS", values.chat_ids, ()),
        bot_mode=cast("BotMode", read("BOT_MODE", values.one_of("polling webhook"), "polling")),
        webhook_url=read("WEBHOOK_URL", values.webhook_url(api_url), None),
        webhook_secret=read("WEBHOOK_SECRET", values.webhook_secret, None),
        listen=read("LISTEN", values.address, HERE),
        metrics_listen=read("METRICS_LISTEN", values.address, None),
        max_file_mb=read("MAX_FILE_MB", values.number(1, 2000), 20),
        rate_per_minute=read("RATE_PER_MINUTE", values.number(0, 100_000), 20),
        retention_days=read("RETENTION_DAYS", values.number(1, 36_500), 90),
        reader_ids=cast("ReaderIds", read("READER_IDS", values.one_of("hashed plain"), "hashed")),
        fetch_urls=read("FETCH_URLS", values.networks, None),
        log_level=cast("LogLevel", read("LOG_LEVEL", values.level, "INFO")),
        log_format=cast("LogFormat", read("LOG_FORMAT", values.one_of("text json"), "text")),
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
