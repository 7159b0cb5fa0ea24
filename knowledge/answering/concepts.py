"""From a question to the things it speaks of, each with every form the dossier may print it in.

A concept's forms are stems, or two stems with a space between for a pair of neighbours ("etat
uni"). The share of a form says how well it stands for the word asked: 1 for the word itself.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.answering import periphrases
from knowledge.answering.question import Asked
from knowledge.answering.subject import subject_span
from knowledge.answering.view import leads
from knowledge.generation import Generation
from knowledge.language.families import family, headwords, lemma
from knowledge.language.lexicon import to_french
from knowledge.language.nouns import type_of_noun
from knowledge.language.places import Relation, expand_places, french_forms
from knowledge.language.terms import (
    Token,
    fold,
    is_topical,
    normal_form,
    stem,
    tokenize,
    word_list,
)
from knowledge.language.wordset import is_french
from knowledge.model import Language

SPELLING_SHARE = 0.95
"""Another spelling of the same name."""
PLACE_SHARES: Mapping[Relation, float] = {
    "country": 0.9, "demonym": 0.9, "capital": 0.55, "seat": 0.55,
}  # fmt: skip
"""A capital or a palace stands for its government, but is also a place of its own."""
DERIVED_SHARE = 0.85
SYNONYM_SHARE = 0.6
PERIPHRASE_SHARE = 0.8
"""Two words for one: "chef d'État" for "président"."""
SHORTEST_STEM = 4
"""A shorter stem of another, longer word is left out: "dose" and "dos" would be one."""
ROLE_SHARE = 0.75
"""An office that the text gives to the name ("le président kazakh")."""
WEAK_WEIGHT = 0.35
"""The weight of words that ask rather than say: "raison", "s'appelle", "déclaré"."""


Role = Literal["name", "noun", "verb", "other"]
"""What a word does in its question; a missing noun weighs more than a missing verb."""

Adder = Callable[[str, float], None]
"""Adds a form with its share to a concept under way."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the question speaks of.

    `forms`: (stem or pair of stems, share); `weight`: the idf of the word in the dossier;
    `named`: a proper name or a number; `known`: the dossier holds one of its forms; `led_by`: the
    telling preposition before it ("après l'Ouzbékistan"), folded.
    """

    surface: str
    forms: tuple[tuple[str, float], ...]
    weight: float
    start: int
    end: int
    named: bool = False
    focus: bool = False
    known: bool = True
    in_print: bool = True
    """Whether any article holds the word itself, not only an equivalent of it."""
    weak: bool = False
    role: Role = "other"
    led_by: str = ""
    subject: bool = False
    """Whether it is, or is part of, who or what acts in the question."""
    direct: bool = False
    """A name without preposition behind the verb: whom the verb strikes ("envahi l'Ukraine")."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question's concepts, and the typing errors corrected on the way (printed, corrected)."""

    concepts: tuple[Concept, ...]
    corrections: tuple[tuple[str, str], ...]


