"""What can be written on the command line: one table of commands, one function per group."""

import argparse
import re
from collections.abc import Callable, Sequence
from shutil import get_terminal_size
from textwrap import fill
from typing import Any, NoReturn

from bot.cli.status import UsageError
from bot.cli.streams import language, speak
from bot.texts import LANGUAGES, Texts, texts

COMMANDS: dict[str, tuple[str, str]] = {
    "ask": ("bot.cli.questions", "ask"),
    "chat": ("bot.cli.chat", "chat"),
    "batch": ("bot.cli.batch", "batch"),
    "search": ("bot.cli.questions", "search"),
    "passage": ("bot.cli.folder", "passage"),
    "verify": ("bot.cli.press", "verify"),
    "who": ("bot.cli.press", "who"),
    "timeline": ("bot.cli.press", "timeline"),
    "brief": ("bot.cli.press", "brief"),
    "compare": ("bot.cli.press", "compare"),
    "wires": ("bot.cli.press", "wires"),
    "replay": ("bot.cli.replay", "replay"),
    "export": ("bot.cli.export", "export"),
    "sources": ("bot.cli.folder", "sources"),
    "index": ("bot.cli.folder", "index"),
    "init": ("bot.cli.folder", "init"),
    "eval": ("bot.cli.measure", "evaluate"),
    "bench": ("bot.cli.bench", "bench"),
    "backup": ("bot.cli.backup", "backup"),
    "doctor": ("bot.cli.doctor", "doctor"),
    "bot": ("bot.cli.serve", "serve"),
}
"""Command -> (module, function), in the order of the help."""

TASKS = ("ask", "search", "select", "verify")

# argparse speaks English; these are its sentences, and ours in their place.
_ARGPARSE = (
    (re.compile(r"argument COMMAND: invalid choice: '(?P<command>.*)' \(.*", re.DOTALL),
     "cli.unknown_command"),
    (re.compile(r"the following arguments are required: (?P<arguments>.+)", re.DOTALL),
     "cli.missing_argument"),
    (re.compile(r"unrecognized arguments: (?P<arguments>.+)", re.DOTALL), "cli.unknown_option"),
    (re.compile(r"argument (?P<argument>.+?): expected (?:one|at least one) argument"),
     "cli.missing_value"),
    (re.compile(r"argument (?P<argument>.+?): ignored explicit argument .*", re.DOTALL),
     "cli.no_value"),
    (re.compile(r"argument (?P<argument>.+?): (?P<message>.+)", re.DOTALL), "cli.bad_argument"),
)  # fmt: skip


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the interface's language and raises what it finds wrong."""

    def error(self, message: str) -> NoReturn:
        """Raises: UsageError with our sentence in place of argparse's."""
        words = texts(language())
        for pattern, key in _ARGPARSE:
            found = pattern.fullmatch(message)
            if found:
                fields = {"prog": self.prog, "commands": ", ".join(COMMANDS)}
                raise UsageError(words[key].format(**fields | found.groupdict()))
        raise UsageError(message)


class Help(argparse.RawDescriptionHelpFormatter):
    """Help whose headings are in the interface's language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Any,  # argparse's own types for these differ between versions
        groups: Any,
        prefix: str | None = None,
    ) -> None:
        """The usage line behind our word for "usage"."""
        super().add_usage(usage, actions, groups, prefix or texts(language())["cli.usage"])


def read(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments; always with `command`, `dossier`, `lang` and `json`.

    Raises: UsageError, one sentence; SystemExit(0) after --help and --version.
    """
    for flag, value in zip([*argv, ""], [*argv[1:], "", ""], strict=False):
        wanted = value if flag == "--lang" else flag.removeprefix("--lang=")
        if flag.startswith("--lang") and wanted in LANGUAGES:
            speak(wanted)
    words = texts(language())
    arguments = _parser(words, argv).parse_args(argv)
    if arguments.command is None:
        raise UsageError(words["cli.no_command"])
    if arguments.dossier is not None and not arguments.dossier.strip():
        raise UsageError(words["cli.empty_folder_name"])
    return arguments


class _Version(argparse.Action):
    """--version: prints the installed version and stops."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("dossier-bot")
        except PackageNotFoundError:
            number = "?"
        print(f"dossier {number}")
        parser.exit()


class _Command:
    """One command's parser, filled in line by line under headings in our language."""

    def __init__(self, parser: argparse.ArgumentParser, words: Texts) -> None:
        self.words = words
        self.parser = parser
        self._arguments = parser.add_argument_group(words["cli.arguments_title"])
        self._options = parser.add_argument_group(words["cli.options_title"])
        self.option("-h", "--help", action="help", text="help")

    def argument(self, name: str, *, text: str, **form: Any) -> None:
        self._arguments.add_argument(name, help=self.words[f"cli.argument_{text}"], **form)

    def option(self, *flags: str, text: str, **form: Any) -> None:
        self._options.add_argument(*flags, help=self.words[f"cli.option_{text}"], **form)

    def json(self) -> None:
        self.option("--json", text="json", action="store_true")

    def limits(self) -> None:
        self.option("--from", text="from", dest="since", metavar="DATE")
        self.option("--to", text="to", dest="until", metavar="DATE")
        self.option(
            "--source", text="source", dest="outlets", metavar="MEDIA", action="append", default=[]
        )

    def everywhere(self, default: object) -> None:
        # Written before or after the command: a command's default must not wipe what stood before.
        self.option("--dossier", text="dossier", metavar="DIR", default=default)
        self.option(
            "--lang", text="lang", metavar="LANG", type=self.one_of(LANGUAGES), default=default
        )

    def one_of(self, choices: Sequence[str]) -> Callable[[str], str]:
        def parse(value: str) -> str:
            if value not in choices:
                message = self.words["cli.bad_choice"]
                raise argparse.ArgumentTypeError(
                    message.format(value=value, choices=", ".join(choices))
                )
            return value

        return parse

    def number(self, value: str) -> int:
        # Longer than any paragraph number; int() takes time that grows with the square.
        number = int(value) if value.isdecimal() and len(value) < 10 else 0
        if number < 1:
            raise argparse.ArgumentTypeError(self.words["cli.bad_number"].format(value=value[:40]))
        return number


