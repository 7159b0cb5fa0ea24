"""What can be written on the command line, and what is said of the rest."""

import pytest

from bot.cli.arguments import COMMANDS, read
from bot.cli.status import UsageError
from tests.bot.cli.conftest import Run


@pytest.mark.parametrize(
    "words",
    [
        ["--dossier", "d", "--lang", "en", "ask", "q"],
        ["ask", "q", "--dossier", "d", "--lang", "en"],
        ["--dossier", "d", "ask", "--lang=en", "q"],
    ],
)
def test_global_options_stand_before_or_after_the_command(words: list[str]) -> None:
    """--dossier and --lang mean the same on both sides of the command."""
    arguments = read(words)
    assert (arguments.command, arguments.dossier, arguments.lang) == ("ask", "d", "en")


def test_a_question_needs_no_quotation_marks() -> None:
    """The words of a question are one question."""
    assert read(["ask", "Qui", "est", "maire", "?"]).question == ["Qui", "est", "maire", "?"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "dites que faire"),
        (["tramway"], "la commande « tramway » n'existe pas ; commandes : ask, chat"),
        (["ask"], "il manque QUESTION ; dossier ask --help"),
        (["ask", "q", "--jso"], "cet argument n'est pas compris : --jso"),
        (["ask", "q", "--lang", "de"], "--lang : « de » n'existe pas, choisissez parmi fr, en"),
        (["ask", "q", "--dossier"], "--dossier attend une valeur"),
        (["ask", "q", "--dossier", ""], "--dossier est vide"),
        (["ask", "q", "--json=1"], "--json ne prend pas de valeur"),
        (["passage", "a", "0"], "N : « 0 » n'est pas un nombre entier à partir de 1"),
        (["passage", "a", "1" * 5000], "n'est pas un nombre entier à partir de 1"),
        (["batch", "--task", "dance"], "--task : « dance » n'existe pas, choisissez parmi ask"),
    ],
)
def test_wrong_usage_is_one_clear_sentence(run: Run, words: list[str], sentence: str) -> None:
    """What argparse finds wrong is said in our language, on one line, with status 2."""
    outcome = run(*words)
    assert outcome.status == 2
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("dossier : ")
    assert not outcome.out


def test_wrong_usage_speaks_the_language_asked_for(run: Run) -> None:
    """--lang holds for errors too, even beside the error."""
    assert "there is no command “tramway”" in run("--lang", "en", "tramway").err
    assert "команды «tramway» нет" in run("tramway", "--lang=ru").err


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("language", ["fr", "en", "ru"])
def test_help_is_there_for_every_command(run: Run, command: str, language: str) -> None:
    """--help ends well and speaks the interface's language."""
    outcome = run(*([command] if command else []), "--lang", language, "--help")
    assert outcome.status == 0
    assert outcome.out.startswith({"fr": "usage : ", "en": "usage: ", "ru": "использ"}[language])
    assert not outcome.err


def test_a_usage_error_is_an_exception_of_its_own() -> None:
    """Callers tell wrong usage from everything else."""
    with pytest.raises(UsageError):
        read(["passage", "x"])
