"""What rules add to the learned score of a sentence, and what they forbid as an answer.

The weights are learned on words; these rules know who does what to whom, who speaks, and what has
yet to happen. Their sizes were set by hand on our own dossiers (tests/quality), not learned.
"""

from collections.abc import Mapping, Sequence

from knowledge.answering.asking import Asking
from knowledge.answering.concepts import Concept
from knowledge.answering.evidence import Candidate, dated, seen_at
from knowledge.answering.features import FEATURES, covered
from knowledge.answering.line import GROUP, NOWHERE, Headline
from knowledge.answering.naming import CREDIT
from knowledge.answering.question import Asked
from knowledge.answering.refusal import Judged
from knowledge.answering.slices import Span
from knowledge.answering.statements import stated
from knowledge.answering.view import View
from knowledge.answering.voices import Voice, voice_of
from knowledge.answering.weights import largeness
from knowledge.generation import Generation
from knowledge.language import tense
from knowledge.language.nouns import counted_by, type_of_noun
from knowledge.language.patterns import later

TYPEABLE = frozenset({"person", "organisation", "place", "date", "number", "reason", "definition"})
"""Wanted kinds whose span can be looked for in a sentence."""
OFFICE_GAIN = 10.0
"""What a span adds where only the holder of the office answers."""
DEFINING_GAIN = 5.0
"""The same for an apposition or a title: a sentence that merely names the thing defines nothing."""
MUST_BE_TYPED = frozenset({"date", "number"})
VETOED_CONFIDENCE = 0.03
"""Without a date, a number or the holder of an office there is no answer to such a question: of
those vetoed on our own dossiers, 2 % would have been right.

In a large dossier the learned probability alone decides: there the cap cost 5 points of PIAF's
right first quotes, for times and quantities that no rule reads ("à la trentième journée").
"""
VOICES: Mapping[Voice, float] = {
    "asked": 1.0, "unknown": 0.0, "doubtful": -2.0, "other": -4.0,
}  # fmt: skip
"""What it adds to a sentence that it reports the words of whom the question names, or another's:
what somebody else said is never the answer."""
LIST_GAIN = 2.0
"""What an enumeration adds where several are asked for."""
GROUP_GAIN = 1.5
"""What people told by their office add ("les ministres"), where a name would have answered."""
MISSED_LOSS = 1.5
"""What it costs where no date or no number means no answer."""
STATED_GAIN = 2.0
"""What it adds that subject, verb and object of a yes-or-no question stand so in a sentence."""
STRUCK_LOSS = 2.0
"""What it costs a date that its sentence leaves out whom the thing was done to."""
OBJECT_LOSS = 2.0
"""What it costs a sentence to hold none of the things asked about in a yes-or-no question."""
SUBJECT_LOSS = 2.0
"""What it costs a sentence to speak of somebody else, where a yes or no is asked."""
PENDING_LOSS = 2.0
"""What it costs a sentence to say that what is asked for has yet to happen."""
HELD = 0.3
"""The share from which a word of the question counts as held by the quote in some form."""
TYPED_GAIN, UNTYPED_LOSS = 1.0, 0.5
"""What a span beside the words asked adds to the score of a sentence, and what none costs."""


def merit(
    generation: Generation, asking: Asking, candidate: Candidate, span: Span, head: Headline
) -> float:
    """What the rules add to the score of a sentence; below 0 where they speak against it."""
    seen, asked = seen_at(generation, span), asking.asked
    # With many passages the learned weights choose better than a rule: .770 on PIAF against .7615.
    small = 1 - largeness(generation.index.size)
    row = dict(zip(FEATURES, candidate.row, strict=True))
    worth = small * _typed(asking, head)
    match asked.kind:
        case "list":
            worth += LIST_GAIN * (head.typed and _names_several(head.text))
        case "yes_no":
            worth += 2 * row["names_held"] - 3 * row["names_missing"] + _as_asked(seen, asking)
        case "when":
            worth -= STRUCK_LOSS * _away(seen, [c for c in asking.concepts if c.direct])
        case "said":
            worth += row["saying"] + row["quoted"] - 2 * row["caption"]
            worth += small * VOICES[voice_of(generation, span, asking.concepts)]
    if asked.past and not asked.modal and pending(seen, asking):
        worth -= PENDING_LOSS
    return worth


