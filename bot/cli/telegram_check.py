"""What Telegram says of the token: the one check of `dossier doctor` that leaves the machine."""

import json
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot.cli.doctor import Check
from bot.texts import Texts
from config.settings import Settings, SettingsError

PATIENCE = 10
"""Seconds before a server counts as silent."""


def answer_of_telegram(settings: Settings, words: Texts) -> Check:
    """What getMe answers to our token; the token is in no message."""
    try:
        token = settings.require_token()
    except SettingsError as error:
        return Check("telegram", "fail", str(error))
    url = f"{settings.api_base_url}{token.reveal()}/getMe"
    try:
        with urlopen(Request(url), timeout=PATIENCE) as reply:  # noqa: S310 - http(s), checked
            name = json.load(reply)["result"]["username"]
    except HTTPError as error:
        # 401 and 404 are what Telegram says to a token it does not know.
        key = "doctor.token_refused" if error.code in {401, 404} else "doctor.unreachable"
        message = words[key].format(url=settings.bot_api_url, why=f"HTTP {error.code}")
        return Check("telegram", "fail", message)
    except OSError as error:
        # URLError wraps the system's error; the text of neither holds the URL.
        cause = getattr(error, "reason", error)
        why = getattr(cause, "strerror", None) or cause or type(error).__name__
        message = words["doctor.unreachable"].format(url=settings.bot_api_url, why=why)
        return Check("telegram", "fail", message)
    except (HTTPException, ValueError, LookupError, TypeError):
        message = words["doctor.not_telegram"].format(url=settings.bot_api_url)
        return Check("telegram", "fail", message)
    return Check("telegram", "ok", words["doctor.telegram"].format(username=name))
