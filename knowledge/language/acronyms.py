"""Acronyms that a French text explains: « la Haute Cour constitutionnelle (HCC) ».

Both orders are read (« l'OTSC (Organisation du traité de sécurité collective) »), brackets, commas
(« le Parquet national financier, ou PNF ») and dashes. What the letters do not bear out is left
alone: a party behind its member, an agency behind a dateline, a place behind a town.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from knowledge.language.media import is_medium
from knowledge.language.names import NameSpan
from knowledge.language.nouns import type_of_noun
from knowledge.language.patterns import later
from knowledge.language.places import place_keys
from knowledge.language.terms import fold, word_list
from knowledge.language.wordset import is_french, is_proper


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym and the name that the text gives for it; both are slices of the text."""

    short: NameSpan
    long: NameSpan


_CAPITAL = "A-ZÀ-ÖØ-Þ"
_SHORT = rf"(?P<short>(?:[{_CAPITAL}]\.){{2,10}}|[{_CAPITAL}][^\W\d_]{{1,11}}(?![\w-]))"
_CALLED = (
    r"(?:ou(?:\sencore)?|dite?s?|appelée?s?|nommée?s?|abrégée?s?(?:\sen)?|en\sabrégé|sigle|soit"
    r"|(?:plus\s)?connue?s?\ssous\sle\s(?:nom|sigle))"
)
_ARTICLE = r"(?:(?:la|les?|de|du)\s|[ld]['’])?"
_BRACKET = later(
    rf"[»”\"]?\s?\(\s?(?P<called>{_CALLED}\s?:?\s{_ARTICLE})?[«“\"]?\s?{_SHORT}(?=\s?[»”\"]?\s?[),;])"
)
_SAID = later(
    rf"[»”\"]?(?:,?\s{_CALLED}\s{_ARTICLE}[«“\"]?\s?{_SHORT}"
    rf"|\s[–—]\s{_SHORT.replace('short', 'dash')}(?=\s[–—]|[,.;]))"
)
_AHEAD = later(
    rf"(?<![\w.]){_SHORT}(?P<apart>\s\(|,\s)"
    r"(?:c['’]est-à-dire\s|pour\s|soit\s|de\s|ou\s|en\sfrançais\s?[:,]?\s)?"
    r"(?:(?:la|les?)\s|l['’])?[«“\"]?\s?(?P<long>[^\W\d_][^().;:!?«»“”\"\n]{5,160})"
)
_REACH = 170
"""Characters before an acronym in which the name that it abbreviates begins."""
_MOST_WORDS = 16
_STOP = later(r"[.;:!?()\[\]«»“”\"\n…]|\s[–—-]\s")
_WORD = later(r"[^\W\d_]+")
_GAP = later(r"(?:[\s'’‑-]|,\s){0,3}")
_LINKS = frozenset(
    {"de", "du", "des", "d", "la", "le", "les", "l", "et", "a", "au", "aux", "en", "pour", "sur",
     "par", "dans", "contre", "un", "une", "sans", "avec", "sous", "ou",
     "of", "the", "for", "and", "on", "in", "to"}
)  # fmt: skip
"""Words that an acronym may pass over."""
_BREAKS = frozenset(
    {"est", "sont", "ont", "etait", "qui", "que", "qu", "dont", "ne", "se", "ce", "cette", "il",
     "elle", "on"}
)  # fmt: skip
"""Words that no name holds: a sentence has begun."""
_SKIPS_FROM = 4
"""Letters from which an acronym may leave a word out ("chemins de fer français", SNCF)."""
_SPOKEN_FROM, _PREFIX = 5, 3
"""Letters from which a word may give more than its first ("Afnor"), and how many at most."""
_FOREIGN = 0.6
"""The share of a foreign acronym that initials of the French name make: two of three of SBU."""
_LEAST = 3
"""Letters below which the words around bear too many acronyms out by chance."""