def vetoed(
    generation: Generation, asking: Asking, span: Span, head: Headline, judged: Judged
) -> bool:
    """Whether the quote cannot answer, however many words it shares with the question."""
    asked = asking.asked
    shown = head.typed and head.distance < NOWHERE
    if not shown and (asked.office or asked.wanted in MUST_BE_TYPED or _asks_which_one(asked)):
        return True
    if asked.kind == "who" and not shown and _lacks_the_deed(asking, judged.quote):
        return True
    if asked.kind in ("when", "where", "yes_no") and _is_of_another(asking, judged):
        return True
    if asked.kind == "define" and _is_credited(asking, judged.quote):
        return True
    if asked.kind == "when" and _past_for_future(asking, head, judged.quote):
        return True
    if _in_another_year(generation, asking, span, judged):
        return True
    if asked.kind == "said" and not _may_say(generation, asking, span, judged.quote):
        return True
    return _turns_on_unknown(judged.quote, asking) or _speaks_of_nothing(judged, asking)


def _typed(asking: Asking, head: Headline) -> float:
    """For the span of the wanted kind that stands in the quote, or none."""
    asked = asking.asked
    if asked.wanted not in TYPEABLE:
        return 0.0
    if head.typed:
        gain = OFFICE_GAIN if asked.office else TYPED_GAIN
        return (DEFINING_GAIN if asked.wanted == "definition" else gain) / (1 + head.distance)
    if head.distance == GROUP and not asked.office:
        return GROUP_GAIN
    return -(MISSED_LOSS if asked.wanted in MUST_BE_TYPED else UNTYPED_LOSS)


def _as_asked(seen: View, asking: Asking) -> float:
    """For a quote that says the very thing that a yes-or-no question asks of the very actor."""
    concepts = [c for c in asking.concepts if not c.weak]
    verb = next((c.start for c in asking.concepts if c.role == "verb"), 0)
    objects = [c for c in concepts if c.role == "noun" and c.start > verb]
    worth = STATED_GAIN * (stated(seen, asking.concepts) != "no")
    worth -= SUBJECT_LOSS * _away(seen, [c for c in concepts if c.subject])
    return worth - OBJECT_LOSS * sum(1 - s for s in covered(seen, objects)) / max(1, len(objects))


def _away(seen: View, concepts: Sequence[Concept]) -> float:
    """How far the quote leaves out the one of these that it holds least; 0 without any."""
    return 1 - min(covered(seen, concepts), default=1.0)


def _names_several(text: str) -> bool:
    return "," in text or " et " in text


_YEAR = later(r"(?<![\d.,])(?:1[89]|20)\d\d(?![\d.,]\d|\d)")

_PENDING = later(
    r"(?<!\w)(?:doi(?:t|vent)|dev(?:ait|aient|rait|raient|ra|ront)|va|vont|all(?:ait|aient)|pourr\w+"
    r"|peu(?:t|vent)|compte(?:nt)?|espèr\w+|veu(?:t|lent)|souhait\w+|prévoi\w+ d[e'’]"
    r"|s['’]apprêt\w+ à)\s?(?:\w+ment\s|se\s|s['’])?$"
)
"""What leads an infinitive that has not happened, or not yet."""


def pending(quote: View, asking: Asking) -> bool:
    """Whether the quote only says that what is asked is to happen, may happen or is wished for."""
    verbs = {form for c in asking.concepts if c.role in ("verb", "other") and not c.weak
             for form, _ in c.forms}  # fmt: skip
    places = [place for form in verbs for place in quote.places.get(form, ())]
    leads = [quote.text[max(0, start - 30) : start] for start in
             (quote.tokens[place].start for place in places)]  # fmt: skip
    return bool(leads) and all(_PENDING.search(lead) for lead in leads)


