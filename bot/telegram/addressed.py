"""Whether a message of a group is meant for the bot."""

from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.telegram.desk import Desk


class Addressed(filters.MessageFilter):
    """A mention of the bot, or a reply to one of its messages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("addressed")
        self._desk = desk

    def filter(self, message: Message) -> bool:
        """Whether the message is for the bot."""
        username = self._desk.username.casefold()
        if not username:
            return False
        answered = message.reply_to_message
        if answered is not None and answered.from_user is not None:
            author = answered.from_user
            # In a forum the topic's own first message is what every message replies to.
            if (author.username or "").casefold() == username and not answered.forum_topic_created:
                return True
        mentions = message.parse_entities([MessageEntity.MENTION])
        return any(text.casefold() == f"@{username}" for text in mentions.values())
