"""The conversation, as lines on standard input and as an object."""

from pathlib import Path

from bot.cli.chat import COMMANDS
from bot.cli.prompt import _history
from bot.texts import LANGUAGES, texts
from tests.bot.cli.conftest import Run


def test_lines_are_questions_and_commands(run: Run, city: Path) -> None:
    """Without a terminal each line is answered in plain text, and /quitter ends."""
    stdin = "Qui a inauguré le nouveau pont de la gare ?\n\n/quitter\nplus rien\n".encode()
    outcome = run("chat", "--dossier", str(city), stdin=stdin)
    assert outcome.status == 0
    assert "Jeanne Morvan" in outcome.out
    assert "\x1b" not in outcome.out
    assert outcome.out.count("[1] Le pont") == 1


def test_commands_work_without_a_terminal(run: Run, city: Path) -> None:
    """Sources, search, passage, language and help answer as they do elsewhere."""
    stdin = "/sources\n/chercher tramway\n/passage pont 2\n/passage pont\n/passage x 1\n/hop\n"
    out = run("chat", "--dossier", str(city), stdin=stdin.encode()).out
    assert "La Gazette · 2 mars 2023" in out
    assert "1. Le tramway attendra 2030" in out
    assert "> § 2  Le chantier" in out
    assert "Il faut écrire : /passage ID N" in out
    assert "aucun article ne s'appelle « x »" in out
    assert "La commande /hop n'existe pas" in out


def test_the_press_desk_is_in_the_conversation(run: Run, city: Path) -> None:
    """Checking a quote, somebody's page and the timeline, as in Telegram."""
    stdin = (
        "/verifier Le chantier a coûté 13 millions d'euros\n/verifier\n/qui Morvan\n/who\n"
        "/chronologie Morvan février 2023\n/timeline from:demain\n"
    )
    out = run("chat", "--dossier", str(city), stdin=stdin.encode()).out
    assert "nombre : « 13 » au lieu de « 12 »" in out
    assert "Il faut écrire : /verifier PHRASE" in out
    assert "Jeanne Morvan\nFonctions : maire" in out
    assert "Il faut écrire : /qui NOM" in out
    assert "28 févr. 2023\n  « Mardi, la maire" in out
    assert "from: « demain » n'est pas une date" in out


def test_a_dossier_is_summed_up_and_compared_in_the_conversation(run: Run, city: Path) -> None:
    """The dossier, one article by the start of its id, and a subject in each source."""
    stdin = "/resume\n/summary tram\n/resume zzz\n/comparer\n/compare la gare\n"
    out = run("chat", "--dossier", str(city), stdin=stdin.encode()).out
    assert "En bref : La ville en chantier" in out
    assert "En bref : Le tramway attendra 2030" in out
    assert "aucun article ne s'appelle « zzz »" in out
    assert "Il faut écrire : /comparer SUJET" in out
    assert "La gare : ce qu'en dit 1 article" in out


def test_a_search_with_a_broken_limit_is_told(run: Run, city: Path) -> None:
    """A limit that is none is one sentence, and the conversation goes on."""
    outcome = run("chat", "--dossier", str(city), stdin=b"/chercher pont to:demain\n/hop\n")
    assert "to: « demain » n'est pas une date ; écrivez par exemple to:2023-02-28." in outcome.out
    assert "/hop" in outcome.out
    assert (outcome.status, outcome.err) == (0, "")


def test_the_language_can_be_changed(run: Run, city: Path) -> None:
    """/langue holds for the sentences of the conversation until it is changed again."""
    out = run("chat", "--dossier", str(city), stdin=b"/langue en\n/hop\n/lang auto\n/hop\n").out
    assert "I will answer in English." in out
    assert "There is no command /hop" in out
    assert "La commande /hop n'existe pas" in out


def test_every_command_is_in_the_help() -> None:
    """French help names the French commands, the others the English ones."""
    for language in LANGUAGES:
        text = texts(language)["chat.help"]
        acts = {act for name, act in COMMANDS.items() if name in text}
        assert acts == set(COMMANDS.values()) - {"help"}


def test_a_history_that_cannot_be_kept_is_no_reason_not_to_talk(tmp_path: Path) -> None:
    """A file where the folder should be: the history stays in memory."""
    (tmp_path / "data").write_text("")
    assert type(_history(tmp_path / "data" / "history")).__name__ == "InMemoryHistory"
    assert type(_history(tmp_path / "new" / "history")).__name__ == "FileHistory"
