"""A question made ready: completed from the dialogue, corrected, its concepts read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering import dialogue
from knowledge.answering.concepts import Concept, read
from knowledge.answering.question import Asked, marked, type_of_noun, understand
from knowledge.answering.slices import Span
from knowledge.answering.templates import phrase
from knowledge.generation import Generation
from knowledge.language.dates import find_question_period, spell_date
from knowledge.language.detect import detect
from knowledge.language.lexicon import question_kind
from knowledge.language.shorthand import spell_out
from knowledge.language.terms import fold, normal_form, tokenize
from knowledge.model import Language, Limits

NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with all that answering it depends on.

    `text`: what is searched (completed and corrected); `understood`: the same as a reader sees
    it; `foreign`: the question is in a language that is none of ours.
    """

    question: str
    text: str
    understood: str
    language: Language
    asked: Asked
    concepts: tuple[Concept, ...]
    limits: Limits
    corrections: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    code: str = ""
    foreign: bool = False
    after: Span | None = None
    """The quote of the answer that "et ensuite ?" goes on from."""

    def printed(self, concept: Concept) -> str:
        """The words of the question that a concept comes from."""
        return self.text[concept.start : concept.end]


def ask_of(
    generation: Generation,
    question: str,
    history: Sequence[str] = (),
    *,
    language: Language | None = None,
    limits: Limits = NO_LIMITS,
    actor: str = "",
    today: date | None = None,
) -> Asking:
    """The question made ready."""
    typed, question = question, spell_out(question)
    history = [spell_out(text) for text in history]
    told = detect(question)
    source: Language = "fr" if told is None or told == "other" else told
    frame = language or source
    completed = dialogue.complete(question, history, actor)
    asked = completed.asked
    if source in ("en", "ru"):
        asked = _asked_elsewhere(question, source, asked)
    notes: list[str] = []
    if _NOW.search(marked(question)):
        last = generation.last_day()
        if last is not None:
            ends = spell_date(last.isoformat(), frame)
            notes.append(phrase(frame, "note.ends", date=ends))
    understood = read(generation, completed.text, asked, source)
    text = completed.text
    for printed, meant in understood.corrections:
        text = re.sub(rf"\b{re.escape(printed)}\b", meant, text, count=1)
    if understood.corrections:
        asked = replace(understand(text), focus=asked.focus) if not completed.shown else asked
        asked = _refocused(asked, understood.corrections)
        understood = replace(read(generation, completed.text, asked, source))
    if _PUBLISHED.search(marked(question)) and not (limits.since or limits.until):
        period = find_question_period(completed.text, today)
        if period is not None:
            limits = replace(limits, since=period.since, until=period.until)
    outlets = limits.outlets or named_outlets(generation, completed.text)
    if outlets and not limits.outlets:
        limits = replace(limits, outlets=outlets)
        named = {"selon"} | {normal_form(t.text) for name in outlets for t in tokenize(name)}
        left = tuple(c for c in understood.concepts if c.surface not in named)
        understood = replace(understood, concepts=left or understood.concepts)
        notes.append(
            phrase(frame, "note.only", limits=", ".join(outlets_printed(generation, outlets)))
        )
    return Asking(
        question=typed,
        text=completed.text,
        understood=completed.shown or text,
        language=frame,
        asked=asked,
        concepts=understood.concepts,
        limits=limits,
        corrections=understood.corrections,
        notes=tuple(notes),
        foreign=told == "other",
    )


_PUBLISHED = re.compile(r"\b(?:articles?|presse|journaux|textes?)\b.{0,20}\b(?:paru|publi|date)")
"""Words of a question that narrow it to the articles of a period."""
_NOW = re.compile(
    r"\b(?:aujourd'hui|actuel(?:le)?s?|actuellement|maintenant|en ce moment|a ce jour|desormais"
    r"|today|now|currently|current|сегодня|сейчас|теперь)\b"
)
"""Words of a question that ask how things stand now; a dossier knows them to its last day only."""


def _refocused(asked: Asked, corrections: Sequence[tuple[str, str]]) -> Asked:
    """The noun asked for as corrected tells what is wanted ("minstre": a person)."""
    if asked.focus is None or asked.kind not in ("what", "list"):
        return asked
    meant = dict(corrections).get(asked.focus.text)
    kind = type_of_noun(meant) if meant else None
    return replace(asked, wanted=kind, office=kind == "person") if kind else asked


_OFFICE_ELSEWHERE = re.compile(
    r"(?:who(?: is|'s| was) the |кто (?!\w*(?:л|ла|ли|ет|ит)\b))", re.IGNORECASE
)

_WHO_IS_ELSEWHERE = re.compile(
    r"(?:who(?: is|'s|’s| was| are)|кто(?: так(?:ой|ая|ие)| это)?)"
    r"(?: (?-i:[A-ZА-ЯЁ])[\w'’.-]*)+\s*\?*",
    re.IGNORECASE,
)
"""A question for what somebody is: nothing but a name is told of them."""


def _asked_elsewhere(question: str, source: Language, asked: Asked) -> Asked:
    if source == "fr":
        return asked
    found = question_kind(question, source)
    if found is None:
        return replace(asked, kind="keywords", wanted="-")
    kind, wanted = found
    if kind == "who" and _WHO_IS_ELSEWHERE.fullmatch(question.strip()):
        return replace(asked, kind="define", wanted="definition", office=False)
    office = bool(_OFFICE_ELSEWHERE.match(question.strip()))
    return replace(asked, kind=kind, wanted=wanted, office=office and wanted == "person")  # type: ignore[arg-type]


def outlets_printed(generation: Generation, outlets: Sequence[str]) -> tuple[str, ...]:
    """The outlets as the articles print them."""
    return tuple(name for name in generation.outlets() if fold(name) in outlets)


def _asks_for(text: str, outlet: str) -> bool:
    lead = r"\b(?:selon|d'apres|dans|chez|par|pour|que dit|dit) (?:l[ae']? ?)?"
    return bool(re.search(rf"{lead}{re.escape(outlet)}\b", text))


def named_outlets(generation: Generation, question: str) -> tuple[str, ...]:
    """The outlets that a question asks for by name ("selon Euronews", "dans Le Monde")."""
    text = fold(question)
    found = [fold(name) for name in generation.outlets() if _asks_for(text, fold(name))]
    return tuple(dict.fromkeys(found))


__all__ = ["Asking", "ask_of", "named_outlets", "understand"]