def _asks_which_one(asked: Asked) -> bool:
    """Whether "quel juge", "quel club" asks for a name: the judge or the club is none."""
    return asked.kind == "what" and asked.wanted in ("person", "organisation")


def _is_credited(asking: Asking, quote: View) -> bool:
    """Whether the quote only says that whoever is asked about took the picture."""
    forms = {form for c in asking.concepts if c.named for form, _ in c.forms}
    starts = [quote.tokens[place].start for form in forms for place in quote.places.get(form, ())]
    return bool(starts) and all(CREDIT.search(quote.text[:start]) for start in starts)


def _is_of_another(asking: Asking, judged: Judged) -> bool:
    """Whether time, place or a yes are told of another: the one named acts nowhere around.

    A yes or a no must speak of whom the deed is done to, too.
    """
    meeting = asking.asked.kind == "yes_no" and not judged.typed
    named = [
        c for c in asking.concepts
        if c.role == "name" and c.named and not c.weak and (c.subject or meeting)
    ]  # fmt: skip
    around = [covered(seen, named) for seen in (judged.passage, judged.title)]
    return not all(map(max, *around))


def _lacks_the_deed(asking: Asking, quote: View) -> bool:
    """Whether the quote leaves out what somebody is asked to have done."""
    deeds = [c for c in asking.concepts if c.role == "verb" and not c.weak]
    return bool(deeds) and max(covered(quote, deeds)) < HELD


def _past_for_future(asking: Asking, head: Headline, quote: View) -> bool:
    """Whether the date is of something past, and it is asked when another thing will be."""
    if head.span is None or tense.direction(asking.text, 0, len(asking.text)) != 1:
        return False
    told = [c for c in asking.concepts if not c.named and not c.weak]
    return tense.direction(quote.text, *head.span) < 0 and min(covered(quote, told), default=0) < 1


def _in_another_year(generation: Generation, asking: Asking, span: Span, judged: Judged) -> bool:
    """Whether the question names a year that neither the passage nor its dates tell of."""
    years = {year for year in _YEAR.findall(asking.text) if year not in judged.passage.text}
    if not years:
        return False
    article = generation.article(span.article)
    start = article.text.rfind(judged.passage.text, 0, span.start + len(judged.passage.text))
    told = {str(article.published.year)} if article.published else set()
    end = start + len(judged.passage.text)
    told |= {
        m.date[:4]
        for m in dated(generation, span.article, start, end)
        if m.date and start <= m.start < end
    }
    return not years & told


def _may_say(generation: Generation, asking: Asking, span: Span, seen: View) -> bool:
    """Whether the quote may report what the one who is asked about says."""
    voice = voice_of(generation, span, asking.concepts)
    return voice == "asked" or (voice == "unknown" and (seen.signs.saying or seen.signs.quoted))


def _speaks_of_nothing(judged: Judged, asking: Asking) -> bool:
    """Whether the quote holds no thing and no name of the question; a pronoun may stand for one."""
    things = [c for c in asking.concepts if c.role in ("noun", "name") and not c.weak]
    texts = [judged.passage if judged.quote.signs.pronoun_start else judged.quote]
    if asking.asked.wanted != "reason":  # the title's thing is not what the reason is given for
        texts.append(judged.title)
    if _OWNING.match(judged.quote.text):  # "Sa venue": of whom, the text before tells
        texts = [judged.passage, judged.title, *judged.beside]
    return bool(things) and not any(share for seen in texts for share in covered(seen, things))


_OWNING = later(r"(?:Sa|Son|Ses|Leurs?)\s")


def _turns_on_unknown(quote: View, asking: Asking) -> bool:
    """Whether "quel vaccin" asks for a thing that no article names, beside names alone."""
    lost = any(
        c.focus and not c.known and not c.weak and not c.named
        and type_of_noun(c.surface) is None and not counted_by(c.surface)
        for c in asking.concepts
    )  # fmt: skip
    words = [c for c in asking.concepts if not c.named and not c.weak]
    return lost and not any(covered(quote, words))
