"""Photo captions and credits: a caption is a line with a photo credit, or the same without one."""

import re
from functools import cache

from knowledge.corpus.page import Page, key
from knowledge.corpus.wordlists import fold, rows

_MAX_CAPTION = 600
_MAX_CREDIT = 100
_LABEL = re.compile(
    r"(?:^|(?<=[\s.(\[|/,–—-]))"
    r"(?:(?P<strong>©|\([cC]\)\s|Crédits?\s+photos?\b|Crédits?\s*:|Photo\s+credits?\b|"
    r"Tous droits réservés\b|Droits réservés\b|All rights reserved\b|Copyright\b|"
    r"D\.?R\.?(?=[\s)]*$)|Photos?\s*:|Image\s*:|[Pp]hoto d['’](?:illustration|archives?)|"
    r"[Ii]mage d['’](?:illustration|archives?))|(?P<weak>Photos?|Images?|Illustration|Ph\.))"
    r"\s*[:/©]?\s*"
)
_TOKEN = re.compile(r"[^\s/,&|()\[\]©:;]+")
_SMALL = {"de", "du", "des", "d", "le", "la", "les", "van", "von", "der", "den", "bin", "al", "el"}
_SMALL |= {"ben", "via", "pour", "et", "and", "by", "the", "of"}
_MIN_CAPTION_WORDS = 4
_MAX_OWNER = 6
"""Words of whoever owns a picture, on a line that begins with the credit."""


@cache
def _agency_end() -> re.Pattern[str]:
    """A slash, or "via", with an agency at the end of the line; "REUTERS/Name" the other way."""
    printed = (name for name, _ in rows("press_agencies.tsv"))
    names = sorted({re.escape(form) for name in printed for form in (name, name.upper())})
    names.sort(key=len)
    agency = "|".join(reversed(names))
    return re.compile(
        rf"(?:/\s*|\bvia\s+)(?:{agency})(?:\s+photo)?\)?\.?$"
        rf"|(?:^|[\s(])(?:{agency})(?:\s+photo)?\s?/\s?[^\s/][^/.]{{1,40}}\)?\.?$"
        rf"|(?:^|(?<=[.!?…)»]))\s*(?:{agency})\s+[-–]\s+[^.\s][^.]{{1,40}}$"
        r"|(?<=[.!?…)])\s+[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+(?:[ /«»]+[A-ZÀ-ÖØ-Þ'’.-]+){1,7}[ »]*$",
    )


def split_credit(text: str) -> tuple[str, str] | None:
    """The caption and the credit of a line, None when the line has no photo credit."""
    if len(text) > _MAX_CAPTION:
        return None
    for label in _LABEL.finditer(text):
        who = text[label.end() :].strip().rstrip(").]")
        if len(who) <= _MAX_CREDIT and _fits(label, who):
            return _trim(text[: label.start()]), text[label.start() :]
    if found := _agency_end().search(text):
        start = _name_start(text, found.start())
        return _trim(text[:start]), text[start:]
    return None


def _trim(text: str) -> str:
    return text.rstrip(" \t\xa0(-–—|/,[")


def _fits(label: re.Match[str], who: str) -> bool:
    """Whether what follows the label can be a photographer: names, agencies, or nothing."""
    if not who:
        return bool(label["strong"])
    alone = bool(label["strong"]) and label.start() == 0 and len(who.split()) <= _MAX_OWNER
    return alone or _are_names(who)


def _are_names(who: str) -> bool:
    tokens = _TOKEN.findall(who)
    proper = [token for token in tokens if fold(token) not in _SMALL]
    return 0 < len(proper) <= 10 and all(not token[0].islower() for token in proper)


def _name_start(text: str, position: int) -> int:
    """Where the photographer's name before "/ AFP" begins: at most three capitalised words."""
    start = position
    for token in reversed(list(re.finditer(r"\S+", text[:position]))[-4:]):
        word = token.group()
        if word[0] == "(":
            return token.start()
        if word == "/" or (word[0].isupper() and word[-1] not in ".!?…:;,)"):
            start = token.start()
        else:
            break
    return start


def mark(page: Page) -> Page:
    """Makes captions of lines with a credit and of their repetitions; bare credits are dropped.

    Of the same caption twice the first stays: it is cited once.
    """
    rules: dict[int, str] = {}
    captions: dict[tuple[str, ...], int] = {}
    for i, text in page.body():
        if split := split_credit(text):
            words = key(split[0])
            if len(words) < _MIN_CAPTION_WORDS:
                rules[i] = "photo_credit"
            elif words in captions:
                rules[i] = "repeated_caption"
            else:
                captions[words] = i
    for i, text in page.body():
        words = key(text)
        other = captions.get(words)
        if other is None or other == i or i in rules:
            continue
        rules[max(i, other)] = "repeated_caption"
        captions[words] = min(i, other)
    return page.as_captions(frozenset(captions.values())).drop(rules)
