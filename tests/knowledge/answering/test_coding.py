"""The short code of a reply."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.coding import code_of
from knowledge.model import Limits

WHOLE: dict[str, Any] = {
    "digest": "0" * 64,
    "question": "Qui ?",
    "history": ("Quand ?",),
    "language": "fr",
    "limits": Limits(since=date(2024, 1, 2)),
    "exclude": frozenset({("b", 2), ("a", 1), ("a", 10), ("c", 3), ("d", 4)}),
}
OTHERS: dict[str, Any] = {
    "digest": "1" * 64,
    "question": "Qui est-ce ?",
    "history": (),
    "language": "en",
    "limits": Limits(),
    "exclude": frozenset({("a", 1)}),
}


def test_a_code_never_changes() -> None:
    """The code is the same in every process and on every machine: it is written down."""
    assert code_of(**WHOLE) == "D3VMQB"


def test_every_part_counts() -> None:
    """Another digest, question, history, language, limit or exclusion gives another code."""
    codes = {code_of(**(WHOLE | {name: other})) for name, other in OTHERS.items()}
    assert len(codes | {code_of(**WHOLE)}) == 7


def test_borders_between_the_parts_count() -> None:
    """A line break in a question is no border between it and the history."""
    codes = {
        code_of("0", question, history, language="fr", limits=Limits())
        for question, history in (("a", ("b", "c")), ("a", ("b\nc",)), ("a\nb", ("c",)))
    }
    assert len(codes) == 3


@given(st.text(st.characters(codec=None)), st.sets(st.tuples(st.text(), st.integers())))
def test_any_text_has_a_code(text: str, exclude: set[tuple[str, int]]) -> None:
    """Any text and any exclusions give six letters, lone surrogates too."""
    limits = Limits(outlets=(text,))
    assert len(code_of("0", text, (text,), language="fr", limits=limits, exclude=exclude)) == 6
