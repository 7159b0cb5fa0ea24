"""The command menus that Telegram shows: readers', groups', and each admin's own."""

from collections.abc import Awaitable, Iterator
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)

from bot.telegram.desk import Desk
from bot.texts import LANGUAGES, texts

READER_COMMANDS = (
    "start", "sources", "resume", "chronologie", "qui", "comparer", "verifier", "chercher",
    "garder", "langue", "oublier", "avis", "mesdonnees", "supprimer", "aide",
)  # fmt: skip
GROUP_COMMANDS = (
    "ask", "sources", "resume", "chronologie", "qui", "comparer", "verifier", "chercher",
    "langue", "oublier", "aide",
)  # fmt: skip
EDITOR_COMMANDS = ("reload", "rollback", "add", "remove", "stats", "export", "health")
OWNER_COMMANDS = (*EDITOR_COMMANDS, "admins")


def menus(bot: Bot, desk: Desk) -> Iterator[Awaitable[Any]]:
    """Every menu in every language, each to be awaited; one that fails harms nobody."""
    yield from _menu(bot, BotCommandScopeDefault(), READER_COMMANDS)
    yield from _menu(bot, BotCommandScopeAllGroupChats(), GROUP_COMMANDS)
    for admin in desk.admins:
        yield from admin_menu(bot, desk, admin)


def admin_menu(bot: Bot, desk: Desk, user: int) -> Iterator[Awaitable[Any]]:
    """The menu in the private chat of an owner, an editor, or of one who is neither any more."""
    if desk.is_owner(user):
        yield from _menu(bot, BotCommandScopeChat(user), READER_COMMANDS + OWNER_COMMANDS)
    elif desk.is_admin(user):
        yield from _menu(bot, BotCommandScopeChat(user), READER_COMMANDS + EDITOR_COMMANDS)
    else:
        for language in LANGUAGES:
            code = None if language == "fr" else language
            yield bot.delete_my_commands(BotCommandScopeChat(user), code)


def _menu(bot: Bot, scope: BotCommandScope, names: tuple[str, ...]) -> Iterator[Awaitable[Any]]:
    for language in LANGUAGES:
        words = texts(language)
        shown = [BotCommand(name, words[f"telegram.command.{name}"]) for name in names]
        # French is the menu of every language that has none of its own.
        code = None if language == "fr" else language
        yield bot.set_my_commands(shown, scope, code)