class _Word(NamedTuple):
    """A word of what may be a long name; `gap`: what stands between it and the word before."""

    start: int
    end: int
    text: str
    folded: str
    gap: str

    @property
    def capital(self) -> bool:
        """Whether it is printed with a capital."""
        return self.text[0].isupper()

    @property
    def links(self) -> bool:
        """Whether an acronym passes it over."""
        return self.folded in _LINKS

    @property
    def body(self) -> bool:
        """Whether it opens the names of institutions."""
        bodies = word_list("fr/bodies.txt")
        return self.folded in bodies or type_of_noun(self.folded) == "organisation"


def find_acronyms(text: str) -> tuple[Acronym, ...]:
    """The acronyms that a text in NFC explains, in order."""
    found: dict[int, Acronym] = {}
    for one in (*_behind(text), *_ahead(text)):
        found.setdefault(one.short.start, one)
    return tuple(found[start] for start in sorted(found))


def _behind(text: str) -> Iterator[Acronym]:
    """Acronyms behind their names."""
    for pattern in (_BRACKET, _SAID):
        for match in pattern.finditer(text):
            short = _span(text, *match.span("short" if match["short"] else "dash"))
            if pattern is _SAID and not short.text.isupper():
                continue  # "le pont de Lorgnac ou Valmeur"
            words = _words_before(text, match.start())
            run = _spelt(words, short.text)
            if run is None and pattern is _BRACKET:
                run = _foreign(_named(words), short.text)
            if run:
                yield Acronym(short, _span(text, run[0].start, run[-1].end))


def _ahead(text: str) -> Iterator[Acronym]:
    """Acronyms in front of their names."""
    for match in _AHEAD.finditer(text):
        short = _span(text, *match.span("short"))
        bracket = "(" in match["apart"]
        if len(short.text) < _LEAST or not (short.text.isupper() or bracket):
            continue
        words = _words(text, *match.span("long"))[:_MOST_WORDS]
        apart = (n for n, word in enumerate(words) if n and not _GAP.fullmatch(word.gap))
        words = words[: next(apart, len(words))]
        whole = [at for at, word in enumerate(words) if at and "," in word.gap]
        ends = [*whole, len(words)] if bracket else range(2, len(words) + 1)
        runs = [words[:end] for end in ends]
        run = next((run for run in runs if _is_spelt(run, short.text)), None)
        if run is None and bracket:
            run = next((run for run in runs if _foreign(run, short.text)), None)
        if run and len(_letters(short.text)) >= _LEAST:
            yield Acronym(short, _span(text, run[0].start, run[-1].end))


def _span(text: str, start: int, end: int) -> NameSpan:
    return NameSpan(start, end, text[start:end])


def _words(text: str, start: int, end: int) -> list[_Word]:
    words: list[_Word] = []
    last = start
    for match in _WORD.finditer(text, start, end):
        word, gap = match.group(), text[last : match.start()]
        words.append(_Word(*match.span(), word, fold(word), gap))
        last = match.end()
    return words


def _words_before(text: str, end: int) -> list[_Word]:
    """The last words of the sentence up to `end` that a name may hold."""
    start = max(0, end - _REACH)
    for stop in _STOP.finditer(text, start, end):
        start = stop.end()
    words = _words(text, start, end)
    if not words or text[words[-1].end : end].strip():
        return []
    first = 0
    for at, word in enumerate(words):
        if word.folded in _BREAKS:
            first = at + 1
        elif at and not _GAP.fullmatch(word.gap):
            first = at
    return words[first:][-_MOST_WORDS:]


def _letters(short: str) -> str:
    """The letters of an acronym, folded."""
    return "".join(filter(str.isalpha, fold(short)))


def _spelt(words: Sequence[_Word], short: str) -> Sequence[_Word] | None:
    """The last words that an acronym spells, the fewest that leave none out."""
    runs = (words[at:] for at in reversed(range(len(words))))
    fitting = [run for run in runs if _is_spelt(run, short)]
    letters = _letters(short)
    return min(fitting, key=lambda run: (_left_out(run, letters), len(run)), default=None)


