"""`dossier bot`: the Telegram bot."""

import argparse

from bot.cli.session import Session


def serve(session: Session, _arguments: argparse.Namespace) -> int:
    """Runs until it is told to stop: 0, or 2 when it cannot go on.

    Raises: SettingsError when the token or the webhook's settings are missing or malformed.
    """
    session.settings.require_token()
    from bot.telegram import run

    return run(session.settings)
