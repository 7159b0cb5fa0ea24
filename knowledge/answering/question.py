"""What a question asks: its kind, what is wanted, and the noun that it turns on."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import get_args

from knowledge.language.nouns import Wanted, is_unit, type_of_noun, units_of
from knowledge.language.patterns import later
from knowledge.language.terms import Token, fold, is_topical, normal_form, tokenize
from knowledge.model import QuestionKind

_NEGATION = later(r"\bn(?:e |')\w.{0,40}?\b(?:pas|jamais|plus|aucune?|rien|ni|personne)\b")
_NAMED = later(r"[Qq]ui (?:est|sont|était|étaient)[ -](?:M\. |Mme )?[A-ZÀ-Ý][^,]{1,60}\??$")
_LED_WHO = later(r"\b(?:a|avec|par|pour|contre|chez|de|envers|sur|vers) qui\b")
_SITUATED = later(
    r"\bou_ (?:se (?:trouve|situe)|est (?:situee?|base?e?|installee?)\b"
    r"|est (?:la |le |l')?[^ ]+ ?\??$)"
)
MODAL = later(
    r"\b(?:peut|peuvent|pourr\w+|pouvait|pouvaient|doit|doivent|devra\w*|devait|devaient|veut|veulent"
    r"|voulait|souhait\w+|envisag\w+|compte(?:nt)?|esper\w+|prevoi\w+|menac\w+|promet\w*|tent\w+|cherch\w+"
    r"|va|vont|allait|s'appret\w+|serait|seraient|risqu\w+)\b"
)
"""What has not happened, on folded text: it may, must, is meant or about to happen."""
_OFFICE = later(r"^quel(?:le)? (?:est|etait) (?:le |la |l')")
_HEADS = later(r"^qui (?:presid|dirig|gouvern|entrain|command)(?:e|ent|ait|aient|era|eront)\b")
"""Who holds an office, told by its verb ("Qui préside le club ?")."""
_ASKED_NOUN = later(
    r"\bquel(?:le)?s?\b"
    r"(?: (?:est|sont|etait|etaient|fut|furent|sera|seront|serait|a ete|ont ete)(?:[- ]ce que?)?)?"
    r"(?: ?(?:les?|la|l'|un|une|du|des|de|d'|son|sa|ses|leurs?|cette?|ces?))* ?"
    r"|\bcombien\b(?:[^?]{0,60}?[- ](?:ils?|elles?|on))?(?: en tout| au total| environ)?"
    r" (?:de |d'|des |du )(?:la |l')?",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks. `focus` is the noun after "quel" or "combien de", if any."""

    kind: QuestionKind
    wanted: Wanted
    focus: Token | None
    negated: bool
    office: bool = False
    """Who holds an office or how a thing is called is asked, not who did something: the answer
    stands beside all that the question names."""
    anyone: bool = False
    """A country or a body may answer too ("pour qui", "contre qui")."""
    situated: bool = False
    """Where a thing lies is asked, not where something happened."""
    modal: bool = False
    """The question itself asks what may, must or will be."""
    past: bool = False
    """What has happened is asked."""


