"""Whether a quote states, or denies, what a yes-or-no question asks: who does it, and to what.

A question and a clause may share all their words and still differ in who did what to whom ("la
Russie a-t-elle envahi le Kazakhstan ?" beside "le Kazakhstan, allié de la Russie… l'invasion"), so
the words must stand in the order of a French main clause: subject, verb, object.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered
from knowledge.answering.question import MODAL, Asked
from knowledge.answering.slices import CLAUSE, best_clause, hangs, reversed_after
from knowledge.answering.view import View, view
from knowledge.language.clauses import clauses
from knowledge.language.patterns import later
from knowledge.language.polarity import hedged, negated
from knowledge.language.quotation import find_quotations
from knowledge.language.terms import fold, normal_form, word_list, words_of

_QUOTED = later(r"[«»“”\"]")
Stated = Literal["finite", "infinitive", "no"]
"""How the verb of the question stands between its subject and its object: conjugated, as an
infinitive ("a refusé de fournir des soldats"), or not at all."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A clause that affirms or denies what is asked."""

    clause: str
    denied: bool


def stated(seen: View, concepts: Sequence[Concept]) -> Stated:
    """How the text says that the subject of the question does its verb to its objects.

    Names behind a preposition ("en Ukraine") may stand elsewhere: they tell where, not what.
    """
    strong = [c for c in concepts if not c.weak]
    verb = next((c for c in strong if c.role == "verb"), None)
    subject = [c for c in strong if c.subject]
    if verb is None or not subject:
        return "no"
    objects = [c for c in strong if c.start > verb.start and (c.role == "noun" or c.direct)]
    for at in _positions(seen, verb):
        before = all(any(p < at for p in _positions(seen, c)) for c in subject)
        behind = all(any(p > at for p in _positions(seen, c)) for c in objects)
        if before and behind and (form := _verb_form(seen, at)) != "no":
            return form
    return "no"


def _positions(seen: View, concept: Concept) -> list[int]:
    return [at for form, _ in concept.forms for at in seen.places.get(form, ())]


def _verb_form(seen: View, at: int) -> Stated:
    """What the word is, by its ending and the word before it."""
    if seen.surfaces[at].endswith(("er", "ir", "re")):
        return "infinitive"
    before = words_of(seen.text[: seen.tokens[at].start])
    noun = before and normal_form(before[-1]) in word_list("fr/noun_leads.txt")
    return "no" if noun else "finite"


def certain(sentence: str, asked: Asked, concepts: tuple[Concept, ...]) -> Stand | None:
    """The clause of a sentence that surely affirms or denies what is asked; None when none does.

    Certain: subject, verb and object of the question stand so in the clause, with every other
    word of weight but a name that tells where; nothing hedges it, nobody is reported to say it, and
    the question does not deny.
    """
    if asked.negated:
        return None
    if left_out := _left_out(sentence, concepts):
        return left_out
    if not hedged(sentence) and not find_quotations(sentence):
        for start, end in clauses(sentence):
            piece = sentence[start:end]
            if _sure(piece, asked, concepts) and not (hangs(piece) or _SUPPOSED.match(piece)):
                return _with_more(sentence, (start, end), concepts, denied=negated(piece))
    first, last = best_clause(sentence, concepts, CLAUSE)
    run = sentence[first:last]
    if not _sure(run, asked, concepts):
        return None
    denied = negated(run)
    if denied and not negated(_piece_of_verb(run, concepts)):
        return None  # it is something else that is denied
    return Stand(run, denied=denied)


_SUPPOSED = later(r"(?:si|comme si|s['’]|avant|afin|pour|sans|lorsque|quand)(?:\s|(?<=['’]))")
"""What opens a clause that does not say that something is so."""


def _sure(clause: str, asked: Asked, concepts: Sequence[Concept]) -> bool:
    seen = view(clause)
    whole = all(
        share >= SURE_SHARE or c.weak or (c.role == "name" and not c.subject and not c.direct)
        for share, c in zip(covered(seen, concepts), concepts, strict=True)
    )
    said = stated(seen, concepts)
    return (
        whole
        and (said == "finite" or (negated(clause) and said == "infinitive"))
        and not hedged(clause)
        and (asked.modal or not MODAL.search(fold(clause)))
        and "?" not in clause
        and not _QUOTED.search(clause)
        and not find_quotations(clause)
    )


def _with_more(
    sentence: str, piece: tuple[int, int], concepts: Sequence[Concept], *, denied: bool
) -> Stand:
    """The clause that decides, or the best run of clauses where that holds it and says no other."""
    start, end = piece
    first, last = best_clause(sentence, concepts, CLAUSE)
    if first <= start and end <= last and negated(sentence[first:last]) == denied:
        return Stand(sentence[first:last], denied=denied)
    if reversed_after(sentence, end):  # "…, que Paris a déclinée"
        stop = sentence.find(",", end + 1)
        end = stop if stop > 0 else len(sentence.rstrip(" ."))
    return Stand(sentence[start:end], denied=denied)


def _piece_of_verb(run: str, concepts: Sequence[Concept]) -> str:
    """The clause of a run that holds the verb of the question; the run where none is told apart."""
    verb = next((c for c in concepts if c.role == "verb" and not c.weak), None)
    seen = view(run)
    places = [seen.tokens[at].start for at in _positions(seen, verb)] if verb else []
    inside = [run[a:b] for a, b in clauses(run) if any(a <= at < b for at in places)]
    return next((piece for piece in inside if negated(piece)), inside[0] if inside else run)


_BUT_NOT = later(r"(?:,\s|\s)(?:mais|et)\s(?:pas|non)\s(?P<who>[^,;.:]{2,60})")


def _left_out(sentence: str, concepts: Sequence[Concept]) -> Stand | None:
    """A denial without its verb: "la CFDT a signé l'accord, mais pas la CGT"."""
    match = _BUT_NOT.search(sentence)
    subject = [c for c in concepts if c.subject and not c.weak]
    if match is None or not subject or min(covered(view(match["who"]), subject)) < SURE_SHARE:
        return None
    others = [c for c in concepts if not c.subject and not c.weak]
    before = sentence[: match.start()]
    sure = (
        bool(others)
        and min(covered(view(before), others)) >= SURE_SHARE
        and any(_verb_form(view(before), at) == "finite" for c in others if c.role == "verb"
                for at in _positions(view(before), c))
        and not (negated(before) or hedged(sentence) or MODAL.search(fold(before)))
        and "?" not in sentence
        and not _QUOTED.search(sentence)
        and not find_quotations(sentence)
    )  # fmt: skip
    return Stand(sentence[: match.end()], denied=True) if sure else None


SURE_SHARE = 0.55
"""The weakest equivalent ("soldats" for "troupes") on which a yes or no may rest."""