class Aliases:
    """The dossier's own table of spellings: which stems stand for which."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._groups: dict[tuple[str, ...], dict[str, None]] = {}
        for canonical in sorted(table):
            spellings = [canonical, *table[canonical]]
            keys = [_stems(spelling) for spelling in spellings]
            for key in keys:
                group = self._groups.setdefault(key, {})
                group.update(dict.fromkeys(_form(other) for other in keys if other != key))
        self.longest = max((len(key) for key in self._groups), default=0)

    def forms(self, stems: tuple[str, ...]) -> tuple[str, ...]:
        """The forms that stand for these stems; () when the table does not say."""
        return tuple(form for form in self._groups.get(stems, ()) if form)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(token.text) for token in tokenize(text) if is_topical(token.text))


def _form(stems: tuple[str, ...]) -> str:
    return " ".join(stems[-2:])


def _aliases(generation: Generation) -> Aliases:
    return generation.once("aliases", lambda: Aliases(generation.dossier.aliases))


def read(
    generation: Generation, question: str, asked: Asked, language: Language = "fr"
) -> Understood:
    """The concepts of a question in the order of its words."""
    every = tokenize(question)
    if language != "fr":
        return Understood(_bridged(generation, every, asked, language), ())
    first = every[0].start if every else 0
    tokens = [token for token in every if is_topical(token.text)]
    corrections: list[tuple[str, str]] = []
    words: list[str] = []
    for token in tokens:
        corrected = _correct(generation, token, opens=token.start == first)
        if corrected is not None:
            corrections.append((token.text, corrected))
        words.append(corrected or token.text)
    concepts: list[Concept] = []
    telling = {normal_form(word): lead for lead, word in leads(every)}
    order = {token.start: number for number, token in enumerate(every)}
    at = 0
    acting = subject_span(question, every) or (0, 0)
    while at < len(tokens):
        width = max(_place_width(words, tokens, at), periphrases.width(words[at:]))
        one = _concept(generation, asked, tokens[at : at + width], words[at : at + width])
        lead = telling.get(normal_form(tokens[at].text), "")
        subject = acting[0] <= one.start < acting[1]
        role = _role(every, order[one.start], one)
        struck = role == "name" and not subject and not _is_led(every, order[one.start])
        concepts.append(replace(one, role=role, led_by=lead, subject=subject, direct=struck))
        at += width
    return Understood(tuple(concepts), tuple(corrections))


def _bridged(
    generation: Generation, tokens: Sequence[Token], asked: Asked, language: Language
) -> tuple[Concept, ...]:
    """The concepts of an English or Russian question, each in its French forms."""
    concepts = []
    for token, french in zip(tokens, to_french([t.text for t in tokens], language), strict=True):
        readings = [
            _concept(generation, asked, [token], [word])
            for words in french
            for word in words.split()[-1:]
            if is_topical(word)
        ]
        if not readings:
            continue
        shares: dict[str, float] = {}
        for reading in readings:
            for form, share in reading.forms:
                shares[form] = max(share, shares.get(form, 0.0))
        known = [reading for reading in readings if reading.known]
        main = known[0] if known else readings[0]
        concepts.append(
            replace(
                main,
                forms=tuple(shares.items()),
                known=bool(known),
                named=token.text[0].isupper() and token.start > 0,
            )
        )
    return tuple(concepts)


def _correct(generation: Generation, token: Token, *, opens: bool) -> str | None:
    word = token.text.lower() if opens else token.text
    found = generation.annotations.corrector.correct(word)
    return found if found is not None and found != normal_form(token.text) else None


def _place_width(words: Sequence[str], tokens: Sequence[Token], at: int) -> int:
    """How many tokens from here on name one country ("États-Unis" is two); 1 for none."""
    widths = [
        place.end_token for place in expand_places(words[at : at + 4]) if place.start_token == 0
    ]
    width = max(widths, default=1)
    near = tokens[at + width - 1].end - tokens[at].start
    return width if near <= sum(len(t.text) for t in tokens[at : at + width]) + 4 * width else 1


def _concept(
    generation: Generation, asked: Asked, tokens: Sequence[Token], words: Sequence[str]
) -> Concept:
    stems = tuple(stem(word) for word in words)
    own = _form(stems)
    index = generation.index
    forms: dict[str, float] = {own: 1.0}

    def add(form: str, share: float) -> None:
        if share > forms.get(form, 0.0):
            forms[form] = share

    for form in _aliases(generation).forms(stems):
        add(form, SPELLING_SHARE)
    for place in expand_places(words):
        if place.end_token - place.start_token == len(words):
            _add_places(place.key, place.relation, add)
    for others in periphrases.others(words):
        add(_form(others), PERIPHRASE_SHARE if len(words) > 1 else SYNONYM_SHARE)
    if len(words) == 1:
        for bare in _accented(words[0]):
            if index.holds(bare):
                add(bare, SPELLING_SHARE)
        _add_spellings(generation, words[0], add)
        _add_families(generation, words[0], add)
        holders = _holders(generation).get(own, ())
        if len(holders) == 1:
            add(holders[0], ROLE_SHARE)
        for form in list(forms):
            for pair in generation.annotations.roles.get(form, ()):
                add(pair, ROLE_SHARE)
                for others in periphrases.others(pair.split(), stemmed=True):
                    add(_form(others), ROLE_SHARE)
    known = any(index.holds(form) for form in forms)
    rarity = idf_of(generation, own)
    printed = " ".join(token.text for token in tokens)
    weak = any(_is_weak(word, asked) for word in words) and len(words) == 1
    return Concept(
        surface=normal_form(words[-1]),
        forms=tuple(
            (form, share) for form, share in forms.items() if form == own or index.holds(form)
        ),
        weight=rarity * (WEAK_WEIGHT if weak else 1.0),
        start=tokens[0].start,
        end=tokens[-1].end,
        named=_is_name(generation, tokens, words) or printed[0].isdigit(),
        focus=asked.focus is not None and tokens[0].start == asked.focus.start,
        known=known,
        in_print=index.holds(own),
        weak=weak,
    )


def _holders(generation: Generation) -> Mapping[str, tuple[str, ...]]:
    """Stem of an office -> stems of the last names that the texts give it to."""

    def compute() -> Mapping[str, tuple[str, ...]]:
        held: dict[str, dict[str, None]] = {}
        for name, offices in generation.annotations.roles.items():
            for pair in offices:
                held.setdefault(pair.split()[0], {}).setdefault(name)
        return {office: tuple(names) for office, names in held.items()}

    return generation.once("holders", compute)


_PARTICIPLE = re.compile(r"ée?s?$")
_BARE_PARTICIPLE = re.compile(r"(?P<root>\w{3,})e(?P<ending>e?s?)")


def _accented(word: str) -> tuple[str, ...]:
    """The stem of a participle typed without its accent ("licencies" for "licenciés")."""
    found = _BARE_PARTICIPLE.fullmatch(normal_form(word)) if word.isascii() else None
    return (stem(f"{found['root']}é{found['ending']}"),) if found else ()


def idf_of(generation: Generation, form: str) -> float:
    """The idf of a stem, or of a pair of stems."""
    return generation.index.pair_idf(form) if " " in form else generation.index.idf(form)


def _add_places(key: str, relation: Relation, add: Adder) -> None:
    strength = 1.0 if relation in ("country", "demonym") else PLACE_SHARES[relation]
    for other, share in PLACE_SHARES.items():
        if strength < 1.0 and other in ("capital", "seat"):
            continue
        for printed in french_forms(key, other):
            add(_form(_stems(printed)), share * strength)


def _add_spellings(generation: Generation, word: str, add: Adder) -> None:
    names = generation.annotations
    if len(word) < 4 or not (word[0].isupper() or normal_form(word) in names.name_words):
        return
    for name, _ in names.sounds.lookup(word):
        add(stem(name), SPELLING_SHARE)


def _add_families(generation: Generation, word: str, add: Adder) -> None:
    form = normal_form(word)
    if not generation.index.holds(stem(word)):
        for verb in headwords(form):  # Snowball leaves "apprécient" as it is
            if verb != form and verb.endswith(("er", "ir")) and is_french(verb):
                add(stem(verb), SPELLING_SHARE)
    inflected = generation.annotations.lemmas
    for one in inflected.get(lemma(form) or form, ()):
        add(one, SPELLING_SHARE)
    verb = _PARTICIPLE.sub("er", word.lower())
    for base in dict.fromkeys((form, lemma(form) or form, fold(verb))):
        if base != form:
            add(stem(base), SPELLING_SHARE)
        for member, kind in family(base):
            share = DERIVED_SHARE if kind == "derivation" else SYNONYM_SHARE
            for one in (stem(member), *inflected.get(normal_form(member), ())):
                if len(one) >= SHORTEST_STEM or one == fold(member):
                    add(one, share)


def _is_name(generation: Generation, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    form = normal_form(words[0])
    if expand_places(words):
        return True
    if tokens[0].text[0].isupper() and tokens[0].start > 0:
        return True
    return form in generation.annotations.name_words and (
        tokens[0].text[0].isupper() or fold(words[0]) not in word_list("fr/sentence_openers.txt")
    )


_PRONOUNS = (["il"], ["elle"], ["ils"], ["elles"], ["on"])


def _role(every: Sequence[Token], at: int, concept: Concept) -> Role:
    """What the word does, told by the words around it; it is the token `at`."""
    if concept.named:
        return "name"
    before = normal_form(every[at - 1].text) if at else ""
    after = [normal_form(token.text) for token in every[at + 1 : at + 3]]
    infinitive = concept.surface.endswith(("er", "ir", "re")) and len(concept.surface) > 4
    if before in ("pour", "de", "d", "a", "sans") and infinitive:
        return "verb"
    if concept.surface.endswith("ment") and before not in word_list("fr/noun_leads.txt"):
        return "other"
    if before in word_list("fr/noun_leads.txt") or concept.focus:
        return "noun"
    follows_verb = before in word_list("fr/verb_leads.txt")
    if follows_verb or after[:1] in _PRONOUNS or (after[:1] == ["t"] and after[1:] in _PRONOUNS):
        return "verb"
    return "other"


_PREPOSITIONS = frozenset(
    {"a", "au", "aux", "en", "dans", "de", "d", "du", "des", "par", "pour", "avec", "sans", "sur",
     "vers", "chez", "contre", "entre", "depuis", "apres", "avant", "devant", "selon", "et"}
)  # fmt: skip


def _is_led(every: Sequence[Token], at: int) -> bool:
    """Whether a preposition leads the word, its determiner aside."""
    before = [normal_form(token.text) for token in every[max(0, at - 2) : at]]
    if before and before[-1] in {"la", "le", "les", "l"}:
        before.pop()
    return bool(before) and before[-1] in _PREPOSITIONS


def _is_weak(word: str, asked: Asked) -> bool:
    form = normal_form(word)
    if not word_list("fr/weak.txt").isdisjoint((form, fold(lemma(form) or form))):
        return True
    if asked.kind == "when" and type_of_noun(form) == "date":
        return True  # "quel jour" names what is wanted, no more than "quand"
    if asked.kind in ("said", "who_said"):
        return form in word_list("fr/weak_saying.txt")
    return False
