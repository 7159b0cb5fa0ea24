"""Lines of web pages that are no part of an article: one line at a time, and blocks of headlines.

No rule is for one site: phrases in `furniture.tsv`, and the shapes of hashtags, links, counters.
"""

import re
from collections.abc import Sequence
from functools import cache
from operator import and_

from knowledge.corpus.page import Page, is_prose
from knowledge.corpus.wordlists import fold, rows

_MAX_LINE = 200
_MAX_START = 300
_MAX_HEADLINE = 200
_MAX_TEASER = 130
_MAX_MARKER = 60
_LEADING = re.compile(r"\A[^\w\"«“(#@©-]+")
_COLON = re.compile(r"\s+:")
_SEPARATORS = re.compile(r"[\W\d_]*")
_EDGES = re.compile(r"\A[\W\d]+|[\W\d]+\Z")
_LINK = re.compile(r"(?:https?://|www\.)\S+|pic\.twitter\.com/\S+|@\w+|[^\s@]+@[^\s@]+\.\w{2,6}")
_COUNTER = re.compile(
    r"\d{1,5}|\d+\s*(?:/\s*\d+|mi?n(?:utes?)?(?: de lecture)?|sur \d+|partages?|vues?|"
    r"commentaires?|reactions?|h|secondes?)\.?|page \d+(?: sur \d+|/\d+)?|il y a \d+ \w+"
)
_HEADLINE_START = re.compile(r"\s*[:|>–—»→.-]\s*\S|\s*[\"«“(]|\s+[A-ZÀ-ÖØ-Ý0-9]")
_BREADCRUMB = re.compile(
    r"(?:[>›]\s)?[^>›»]{2,40}\s[>›]\s[^.]{2,}|[A-ZÀ-Ý][^/.]{2,30}(?:\s/\s[A-ZÀ-Ý0-9][^/.]{1,30}){2,}"
)
_ADVERTISED = re.compile(
    r"\b(?:compare[rz]|decouvre[rz]|profite[rz]|teste[rz]|estime[rz]|obtene[rz]|economise[rz]|changez"
    r"|calcule[rz]|demandez)\b.*\b(?:vous|vos|votre|gratuit\w*|minutes?|clics?|eligibles?|devis)\b"
    r"|\b(?:cette|une|ces) astuces? (?:pour|qui)\b|\bpayer moins cher\b"
    r"|\bf(?:aites|aire) un don\b(?! d(?:e|u|es)?\b)"
)
"""What an advertisement among the paragraphs says to its reader, on folded text."""
_MEASURED = {
    "reading": re.compile(r"(?:(?:temps|duree) de )?lecture:? \d+ ?(?:mi?n|h|s|')"),
    "subscription": re.compile(r"il vous reste \d[\d,.]* ?%"),
}
"""What a line is that begins so, on folded text: the figure tells it from a sentence."""
_MIN_SUBHEADING_REST = 2
_NEWSLETTER = re.compile(r"newsletters?\b.{0,40}$")
_BUTTONS = {"s'inscrire", "je m'inscris", "je m'abonne", "s'abonner", "m'inscrire", "ok", "valider"}
_MAX_NEWSLETTER = 6
_MEDIA = re.compile(
    r"(?:▶\s*)?(?:VID[ÉE]OS?|EN IMAGES|PHOTOS?|DIAPORAMA|INFOGRAPHIES?|CARTES?|PODCASTS?|"
    r"DIRECT|EN DIRECT|Vidéo|Diaporama|Podcast|Infographie)\s*[-–—.:|]\s*\S"
)


@cache
def _phrases(*hows: str) -> dict[str, str]:
    return {phrase: rule for rule, how, phrase in rows("furniture.tsv") if how in hows}


