"""Whole conversations, compared message by message: text, entities, keyboard.

After a change that is meant: DOSSIER_UPDATE=1 pytest tests/e2e/test_scenarios.py, then read the
difference. DOSSIER_E2E_MODE=webhook plays them by webhook.
"""

import os

import pytest

from tests.e2e.botapi import BotApi
from tests.e2e.conftest import Running
from tests.e2e.people import Person
from tests.e2e.scenario import Scenario, Stage, scenarios

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("scenario", scenarios("varenne"), ids=lambda one: one.name)
async def test_a_conversation_is_what_it_was(
    scenario: Scenario, running: Running, api: BotApi, admin: Person
) -> None:
    """Every message of the conversation is the one that was agreed upon."""
    async with running():
        played = await Stage(api, admin).play(scenario)
    assert not api.refusals
    if os.environ.get("DOSSIER_UPDATE"):
        scenario.golden.write_text(played, encoding="utf-8")
    assert played == scenario.golden.read_text(encoding="utf-8")
