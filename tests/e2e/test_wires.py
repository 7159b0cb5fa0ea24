"""What each outlet adds to a copy that several share, one tap below the answer."""

from pathlib import Path

import pytest

from bot.telegram.callbacks import Alone, encode
from bot.telegram.desk import Desk
from tests.e2e.people import Person

pytestmark = pytest.mark.anyio

WIRE = (
    "Le tribunal de Varenne a suspendu jeudi la vente de l'ancienne halle, que le conseil municipal"
    " avait votée en mars contre l'avis des marchands, a indiqué le greffe.\n\n"
)


@pytest.fixture
def dossier(dossier: Path) -> Path:
    """The dossier with one wire story in two outlets, each with a sentence of its own."""
    own = {
        "04-halle": "L'acheteur, un groupe hôtelier de Lannoy, réclame deux millions d'euros.",
        "05-halle": "Les marchands fêteront la décision samedi soir sous la verrière.",
    }
    for name, more in own.items():
        text = f"La vente de la halle suspendue\n\n{WIRE}{more}\n"
        (dossier / f"{name}.txt").write_text(text, encoding="utf-8")
    manifest = dossier / "dossier.toml"
    facts = "".join(
        f'\n[articles.{name}]\npublisher = "{outlet}"\nagency = "AFP"\npublished = 2024-04-05\n'
        for name, outlet in (("04-halle", "Radio Val"), ("05-halle", "Le Phare"))
    )
    written = manifest.read_text(encoding="utf-8")
    head, _, questions = written.partition("[[questions]]")
    manifest.write_text(f"{head}{facts}\n[[questions]]{questions}", encoding="utf-8")
    return dossier


async def test_what_each_outlet_adds_is_one_tap_away(bot: Desk, alice: Person) -> None:
    """The answer counts the titles; the button shows each one's own sentence, with its passage."""
    shown = await alice.ask("Qu'a suspendu le tribunal de Varenne ?")
    assert "2 titres, une seule dépêche AFP" in shown.text
    await alice.press(shown, "Propre à chaque titre")
    told = await alice.private.next("sent")
    assert "Seulement dans Radio Val :" in told.text
    assert "deux millions d'euros" in told.text
    assert "Seulement dans Le Phare :" in told.text
    await alice.press(told, "📄 [1]")
    assert "verrière" in (await alice.private.next("sent")).text


async def test_answers_of_one_source_have_no_such_button(bot: Desk, alice: Person) -> None:
    """Where nobody shares the quote there is nothing to compare; a forged button is told."""
    shown = await alice.ask("Qui a rouvert le pont des Tanneurs ?")
    assert not any("Propre" in button for button in shown.buttons)
    told = await alice.press(shown, "", data=encode(Alone(999)))
    assert "trop ancienne" in told["text"]
