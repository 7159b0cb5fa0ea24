"""Whether a quote states, or denies, what a yes-or-no question asks: who does it, and to what.

A question and a clause may share all their words and still differ in who did what to whom ("la
Russie a-t-elle envahi le Kazakhstan ?" beside "le Kazakhstan, allié de la Russie… l'invasion"), so
the words must stand in the order of a French main clause: subject, verb, object.
"""

import re
from collections.abc import Sequence
from typing import Literal

from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered
from knowledge.answering.question import MODAL, Asked
from knowledge.answering.slices import CLAUSE, best_clause
from knowledge.answering.view import View, view
from knowledge.language.polarity import hedged, negated
from knowledge.language.quotation import find_quotations
from knowledge.language.terms import fold, normal_form, word_list, words_of

_QUOTED = re.compile(r"[«»“”\"]")
Stated = Literal["finite", "infinitive", "no"]
"""How the verb of the question stands between its subject and its object: conjugated, as an
infinitive ("a refusé de fournir des soldats"), or not at all."""


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


def certain(sentence: str, asked: Asked, concepts: tuple[Concept, ...]) -> str:
    """The clause of a sentence that surely affirms or denies what is asked; "" when none does.

    Certain: subject, verb and object of the question stand so in the clause, with every other
    word of weight but a name that tells where; nothing hedges it, nobody is reported to say it, and
    the question does not deny.
    """
    first, last = best_clause(sentence, concepts, CLAUSE)
    clause = sentence[first:last]
    seen = view(clause)
    shares = covered(seen, concepts)
    whole = all(
        share >= SURE_SHARE or c.weak or (c.role == "name" and not c.subject and not c.direct)
        for share, c in zip(shares, concepts, strict=True)
    )
    said = stated(seen, concepts)
    sure = (
        whole
        and (said == "finite" or (negated(clause) and said == "infinitive"))
        and not asked.negated
        and not hedged(clause)
        and (asked.modal or not MODAL.search(fold(clause)))
        and "?" not in clause
        and not _QUOTED.search(clause)
        and not find_quotations(clause)
    )
    return clause if sure else ""


SURE_SHARE = 0.55
"""The weakest equivalent ("soldats" for "troupes") on which a yes or no may rest."""
