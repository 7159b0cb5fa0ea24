"""Bytes to text: every encoding found in practice, and what is no text."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.corpus.encoding import decode, decode_html, normalize
from knowledge.errors import UnreadableArticle

FRENCH = (
    "L’été dernier, la préfète a déclaré : « Nous n’avons pas été prévenus. » "
    "À Nîmes, où la chaleur a dépassé 42 °C, les élèves ont été renvoyés chez eux…\n"
)
RUSSIAN = "Министр сказал, что соглашение будет подписано. Переговоры идут третий день.\n"
PATH = Path("article.txt")


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_french_encodings(encoding: str) -> None:
    """French text comes out the same whatever encoding it was saved in."""
    assert decode(PATH, FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251", "koi8_r"])
def test_russian_encodings(encoding: str) -> None:
    """Russian text comes out the same whatever encoding it was saved in."""
    assert decode(PATH, RUSSIAN.encode(encoding)) == RUSSIAN


def test_dos_text() -> None:
    """An old file in cp850 is read; DOS has no curly apostrophe."""
    text = "Le député a été élu à Sète. L'été fut très chaud, dès le début.\n"
    assert decode(PATH, text.encode("cp850")) == text


def test_short_mac_text() -> None:
    """One accented word is enough to tell a Mac file from a Windows one."""
    assert decode(PATH, "Elle a été élue.".encode("mac_roman")) == "Elle a été élue."
    assert decode(PATH, "Elle a été élue.".encode("cp1252")) == "Elle a été élue."


def test_mostly_utf8() -> None:
    """A UTF-8 file with one line pasted in cp1252 keeps both."""
    content = ("Été comme hiver, la préfecture veille. " * 3).encode() + "fermée".encode("cp1252")
    assert decode(PATH, content).endswith("veille. fermée")


def test_ascii() -> None:
    """Plain ASCII stays as it is."""
    assert decode(PATH, b"Le maire est parti.") == "Le maire est parti."


def test_nothing_gives_a_terminal_orders() -> None:
    """Escape sequences lose what makes them so, in texts and in what is said of them."""
    assert normalize("un \x1b[31mpont\x07 \x9b2J\x00\x7f\tet\nun\r\nport\x85") == (
        "un [31mpont 2J\tet\nun\r\nport\x85"
    )


def test_nfc_and_invisible_marks() -> None:
    """Text comes out in NFC, without soft hyphens and zero-width spaces."""
    assert normalize("e\u0301te\u0301 re\u00adpris\u200b") == "été repris"


def test_hard_spaces_stay() -> None:
    """The hard spaces of French typography are part of the text."""
    assert normalize("81\u00a0% «\u202foui\u202f»") == "81\u00a0% «\u202foui\u202f»"


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + b"x" * 100, b"PK\x03\x04abc", b"\x00" * 500],
    ids=["random", "png", "zip", "zeros"],
)
def test_binary_is_refused(content: bytes) -> None:
    """Binary content named .txt gives one sentence that names the file."""
    with pytest.raises(UnreadableArticle, match=r"article\.txt"):
        decode(PATH, content)


def test_declared_html_encoding() -> None:
    """A page's own word about its encoding is believed, iso-8859-1 meaning cp1252."""
    page = '<meta charset="iso-8859-1"><p>L’été – « oui »</p>'
    assert decode_html(PATH, page.encode("cp1252")) == page
    wrong = '<meta charset="utf-8"><p>Déjà été</p>'
    assert decode_html(PATH, wrong.encode("cp1252")) == wrong


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """Any bytes give text or UnreadableArticle, never another error."""
    with suppress(UnreadableArticle):
        assert isinstance(decode(PATH, content), str)
