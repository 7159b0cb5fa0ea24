"""Bytes of any text file found in practice -> text in NFC; pure.

The home of charset-normalizer, asked last: its guesses on short French texts are poor, while
counting plausible letters tells the four usual single-byte encodings apart.
"""

import codecs
import re
from pathlib import Path

from knowledge.corpus import messages
from knowledge.errors import UnreadableArticle
from knowledge.language.composing import nfc

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\x1f\x8b")
_SINGLE_BYTE = ("cp1252", "mac_roman", "cp1251", "cp850", "koi8_r")
_UNPRINTED = (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
"""Control characters without a meaning in text; to a terminal some of them are orders."""
_INVISIBLE: dict[int, None] = dict.fromkeys(
    (*_UNPRINTED, 0x200B, 0x200C, 0x200D, 0xFEFF, 0x00AD, 0x2060)
)
_FRENCH = frozenset("éèêëàâùûüôîïçœæÉÈÊÀÂÙÛÔÎÏÇŒ")
_TYPOGRAPHY = frozenset("«»“”‘’…–—€°\xa0•©")
_SYMBOL = re.compile(r"[^\w\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROLS = re.compile(f"[{re.escape(''.join(map(chr, _UNPRINTED)))}]")
_MAX_CONTROL_SHARE = 0.005
"""Text has none; random bytes have 10 %."""


def normalize(text: str) -> str:
    """The text in NFC, without what shows nothing (controls, zero-width spaces, soft hyphens)."""
    return nfc(text.translate(_INVISIBLE))


def decode(path: Path, content: bytes) -> str:
    """The text of a file, in NFC. Raises UnreadableArticle when it is no text."""
    text = _decode_marked(content)
    if text is None:
        if content.startswith(_MAGIC):
            raise UnreadableArticle(path, messages.BINARY.format(path=path.as_posix()))
        text = _decode_unmarked(content)
    if text is None:
        is_binary = len(_CONTROL_BYTES.findall(content)) > _MAX_CONTROL_SHARE * len(content)
        why = messages.BINARY if is_binary else messages.UNKNOWN_ENCODING
        raise UnreadableArticle(path, why.format(path=path.as_posix()))
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise UnreadableArticle(path, messages.BINARY.format(path=path.as_posix()))
    return normalize(text)


_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)


def decode_html(path: Path, content: bytes) -> str:
    """The text of a page: what it says of its encoding is believed when the bytes agree."""
    declared = _CHARSET.search(content[:4096])
    if declared and _decode_marked(content) is None:
        try:
            text = content.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return decode(path, content)
        if not _CONTROL.search(text) and "\ufffd" not in text:
            # "iso-8859-1" means cp1252 on the web: its C1 controls are quotes and dashes.
            return decode(path, content) if _CONTROLS.search(text) else normalize(text)
    return decode(path, content)


def _decode_marked(content: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, errors="replace")
    return None


def _decode_unmarked(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\x00" not in text:
        return text
    return _decode_utf16(content) or _decode_damaged_utf8(content) or _decode_single_byte(content)


def _decode_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark: Latin text has a zero byte in nearly every second place."""
    sample = content[: 4096 & ~1]
    half = len(sample) // 2
    if not half or len(content) % 2:
        return None
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        if sample[first::2].count(0) > 0.6 * half and sample[1 - first :: 2].count(0) < 0.1 * half:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


_SEQUENCE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")


def _decode_damaged_utf8(content: bytes) -> str | None:
    """UTF-8 with a few foreign bytes (a cut character, a line pasted in cp1252)."""
    sequences = len(_SEQUENCE.findall(content))
    repaired = content.decode("utf-8", errors="surrogateescape")
    broken = [char for char in repaired if "\udc80" <= char <= "\udcff"]
    if sequences < 4 * len(broken) or not broken:
        return None
    return re.sub(
        "[\udc80-\udcff]",
        lambda found: bytes([ord(found.group()) - 0xDC00]).decode("cp1252", errors="replace"),
        repaired,
    )


def _decode_single_byte(content: bytes) -> str | None:
    best: tuple[float, str] | None = None
    for encoding in _SINGLE_BYTE:
        # cp1252 leaves five bytes undefined; one of them must not disqualify a whole file.
        text = content.decode(encoding, errors="replace")
        score = _plausibility(text)
        if best is None or score > best[0]:
            best = (score, text)
    if best is not None and best[0] > 0:
        return best[1]
    from charset_normalizer import from_bytes

    guess = from_bytes(content).best()
    return str(guess) if guess is not None else None


def _plausibility(text: str) -> float:
    """Letters of French or Russian words, less what cannot stand in either."""
    score = 0.0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        foreign = [char for char in word if char > "\x7f"]
        cyrillic = sum("Ѐ" <= char <= "ӿ" for char in foreign)
        if cyrillic:
            fits = cyrillic == len(word) and len(word) > 1 and not _shouts(word)
        else:
            # "été" and "à" are the French words with the largest share of accents.
            fits = _FRENCH.issuperset(foreign) and (len(word) < 4 or 2 * len(foreign) <= len(word))
        score += 1 if fits else -1
    for char in _SYMBOL.findall(text):
        score += 0.5 if char in _TYPOGRAPHY else -1
    return score - 2 * len(_CONTROLS.findall(text)) - 2 * text.count("\ufffd")


def _shouts(word: str) -> bool:
    """Capitals inside a word: what koi8-r and cp1251 make of each other."""
    return not word.isupper() and any(char.isupper() for char in word[1:])
