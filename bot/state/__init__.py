"""What lasts and cannot be rebuilt: questions asked, feedback, chats, pages shown, audit lines."""

from bot.state.counting import Stats
from bot.state.errors import StateDamaged, StateError, StateLocked, StateTooNew, StateUnwritable
from bot.state.state import Asked, State

__all__ = [
    "Asked",
    "State",
    "StateDamaged",
    "StateError",
    "StateLocked",
    "StateTooNew",
    "StateUnwritable",
    "Stats",
]