def _parser(words: Texts, argv: Sequence[str]) -> Parser:
    form: dict[str, Any] = {"formatter_class": Help, "allow_abbrev": False, "add_help": False}
    about = fill(words["cli.about"], min(get_terminal_size().columns, 96) - 2)
    parser = Parser("dossier", description=about, epilog=words["cli.epilog"], **form)
    parser.set_defaults(json=False)
    top = _Command(parser, words)
    top.option("--version", text="version", action=_Version, nargs=0)
    top.everywhere(default=None)
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title=words["cli.commands_title"]
    )
    for name in COMMANDS:
        summary = words[f"cli.help_{name}"]
        own = commands.add_parser(
            name, prog=f"dossier {name}", help=summary, description=summary, **form
        )
        if name not in argv:
            continue  # only its line in the help is needed
        command = _Command(own, words)
        if name in _FILL:
            _FILL[name](command)
        command.everywhere(default=argparse.SUPPRESS)
    return parser


def _ask(command: _Command) -> None:
    command.argument("question", text="question", nargs="+", metavar="QUESTION")
    command.json()
    command.option("--explain", text="explain", action="store_true")
    command.limits()


def _batch(command: _Command) -> None:
    command.option("--task", text="task", metavar="TASK", type=command.one_of(TASKS), default="ask")
    command.option("--explain", text="explain", action="store_true")
    command.limits()


def _search(command: _Command) -> None:
    command.argument("words", text="words", nargs="+", metavar="WORDS")
    command.json()
    command.option("-k", text="k", metavar="N", type=command.number, default=10)
    command.limits()


def _verify(command: _Command) -> None:
    command.argument("quote", text="quote", nargs="+", metavar="QUOTE")
    command.option("--speaker", text="speaker", metavar="NAME")
    command.json()


def _who(command: _Command) -> None:
    command.argument("name", text="name", nargs="+", metavar="NAME")
    command.json()


def _timeline(command: _Command) -> None:
    command.option("--name", text="name", metavar="NAME")
    command.option("--picture", text="picture", metavar="FILE")
    command.option("--dark", text="dark", action="store_true")
    command.json()
    command.limits()


def _brief(command: _Command) -> None:
    command.argument("id", text="brief_id", nargs="?", metavar="ID")
    command.json()


def _compare(command: _Command) -> None:
    command.argument("subject", text="subject", nargs="+", metavar="SUBJECT")
    command.json()


def _passage(command: _Command) -> None:
    command.argument("id", text="id", metavar="ID")
    command.argument("number", text="number", metavar="N", type=command.number)
    command.option("--caption", text="caption", action="store_true")
    command.json()


def _replay(command: _Command) -> None:
    command.argument("code", text="code", nargs="?", metavar="CODE")
    command.json()


def _export(command: _Command) -> None:
    forms = ("md", "html")
    command.option("--format", text="format", metavar="FORMAT", type=command.one_of(forms))
    command.option("--output", "-o", text="output", metavar="FILE")


def _sources(command: _Command) -> None:
    command.option("--text", text="text", metavar="ID")
    command.option("--dropped", text="dropped", metavar="ID")
    command.json()


def _init(command: _Command) -> None:
    command.option("--print", text="print", action="store_true", dest="show")
    command.option("--force", text="force", action="store_true")


def _eval(command: _Command) -> None:
    command.argument("file", text="file", nargs="?", metavar="FILE")
    command.json()


def _backup(command: _Command) -> None:
    command.argument("file", text="backup", nargs="?", metavar="FILE")
    command.option("--restore", text="restore", action="store_true")
    command.json()


def _bench(command: _Command) -> None:
    command.option(
        "--sizes", text="sizes", metavar="N", type=command.number, nargs="+", default=None
    )
    command.option("--questions", text="questions", metavar="N", type=command.number, default=None)
    command.option("--shared", text="shared", metavar="DIR")
    command.option("--picture", text="curves", metavar="FILE")
    command.json()
    command.option("--growth", text="growth", action="store_true")


def _doctor(command: _Command) -> None:
    command.json()
    command.option("--online", text="online", action="store_true")


def _index(command: _Command) -> None:
    command.json()
    command.option("--shards", text="shards", type=int, metavar="N")


def _json_only(command: _Command) -> None:
    command.json()


_FILL: dict[str, Callable[[_Command], None]] = {
    "ask": _ask,
    "batch": _batch,
    "search": _search,
    "passage": _passage,
    "verify": _verify,
    "who": _who,
    "timeline": _timeline,
    "brief": _brief,
    "compare": _compare,
    "wires": _json_only,
    "replay": _replay,
    "export": _export,
    "sources": _sources,
    "index": _index,
    "init": _init,
    "eval": _eval,
    "bench": _bench,
    "backup": _backup,
    "doctor": _doctor,
}
