"""Regular expressions that are compiled when they are first used.

`dossier ask` answers one question and ends: compiling the 430 patterns of the whole engine takes a
quarter of its time, and a question needs half of them.
"""

import re
from typing import cast


class _Later:
    """Stands for a compiled pattern, and gives its methods as they are asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._given = source, flags

    def __getattr__(self, name: str) -> object:
        # Only for what is not there yet: from the second time on it costs nothing.
        found = getattr(re.compile(*self._given), name)
        self.__dict__[name] = found
        return found


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, made when it is first used; an error shows only then."""
    return cast("re.Pattern[str]", _Later(source, flags))
