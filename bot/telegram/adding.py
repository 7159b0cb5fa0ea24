"""What admins add to the dossier, correct in it and take out of it.

Nothing of it is served before it is published.
"""

import asyncio
import re
import shutil
import tomllib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from telegram import Document, Message
from telegram.error import BadRequest
from telegram.ext import filters

from bot.render.markup import escape
from bot.telegram.admin import Admin
from bot.telegram.callbacks import Stage
from bot.telegram.checking import LISTED, upload_screen
from bot.telegram.desk import Context, Desk, Place
from bot.telegram.pressing import Press
from bot.telegram.publishing import Publishing
from bot.telegram.reading import argument
from bot.telegram.screen import Screen, edit, send, typing
from bot.telegram.unpacking import UnusableUpload
from bot.telegram.uploads import Uploads
from config.values import Network
from knowledge.errors import DossierError

BOT_API_MB = 20
"""What Telegram lets a bot download."""


class Adding:
    """The handlers of /add and its buttons."""

    def __init__(self, desk: Desk, admin: Admin, publishing: Publishing) -> None:
        self.desk = desk
        self.admin = admin
        self.publishing = publishing
        self.uploads = Uploads(desk)

    @property
    def limit(self) -> int:
        """Megabytes of a file: MAX_FILE_MB, but no more than Telegram lets a bot have."""
        return min(self.desk.settings.max_file_mb, BOT_API_MB)

    async def add(self, context: Context, place: Place) -> None:
        """/add: how it is done; as a reply to a file, that file; with an address, that page."""
        message = place.said
        if message is None:
            return
        quoted = message.reply_to_message
        if quoted is not None and quoted.document is not None:
            await self._take(context, place, partial(self._download, context, quoted.document))
            return
        address = re.match(r"(https?://|www\.)\S+", argument(message))
        allowed, words = self.desk.settings.fetch_urls, self.desk.words(place)
        if address and allowed is not None:
            url = address[0] if "://" in address[0] else f"https://{address[0]}"
            await self._take(context, place, partial(self._fetch, url, allowed))
            return
        key = "telegram.add.address" if address else "telegram.add.usage"
        usage = words[key].format(limit=self.limit)
        await send(context.bot, self.desk.state, place, Screen.of([usage]))

    async def document(self, context: Context, place: Place) -> None:
        """A file sent by an admin in a private chat."""
        message = place.said
        if message is not None and message.document is not None:
            await self._take(context, place, partial(self._download, context, message.document))

    async def _take(
        self, context: Context, place: Place, bring: Callable[[], Awaitable[tuple[str, bytes]]]
    ) -> None:
        """Brings a file, as (name, content), lays it apart, and shows what it holds."""
        desk, words = self.desk, self.desk.words(place)
        try:
            name, content = await typing(context.bot, place, bring())
            work = asyncio.to_thread(self.uploads.stage, name, content, self.limit)
            folder, dossier = await typing(context.bot, place, work)
        except UnusableUpload as error:
            fields = {field: escape(str(value)) for field, value in error.fields.items()}
            screen = Screen.of([words[error.key].format(**fields)])
        except (DossierError, BadRequest, OSError) as error:
            screen = Screen.of([escape(str(error))])
        else:
            number = desk.state.upload(place.user, folder.name)
            if number:
                known = frozenset(article.id for article in desk.generation.dossier.articles)
                screen = upload_screen(words, number, dossier, known)
            else:
                # Buttons that name no upload would correct the dossier itself.
                shutil.rmtree(folder, ignore_errors=True)
                screen = Screen.of([words["telegram.add.not_kept"]])
        await send(context.bot, desk.state, place, screen)

    async def _fetch(self, url: str, allowed: Sequence[Network]) -> tuple[str, bytes]:
        from bot.telegram.fetching import fetch

        found = await fetch(url, allowed, self.limit)
        return found.name, found.content

    async def _download(self, context: Context, document: Document) -> tuple[str, bytes]:
        if (document.file_size or 0) > self.limit * 1_000_000:
            raise UnusableUpload("telegram.add.too_big", limit=self.limit)
        file = await context.bot.get_file(document.file_id)
        return document.file_name or "article.txt", bytes(await file.download_as_bytearray())

    async def stage(self, press: Press, action: Stage) -> None:
        """Adds an upload to the dossier and shows what publishing it would change; or drops it."""
        desk, words = self.desk, press.words
        folder = self.uploads.folder(action.upload)
        if folder is None:
            await press.tell("telegram.add.gone")
            return
        await press.tell()
        desk.state.drop_upload(action.upload)
        if not action.go:
            shutil.rmtree(folder, ignore_errors=True)
            await self._show(press, words["telegram.add.dropped"])
            return
        try:
            ids = await asyncio.to_thread(self.uploads.lay, folder)
        except (OSError, DossierError, UnusableUpload, tomllib.TOMLDecodeError) as error:
            why = words["telegram.add.not_written"].format(why=escape(str(error)))
            await self._show(press, why)
            return
        desk.state.audit(press.place.user, "add", ", ".join(ids))
        count = words.count("cli.articles", len(ids))
        await self._show(press, words["telegram.add.added"].format(articles=count))
        listed = ", ".join(ids[:LISTED])
        await self.admin.announce(
            press.context.bot, press.place, "telegram.admin.told_add", ids=listed
        )
        await self.publishing.reload(press.context, press.place)

    async def _show(self, press: Press, html: str) -> None:
        bot = press.context.bot
        await edit(bot, self.desk.state, press.place.chat, press.message, Screen.of([html]))


class FromAdmin(filters.MessageFilter):
    """A message of an admin's."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("from admin")
        self._desk = desk

    def filter(self, message: Message) -> bool:
        """Whether an admin sent it."""
        return message.from_user is not None and self._desk.is_admin(message.from_user.id)