def _left_out(words: Sequence[_Word], letters: str) -> int:
    """How many topical words an acronym leaves out; more than there are when it is no acronym."""
    never = len(words) + 1
    prefix = _PREFIX if len(letters) >= _SPOKEN_FROM else 1
    known: dict[tuple[int, int], int] = {}

    def cost(letter: int, word: int) -> int:
        if word == len(words):
            return 0 if letter == len(letters) else never
        if (letter, word) not in known:
            here = words[word]
            free = here.links or here.gap == "-"
            least = cost(letter, word + 1) + (not free) if word else never
            for size in range(1, 2 if here.links else prefix + 1):
                piece = letters[letter : letter + size]
                if len(piece) == size and here.folded.startswith(piece):
                    least = min(least, cost(letter + size, word + 1))
            known[letter, word] = least
        return known[letter, word]

    return min(cost(0, 0), never)


def _is_spelt(words: Sequence[_Word], short: str) -> bool:
    """Whether an acronym is the initials of a name, and the name one that has an acronym."""
    letters = _letters(short)
    topical = [word for word in words if not word.links]
    if len(topical) < 2 or words[-1].links or len(letters) > len("".join(w.folded for w in words)):
        return False
    first = words[0]
    if first.folded[0] != letters[0] or len(letters) < 2 or len(topical) > 2 * len(letters):
        return False
    left_out = _left_out(words, letters)
    if left_out > (len(letters) >= _SKIPS_FROM and first.capital):
        return False
    if any("," in word.gap for word in words[1:]) and (left_out or len(letters) <= _LEAST):
        return False
    if is_medium(short) and not (first.capital and topical[-1].capital):
        return False
    if first.body or len(letters) > _LEAST:
        return first.body or first.capital or _is_common_name(words)
    if fold(short) in word_list("fr/party_marks.txt"):
        return first.links and first.capital
    if not short.replace(".", "").isupper() and is_proper(letters):
        return False
    if first.capital:
        return not _may_be_person(words, topical, letters)
    return _is_common_name(words) and (len(letters) == _LEAST or len(words) == len(topical))


def _may_be_person(words: Sequence[_Word], topical: Sequence[_Word], letters: str) -> bool:
    """Whether a name in capitals is somebody's, whose initials a bracket holds by chance."""
    if words[0].links or len(words) > len(topical) or not all(word.capital for word in topical):
        return False
    places = {relation for _, relation in place_keys(words[0].text)}
    if len(letters) < _LEAST or "demonym" in places:  # "l'Italien Thomas Adami (ITA)"
        return True
    return is_proper(words[0].folded) and "capital" not in places


def _is_common_name(words: Sequence[_Word]) -> bool:
    """Whether words without a capital name a thing ("taxe sur la valeur ajoutée").

    Somebody's name behind a common noun does not ("le coureur français Romain Ardant", FRA).
    """
    if words[0].links or type_of_noun(words[0].folded) == "person":
        return False
    return all(not word.capital or before.links for before, word in pairwise(words))


def _named(words: Sequence[_Word]) -> Sequence[_Word]:
    """The name of the institution that the words end with; none without one."""
    at = next((n for n in reversed(range(len(words))) if words[n].capital and words[n].body), None)
    if at is None:
        return ()
    led = at and words[at - 1].capital and words[at - 1].body
    return words[at - bool(led) :]


def _foreign(words: Sequence[_Word], short: str) -> Sequence[_Word] | None:
    """The words when they are the French name of an institution known by a foreign acronym."""
    letters = _letters(short)
    topical = [word for word in words if not word.links]
    if len(letters) < _LEAST or len(topical) < _LEAST or words[-1].links:
        return None
    if not (words[0].capital and words[0].body):
        return None
    if fold(short) in word_list("fr/party_marks.txt") or place_keys(short) or is_medium(short):
        return None
    initials = Counter(word.folded[0] for word in topical)
    shared = (Counter(letters) & initials).total()
    whole = shared == len(letters) > _LEAST
    common = not short.replace(".", "").isupper() and (is_french(letters) or is_proper(letters))
    if not whole and (common or any("," in word.gap for word in words[1:])):
        return None
    return words if shared >= _FOREIGN * len(letters) else None
