"""Updates side by side, one after the other inside a chat."""

import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, Update

from bot.telegram.order import ChatOrder


def update(chat: int, number: int) -> Update:
    """A message in a chat."""
    when = datetime(2024, 1, 1, tzinfo=UTC)
    return Update(number, message=Message(number, when, Chat(chat, "private")))


@pytest.mark.anyio
async def test_order_inside_a_chat_and_none_between_chats() -> None:
    """A slow update holds up its own chat, and no other."""
    order, done = ChatOrder(), []
    release = asyncio.Event()

    async def slow() -> None:
        await release.wait()
        done.append("a1")

    async def quick(name: str) -> None:
        done.append(name)
        if name == "b1":
            release.set()

    await asyncio.gather(
        order.process_update(update(1, 1), slow()),
        order.process_update(update(1, 2), quick("a2")),
        order.process_update(update(2, 3), quick("b1")),
        order.process_update("not an update", quick("x")),
    )
    assert done.index("b1") < done.index("a1") < done.index("a2")
    assert not order._turns


@pytest.mark.anyio
async def test_a_failed_update_lets_the_next_one_through() -> None:
    """An error in one update does not block its chat."""
    order, done = ChatOrder(), []

    async def broken() -> None:
        raise ValueError

    async def fine() -> None:
        done.append(1)

    results = await asyncio.gather(
        order.process_update(update(1, 1), broken()),
        order.process_update(update(1, 2), fine()),
        return_exceptions=True,
    )
    assert isinstance(results[0], ValueError)
    assert done == [1]
    assert not order._turns
