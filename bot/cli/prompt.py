"""The line editor of `dossier chat`; the only module that knows prompt_toolkit."""

from collections.abc import Callable, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory


class Prompt:
    """Reads lines with history and tab completion."""

    def __init__(self, mark: str, history: Path, complete: Callable[[str], list[str]]) -> None:
        self._session: PromptSession[str] = PromptSession(
            FormattedText([("bold ansicyan", mark)]),
            history=_history(history),
            completer=_Whole(complete),
            complete_while_typing=False,
        )

    def read(self) -> str:
        """The line that was typed.

        Raises: EOFError on Ctrl-D, KeyboardInterrupt on Ctrl-C.
        """
        return self._session.prompt()


class _Whole(Completer):
    """Completes the whole line."""

    def __init__(self, complete: Callable[[str], list[str]]) -> None:
        self._complete = complete

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - the name that prompt_toolkit calls it by
    ) -> Iterable[Completion]:
        """What the whole line may become."""
        line = document.text_before_cursor
        return (Completion(whole, start_position=-len(line)) for whole in self._complete(line))


def _history(path: Path) -> History:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a"):
            pass
        path.chmod(0o600)
    except OSError:
        # A history that cannot be kept is no reason not to talk.
        return InMemoryHistory()
    return FileHistory(path)
