"""From a question to the things it speaks of, each with every form the dossier may print it in.

A concept's forms are stems, or two stems with a space between for a pair of neighbours ("etat
uni"). The share of a form says how well it stands for the word asked: 1 for the word itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.answering.question import Asked
from knowledge.answering.subject import subject_span
from knowledge.answering.view import leads
from knowledge.forms import Forms, acronyms_of, forms_of, idf_of
from knowledge.generation import Generation
from knowledge.language import periphrases
from knowledge.language.families import lemma
from knowledge.language.lexicon import to_french
from knowledge.language.nouns import type_of_noun, units_of
from knowledge.language.places import expand_places
from knowledge.language.shorthand import same
from knowledge.language.terms import (
    Token,
    fold,
    is_topical,
    normal_form,
    stem,
    tokenize,
    word_list,
)
from knowledge.model import Language

WEAK_WEIGHT = 0.35
"""The weight of words that ask rather than say: "raison", "s'appelle", "déclaré"."""


Role = Literal["name", "noun", "verb", "other"]
"""What a word does in its question; a missing noun weighs more than a missing verb."""


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


def read(
    generation: Generation, question: str, asked: Asked, language: Language = "fr"
) -> Understood:
    """The concepts of a question in the order of its words."""
    every = tokenize(question)
    if language != "fr":
        return Understood(_bridged(generation, question, asked, language), ())
    first = every[0].start if every else 0
    tokens = [token for token in every if is_topical(token.text)]
    corrections: list[tuple[str, str]] = []
    words: list[str] = []
    careless = question.islower()
    for token in tokens:
        corrected = _correct(generation, token, opens=token.start == first, careless=careless)
        if corrected is not None:
            corrections.append((token.text, corrected))
        words.append(corrected or token.text)
    concepts: list[Concept] = []
    telling = {normal_form(word): lead for lead, word in leads(every)}
    order = {token.start: number for number, token in enumerate(every)}
    at = 0
    acting = subject_span(question, every) or (0, 0)
    short = acronyms_of(generation, words)
    while at < len(tokens):
        width, one = _next(generation, asked, tokens[at:], words[at:], short[at:])
        lead = telling.get(normal_form(tokens[at].text), "")
        subject = acting[0] <= one.start < acting[1]
        role = _role(every, order[one.start], one)
        struck = role == "name" and not subject and not _is_led(every, order[one.start])
        concepts.append(replace(one, role=role, led_by=lead, subject=subject, direct=struck))
        at += width
    return Understood(tuple(concepts), tuple(corrections))


def _next(
    generation: Generation,
    asked: Asked,
    tokens: Sequence[Token],
    words: Sequence[str],
    short: Sequence[Forms],
) -> tuple[int, Concept]:
    """(how many tokens the first concept takes, the concept); `short`: acronyms of each word.

    An expression that no article says in any words stays its words.
    """
    placed, width = _place_width(words, tokens, 0), periphrases.width(words)
    if width > placed:
        one = _concept(generation, asked, tokens[:width], words[:width], short[:width])
        if one.known:
            return width, one
    return placed, _concept(generation, asked, tokens[:placed], words[:placed], short[:placed])


def _bridged(
    generation: Generation, question: str, asked: Asked, language: Language
) -> tuple[Concept, ...]:
    """The concepts of an English or Russian question, each in its French forms."""
    tokens = tokenize(question)
    acting = subject_span(question, tokens) or (0, 0)
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
                subject=acting[0] <= token.start < acting[1],
            )
        )
    return tuple(concepts)


def _correct(generation: Generation, token: Token, *, opens: bool, careless: bool) -> str | None:
    """The word that was meant, None to leave it; a word that the articles say in any form stays."""
    word = token.text.lower() if opens else token.text
    corrector = generation.annotations.corrector
    found = corrector.correct(word)
    if found is None and careless:
        found = corrector.correct(word, careless=True)
        if found is not None and any(map(generation.index.holds, forms_of(generation, [word])[1])):
            return None
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
    generation: Generation,
    asked: Asked,
    tokens: Sequence[Token],
    words: Sequence[str],
    short: Sequence[Forms] = (),
) -> Concept:
    own, forms = forms_of(generation, words, short)
    index = generation.index
    known = any(index.holds(form) for form in forms)
    named = _is_name(generation, tokens, words) or tokens[0].text[0].isdigit()
    rarity = idf_of(generation, own) if named else _rarity(generation, own, forms)
    weak = any(_is_weak(word, asked) for word in words) and len(words) == 1
    return Concept(
        surface=normal_form(words[-1]),
        forms=tuple(
            (form, share) for form, share in forms.items() if form == own or index.holds(form)
        ),
        weight=rarity * (WEAK_WEIGHT if weak else 1.0),
        start=tokens[0].start,
        end=tokens[-1].end,
        named=named,
        focus=asked.focus is not None and tokens[0].start == asked.focus.start,
        known=known,
        in_print=any(index.holds(one) for one in (own, *_written_out(words))),
        weak=weak,
    )


def _written_out(words: Sequence[str]) -> tuple[str, ...]:
    """The stems of the whole words that a short one stands for ("gouv")."""
    whole = same(normal_form(words[0])) if len(words) == 1 else ()
    return tuple(stem(word) for word in whole)


def _rarity(generation: Generation, own: str, forms: Mapping[str, float]) -> float:
    """The idf of the word; where no article holds it, of the rarest form that stands for it.

    A word that the dossier says otherwise would else weigh as what the dossier never says: 8 of
    149 refusals of what our dossiers answer came from there.
    """
    rarity = idf_of(generation, own)
    if generation.index.holds(own):
        return rarity
    held = (form for form in forms if generation.index.holds(form))
    return max((idf_of(generation, form) for form in held), default=rarity)


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
    if asked.kind == "how_many" and "argent" in (form, *same(form)):
        return True  # "combien de pognon" asks no more than "combien"
    if asked.wanted == "number" and asked.focus and form == normal_form(asked.focus.text):
        return bool(units_of(form))  # "quel prix" is said by a sum of money as well
    if asked.kind in ("said", "who_said"):
        return form in word_list("fr/weak_saying.txt")
    return False
