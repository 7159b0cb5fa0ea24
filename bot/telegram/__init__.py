"""The Telegram bot: it gets a Reply and shows it, and knows nothing of how answers are found."""

from config.settings import Settings


def run(settings: Settings) -> int:
    """Serves the bot until it is told to stop; the exit status, after one sentence if not 0.

    0: stopped by a signal. 2: a setting, the token or the dossier cannot be used.
    """
    from bot.telegram.service import run as serve

    return serve(settings)