@cache
def _patterns() -> tuple[tuple[QuestionKind, Wanted, re.Pattern[str]], ...]:
    kinds: dict[str, QuestionKind] = {kind: kind for kind in get_args(QuestionKind)}
    wanted: dict[str, Wanted] = {name: name for name in get_args(Wanted)}
    text = (resources.files("knowledge.language") / "fr/kinds.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((kinds[kind], wanted[want], later(rule)) for kind, want, rule in rows)


def marked(text: str) -> str:
    """The text folded for the patterns: "où" stays apart from "ou"."""
    lowered = unicodedata.normalize("NFC", text).lower()
    lowered = re.sub(r"\boù\b", "ou_", lowered)
    lowered = re.sub(r"^(?:d'|jusqu')?ou\b(?! bien)", "ou_", lowered)
    return re.sub(r"\s+", " ", fold(lowered)).strip()


_PAST = later(r"\b(?:a|ont|avait|avaient|fut|furent|s['’]est|se sont)\b")


def understand(question: str) -> Asked:
    """What the question asks; "keywords" when no pattern fits."""
    text = marked(question)
    return replace(
        _understood(question, text),
        modal=bool(MODAL.search(text)),
        past=bool(_PAST.search(unicodedata.normalize("NFC", question).lower())),
    )


def _understood(question: str, text: str) -> Asked:
    """What is asked, leaving the time aside.

    A pattern of the beginning of the sentence wins over one further on only by its place in the
    list, which puts the more telling ones first.
    """
    focus = asked_noun(question)
    negated = bool(_NEGATION.search(text))
    if called := _CALLED.search(text):
        return _name_of(question, called, negated=negated)
    opening = next((kind for kind, rule in _OPENINGS if rule.match(text)), None)
    for kind, wanted, pattern in _patterns():
        if opening and kind in _OPENED and kind != opening:
            continue
        if not pattern.search(text):
            continue
        if kind == "who_said" and focus is not None and not _may_say(focus, text):
            continue
        if kind in ("what", "list", "how") and focus is not None:
            noun_type = type_of_noun(focus.text)
            if noun_type == "number":
                return Asked("how_many", "number", focus, negated)
            if noun_type is not None and wanted == "thing":
                office = noun_type == "person" and bool(_OFFICE.match(text))
                return Asked(kind, noun_type, focus, negated, office)
        if kind == "who" and re.match(r"^qui (est|sont|etait|etaient)[- ](?!ce\b)", text):
            if _NAMED.match(question.strip()):
                return Asked("define", "definition", None, negated)
            holder = re.match(
                r"^qui (?:est|sont|etait|etaient) (?:actuellement )?(?:les? |la |l')", text
            )
            return Asked("who", "person", None, negated, holder is not None)
        if kind == "who" and _HEADS.match(text):
            return Asked("who", "person", None, negated, office=True)
        anyone = kind == "who" and bool(_LED_WHO.search(text))
        situated = kind == "where" and bool(_SITUATED.search(text))
        return Asked(kind, wanted, focus, negated, anyone=anyone, situated=situated)
    if titled := _title(question, text, negated=negated):
        return titled
    if question.rstrip().endswith("?") and len(topical(question)) > 2:
        return Asked("yes_no", "-", None, negated)
    return Asked("keywords", "-", None, negated)


_CALLED = later(
    r"\b(?:comment (?:se |s')(?:nomm|appel|prenomm|intitul|baptis)\w+"
    r"|quels? (?:est|etait|sont|etaient|sera) (?:le |les |son |leurs? )?(?:pre)?noms?\b"
    r"|quels? (?:pre)?noms? (?:porte|a|ont)\b"
    r"|^(?:le )?(?:pre)?nom\b)"
    r"(?: d(?:u |es? (?:la |l')?|'))? ?(?:les? |la |l'|cette? |cet |un |une |son |sa )?"
)


_WORD = later(r"[a-z-]+")
_EPITHET = later(r"(?:nouv|anci|premi|dernier|derniere|futur|grand|petit|jeune|second)\w{0,4}")
_LINK = later(r"\b(?:d[eu]|d'|des|qui|que|dont|a|au|aux|en)\b")


def _name_of(question: str, called: re.Match[str], *, negated: bool) -> Asked:
    """What "comment s'appelle", "quel est le nom de" ask: who that is, or how a thing is named.

    An answer is a name that stands beside all that the question says of its holder, as it is where
    the holder of an office is asked.
    """
    named = _WORD.findall(_LINK.split(called.string[called.end() :])[0])
    nouns = [
        token
        for token in topical(question)
        if normal_form(token.text) in named and not _EPITHET.fullmatch(normal_form(token.text))
    ]
    if not nouns or any(type_of_noun(noun.text) == "person" for noun in nouns):
        return Asked("who", "person", None, negated, office=True)
    return Asked("what", "organisation", nouns[0], negated, office=True)


def _may_say(noun: Token, text: str) -> bool:
    """Whether "quel expert a dit" asks for a speaker; "quelle langue parle" does not."""
    kind = type_of_noun(noun.text)
    return kind in ("person", "organisation") or (kind is None and " parle" not in text)


_OPENINGS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    ("where", re.compile(r"ou_ ")),
    ("when", re.compile(r"quand ")),
    ("why", re.compile(r"pourquoi ")),
    ("how_many", re.compile(r"combien ")),
)
_OPENED = frozenset({"where", "when", "why", "how_many", "how", "who"})
"""A question word that opens the question decides against another further on ("où était la maire
quand…")."""

_TITLE = later(
    r"(?:(?:le|la|les|l'|un|une) ?)?(?P<noun>[a-z-]{3,}) "
    r"(?:d[eu] |des |d'|au |a l[ae']|aux |entre )"
)
_TITLES: Mapping[str, tuple[QuestionKind, Wanted]] = {
    "number": ("how_many", "number"), "date": ("when", "date"), "place": ("where", "place"),
    "reason": ("why", "reason"), "person": ("who", "person"),
}  # fmt: skip


def _title(question: str, text: str, *, negated: bool) -> Asked | None:
    """What a question without verb or question word asks ("Budget du club ?", "Date du vote")."""
    found = _TITLE.match(text)
    if found is None or _FINITE.search(re.sub(r"\bà\b", " ", question.lower())):
        return None
    kind = type_of_noun(found["noun"])
    if kind is None or kind not in _TITLES:
        return None
    focus = next((t for t in tokenize(question) if normal_form(t.text) == found["noun"]), None)
    return Asked(*_TITLES[kind], focus, negated, office=kind == "person")


_FINITE = later(
    r"\b(?:a|ont|est|sont|etait|etaient|sera|seront|avait|avaient|va|vont|fait|peut|doit)\b"
    r"|[- ](?:t[- ])?(?:il|elle|ils|elles|on)\b"
)


def topical(text: str) -> tuple[Token, ...]:
    """The tokens of the question that carry a topic."""
    return tuple(token for token in tokenize(text) if is_topical(token.text))


def asked_noun(question: str) -> Token | None:
    """The noun after "quel", "quelle est la", "combien (compte-t-il) de"; None without one."""
    folded = "".join(fold(c) if len(fold(c)) == 1 else "o" for c in question)
    match = _ASKED_NOUN.search(folded)
    if match is None:
        return None
    for token in tokenize(question):
        if token.start >= match.end():
            form = normal_form(token.text)
            return token if form.isalpha() and is_topical(token.text) else None
    return None


__all__ = [
    "Asked",
    "Wanted",
    "asked_noun",
    "is_unit",
    "marked",
    "topical",
    "type_of_noun",
    "understand",
    "units_of",
]
