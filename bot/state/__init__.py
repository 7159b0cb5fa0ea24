"""What lasts and cannot be rebuilt: questions asked, feedback, chats, pages shown, audit lines."""

from bot.state.chats import Prompt
from bot.state.counting import Stats
from bot.state.errors import StateDamaged, StateError, StateLocked, StateTooNew, StateUnwritable
from bot.state.inbox import Inbox
from bot.state.privacy import Personal
from bot.state.questions import Asked
from bot.state.roles import Act
from bot.state.state import State

__all__ = [
    "Act",
    "Asked",
    "Inbox",
    "Personal",
    "Prompt",
    "State",
    "StateDamaged",
    "StateError",
    "StateLocked",
    "StateTooNew",
    "StateUnwritable",
    "Stats",
]