@cache
def _pattern(*hows: str) -> re.Pattern[str]:
    """One alternative a phrase, the longest first, so that matching never has to go back."""
    longest_first = sorted(_phrases(*hows), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def plain(text: str) -> str:
    """A line folded, without the bullets and icons before it; "mot :" is "mot:"."""
    return _COLON.sub(":", _LEADING.sub("", fold(text), count=1))


def rule_of(text: str) -> str | None:
    """The rule by which this line alone is furniture, None when it may be text."""
    if len(text) > _MAX_START:
        return None
    folded = plain(text)
    return _whole(text, folded) or _advertised(text, folded) or _begun(folded)


def _whole(text: str, folded: str) -> str | None:
    """The rule of a line that is furniture from end to end."""
    if not folded or not any(char.isalnum() for char in folded):
        return "symbols"
    return (_shape(text, folded) or _glued(folded)) if len(text) <= _MAX_LINE else None


def _begun(folded: str) -> str | None:
    """The rule of a line that begins as only furniture does."""
    for rule, pattern in _MEASURED.items():
        if pattern.match(folded):
            return rule
    if found := _pattern("start").match(folded):
        rest = folded[found.end() :]
        return _phrases("start")[found.group()] if not rest[:1].isalpha() else None
    return None


def _shape(text: str, folded: str) -> str | None:
    tokens = text.split()
    if all(token.startswith("#") and len(token) > 1 for token in tokens):
        return "hashtags"
    if all(_LINK.fullmatch(token) for token in tokens):
        return "link"
    if _COUNTER.fullmatch(folded):
        return "counter"
    if _BREADCRUMB.fullmatch(text) and len(text) < 120:
        return "navigation"
    return None


def _advertised(text: str, folded: str) -> str | None:
    told = is_headline(text) and not _QUOTED.search(text) and _ADVERTISED.search(folded)
    return "advertising" if told else None


_QUOTED = re.compile(r"[«»“”\"]")
"""An advertisement quotes nobody; a headline with a quotation is let alone."""


def _glued(folded: str) -> str | None:
    """The rule of a line of furniture phrases and nothing else, glued or counted as they may be."""
    pattern, position, rule = _pattern("line", "part"), 0, None
    while position < len(folded):
        found = pattern.match(folded, position)
        if not found:
            return None
        rule = rule or _phrases("line").get(found.group())
        separators = _SEPARATORS.match(folded, found.end())
        position = separators.end() if separators else found.end()
    return rule


def drop_lines(page: Page) -> Page:
    """Drops each line that is furniture by itself."""
    return page.drop({i: rule for i, text in page.body() if (rule := rule_of(text))})


def drop_whole_lines(page: Page) -> Page:
    """Drops each line that is furniture from end to end: safe in a text that somebody wrote."""
    short = ((i, text) for i, text in page.body() if len(text) <= _MAX_START)
    return page.drop({i: rule for i, text in short if (rule := _whole(text, plain(text)))})


def drop_comments(page: Page) -> Page:
    """Drops a comment form or section with all that follows, when the article is before it."""
    body = page.body()
    for place, (i, text) in enumerate(body):
        marker = plain(text[:_MAX_MARKER])
        how = ("tail", "counted") if any(map(str.isdigit, marker)) else ("tail",)
        rule = _phrases(*how).get(_EDGES.sub("", marker))
        if rule is None or len(text) > _MAX_MARKER:
            continue
        before = sum(len(line) for _, line in body[:place])
        after = sum(len(line) for _, line in body[place + 1 :])
        if before > after:
            return page.drop(dict.fromkeys((j for j, _ in page.kept() if j >= i), rule))
        page = page.drop({i: rule})
    return page


def _related(text: str) -> str | None:
    """What a marker is: "alone", or "headline" when one stands on the same line; None if none."""
    if len(text) > _MAX_START:
        return None
    # Folding keeps places up to the end of the phrase, so that the capital after it can be seen.
    lead = _LEADING.match(fold(text))
    original = text[lead.end() if lead else 0 :]
    found = _pattern("title").match(fold(original))
    if not found:
        return None
    rest = original[found.end() :]
    if not any(char.isalnum() for char in rest):
        return "alone"
    if _HEADLINE_START.match(rest) and not (is_prose(text) and ":" not in rest[:3]):
        return "headline"
    return None


def is_headline(text: str) -> bool:
    """Whether a line may be a headline among others: short, and no stop at its end."""
    return len(text) <= _MAX_HEADLINE and not is_prose(text)


def drop_related(page: Page) -> Page:
    """Drops "Lire aussi : …" lines and, after a bare marker, the headlines that follow it."""
    rules: dict[int, str] = {}
    body = page.body()
    place = 0
    while place < len(body):
        i, text = body[place]
        place += 1
        kind = _related(text)
        if kind is None:
            continue
        rules[i] = "related"
        if kind == "alone":
            last = _end_of_headlines(body, place)
            rules |= {j: "related" for j, _ in body[place:last]}
            place = last
    return page.drop(rules)


def _end_of_headlines(body: tuple[tuple[int, str], ...], place: int) -> int:
    """Where the headlines after a marker end: before the next prose and its subheading."""
    end = place
    while end < len(body) and is_headline(body[end][1]):
        end += 1
    if end == len(body):
        return end
    if _are_teasers([text for _, text in body[place:]]):
        return len(body)
    if end - place >= _MIN_SUBHEADING_REST and len(body[end - 1][1].split()) <= 6:
        return end - 1
    return end


def _are_teasers(texts: Sequence[str]) -> bool:
    """Whether headlines with a teaser here and there follow, never two paragraphs in a row."""
    prose = [not is_headline(text) for text in texts]
    return max(map(len, texts)) <= _MAX_TEASER and not any(map(and_, prose, prose[1:]))


def drop_newsletter(page: Page) -> Page:
    """Drops what stands between "Newsletter" and its button, a few short lines."""
    lines = page.lines
    rules: dict[int, str] = {}
    for start in (i for i, line in enumerate(lines) if _NEWSLETTER.match(plain(line.text))):
        for end in range(start + 1, min(start + _MAX_NEWSLETTER, len(lines))):
            if len(lines[end].text) > _MAX_HEADLINE:
                break
            if plain(lines[end].text).rstrip(" .!") in _BUTTONS:
                rules |= dict.fromkeys(range(start, end + 1), "subscription")
                break
    return page.drop(rules)


def drop_media(page: Page) -> Page:
    """Drops lines that lead to a video or pictures ("VIDÉO - …"); the title is found before."""
    return page.drop({i: "related" for i, text in page.body() if _is_media(text)})


def _is_media(text: str) -> bool:
    return bool(_MEDIA.match(text)) and is_headline(text)
