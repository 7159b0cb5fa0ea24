"""The command line of the neighbours."""

from tests.bot.cli.conftest import run

__all__ = ["run"]
